# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the organisation itself allows, apart from what the terms allow."""

from typing import Literal

from scanner.model.base import Value
from scanner.model.openness import MofClass

MinimumGrade = Literal["open", "available", "restricted"]


class OpennessMinimum(Value, frozen=True, kw_only=True):
    """The least grade of each axis that the organisation accepts; None: any."""

    weights: MinimumGrade | None = None
    inference_code: MinimumGrade | None = None
    training_code: MinimumGrade | None = None
    training_data: MinimumGrade | None = None
    evaluation: MinimumGrade | None = None
    documentation: MinimumGrade | None = None
    mof: MofClass | None = None
    """The least class of the Model Openness Framework."""


class Policy(Value, frozen=True, kw_only=True):
    """The organisation's own rules. What they forbid is never mixed up with what a licence forbids."""

    allow: tuple[str, ...] | None = None
    """Licence keys or categories; None: every licence that is not denied."""

    deny: tuple[str, ...] = ()
    """Licence keys or categories."""

    review: tuple[str, ...] = ()
    """Licence keys or categories that a person must look at."""

    require: tuple[Literal["licence-text"], ...] = ()
    """``licence-text``: a licence that is only declared needs review."""

    openness: OpennessMinimum = OpennessMinimum()
    mof: MofClass | None = None
    """The same as ``openness.mof``; where both stand, the higher class is wanted."""

    @property
    def minimum(self) -> tuple[tuple[str, str], ...]:
        """What is demanded of the openness of a release: an axis or ``mof``, and the least value."""
        order = [None, *MofClass]
        least = max((self.openness.mof, self.mof), key=order.index)
        named = ((name, getattr(self.openness, name)) for name in OpennessMinimum.__struct_fields__)
        axes = tuple((name, value) for name, value in named if value is not None and name != "mof")
        return (*axes, ("mof", least.value)) if least is not None else axes


class Paths(Value, frozen=True, kw_only=True):
    """Which parts of the scanned tree are looked at."""

    skip: tuple[str, ...] = ()
    """Patterns over POSIX paths below the scanned root; ``*`` stands for any run of characters."""
