# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The shape of a model against those of well-known base models: a hint for a person, never a link.

A release that names no base model may still have every figure of one. Anybody can choose the same shape, so
nothing is concluded; how many unrelated families share it is said.
"""

from collections.abc import Collection, Mapping

from scanner.lineage.families import Known, Table
from scanner.lineage.graph import Lineage
from scanner.lineage.names import named
from scanner.model.conclusion import Hint
from scanner.model.license import Catalogue, Shape
from scanner.model.reading import Facts, Reading, Source

GROWN = 64
"""Tokens that a vocabulary may have more than the base model's: fine-tunes add some of their own."""


class Shapes:
    """The shapes of well-known base models, with the families of these."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Prepare the tables."""
        self._shapes = catalogue.shapes.shapes
        self._table = Table(catalogue.families)

    def hints(self, facts: Facts, lineage: Lineage, own: str, stated: Collection[str]) -> tuple[Hint, ...]:
        """Return the base models that a release looks like which names none and does not state their terms.

        Each family is one hint; more than one says that unrelated families share the shape.

        Args:
            facts: What its files say.
            lineage: Its links; where there is one, nothing is hinted at.
            own: Its name; a model that the family table knows by name needs no hint.
            stated: Keys of the licences that it states, or that may hold for it.
        """
        if lineage.edges or self._known(own) is not None:
            return ()
        figures = _figures(facts)
        alike = [shape for shape in self._shapes if _fits(shape, figures)]
        families: dict[str, list[tuple[str, Known]]] = {}
        for model in (model for shape in alike for model in shape.models):
            known = self._known(model)
            if known is not None:
                families.setdefault(known.family.id, []).append((model, known))
        keys = {key for every in families.values() for _, known in every for key in known.models.keys}
        if not keys.isdisjoint(stated):
            return ()
        return tuple(_hint(every, alike[0], figures) for _, every in sorted(families.items()))

    def _known(self, model: str) -> Known | None:
        name = named(model)
        return self._table.find(name) if name is not None else None


def _hint(every: list[tuple[str, Known]], shape: Shape, figures: Mapping[str, Reading]) -> Hint:
    tokens = [name for name in shape.tokens if name in figures]
    read = [figures[name] for name in ("model_type", *shape.figures, *tokens)]
    return Hint(
        models=tuple(model for model, _ in every),
        keys=tuple(sorted({key for _, known in every for key in known.models.keys})),
        figures=", ".join(f"{reading.name} {reading.value}" for reading in read),
        evidence=tuple(reading.evidence for reading in read),
    )


def _figures(facts: Facts) -> Mapping[str, Reading]:
    """Return what the configuration at the top of a release says, by its keys."""
    return {
        reading.name: reading
        for reading in facts.readings
        if reading.source is Source.CONFIG and reading.evidence.path == "config.json" and reading.value
    }


def _fits(shape: Shape, figures: Mapping[str, Reading]) -> bool:
    model_type = figures.get("model_type")
    if model_type is None or model_type.value != shape.model_type:
        return False
    tokens = ((number, figures[name]) for name, number in shape.tokens.items() if name in figures)
    return all(_agrees("token", number, stated) for number, stated in tokens) and all(
        _agrees(name, number, figures.get(name)) for name, number in shape.figures.items()
    )


def _agrees(name: str, number: int, stated: Reading | None) -> bool:
    """Whether a configuration has a figure; a default that it leaves out is no agreement."""
    try:
        found = float(stated.value or "") if stated is not None else None
    except ValueError:
        return False
    if found is None:
        return False
    return number <= found <= number + GROWN if name == "vocab_size" else found == number
