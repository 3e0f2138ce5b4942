# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Where a release stands between closed and open: grades and one label, and three tests with their reasons.

``tables`` holds what a framework accepts and what is a sign of what (``rules/openness/``), ``terms`` how
far a licence is open, ``signs`` what the release holds and what it only claims, ``axes`` the grades,
``labels`` the plain sentence. ``components`` finds the parts of the Model Openness Framework, ``mof`` its
classes, ``mof_file`` its tool's YAML, ``stated`` what author and reviewer say of them. ``checks`` answers
the checklists of the Open Source AI Definition and of the EU exemption, ``claims`` finds where a card
calls the model open source. ``docs/openness.md`` is the written rule.
"""

from collections.abc import Sequence

from scanner.model.conclusion import EffectiveLicense, Licenses
from scanner.model.license import Catalogue
from scanner.model.openness import OpennessAssessment
from scanner.model.reading import Facts, ReadClause
from scanner.model.release import Release
from scanner.openness.axes import grade_axes
from scanner.openness.checks import assessed, eu_ai_act, frameworks, osaid
from scanner.openness.claims import calls_itself_open
from scanner.openness.components import components_of
from scanner.openness.labels import label, step_up
from scanner.openness.mof import classify
from scanner.openness.mof_file import MofFile
from scanner.openness.stated import claim_of, review_of, reviewed, unfit
from scanner.openness.subject import Subject


def assess(  # noqa: PLR0913  the parts of one release
    release: Release,
    facts: Facts,
    licenses: Licenses,
    catalogue: Catalogue,
    inherited: Sequence[EffectiveLicense] = (),
    *,
    review: MofFile | None = None,
    barred: Sequence[ReadClause] = (),
    doubts: Sequence[str] = (),
) -> OpennessAssessment:
    """Grade every axis of a release and put the plain label on the whole.

    Args:
        release: What is there.
        facts: What its files say.
        licenses: What was concluded for each component.
        catalogue: What the licences say.
        inherited: The licences that bind the weights, or may; those of ancestors count.
        review: What a person of the organisation states of the components. It decides the class and the
            lists of what is missing; the grades speak of what lies here.
        barred: Clauses of card, gate or policy that bar uses which no licence of the weights bars.
        doubts: Ancestors of which it is not settled what binds them.

    Returns:
        One grade for each axis, each with its reason, and the label. Unknown terms are never open.
    """
    subject = Subject(
        release=release,
        facts=facts,
        licenses=licenses,
        catalogue=catalogue,
        inherited=tuple(inherited),
        barred=tuple(barred),
        doubts=tuple(doubts),
    )
    axes = grade_axes(subject)
    found, why = label(subject, axes)
    components = reviewed(components_of(subject), review)
    asked = assessed(subject, axes, found, components)
    return OpennessAssessment(
        label=found,
        why=why,
        step_up=step_up(found, axes),
        axes=axes,
        calls_itself_open=calls_itself_open(subject),
        mof=classify(components, claim_of(facts)),
        osaid=osaid(asked),
        eu_ai_act=eu_ai_act(asked),
    )


__all__ = ["MofFile", "assess", "frameworks", "review_of", "unfit"]
