# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The plain words that every output uses for the values of the model, and its first sentence."""

from collections.abc import Iterable, Mapping, Sequence

from scanner.model.base import Evidence, Value
from scanner.model.conclusion import ConcludedLicense, ParentTerms, Relation, Status
from scanner.model.finding import Finding, Outcome, Severity, Verdict, VerdictWord
from scanner.model.license import Act
from scanner.model.openness import Axis, Grade
from scanner.model.reading import How, Source
from scanner.model.release import Component
from scanner.model.report import ReleaseReport, Report
from scanner.model.usecase import ANY_MONTH, Revenue, UseCase, UserCount

NOT_STATED = "not stated"


class Look(Value, frozen=True, kw_only=True):
    """How a value is shown: a shape and a word, so that colour is never the only sign."""

    name: str
    """Names the colour in the stylesheet."""

    shape: str
    """Names the drawing in the page's sprite."""

    word: str


VERDICTS: Mapping[VerdictWord, Look] = {
    VerdictWord.BLOCKED: Look(name="blocked", shape="octagon", word="Blocked"),
    VerdictWord.REVIEW: Look(name="review", shape="triangle", word="Review"),
    VerdictWord.CONDITIONAL: Look(name="conditional", shape="diamond", word="Conditional"),
    VerdictWord.ALLOWED: Look(name="allowed", shape="circle", word="Allowed"),
}
"""From worst to best."""

MEANINGS: Mapping[VerdictWord, str] = {
    VerdictWord.BLOCKED: "a binding term forbids a planned act, or the policy denies it",
    VerdictWord.REVIEW: "evidence is missing or in conflict, or an answer is missing",
    VerdictWord.CONDITIONAL: "every planned act is permitted, and duties attach",
    VerdictWord.ALLOWED: "every planned act is permitted, and no duty attaches",
}

_COUNTED: Mapping[VerdictWord, tuple[str, str]] = {
    VerdictWord.BLOCKED: ("is blocked", "are blocked"),
    VerdictWord.REVIEW: ("needs review", "need review"),
    VerdictWord.CONDITIONAL: ("is conditional", "are conditional"),
    VerdictWord.ALLOWED: ("is allowed", "are allowed"),
}

SEVERITIES: Mapping[Severity, Look] = {
    Severity.ERROR: Look(name="blocked", shape="octagon", word="Error"),
    Severity.WARNING: Look(name="review", shape="triangle", word="Warning"),
    Severity.NOTE: Look(name="conditional", shape="diamond", word="Note"),
}

_OPEN_QUESTION = Look(name="review", shape="question", word="Not settled")
_PASSED = Look(name="allowed", shape="circle", word="Pass")

ACTS: Mapping[Act, str] = {
    Act.INTERNAL_USE: "internal use",
    Act.HOSTED_SERVICE: "hosted service",
    Act.REDISTRIBUTION: "redistribution",
    Act.EMBEDDING: "embedding in a product",
    Act.FINE_TUNING: "fine-tuning",
    Act.MERGING: "merging",
    Act.QUANTIZING: "quantizing",
    Act.DISTILLING: "distilling",
    Act.OUTPUT_TRAINING: "training on outputs",
    Act.PUBLISHING_OUTPUTS: "publishing outputs",
}

PLANNED: Mapping[bool, str] = {True: "planned", False: "not planned"}

COMPONENTS: Mapping[Component, str] = {
    Component.WEIGHTS: "Weights",
    Component.CODE: "Code",
    Component.DATA: "Data",
    Component.DOCUMENTATION: "Documentation",
}

STATUSES: Mapping[Status, str] = {
    Status.TEXT: "its text is in the release",
    Status.DECLARED: "declared; its text is not in the release",
    Status.CLOSEST: "a text near a known licence, and not it",
    Status.CONFLICT: "the evidence is in conflict",
    Status.UNKNOWN: "not known",
    Status.CURATED: "corrected by a person of the organisation",
}

NO_ACT: Mapping[str, str] = {"yes": "any use", "unknown": "not settled", "no": "no planned act"}
"""What triggers a duty of which no planned act is named, by whether it applies."""

BECAUSE: Mapping[str, str] = {
    "terms": "the terms",
    "policy": "the policy",
    "evidence": "the evidence",
    "answer-missing": "a missing answer",
}

SOURCES: Mapping[Source, str] = {
    Source.CARD: "card",
    Source.GATE: "card, before the download",
    Source.LICENSE_FILE: "licence file",
    Source.POLICY_FILE: "use policy",
    Source.NOTICE_FILE: "notice",
    Source.SAFETENSORS: "safetensors metadata",
    Source.GGUF: "GGUF metadata",
    Source.ONNX: "ONNX metadata",
    Source.CONFIG: "configuration",
    Source.ADAPTER_CONFIG: "adapter configuration",
    Source.MODEL_INDEX: "pipeline index",
    Source.MERGEKIT: "merge recipe",
    Source.MODELFILE: "Modelfile",
    Source.CITATION: "citation file",
    Source.CODE: "source file",
    Source.HUB: "the Hub",
}

READ_AS: Mapping[str, str] = {
    "tag": "as a tag",
    "expression": "as an SPDX expression",
    "name": "by name",
    "link": "by its address",
    "prose": "in a sentence",
    "table": "in a table",
    "badge": "in a badge",
    "spdx": "as an SPDX identifier",
    "denial": "in a sentence that takes it back",
    How.EXACT: "word for word",
    How.EQUIVALENT: "word for word but for its form",
    How.MODIFIED: "with words changed",
    How.PARTIAL: "a part of it",
    How.CLOSEST: "the nearest known text",
    How.MENTION: "named, without its text",
}
"""How a licence is declared or detected."""

RELATIONS: Mapping[Relation, str] = {
    Relation.FINETUNE: "fine-tuned from",
    Relation.ADAPTER: "adapter for",
    Relation.MERGE: "merged from",
    Relation.QUANTIZED: "quantized from",
    Relation.DISTILLED: "distilled from",
    Relation.TRAINED_ON: "trained on the outputs of",
    Relation.UNKNOWN: "built from, relation not stated",
}

LINKS: Mapping[Relation, str] = {
    Relation.FINETUNE: "fine-tune",
    Relation.ADAPTER: "adapter",
    Relation.MERGE: "merge",
    Relation.QUANTIZED: "quantized copy",
    Relation.DISTILLED: "distilled",
    Relation.TRAINED_ON: "trained on outputs",
    Relation.UNKNOWN: "relation not stated",
}
"""What a release is to its parent, as a drawing writes it beside the link."""

DESCENDANTS: Mapping[Relation, str] = {
    **LINKS,
    Relation.DISTILLED: "distilled model",
    Relation.TRAINED_ON: "model trained on its outputs",
    Relation.UNKNOWN: "descendant",
}
"""The same as a noun of a sentence."""

FURTHER_BACK = "and further back; each of those links is told with its own release"

AXES: Mapping[Axis, str] = {
    Axis.WEIGHTS: "Weights",
    Axis.INFERENCE_CODE: "Inference code",
    Axis.TRAINING_CODE: "Training code",
    Axis.TRAINING_DATA: "Training data",
    Axis.EVALUATION: "Evaluation",
    Axis.DOCUMENTATION: "Documentation",
}

GRADES: Mapping[Grade, str] = {
    Grade.OPEN: "open",
    Grade.AVAILABLE: "available",
    Grade.RESTRICTED: "restricted",
    Grade.ABSENT: "absent",
    Grade.UNKNOWN: "not known",
}

HOW_KNOWN: Mapping[str, str] = {
    "in-tree": "from the parent itself, which is in the scanned tree",
    "hub": "from the parent itself, which was read from the Hub",
    "family": "by its name, from the table of model families",
}


def listed(items: Iterable[str], last: str = "and") -> str:
    """Return ``a, b and c``."""
    words = list(items)
    if len(words) < 2:  # noqa: PLR2004  one thing needs no conjunction
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 release`` or ``3 releases``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def opening(report: Report) -> str:
    """Return the first sentence of every output: which use case, and how many of each verdict."""
    return f"{_under(report)}: {tally(report)}."


def _under(report: Report) -> str:
    if not report.use_case_stated:
        assumed = "; ".join(_assumed(use_case) for use_case in report.use_cases)
        return f"No use case was stated, so each release is read for {assumed}, with no figures"
    if len(report.use_cases) == 1:
        use_case = report.use_cases[0]
        by = f", as stated by {use_case.stated_by}" if use_case.stated_by else ""
        return f"For the use case {titled(use_case)}{by}"
    names = listed(titled(use_case) for use_case in report.use_cases)
    return f"For {len(report.use_cases)} use cases, {names}, where the worst of them counts"


def _assumed(use_case: UseCase) -> str:
    kinds = {True: "commercial ", False: "non-commercial ", None: ""}
    return kinds[use_case.commercial] + listed(ACTS[act] for act in use_case.acts or ())


def titled(use_case: UseCase) -> str:
    """Return the use case's title, or its id in quotation marks."""
    return use_case.title or f"“{use_case.id}”"


def tally(report: Report) -> str:
    """Return ``of 7 releases 1 is blocked, 2 need review and 4 are allowed``."""
    parts = []
    for word in VERDICTS:
        number = getattr(report.summary, word.value)
        if number:
            parts.append(f"{number:,} {_COUNTED[word][number != 1]}")
    if not parts:
        return "no release was found"
    total = report.summary.releases
    return f"of {counted(total, 'release')} {listed(parts)}"


def worst_first(report: Report) -> list[ReleaseReport]:
    """Return the releases from the worst verdict to the best, else in the order of the report."""
    order = list(VERDICTS)
    return sorted(report.releases, key=lambda release: order.index(release.verdict))


def deciding(release: ReleaseReport) -> Verdict | None:
    """Return the verdict that makes the release's: the first use case with the worst word."""
    return next((one for one in release.verdicts if one.verdict is release.verdict), None)


def reason(release: ReleaseReport) -> str:
    """Return the first reason of the deciding verdict, as one line."""
    verdict = deciding(release)
    return verdict.reasons[0] if verdict and verdict.reasons else MEANINGS[release.verdict]


def beside(verdicts: Sequence[Verdict], use_cases: Sequence[UseCase]) -> str:
    """Return ``Internal: allowed; Hosted: review``, the verdicts of several use cases; nothing for one."""
    titles = {use_case.id: titled(use_case) for use_case in use_cases}
    told = (f"{titles.get(one.use_case, one.use_case)}: {one.verdict.value}" for one in verdicts)
    return "; ".join(told) if len(verdicts) > 1 else ""


def concluded(conclusion: ConcludedLicense) -> str:
    """Return the licence that is concluded, or what may bind instead."""
    if conclusion.expression or conclusion.keys:
        return conclusion.expression or listed(conclusion.keys)
    if conclusion.candidates:
        return f"not concluded; it may be {listed(conclusion.candidates, 'or')}"
    return "not concluded"


def weights_words(release: ReleaseReport) -> str:
    """Return the licence of the weights, as every surface says it."""
    found = next((one for one in release.licenses.concluded if one.component is Component.WEIGHTS), None)
    return f"{concluded(found)} ({found.status.value})" if found else "not concluded"


def label(release: ReleaseReport) -> str:
    """Return a release's name, and its path where that says more."""
    return release.name if release.path in {".", release.name} else f"{release.name} ({release.path})"


def terms(known: ParentTerms) -> str:
    """Return the terms of a parent: all of them bind, or one of them may, or they are not known."""
    if not known.keys:
        return "not known"
    return listed(known.keys) if known.certain else f"may be {listed(known.keys, 'or')}"


def finding_look(finding: Finding) -> Look:
    """Return how a finding is shown: by its severity, unless it is an open question or a pass."""
    if finding.outcome is Outcome.FINDING:
        return SEVERITIES[finding.severity]
    return _PASSED if finding.outcome is Outcome.PASS else _OPEN_QUESTION


def place(evidence: Evidence) -> str:
    """Return where it stands: ``README.md, lines 3 to 4, license``."""
    parts = [evidence.path]
    if evidence.lines:
        first, last = evidence.lines
        parts.append(f"line {first}" if first == last else f"lines {first} to {last}")
    if evidence.key:
        parts.append(f"key {evidence.key}")
    return ", ".join(parts)


def users(count: UserCount) -> str:
    """Return ``2,000,000 monthly active users of the group in 2024-06``."""
    counted = f"{count.value:,} {count.metric.replace('-', ' ')} of the {count.of}"
    if count.month == ANY_MONTH:
        return f"never more than {counted} in any month"
    return f"{counted} in {count.month or 'the latest month'}"


def revenue(figure: Revenue) -> str:
    """Return ``EUR 3,000,000 in a year ending 2024-06, of the group``."""
    ending = f" ending {figure.ending}" if figure.ending else ""
    return f"{figure.currency} {figure.amount:,} in a {figure.period}{ending}, of the {figure.of}"
