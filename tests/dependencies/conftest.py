# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The fixture holds files that are called as tests are and must not be collected."""

collect_ignore = ["fixture"]
