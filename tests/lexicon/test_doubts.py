"""Which crosswalks between diseases are not believed, on names of our own."""

from __future__ import annotations

import pytest

from litkg.lexicon.doubts import NAMESAKE, NARROWER, Doubts
from litkg.lexicon.records import NameKind, RawConcept
from litkg.model import Category


def disease(curie: str, name: str, *synonyms: str, category: Category = Category.DISEASE) -> RawConcept:
    source = curie.partition(":")[0].lower()
    return RawConcept(id=curie, name=name, categories=(category,), source=source, names=tuple((text, NameKind.EXACT) for text in synonyms))


THIRD = disease("MONDO:1", "restless zaps syndrome")
HEADING = disease("MESH:1", "Restless Zaps Syndrome", "Restless Zaps")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        pytest.param((HEADING, disease("HP:1", "Delusions of zapping"), THIRD), NAMESAKE, id="nothing in common, and a third has the name"),
        pytest.param((HEADING, disease("HP:1", "Delusions of zapping")), None, id="nothing in common, but no third says what it is"),
        pytest.param((HEADING, disease("HP:1", "Ekbom zapping", "restless zaps"), THIRD), None, id="a name in common"),
        pytest.param((HEADING, disease("HP:1", "Restless zapping of legs"), THIRD), NAMESAKE, id="a word in common is not enough"),
        pytest.param((HEADING, disease("HP:1", "Zaps, restless")), None, id="the same words"),
        pytest.param(
            (HEADING, disease("HP:1", "Delusions of zapping"), disease("MONDO:1", "restless zaps syndrome", "delusions of zapping")),
            None,
            id="a third has both",
        ),
        pytest.param((disease("MESH:1", "Zaps"), disease("MONDO:2", "nightly zaps")), NARROWER, id="only words added"),
        pytest.param((disease("MESH:1", "Zaps"), disease("MONDO:2", "nightly zaps", "zaps")), None, id="words added to a name of its own"),
    ],
)
def test_names_speak_against_a_crosswalk(raw: tuple[RawConcept, ...], why: str | None) -> None:
    doubts = Doubts(raw)
    assert doubts.why(raw[0].id, raw[1].id) == why
    assert doubts.why(raw[1].id, raw[0].id) == why


def test_other_things_than_diseases_are_not_judged() -> None:
    genes = [disease("HGNC:1", "ZAP1", category=Category.GENE), disease("FPLX:Z", "Z", category=Category.GENE)]
    assert Doubts(genes).why("HGNC:1", "FPLX:Z") is None
