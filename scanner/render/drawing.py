# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The lineage of a release as a picture: a column for each generation, the release on the left.

A pure function from the Report to shapes and words with their places; the template writes them as SVG. It is
bounded, and the words beside it hold every parent.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from unicodedata import combining, east_asian_width

from scanner.model.base import Value
from scanner.model.conclusion import LineageEdge
from scanner.model.release import Component
from scanner.model.report import ReleaseReport
from scanner.render import words
from scanner.render.lineage import (
    BY_NAME,
    IN_TREE,
    NOT_KNOWN,
    ON_HUB,
    PLACES,
    Ancestry,
    Kin,
    ancestry,
    place,
    sure,
    told,
    walk,
)
from scanner.sanitize import one_line

ITSELF = "itself"
"""The release's own box; the others are named by how the ancestor is known."""

COLUMN = 8
"""Ancestors of one generation that are drawn."""

COLUMNS = 6
"""Generations that are drawn, the release's own among them."""

WIDTH, GAP, MARGIN = 226, 152, 2
"""Units of a box, between two columns, and around the drawing."""

HEAD, LINE, PADDING, BETWEEN = 26, 16, 9, 20
"""Units of the column's heading, of a line of words, above and below them, and between two boxes."""

LABEL, PORT = 120, 34
"""Units before a box in which the relation is written, and between two links that end at one box."""

LANE = 24
"""Units of the way that a link takes past the boxes of a generation."""

LETTERS, NAME_LINES, TERM_LINES = 24, 2, 2
"""Of a line in a box, in letters of plain width, and lines of a name and of its terms."""


class Words(Value, frozen=True, kw_only=True):
    """One line of words in the drawing."""

    x: int
    y: int
    text: str
    kind: str
    """``name``, ``terms``, ``place``, ``relation``, ``unsure``, ``column`` or ``more``."""


class Box(Value, frozen=True, kw_only=True):
    """One model."""

    title: str
    """Everything that is said of it, in full."""

    kind: str
    """One of :data:`PLACES`, or the release itself."""

    sure: bool
    path: str
    """Outline, as an SVG path."""

    lines: tuple[Words, ...]


class Line(Value, frozen=True, kw_only=True):
    """One link."""

    path: str
    sure: bool
    labels: tuple[Words, ...]


class Drawing(Value, frozen=True, kw_only=True):
    """The lineage of one release, laid out."""

    width: int
    height: int
    title: str
    description: str
    """The same in words."""

    columns: tuple[Words, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def drawing(release: ReleaseReport, by_path: Mapping[str, ReleaseReport]) -> Drawing | None:
    """Return the lineage of a release as a drawing; None where it has no parents."""
    if not release.lineage:
        return None
    return _Layout(release, ancestry(release, by_path)).drawn()


class _Node:
    """One box, or the lane of a link past a generation, while it is laid out."""

    def __init__(self, key: str, column: int, edge: LineageEdge | None = None) -> None:
        self.key, self.column, self.edge = key, column, edge
        self.lines: tuple[tuple[str, str], ...] = ()
        self.height = LANE
        self.x = self.y = 0
        self.incoming = 0
        self.weight = 0.0

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


class _Layout:
    """Columns by generation, boxes in them in the order of their children, links from box to box."""

    def __init__(self, release: ReleaseReport, above: Ancestry) -> None:
        self._release, self._above = release, above
        self._links = list(dict.fromkeys(self._forward(release.path, above.parents, (release.path,))))
        self._column = self._generations()
        self._hidden: dict[int, int] = {}
        self._nodes = self._boxes()
        self._ways = [way for link in self._links if (way := self._way(*link))]

    def _forward(
        self, child: str, kin: Iterable[Kin], way: tuple[str, ...]
    ) -> Iterator[tuple[str, str, LineageEdge]]:
        """Yield the links as child, parent and edge; those that come round to a descendant are left out."""
        for one in kin:
            if one.key not in way:
                yield child, one.key, one.edge
                yield from self._forward(one.key, one.parents, (*way, one.key))

    def _generations(self) -> Mapping[str, int]:
        """Return the column of every ancestor: one behind the furthest of its children."""
        column = {self._release.path: 0}
        for _ in self._links:
            before = dict(column)
            for child, parent, _edge in self._links:
                if child in column and column[child] < len(self._links):
                    column[parent] = max(column.get(parent, 0), column[child] + 1)
            if column == before:
                break
        return column

    def _boxes(self) -> dict[str, _Node]:
        """Return what is drawn: the first of each generation, as far as one of its children is drawn."""
        nodes = {self._release.path: _Node(self._release.path, 0)}
        full: defaultdict[int, int] = defaultdict(int)
        beyond: set[str] = set()
        for child, parent, edge in sorted(self._links, key=lambda link: self._column[link[1]]):
            column = self._column[parent]
            if child not in nodes or parent in nodes or parent in beyond:
                continue
            if column >= COLUMNS or full[column] >= COLUMN:
                beyond.add(parent)
                column = min(column, COLUMNS - 1)
                self._hidden[column] = self._hidden.get(column, 0) + 1
                continue
            full[column] += 1
            nodes[parent] = _Node(parent, column, edge)
        for child, parent, _edge in self._links:
            if child in nodes and parent in nodes:
                nodes[parent].incoming += 1
        for node in nodes.values():
            node.lines = tuple(_said(node.edge) if node.edge else _itself(self._release))
            node.height = max(2 * PADDING + LINE * len(node.lines), PORT * node.incoming + PADDING)
        return nodes

    def _way(self, child: str, parent: str, edge: LineageEdge) -> tuple[LineageEdge, list[_Node]] | None:
        """Return the boxes and lanes of one link."""
        if child not in self._nodes or parent not in self._nodes:
            return None
        first, last = self._nodes[child], self._nodes[parent]
        lanes = [_Node("", column) for column in range(first.column + 1, last.column)]
        return edge, [first, *lanes, last]

    def drawn(self) -> Drawing:
        columns = self._placed()
        height = max(
            HEAD + sum(node.height + BETWEEN for node in column) + (LINE if number in self._hidden else 0)
            for number, column in enumerate(columns)
        )
        for number, column in enumerate(columns):
            self._stack(column, height - (LINE if number in self._hidden else 0))
        last = len(columns) - 1
        headings = [
            Words(x=MARGIN + number * (WIDTH + GAP), y=LINE - 4, text=_heading(number), kind="column")
            for number in range(last + 1)
        ]
        hidden = [
            Words(
                x=MARGIN + number * (WIDTH + GAP),
                y=height - 6,
                text=f"and {count} more, in the list",
                kind="more",
            )
            for number, count in self._hidden.items()
        ]
        return Drawing(
            width=2 * MARGIN + WIDTH + last * (WIDTH + GAP),
            height=height,
            title=f"Lineage of {one_line(self._release.name)}",
            description=". ".join(one_line(told(kin)) for _, kin in walk(self._above.parents)),
            columns=(*headings, *hidden),
            boxes=tuple(_box(node, self._release) for node in self._nodes.values()),
            lines=tuple(self._lines()),
        )

    def _placed(self) -> list[list[_Node]]:
        """Return boxes and lanes by column, each near the middle of what leads to it."""
        columns: list[list[_Node]] = [
            [] for _ in range(1 + max(node.column for node in self._nodes.values()))
        ]
        for node in (*self._nodes.values(), *(lane for _, way in self._ways for lane in way[1:-1])):
            columns[node.column].append(node)
        before: defaultdict[_Node, list[_Node]] = defaultdict(list)
        for _, way in self._ways:
            for child, parent in pairwise(way):
                before[parent].append(child)
        for number, column in enumerate(columns):
            places = {node: float(row) for row, node in enumerate(columns[number - 1])} if number else {}
            for row, node in enumerate(column):
                at = [places[child] for child in before[node] if child in places]
                node.weight = sum(at) / len(at) if at else float(row)
            column.sort(key=lambda node: node.weight)
        return columns

    @staticmethod
    def _stack(column: Sequence[_Node], height: int) -> None:
        """Put a column's boxes one below the other, around the middle of the drawing."""
        tall = sum(node.height + BETWEEN for node in column) - BETWEEN
        y = HEAD + (height - HEAD - BETWEEN - tall) // 2
        for node in column:
            node.x, node.y = MARGIN + node.column * (WIDTH + GAP), max(y, HEAD)
            y = node.y + node.height + BETWEEN

    def _lines(self) -> Iterator[Line]:
        """Yield the links; those to one box end below each other, in the order in which they begin."""
        ending: defaultdict[str, list[tuple[LineageEdge, list[_Node]]]] = defaultdict(list)
        for edge, way in self._ways:
            ending[way[-1].key].append((edge, way))
        for ways in ending.values():
            ways.sort(key=lambda one: one[1][-2].middle)
            for number, (edge, way) in enumerate(ways):
                port = way[-1].middle + round((number - (len(ways) - 1) / 2) * PORT)
                yield _line(edge, way, port)


def _line(edge: LineageEdge, way: Sequence[_Node], port: int) -> Line:
    """Return one link: a curve to the place where its relation is written, and a straight piece below it."""
    x, y = way[0].x + WIDTH, way[0].middle
    parts = [f"M{x} {y}"]
    for lane in way[1:-1]:
        parts.append(f"C{x + GAP // 2} {y} {lane.x - GAP // 2} {lane.middle} {lane.x} {lane.middle}")
        parts.append(f"H{lane.x + WIDTH}")
        x, y = lane.x + WIDTH, lane.middle
    end = way[-1].x
    bend = end - LABEL
    parts.append(f"C{x + 24} {y} {bend - 24} {port} {bend} {port}H{end}")
    labels = [Words(x=bend + 4, y=port - 5, text=words.LINKS[edge.relation], kind="relation")]
    if not sure(edge):
        labels.append(Words(x=bend + 4, y=port + 12, text="not sure", kind="unsure"))
    return Line(path="".join(parts), sure=sure(edge), labels=tuple(labels))


def _box(node: _Node, release: ReleaseReport) -> Box:
    """Return the outline and the words of a box."""
    edge = node.edge
    kind = place(edge.terms) if edge else ITSELF
    top = node.y + (node.height - LINE * len(node.lines)) // 2 + LINE - 4
    if edge is None:
        title = f"{release.name}: {_own_terms(release)}"
    else:
        title = f"{edge.parent}: {words.terms(edge.terms)}, {PLACES[kind]}. {edge.terms.why}"
    return Box(
        title=one_line(title),
        kind=kind,
        sure=edge is None or edge.terms.certain,
        path=_outline(kind, node.x, node.y, node.height),
        lines=tuple(
            Words(x=node.x + 14, y=top + LINE * number, text=text, kind=what)
            for number, (what, text) in enumerate(node.lines)
        ),
    )


def _outline(kind: str, x: int, y: int, height: int) -> str:
    """Return a shape that tells without colour how an ancestor is known."""
    right, bottom = x + WIDTH, y + height
    if kind == NOT_KNOWN:
        middle = y + height // 2
        return f"M{x + 10} {y}H{right - 10}L{right} {middle}L{right - 10} {bottom}H{x + 10}L{x} {middle}Z"
    if kind == BY_NAME:
        corner = 14
        straight, side = WIDTH - 2 * corner, height - 2 * corner
        turn = f"a{corner} {corner} 0 0 1 "
        return (
            f"M{x + corner} {y}h{straight}{turn}{corner} {corner}v{side}{turn}-{corner} {corner}"
            f"h-{straight}{turn}-{corner} -{corner}v-{side}{turn}{corner} -{corner}Z"
        )
    bar = f"M{x + 5} {y}V{bottom}" if kind in {IN_TREE, ON_HUB} else ""
    bar += f"M{right - 5} {y}V{bottom}" if kind == ON_HUB else ""
    return f"M{x} {y}H{right}V{bottom}H{x}Z{bar}"


def _heading(column: int) -> str:
    return ("This release", "Its parents")[column] if column < 2 else f"{column} generations back"  # noqa: PLR2004


def _itself(release: ReleaseReport) -> Iterator[tuple[str, str]]:
    yield from (("name", line) for line in wrapped(release.name, NAME_LINES))
    yield from (("terms", line) for line in wrapped(_own_terms(release), TERM_LINES))


def _said(edge: LineageEdge) -> Iterator[tuple[str, str]]:
    yield from (("name", line) for line in wrapped(edge.parent, NAME_LINES))
    terms = words.terms(edge.terms) if edge.terms.keys else "terms not known"
    yield from (("terms", line) for line in wrapped(terms, TERM_LINES))
    yield "place", PLACES[place(edge.terms)]


def _own_terms(release: ReleaseReport) -> str:
    weights = next((one for one in release.licenses.concluded if one.component is Component.WEIGHTS), None)
    return words.concluded(weights) if weights else "not concluded"


_BREAK = re.compile(r"(?<=[/ _-])")


def wrapped(text: str, lines: int) -> tuple[str, ...]:
    """Return words as lines of a box; what does not fit ends in an ellipsis and stands whole in the title."""
    out = [""]
    for piece in _pieces(one_line(text)):
        if _letters(out[-1] + piece) <= LETTERS:
            out[-1] += piece
        elif len(out) < lines:
            out.append(piece)
        else:
            out[-1] = _cut(out[-1] + piece, LETTERS - 1) + "…"
            break
    return tuple(line.strip() for line in out)


def _pieces(text: str) -> Iterator[str]:
    """Yield pieces between which a name may be broken, none longer than a line."""
    for piece in _BREAK.split(text):
        rest = piece
        while _letters(rest) > LETTERS:
            head = _cut(rest, LETTERS)
            yield head
            rest = rest[len(head) :]
        yield rest


def _cut(text: str, letters: int) -> str:
    """Return as much of a text as fits, at least one character."""
    width = 0
    for number, character in enumerate(text):
        width += _letters(character)
        if width > letters:
            return text[: max(number, 1)]
    return text


def _letters(text: str) -> int:
    """Return the width of a text in letters of plain width."""
    return sum(2 if east_asian_width(one) in "WF" else not combining(one) for one in text)
