# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""What the commands share: exits, colour, atomic writing, the date, options defined once."""

import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from scanner.errors import ModelscanError, NoScanError, UsageError

if TYPE_CHECKING:
    from scanner.discover import Online


class Exit(IntEnum):
    """The exit codes."""

    OK = 0
    """Looked, and nothing at or above ``--fail-on``; a written report is a success."""

    FINDINGS = 1
    """At or above ``--fail-on``."""

    USAGE = 2
    """Wrong usage or configuration."""

    NO_SCAN = 3
    """Could not look: nothing to scan, a path that cannot be read, our own data damaged."""


class ErrorsAsExits(click.Group):
    """The one place that turns the tool's errors into exits; anything else is a bug and looks like one."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's own signature
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ModelscanError as error:
            _stop(error)
        except BrokenPipeError:
            _close_output()
            sys.exit(Exit.OK)  # the reader of our output has gone; there is nobody left to tell
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            _close_output()
            _stop(UsageError(f"the output cannot be written: {error.strerror}"))
        except (KeyboardInterrupt, click.Abort):
            click.echo("\ninterrupted: no scan was completed and nothing was written", err=True)
            sys.exit(130)


def _close_output() -> None:
    """Give the interpreter an output that takes what is left in its buffer when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


LONGEST = 2000
"""Characters of an error: a wrong word of a megabyte is not repeated whole."""


def _stop(error: ModelscanError) -> NoReturn:
    from scanner.sanitize import no_order, one_line

    click.echo(no_order(f"error: {one_line(str(error), LONGEST)}"), err=True)
    if error.advice:
        click.echo(no_order(f"next: {one_line(error.advice)}"), err=True)
    if isinstance(error, NoScanError):
        click.echo("no scan was performed", err=True)
    sys.exit(Exit.USAGE if isinstance(error, UsageError) else Exit.NO_SCAN)


def print_text(text: str, *, err: bool = False) -> None:
    """Print words that the user's own files may hold: inert, and on a terminal wrapped to its width.

    What follows a line's last column, or its indent, stays below itself. What is piped keeps its lines.
    """
    import re
    import textwrap
    from shutil import get_terminal_size

    from scanner.sanitize import no_order, one_line

    stream = sys.stderr if err else sys.stdout
    width = get_terminal_size().columns if stream.isatty() else sys.maxsize
    for line in map(one_line, text.splitlines()):
        columns = re.match(r"(?:.*\s{2,}(?=\S))?", line)
        hang = len(columns[0]) if columns else 0
        indent = len(line) - len(line.lstrip())
        hang = hang if indent < hang <= width // 2 else indent + 2
        parts = textwrap.wrap(
            line, width, subsequent_indent=" " * hang, break_on_hyphens=False, break_long_words=False
        )
        click.echo("\n".join(map(no_order, parts)), err=err)


def wants_color(stream: Any) -> bool:  # noqa: ANN401  any text stream
    """Whether a stream should be coloured: NO_COLOR, FORCE_COLOR, TERM=dumb and a terminal decide.

    See https://no-color.org; click and rich disagree on these, so one function decides for both.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def as_of(value: str | None) -> str:
    """Return the ISO date that the evaluation is made for.

    ``--as-of`` wins, then ``SOURCE_DATE_EPOCH`` (seconds, UTC), then today (UTC).

    Raises:
        UsageError: not a date.
    """
    if value is not None:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise UsageError(f"--as-of {value!r} is not a date such as 2026-11-24") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH={epoch!r} is not a number of seconds") from None


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of one.

    Raises:
        UsageError: the place cannot be written to.
    """
    try:
        with _replacing(path) as handle:
            data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
            handle.write(data)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", source=str(path)) from None


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Any]:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def output_targets(
    outputs: Sequence[str],
    form: str | None,
    formats: Collection[str],
    default: str,
    by_name: Callable[[str], str | None] = lambda _: None,
) -> list[tuple[str, str]]:
    """Return each output's name with its format, or say which formats there are.

    Args:
        outputs: Names as they were given; ``-`` is stdout.
        form: The format that was named.
        formats: By the ending of the names.
        default: Where it goes when no name is given.
        by_name: Tells the format from the whole of a name, whatever its ending is; None: it does not.

    Raises:
        UsageError: an ending or a name that is no format.
    """
    if form is not None and form not in formats:
        raise UsageError(f"there is no format {form!r}", advice=f"use one of {', '.join(formats)}")
    names = outputs or (("-",) if form else (default,))
    targets = [(name, form or by_name(name) or format_by_ending(name, formats)) for name in names]
    for name, chosen in targets:
        told = [one for one in (by_name(name), _ending(name, formats)) if one is not None]
        if told and chosen not in told:
            advice = f"leave out -f, or name the file with the ending .{chosen}"
            raise UsageError(f"-f {chosen} and the name {name!r} say two things", advice=advice)
    return targets


def _ending(name: str, formats: Iterable[str]) -> str | None:
    """Return the format that the ending of a name tells, the longest that fits."""
    fitting = (form for form in formats if Path(name).name.lower().endswith(f".{form}"))
    return max(fitting, key=len, default=None)


def format_by_ending(name: str, formats: Iterable[str]) -> str:
    """Return the format that the ending of a name tells.

    Raises:
        UsageError: it tells none.
    """
    ending = _ending(name, formats)
    if ending is not None:
        return ending
    raise UsageError(
        f"cannot tell the format of {name!r} from its ending",
        advice="name it with -f, for example -f json",
    )


@contextlib.contextmanager
def way_to_the_hub(*, online: bool) -> "Iterator[Online | None]":
    """Give the way to the Hub where it is asked for; else there is none."""
    if not online:
        yield None
        return
    from scanner.discover import online as opened

    with opened() as hub:
        yield hub


@contextlib.contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show progress on a terminal; give a function that takes stage, done and total."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, no_color=not wants_color(sys.stderr))
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("scanning", total=None)

        def step(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield step


def json_text(value: object) -> str:
    """Return a value as indented JSON, the same bytes for the same value."""
    import json

    import msgspec

    from scanner.sanitize import inert_json

    plain = msgspec.to_builtins(value, str_keys=True)
    return inert_json(json.dumps(plain, indent=2, ensure_ascii=False, sort_keys=False)) + "\n"


LEVELS = ("never", "conditional", "review", "blocked")
"""What ``--fail-on`` takes, from the mildest."""


class Word(click.Choice):  # type: ignore[type-arg]
    """One of some words; a misspelt one is answered with the nearest (generic only from click 8.2 on)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the word."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            from scanner.guarded.strict import nearest

            told = error.message.rstrip(".") + nearest(str(value), self.choices)
            raise click.BadParameter(told, ctx, param) from None


def catalogue_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--catalogue``, the same everywhere."""
    return click.option(
        "--catalogue",
        "catalogue",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Add the licence records (and texts/) of this folder to the catalogue.",
    )(command)


def rules_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--rules``, the same everywhere."""
    return click.option(
        "--rules",
        "own_rules",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Judge by the rules of this folder as well (FAMILY/RULE.yaml).",
    )(command)


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--config``, the same everywhere."""
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Configuration to use; default: the nearest modelscan.yml upward.",
    )(command)


def use_case_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--use-case``, the same everywhere."""
    return click.option(
        "--use-case",
        "use_case_files",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="What you plan to do with the models (YAML). Repeats: side by side.",
    )(command)


def day_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--as-of``, the same everywhere."""
    return click.option(
        "--as-of", "as_of_date", metavar="DATE", help="Evaluate for this day; default: today, UTC."
    )(command)


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--store``, the same everywhere."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder of the sign-offs; default: .modelscan beside modelscan.yml, else at the git root.",
    )(command)


def mof_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--mof``, the same everywhere."""
    return click.option(
        "--mof",
        "mof_files",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A reviewer's list of components (YAML of the Model Openness Tool). Repeats.",
    )(command)


def format_option(*names: str) -> Callable[..., Any]:
    """Return ``-f`` with these formats, the first being the default."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=Word(names),
        default=names[0],
        show_default=True,
        help="How to print it.",
    )
