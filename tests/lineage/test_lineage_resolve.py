# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Parents are found, and their terms travel: in trees, in cycles, from the family table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.lineage import Asked, resolve, wanted
from scanner.model.conclusion import Relation, Status
from scanner.model.release import Confidence

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@pytest.fixture(scope="session")
def tree(make):
    """Resolve a tree that is given as {path: (name, weights, edges)}."""

    def resolved(releases, *families):
        return resolve(
            {path: tuple(edges) for path, (_, _, edges) in releases.items()},
            {path: weights for path, (_, weights, _) in releases.items()},
            {path: name for path, (name, _, _) in releases.items()},
            make.catalogue(*families),
        )

    return resolved


@pytest.fixture(scope="session")
def pair(make, tree):
    """Resolve a child of one parent, and return the child's lineage."""

    def resolved(name, parent_name, weights, *families, edge=None):
        edge = edge or make.edge(name)
        return tree(
            {"c": ("acme/c", make.weights("mine"), [edge]), "p": (parent_name, weights, [])}, *families
        )["c"]

    return resolved


def flat(lineage):
    return [(one.key, one.via, one.certain) for one in lineage.inherited]


def test_nothing_to_resolve(tree):
    assert tree({}) == {}


def test_a_release_without_parents_inherits_nothing(make, tree):
    lineage = tree({"a": ("acme/a", make.weights("x"), [])})["a"]
    assert (lineage.edges, lineage.inherited) == ((), ())


def test_a_parent_nobody_knows(pair, make):
    lineage = pair("base/one", "other/two", make.weights("x"))
    (edge,) = lineage.edges
    assert (edge.terms.how, edge.terms.keys, edge.terms.release) == ("unknown", (), None)
    assert "nor in the table of model families" in edge.terms.why
    assert lineage.inherited == ()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("base/one", "p"),
        ("BASE/One", "p"),
        ("base__one", "p"),
        ("base--one", "p"),
        ("one", "x/base/one"),
    ],
)
def test_a_parent_in_the_tree_is_found_by_its_whole_name(make, tree, name, path):
    lineage = tree(
        {"c": ("acme/c", make.weights("mine"), [make.edge("base/one")]), path: (name, make.weights("x"), [])}
    )["c"]
    (edge,) = lineage.edges
    assert (edge.terms.how, edge.terms.keys, edge.terms.release) == ("in-tree", ("x",), path)
    assert edge.terms.confidence is HIGH
    assert flat(lineage) == [("x", "base/one", True)]
    assert lineage.inherited[0].relation is Relation.FINETUNE
    assert "base/one" in lineage.inherited[0].why


def test_a_tag_without_a_text_is_less_sure_and_binds(pair, make):
    lineage = pair("base/one", "base/one", make.weights("x", status=Status.DECLARED))
    assert lineage.edges[0].terms.confidence is MEDIUM
    assert flat(lineage) == [("x", "base/one", True)]


@pytest.mark.parametrize("written", ["base/one", "one", "/data/one", "./one/", "one.gguf"])
def test_the_last_part_alone_is_said_and_is_not_certain(pair, make, written):
    lineage = pair(written, "one", make.weights("x"))
    (edge,) = lineage.edges
    assert (edge.terms.how, edge.terms.keys, edge.terms.confidence) == ("in-tree", ("x",), LOW)
    assert "last part" in edge.terms.why
    assert flat(lineage) == [("x", written, False)]


def test_a_model_of_the_same_name_from_elsewhere_is_another_model(pair, make):
    assert pair("base/one", "other/one", make.weights("x")).inherited == ()


def test_the_last_part_must_be_the_only_one(make, tree):
    lineage = tree(
        {
            "c": ("acme/c", make.weights("mine"), [make.edge("base/one")]),
            "a/one": ("one", make.weights("x"), []),
            "b/one": ("one", make.weights("y"), []),
        }
    )["c"]
    assert lineage.edges[0].terms.how == "unknown"
    assert lineage.inherited == ()


def test_candidates_travel_and_are_not_certain(pair, make):
    lineage = pair("base/one", "base/one", make.weights(candidates=("x", "y")))
    assert flat(lineage) == [("x", "base/one", False), ("y", "base/one", False)]
    assert lineage.edges[0].terms.confidence is LOW


def test_all_concluded_keys_travel(pair, make):
    assert flat(pair("base/one", "base/one", make.weights("x", "y"))) == [
        ("x", "base/one", True),
        ("y", "base/one", True),
    ]


def test_two_revisions_in_the_tree(make, tree):
    def inherited(second):
        child = ("acme/c", make.weights("mine"), [make.edge("base/one")])
        copies = {"p1": ("base/one", make.weights("x"), []), "p2": ("base/one", second, [])}
        return flat(tree({"c": child, **copies})["c"])

    assert inherited(make.weights("x")) == [("x", "base/one", True)]
    assert inherited(make.weights("y")) == [("x", "base/one", False), ("y", "base/one", False)]


def test_a_parent_that_states_nothing(pair, make):
    lineage = pair("base/one", "base/one", make.weights())
    (edge,) = lineage.edges
    assert (edge.terms.how, edge.terms.keys, edge.terms.release) == ("in-tree", (), "p")
    assert lineage.inherited == ()


def test_the_familys_terms_by_name(pair, make):
    house = make.family(make.models("base/one*", keys=("x",), confidence="high", note="read there"))
    lineage = pair("Base/One-7B", "other/two", make.weights(), house)
    (edge,) = lineage.edges
    assert (edge.terms.how, edge.terms.keys, edge.terms.confidence) == ("family", ("x",), HIGH)
    assert "House" in edge.terms.why
    assert "read there" in edge.terms.why
    assert flat(lineage) == [("x", "Base/One-7B", True)]


def test_the_first_entry_of_a_family_decides(pair, make):
    house = make.family(make.models("base/one-3B*"), make.models("base/one*", keys=("x",)))
    assert pair("base/one-3B-it", "other/two", make.weights(), house).inherited == ()
    assert flat(pair("base/one-7B", "other/two", make.weights(), house)) == [("x", "base/one-7B", True)]


def test_several_keys_of_a_family_are_candidates_unless_all_bind(pair, make):
    house = make.family(
        make.models("base/one", keys=("x", "y")), make.models("base/two", keys=("x", "y"), together=True)
    )
    assert [one[2] for one in flat(pair("base/one", "o/o", make.weights(), house))] == [False, False]
    assert [one[2] for one in flat(pair("base/two", "o/o", make.weights(), house))] == [True, True]


def test_an_unsure_entry_of_a_family_is_not_certain(pair, make):
    house = make.family(make.models("base/one", keys=("x",), confidence="low"))
    assert flat(pair("base/one", "o/o", make.weights(), house)) == [("x", "base/one", False)]


def test_a_third_party_does_not_pass_for_the_original(pair, make):
    house = make.family(make.models("base/one*", keys=("x",)))
    assert pair("someone/one-7B", "o/o", make.weights(), house).inherited == ()
    assert pair("https://example.org/one-7B", "o/o", make.weights(), house).inherited == ()


@pytest.mark.parametrize(
    "written", ["/home/ann/one-7B", "one-7B", "D:\\m\\one-7b.gguf", "/m/base/one-7B/", "One 7B"]
)
def test_a_path_whose_last_part_fits_is_a_hint(pair, make, written):
    house = make.family(make.models("base/one*", keys=("x",), confidence="high"))
    lineage = pair(written, "o/o", make.weights(), house)
    assert lineage.edges[0].terms.confidence is LOW
    assert flat(lineage) == [("x", written, False)]


def test_a_pattern_without_a_name_fits_no_path(pair, make):
    house = make.family(make.models("base/*", keys=("x",)))
    assert pair("/home/ann/one", "o/o", make.weights(), house).inherited == ()
    assert pair("base/one", "o/o", make.weights(), house).inherited != ()


def test_a_last_part_that_fits_two_families_says_nothing(pair, make):
    houses = [make.family(make.models(f"{one}/small*", keys=(one,)), id=one) for one in ("a", "b")]
    assert pair("/x/small-7b", "o/o", make.weights(), *houses).inherited == ()


def test_a_bare_name_that_the_hub_knows(pair, make):
    house = make.family(make.models("base/old", keys=("x",), bare=("old",)))
    assert flat(pair("old", "o/o", make.weights(), house)) == [("x", "old", True)]


def test_a_release_in_the_tree_settles_which_of_several_texts_it_is(pair, make):
    house = make.family(make.models("base/one", keys=("x", "y")))
    assert flat(pair("base/one", "base/one", make.weights("x"), house)) == [("x", "base/one", True)]
    candidate = make.weights(candidates=("x",))
    assert {one[0] for one in flat(pair("base/one", "base/one", candidate, house))} == {"x", "y"}


def test_a_release_in_the_tree_that_contradicts_its_family_hides_nothing(pair, make):
    house = make.family(make.models("base/one", keys=("x",), confidence="high"))
    lineage = pair("base/one", "base/one", make.weights("free"), house)
    assert flat(lineage) == [("free", "base/one", False), ("x", "base/one", False)]
    assert lineage.edges[0].terms.keys == ("free", "x")
    assert "by its name" in lineage.edges[0].terms.why


def test_a_release_in_the_tree_that_states_nothing_leaves_the_family_standing(pair, make):
    house = make.family(make.models("base/one", keys=("x",)))
    lineage = pair("base/one", "base/one", make.weights(), house)
    assert (lineage.edges[0].terms.how, lineage.edges[0].terms.release) == ("family", "p")
    assert flat(lineage) == [("x", "base/one", True)]


def test_terms_that_bind_together_stay_together(pair, make):
    house = make.family(make.models("base/one", keys=("x", "y"), together=True))
    assert flat(pair("base/one", "base/one", make.weights("x"), house)) == [
        ("x", "base/one", True),
        ("y", "base/one", True),
    ]


@pytest.mark.parametrize("relation", list(Relation))
def test_which_relations_carry(pair, make, relation):
    lineage = pair("base/one", "base/one", make.weights("x"), edge=make.edge("base/one", relation=relation))
    (one,) = lineage.inherited
    assert one.relation is relation
    assert one.certain is (relation not in {Relation.DISTILLED, Relation.TRAINED_ON})
    assert ("outputs" in one.why) is not one.certain


@pytest.mark.parametrize(
    ("how", "confidence", "certain"),
    [
        ("observed", LOW, False),
        ("observed", MEDIUM, True),
        ("observed", HIGH, True),
        ("declared", HIGH, True),
    ],
)
def test_a_link_that_is_only_a_hint_makes_nothing_certain(pair, make, how, confidence, certain):
    lineage = pair(
        "base/one", "base/one", make.weights("x"), edge=make.edge("base/one", how=how, confidence=confidence)
    )
    assert flat(lineage) == [("x", "base/one", certain)]
    assert ("not sure" in lineage.inherited[0].why) is not certain


def test_terms_travel_through_all_generations(make, tree):
    releases = {
        "a": ("o/a", make.weights("ka"), [make.edge("o/b", relation=Relation.QUANTIZED)]),
        "b": ("o/b", make.weights("kb"), [make.edge("o/c")]),
        "c": ("o/c", make.weights("kc"), [make.edge("base/one")]),
    }
    lineage = tree(releases, make.family(make.models("base/one", keys=("x",))))["a"]
    assert flat(lineage) == [("kb", "o/b", True), ("kc", "o/c", True), ("x", "base/one", True)]
    assert {one.relation for one in lineage.inherited} == {Relation.QUANTIZED}
    assert "o/b" in lineage.inherited[2].why
    assert "base/one" in lineage.inherited[2].why
    assert "1 more" in lineage.inherited[2].why


def test_one_step_without_weights_marks_the_whole_way(make, tree):
    releases = {
        "a": ("o/a", make.weights("ka"), [make.edge("o/b", relation=Relation.QUANTIZED)]),
        "b": ("o/b", make.weights(), [make.edge("o/c", relation=Relation.DISTILLED)]),
        "c": ("o/c", make.weights("kc"), []),
    }
    (one,) = tree(releases)["a"].inherited
    assert (one.certain, one.relation) == (False, Relation.DISTILLED)


def test_one_doubtful_step_makes_the_whole_way_doubtful(make, tree):
    releases = {
        "a": ("o/a", make.weights("ka"), [make.edge("o/b")]),
        "b": ("o/b", make.weights(), [make.edge("o/c", how="observed", confidence=LOW)]),
        "c": ("o/c", make.weights("kc"), []),
    }
    (one,) = tree(releases)["a"].inherited
    assert one.certain is False
    assert "not every step" in one.why


def test_the_surest_way_counts(make, tree):
    releases = {
        "a": ("o/a", make.weights(), [make.edge("o/c", how="observed", confidence=LOW), make.edge("o/b")]),
        "b": ("o/b", make.weights(), [make.edge("o/c")]),
        "c": ("o/c", make.weights("kc"), []),
    }
    assert flat(tree(releases)["a"]) == [("kc", "o/c", True)]


def test_the_own_licence_is_listed_again_when_it_is_inherited(pair, make):
    assert flat(pair("base/one", "base/one", make.weights("mine"))) == [("mine", "base/one", True)]


def test_a_parent_stands_for_its_ancestors_under_the_same_licence(make, tree):
    releases = {
        "a": ("o/a", make.weights("k"), [make.edge("o/b")]),
        "b": ("o/b", make.weights("k"), [make.edge("o/c")]),
        "c": ("o/c", make.weights("k"), []),
    }
    assert flat(tree(releases)["a"]) == [("k", "o/b", True)]
    releases["b"] = ("o/b", make.weights(candidates=("k",)), [make.edge("o/c")])
    assert flat(tree(releases)["a"]) == [("k", "o/b", False), ("k", "o/c", True)]


def test_every_parent_of_a_merge_is_listed(make, tree):
    releases = {
        "a": ("o/a", make.weights(), [make.edge(name, relation=Relation.MERGE) for name in ("o/b", "o/c")]),
        "b": ("o/b", make.weights("k"), []),
        "c": ("o/c", make.weights("k"), []),
    }
    assert flat(tree(releases)["a"]) == [("k", "o/b", True), ("k", "o/c", True)]


def test_cycles_end_and_nobody_inherits_from_itself(make, tree):
    names = "abc"
    releases = {
        one: (f"o/{one}", make.weights(f"k{one}"), [make.edge(f"o/{names[(number + 1) % 3]}")])
        for number, one in enumerate(names)
    }
    lineages = tree(releases)
    for one in names:
        assert {key for key, _, _ in flat(lineages[one])} == {f"k{other}" for other in names if other != one}


def test_a_release_that_names_itself(make, tree):
    lineage = tree({"a": ("o/a", make.weights("k"), [make.edge("o/a")])})["a"]
    assert lineage.inherited == ()


def test_a_parent_outside_is_not_oneself_by_another_way(make, tree):
    house = make.family(make.models("o/a", keys=("x",)))
    releases = {
        "a": ("o/a", make.weights("k"), [make.edge("o/b")]),
        "b": ("o/b", make.weights("kb"), [make.edge("o/a")]),
    }
    assert flat(tree(releases, house)["a"]) == [("kb", "o/b", True)]


_NODES = [f"o/n{number}" for number in range(6)]
_LINKS = st.lists(
    st.tuples(
        st.sampled_from(_NODES),
        st.sampled_from([*_NODES, "base/one", "base/two", "far/away"]),
        st.sampled_from(list(Relation)),
        st.sampled_from([HIGH, LOW]),
    ),
    max_size=14,
)
_KEYS = st.lists(st.sampled_from(["k1", "k2", "k3", None]), min_size=6, max_size=6)


@given(_LINKS, _LINKS, _KEYS)
def test_adding_a_link_never_removes_a_term(make, tree, links, more, keys):
    houses = make.family(make.models("base/one", keys=("x",)), make.models("base/two", keys=("y", "z")))

    def inherited(every):
        releases = {
            name: (
                name,
                make.weights(key) if key else make.weights(),
                [
                    make.edge(parent, relation, "observed", confidence)
                    for child, parent, relation, confidence in every
                    if child == name
                ],
            )
            for name, key in zip(_NODES, keys, strict=True)
        }
        return tree(releases, houses)

    before, after = inherited(links), inherited(links + more)
    for name in _NODES:
        assert {one.key for one in before[name].inherited} <= {one.key for one in after[name].inherited}
        sure = {one.key for one in before[name].inherited if one.certain}
        assert sure <= {one.key for one in after[name].inherited if one.certain}
        assert all(one.via != name for one in after[name].inherited)
        pairs = [(one.key, one.via) for one in after[name].inherited]
        assert len(set(pairs)) == len(pairs)


@given(_LINKS, _KEYS, st.randoms())
def test_the_order_of_the_tree_changes_nothing(make, tree, links, keys, random):
    def resolved(order):
        return tree(
            {
                name: (
                    name,
                    make.weights(keys[_NODES.index(name)]) if keys[_NODES.index(name)] else make.weights(),
                    [make.edge(parent, relation) for child, parent, relation, _ in links if child == name],
                )
                for name in order
            }
        )

    shuffled = list(_NODES)
    random.shuffle(shuffled)
    assert dict(resolved(_NODES)) == dict(resolved(shuffled))


def test_ten_thousand_generations(make, tree, ours):
    def name(number):
        return f"o/n{number}"

    count = 10_000
    releases = {
        str(number): (
            name(number),
            make.weights(f"k{number % 3}"),
            [make.edge(name(number + 1)) if number + 1 < count else make.edge("meta-llama/Llama-3.1-8B")],
        )
        for number in range(count)
    }
    lineages = tree(releases, *ours.families)
    assert {one.key for one in lineages["0"].inherited} == {"k0", "k1", "k2", "llama-3.1"}


def test_ten_thousand_children_of_one_parent_and_a_cycle_through_all(make, tree):
    count = 10_000
    star = {str(n): (f"o/n{n}", make.weights(), [make.edge("base/one")]) for n in range(count)}
    star["p"] = ("base/one", make.weights("x"), [])
    lineages = tree(star)
    assert flat(lineages["77"]) == [("x", "base/one", True)]
    ring = {
        str(n): (f"o/n{n}", make.weights("k" if n == 0 else "j"), [make.edge(f"o/n{(n + 1) % count}")])
        for n in range(count)
    }
    lineages = tree(ring)
    assert {one.key for one in lineages["5"].inherited} == {"k", "j"}


def test_hundreds_of_parents(make, tree):
    parents = {f"p{n}": (f"base/m{n}", make.weights(f"k{n}"), []) for n in range(500)}
    child = ("o/c", make.weights(), [make.edge(f"base/m{n}", relation=Relation.MERGE) for n in range(500)])
    lineage = tree({"c": child, **parents})["c"]
    assert len(lineage.inherited) == 500


@pytest.fixture(scope="session")
def asked(make):
    """Resolve a child of base/one, of which the Hub's copy lends its terms; others may lie in the tree."""

    def resolved(weights, *families, name="base/one", more=()):
        releases = {"c": ("acme/c", make.weights("mine"), [make.edge(name)])}
        releases |= {"/hub/base/one": ("base/one", weights, [])} | dict(more)
        return resolve(
            {path: tuple(edges) for path, (_, _, edges) in releases.items()},
            {path: weights for path, (_, weights, _) in releases.items()},
            {path: name for path, (name, _, _) in releases.items()},
            make.catalogue(*families),
            asked=Asked(revisions={"/hub/base/one": "a" * 40}, refused={"base/gone": "it is gone"}),
        )["c"]

    return resolved


def test_a_copy_on_the_hub_lends_its_terms(asked, make):
    lineage = asked(make.weights("x"))
    terms = lineage.edges[0].terms
    assert (terms.how, terms.release, terms.confidence) == ("hub", None, HIGH)
    assert f"was read from the Hub, revision {'a' * 40}" in terms.why
    assert flat(lineage) == [("x", "base/one", True)]


def test_a_copy_on_the_hub_that_states_nothing_leaves_the_name(asked, make):
    lineage = asked(make.weights(), make.family(make.models("base/*", keys=("x",))))
    assert lineage.edges[0].terms.how == "family"
    assert "was read from the Hub" in lineage.edges[0].terms.why
    assert flat(lineage) == [("x", "base/one", True)]


def test_a_copy_on_the_hub_against_the_name(asked, make):
    lineage = asked(make.weights("x"), make.family(make.models("base/*", keys=("y",))))
    assert flat(lineage) == [("x", "base/one", False), ("y", "base/one", False)]


def test_the_copy_of_today_does_not_settle_under_which_text_an_earlier_one_was(asked, make):
    lineage = asked(make.weights("x"), make.family(make.models("base/*", keys=("x", "y"))))
    assert flat(lineage) == [("x", "base/one", False), ("y", "base/one", False)]


def test_a_copy_on_the_hub_is_found_by_its_whole_name_alone(asked, make):
    assert asked(make.weights("x"), name="one").inherited == ()
    assert asked(make.weights("x"), name="other/one").inherited == ()


@pytest.mark.parametrize(("own", "certain"), [("x", True), ("y", False)])
def test_a_like_release_of_the_tree_is_not_lost(asked, make, own, certain):
    lineage = asked(make.weights("x"), more={"one": ("one", make.weights(own), [])})
    assert flat(lineage) == [(key, "base/one", certain) for key in sorted({"x", own})]


def test_a_parent_that_the_hub_does_not_give(asked, make):
    terms = asked(make.weights("x"), name="Base/gone").edges[0].terms
    assert (terms.how, terms.keys) == ("unknown", ())
    assert terms.why.endswith("; asked for at the Hub: it is gone")


def test_what_is_wanted(make):
    edges = {
        "c": (
            make.edge("b/low", confidence=LOW),
            make.edge("B/High"),
            make.edge("bare"),
            make.edge("/a/path/x"),
        ),
        "d": (make.edge("b/high"), make.edge("acme/c")),
    }
    assert wanted(edges, {"c": "acme/c", "d": "acme/d"}) == ("B/High", "b/low")
