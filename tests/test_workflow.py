"""The whole way of a document, and of a folder of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from litkg.errors import InputError, LexiconError, PipelineError
from litkg.model import Category, Concept, Grounding, Mention, RawDocument
from litkg.settings import Settings
from litkg.sources.registry import Skip
from litkg.workflow import Workflow, extract_paths
from tests.lexicon.tiny import build_tiny_lexicon

TEXT = """Anakinra and interleukin-6

Anakinra decreases IL-6. Metho-
trexate was stopped; methotrexate may cause depression.

References

1. Doe J. Anakinra causes fever. J Test 2001;1:2-3.
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(home=tmp_path_factory.mktemp("home"))
    build_tiny_lexicon(made.lexicon_path)
    return made


@pytest.fixture(scope="module")
def workflow(settings: Settings) -> Iterator[Workflow]:
    with Workflow.open(settings) as opened:
        yield opened


def raw(text: str) -> RawDocument:
    return RawDocument(id="litkg.doc:1", title="", text=text, format="text")


def test_document_is_cleaned_annotated_and_assembled(workflow: Workflow) -> None:
    made = workflow.extract(raw(TEXT))
    assert {(item.subject, item.predicate, item.object) for item in made.assertions} == {
        ("UNII:9013DUQ28K", "decreases", "HGNC:6018"),
        ("CHEBI:44185", "has_adverse_event", "MONDO:0002050"),
    }
    assert all(made.document.text[item.start : item.end] == item.text for item in made.evidence)
    assert "Methotrexate" in [item.mention.text for item in made.groundings]


def test_same_text_gives_the_same_extraction(workflow: Workflow) -> None:
    assert workflow.extract(raw(TEXT)) == workflow.extract(raw(TEXT))


def marked(text: str, *names: tuple[str, str, Category]) -> tuple[Grounding, ...]:
    """Return groundings of all occurrences of names in a raw text, each with the id and category given for its name."""
    found = []
    for name, key, category in names:
        for match in re.finditer(re.escape(name), text):
            mention = Mention(document_id="litkg.doc:1", start=match.start(), end=match.end(), text=name, label=category, component="gold")
            found.append(Grounding(mention=mention, concept=Concept(id=key, name=name, categories=(category,)), score=1.0, reasons=()))
    return tuple(found)


def test_relations_are_read_between_given_mentions_alone(workflow: Workflow) -> None:
    text = "Anakinra decreases IL-6. Womba-\ntinol inhibits GRP7.\n"
    given = marked(text, ("Womba-\ntinol", "x:1", Category.DRUG), ("GRP7", "x:2", Category.GENE))
    made = workflow.relate(raw(text), given)
    assert [(item.subject, item.predicate, item.object) for item in made.assertions] == [("x:1", "decreases", "x:2")]
    assert [item.mention.text for item in made.groundings] == ["Wombatinol", "GRP7"]
    (evidence,) = made.evidence
    assert made.document.text[slice(*evidence.subject_mention)] == "Wombatinol"


def test_of_given_mentions_that_overlap_the_first_and_longest_is_read(workflow: Workflow) -> None:
    text = "Wombatinol acid inhibits GRP7."
    given = marked(text, ("acid", "x:3", Category.DRUG), ("Wombatinol", "x:1", Category.DRUG), ("Wombatinol acid", "x:2", Category.DRUG))
    assert [item.concept.id for item in workflow.relate(raw(text), given).groundings if item.concept] == ["x:2"]


def test_given_mentions_that_cleaning_cuts_out_are_left_out(workflow: Workflow) -> None:
    text = "Wombatinol[12] inhibits GRP7."
    given = marked(text, ("[12]", "x:9", Category.DRUG), ("GRP7", "x:2", Category.GENE))
    assert [item.mention.text for item in workflow.relate(raw(text), given).groundings] == ["GRP7"]


@pytest.mark.parametrize("text", ["", " \n ", "\ud800 anakinra", "\x00", "\ufeff", "( " * 200])
def test_odd_document_is_extracted_too(workflow: Workflow, text: str) -> None:
    assert workflow.extract(raw(text)).assertions == ()


def test_marked_mentions_are_grounded_with_the_short_forms_of_the_document(workflow: Workflow) -> None:
    text = "Cryopyrin-associated periodic syndrome (CAPS) is rare.\n\nCAPS came first; wombats did not."
    starts = [text.rindex("CAPS"), text.index("wombats")]
    mentions = [
        Mention(document_id="litkg.doc:1", start=start, end=start + length, text=text[start : start + length], label=Category.DISEASE, component="gold")
        for start, length in zip(starts, (4, 7), strict=True)
    ]
    (short, candidates), (unknown, none) = workflow.ground(raw(text), mentions)
    assert (short.mention, short.concept and short.concept.id) == (mentions[0], "MONDO:0016168")
    assert [item.candidate.concept for item in candidates] == ["MONDO:0016168"]
    assert (unknown.concept and unknown.concept.grounded, none) == (False, ())


def test_folder_goes_on_past_a_bad_file(workflow: Workflow, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anakinra decreases IL-6 in all patients.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("Tryptophan was low in all patients.", encoding="utf-8")
    skipped: list[Skip] = []
    found = list(extract_paths([tmp_path], workflow, on_skip=skipped.append))
    assert [Path(document.source).name for document, _ in found] == ["a.txt", "c.txt"]
    assert [len(extraction.assertions) for _, extraction in found] == [1, 0]
    assert len(skipped) == 1


def test_bad_file_is_an_error_where_no_one_is_told(workflow: Workflow, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"")
    with pytest.raises(InputError):
        list(extract_paths([tmp_path / "b.txt"], workflow))


def test_paths_are_read_one_at_a_time(workflow: Workflow, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Anakinra decreases IL-6 in all patients.", encoding="utf-8")
    found = extract_paths([tmp_path / "a.txt", tmp_path / "missing.txt"], workflow)
    assert len(next(found)[1].assertions) == 1
    with pytest.raises(InputError):
        next(found)


def test_missing_lexicon_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="litkg lexicon build"):
        Workflow.open(Settings(home=tmp_path))


def test_unknown_model_is_an_error(settings: Settings) -> None:
    with pytest.raises(PipelineError, match="en_no_such_model"):
        Workflow.open(settings, ner_model="en_no_such_model")
