# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""``modelscan signoff new | sign | verify | list``: decisions of people, in ``.modelscan/signoffs``."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from scanner.cli.common import (
    Exit,
    Word,
    as_of,
    catalogue_option,
    config_option,
    format_option,
    json_text,
    mof_option,
    print_text,
    rules_option,
    write_atomically,
)

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.model.report import Report
    from scanner.model.signoff import Approver, Content, Judged, Recorded, Statement
    from scanner.signoff.state import Checked

FOLDER = ".modelscan"

REPORT_LIMIT = 1_000_000_000
"""Bytes of a report that is read."""

SHORTEST = 8
"""Digits of a fingerprint that name a finding."""


class Asked(NamedTuple):
    """What a command is about."""

    contents: "tuple[Content, ...]"
    places: tuple[Path | None, ...]
    """The folder of each release; None: only its report is at hand."""

    config: "Config"


@click.group(short_help="Record, sign and check the decisions of people on releases.")
def signoff() -> None:
    """Record, sign and check the decisions of people on releases.

    A decision is bound to the texts, weights, conclusions, duties and findings that were reviewed, under one
    use case, until a day. It never changes a verdict. docs/signoff.md says what voids one.
    """


def _scan_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what says how a release is judged, the same as for the report."""
    options = (
        click.option(
            "--use-case",
            "use_case_files",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="What you plan to do with the models (YAML). Repeats.",
        ),
        mof_option,
        catalogue_option,
        rules_option,
        config_option,
        click.option("--hash", "hashed", is_flag=True, help="Read the weights in full for their digests."),
        _store_option,
        _day_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


_store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=f"Folder of the sign-offs; default: {FOLDER} beside modelscan.yml, else at the git root.",
)
_day_option = click.option(
    "--as-of", "as_of_date", metavar="DATE", help="The day that is asked about; default: today, UTC."
)


@signoff.command("new", short_help="Record a decision on a release.")
@click.argument("subject", type=click.Path(path_type=Path), metavar="PATH_OR_REPORT.json")
@click.option(
    "--decision", required=True, type=Word(["approve", "conditional", "reject"]), help="What was decided."
)
@click.option("--until", required=True, metavar="DATE", help="The last day on which it holds.")
@click.option("--note", default="", metavar="TEXT", help="Why, in a sentence.")
@click.option("--condition", "conditions", multiple=True, metavar="TEXT", help="What must be met. Repeats.")
@click.option(
    "--accept",
    "accepted",
    multiple=True,
    metavar="FINGERPRINT",
    help=f"A finding that is accepted, by {SHORTEST} digits or more. Repeats.",
)
@click.option("--accept-all", is_flag=True, help="Accept every finding that there is today.")
@click.option("--approver", metavar="NAME", help="Who decided; default: git config user.name.")
@click.option("--email", metavar="ADDRESS", help="Of the approver; default: git config user.email.")
@click.option("--release", "name", metavar="NAME", help="Which release, where PATH holds several.")
@click.option("--for", "use_id", metavar="ID", help="Which use case, where several are configured.")
@_scan_options
def new(
    subject: Path,
    decision: str,
    until: str,
    note: str,
    conditions: tuple[str, ...],
    accepted: tuple[str, ...],
    accept_all: bool,
    approver: str | None,
    email: str | None,
    name: str | None,
    use_id: str | None,
    store: Path | None,
    hashed: bool,
    as_of_date: str | None,
    **judging: Any,  # noqa: ANN401  the options of the scan
) -> None:
    """Record a decision on one release under one use case.

    The release is scanned as `modelscan report` would, or taken from its JSON, and one in-toto statement is
    written. It takes the place of the current one. Sign it with `modelscan signoff sign`.

    \b
    modelscan signoff new ./models/name --decision approve --until 2027-01-31 --note "ticket 12"
    modelscan signoff new audit.json --release org/name --decision reject --until 2027-01-31
    """  # noqa: D301  click wants the character itself
    from scanner.model.signoff import Decision, Signoff
    from scanner.render.signoff import recorded_text
    from scanner.signoff import collect, current, encoded, place, statement_of

    day = as_of(as_of_date)
    who = _approver(approver, email)
    asked = _asked(subject, day, judging, name=name, use_id=use_id, hashed=hashed)
    content = _only(asked.contents)
    folder = _folder(store, asked.config, asked.places)
    checked = _checked(folder, day)
    _after_the_last(checked, content, day)
    statement = statement_of(
        Signoff(
            decision=Decision(decision),
            content=content,
            accepted=_accepted(content, accepted, every=accept_all),
            conditions=conditions,
            note=note,
            approver=who,
            decided=day,
            until=until,
            supersedes=tuple(sorted(one.digest for one in current(checked, content, as_of=day))),
        )
    )
    _refuse_unreadable(statement)
    data, path = encoded(statement), place(statement)
    written = folder / "signoffs" / path
    _make(written.parent)
    write_atomically(written, data.decode())
    (recorded,) = collect({path: data})
    taken = {*statement.predicate.accepted}
    open_ones = [one for one in content.findings if one.gates and one.fingerprint not in taken]
    print_text(recorded_text(recorded, open_ones))
    click.echo(f"written: {written}")
    if open_ones:
        print_text("open findings are not covered: name them with --accept, or --accept-all", err=True)
    print_text(f"unsigned; next: modelscan signoff sign {written} --key ~/.ssh/id_ed25519", err=True)


@signoff.command("sign", short_help="Sign statements with an SSH key.")
@click.argument(
    "statements", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="STATEMENT..."
)
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="SSH key, or the .pub of one that the agent holds; default: git config user.signingkey.",
)
@_day_option
def sign(statements: tuple[Path, ...], key: Path | None, as_of_date: str | None) -> None:
    """Sign statements with an SSH key, through ssh-keygen -Y sign.

    The signature is written beside the statement, NAME.json.sig. It counts while .modelscan/allowed_signers
    gives the key to the approver's address; the line to put there is printed where it is missing.

    \b
    modelscan signoff sign .modelscan/signoffs/name/0123456789abcdef.json --key ~/.ssh/id_ed25519
    """  # noqa: D301  click wants the character itself
    day = as_of(as_of_date)
    used = key or _signing_key()
    for path in statements:
        _sign(path, used, day)


@signoff.command("verify", short_help="Say whether the sign-offs of releases hold.")
@click.argument("subject", type=click.Path(path_type=Path), metavar="PATH_OR_REPORT.json")
@_scan_options
@format_option("text", "json")
def verify(
    subject: Path,
    form: str,
    store: Path | None,
    hashed: bool,
    as_of_date: str | None,
    **judging: Any,  # noqa: ANN401  the options of the scan
) -> None:
    """Say whether the sign-offs of the releases below PATH, or of a report, hold today.

    Exit 1 when a release is not signed off, is rejected, or a sign-off is invalid, stale or expired.

    \b
    modelscan signoff verify ./models
    modelscan signoff verify ./models --hash
    """  # noqa: D301  click wants the character itself
    from scanner.errors import NoScanError
    from scanner.signoff import approved, judge
    from scanner.signoff.ssh import INSTALL

    day = as_of(as_of_date)
    asked = _asked(subject, day, judging, hashed=hashed)
    judged = judge(_checked(_folder(store, asked.config, asked.places), day), asked.contents, as_of=day)
    _show(judged, form)
    for one in judged:
        if one.recorded and one.state and one.state.signature.state == "unchecked":
            told = f"its signature cannot be checked: {one.state.signature.why}"
            raise NoScanError(told, source=one.recorded.path, advice=INSTALL)
    sys.exit(Exit.OK if approved(judged) else Exit.FINDINGS)


@signoff.command("list", short_help="List the sign-offs that are recorded.")
@config_option
@_store_option
@_day_option
@format_option("text", "json")
def list_(config_file: Path | None, store: Path | None, as_of_date: str | None, form: str) -> None:
    """List the sign-offs that are recorded: decision, person, days, signature. No release is looked at.

    \b
    modelscan signoff list
    """  # noqa: D301  click wants the character itself
    from scanner.config import load_config
    from scanner.model.signoff import Judged
    from scanner.signoff import standing, superseded

    day = as_of(as_of_date)
    config = load_config(Path.cwd(), explicit=config_file, environment=os.environ)
    checked = _checked(_folder(store, config, ()), day)
    gone = superseded(checked, as_of=day)
    _show(
        [
            Judged(
                release=_release_name(one),
                use_case=one.statement.predicate.content.use_case.id if one.statement else "unknown",
                recorded=one,
                signature=signature,
                state=standing(one, signature, as_of=day, superseded_by=gone.get(one.digest)),
            )
            for one, signature in checked
        ],
        form,
    )


def _release_name(recorded: "Recorded") -> str:
    return recorded.statement.predicate.content.name if recorded.statement else recorded.path.split("/")[0]


def _show(judged: "Sequence[Judged]", form: str) -> None:
    from scanner.render.signoff import signoffs_document, signoffs_text

    if form == "json":
        click.echo(json_text(signoffs_document(judged)), nl=False)
    else:
        print_text(signoffs_text(judged))


def _asked(
    subject: Path,
    day: str,
    judging: Mapping[str, Any],
    *,
    name: str | None = None,
    use_id: str | None = None,
    hashed: bool,
) -> Asked:
    """Return the contents that a command is about: of a scan, or of a report in JSON.

    Raises:
        UsageError: there is no such release or use case, or it is on the Hub.
    """
    from scanner.discover import hub_source
    from scanner.errors import UsageError

    if hub_source(str(subject)) is not None:
        advice = f"modelscan report {subject} --online -o report.json; then name report.json here"
        raise UsageError("a decision is on files, or on a report", source=str(subject), advice=advice)
    if subject.suffix == ".json" and subject.is_file():
        asked = _reported(subject, judging, hashed=hashed)
    else:
        asked = _scanned(subject, day, judging)
    wanted = [
        (content, place)
        for content, place in zip(asked.contents, asked.places, strict=True)
        if name in {None, content.name} and use_id in {None, content.use_case.id}
    ]
    if not wanted:
        raise _none_of_these(asked.contents)
    contents = tuple(_read_in_full(*one) if hashed else one[0] for one in wanted)
    return Asked(contents, tuple(place for _, place in wanted), asked.config)


def _reported(path: Path, judging: Mapping[str, Any], *, hashed: bool) -> Asked:
    from scanner.config import load_config
    from scanner.errors import PathError, UsageError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.signoff import contents_of_document

    given = [
        option for option in ("use_case_files", "mof_files", "catalogue", "own_rules") if judging[option]
    ]
    if hashed or given:
        raise UsageError(
            "a report was judged when it was written: --hash, --use-case, --mof, --catalogue and --rules "
            "do not change it",
            source=str(path),
            advice="name the folder of the release instead",
        )
    try:
        data = read_bounded(path, REPORT_LIMIT)
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None
    contents = contents_of_document(data, str(path))
    config = load_config(Path.cwd(), explicit=judging["config_file"], environment=os.environ)
    return Asked(contents, (None,) * len(contents), config)


def _scanned(path: Path, day: str, judging: Mapping[str, Any]) -> Asked:
    from scanner.config import load_config, load_use_cases
    from scanner.examine import load_knowledge
    from scanner.openness.mof_file import read_mof
    from scanner.pipeline import scan
    from scanner.signoff import contents_of

    reviews = tuple(map(read_mof, judging["mof_files"]))
    knowledge = load_knowledge(judging["catalogue"], judging["own_rules"])
    known = knowledge.catalogue
    config = load_config(Path.cwd(), explicit=judging["config_file"], environment=os.environ, catalogue=known)
    report = scan(
        [path],
        knowledge,
        config,
        as_of=day,
        step=lambda *_: None,
        use_cases=load_use_cases(judging["use_case_files"], known),
        reviews=reviews,
    )
    return Asked(contents_of(report), tuple(_places(report, path)), config)


def _places(report: "Report", path: Path) -> Iterable[Path]:
    """Give the folder of the release of each content."""
    for release in report.releases:
        place = path / release.path if path.is_dir() else path.parent
        yield from (place for _ in report.use_cases)


def _read_in_full(content: "Content", place: Path | None) -> "Content":
    from scanner.signoff import digested

    return digested(content, place) if place is not None else content


def _none_of_these(contents: "Iterable[Content]") -> Exception:
    from scanner.errors import UsageError

    known = ", ".join(dict.fromkeys(f"{one.name} for {one.use_case.id}" for one in contents))
    return UsageError("there is no such release or use case here", advice=f"there is: {known}")


def _only(contents: "Sequence[Content]") -> "Content":
    """Return the one content that a decision is on.

    Raises:
        UsageError: there are several.
    """
    from scanner.errors import UsageError

    if len(contents) == 1:
        return contents[0]
    if len({one.use_case.id for one in contents}) > 1:
        ids = ", ".join(dict.fromkeys(one.use_case.id for one in contents))
        raise UsageError(
            f"a decision is on one use case, and these are several: {ids}", advice="add --for ID"
        )
    names = ", ".join(one.name for one in contents)
    raise UsageError(
        f"a decision is on one release, and these are several: {names}",
        advice="name its folder, or add --release NAME",
    )


def _folder(store: Path | None, config: "Config", places: Sequence[Path | None]) -> Path:
    """Return the folder that holds the sign-offs and the allowed signers.

    One that comes with a scanned release is its author's: he must not approve his own work here.

    Raises:
        UsageError: it lies in a release, and nobody named it.
    """
    from scanner.discover import is_release
    from scanner.errors import UsageError

    if store is not None:
        return store
    root = Path(config.origin).parent if config.origin else _git_root(Path.cwd())
    real = root.resolve()
    inside = any(place is not None and real.is_relative_to(place.resolve()) for place in places)
    if inside or is_release(real):
        raise UsageError(
            "the sign-offs would lie in a release, whose author is a stranger",
            source=str(root / FOLDER),
            advice=f"go to your own repository, or name the folder with --store DIR/{FOLDER}",
        )
    return root / FOLDER


def _git_root(start: Path) -> Path:
    """Return the top of the git checkout of a folder, or the folder itself."""
    return next((one for one in (start, *start.parents) if (one / ".git").exists()), start)


def _checked(folder: Path, day: str) -> "tuple[Checked, ...]":
    from scanner.errors import PathError
    from scanner.guarded.refused import Refused
    from scanner.signoff import check, collect, on_disk, signers_on_disk

    try:
        records, signers = collect(on_disk(folder)), signers_on_disk(folder)
    except Refused as refused:
        raise PathError(refused.reason, source=str(folder)) from None
    return tuple((one, check(one, signers, as_of=day)) for one in records)


def _approver(name: str | None, email: str | None) -> "Approver":
    """Return who decides, as named or as git knows the user.

    Raises:
        UsageError: nobody says who.
    """
    from scanner.errors import UsageError
    from scanner.model.signoff import Approver

    who, address = name or _git("user.name"), email or _git("user.email")
    if not who or not address:
        missing = "--approver NAME" if not who else "--email ADDRESS"
        raise UsageError("a decision has a person, and git does not know you", advice=f"add {missing}")
    return Approver(name=who, email=address)


def _git(key: str) -> str:
    """Return a setting of the user's git, or nothing."""
    from scanner.guarded.process import run
    from scanner.guarded.refused import Refused

    try:
        answer = run("git", ["config", "--get", key])
    except Refused:
        return ""
    return answer.output.decode("utf-8", "replace").strip()


def _accepted(content: "Content", named: Sequence[str], *, every: bool) -> tuple[str, ...]:
    """Return the fingerprints that are accepted.

    Raises:
        UsageError: a word names no finding, or several.
    """
    from scanner.errors import UsageError

    known = [one.fingerprint for one in content.findings]
    if every:
        return tuple(known)
    found: set[str] = set()
    for word in named:
        fitting = [one for one in known if len(word) >= SHORTEST and one.startswith(word.lower())]
        if len(fitting) != 1:
            listed = ", ".join(one[:12] for one in known) or "none"
            raise UsageError(
                f"--accept {word!r} names no finding of this release", advice=f"its findings: {listed}"
            )
        found.add(fitting[0])
    return tuple(sorted(found))


def _after_the_last(checked: "Iterable[Checked]", content: "Content", day: str) -> None:
    """Refuse a clock that stands before a decision that was taken already.

    Raises:
        UsageError: it does.
    """
    from scanner.errors import UsageError
    from scanner.signoff import same_matter

    for one, _ in checked:
        if one.statement is None or not same_matter(one.statement.predicate.content, content):
            continue
        decided = one.statement.predicate.decided
        if day < decided:
            told = f"this day, {day}, is before that of an earlier decision, {decided}"
            raise UsageError(told, source=one.path, advice="set the clock, or --as-of")


def _refuse_unreadable(statement: "Statement") -> None:
    """Hold what is about to be written against what is read back.

    Raises:
        UsageError: a value is wrong: no day, no address, too long.
    """
    import re

    from scanner.errors import UsageError
    from scanner.guarded.refused import Refused
    from scanner.guarded.strict import is_date
    from scanner.model.signoff import EMAIL
    from scanner.signoff import encoded, read_statement

    decision = statement.predicate
    if not is_date(decision.until):
        raise UsageError(f"not recorded: --until {decision.until!r} is not a date such as 2027-01-31")
    if not re.fullmatch(EMAIL, decision.approver.email):
        advice = "add --email ADDRESS, the one that allowed_signers has"
        raise UsageError(f"not recorded: {decision.approver.email!r} is no e-mail address", advice=advice)
    if not all(one.strip() for one in decision.conditions):
        raise UsageError("not recorded: a condition without words")
    try:
        read_statement(encoded(statement))
    except Refused as refused:
        raise UsageError(f"not recorded: {refused.reason}") from None


def _make(folder: Path) -> None:
    from scanner.errors import UsageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", source=str(folder)) from None


def _signing_key() -> Path:
    """Return the SSH key that the user's git signs with.

    Raises:
        UsageError: it has none.
    """
    from scanner.errors import UsageError

    key = _git("user.signingkey") if _git("gpg.format") == "ssh" else ""
    if not key or key.startswith(("key::", "ssh-")):
        raise UsageError("no SSH key is named", advice="add --key ~/.ssh/id_ed25519")
    return Path(key).expanduser()


def _sign(path: Path, key: Path, day: str) -> None:
    """Write the signature beside one statement, and say whether it counts."""
    import msgspec

    from scanner.errors import PathError, UsageError
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.signoff import check, collect, sign, signers_on_disk
    from scanner.signoff.statement import MAX_BYTES
    from scanner.signoff.store import ENDING

    beside = path.with_name(path.name + ENDING)
    if path.suffix != ".json":
        raise UsageError("a statement is NAME.json", source=str(path))
    if beside.exists():
        raise UsageError("it is signed already", source=str(path), advice=f"remove {beside} to sign it anew")
    try:
        data = read_bounded(path, MAX_BYTES)
        signers = signers_on_disk(path.absolute().parent.parent.parent)
    except Refused as refused:
        raise PathError(refused.reason, source=str(path)) from None
    (recorded,) = collect({f"{path.absolute().parent.name}/{path.name}": data})
    if recorded.statement is None or recorded.problem is not None:
        raise UsageError(f"not signed: {recorded.problem}", source=str(path))
    signature = sign(data, key.expanduser())
    write_atomically(beside, signature.decode("ascii", "replace"))
    found = check(msgspec.structs.replace(recorded, signature=signature), signers, as_of=day)
    click.echo(f"signed: {beside}")
    if found.state == "verified":
        print_text(f"verifies: {recorded.statement.predicate.approver.email}, {found.key}")
    else:
        print_text(f"it does not count yet: {found.why}", err=True)
        print_text(_line_for(recorded, key), err=True)


def _line_for(recorded: "Recorded", key: Path) -> str:
    """Return the line by which the organisation lets a key sign, or how to get it."""
    from scanner.guarded.files import read_bounded
    from scanner.guarded.refused import Refused
    from scanner.signoff.ssh import NAMESPACE

    email = recorded.statement.predicate.approver.email if recorded.statement else ""
    public = key if key.suffix == ".pub" else key.with_name(key.name + ".pub")
    try:
        words = read_bounded(public.expanduser(), 100_000).decode("utf-8", "replace").split()[:2]
    except Refused:
        words = [f"(what `ssh-keygen -y -f {key}` prints)"]
    line = f'{email} namespaces="{NAMESPACE}" {" ".join(words)}'
    return f"if this key is the approver's, the line of {FOLDER}/allowed_signers is:\n{line}"
