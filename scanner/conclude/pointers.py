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

_POINTING = re.compile(
    r"an?|the|that|these|this|its|it|we|you|and|or|as|at|be|is|are|was|can|please"
    r"|for|from|in|of|on|to|under|which|with|use|see|refer|find|found|here|full|same|original|available"
    r"|licen[cs]es?|licen[cs]ed|terms|conditions|agreement|community|identifier|spdx|version|v|text|copy|details"
    r"|files?|models?|weights|repo|repository|distributed|provided|published|released"
)
"""Words of a file that only points; a single other one may be a term of its own."""

_COPYRIGHT = re.compile(r"(?im)^\W*(?:copyright|\(c\)|©).*$")

_POINTS = re.compile(r"licen[cs]|\bterms\b|\bagreement\b|https?:|许可|协议|\bsee\b|\brefer\b", re.IGNORECASE)
"""Words with which a file points to terms."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def only_points(detection: Detection) -> bool:
    """Whether a licence file is short, is no licence's text, and points to terms somewhere else."""
    text, found = detection.text, detection.found
    if text.source is not Source.LICENSE_FILE or found.stated or found.matches or found.clauses:
        return False
    size = len(text.text.split()) + len(_CHINESE.findall(text.text)) / 2
    return 0 < size <= MAX_WORDS and bool(_POINTS.search(text.text))


def says_nothing_more(one: Spoken) -> bool:
    """Whether every word of a pointing file names a licence that is known, or points to it.

    A word beside these may narrow what is named, or say that it is of the code alone.
    """
    if not one.mentions or any(mention.stranger or not names_one(mention) for mention in one.mentions):
        return False
    rest = _COPYRIGHT.sub(" ", one.text.text)
    for words in (*(mention.raw for mention in one.mentions), *_ADDRESS.findall(rest)):
        rest = rest.replace(words, " ")
    return all(map(_POINTING.fullmatch, re.findall(r"[^\W\d_]+", rest.lower())))


_ADDRESS = re.compile(r"https?://\S+")


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
        if one.text.source is Source.LICENSE_FILE and says_nothing_more(one):
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
