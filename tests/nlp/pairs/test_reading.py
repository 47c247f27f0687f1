"""Relations by the shipped model of pairs, on sentences of our own, and how labels become predicates."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from litkg.lexicon.gazetteer import WIDTH
from litkg.lexicon.records import Candidate
from litkg.model import SectionKind
from litkg.nlp.pairs.conventions import HEADS
from litkg.nlp.pairs.model import combine, load_pairs
from litkg.nlp.pairs.reading import PairReader, Sentence, may_have_pairs
from litkg.nlp.parsing import parse_sentences
from litkg.nlp.syntax.model import load_syntax
from tests.nlp.marked import parse_marked


class NoTerms:
    """A lexicon that knows no name."""

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        return ()

    def parents(self, curie: str) -> tuple[str, ...]:
        return ()

    def marks(self, text: str, token_spans: object) -> npt.NDArray[np.uint8]:
        return np.zeros((len(list(token_spans)), WIDTH), dtype=np.uint8)  # type: ignore[call-overload]


def edges(marked: str, *, known: frozenset[frozenset[str]] = frozenset()) -> set[tuple[str, str, str]]:
    """Return what the reader finds in one sentence."""
    text, groundings = parse_marked(marked)
    (parsed,) = parse_sentences(text, [(0, len(text))], load_syntax())
    reader = PairReader(load_pairs(), NoTerms())
    found = reader.find(text, [Sentence(0, len(text), SectionKind.RESULTS, groundings, parsed, known)])
    ends = [(relation.subject.concept, relation.predicate, relation.object.concept) for relation in found]
    return {(subject.id, predicate, object_.id) for subject, predicate, object_ in ends if subject and object_}


def test_bars_are_of_labels_that_exist() -> None:
    for head, bars in load_pairs().bars.items():
        assert set(bars) <= set(HEADS[head])
        assert all(0 < bar < 1 for bar in bars.values())


def test_a_sure_pair_is_said_one_way_round() -> None:
    assert edges("{d:Losartan} potently inhibits the activity of {g:CYP2C9} in human liver microsomes.") == {("losartan", "decreases", "cyp2c9")}


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("{d:Clozapine} caused severe {s:neutropenia} in four patients.", True),
        ("Withdrawal of {d:clozapine} caused severe {s:neutropenia} in four patients.", False),
        ("Severe {s:neutropenia} was seen in 4 of 31 patients with {d:clozapine} and in 13 of 31 with placebo.", False),
        ("{s:Neutropenia} was unrelated to {d:clozapine}.", False),
        ("The risk of {s:neutropenia} was not significantly correlated to the total dosage of {d:clozapine}.", False),
        ("{d:Clozapine} was ruled out as a cause of the {s:neutropenia}.", False),
        ("None of the patients given {d:clozapine} developed {s:neutropenia}.", False),
        ("{s:Neutropenia} resolved although {d:clozapine} was continued.", False),
    ],
)
def test_a_drug_brings_about_a_disease_where_it_is_given_and_nothing_is_compared_or_taken_back(marked: str, said: bool) -> None:
    assert (("clozapine", "has_adverse_event", "neutropenia") in edges(marked)) is said


def test_a_pair_that_is_known_is_left_to_the_grammar() -> None:
    known = frozenset({frozenset({"losartan", "cyp2c9"})})
    assert not edges("{d:Losartan} potently inhibits the activity of {g:CYP2C9} in human liver microsomes.", known=known)


@pytest.mark.parametrize(
    "marked",
    [
        "Serum {k:IL-6} and {d:aspirin} were measured.",
        "An inhibitor of {g:CYP2C9} raised {k:IL-6}.",
        "Loss of {k:IL-10} raised {k:TNF} in these mice.",
    ],
)
def test_nothing_is_said_where_nothing_is_told_or_the_subject_is_not_itself(marked: str) -> None:
    assert not edges(marked)


@pytest.mark.parametrize("marked", ["We studied {d:propranolol} in patients with {s:migraine}.", "{d:Propranolol} was evaluated in {s:migraine}."])
def test_a_treatment_that_is_but_studied_is_none(marked: str) -> None:
    assert not edges(marked)


def test_only_told_sentences_with_ends_that_can_be_related_are_parsed() -> None:
    text, groundings = parse_marked("{d:Aspirin} lowered {k:TNF}.")
    assert may_have_pairs(text, groundings)
    assert not may_have_pairs("Does aspirin lower TNF?", groundings)
    assert not may_have_pairs(text, groundings[:1])
    assert not may_have_pairs(text, [groundings[0], groundings[0]])


def test_halves_are_combined_by_their_geometric_mean() -> None:
    both = combine(np.asarray([0.8, 0.2], dtype=np.float32), np.asarray([0.2, 0.8], dtype=np.float32))
    assert both == pytest.approx([0.5, 0.5], abs=1e-3)
    assert combine(np.asarray([0.9, 0.1], dtype=np.float32), np.asarray([0.6, 0.4], dtype=np.float32))[0] == pytest.approx(0.786, abs=1e-3)
