"""Sentences with labelled pairs, read from corpora of our own."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest
from training.relations.corpora import read_chemprot, read_phee, read_related, read_semrep
from training.relations.events import read_events
from training.relations.examples import Sentence, Span, sentences_of


def stated(sentence: Sentence) -> set[tuple[str, str, str]]:
    """Return the related pairs: subject, label, object."""
    words = [sentence.text[span.start : span.end] for span in sentence.mentions]
    return {(words[pair.subject], pair.label, words[pair.object]) for pair in sentence.pairs if pair.label != "none"}


def test_mentions_keep_their_numbers_over_sentences() -> None:
    text = "IL-6 rose. TNF fell with IL-6."
    spans = [Span(25, 29, "Gene"), Span(0, 4, "Gene"), Span(11, 14, "Gene")]
    found = list(sentences_of(text, spans))
    assert [(number, piece, indices) for number, piece, _, indices in found] == [(0, "IL-6 rose.", (1,)), (1, "TNF fell with IL-6.", (2, 0))]
    assert [[piece[span.start : span.end] for span in inside] for _, piece, inside, _ in found] == [["IL-6"], ["TNF", "IL-6"]]


def test_marks_of_semrep_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        'label,sentence,pmid,source\nTREATS,"We gave <o> gout </o> patients <s> colchicine </s>, twice.",1,x\nNotValid,no marks here,2,x\n', encoding="utf-8"
    )
    (sentence,) = read_semrep(path)
    assert sentence.text == "We gave gout patients colchicine, twice."
    assert stated(sentence) == {("colchicine", "TREATS", "gout")}


def test_chemprot_scores_a_group_before_another_relation_of_the_pair(tmp_path: Path) -> None:
    (tmp_path / "x_abstracts.tsv").write_text("7\tAspirin and COX2.\tAspirin blocks COX2.\n", encoding="utf-8")
    (tmp_path / "x_entities.tsv").write_text("7\tT1\tCHEMICAL\t18\t25\tAspirin\n7\tT2\tGENE-Y\t33\t37\tCOX2\n", encoding="utf-8")
    (tmp_path / "x_relations.tsv").write_text("7\tCPR:2\tN \tREGULATOR\tArg1:T1\tArg2:T2\n7\tCPR:4\tY \tINHIBITOR\tArg1:T1\tArg2:T2\n", encoding="utf-8")
    (sentence,) = read_chemprot(tmp_path / "x_")
    assert stated(sentence) == {("Aspirin", "CPR:4", "COX2")}


def test_a_papers_relations_label_the_pairs_of_its_sentences(tmp_path: Path) -> None:
    path = tmp_path / "a.pubtator"
    path.write_text("7|t|Gout and gin.\n7|a|Gin brings gout.\n7\t14\t17\tGin\tChemical\tD1\n7\t25\t29\tgout\tDisease\tD2\n7\tCID\tD1\tD2\n", encoding="utf-8")
    (sentence,) = read_related(path, "bc5cdr", {("Chemical", "Disease")})
    assert stated(sentence) == {("Gin", "CID", "gout")}


def test_phee_gives_drugs_their_effects_and_disorders(tmp_path: Path) -> None:
    event = {
        "event_type": "Adverse_event",
        "Treatment": {"Drug": {"text": [["gin"]], "start": [[5]]}, "Disorder": {"text": [["fear"]], "start": [[13]]}},
        "Effect": {"text": [["gout"]], "start": [[26]]},
        "Negated": {"value": True},
    }
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps({"id": "7_1", "context": "With gin for fear came no gout.", "annotations": [{"events": [event]}]}) + "\n", encoding="utf-8")
    (sentence,) = read_phee(path)
    assert stated(sentence) == {("gin", "Adverse_event", "gout"), ("gin", "Potential_therapeutic_event", "fear")}
    assert [pair.negated for pair in sentence.pairs if pair.label == "Adverse_event"] == [True]


@pytest.mark.parametrize(
    ("inner", "outer", "label"),
    [
        ("Positive_regulation", "Negative_regulation", "Negative_regulation"),
        ("Negative_regulation", "Negative_regulation", "Positive_regulation"),
        ("Gene_expression", "Positive_regulation", "Positive_regulation"),
        ("Gene_expression", "Regulation", "Regulation"),
    ],
)
def test_signs_of_nested_events_multiply(tmp_path: Path, inner: str, outer: str, label: str) -> None:
    text = "AAA changes rise of BBB."
    files = {
        "train/x.txt": text,
        "train/x.a1": "T1\tProtein 0 3\tAAA\nT2\tProtein 20 23\tBBB\n",
        "train/x.a2": f"T3\t{outer} 4 11\tchanges\nT4\t{inner} 12 16\trise\nE1\t{inner}:T4 Theme:T2\nE2\t{outer}:T3 Theme:E1 Cause:T1\nM1\tNegation E2\n",
    }
    path = tmp_path / "events.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            data = content.encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    (sentence,) = read_events(path, "toy", ("train",))
    assert stated(sentence) == {("AAA", label, "BBB")}
    assert [pair.negated for pair in sentence.pairs if pair.label != "none"] == [True]
