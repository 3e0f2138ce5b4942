# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Files of terms: by name and by their words, and what cannot be read as a text."""

import hashlib

import pytest

from scanner.model.reading import Source
from scanner.read.legal import kind_of_terms

AGREEMENT = """Orchard Model Community Agreement
Version 2, May 2031

You may use the Works when you keep to these terms. The Licensor grants you permission to copy them.
You shall not use them to harm anyone. The Works come without any warranty, and the Licensor is not
liable for damages. Your rights terminate when you breach this.
"""
POLICY = (
    "# Orchard Acceptable Use Policy\n\nYou agree not to use the Works for what is prohibited or unlawful.\n"
)
UNTITLED = """Copyright 2031 The Growers

Permission is hereby granted to copy and redistribute the Works. This line shall be kept. There is no
warranty, and no grower shall be liable for damages. The permission terminates upon breach.
Licensees accept what applicable law demands.
"""
CHANGELOG = "# Changelog\n\n## 2.0\n\n- Changed the license to another one.\n- Fixed the loader.\n" * 20
PAPER = (
    "# On Orchards\n\nWe study licenses. Each license grants a permission.\n"
    + "Trees grow slowly here. " * 400
)
LICENSE_SECTION = "# Example\n\nA model of trees.\n\n# License\n\nSee the agreement; no warranty.\n"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("LICENSE", Source.LICENSE_FILE),
        ("LICENCE.txt", Source.LICENSE_FILE),
        ("LICENSE-MODEL", Source.LICENSE_FILE),
        ("Orchard LICENSE AGREEMENT", Source.LICENSE_FILE),
        ("COPYING", Source.LICENSE_FILE),
        ("NOTICE", Source.NOTICE_FILE),
        ("USE_POLICY.md", Source.POLICY_FILE),
    ],
)
def test_by_name(facts, name, source):
    found = facts({name: "Some words of terms.\n"})
    (text,) = found.texts
    assert (text.path, text.source, text.text) == (name, source, "Some words of terms.\n")
    assert text.sha256 == hashlib.sha256(b"Some words of terms.\n").hexdigest()
    assert not found.unread


@pytest.mark.parametrize(
    ("name", "words", "source"),
    [
        ("terms.txt", AGREEMENT, Source.LICENSE_FILE),
        ("orchard", AGREEMENT, Source.LICENSE_FILE),
        ("about.html", f"<h1>Orchard License</h1>\n{AGREEMENT}", Source.LICENSE_FILE),
        ("rules.md", POLICY, Source.POLICY_FILE),
        ("words.rst", UNTITLED, Source.LICENSE_FILE),
        (
            "note.txt",
            "果园模型许可协议\n\n授予您使用的权利。不得用于违法。不承担责任。违反则终止。\n",
            Source.LICENSE_FILE,
        ),
    ],
)
def test_by_content(facts, name, words, source):
    (text,) = facts({name: words}).texts
    assert (text.path, text.source) == (name, source)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CHANGELOG.md", CHANGELOG),
        ("paper.md", PAPER),
        ("usage.md", LICENSE_SECTION),
        ("notes.txt", "License\n\nAsk the growers.\n"),
        ("train.py", AGREEMENT),
        ("data.jsonl", AGREEMENT),
        ("words.txt", "tree\n" * 1_000),
        ("empty.txt", ""),
        ("binary", b"\x7fELF\0\1\2\3" * 20),
        ("long.txt", AGREEMENT + "word " * 100_000),
    ],
)
def test_what_is_no_file_of_terms(facts, name, words):
    found = facts({name: words})
    assert not found.texts
    assert not found.unread


@pytest.mark.parametrize(
    "line",
    [
        "This model is under the Orchard License",
        "See the license",
        "How we chose our license",
        "Orchard License is a fine thing (really)",
        "License:",
        "Agreement between annotators",
        "The license of the trees that grow in the orchard",
    ],
)
def test_sentences_are_no_titles(line):
    filler = "Trees grow slowly here, and nothing else does. " * 100
    assert kind_of_terms([f"{line}\n", "\n", filler, "shall hereby warranty liable"]) is None


@pytest.mark.parametrize(
    "line",
    [
        "Orchard License",
        "ORCHARD LICENSE AGREEMENT v2.0",
        "**Orchard Community License Agreement**",
        "Orchard Licence, Version 1.0, May 2031",
        "Orchard Terms of Use (for researchers)",
        "<h2>Orchard EULA</h2>",
        "=== Orchard License ===",
    ],
)
def test_titles(line):
    filler = "Trees grow slowly here, and nothing else does. " * 100
    lines = [f"{line}\n", "\n", filler, "shall hereby warranty liable"]
    assert kind_of_terms(lines) is Source.LICENSE_FILE


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("cp1252", "cp1252")],
)
def test_encodings(facts, encoding, named):
    words = f"\xa9 Ren\xe9\n{AGREEMENT}"
    (text,) = facts({"LICENSE": words.encode(encoding)}).texts
    assert (text.text, text.encoding) == (words, named)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("LICENSE", b"\x7fELF\0\1\2\3" * 20, "is no text"),
        ("LICENSE.pdf", b"%PDF-1.7\n", "is a PDF"),
        ("LICENSE.docx", b"PK\x03\x04rest", "zip container"),
        ("LICENSE.rtf", b"{\\rtf1 words}", "rich text"),
        ("LICENSE.txt", b"version https://git-lfs.github.com/spec/v1\noid sha256:a\nsize 1\n", "pointer"),
        ("LICENSE.md", b" \n\n", "is empty"),
    ],
)
def test_terms_that_cannot_be_read_are_said_and_matter(facts, name, data, reason):
    found = facts({name: data})
    (unread,) = found.unread
    assert (unread.path, unread.matters) == (name, True)
    assert reason in unread.reason
    assert not found.texts


def test_a_huge_licence_is_read_to_its_bound(facts):
    found = facts({"LICENSE": AGREEMENT + "word " * 900_000})
    assert "only the first 4,000,000" in found.unread[0].reason
    assert found.texts[0].text.startswith("Orchard")
