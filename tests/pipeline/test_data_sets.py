# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The data sets that a release names reach the report, with how sure their terms are; so do licence names."""

import pytest

CARD = "---\nlicense: mit\ndatasets:\n- acme/own-data\n- acme/own-data\n- acme/other\n{more}---\n# A model\n"
DATA = "---\nlicense: cc-by-4.0\ntask_categories:\n- text-generation\n---\n# Data\n"


@pytest.fixture
def report(tmp_path, scanned, knowledge):
    known = next(iter(knowledge.catalogue.datasets))
    model, data = tmp_path / "models/acme/one", tmp_path / "datasets/acme/own-data"
    model.mkdir(parents=True)
    data.mkdir(parents=True)
    (model / "README.md").write_text(CARD.format(more=f"- {known}\n"))
    (model / "config.json").write_text('{"architectures": ["LlamaForCausalLM"], "model_type": "llama"}')
    (data / "README.md").write_text(DATA)
    (data / "data.csv").write_text("a,b\n")
    return scanned(tmp_path)


def test_each_data_set_is_told_once_with_how_its_terms_are_known(report, knowledge):
    (release,) = report.releases
    own, other, known = release.data_sets
    assert (own.name, own.keys, own.certain) == ("acme/own-data", ("cc-by-4.0",), True)
    assert [one.lines for one in own.evidence] == [(4, 4), (5, 5)]
    assert (other.keys, other.certain, other.why) == ((), False, "its terms are not known here")
    assert known.certain is False
    assert known.why.endswith(" confidence")


def test_every_licence_that_is_spoken_of_has_its_name_and_address(report, knowledge):
    found = {one.key: one for one in report.licenses}
    assert {"mit", "cc-by-4.0"} <= found.keys()
    assert list(found) == sorted(found)
    assert found["mit"].expression == "MIT"
    assert found["mit"].source == knowledge.catalogue.headings["mit"].source
