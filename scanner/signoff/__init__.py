# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Recorded decisions: made, signed, read, and held against what is there now.

``content`` what of a report a decision is bound to; ``statement`` a decision to its bytes and back; ``store``
where these lie; ``ssh`` signatures, by OpenSSH; ``changes`` what differs from what was signed off; ``state``
what the decision is worth, in the order of precedence of :class:`scanner.model.signoff.State`. A gate reads
files to bytes, and then::

    records = collect(stored)
    checked = [(one, check(one, signers, as_of=day)) for one in records]
    judged = judge(checked, contents, as_of=day)
"""

from scanner.signoff.changes import changes, compared
from scanner.signoff.content import bound_texts, bound_use, contents_of, contents_of_document, use_digest
from scanner.signoff.reported import reported
from scanner.signoff.ssh import check, sign
from scanner.signoff.state import (
    Checked,
    approved,
    current,
    judge,
    same_matter,
    standing,
    state_of,
    superseded,
)
from scanner.signoff.statement import digest, encoded, read_statement, statement_of
from scanner.signoff.store import collect, on_disk, place, signers_on_disk, slug
from scanner.signoff.weights import digested

__all__ = [
    "Checked",
    "approved",
    "bound_texts",
    "bound_use",
    "changes",
    "check",
    "collect",
    "compared",
    "contents_of",
    "contents_of_document",
    "current",
    "digest",
    "digested",
    "encoded",
    "judge",
    "on_disk",
    "place",
    "read_statement",
    "reported",
    "same_matter",
    "sign",
    "signers_on_disk",
    "slug",
    "standing",
    "state_of",
    "statement_of",
    "superseded",
    "use_digest",
]
