"""What synonyms say of words: which stand for each other, and which a name may lose."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.grounding.synonymy import concepts_of, count_lost, count_pairs, table

from litkg.grounding.likeness import beside_each_other, likeness, likeness_parts
from litkg.grounding.synonymy import load_synonymy, read_synonymy

TABLE = read_synonymy(["# head", "failur\tinsuffici\t12\t1", "failur\ttransplant\t1\t40", "chron\t\t10\t30", "formerl\t\t240\t5"])
WORDS = st.frozensets(st.sampled_from(["failur", "insuffici", "kidne", "chron", "transplant", "x"]), max_size=4)
NAMES = (
    (1, "renal failure"),
    (1, "kidney insufficiency"),
    (1, "renal failure, formerly"),
    (2, "heart failure"),
    (2, "cardiac insufficiency"),
    (3, "chronic heart failure"),
)


def test_words_that_synonyms_exchange_stand_for_each_other() -> None:
    alike = likeness("renal insufficiency", "kidney failure", None, synonymy=TABLE)
    assert alike.synonymous is not None
    assert [pair[:2] for pair in alike.synonymous.pairs] == [("insuffici", "failur")]
    assert alike.asked == 0.5 < alike.synonymous.asked < 1
    assert "insuffici- is failur-" in [reason for *_, reason in likeness_parts(alike, "disease")]


def test_words_seen_together_by_chance_do_not() -> None:
    laid = TABLE.lay({"kidne", "failur"}, {"kidne", "transplant"})
    assert not laid.pairs
    assert (laid.left, laid.added) == (frozenset({"failur"}), frozenset({"transplant"}))


@given(WORDS, WORDS)
def test_laying_two_names_the_other_way_round_is_the_same(first: frozenset[str], second: frozenset[str]) -> None:
    there, back = TABLE.lay(first, second), TABLE.lay(second, first)
    assert {(word, other) for word, other, _ in there.pairs} == {(word, other) for other, word, _ in back.pairs}
    assert (there.left, there.added) == (back.added, back.left)
    assert {word for word, *_ in there.pairs} | there.left == first - second


def test_a_word_that_names_lose_costs_less() -> None:
    assert TABLE.may_lose("formerl") > TABLE.may_lose("not counted") > TABLE.may_lose("chron") - 0.02
    assert TABLE.log_odds({"formerl"}) > 0 > TABLE.log_odds({"chron"}) > TABLE.log_odds({"chron", "not counted"})


def test_the_nearest_candidate_is_behind_none() -> None:
    found = [likeness("renal insufficiency", name, None, synonymy=TABLE) for name in ("kidney failure", "chronic kidney failure", "heart failure")]
    behind = [alike.synonymous.behind for alike in beside_each_other(found) if alike.synonymous]
    assert behind[0] == 0 < behind[1] < behind[2]


def test_counts_are_of_names_of_one_concept_and_of_two() -> None:
    names = concepts_of(NAMES)
    assert count_lost(names) == (Counter({("formerl", ""): 1}), Counter({("chron", ""): 1}))
    assert count_pairs(names) == (Counter({("failur", "insuffici"): 2}), Counter())
    assert [*table(names)] == ["failur\tinsuffici\t2\t0\n"]


@pytest.mark.parametrize(("word", "other"), [("failur", "insuffici"), ("hemorrhag", "bleed"), ("seizur", "convuls")])
def test_the_shipped_table_knows_common_synonyms(word: str, other: str) -> None:
    assert load_synonymy().pairs[word][other] > 0.5


def test_the_shipped_table_tells_numbers_and_sides_apart() -> None:
    assert all(other not in load_synonymy().pairs.get(word, {}) for word, other in (("1", "2"), ("acut", "chron"), ("domin", "recess")))
