"""Answers: paths and explanations with their sentences, and how they read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.answers import WIDTH, Sentence, _spoken, explain, find_paths, format_explanation, format_path, format_sentence
from litkg.errors import NameLookupError
from litkg.stores.base import GraphStore
from tests.graphs import ANAKINRA, ASSERTIONS, DEPRESSION, IL1RN, IL6, METHOTREXATE, QUINTAMAB, SEROTONIN, extractions

SENTENCE = Sentence(
    evidence_id="ev:1",
    text="IDO depletes serotonin.",
    document_id="PMID:102",
    document_title="A blocked signal: a review",
    year=2010,
    section="body",
    start=0,
    end=23,
    certainty="asserted",
    negated=False,
    confidence=0.9,
    subject_text="IDO",
    object_text="serotonin",
)


def test_paths_come_best_first_with_the_sentences_of_each_hop(little_store: GraphStore) -> None:
    paths = find_paths(little_store, IL1RN.id, DEPRESSION.id)
    assert [[hop.end.name for hop in path.hops] for path in paths] == [
        ["serotonin", "depressive disorder"],
        ["IDO1", "serotonin", "depressive disorder"],
        ["anakinra", "depressive disorder"],
    ]
    first, second, third = paths[1].hops
    assert [sentence.text for sentence in second.sentences] == ["IDO depletes serotonin.", "IDO likely drains serotonin."]
    assert (first.sign, second.sign, third.sign, paths[1].net_sign) == (1, -1, -1, 1)
    assert (first.certainty, first.sentences[0].certainty) == ("possible", "possible")
    assert paths[1].weakest_belief == pytest.approx(0.36)


def test_a_stop_tells_the_name_that_the_sentences_use(little_store: GraphStore) -> None:
    hop = find_paths(little_store, IL1RN.id, DEPRESSION.id)[1].hops[0]
    assert (hop.start.name, hop.start.spoken, hop.end.name, hop.end.spoken) == ("IL1RN", "IL-1ra", "IDO1", "IDO")


@pytest.mark.parametrize(
    ("texts", "name", "spoken"),
    [
        (["IL-1ra", "IL-1ra", "IL-1 antagonist"], "IL1RN", "IL-1ra"),
        (["IL-1ra", "IRAP"], "IL1RN", "IRAP"),
        (["this cytokine", "This cytokine", "it"], "IL1RN", None),
        (["this cytokine", "IL-1ra"], "IL1RN", "IL-1ra"),
        (["Kineret", "Kineret", "Anakinra"], "anakinra", None),
        (["IL1-RN", "IL-1ra", "IL-1ra"], "IL1RN", None),
        ([], "IL1RN", None),
    ],
)
def test_the_spoken_name_names_and_differs(texts: list[str], name: str, spoken: str | None) -> None:
    assert _spoken(Counter(texts), name) == spoken


def test_a_refuting_sentence_is_not_crowded_out_by_support(little_store: GraphStore) -> None:
    hop = find_paths(little_store, ANAKINRA.id, DEPRESSION.id, max_hops=1, sentences_per_hop=1)[0].hops[0]
    assert [sentence.negated for sentence in hop.sentences] == [False, True]


def test_spans_lead_back_to_the_characters(little_store: GraphStore) -> None:
    texts = {extraction.document.id: extraction.document.text for extraction in extractions()}
    sentences = [sentence for path in find_paths(little_store, IL1RN.id, DEPRESSION.id) for hop in path.hops for sentence in hop.sentences]
    assert sentences
    assert all(texts[sentence.document_id][sentence.start : sentence.end] == sentence.text for sentence in sentences)


def test_no_path_is_no_error(little_store: GraphStore) -> None:
    assert find_paths(little_store, DEPRESSION.id, IL1RN.id) == ()


def test_a_refuted_drug_has_a_path_on_demand_only(little_store: GraphStore) -> None:
    assert find_paths(little_store, METHOTREXATE.id, DEPRESSION.id) == ()
    (path,) = find_paths(little_store, METHOTREXATE.id, DEPRESSION.id, with_refuted=True, max_hops=1)
    assert path.hops[0].sentences[0].negated


def test_a_path_reads_as_a_chain_and_numbered_hops(little_store: GraphStore) -> None:
    assert format_path(find_paths(little_store, IL1RN.id, DEPRESSION.id)[0]) == (
        "IL1RN (IL-1ra) -decreases-> serotonin -causes (decreased)-> depressive disorder (depression)",
        "    net sign +1 (raises)   weakest belief 0.36",
        "  1. IL1RN (IL-1ra) -decreases-> serotonin",
        f"     sign -1   possible   belief 0.36   {ASSERTIONS['il1rn_lowers_serotonin'].id}",
        '     "IL-1ra may thus lower serotonin."',
        "       possible, read right 0.90   [Low mood under an injection: a letter (2006), body, 332-364,",
        "         PMID:101]",
        "  2. serotonin -causes (decreased)-> depressive disorder (depression)",
        f"     sign -1   possible   belief 0.36   {ASSERTIONS['low_serotonin_causes_depression'].id}",
        '     "A fall of serotonin may bring on depression."',
        "       possible, read right 0.90   [Low mood under an injection: a letter (2006), body, 287-331,",
        "         PMID:101]",
    )


def test_a_hop_walked_backward_shows_its_claim_forward(little_store: GraphStore) -> None:
    lines = format_path(find_paths(little_store, IL1RN.id, DEPRESSION.id)[2])
    assert lines[0] == "IL1RN (IL-1ra) <-form of- anakinra -has adverse event-> depressive disorder (depression)"
    assert lines[2] == "  1. anakinra -form of-> IL1RN (IL-1ra)"


def test_an_assertion_is_explained_by_both_sides(little_store: GraphStore) -> None:
    explanation = explain(little_store, ASSERTIONS["il1b_raises_il6"].id)
    (claim,) = explanation.claims
    assert explanation.concept is None
    assert [(sentence.document_id, sentence.negated) for sentence in claim.sentences] == [("PMID:102", False), ("PMID:104", False), ("PMID:103", True)]
    assert (claim.n_support, claim.n_refute) == (2, 1)


def test_an_evidence_is_explained_by_its_claim(little_store: GraphStore) -> None:
    evidence = extractions()[0].evidence[0]
    assert [claim.assertion_id for claim in explain(little_store, evidence.id).claims] == [evidence.assertion_id]


def test_a_concept_is_explained_by_all_its_claims(little_store: GraphStore) -> None:
    explanation = explain(little_store, IL6.id)
    assert explanation.concept is not None
    assert (explanation.concept.name, explanation.concept.documents, explanation.concept.grounded) == ("IL6", 3, True)
    assert [claim.assertion_id for claim in explanation.claims] == [
        ASSERTIONS[name].id for name in ("il6_with_depression", "quintamab_lowers_il6", "il1b_raises_il6")
    ]


def test_an_unknown_id_is_an_error_that_says_where_ids_are(little_store: GraphStore) -> None:
    with pytest.raises(NameLookupError, match=r"nothing in this graph has the id 'as:none'; ids are shown by litkg path"):
        explain(little_store, "as:none")


def test_an_explanation_reads_as_the_concept_and_its_claims(little_store: GraphStore) -> None:
    assert format_explanation(explain(little_store, QUINTAMAB.id)) == (
        "quintamab (litkg.text:quintamab)   Drug   not grounded",
        "    named 1 times in 1 documents; 1 claims:",
        f"quintamab -decreases expression-> IL6   {ASSERTIONS['quintamab_lowers_il6'].id}",
        "    sign -1   belief 0.18   1 for, 0 against",
        '    "We will test whether quintamab lowers IL-6 messages."',
        "      hypothesised, read right 0.90   [Plans for an antibody (2020), body, 75-127, PMID:104]",
    )


def test_other_names_and_ids_are_shown(little_store: GraphStore) -> None:
    lines = format_explanation(explain(little_store, IL1RN.id))
    assert lines[1:3] == ("    also called: IL-1 receptor antagonist; IL-1ra", "    other ids: NCBIGene:3557")
    assert "    also called: 5-HT" in format_explanation(explain(little_store, SEROTONIN.id))


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (SENTENCE, "  asserted   [A blocked signal: a review (2010), body, 0-23, PMID:102]"),
        (replace(SENTENCE, negated=True), "  asserted, refutes   [A blocked signal: a review (2010), body, 0-23, PMID:102]"),
        (
            replace(SENTENCE, negated=True, negated_by="failed to", compared_text="placebo"),
            "  asserted, refutes (negated by 'failed to'), compared with placebo   [A blocked signal: a review\n    (2010), body, 0-23, PMID:102]",
        ),
        (
            replace(SENTENCE, certainty="possible", doubted_by="may", knowledge="background"),
            "  possible ('may'), background   [A blocked signal: a review (2010), body, 0-23, PMID:102]",
        ),
        (replace(SENTENCE, year=None), "  asserted   [A blocked signal: a review, body, 0-23, PMID:102]"),
        (replace(SENTENCE, document_title=""), "  asserted   [untitled (2010), body, 0-23, PMID:102]"),
    ],
)
def test_a_sentence_reads_with_stance_and_place(changed: Sentence, line: str) -> None:
    assert format_sentence(changed) == ('"IDO depletes serotonin."', *line.split("\n"))


def test_a_long_title_is_cut_at_a_word() -> None:
    lines = format_sentence(replace(SENTENCE, document_title="A very long title " * 9))
    assert lines[1] == "  asserted   [A very long title A very long title A very long title A ... (2010), body, 0-23,"
    assert lines[2] == "    PMID:102]"


def test_line_breaks_in_a_sentence_are_spaces() -> None:
    assert format_sentence(replace(SENTENCE, text="IDO\n depletes\tserotonin."))[0] == '"IDO depletes serotonin."'


@given(words=st.lists(st.text(alphabet="abcdefgh-", min_size=1, max_size=20), min_size=1, max_size=60))
def test_lines_keep_to_the_width_and_lose_no_word(words: list[str]) -> None:
    lines = format_sentence(replace(SENTENCE, text=" ".join(words)), indent="     ")
    assert all(len(line) <= WIDTH for line in lines)
    assert " ".join(line.strip() for line in lines).startswith('"' + " ".join(words) + '"')
