# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A licence by itself, without a release: what it means for each act.

Only rules about licences and their clauses are asked. What a release would show (a notice that came with
it, what the model takes and makes) is not known here.
"""

from collections.abc import Mapping, Sequence

from scanner.evaluate import by_act
from scanner.evaluate.contexts import Subject, World
from scanner.evaluate.facts import clause_kind
from scanner.model.conclusion import ConcludedLicense, EffectiveLicense, Licenses, Status
from scanner.model.finding import Rule, VerdictWord
from scanner.model.license import Act, Catalogue, License
from scanner.model.policy import Policy
from scanner.model.reading import Facts
from scanner.model.release import Component, Release
from scanner.model.usecase import UseCase


def license_by_act(
    record: License, rules: Sequence[Rule], use_case: UseCase, as_of: str
) -> Mapping[Act, VerdictWord]:
    """Return the verdict of each act by itself under one licence.

    Args:
        record: The licence.
        rules: What :func:`scanner.evaluate.rules.load_rules` returned.
        use_case: Whose other answers hold; whether it plans an act does not matter.
        as_of: ISO date that the evaluation is made for.
    """
    asked = [rule for rule in rules if rule.ranges_over == "license" or clause_kind(rule.ranges_over)]
    return dict(by_act(World(_subject(record, as_of)), asked, use_case))


def _subject(record: License, as_of: str) -> Subject:
    """Return a release without files whose weights are under one licence."""
    why = "asked about by itself"
    weights = ConcludedLicense(
        component=Component.WEIGHTS, status=Status.DECLARED, why=why, keys=(record.key,)
    )
    others = (
        ConcludedLicense(component=component, status=Status.UNKNOWN, why=why, rule="nothing")
        for component in Component
        if component is not Component.WEIGHTS
    )
    return Subject(
        release=Release(name=record.key, path=".", root="", named_by="folder"),
        facts=Facts(),
        licenses=Licenses(concluded=(weights, *others)),
        effective=(EffectiveLicense(key=record.key, why=why),),
        lineage=(),
        catalogue=Catalogue(
            licenses={record.key: record}, names={}, tags={}, families=(), digest="by itself"
        ),
        policy=Policy(),
        as_of=as_of,
    )
