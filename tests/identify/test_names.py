# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Declared names: each way to a key, what never becomes one, and what holds for every value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.catalog import load_catalogue
from scanner.data import folder
from scanner.guarded.strict import convert, document
from scanner.identify.expression import parse, spdx_ids, written
from scanner.identify.names import MAX_CANDIDATES, MAX_NAME, resolve, spellings
from scanner.model.license import Catalogue, Category, License, LicenseLink, LicenseTag, TextStatus


def record(key, name, *, spdx=None, **more):
    return License(
        key=key,
        name=name,
        family=key,
        category=Category.PERMISSIVE,
        spdx_id=spdx,
        source="https://example.org",
        text=TextStatus(status="read_full", source="here"),
        **more,
    )


RECORDS = (
    record("apache-2.0", "Apache License 2.0", spdx="Apache-2.0", version="2.0"),
    record("mit", "MIT License", spdx="MIT", aliases=("expat",)),
    record("bsd-3-clause", "BSD 3-Clause License", spdx="BSD-3-Clause"),
    record("gpl-3.0", "GNU General Public License v3.0", spdx="GPL-3.0-only", version="3.0"),
    record("gpl-2.0", "GNU General Public License v2.0", spdx="GPL-2.0-only", version="2.0"),
    record("cc-by-4.0", "Creative Commons Attribution 4.0 International", spdx="CC-BY-4.0"),
    record("cc-by-nc-4.0", "Creative Commons Attribution Non Commercial 4.0", spdx="CC-BY-NC-4.0"),
    record("llama-3", "Meta Llama 3 Community License Agreement", version="3"),
    record("llama-3.1", "Llama 3.1 Community License Agreement", license_names=("llama3.1-community",)),
    record("gemma-2024-04-01", "Gemma Terms of Use", version="2024-04-01"),
    record("gemma-2025-03-24", "Gemma Terms of Use", version="2025-03-24"),
    record("wharf-1.0", "Wharf Model License", version="1.0"),
    record("openrail-plus-plus-m-2023", "Open RAIL++-M License"),
)
TAGS = (
    LicenseTag(tag="apache-2.0", name="Apache license 2.0", keys=("apache-2.0",)),
    LicenseTag(tag="mit", name="MIT", keys=("mit",)),
    LicenseTag(tag="gpl-3.0", name="GNU General Public License v3.0", keys=("gpl-3.0",)),
    LicenseTag(tag="gpl", name="GNU General Public License family", keys=("gpl-2.0", "gpl-3.0")),
    LicenseTag(tag="llama3", name="Llama 3 Community License Agreement", keys=("llama-3",)),
    LicenseTag(tag="gemma", name="Gemma Terms of Use", keys=("gemma-2024-04-01", "gemma-2025-03-24")),
    LicenseTag(tag="osl-3.0", name="Open Software License 3.0", spdx="OSL-3.0"),
    LicenseTag(tag="openrail", name="OpenRAIL license family", keys=(), note="a family, no text"),
    LicenseTag(tag="openrail++", name="Open Rail++-M License", keys=("openrail-plus-plus-m-2023",)),
    LicenseTag(tag="other", name="Other"),
)
LINKS = (
    LicenseLink(match="apache.org/licenses/LICENSE-2.0", keys=("apache-2.0",)),
    LicenseLink(match="creativecommons.org/licenses/by-nc/4.0", keys=("cc-by-nc-4.0",)),
    LicenseLink(match="ai.google.dev/gemma/terms*", keys=("gemma-2024-04-01", "gemma-2025-03-24")),
)


def names_of(records):
    return {
        name.lower(): one.key
        for one in records
        for name in (one.key, one.spdx_id, *one.aliases)
        if name is not None
    }


CATALOGUE = Catalogue(
    licenses={one.key: one for one in RECORDS},
    names=names_of(RECORDS),
    tags={tag.tag: tag for tag in TAGS},
    links=LINKS,
    families=(),
    digest="0",
)


def found(value, name="license"):
    return resolve(name, value, CATALOGUE)


# --- one version --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "key", "how"),
    [
        ("apache-2.0", "apache-2.0", "tag"),
        ("  Apache-2.0\n", "apache-2.0", "tag"),
        ('"mit"', "mit", "tag"),
        ("expat", "mit", "name"),
        ("llama3", "llama-3", "tag"),
        ("openrail++", "openrail-plus-plus-m-2023", "tag"),
        ("OSL-3.0", "osl-3.0", "tag"),
        ("EUPL-1.2", "eupl-1.2", "expression"),
        ("BSD-3-Clause", "bsd-3-clause", "expression"),
        ("GPL-3.0-only", "gpl-3.0", "expression"),
        ("LGPL-2.1-only", "lgpl-2.1", "expression"),
        ("Apache 2.0", "apache-2.0", "name"),
        ("Apache License, Version 2.0", "apache-2.0", "name"),
        ("The Apache Software License v2", "apache-2.0", "name"),
        ("apache2", "apache-2.0", "name"),
        ("apache-2-0", "apache-2.0", "name"),
        ("MIT License", "mit", "name"),
        ("The MIT licence", "mit", "name"),
        ("3-Clause BSD License", "bsd-3-clause", "name"),
        ("GPLv3", "gpl-3.0", "name"),
        ("GNU GPL v3.0", "gpl-3.0", "name"),
        ("cc by nc 4.0", "cc-by-nc-4.0", "name"),
        ("CC BY-NC 4.0", "cc-by-nc-4.0", "name"),
        ("CC-BY 4.0 International", "cc-by-4.0", "name"),
        ("Creative Commons Attribution-NonCommercial 4.0", "cc-by-nc-4.0", "name"),
        ("llama 3.1", "llama-3.1", "name"),
        ("Llama 3.0", "llama-3", "name"),
        ("Llama 3.1 Community License", "llama-3.1", "name"),
        ("open rail++ M", "openrail-plus-plus-m-2023", "name"),
        ("eupl 1.2", "eupl-1.2", "name"),
    ],
)
def test_a_value_that_names_one_version(value, key, how):
    resolved = found(value)
    assert (resolved.key, resolved.how, resolved.candidates) == (key, how, ())


def test_the_expression_is_the_spdx_identifier_or_a_reference():
    assert found("mit").expression == "MIT"
    assert found("osl-3.0").expression == "OSL-3.0"
    assert found("llama3").expression == "LicenseRef-llama-3"


def test_a_card_name_that_a_record_claims():
    resolved = found("Llama3.1-Community", "license_name")
    assert (resolved.key, resolved.how) == ("llama-3.1", "name")


@pytest.mark.parametrize("value", ["gpl-3.0", "GPL-3.0", "GPLv3", "GNU General Public License v3.0"])
def test_a_gnu_licence_that_does_not_say_whether_later_versions_may_be_chosen(value):
    resolved = found(value)
    assert (resolved.key, resolved.expression) == ("gpl-3.0", "GPL-3.0")
    assert "does not say whether later versions" in resolved.note


@pytest.mark.parametrize(
    ("value", "expression"),
    [
        ("GPL-3.0-or-later", "GPL-3.0-or-later"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("GPLv3+", "GPL-3.0-or-later"),
        ("GPL v3 or any later version", "GPL-3.0-or-later"),
        ("GPL-3.0-only", "GPL-3.0-only"),
        ("gpl 3 only", "GPL-3.0-only"),
    ],
)
def test_what_a_gnu_licence_says_of_later_versions_is_kept(value, expression):
    resolved = found(value)
    assert (resolved.key, resolved.expression) == ("gpl-3.0", expression)
    assert "any later version" in resolved.note or expression.endswith("only")


def test_a_licence_without_a_record_has_the_key_that_the_index_has():
    ids = spdx_ids(CATALOGUE)
    assert found("AGPL-3.0").key == "agpl-3.0" == ids["agpl-3.0-only"].key


def test_an_identifier_that_only_the_catalogue_knows_is_on_the_list():
    newer = record("quay-9.9", "Quay", spdx="Quay-9.9")
    catalogue = Catalogue(licenses={newer.key: newer}, names={}, tags={}, families=(), digest="1")
    resolved = resolve("license", "QUAY-9.9 OR Zlib", catalogue)
    assert (resolved.expression, resolved.candidates) == ("Quay-9.9 OR Zlib", ("quay-9.9", "zlib"))


# --- expressions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expression", "keys", "says"),
    [
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0", ("apache-2.0", "mit"), "choice"),
        ("mit or apache 2.0", "MIT OR Apache-2.0", ("apache-2.0", "mit"), "choice"),
        ("Apache-2.0 AND CC-BY-4.0", "Apache-2.0 AND CC-BY-4.0", ("apache-2.0", "cc-by-4.0"), "together"),
        (
            "MIT OR (Apache-2.0 AND Zlib)",
            "MIT OR (Apache-2.0 AND Zlib)",
            ("apache-2.0", "mit", "zlib"),
            "some",
        ),
        (
            "gpl-2.0-only with classpath-exception-2.0",
            "GPL-2.0-only WITH Classpath-exception-2.0",
            ("gpl-2.0",),
            "permissions",
        ),
    ],
)
def test_an_expression_keeps_its_shape(value, expression, keys, says):
    resolved = found(value, "general.license")
    assert (resolved.how, resolved.key) == ("expression", None)
    assert (resolved.expression, resolved.candidates) == (expression, keys)
    assert says in resolved.note


@pytest.mark.parametrize(
    ("value", "keys", "strange"),
    [
        ("MIT AND LicenseRef-ours", ("mit",), "licenseref-ours"),
        ("MIT OR something-else", ("mit",), "something-else"),
        ("Apache-2.0 WITH Commons-Clause", ("apache-2.0",), "commons-clause"),
        ("GPL AND MIT", ("gpl-2.0", "gpl-3.0", "mit"), "gpl"),
    ],
)
def test_an_expression_with_a_part_that_is_not_known_concludes_nothing(value, keys, strange):
    resolved = found(value)
    assert (resolved.key, resolved.expression, resolved.candidates) == (None, None, keys)
    assert repr(strange) in resolved.note


def test_a_list_is_no_choice():
    resolved = found("MIT / Apache-2.0")
    assert (resolved.key, resolved.expression, resolved.candidates) == (None, None, ("apache-2.0", "mit"))
    assert "does not say whether all apply" in resolved.note


# --- no version ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "candidates"),
    [
        ("gemma", ("gemma-2024-04-01", "gemma-2025-03-24")),
        ("Gemma Terms of Use", ("gemma-2024-04-01", "gemma-2025-03-24")),
        ("gpl", ("gpl-2.0", "gpl-3.0")),
        ("GNU General Public License", ("gpl-2.0", "gpl-3.0")),
        ("llama", ("llama-3", "llama-3.1")),
    ],
)
def test_a_family_has_candidates_and_no_key(value, candidates):
    resolved = found(value)
    assert (resolved.key, resolved.expression, resolved.candidates) == (None, None, candidates)
    assert resolved.note


@pytest.mark.parametrize(
    ("value", "among"), [("apache", "apache-2.0"), ("cc-by", "cc-by-4.0"), ("CC BY NC", "cc-by-nc-4.0")]
)
def test_a_family_of_the_spdx_list_has_candidates_too(value, among):
    resolved = found(value)
    assert resolved.key is None
    assert among in resolved.candidates
    assert "without the version" in resolved.note


@pytest.mark.parametrize(
    "value",
    [
        "limited",
        "permitted use only",
        "submit a request",
        "proprietary",
        "llama 5",
        "apache 3.0",
        "mit-ish",
        "intel license",
        "my license",
        "2.0",
        "+++",
        "do whatever you want with it",
        "Wharf Model License",
        "wharf",
    ],
)
def test_what_names_no_version_gets_no_key(value):
    resolved = found(value)
    assert resolved.key is None
    assert resolved.expression is None
    assert resolved.note


def test_an_unknown_word_is_not_silence():
    assert found("wibble").note.startswith("it is no tag of the Hub and no SPDX identifier")


@pytest.mark.parametrize("value", ["", "  ", "null", "None", "N/A", "''", "other", "OTHER", "openrail"])
def test_a_value_that_says_nothing(value):
    resolved = found(value)
    assert (resolved.key, resolved.expression, resolved.candidates) == (None, None, ())
    assert resolved.note


def test_a_text_is_no_name():
    resolved = found("mit " * MAX_NAME)
    assert resolved.key is None
    assert "longer than" in resolved.note


# --- addresses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("https://www.apache.org/licenses/LICENSE-2.0", "apache-2.0"),
        ("http://apache.org/licenses/LICENSE-2.0.txt", "apache-2.0"),
        ("www.apache.org/licenses/LICENSE-2.0.html#apache", "apache-2.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "cc-by-nc-4.0"),
        ("creativecommons.org/licenses/by-nc/4.0/legalcode.en", "cc-by-nc-4.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.de", "cc-by-nc-4.0"),
        ("https://spdx.org/licenses/MIT.html", "mit"),
        ("https://opensource.org/license/apache-2-0", "apache-2.0"),
        ("https://opensource.org/licenses/BSD-3-Clause", "bsd-3-clause"),
        ("https://choosealicense.com/licenses/mit/", "mit"),
    ],
)
@pytest.mark.parametrize("name", ["license_link", "general.license.link", "license"])
def test_a_well_known_address(name, value, key):
    resolved = found(value, name)
    assert (resolved.how, resolved.key) == ("link", key)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("LICENSE", "names a file"),
        ("./docs/LICENSE.md", "names a file"),
        ("https://huggingface.co/org/model/blob/main/LICENSE", "another repository"),
        ("https://github.com/org/code/blob/main/LICENSE", "another repository"),
        ("https://creativecommons.org/licenses/by-nc/4.0/us/", "no well-known address"),
        ("https://example.org/apache.org/licenses/LICENSE-2.0", "no well-known address"),
        ("https://apache.org/licenses/LICENSE-2.0.1", "no well-known address"),
        ("https://spdx.org/licenses/Nothing-1.0", "no well-known address"),
        ("https://" + "a" * 3000, "longer than"),
    ],
)
def test_an_address_that_names_no_licence(value, says):
    resolved = found(value, "license_link")
    assert (resolved.how, resolved.key, resolved.candidates) == ("link", None, ())
    assert says in resolved.note


def test_the_address_of_a_page_that_changes_has_candidates():
    resolved = found("https://ai.google.dev/gemma/terms", "license_link")
    assert (resolved.key, resolved.candidates) == (None, ("gemma-2024-04-01", "gemma-2025-03-24"))


# --- for every value ----------------------------------------------------------------------------------

FIELDS = st.sampled_from(["license", "license_name", "license_link", "modelspec.license", "general.license"])
WORDS = st.sampled_from(
    [
        *CATALOGUE.names,
        *CATALOGUE.tags,
        *("or", "and", "with", "v", "+", "license", "the", "(", ")", "2.0", "3", "/", "https://", "mit"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.lists(WORDS, max_size=6).map(" ".join),
    st.lists(WORDS, max_size=6).map("".join),
)


def meaning(resolved):
    return resolved.how, resolved.key, resolved.expression, resolved.candidates


@given(FIELDS, VALUES)
def test_resolve_never_raises_and_never_says_nothing(field, value):
    resolved = resolve(field, value, CATALOGUE)
    assert resolved.key or resolved.expression or resolved.note
    assert not (resolved.key and resolved.candidates)


@given(FIELDS, VALUES)
def test_case_and_white_space_never_matter(field, value):
    value = "".join(letter for letter in value if letter.isascii())
    plain = meaning(resolve(field, value, CATALOGUE))
    assert meaning(resolve(field, value.upper(), CATALOGUE)) == plain
    assert meaning(resolve(field, f" \t{value.swapcase()}\n", CATALOGUE)) == plain


def numbers(name):
    return {numbers for _, numbers in spellings(name)}


@given(FIELDS, VALUES)
def test_a_key_is_returned_only_when_the_value_has_its_numbers(field, value):
    """No version is ever guessed: the numbers of the key, or of a name of it, stand in the value."""
    resolved = resolve(field, value, CATALOGUE)
    if resolved.key is None or resolved.how == "link":
        return
    one = CATALOGUE.licenses.get(resolved.key)
    own = {resolved.key, *([one.name, *one.aliases, *one.license_names] if one else [])}
    own |= {tag.tag for tag in TAGS if tag.keys == (resolved.key,)}
    written_numbers = {number for found in numbers(value) for number in found}
    assert any(set(named) <= written_numbers for name in own for named in numbers(name))


@given(st.lists(st.sampled_from(["MIT", "Apache-2.0", "AND", "OR", "WITH", "(", ")", "x"]), max_size=9))
def test_an_expression_that_is_read_can_be_written_and_read_again(words):
    node = parse(" ".join(words))
    if node is not None:
        assert parse(written(node)) == node


@given(st.text(max_size=80))
def test_spelling_a_spelling_changes_nothing(value):
    for letters, found_numbers in spellings(value):
        joined = " ".join([letters, *found_numbers])
        assert (letters, found_numbers) in spellings(joined) or "version" in letters or "v" in letters


# --- our data -----------------------------------------------------------------------------------------


def links():
    path = folder("licenses") / "links.yaml"
    return convert(document(path).value, tuple[LicenseLink, ...], path)


def test_every_link_leads_to_a_key_of_the_index(committed):
    keys = set(committed.keys)
    for link in links():
        assert set(link.keys) <= keys, link
        assert link.match == link.match.lower()
        assert not link.match.startswith(("http", "www."))
        assert not link.match.endswith("/")


def test_every_link_is_reached_by_its_own_address():
    catalogue = Catalogue(licenses={}, names={}, tags={}, links=links(), families=(), digest="2")
    for link in links():
        resolved = resolve("license_link", "https://" + link.match.replace("*", "x"), catalogue)
        assert (resolved.key,) == link.keys or set(resolved.candidates) == set(link.keys), link


@pytest.mark.corpus
def test_every_tag_of_the_hub_is_understood(reference):
    catalogue = load_catalogue()
    tags = [entry["id"] for entry in document(reference / "data" / "hub" / "licences.yaml").value]
    assert len(tags) == 83
    for tag in tags:
        resolved = resolve("license", tag, catalogue)
        assert resolved.how == "tag", tag
        assert resolved.key or resolved.note, tag
        assert (resolved.key,) == catalogue.tags[tag].keys or len(catalogue.tags[tag].keys) != 1, tag
        assert meaning(resolve("license", tag.upper(), catalogue)) == meaning(resolved)
        assert len(catalogue.tags[tag].keys) <= MAX_CANDIDATES, tag


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("AGPL-3.0 License (https://example.org/license)", "agpl-3.0"),
        ("[MIT](https://opensource.org/license/mit)", "mit"),
        ("MIT (https://www.apache.org/licenses/LICENSE-2.0)", None),
        ("Acme (https://example.org/license)", None),
    ],
)
def test_a_name_with_its_address_behind_it(value, key):
    """An address that is known as another licence's makes it a name of none."""
    assert found(value).key == key
