# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The Report as the page shows it: words chosen, rows grouped, anchors given. Templates only lay out.

Evidence is shown once for each release, as a numbered exhibit that every statement cites.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

from msgspec.structs import replace

from scanner.model.base import Value
from scanner.model.conclusion import ConcludedLicense, EffectiveLicense, LineageEdge, Status
from scanner.model.finding import ActVerdict, Duty, Finding, Outcome, Severity, Verdict, VerdictWord
from scanner.model.license import cited
from scanner.model.openness import AxisGrade, Frameworks
from scanner.model.reading import LicenseReading, ReadClause
from scanner.model.release import Component
from scanner.model.report import LicenseActs, ReleaseReport, Report
from scanner.model.usecase import UseCase
from scanner.render import words
from scanner.render.drawing import Drawing, drawing
from scanner.render.exceptions import ExceptionView, exception_view
from scanner.render.exhibits import Cite, Exhibit, Exhibits
from scanner.render.lineage import Kin, ancestry, place
from scanner.render.openness import OpennessView, openness_view
from scanner.render.signoff_view import SignoffView, signoff_view

_T = TypeVar("_T")

FEW = 3
"""A report of so many releases is shown unfolded on the screen; on paper everything always is."""


class Row(Value, frozen=True, kw_only=True):
    """A heading and its cells."""

    head: str
    cells: tuple[str, ...]


class Count(Value, frozen=True, kw_only=True):
    """How many releases have one verdict."""

    look: words.Look
    meaning: str
    number: int


class Listed(Value, frozen=True, kw_only=True):
    """One release as the inventory lists it."""

    id: str
    name: str
    path: str
    look: words.Look
    beside: str
    """The verdicts under several use cases; empty for one."""

    license: str
    status: str
    openness: str
    duties: str
    findings: int
    evidence: int
    reason: str


class VerdictView(Value, frozen=True, kw_only=True):
    """One verdict with what it rests on."""

    look: words.Look
    use_case: str
    because: str
    reasons: tuple[str, ...]
    settle: tuple[str, ...]


class Statement(Value, frozen=True, kw_only=True):
    """One declared or detected licence."""

    what: str
    how: str
    source: str
    note: str
    cite: Cite


class Triad(Value, frozen=True, kw_only=True):
    """Declared, detected and concluded for one component, side by side."""

    component: str
    declared: tuple[Statement, ...]
    detected: tuple[Statement, ...]
    conclusion: ConcludedLicense
    concluded: str
    status: str
    conflict: bool
    cites: tuple[Cite, ...]


class DutyView(Value, frozen=True, kw_only=True):
    """One obligation or restriction."""

    duty: Duty
    place: str
    origin: str
    """The ancestors from which its licence comes, in words; nothing where it is the release's own alone."""

    use_case: str
    acts: str
    cites: tuple[Cite, ...]


class DutyTable(Value, frozen=True, kw_only=True):
    """The duties of one kind, those that apply or may apply apart from those that do not."""

    live: tuple[DutyView, ...]
    idle: tuple[DutyView, ...]


class Side(Value, frozen=True, kw_only=True):
    """One quote beside another."""

    place: str
    quote: str


class FindingView(Value, frozen=True, kw_only=True):
    """One finding with its proof."""

    id: str
    look: words.Look
    finding: Finding
    message: str
    """Without the words that its badge says already."""

    use_case: str
    because: str
    cites: tuple[Cite, ...]
    sides: tuple[Side, ...]
    """The words that a matter of evidence rests on, side by side."""


class Cell(Value, frozen=True, kw_only=True):
    """One act under one use case."""

    look: words.Look | None
    planned: str = ""
    """Whether this use case plans it, in words, where use cases differ in that."""


class MatrixRow(Value, frozen=True, kw_only=True):
    """Acts with the same verdicts: one that is planned, or all those that are not."""

    acts: str
    planned: str
    """Whether they are planned, in words; empty where the cells say it."""

    cells: tuple[Cell, ...]


class Matrix(Value, frozen=True, kw_only=True):
    """Verdicts by act: a row for each planned act and the others together, a column for each use case."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


class LicenseRow(Value, frozen=True, kw_only=True):
    """One licence with the acts that get each verdict, the worst first; empty: no act does."""

    license: str
    cells: tuple[str, ...]


class LicenseMatrix(Value, frozen=True, kw_only=True):
    """Licence by act under one use case: a row for each licence, a column for each verdict."""

    use_case: str
    columns: tuple[words.Look, ...]
    rows: tuple[LicenseRow, ...]


class AxisView(Value, frozen=True, kw_only=True):
    """One row of the table that says in words what the openness bar shows."""

    name: str
    grade: str
    why: str
    cites: tuple[Cite, ...]


class ParentView(Value, frozen=True, kw_only=True):
    """One base model, and what is known above it."""

    edge: LineageEdge
    relation: str
    terms: str
    known: str
    link: str | None
    kind: str
    """How it is known, as the drawing's shapes show it."""

    cites: tuple[Cite, ...]
    """Of a parent of the release itself; the others are proved with their own releases."""

    told: bool
    parents: tuple["ParentView", ...]


class ClauseView(Value, frozen=True, kw_only=True):
    """One clause that was read from a text of the release itself."""

    kind: str
    value: str
    cite: Cite
    alarm: str


class Section(Value, frozen=True, kw_only=True):
    """Everything that the page says of one release."""

    id: str
    release: ReleaseReport
    look: words.Look
    verdicts: tuple[VerdictView, ...]
    triads: tuple[Triad, ...]
    effective: tuple[EffectiveLicense, ...]
    clauses: tuple[ClauseView, ...]
    obligations: DutyTable
    restrictions: DutyTable
    matrix: Matrix
    axes: tuple[AxisView, ...]
    openness: OpennessView | None
    parents: tuple[ParentView, ...]
    further_back: str
    """What is said where the lineage goes on beyond what is told here, or nothing."""

    drawing: Drawing | None
    findings: tuple[FindingView, ...]
    signoffs: tuple[SignoffView, ...]
    exhibits: tuple[Exhibit, ...]


class Page(Value, frozen=True, kw_only=True):
    """Everything that the page says."""

    report: Report
    opening: str
    look: words.Look | None
    """Of the worst release; None when there is no release."""

    counts: tuple[Count, ...]
    top: tuple[Listed, ...]
    use_cases: tuple[str, ...]
    answers: tuple[Row, ...]
    inventory: tuple[Listed, ...]
    licenses: tuple[LicenseMatrix, ...]
    sections: tuple[Section, ...]
    exceptions: tuple[ExceptionView, ...]
    unfolded: bool


def page(report: Report) -> Page:
    """Return everything that the HTML report shows, ready to lay out."""
    anchors = {release.path: _anchor(release) for release in report.releases}
    titles = {use_case.id: words.titled(use_case) for use_case in report.use_cases}
    by_path = {release.path: release for release in report.releases}
    sections = tuple(
        _section(release, anchors, titles, by_path, report.frameworks) for release in report.releases
    )
    inventory = tuple(_listed(section, report.use_cases) for section in sections)
    by_id = {row.id: row for row in inventory}
    ranked = words.worst_first(report)
    return Page(
        report=report,
        opening=words.opening(report),
        exceptions=tuple(map(exception_view, report.exceptions)),
        look=words.VERDICTS[ranked[0].verdict] if ranked else None,
        counts=tuple(
            Count(look=look, meaning=words.MEANINGS[word], number=getattr(report.summary, word.value))
            for word, look in words.VERDICTS.items()
        ),
        top=tuple(
            by_id[anchors[release.path]]
            for release in ranked[:FEW]
            if release.verdict is not VerdictWord.ALLOWED
        ),
        use_cases=tuple(words.titled(use_case) for use_case in report.use_cases),
        answers=tuple(_answers(report.use_cases, stated=report.use_case_stated)),
        inventory=inventory,
        licenses=tuple(_licenses(report)),
        sections=sections,
        unfolded=len(sections) <= FEW,
    )


def _anchor(release: ReleaseReport) -> str:
    """Return an anchor that stays the same while the release stays where it is."""
    return "release-" + sha256(release.path.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _answers(use_cases: Sequence[UseCase], *, stated: bool) -> Iterable[Row]:
    """Give one row for each question of the use case."""
    default = words.NOT_STATED if stated else "nobody: the defaults of the scanner"

    def row(head: str, cells: Iterable[str]) -> Row:
        return Row(head=head, cells=tuple(cells))

    yes_no = {True: "yes", False: "no", None: words.NOT_STATED}
    yield row("Stated by", (one.stated_by or default for one in use_cases))
    yield row("Commercial", (yes_no[one.commercial] for one in use_cases))
    yield row("Research alone", (yes_no[one.research] for one in use_cases))
    yield row("More than text, where files do not say", (yes_no[one.multimodal] for one in use_cases))
    yield row("Planned acts", (_several(one.acts, words.ACTS.__getitem__) for one in use_cases))
    yield row("Users", (_several(one.users, words.users) for one in use_cases))
    yield row("Revenue", (_several(one.revenue, words.revenue) for one in use_cases))
    yield row("Place of business", (one.establishment or words.NOT_STATED for one in use_cases))
    yield row("Used in", (_several(one.deployment, str) for one in use_cases))
    yield row("Industry", (one.industry or words.NOT_STATED for one in use_cases))
    yield row("Sensitive uses", (_several(one.sensitive_uses, str) for one in use_cases))
    yield row(
        "Agreements", (_several(one.agreements, lambda a: f"{a.license}: {a.reference}") for one in use_cases)
    )


def _several(items: Iterable[_T] | None, say: Callable[[_T], str]) -> str:
    """Return the items in words; None was not stated, an empty answer is "none"."""
    if items is None:
        return words.NOT_STATED
    return words.listed(map(say, items)) or "none"


def _section(
    release: ReleaseReport,
    anchors: dict[str, str],
    titles: dict[str, str],
    by_path: dict[str, ReleaseReport],
    frameworks: Frameworks,
) -> Section:
    anchor = anchors[release.path]
    exhibits = Exhibits(anchor)
    # The order of these lines is the order of the exhibit numbers: licences, findings, then the rest.
    triads = tuple(_triad(conclusion, release, exhibits) for conclusion in release.licenses.concluded)
    clauses = tuple(_clause(read, exhibits) for read in release.clauses)
    findings = tuple(_findings(release.findings, anchor, titles, exhibits))
    origins = _origins(release)
    obligations = _duties(release.obligations, titles, origins, exhibits)
    restrictions = _duties(release.restrictions, titles, origins, exhibits)
    axes = tuple(_axis(graded, exhibits) for graded in release.openness.axes)
    openness = openness_view(release.openness, frameworks, exhibits)
    above = ancestry(release, by_path)
    parents = tuple(_parent(kin, anchors, exhibits) for kin in above.parents)
    return Section(
        id=anchor,
        release=release,
        look=words.VERDICTS[release.verdict],
        verdicts=tuple(_verdict(verdict, titles) for verdict in release.verdicts),
        triads=triads,
        effective=release.effective,
        clauses=clauses,
        obligations=obligations,
        restrictions=restrictions,
        matrix=_matrix(release, titles),
        axes=axes,
        openness=openness,
        parents=parents,
        further_back=words.FURTHER_BACK if above.more else "",
        drawing=drawing(release, by_path),
        findings=findings,
        signoffs=tuple(signoff_view(one, titles) for one in release.signoffs),
        exhibits=exhibits.all(),
    )


def _listed(section: Section, use_cases: Sequence[UseCase]) -> Listed:
    release = section.release
    weights = next((one for one in release.licenses.concluded if one.component is Component.WEIGHTS), None)
    applying = Counter(duty.applies for duty in release.obligations)
    open_duties = len(section.obligations.live) - applying["yes"]
    return Listed(
        id=section.id,
        name=release.name,
        path=release.path,
        look=section.look,
        beside=words.beside(release.verdicts, use_cases),
        license=words.concluded(weights) if weights else words.NOT_STATED,
        status=words.STATUSES[weights.status] if weights else words.STATUSES[Status.UNKNOWN],
        openness=release.openness.label.value,
        duties=f"{applying['yes']}" + (f" and {open_duties} not settled" if open_duties else ""),
        findings=sum(finding.outcome is not Outcome.PASS for finding in release.findings),
        evidence=len(section.exhibits),
        reason=words.reason(release),
    )


def _verdict(verdict: Verdict, titles: dict[str, str]) -> VerdictView:
    return VerdictView(
        look=words.VERDICTS[verdict.verdict],
        use_case=titles.get(verdict.use_case, verdict.use_case),
        because=words.listed(words.BECAUSE[because] for because in verdict.because),
        reasons=verdict.reasons,
        settle=verdict.settle,
    )


def _triad(conclusion: ConcludedLicense, release: ReleaseReport, exhibits: Exhibits) -> Triad:
    component = words.COMPONENTS[conclusion.component]

    def statements(readings: Iterable[LicenseReading], kind: str) -> tuple[Statement, ...]:
        return tuple(
            _statement(reading, exhibits.cite(reading.evidence, f"{kind} licence, {component.lower()}"))
            for reading in readings
            if reading.component is conclusion.component
        )

    return Triad(
        component=component,
        declared=statements(release.licenses.declared, "declared"),
        detected=statements(release.licenses.detected, "detected"),
        conclusion=conclusion,
        concluded=words.concluded(conclusion),
        status=words.STATUSES[conclusion.status],
        conflict=conclusion.status is Status.CONFLICT,
        cites=exhibits.cites(conclusion.evidence, f"concluded licence, {component.lower()}"),
    )


def _statement(reading: LicenseReading, cite: Cite) -> Statement:
    what = reading.key or reading.expression or reading.raw
    if reading.key is None and reading.candidates:
        what = f"{reading.raw}: it may be {words.listed(reading.candidates, 'or')}"
    return Statement(
        what=what,
        how=words.READ_AS[reading.how],
        source=words.SOURCES[reading.source],
        note=reading.note,
        cite=cite,
    )


def _clause(read: ReadClause, exhibits: Exhibits) -> ClauseView:
    clause = read.clause
    kind = clause.kind.replace("_", " ")
    value = f"{clause.value:,}" if isinstance(clause.value, int) else clause.value or "stated"
    return ClauseView(
        kind=kind,
        value=f"{value} {clause.unit.replace('-', ' ')}" if clause.unit else value,
        cite=exhibits.cite(read.evidence, f"read from the text: {kind}"),
        alarm=read.alarm or "nothing differs, or there is no record to hold it against",
    )


def _findings(
    findings: Iterable[Finding], anchor: str, titles: dict[str, str], exhibits: Exhibits
) -> Iterable[FindingView]:
    """Give the findings, errors first; an anchor stays the same while the finding does."""
    severities = list(Severity)
    outcomes = [Outcome.FINDING, Outcome.UNKNOWN, Outcome.PASS]
    seen: Counter[str] = Counter()
    for finding in sorted(
        findings, key=lambda one: (severities.index(one.severity), outcomes.index(one.outcome))
    ):
        name = f"finding-{anchor.removeprefix('release-')}-{finding.fingerprint[:12]}"
        seen[name] += 1
        yield FindingView(
            id=name if seen[name] == 1 else f"{name}-{seen[name]}",
            look=words.finding_look(finding),
            finding=finding,
            message=finding.message.removeprefix(f"{words.finding_look(finding).word} "),
            use_case=titles.get(finding.use_case, finding.use_case),
            because=words.BECAUSE[finding.because],
            cites=exhibits.cites(finding.evidence, f"finding {finding.rule}"),
            sides=_sides(finding),
        )


def _sides(finding: Finding) -> tuple[Side, ...]:
    """Return the quotes of a matter of evidence, when there are two to four that differ."""
    quoted = {one.quote: words.place(one) for one in finding.evidence if one.quote}
    if finding.because != "evidence" or len(quoted) not in SIDES:
        return ()
    return tuple(Side(place=place, quote=quote) for quote, place in quoted.items())


SIDES = range(2, 5)


def _origins(release: ReleaseReport) -> dict[str, str]:
    """Return by licence from which ancestors it comes: a duty is told once, whoever brings it."""
    ancestors: dict[str, list[str]] = {}
    own = {one.key for one in release.effective if one.via is None}
    for one in release.effective:
        if one.via is not None and one.via not in ancestors.setdefault(one.key, []):
            ancestors[one.key].append(one.via)
    return {
        key: f"{'its own, and ' if key in own else ''}from {words.listed(names)}"
        for key, names in ancestors.items()
    }


def _duties(
    duties: Iterable[Duty], titles: dict[str, str], origins: dict[str, str], exhibits: Exhibits
) -> DutyTable:
    shown = [
        DutyView(
            duty=duty,
            place=cited(duty.section),
            origin=origins.get(duty.license, ""),
            use_case=titles.get(duty.use_case, duty.use_case),
            acts=words.listed(words.ACTS[act] for act in duty.triggered_by) or words.NO_ACT[duty.applies],
            cites=exhibits.cites(duty.evidence, f"{duty.kind}: {duty.title}"),
        )
        for duty in sorted(duties, key=lambda one: one.applies != "yes")
    ]
    return DutyTable(
        live=tuple(one for one in shown if one.duty.applies != "no"),
        idle=tuple(one for one in shown if one.duty.applies == "no"),
    )


def _matrix(release: ReleaseReport, titles: dict[str, str]) -> Matrix:
    cells = {(cell.act, cell.use_case): cell for cell in release.acts}
    acts = dict.fromkeys(cell.act for cell in release.acts)
    columns = dict.fromkeys(cell.use_case for cell in release.acts)
    planned: list[MatrixRow] = []
    others: dict[tuple[Cell, ...], list[str]] = {}
    for act in acts:
        row = [cells.get((act, column)) for column in columns]
        plans = {cell.planned for cell in row if cell is not None}
        if True in plans:
            planned.append(_planned_row(words.ACTS[act], row, alike=len(plans) == 1))
        else:
            others.setdefault(tuple(map(_cell, row)), []).append(words.ACTS[act])
    rest = (
        MatrixRow(acts=words.listed(names), planned=words.PLANNED[False], cells=row)
        for row, names in others.items()
    )
    return Matrix(columns=tuple(titles.get(column, column) for column in columns), rows=(*planned, *rest))


def _licenses(report: Report) -> Iterable[LicenseMatrix]:
    """Yield the matrix licence by act under each use case; ten columns would be wider than a page."""
    for use_case in report.use_cases if report.license_acts else ():
        rows = (
            LicenseRow(
                license=row.license,
                cells=tuple(_acts(row, use_case.id, word) for word in words.VERDICTS),
            )
            for row in report.license_acts
        )
        yield LicenseMatrix(
            use_case=words.titled(use_case), columns=tuple(words.VERDICTS.values()), rows=tuple(rows)
        )


def _acts(row: LicenseActs, use_case: str, word: VerdictWord) -> str:
    """Return the acts that get a verdict under a use case."""
    acts = [cell.act for cell in row.acts if (cell.use_case, cell.verdict) == (use_case, word)]
    return "every act" if len(acts) == len(words.ACTS) else words.listed(words.ACTS[act] for act in acts)


def _planned_row(act: str, row: Sequence[ActVerdict | None], *, alike: bool) -> MatrixRow:
    """Return the row of an act that some use case plans; ``alike``: all of them do."""
    if alike:
        return MatrixRow(acts=act, planned=words.PLANNED[True], cells=tuple(map(_cell, row)))
    told = (replace(_cell(cell), planned=words.PLANNED[cell.planned] if cell else "") for cell in row)
    return MatrixRow(acts=act, planned="", cells=tuple(told))


def _cell(cell: ActVerdict | None) -> Cell:
    return Cell(look=words.VERDICTS[cell.verdict] if cell else None)


def _axis(graded: AxisGrade, exhibits: Exhibits) -> AxisView:
    name = words.AXES[graded.axis]
    return AxisView(
        name=name,
        grade=words.GRADES[graded.grade],
        why=graded.why,
        cites=exhibits.cites(graded.evidence, f"openness, {name.lower()}"),
    )


def _parent(kin: Kin, anchors: dict[str, str], exhibits: Exhibits | None) -> ParentView:
    """Return one link; only those of the release itself bring its exhibits."""
    edge = kin.edge
    return ParentView(
        edge=edge,
        relation=words.RELATIONS[edge.relation],
        terms=words.terms(edge.terms),
        known=words.HOW_KNOWN.get(edge.terms.how, ""),
        link=anchors.get(edge.terms.release) if edge.terms.release else None,
        kind=place(edge.terms),
        cites=exhibits.cites(edge.evidence, f"base model, {edge.how}") if exhibits else (),
        told=kin.told,
        parents=tuple(_parent(one, anchors, None) for one in kin.parents),
    )
