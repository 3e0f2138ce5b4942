# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Other programs: by name, without a shell, bounded."""

import pytest

from scanner.guarded.process import LIMIT, run
from scanner.guarded.refused import Refused


def test_arguments_are_no_commands():
    assert run("echo", ["$(id)", "; id"]).output == b"$(id) ; id\n"


def test_input_output_errors_and_code():
    found = run("sh", ["-c", "cat; echo no >&2; exit 3"], given=b"x")
    assert (found.code, found.output, found.errors) == (3, b"x", "no\n")


def test_locale_and_clock_are_fixed():
    assert run("sh", ["-c", "echo $LC_ALL $TZ"]).output == b"C UTC\n"


def test_a_long_answer_is_cut():
    assert len(run("sh", ["-c", f"head -c {LIMIT * 2} /dev/zero"]).output) == LIMIT


def test_what_takes_too_long_is_ended():
    with pytest.raises(Refused, match="did not end within"):
        run("sleep", ["60"], seconds=0.05)


def test_what_is_not_there():
    with pytest.raises(Refused, match="is not installed"):
        run("no-such-program-at-all", [])


def test_what_cannot_be_an_argument():
    with pytest.raises(Refused, match="cannot be run"):
        run("echo", ["a\0b"])
