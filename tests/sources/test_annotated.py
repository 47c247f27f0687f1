"""Documents and gold from one reader: brat's folders, and the formats of one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.annotated import read_annotated

TEXT = "Breast and ovarian\ncancer rose with IL-6.\n"
ANN = (
    "T1\tDisease 0 6;19 25\tBreast cancer\n"
    "T2\tDisease 11 18;19 25\tovarian cancer\n"
    "T3\tGene 36 40\tIL-6\n"
    "N1\tReference T3 NCBIGene:3569\tIL6\n"
    "R1\tassociated_with Arg1:T1 Arg2:T3\n"
    "#1\tAnnotatorNotes T3\ta note\n"
)


def write(folder: Path, stem: str, text: str = TEXT, annotations: str = ANN, suffix: str = ".ann") -> Path:
    (folder / f"{stem}.txt").parent.mkdir(parents=True, exist_ok=True)
    (folder / f"{stem}.txt").write_bytes(text.encode())
    (folder / f"{stem}{suffix}").write_text(annotations, encoding="utf-8")
    return folder / f"{stem}{suffix}"


@pytest.mark.parametrize("suffix", [".ann", ".a1"])
@pytest.mark.parametrize("whole", [True, False], ids=["folder", "file"])
def test_brat_mentions_of_fragments_get_their_hull(tmp_path: Path, suffix: str, whole: bool) -> None:
    path = write(tmp_path, "101", suffix=suffix)
    found = read_annotated(tmp_path if whole else path)
    (document,) = found.documents
    assert (document.id, document.text) == ("PMID:101", TEXT)
    spans = [(mention.start, mention.end, mention.type, mention.identifiers) for mention in found.gold.mentions]
    assert spans == [(0, 25, "Disease", ()), (11, 25, "Disease", ()), (36, 40, "Gene", ("NCBIGene:3569",))]
    assert all(document.text[mention.start : mention.end] == mention.text for mention in found.gold.mentions)


def test_brat_offsets_count_characters_and_line_ends_as_they_are(tmp_path: Path) -> None:
    text = "α-MSH\r\nIL-6"
    write(tmp_path, "x", text, "T1\tGene 7 11\tIL-6\n")
    assert read_annotated(tmp_path).gold.mentions[0].text == "IL-6"


def test_brat_folder_is_read_at_any_depth_and_texts_without_annotations_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a/x", annotations="")
    write(tmp_path, "b/x")
    (tmp_path / "other.txt").write_text("Not annotated.")
    found = read_annotated(tmp_path)
    assert [document.id for document in found.documents] == ["litkg.doc:a_x", "litkg.doc:b_x"]
    assert {mention.document_id for mention in found.gold.mentions} == {"litkg.doc:b_x"}


@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        ("T1\tGene 36 40\tIL-8\n", r"x\.ann:1: the text has 'IL-6' at 36 40, not 'IL-8'"),
        ("\nT1\tGene 36 90\tIL-6\n", r"x\.ann:2: 36 90 is no span of a text of 42 characters"),
        ("T1\tGene 36\tIL-6\n", r"x\.ann:1: not a text-bound annotation"),
    ],
)
def test_brat_lines_that_do_not_fit_are_errors_with_their_number(tmp_path: Path, annotations: str, message: str) -> None:
    path = write(tmp_path, "x", annotations=annotations)
    with pytest.raises(InputError, match=message):
        read_annotated(path)


def test_brat_without_its_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.ann").write_text(ANN)
    with pytest.raises(InputError, match=r"x\.ann: no x\.txt beside it"):
        read_annotated(tmp_path)


def test_folder_without_annotations_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Words.")
    with pytest.raises(InputError, match=r"no \.ann or \.a1 file"):
        read_annotated(tmp_path)


@pytest.mark.parametrize(
    "data",
    ["1|t|Anakinra\n1|a|It helped.\n1\t0\t8\tAnakinra\tChemical\tC1\n\n2|t|Nothing\n2|a|here.\n", "Anakinra\tB-Chemical\nhelped\tO\n\nNothing\tO\nhere\tO\n"],
    ids=["pubtator", "conll"],
)
def test_documents_without_annotation_are_there_too(tmp_path: Path, data: str) -> None:
    (tmp_path / "gold").write_text(data)
    found = read_annotated(tmp_path / "gold")
    assert len(found.documents) == 2
    (mention,) = found.gold.mentions
    assert mention.document_id == found.documents[0].id
    assert found.documents[0].text[mention.start : mention.end] == mention.text == "Anakinra"


def related(path: Path) -> list[tuple[str, str, str, bool]]:
    return [(relation.type, relation.subject_key, relation.object_key, relation.negated) for relation in read_annotated(path).gold.relations]


def test_brat_relations_are_between_mentions_and_may_be_denied(tmp_path: Path) -> None:
    path = write(tmp_path, "101", annotations=ANN + "R2\ttreats Arg1:T3 Arg2:T2\nA1\tNegated R2\n")
    assert related(path) == [("associated_with", "T1", "T3", False), ("treats", "T3", "T2", True)]
    assert [relation.object for relation in read_annotated(path).gold.relations] == ["NCBIGene:3569", "T2"]


def test_brat_events_relate_causes_to_themes_and_their_words_are_no_mentions(tmp_path: Path) -> None:
    events = "T4\tPositive_regulation 26 30\trose\nE1\tPositive_regulation:T4 Theme:T1 Cause:T3\nR2\tAbout Arg1:E1 Arg2:T3\n"
    found = read_annotated(write(tmp_path, "101", annotations=ANN + events))
    assert [mention.key for mention in found.gold.mentions] == ["T1", "T2", "T3"]
    assert related(tmp_path) == [("associated_with", "T1", "T3", False), ("About", "T1", "T3", False), ("Positive_regulation", "T3", "T1", False)]


def test_brat_events_stand_in_a_file_of_their_own_beside_shared_task_entities(tmp_path: Path) -> None:
    write(tmp_path, "101", suffix=".a1")
    (tmp_path / "101.a2").write_text("T4\tRegulation 26 30\trose\nE1\tRegulation:T4 Theme:T1 Cause:T3\nM1\tNegation E1\n", encoding="utf-8")
    assert related(tmp_path) == [("associated_with", "T1", "T3", False), ("Regulation", "T3", "T1", True)]


@pytest.mark.parametrize(
    ("row", "message"),
    [("R2\ttreats T3 T2", r"101\.ann:7: not a relation"), ("R2\ttreats Arg1:T3 Arg2:T8", r"101\.ann:7: a relation of T8, which is no mention")],
)
def test_brat_relations_that_cannot_be_read_are_errors(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_annotated(write(tmp_path, "101", annotations=f"{ANN}{row}\n"))
