# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licence and provenance compliance scanner for open-weight AI model releases."""

__version__ = "0.1.0"
