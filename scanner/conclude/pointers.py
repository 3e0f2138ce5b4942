# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Licence files that hold no terms and point elsewhere: what they name is declared, and no text is here."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from scanner.conclude.coverage import coverage, covered
from scanner.model.base import Evidence
from scanner.model.license import License
from scanner.model.reading import Detection, LegalText, LicenseReading, Mention, Source, Spoken

MAX_WORDS = 60
"""Of a file that only points; a Chinese character counts as half a word."""

_TERMS = re.compile(
    r"\b(?:not|no|non|only|except\w*|provided that|however|but|unless|without|solely|shall|must|may"
    r"|prohibited|forbidden|restrict\w*|research|academic|commercial\w*|additional\w*|modified|condition\w*)\b|不得|仅|禁止|除",
    re.IGNORECASE,
)
"""Words with which terms begin; a file that has one does more than point."""

_POINTS = re.compile(r"licen[cs]|\bterms\b|\bagreement\b|https?:|许可|协议|\bsee\b|\brefer\b", re.IGNORECASE)
"""Words with which a file points to terms."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def only_points(detection: Detection) -> bool:
    """Whether a licence file is short, is no licence's text, and has no word of terms of its own."""
    text, found = detection.text, detection.found
    if text.source is not Source.LICENSE_FILE or found.stated or found.matches or found.clauses:
        return False
    size = len(text.text.split()) + len(_CHINESE.findall(text.text)) / 2
    points = size <= MAX_WORDS and _POINTS.search(text.text)
    return bool(points) and not _TERMS.search(_visible(text.text))


def _visible(text: str) -> str:
    """Return a text without addresses, whose parts are no words."""
    return re.sub(r"https?://\S+", " ", text)


def named(
    spoken: Iterable[Spoken],
    texts: Iterable[LegalText],
    licenses: Mapping[str, License],
    release: str,
    weights_in: Collection[str],
) -> Iterator[LicenseReading]:
    """Yield a declaration for each licence that a pointing file names, and each component it covers."""
    every = tuple(texts)
    for one in spoken:
        if one.text.source is Source.LICENSE_FILE:
            covers = coverage(one.text, every, release, weights_in)
            for component, standing in covered(covers):
                for mention in filter(names_one, one.mentions):
                    record = licenses.get(mention.key or "")
                    yield LicenseReading(
                        source=one.text.source,
                        component=component,
                        standing=standing,
                        evidence=_evidence(one.text, mention),
                        how=mention.how,
                        raw=mention.raw,
                        key=mention.key,
                        expression=record.spdx_expression if record else mention.expression,
                        candidates=mention.candidates,
                        stranger=mention.stranger,
                        note=f"the file names it and does not hold its text; {covers.why}",
                    )


def names_one(mention: Mention) -> bool:
    """Whether a mention names a licence that is known, as far as it goes."""
    return bool(mention.key or mention.expression or mention.candidates) and mention.how != "denial"


def _evidence(text: LegalText, mention: Mention) -> Evidence:
    return Evidence(
        path=text.path,
        reader="license-pointer",
        lines=mention.lines,
        quote=mention.quote,
        sha256=text.sha256,
    )
