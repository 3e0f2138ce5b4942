# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Views of a Report, and of what was identified: one pure function per format, nothing new computed.

``formats`` lists them; ``html``, ``json`` and ``text`` render reports, ``identification`` single texts;
``lineage`` tells where a release comes from, and ``drawing`` draws it.
"""
