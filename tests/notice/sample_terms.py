# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""An invented licence with a text, a notice, a phrase and a use policy: its record, and a card under it."""

TEXT = """ACME COMMUNITY TERMS, VERSION 7

Anybody may use, change and pass on the widget that this text lies beside, provided that a copy of this very
text stays with it, and that whoever changes a file says so at the head of that file, in so many words.
The widget comes without any promise, and its maker answers for nothing that is done with it by anybody.
"""

RECORD = """
name: Acme Community Terms 7
version: "7"
family: acme
category: community
source: https://acme.example/terms-7
text: {status: read_full, source: "https://acme.example/terms-7"}
tags: [acme-terms-7]
rights: {section: "1", use: true, modify: true, redistribute: true}
commercial_use: {section: "1", value: "yes"}
research_only: {none: true}
user_threshold: {none: true}
revenue_threshold: {none: true}
territory: {none: true}
acceptable_use: {section: "5", mode: by-reference, url: "https://acme.example/policy"}
flow_down: {none: true}
display_phrase:
  section: "3"
  phrase: Powered by Acme
  where: on the page that users see
  triggers: [hosted-service, redistribution]
notice_file:
  section: "2"
  required: always
  exact_text: "This widget is used under the Acme Community Terms 7, © Acme."
  triggers: [redistribution]
notice_other: {none: true}
license_copy: {section: "4", what: pass it on with a copy of the terms, triggers: [redistribution]}
state_changes: {section: "6", what: say what was changed, triggers: [redistribution]}
source_disclosure: {none: true}
naming: {none: true}
trademark: {none: true}
output_training: {none: true}
share_alike: {none: true}
registration: {none: true}
updates: {none: true}
"""

CARD = "---\nlicense: other\nlicense_name: acme-terms-7\n---\n\n# A model\n"
