# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The page as markup: whole, inert, self-contained, well built. The browser tests are beside this file."""

import itertools
import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
import sample_report

from scanner.model.finding import VerdictWord
from scanner.model.report import DISCLAIMER
from scanner.render.html import render_html
from scanner.render.json import render_json
from scanner.render.words import ACTS

VOID = {"meta", "br", "input", "img", "link", "hr"}


class Outline(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.starts: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.depth: list[str] = []
        self.data: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.starts.append((tag, dict(attrs)))
        if tag not in VOID:
            self.depth.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.starts.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.depth.pop() == tag

    def handle_data(self, data):
        if self.depth and self.depth[-1] in {"script", "style"}:
            self.data[self.depth[-1] + str(len(self.data))] = data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.starts if name in attributes]


@pytest.fixture(scope="module")
def rich() -> Outline:
    return Outline(render_html(sample_report.rich()))


@pytest.fixture(scope="module")
def hostile() -> Outline:
    return Outline(render_html(sample_report.hostile()))


@pytest.fixture(params=["rich", "assumed", "hostile", "empty", "single"])
def outline(request) -> Outline:
    return Outline(render_html(getattr(sample_report, request.param)()))


def test_every_element_is_closed(outline):
    assert outline.depth == []


def test_ids_are_unique_and_every_internal_link_resolves(outline):
    ids = outline.attributes("id")
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    links = [link for link in outline.attributes("href") if link.startswith("#")]
    assert links
    assert {link[1:] for link in links} <= set(ids)
    named = {name for value in outline.attributes("aria-labelledby") for name in value.split()}
    assert named <= set(ids)


def test_nothing_is_asked_of_any_network(outline):
    assert outline.attributes("src") == []
    assert all(link.startswith("#") for link in outline.attributes("href"))
    style = next(text for name, text in outline.data.items() if name.startswith("style"))
    assert "http" not in style
    assert "@import" not in style
    assert set(re.findall(r"url\(([^)]*)\)", style)) == {"#hatch", "#dots"}


def test_no_inline_style_and_no_handler(outline):
    assert outline.attributes("style") == []
    assert not [name for _, attributes in outline.starts for name in attributes if name.startswith("on")]


def test_tables_have_a_caption_and_every_heading_cell_a_scope(outline):
    tags = Counter(tag for tag, _ in outline.starts)
    assert tags["table"] == tags["caption"]
    assert all("scope" in attributes for tag, attributes in outline.starts if tag == "th")
    assert all(attributes.get("data-label") for tag, attributes in outline.starts if tag == "td"), (
        "a narrow screen shows the column's name beside every cell"
    )


def test_headings_are_ordered(outline):
    levels = [int(tag[1]) for tag, _ in outline.starts if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_it_says_first_which_use_case_and_last_the_disclaimer():
    page = Outline(render_html(sample_report.assumed()))
    lead = page.text.split("Verdict ", 2)[1]
    assert lead.strip().startswith("No use case was stated")
    assert page.text.endswith(DISCLAIMER)


def test_it_holds_every_statement_of_the_report(rich):
    for release in sample_report.rich().releases:
        wanted = [release.name, release.path, *(file.path for file in release.files)]
        wanted += [reason for verdict in release.verdicts for reason in (*verdict.reasons, *verdict.settle)]
        wanted += [one.why for one in release.licenses.concluded]
        wanted += [one.message.strip() for one in release.findings]
        wanted += [text for one in release.findings for text in (one.how_to_fix, one.fingerprint)]
        wanted += [
            text for one in (*release.obligations, *release.restrictions) for text in (one.what, one.why)
        ]
        wanted += [one.why for one in release.openness.axes]
        wanted += [f"{one.path}" for one in release.unread]
        missing = [text for text in wanted if " ".join(text.split()) not in rich.text]
        assert missing == []


def test_quotes_carry_the_numbers_of_their_lines(rich):
    assert "10 You may use 11 the Model 12 as you wish." in rich.text


def test_strangers_words_are_visible_and_inert(hostile):
    assert '<script>document.title="owned"</script>' in hostile.text
    assert "{{ 7 * 7 }} {% raw %}" in hostile.text
    assert "right-to-left \ufffdtxt.exe\ufffd" in hostile.text
    tags = Counter(tag for tag, _ in hostile.starts)
    assert tags["script"] == 2
    assert tags["img"] == 0
    page = render_html(sample_report.hostile())
    assert not set(page) & set("\x00\x07\x1b\u202e\u202c\udc80\r")
    page.encode("utf-8")


def test_the_embedded_data_are_the_json_report(hostile):
    embedded = next(text for name, text in hostile.data.items() if text.startswith("{"))
    assert json.loads(embedded) == json.loads(render_json(sample_report.hostile()))


def test_a_duty_is_listed_under_whether_it_applies():
    page = render_html(sample_report.assumed())
    assert page.count('<span class="box" aria-hidden="true"></span>') == 4 * 3
    assert "1 duty that no planned act triggers" in page


def test_equal_findings_have_anchors_of_their_own():
    release = sample_report.release(1, VerdictWord.REVIEW, (sample_report.STATED, sample_report.INTERNAL))
    outline = Outline(render_html(sample_report.report(release)))
    anchors = [name for name in outline.attributes("id") if re.fullmatch(r"finding-\w+-\w+(-\d+)?", name)]
    assert len(anchors) == len(release.findings)


def test_a_thousand_releases_are_all_there():
    assert render_html(sample_report.large(1_000)).count("<article") == 1_000


def test_the_same_report_gives_the_same_bytes():
    assert render_html(sample_report.rich()) == render_html(sample_report.rich())


def test_the_inventory_has_several_use_cases_side_by_side():
    assert "Hosted assistant: blocked; “internal”: blocked" in render_html(sample_report.rich())


def test_html_snapshot(snapshot):
    snapshot("report.html", render_html(sample_report.single()))


def test_each_use_case_has_a_matrix_of_licence_by_act():
    text = render_html(sample_report.rich())
    section = text.partition('id="licences-title"')[2].partition("</section>")[0]
    assert section.count("<table") == len(sample_report.rich().use_cases)
    assert section.count("every act") == len(sample_report.rich().use_cases)
    assert section.count("none</span>") == 3 * len(sample_report.rich().use_cases)


def test_the_matrix_has_every_act_once_and_says_which_are_planned():
    cases = (sample_report.STATED, sample_report.INTERNAL)
    release = sample_report.release(1, VerdictWord.REVIEW, cases)
    text = render_html(sample_report.report(release, use_cases=cases))
    table = text.partition('class="stack matrix"')[2].partition("</table>")[0]
    heads = re.findall(r'scope="row">([^<]*?) ?(?:<span class="quiet">([^<]*)</span>)?</th>', table)
    for act in ACTS.values():
        assert sum(act in head.replace(" and ", ", ").split(", ") for head, _ in heads) == 1, act
    # Where one use case plans an act and the other does not, each cell says which.
    assert ("hosted service", "") in heads
    assert table.count(">planned<") == table.count("not planned</span></td>") == 3
    assert {planned for head, planned in heads if "merging" in head} == {"not planned"}
