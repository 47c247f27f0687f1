"""Grounding: one concept a mention, for the document as a whole, with reasons."""

from __future__ import annotations

import re

import pytest

from litkg.grounding.ground import Grounder
from litkg.grounding.spelling import NearNames
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.records import Candidate, NameKind
from litkg.model import Category, Grounding, Mention
from tests.lexicon.tiny import open_tiny_lexicon


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return open_tiny_lexicon(tmp_path_factory.mktemp("tiny") / "lexicon")


def ground(lexicon: Lexicon, text: str, abbreviations: dict[str, str] | None = None) -> tuple[Grounding, ...]:
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    mentions = [
        (
            Mention(document_id="d", start=span.start, end=span.end, text=text[span.start : span.end], label=span.category, component="litkg_lexicon"),
            span.candidates,
        )
        for span in lexicon.find(text, tokens)
    ]
    return Grounder(lexicon).ground(mentions, abbreviations=abbreviations or {}, text=text)


def foreign(text: str, label: Category) -> Mention:
    return Mention(document_id="d", start=0, end=len(text), text=text, label=label, component="some_model")


def ids(groundings: tuple[Grounding, ...]) -> list[str]:
    return [grounding.concept.id for grounding in groundings if grounding.concept]


def test_a_plain_name_has_its_concept_a_score_and_reasons(tiny: Lexicon) -> None:
    (grounding,) = ground(tiny, "Anakinra helps")
    assert grounding.concept is not None
    assert grounding.concept.id == "UNII:9013DUQ28K"
    assert 0.6 < grounding.score <= 1
    assert "preferred name" in grounding.reasons[0]


def test_context_decides_between_candidates(tiny: Lexicon) -> None:
    assert ids(ground(tiny, "CAPS, a periodic syndrome linked to mutations"))[0] == "MONDO:0016168"


@pytest.mark.parametrize(("long_form", "concept"), [("cryopyrin-associated periodic syndrome", "MONDO:0016168"), ("bipolar depression", "MONDO:0004985")])
def test_the_long_form_decides_the_short_form_everywhere(tiny: Lexicon, long_form: str, concept: str) -> None:
    groundings = ground(tiny, "CAPS was seen. Again CAPS was seen.", {"CAPS": long_form})
    assert ids(groundings) == [concept, concept]
    assert all("short for" in grounding.reasons[0] for grounding in groundings)


def test_a_short_form_with_an_unknown_long_form_is_ungrounded(tiny: Lexicon) -> None:
    (grounding,) = ground(tiny, "CAPS was seen", {"CAPS": "community ambulance planning scheme"})
    assert grounding.concept is not None
    assert (grounding.concept.grounded, grounding.concept.id) == (False, "litkg.text:communityambulanceplanningscheme")


@pytest.mark.parametrize(
    ("short", "long_form", "label", "expected"),
    [
        ("NLRP3", "unheard-of pyrin domain protein 3", Category.GENE, "HGNC:16400"),
        ("CAPS", "unheard-of attack syndrome", Category.DISEASE, "MONDO:0016168"),
        ("CAPS", "cryopyrin-associated periodic syndrome", Category.DISEASE, "MONDO:0016168"),
    ],
)
def test_a_label_keeps_the_short_forms_own_meaning_where_the_long_form_is_of_no_such_kind(
    tiny: Lexicon, short: str, long_form: str, label: Category, expected: str
) -> None:
    (grounding,) = Grounder(tiny).ground([(foreign(short, label), ())], abbreviations={short: long_form}, text=short)
    assert ids((grounding,)) == [expected]
    assert any(f"short for {long_form!r}" in reason for reason in grounding.reasons)


def test_a_known_long_form_decides_against_the_label(tiny: Lexicon) -> None:
    long_forms = {"CAPS": "cryopyrin-associated periodic syndrome"}
    assert ids(Grounder(tiny).ground([(foreign("CAPS", Category.GENE), ())], abbreviations=long_forms, text="CAPS")) == ["MONDO:0016168"]


def test_a_genes_own_symbol_stays_that_gene_though_its_long_form_is_unknown(tiny: Lexicon) -> None:
    assert ids(ground(tiny, "NLRP3 was seen", {"NLRP3": "unheard-of pyrin domain protein 3"})) == ["HGNC:16400"]


def test_one_name_labelled_as_two_kinds_is_two_things(tiny: Lexicon) -> None:
    mentions = [(foreign("CAPS", Category.GENE), ()), (foreign("CAPS", Category.DISEASE), ())]
    assert ids(Grounder(tiny).ground(mentions, abbreviations={}, text="CAPS CAPS")) == ["HGNC:1426", "MONDO:0016168"]


def test_a_name_with_a_modifier_is_the_longest_end_that_is_known(tiny: Lexicon) -> None:
    (grounding,) = Grounder(tiny).ground([(foreign("severe familial rheumatoid arthritis", Category.DISEASE), ())], abbreviations={}, text="")
    assert ids((grounding,)) == ["MONDO:0008383"]
    assert "without 'severe familial'" in grounding.reasons


def test_a_misspelt_name_is_found_among_all_names_where_there_is_an_index(tiny: Lexicon) -> None:
    mention = foreign("metothrexate", Category.DRUG)
    without, with_index = (
        Grounder(tiny, near=near).ground([(mention, ())], abbreviations={}, text="metothrexate")[0] for near in (None, NearNames.build(["methotrexate"]))
    )
    assert without.concept is not None
    assert not without.concept.grounded
    assert ids((with_index,)) == ["CHEBI:44185"]
    assert "misspelling of 'methotrexate'" in with_index.reasons


def test_a_label_of_another_model_restricts(tiny: Lexicon) -> None:
    mentions = [(foreign("CAPS", label), ()) for label in (Category.GENE, Category.DISEASE)]
    found = [Grounder(tiny).ground([mention], abbreviations={}, text="CAPS")[0].concept for mention in mentions]
    assert [concept.id if concept else None for concept in found] == ["HGNC:1426", "MONDO:0016168"]


def test_what_the_lexicon_does_not_know_keeps_a_concept_of_its_own(tiny: Lexicon) -> None:
    (grounding,) = Grounder(tiny).ground([(foreign("Zorblaxin", Category.DRUG), ())], abbreviations={}, text="Zorblaxin")
    assert grounding.concept is not None
    assert (grounding.concept.id, grounding.concept.grounded, grounding.concept.categories, grounding.score) == (
        "litkg.text:zorblaxin",
        False,
        (Category.DRUG,),
        0.0,
    )


def test_a_mention_without_letters_has_no_concept(tiny: Lexicon) -> None:
    (grounding,) = Grounder(tiny).ground([(foreign("—", Category.DRUG), ())], abbreviations={}, text="—")
    assert grounding.concept is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("serum IL6", "HGNC:6018"),
        ("hIL6", "HGNC:6018"),
        ("rhIL6", "HGNC:6018"),
        ("interleukin (IL)-6", "HGNC:6018"),
        ("IDO gene", "HGNC:6059"),
        ("citalopram hydrobromide", "CHEBI:3723"),
        ("rheumatoid arthritis (seropositive)", "MONDO:0008383"),
        ("acute rheumatoid arthritis", None),
        ("citalopran", None),
        ("pain syndrome", None),
    ],
)
def test_a_name_that_nobody_labels_loses_what_does_not_change_it(tiny: Lexicon, name: str, expected: str | None) -> None:
    found = Grounder(tiny).rank_name(name)
    assert (found[0].candidate.concept if found else None) == expected


def test_a_receptor_is_not_its_ligand(tiny: Lexicon) -> None:
    assert ids(ground(tiny, "TNF receptor 1 rose")) == ["litkg.text:tnfreceptor1"]


def test_one_name_is_one_concept_in_a_document(tiny: Lexicon) -> None:
    text = "CAPS is a cryopyrin periodic syndrome. " + "Nothing more is said of it here for a long while. " * 12 + "CAPS again."
    caps = [grounding for grounding in ground(tiny, text) if grounding.mention.text == "CAPS"]
    assert len({grounding.concept.id for grounding in caps if grounding.concept}) == 1


def test_a_misspelt_name_says_so(tiny: Lexicon) -> None:
    mention = Mention(document_id="d", start=0, end=12, text="metothrexate", label=Category.DRUG, component="litkg_lexicon")
    (grounding,) = Grounder(tiny).ground([(mention, tiny.lookup("methotrexate"))], abbreviations={}, text="metothrexate")
    assert grounding.concept is not None
    assert grounding.concept.id == "CHEBI:44185"
    assert "misspelling of 'methotrexate'" in grounding.reasons


def test_a_piece_of_a_name_is_neither_a_misspelling_nor_a_short_form(tiny: Lexicon) -> None:
    text = "IL-1α and -1β"
    mention = Mention(document_id="d", start=11, end=13, text="1β", label=Category.GENE, component="litkg_ellipsis")
    (grounding,) = Grounder(tiny).ground([(mention, tiny.lookup("IL-1β"))], abbreviations={"1β": "anakinra"}, text=text)
    assert grounding.concept is not None
    assert grounding.concept.id == "HGNC:5992"
    assert not any("misspelling" in reason or "short for" in reason for reason in grounding.reasons)


def test_every_score_is_between_none_and_one(tiny: Lexicon) -> None:
    text = "IL-1ra, CAPS, RA, TNF-a, TNF receptor, serotonin, WAS, pain and Kineret"
    assert all(0 <= grounding.score <= 1 for grounding in ground(tiny, text))


@pytest.mark.parametrize(
    ("name", "concept", "reason"),
    [
        ("IL-1 receptor antagonist protein", "HGNC:6000", "'IL-1' is 'interleukin-1'"),
        ("WASP actin nucleation", "HGNC:12731", "beginning of 'WASP actin nucleation promoting factor', and of no other gene's name"),
        ("human caspase 1 gene", "HGNC:1499", "without the species: 'caspase 1 gene', without the kind: 'caspase 1'"),
    ],
)
def test_a_gene_is_found_by_another_name(tiny: Lexicon, name: str, concept: str, reason: str) -> None:
    (grounding,) = Grounder(tiny).ground([(foreign(name, Category.GENE), ())], abbreviations={}, text=name)
    assert grounding.concept is not None
    assert grounding.concept.id == concept
    assert reason in grounding.reasons


def test_a_genes_symbol_stays_a_candidate_beside_a_long_form_of_another(tiny: Lexicon) -> None:
    ranked = Grounder(tiny).rank(foreign("IL6", Category.GENE), (), abbreviations={"IL6": "interleukin-8"}, text="IL6")
    assert [option.candidate.concept for option in ranked] == ["HGNC:6025", "HGNC:6018"]


def test_no_gene_is_meant_by_the_name_of_a_class(tiny: Lexicon) -> None:
    known = Candidate(
        concept="HGNC:1499",
        concept_name="CASP1",
        categories=(Category.GENE,),
        matched="cysteine protease",
        kind=NameKind.EXACT,
        source="x",
        exactness=1.0,
        rank=0,
    )
    text = "cysteine protease"
    mention = Mention(document_id="d", start=0, end=len(text), text=text, label=Category.GENE, component="litkg_lexicon")
    (grounding,) = Grounder(tiny).ground([(mention, (known,))], abbreviations={}, text=text)
    assert grounding.concept is not None
    assert not grounding.concept.grounded
