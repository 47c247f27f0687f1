"""The whole pipeline on a tiny lexicon: what goes in, what comes out, and where it stands in the text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.errors import PipelineError
from litkg.lexicon.lookup import Lexicon
from litkg.model import READ_SECTIONS, Annotation, Answer, Certainty, Document, SectionKind
from litkg.nlp.pipeline import LEXICON_ONLY, Pipeline, load_ner_model, load_pipeline
from litkg.workflow import DocumentConcepts
from tests.lexicon.tiny import open_tiny_lexicon
from tests.nlp.documents import body, make_document


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lexicon]:
    lexicon = open_tiny_lexicon(tmp_path_factory.mktemp("lexicon") / "tiny")
    yield lexicon
    lexicon.close()


@pytest.fixture(scope="module")
def pipeline(terms: Lexicon) -> Pipeline:
    return load_pipeline(terms, DocumentConcepts(terms))


@pytest.fixture(scope="module")
def by_lexicon(terms: Lexicon) -> Pipeline:
    """Return the pipeline without the NER model: what it finds is the lexicon's alone."""
    return load_pipeline(terms, DocumentConcepts(terms), ner_model=LEXICON_ONLY)


def named(annotation: Annotation) -> list[tuple[str, str | None]]:
    """Return the mentions' texts with the ids of their concepts; their offsets must fit their texts."""
    text = annotation.document.text
    assert all(text[item.mention.start : item.mention.end] == item.mention.text for item in annotation.groundings)
    return [(item.mention.text, item.concept.id if item.concept else None) for item in annotation.groundings]


def test_names_are_found_with_their_concepts_in_text_order(pipeline: Pipeline) -> None:
    assert named(pipeline.annotate(body("Anakinra lowers IL-1β; serotonin rises in mice."))) == [
        ("Anakinra", "UNII:9013DUQ28K"),
        ("IL-1β", "HGNC:5992"),
        ("serotonin", "CHEBI:28790"),
        ("mice", "NCBITaxon:10090"),
    ]


def test_relation_spans_its_sentence_in_its_section(pipeline: Pipeline) -> None:
    document = make_document((SectionKind.TITLE, "A trial"), (SectionKind.RESULTS, "All were well. Anakinra decreases IL-6. None died."))
    (relation,) = pipeline.annotate(document).relations
    assert document.text[relation.start : relation.end] == "Anakinra decreases IL-6."
    assert (relation.predicate, relation.section) == ("decreases", SectionKind.RESULTS)
    assert relation.subject.mention.text == "Anakinra"


def test_case_report_is_read(pipeline: Pipeline) -> None:
    text = "A woman with rheumatoid arthritis took anakinra. Two weeks after starting anakinra she developed depression. "
    text += "Anakinra was stopped and the depression resolved."
    (report,) = pipeline.annotate(make_document((SectionKind.CASE_REPORT, text))).case_reports
    assert (report.drug, report.event) == ("UNII:9013DUQ28K", "MONDO:0002050")
    assert report.dechallenge.answer is Answer.YES
    assert text[report.dechallenge.start : report.dechallenge.end] == report.dechallenge.text


def test_what_the_model_of_pairs_says_is_as_sure_as_the_authors_rate_it(pipeline: Pipeline) -> None:
    text = "A man with rheumatoid arthritis took anakinra. Two weeks after starting anakinra he developed depression. "
    text += "Anakinra was stopped and the depression resolved. Anakinra was judged the probable culprit of the depression."
    found = pipeline.annotate(make_document((SectionKind.CASE_REPORT, text))).relations
    assert [relation.certainty for relation in found if "culprit" in text[relation.start : relation.end]] == [Certainty.PROBABLE]


def test_defined_abbreviation_holds_everywhere(pipeline: Pipeline) -> None:
    found = pipeline.annotate(body("AN was kept cold. Anakinra (AN) helped. AN-treated mice did well. XAN, AN1 and an were not it."))
    assert [item for item in named(found) if item[1] == "UNII:9013DUQ28K"] == [
        ("AN", "UNII:9013DUQ28K"),
        ("Anakinra", "UNII:9013DUQ28K"),
        ("AN", "UNII:9013DUQ28K"),
        ("AN", "UNII:9013DUQ28K"),
    ]


def test_definition_decides_what_an_ambiguous_short_form_means(pipeline: Pipeline) -> None:
    found = dict(named(pipeline.annotate(body("Cryopyrin-associated periodic syndrome (CAPS) is rare. CAPS is inborn."))))
    assert found["CAPS"] == "MONDO:0016168"


@pytest.mark.parametrize(
    "text",
    [
        "The confidence interval (CI) was wide. The CI was not narrow.",
        "The resting average (RA) was low, and RA stayed low.",
        "The trial of nausea factors (TNF) was small. The TNF was open.",
    ],
)
def test_short_form_of_an_unknown_thing_is_no_mention(by_lexicon: Pipeline, text: str) -> None:
    assert named(by_lexicon.annotate(body(text))) == []


def test_misspelt_drug_is_found_where_the_document_spells_it_too(by_lexicon: Pipeline) -> None:
    found = by_lexicon.annotate(body("She took methotrexate. Metotrexate was stopped."))
    assert named(found) == [("methotrexate", "CHEBI:44185"), ("Metotrexate", "CHEBI:44185")]
    assert named(by_lexicon.annotate(body("Metotrexate was stopped."))) == []


@pytest.mark.parametrize("kind", sorted(frozenset(SectionKind) - READ_SECTIONS))
def test_unread_section_yields_nothing(pipeline: Pipeline, kind: SectionKind) -> None:
    document = make_document(
        (SectionKind.ABSTRACT, "Nothing here."), (kind, "Anakinra (AN) decreases IL-6. Metotrexate and AN."), (SectionKind.BODY, "Nor here.")
    )
    annotation = pipeline.annotate(document)
    assert (annotation.groundings, annotation.relations, annotation.case_reports) == ((), (), ())


def test_what_the_lexicon_does_not_know_is_found_by_the_model(pipeline: Pipeline, by_lexicon: Pipeline) -> None:
    document = body("Patients with hepatocellular carcinoma received sorafenib.")
    assert named(by_lexicon.annotate(document)) == []
    assert [name for name, _ in named(pipeline.annotate(document))] == ["hepatocellular carcinoma", "sorafenib"]


def test_conjuncts_of_a_list_are_mentions(pipeline: Pipeline) -> None:
    assert ("1β", "HGNC:5992") in named(pipeline.annotate(body("Both IL-1α and -1β rose.")))


def test_name_across_a_section_border_is_none(by_lexicon: Pipeline) -> None:
    assert named(by_lexicon.annotate(make_document((SectionKind.TITLE, "On rheumatoid"), (SectionKind.ABSTRACT, "arthritis in all")))) == []


def test_anaphor_does_not_look_into_another_section(pipeline: Pipeline) -> None:
    title, text = "Anakinra is given", "This drug decreases IL-6."
    assert pipeline.annotate(make_document((SectionKind.TITLE, title), (SectionKind.ABSTRACT, text))).relations == ()
    assert len(pipeline.annotate(body(f"{title}. {text}")).relations) == 1


def test_same_document_gives_the_same_annotation(pipeline: Pipeline) -> None:
    document = body("Indoleamine 2,3-dioxygenase (IDO) lowers serotonin. IDO may cause depression. It was raised by IL-6.")
    first = pipeline.annotate(document)
    pipeline.annotate(body("The intake data overview (IDO) was short. Metotrexate."))
    assert pipeline.annotate(document) == first
    assert first.relations


def test_components_require_nothing_that_is_not_assigned_before(pipeline: Pipeline) -> None:
    analysis = pipeline.nlp.analyze_pipes() or {}
    assert analysis["problems"] == {name: [] for name in pipeline.nlp.pipe_names}
    assert analysis["summary"]["litkg_mentions"]["requires"]


@pytest.mark.parametrize("name", ["litkg_mentions", "litkg_concepts"])
def test_component_without_its_lexicon_says_how_to_make_it(name: str) -> None:
    nlp = spacy.blank("en")
    component = nlp.add_pipe(name)
    with pytest.raises(PipelineError, match="load_pipeline"):
        component(nlp.make_doc("Anakinra"))


# other models


@pytest.fixture(scope="module")
def ruler_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "CHEMICAL", "pattern": "foobarin"}, {"label": "disease", "pattern": "depression"}, {"label": "DATE", "pattern": "Monday"}]
    )
    path = tmp_path_factory.mktemp("model") / "ruler"
    nlp.to_disk(path)
    return path


def test_named_model_takes_over_mentions(terms: Lexicon, ruler_model: Path) -> None:
    other = load_pipeline(terms, DocumentConcepts(terms), ner_model=str(ruler_model))
    document = make_document(
        (SectionKind.TITLE, "On foobarin"),
        (SectionKind.TABLE, "foobarin"),
        (SectionKind.BODY, "Foobarin was given on Monday, and foobarin caused depression; anakinra did not."),
    )
    annotation = other.annotate(document)
    assert named(annotation) == [("foobarin", "litkg.text:foobarin"), ("foobarin", "litkg.text:foobarin"), ("depression", "MONDO:0002050")]
    assert {item.mention.component for item in annotation.groundings} == {"model"}
    assert [relation.predicate for relation in annotation.relations] == ["causes"]


def test_unknown_model_is_an_error_that_says_what_to_do(terms: Lexicon) -> None:
    with pytest.raises(PipelineError, match=r"no spaCy model 'en_no_such_model' is installed here: install its package or give the path"):
        load_pipeline(terms, DocumentConcepts(terms), ner_model="en_no_such_model")


def test_model_without_entities_is_an_error_that_names_its_pipes(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "model")
    with pytest.raises(PipelineError, match="finds no entities: its pipes are sentencizer"):
        load_ner_model(str(tmp_path / "model"))


# bad input

ODD: dict[str, str] = {
    "empty": "",
    "blanks": " \n\n \t \u00a0",
    "one word": "x" * 300_000,
    "one sentence of 50,000 words": "word " * 50_000,
    "one sentence of names": "anakinra lowers IL-6 and " * 5_000,
    "dashes": "-" * 100_000,
    "dots": "." * 50_000,
    "pronouns": "it is " * 20_000,
    "definitions": " ".join(f"Word{number} (W{number})" for number in range(2_000)),
    "bracketed names": "anakinra (IL-6) " * 2_000,
    "Chinese": "白细胞介素六升高。" * 3_000,
    "Greek": "αβγ δ IL-1β " * 3_000,
    "null": "\x00 anakinra \x00",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_neither_fails_nor_takes_long(pipeline: Pipeline, name: str) -> None:
    began = time.process_time()
    named(pipeline.annotate(body(ODD[name])))
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("😀 anakinra lowers IL-6 😀", ["anakinra", "IL-6"]),
        ("白细胞 IL-6 升高 anakinra。", ["IL-6", "anakinra"]),
        ("Η anakinra μειώνει IL-1β", ["anakinra", "IL-1β"]),
        ("e\u0301te\u0301 anakinra", ["anakinra"]),
        ("\u200banakinra\u200b rose", ["anakinra"]),
    ],
)
def test_names_are_found_among_other_scripts(pipeline: Pipeline, text: str, expected: list[str]) -> None:
    assert [name for name, _ in named(pipeline.annotate(body(text)))] == expected


WORDS = st.sampled_from(
    [
        "anakinra",
        "IL-6",
        "depression",
        "lowers",
        "raised",
        "by",
        "and",
        "not",
        "it",
        "This drug",
        "(",
        ")",
        ",",
        ". ",
        "\n\n",
        "-induced",
        "may",
        "MTX",
        "é",
        "😀",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, max_size=40))
def test_all_that_is_found_lies_in_the_text_in_order(pipeline: Pipeline, words: list[str]) -> None:
    document: Document = body(" ".join(words))
    annotation = pipeline.annotate(document)
    named(annotation)
    ends = [(item.mention.start, item.mention.end) for item in annotation.groundings]
    assert all(first[1] <= second[0] for first, second in pairwise(ends))
    known = set(annotation.groundings)
    for relation in annotation.relations:
        assert {relation.subject, relation.object} <= known
        assert 0 <= relation.start < relation.end <= len(document.text)
        assert relation.start <= min(relation.subject.mention.start, relation.object.mention.start)
        assert max(relation.subject.mention.end, relation.object.mention.end) <= relation.end
    assert [item.start for item in annotation.relations] == sorted(item.start for item in annotation.relations)
