"""What a document holds of drugs and diseases."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.pairs.pages import AROUND_SHARE, NAME_SHARE, Named, Page, Told, features_of_pair, pairs_of

SENTENCES = ["Tremor after lithium.", "He took aspirin for pain.", "Lithium was stopped and the action tremor went."]
ABOVE = {"action tremor": ("tremor",)}


def named(name: str, key: str, kind: str, sentence: int) -> Named:
    start = SENTENCES[sentence].lower().index(name)
    return Named(key, kind, sentence, start, start + len(name))


NAMED = [
    named("tremor", "tremor", "Disease", 0),
    named("lithium", "lithium", "Chemical", 0),
    named("aspirin", "aspirin", "Chemical", 1),
    named("pain", "pain", "Disease", 1),
    named("lithium", "lithium", "Chemical", 2),
    named("action tremor", "action tremor", "Disease", 2),
]
TOLD = [Told(("lithium", "tremor"), 0, 0.9, 0.8, 0.1), Told(("aspirin", "pain"), 1, 0.1, 0.1, 0.9), Told(("lithium", "action tremor"), 2, 0.3, 0.4, 0.2)]


def wider(key: str) -> Collection[str]:
    return ABOVE.get(key, ())


@pytest.fixture
def page() -> Page:
    return Page(SENTENCES, NAMED, TOLD, wider)


def test_each_drug_makes_a_pair_with_each_disease(page: Page) -> None:
    assert sorted(pairs_of(page)) == sorted((drug, disease) for drug in ("lithium", "aspirin") for disease in ("tremor", "pain", "action tremor"))


def test_pairs_that_share_no_sentence_have_features_of_their_own_and_nothing_told(page: Page) -> None:
    apart, together = features_of_pair(page, ("aspirin", "tremor")), features_of_pair(page, ("lithium", "tremor"))
    assert apart["apart_1, apart"] == together["apart_0"] == 1
    assert not any(name.startswith(("cid,", "adverse,")) for name in apart)
    assert together["adverse_chance"] == 0.8
    assert apart["cid_has_other_drug, apart"] == 1


def test_a_wider_name_is_known_by_the_narrower_one_that_is_told(page: Page) -> None:
    found = features_of_pair(page, ("lithium", "tremor"))
    assert (found["narrower"], found["cid_narrower"]) == (1, 0.3)
    narrow = features_of_pair(page, ("lithium", "action tremor"))
    assert (narrow["wider"], narrow["cid_wider"]) == (1, 0.9)


def test_names_and_words_around_them_are_features_of_either_role(page: Page) -> None:
    found = features_of_pair(page, ("lithium", "tremor"))
    assert found["drug lithium"] == found["disease tremor"] == found["disease -emor"] == NAME_SHARE
    assert found["disease >after"] == found["disease >1after"] == found["drug >1was"] == found["disease >after, together"] == AROUND_SHARE


@given(st.lists(st.tuples(st.sampled_from(TOLD), st.floats(0, 1)), max_size=6), st.permutations(NAMED))
def test_values_are_finite_and_do_not_hang_on_the_order_of_what_is_told(drawn: list[tuple[Told, float]], mentions: list[Named]) -> None:
    told = [Told(item.pair, item.sentence, chance, item.adverse, item.therapeutic) for item, chance in drawn]
    pages = [Page(SENTENCES, mentions, order, wider) for order in (told, told[::-1])]
    for pair in pairs_of(pages[0]):
        first, second = (features_of_pair(page, pair) for page in pages)
        assert first == pytest.approx(second)
        assert all(abs(value) < 20 for value in first.values())
