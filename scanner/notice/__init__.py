# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Report and files at hand to the material that must go along with the models, as one value.

What is owed comes from the obligations of the report alone; the words that a licence prescribes come
from its record, texts from the files of the releases. Nothing is ever taken from elsewhere: a text that
is not at hand is a gap with its address.
"""

from scanner.notice.bundle import bundle_of
from scanner.notice.copies import Reader, read_copy

__all__ = ["Reader", "bundle_of", "read_copy"]
