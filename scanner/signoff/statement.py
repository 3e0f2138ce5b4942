# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A decision to the bytes of its statement, and back: one value has one spelling.

Laws: ``read_statement(encoded(s)) == s``, and bytes that are not ``encoded`` of what they say are refused.
The form is an in-toto Statement v1 in JSON with sorted keys, two blanks of indent, and a line break at its
end, so that a decision can be read in a text editor and in a pull request. Names of fields:
https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md.
"""

import hashlib
import json
from collections.abc import Iterator

import msgspec

from scanner.guarded.json import load_json
from scanner.guarded.refused import Refused
from scanner.guarded.strict import is_date
from scanner.model.signoff import PREDICATE_TYPE, STATEMENT_TYPE, Content, Signoff, Statement, Subject
from scanner.sanitize import inert_json

MAX_BYTES = 4_000_000
"""Of one statement; one of a thousand weights files has 300,000."""

MANIFEST = "weights manifest"
"""Name of the subject that stands for all weights files together."""


def statement_of(signoff: Signoff) -> Statement:
    """Return the statement of a decision."""
    return Statement(
        type=STATEMENT_TYPE,
        subject=_subjects(signoff.content),
        predicate_type=PREDICATE_TYPE,
        predicate=signoff,
    )


def _subjects(content: Content) -> tuple[Subject, ...]:
    """Return what a statement is about: every text that may bind, and the manifest of the weights."""
    texts = {one.path: one.sha256 for one in content.texts}
    named = [Subject(name=path, digest={"sha256": texts[path]}) for path in sorted(texts)]
    return (*named, Subject(name=MANIFEST, digest={"sha256": manifest_digest(content)}))


def manifest_digest(content: Content) -> str:
    """Return the hex sha256 of the list of weights files: path, size, and the digests that are known."""
    files = [[one.path, one.size, one.sha256, one.header_sha256] for one in content.weights]
    return hashlib.sha256(_spelt(sorted(files, key=str))).hexdigest()


def encoded(statement: Statement) -> bytes:
    """Return the bytes of a statement."""
    return _spelt(msgspec.to_builtins(statement))


def _spelt(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return (inert_json(text) + "\n").encode()


def digest(data: bytes) -> str:
    """Return the hex sha256 by which statements name each other."""
    return hashlib.sha256(data).hexdigest()


def read_statement(data: bytes) -> Statement:
    """Read the bytes of a statement that anybody may have written.

    Raises:
        Refused: it is too large, no JSON, in another spelling, or says what no statement says.
    """
    if len(data) > MAX_BYTES:
        raise Refused(f"it is larger than {MAX_BYTES:,} bytes")
    try:
        parsed = load_json(data.decode("utf-8"))
        if parsed.duplicates:
            raise Refused("a key stands twice in one object")
        statement = msgspec.convert(parsed.value, Statement)
    except UnicodeDecodeError:
        raise Refused("it is no UTF-8") from None
    except (msgspec.ValidationError, RecursionError) as error:
        raise Refused(f"it is no sign-off: {error}") from None
    if _spelt(parsed.value) != data:
        raise Refused("it is not spelt as it was written: somebody edited it, or a program formatted it")
    for problem in _problems(statement):
        raise Refused(problem)
    return statement


def _problems(statement: Statement) -> Iterator[str]:
    """Yield what is wrong with a statement beyond the types of its values."""
    signoff = statement.predicate
    days = [signoff.decided, signoff.until, *(one.until for one in signoff.exceptions)]
    yield from (f"{day} is no day" for day in days if not is_date(day))
    if signoff.until < signoff.decided:
        yield f"it ends on {signoff.until}, before it was decided on {signoff.decided}"
    if statement.subject != _subjects(signoff.content):
        yield "its subjects are not those of its content"
    if not {*signoff.accepted} <= {one.fingerprint for one in signoff.content.findings}:
        yield "it accepts a finding that is not in its content"
    if not {one.duty for one in signoff.owners} <= {one.id for one in signoff.content.duties}:
        yield "it names the owner of a duty that is not in its content"
    for name, values in (
        ("text", [(one.path, one.source) for one in signoff.content.texts]),
        ("weights file", [one.path for one in signoff.content.weights]),
        ("component", [one.component for one in signoff.content.concluded]),
        ("duty", [one.id for one in signoff.content.duties]),
        ("duty with its owner", [one.duty for one in signoff.owners]),
    ):
        if len({*values}) != len(values):
            yield f"a {name} stands twice in its content"
