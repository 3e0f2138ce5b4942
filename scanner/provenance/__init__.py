# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Which bytes are these: a report held against itself, and against the files that it speaks of.

``document`` opens a report as it was written, ``held`` compares what it says of files with what lies there.
"""

from scanner.provenance.document import Opened, digest_of_json, opened_report, page_digest
from scanner.provenance.held import Mismatch, Seen, against_files

__all__ = ["Mismatch", "Opened", "Seen", "against_files", "digest_of_json", "opened_report", "page_digest"]
