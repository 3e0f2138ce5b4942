# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The lineage as words and as a drawing: whole, bounded, ending, and inert whatever the names are."""

import re
import time
from itertools import combinations, pairwise

import pytest
import sample_report
from msgspec.structs import replace

from scanner.model.conclusion import EffectiveLicense, LineageEdge, ParentTerms, Relation
from scanner.model.finding import VerdictWord
from scanner.model.release import Confidence
from scanner.model.usecase import DEFAULT_USE_CASE
from scanner.render import drawing as picture
from scanner.render import lineage
from scanner.render.html import render_html
from scanner.render.text import render_plain_text
from scanner.render.view import _origins

BASE = sample_report.release(0, VerdictWord.REVIEW, (DEFAULT_USE_CASE,))


def edge(parent, relation=Relation.FINETUNE, *, confidence=Confidence.HIGH, **terms):
    terms = {"keys": ("llama-2",), "how": "family", "why": "by its name"} | terms
    return LineageEdge(
        parent=parent,
        relation=relation,
        how="declared",
        confidence=confidence,
        evidence=(sample_report.evidence(7),),
        terms=ParentTerms(**terms),
    )


def inside(path, relation=Relation.FINETUNE, **more):
    return edge(f"acme/{path}", relation, how="in-tree", release=path, **more)


def release(path, *edges):
    return replace(BASE, name=f"acme/{path}", path=path, lineage=edges)


def by_path(*releases):
    return {one.path: one for one in releases}


def drawn(*releases):
    return picture.drawing(releases[0], by_path(*releases))


def told(*releases):
    return [f"{depth} {line}" for depth, line in lineage.tree(releases[0], by_path(*releases))]


def box(drawing, name):
    (found,) = (one for one in drawing.boxes if one.title.startswith(f"{name}:"))
    return found


def corners(path):
    """Return left, top, right and bottom of an outline made of absolute pieces."""
    numbers = [int(one) for one in re.findall(r"-?\d+", path)]
    x, y = numbers[:2]
    if "a" in path:
        return x - 14, y, x - 14 + picture.WIDTH, y + 28 + int(re.search(r"14v(\d+)", path)[1])
    pieces = re.findall(r"([MLHV])(-?\d+)(?: (-?\d+))?", path)
    xs = [int(a) for kind, a, _ in pieces if kind in "MLH"]
    ys = [int(b) for kind, _, b in pieces if kind in "ML"] + [int(a) for kind, a, _ in pieces if kind == "V"]
    return min(xs), min(ys), max(xs), max(ys)


def test_a_release_without_parents_has_no_drawing():
    assert drawn(release("a")) is None
    assert told(release("a")) == []


def test_one_parent_in_words_and_as_a_drawing():
    drawing = drawn(release("a", edge("meta-llama/Llama-2-7b")))
    assert drawing.title == "Lineage of acme/a"
    assert drawing.description == "fine-tuned from meta-llama/Llama-2-7b (llama-2, known by its name)"
    assert [one.kind for one in drawing.boxes] == ["itself", "by-name"]
    (line,) = drawing.lines
    assert [label.text for label in line.labels] == ["fine-tune"]
    assert [one.text for one in drawing.columns] == ["This release", "Its parents"]
    assert [line.text for line in box(drawing, "meta-llama/Llama-2-7b").lines] == [
        "meta-llama/Llama-2-7b",
        "llama-2",
        "known by its name",
    ]


def test_how_each_is_known_is_a_shape_and_a_word():
    drawing = drawn(
        release("a", inside("b"), edge("w/z", how="hub"), edge("x/y"), edge("u/v", keys=(), how="unknown")),
        release("b"),
    )
    shapes = {one.kind: re.sub(r"[\d. -]", "", one.path) for one in drawing.boxes}
    assert len(set(shapes.values())) == 5
    said = {one.kind: one.lines[-1].text for one in drawing.boxes[1:]}
    assert said == lineage.PLACES
    assert box(drawing, "u/v").lines[1].text == "terms not known"


def test_a_parent_on_the_hub_without_terms():
    (line,) = told(release("a", edge("x/y", keys=(), how="hub")))
    assert line.endswith("x/y (read from the Hub, no terms known)")


def test_doubt_is_dashed_and_said():
    drawing = drawn(
        release("a", edge("x/y", confidence=Confidence.LOW), edge("u/v", keys=("p", "q"), certain=False))
    )
    unsure = [line for line in drawing.lines if not line.sure]
    assert [[label.text for label in line.labels] for line in unsure] == [["fine-tune", "not sure"]]
    assert not box(drawing, "u/v").sure
    assert box(drawing, "x/y").sure
    assert "may be p or q" in drawing.description
    assert "the link is not sure" in drawing.description


def test_generations_and_a_shared_ancestor():
    releases = (
        release("a", inside("b", Relation.MERGE), inside("c", Relation.MERGE), edge("far/base")),
        release("b", edge("far/base")),
        release("c", inside("d")),
        release("d", edge("far/base")),
    )
    drawing = drawn(*releases)
    column = {one.title.split(":")[0]: corners(one.path)[0] for one in drawing.boxes}
    assert [one.text for one in drawing.columns][-1] == "3 generations back"
    assert column["acme/a"] < column["acme/b"] == column["acme/c"] < column["acme/d"] < column["far/base"]
    assert len(drawing.lines) == 6
    assert told(*releases) == [
        "1 merged from acme/b (llama-2, in the scanned tree)",
        "2 fine-tuned from far/base (llama-2, known by its name)",
        "1 merged from acme/c (llama-2, in the scanned tree)",
        "2 fine-tuned from acme/d (llama-2, in the scanned tree)",
        "3 fine-tuned from far/base (llama-2, known by its name)",
        "1 fine-tuned from far/base (llama-2, known by its name)",
    ]


def test_what_stands_above_an_ancestor_is_told_once():
    lines = told(
        release("a", inside("b"), inside("c")),
        release("b", inside("d")),
        release("c", inside("d")),
        release("d", edge("x/y")),
    )
    assert sum("x/y" in line for line in lines) == 1
    assert any("told at its other place" in line for line in lines)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_circles_end(length):
    names = [f"r{number}" for number in range(length)]
    releases = [release(name, inside(after)) for name, after in pairwise([*names, names[0]])]
    drawing = drawn(*releases)
    assert len(drawing.boxes) == length
    assert len(told(*releases)) == length


def test_dozens_of_parents_are_bounded_in_the_drawing_and_whole_in_the_list():
    many = release("a", *(edge(f"org/model-{number}", Relation.MERGE) for number in range(45)))
    drawing = drawn(many)
    assert len(drawing.boxes) == 1 + picture.COLUMN
    assert drawing.columns[-1].text == "and 37 more, in the list"
    page = render_html(sample_report.report(many))
    for number in range(45):
        assert f"<b>org/model-{number}</b>" in page
    assert len(told(many)) == 45


def test_a_long_way_back_is_bounded():
    count = 10_000
    chain = [release(f"r{number}", inside(f"r{number + 1}")) for number in range(count)]
    known = by_path(*chain)
    begun = time.perf_counter()
    lines = list(lineage.tree(chain[0], known))
    drawing = picture.drawing(chain[0], known)
    assert time.perf_counter() - begun < 0.2
    assert len(lines) == 1 + lineage.FURTHER + 1
    assert lines[-1] == (1, "and further back; each of those links is told with its own release")
    assert len(drawing.boxes) == picture.COLUMNS
    assert drawing.columns[-1].text == "and 1 more, in the list"


def test_nothing_lies_on_anything_and_everything_lies_on_the_paper():
    releases = [
        release("a", inside("b"), inside("c"), edge("far/base"), edge("u/v", keys=(), how="unknown")),
        release("b", edge("far/base"), inside("d")),
        release("c", inside("d", confidence=Confidence.LOW), edge("far/base")),
        release("d", edge("far/base"), edge("w/x")),
    ]
    drawing = drawn(*releases)
    places = [corners(one.path) for one in drawing.boxes]
    for left, top, right, bottom in places:
        assert 0 <= left < right <= drawing.width
        assert 0 <= top < bottom <= drawing.height
    for one, other in combinations(places, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    every = [label for line in drawing.lines for label in line.labels]
    assert len({(label.x, label.y) for label in every}) == len(every)


@pytest.mark.parametrize("words", sample_report.HOSTILE)
def test_hostile_names_are_inert(words):
    page = render_html(sample_report.report(release("a", edge(f"x/{words}</title></svg>", why=words))))
    (svg,) = re.findall(r"<svg role=.*?</svg>", page, re.DOTALL)
    assert "<script" not in svg
    assert "<img" not in svg
    assert "<a " not in svg
    assert not set(svg) & set("\x00\x07\x1b\u202e\u202c")
    assert page.count("</svg>") == page.count("<svg")
    assert " style=" not in svg


@pytest.mark.parametrize(
    "name",
    ["short", "org/" + "x" * 90, "a-" * 60, "模型" * 40, "", "org/name with words " * 9, "e\u0301" * 80],
)
def test_lines_of_a_box_fit_and_nothing_is_lost_without_a_mark(name):
    lines = picture.wrapped(name, 2)
    assert 1 <= len(lines) <= 2
    for line in lines:
        assert sum(1 + (ord(one) > 0x2E80) for one in line if one != "\u0301") <= picture.LETTERS
    whole = "".join(lines).replace(" ", "")
    assert whole == name.replace(" ", "") or lines[-1].endswith("…")


def test_the_text_format_has_the_tree_below_its_release():
    report = sample_report.report(release("a", inside("b")), release("b", edge("x/y")))
    lines = render_plain_text(report).splitlines()
    found = [line for line in lines if line.lstrip().startswith("- ")]
    assert [len(line) - len(line.lstrip()) for line in found] == [13, 15, 13]


def test_a_duty_names_every_ancestor_that_brings_its_licence():
    """Told once, from whomever it comes."""
    own = EffectiveLicense(key="a", certain=True, why="stated")
    pairs = (("a", "x/one"), ("b", "x/one"), ("b", "y/two"), ("b", "x/one"))
    more = [EffectiveLicense(key=key, via=via, certain=True, why="made from it") for key, via in pairs]
    found = _origins(replace(BASE, effective=(own, *more)))
    assert found == {"a": "its own, and from x/one", "b": "from x/one and y/two"}
