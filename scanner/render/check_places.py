# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where findings stand, for surfaces that want a path for each, counted from the top of the repository."""

from scanner.model.gate import CheckReport, GateFinding, GatePlace

CONFIGURATION = "modelscan.yml"
"""The usual place of what no file names: exceptions."""


def first_place(one: GateFinding) -> GatePlace:
    """Return the first place of a finding; of one that has none, the configuration."""
    return one.places[0] if one.places else GatePlace(path=CONFIGURATION)


def path_from_top(report: CheckReport, path: str) -> str:
    """Return a path as it is counted from the top of the git repository."""
    return f"{report.within}/{path}" if report.within else path
