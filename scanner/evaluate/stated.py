# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Whether the release itself says that it was changed, and from what: in its card or notice, in a sentence.

Only a sentence that names the base model after the word for the change counts ("fine-tuned from org/base"). A
card is often a copy of the base model's own, which says how that one was made from yet another.
"""

import re
from collections.abc import Iterable

from scanner.evaluate.locate import Searchable, squeezed
from scanner.model.base import Evidence

_CHANGE = (
    r"(?:fine[- ]?tuned?|modified|modification|changed|altered|adapted|quanti[sz](?:ed|ation)|merged?"
    r"|pruned|abliterated|converted|conversion|further (?:pre-?)?trained|trained (?:from|on top of))"
)
_GAP = r"(?:[^.!?]|\.(?=\w)){0,60}?"
"""Between the change and the name, within one sentence."""

_DATE = re.compile(
    r"\b20\d\d-\d\d-\d\d\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:\d{1,2},? )?20\d\d\b",
    re.IGNORECASE,
)
_VETO = re.compile(
    r"\b(?:not|never|nor|unmodified|unchanged|without|if|may(?! \d)|might|must|should|shall|can|cannot|could"
    r"|would|will|please|plan|intend|you|your|how to|designed|suitable|recommended"
    r"|than|versus|vs|compared|unlike|like|against|outperforms?|baselines?|such as)\b|n't\b",
    re.IGNORECASE,
)
"""Words of sentences that deny, permit, ask, plan, recommend or compare."""

_OF_ITSELF = re.compile(r"\b(?:this|these|we|our|it|i)\b", re.IGNORECASE)
_LABEL = 40
"""Characters before the change in a sentence or line that says of the release itself without naming it."""


def change_stated(parent: str, texts: Iterable[Searchable], *, dated: bool) -> Evidence | None:
    """Return where a text says that this release was changed from a base model.

    Args:
        parent: Name of the base model, ``org/name`` or the name alone.
        texts: The texts in which such a statement counts.
        dated: Whether it has to have a date.
    """
    owner, _, name = parent.rpartition("/")
    fitting = [text for text in texts if text.may_name(squeezed(name))]
    if not fitting:
        return None
    bare = rf"(?:(?<![/\w.-])|(?<={re.escape(owner)}/))" if owner else r"(?<![\w.-])"
    pattern = re.compile(rf"\b{_CHANGE}\b{_GAP}{bare}{re.escape(name)}(?![\w-]|\.\w)", re.IGNORECASE)
    found = (
        text.find(pattern, lambda before, hit, after: _states(before, f"{before}{hit}{after}", dated=dated))
        for text in fitting
    )
    return next((place for place in found if place is not None), None)


def _states(before: str, sentence: str, *, dated: bool) -> bool:
    """Whether a sentence with a change and a name says of the release itself that it was changed."""
    if _VETO.search(sentence) or (dated and not _DATE.search(sentence)):
        return False
    return len(before) <= _LABEL or _OF_ITSELF.search(before) is not None
