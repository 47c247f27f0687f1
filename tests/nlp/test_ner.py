"""Mentions from names, short forms and other models' entities."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from litkg.lexicon.records import Candidate, NameKind, TermSpan
from litkg.model import Category
from litkg.nlp.entities.records import Entity
from litkg.nlp.ner import MODEL_LABELS, Found, apply_abbreviations, combine_mentions, entity_mentions, lexicon_mentions, model_mentions


def candidate(concept: str, category: Category) -> Candidate:
    return Candidate(
        concept=concept, concept_name=concept, categories=(category,), matched=concept, kind=NameKind.EXACT, source="test", exactness=1.0, rank=0, weak=False
    )


NAMES = {
    "aspirin": candidate("d:aspirin", Category.DRUG),
    "interleukin six": candidate("g:il6", Category.GENE),
    "sepsis": candidate("s:sepsis", Category.DISEASE),
    "cat": candidate("g:cat", Category.GENE),
    "resting pulse": candidate("b:pulse", Category.BIOLOGICAL_PROCESS),
}


class Names:
    """A lexicon of the names above, in lower case, anywhere in the text."""

    def find(self, text: str, token_spans: Sequence[tuple[int, int]], *, defined: frozenset[str] = frozenset()) -> tuple[TermSpan, ...]:
        first, last = (token_spans[0][0], token_spans[-1][1]) if token_spans else (0, 0)
        spans = []
        for name, known in NAMES.items():
            at = text.lower().find(name, first, last)
            while at >= 0:
                spans.append(TermSpan(start=at, end=at + len(name), candidates=(known,), category=known.categories[0]))
                at = text.lower().find(name, at + 1, last)
        return tuple(sorted(spans, key=lambda span: span.start))

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        known = NAMES.get(name.lower())
        return (known,) if known else ()


def found_in(text: str) -> list[Found]:
    return lexicon_mentions("d", text, [(0, len(text))], Names())


def with_short_forms(text: str, abbreviations: dict[str, str], ranges: Sequence[tuple[int, int]] | None = None) -> list[tuple[str, int, str]]:
    found = apply_abbreviations(found_in(text), "d", text, ranges or [(0, len(text))], abbreviations, Names())
    assert all(text[mention.start : mention.end] == mention.text for mention, _ in found)
    return [(mention.text, mention.start, candidates[0].concept) for mention, candidates in found]


def test_names_become_mentions_of_their_category() -> None:
    (first, candidates), (second, _) = found_in("Aspirin for sepsis")
    assert (first.text, first.start, first.end, first.label, first.component) == ("Aspirin", 0, 7, Category.DRUG, "litkg_lexicon")
    assert (second.text, second.label) == ("sepsis", Category.DISEASE)
    assert candidates == (NAMES["aspirin"],)


def test_short_form_of_a_known_name_is_found_before_and_after_its_definition() -> None:
    text = "ISX rose. Interleukin six (ISX) fell, ISX-like"
    assert with_short_forms(text, {"ISX": "Interleukin six"}) == [
        ("ISX", 0, "g:il6"),
        ("Interleukin six", 10, "g:il6"),
        ("ISX", 27, "g:il6"),
        ("ISX", 38, "g:il6"),
    ]


@pytest.mark.parametrize("other", ["XISX", "ISX2", "anti-ISX", "isx", "I SX"])
def test_short_form_is_no_part_of_another_word(other: str) -> None:
    assert with_short_forms(f"{other} rose", {"ISX": "Interleukin six"}) == []


def test_short_form_is_taken_as_it_is_written() -> None:
    assert with_short_forms("I.S+ rose, IxSS fell", {"I.S+": "Interleukin six"}) == [("I.S+", 0, "g:il6")]


def test_short_form_is_found_in_the_ranges_that_are_read_only() -> None:
    assert with_short_forms("ISX and ISX and ISX", {"ISX": "Interleukin six"}, [(0, 4), (12, 19)]) == [("ISX", 0, "g:il6"), ("ISX", 16, "g:il6")]


def test_short_form_of_no_name_is_no_mention_even_where_the_lexicon_knows_it() -> None:
    assert with_short_forms("computed axial tomography (CAT): CAT in sepsis", {"CAT": "computed axial tomography"}) == [("sepsis", 40, "s:sepsis")]


@pytest.mark.parametrize(("long_form", "taken"), [("bad sepsis", True), ("extremely severe sepsis", False), ("sepsis shock", False)])
def test_long_form_that_is_mostly_a_name_lends_it_its_concept(long_form: str, taken: bool) -> None:
    found = with_short_forms(f"{long_form} (BSS) here", {"BSS": long_form})
    assert [concept for name, _, concept in found if name == "BSS"] == (["s:sepsis"] if taken else [])


def test_long_form_that_holds_a_name_within_leaves_the_lexicon_its_say() -> None:
    text = "sepsis severity and outcome score (CAT); CAT"
    assert [name for name, _, _ in with_short_forms(text, {"CAT": "sepsis severity and outcome score"})] == ["sepsis", "CAT", "CAT"]


@pytest.mark.parametrize("long", ["resting pulse", "mean resting pulse"])
def test_a_short_form_of_a_process_is_that_process_though_a_gene_has_the_name(long: str) -> None:
    assert with_short_forms(f"CAT fell; {long} (CAT)", {"CAT": long})[0] == ("CAT", 0, "b:pulse")


def test_mention_is_not_overlaid_by_a_short_form() -> None:
    assert with_short_forms("Interleukin six", {"six": "sepsis"}) == [("Interleukin six", 0, "g:il6")]


def test_model_entities_become_mentions_in_text_order() -> None:
    text = "aspirin and foobarin cure sepsis on Monday"
    found = model_mentions("d", text, [(26, 32, "disease"), (0, 7, "CHEMICAL"), (12, 20, "DRUG"), (36, 42, "DATE")], Names())
    assert [(mention.text, mention.label, len(candidates)) for mention, candidates in found] == [
        ("aspirin", Category.CHEMICAL, 1),
        ("foobarin", Category.DRUG, 0),
        ("sepsis", Category.DISEASE, 1),
    ]
    assert {mention.component for mention, _ in found} == {"model"}


def test_model_labels_are_upper_case_and_reach_every_category() -> None:
    assert all(label.isupper() for label in MODEL_LABELS)
    assert set(MODEL_LABELS.values()) == set(Category)


def entity(text: str, name: str, kind: str, score: float = 0.95) -> Entity:
    at = text.index(name)
    return Entity(at, at + len(name), kind, score)


def combined(text: str, *entities: Entity) -> list[tuple[str, Category, str]]:
    found = combine_mentions("d", text, found_in(text), entities, Names())
    assert all(left[0].end <= right[0].start for left, right in pairwise(found))
    return [(mention.text, mention.label, mention.component) for mention, _ in found]


def test_names_that_only_the_model_knows_are_mentions() -> None:
    text = "Aspirin against zorbitis"
    assert combined(text, entity(text, "zorbitis", "Disease")) == [
        ("Aspirin", Category.DRUG, "litkg_lexicon"),
        ("zorbitis", Category.DISEASE, "litkg_ner"),
    ]


def test_names_that_only_the_lexicon_knows_stay() -> None:
    assert combined("Aspirin for sepsis") == [("Aspirin", Category.DRUG, "litkg_lexicon"), ("sepsis", Category.DISEASE, "litkg_lexicon")]


def test_a_longer_name_stands_where_the_lexicon_knows_it() -> None:
    text = "the interleukin six level"
    assert combined(text, entity(text, "interleukin six level", "Gene")) == [("interleukin six", Category.GENE, "litkg_lexicon")]
    assert combined(text, entity(text, "interleukin six", "Gene")) == [("interleukin six", Category.GENE, "litkg_lexicon")]


def test_a_longer_disease_stands_whole_where_the_model_is_sure_of_it() -> None:
    text = "late sepsis signs"
    assert combined(text, entity(text, text, "Disease")) == [(text, Category.DISEASE, "litkg_ner")]
    assert combined(text, entity(text, text, "Disease", 0.7)) == [("sepsis", Category.DISEASE, "litkg_lexicon")]


def test_the_sure_model_says_which_of_several_kinds() -> None:
    text = "the cat sat"
    both = (NAMES["cat"], candidate("o:cat", Category.ORGANISM))
    known = [(mention, both) for mention, _ in found_in(text)]
    for score, wanted in ((0.95, ["o:cat"]), (0.5, ["g:cat", "o:cat"])):
        ((_, candidates),) = combine_mentions("d", text, known, [entity(text, "cat", "Organism", score)], Names())
        assert [item.concept for item in candidates] == wanted


def test_entities_alone_keep_their_type() -> None:
    text = "cat for sepsis"
    found = entity_mentions("d", text, [entity(text, "cat", "Disease"), entity(text, "sepsis", "Disease"), entity(text, "for", "Domain")], Names())
    assert [(mention.text, mention.label, [item.concept for item in candidates]) for mention, candidates in found] == [
        ("cat", Category.DISEASE, []),
        ("sepsis", Category.DISEASE, ["s:sepsis"]),
    ]
