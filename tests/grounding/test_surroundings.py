"""The words that stand around a mention."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from litkg.grounding.surroundings import Surroundings
from litkg.lexicon.normalise import fold
from litkg.model import Category, Mention

REACH = 300
TEXTS = st.lists(st.sampled_from(["fever", "Fever", "oedema", "pain", "the ", "x_", "-", " ", "\n", "é", "word" * 20, " " * 90]), min_size=1, max_size=30).map(
    "".join
)


def around(text: str, start: int, end: int, words: frozenset[str]) -> frozenset[str]:
    mention = Mention(document_id="d", start=start, end=end, text=text[start:end], label=Category.DISEASE, component="some_model")
    return Surroundings(text, ()).around(mention, words)


def test_words_around_a_mention_are_whole_and_near() -> None:
    text = "Tumours grow. " + "so " * 101 + "prefever CAPS fevers and oedema"
    start = text.index("CAPS")
    assert around(text, start, start + 4, frozenset({"tumors", "grow", "fever", "fevers", "prefever", "edema", "caps"})) == {"prefever", "fevers", "edema"}


@given(TEXTS, st.data())
def test_words_around_are_those_that_begin_in_reach_outside_the_mention(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    places = [(match.start(), fold(match.group())) for match in re.finditer(r"[^\W_]{4,}", text)]
    expected = {word for at, word in places if start - REACH <= at < end + REACH and not start <= at < end}
    assert around(text, start, end, frozenset(word for _, word in places)) == expected


def gene(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention(document_id="d", start=start, end=start + len(name), text=name, label=Category.GENE, component="some_model")


MEANINGS = {"caspase 1": "HGNC:1499", "ICE": "HGNC:1499", "cryopyrin": "HGNC:16400"}


def test_another_name_means_a_gene_and_the_same_name_again_does_not() -> None:
    text = "Caspase cut caspase 1, ICE and cryopyrin; caspase 1 was cut."
    found = Surroundings(text, [gene(text, name) for name in ("caspase 1", "ICE", "cryopyrin")])
    assert found.means(gene(text, "Caspase"), "HGNC:1499", MEANINGS.get)
    assert found.means(gene(text, "ICE"), "HGNC:1499", MEANINGS.get)
    assert not found.means(gene(text, "cryopyrin"), "HGNC:16400", MEANINGS.get)
    assert not found.means(gene(text, "ICE"), "HGNC:6000", MEANINGS.get)


def test_a_short_form_that_the_document_defines_says_nothing_of_another_meaning() -> None:
    text = "Interferon-cleaving enzyme (ICE) met caspase."
    found = Surroundings(text, [gene(text, "ICE")], {"ICE": "Interferon-cleaving enzyme"})
    assert not found.means(gene(text, "caspase"), "HGNC:1499", MEANINGS.get)
    assert found.short_form("interferon-cleaving enzyme") == "ICE"
    assert found.short_form("caspase") is None
