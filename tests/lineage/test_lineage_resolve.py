# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Parents are found, and their terms travel: in trees, in cycles, from the family table."""
