"""ChemProt's tables, with texts of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.annotated import read_annotated
from litkg.sources.registry import read_gold

TITLE, ABSTRACT = "Ginoline and wort.", "Ginoline blocks WORT1."
PREFIX = "toy_"


def write(folder: Path, prefix: str = PREFIX, *, title: str = TITLE) -> Path:
    rows: dict[str, list[tuple[str, ...]]] = {
        "abstracts": [("7", title, ABSTRACT)],
        "entities": [
            ("7", "T1", "CHEMICAL", "0", "8", "Ginoline"),
            ("7", "T2", "CHEMICAL", "19", "27", "Ginoline"),
            ("7", "T3", "GENE-Y", "35", "40", "WORT1"),
        ],
        "relations": [
            ("7", "CPR:4", "Y ", "INHIBITOR", "Arg1:T2", "Arg2:T3"),
            ("7", "CPR:10", "N ", "NOT", "Arg1:T1", "Arg2:T3"),
        ],
        "gold_standard": [("7", "CPR:4", "Arg1:T2", "Arg2:T3")],
    }
    for name, cells in rows.items():
        (folder / f"{prefix}{name}.tsv").write_text("".join("\t".join(row) + "\n" for row in cells), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["", "toy_relations.tsv", "toy_abstracts.tsv", "toy_entities.tsv"])
def test_tables_are_read_together_whichever_is_named(tmp_path: Path, name: str) -> None:
    found = read_annotated(write(tmp_path) / name)
    (document,) = found.documents
    assert (document.id, document.text, document.title) == ("PMID:7", f"{TITLE}\n{ABSTRACT}", TITLE)
    assert [document.text[mention.start : mention.end] for mention in found.gold.mentions] == ["Ginoline", "Ginoline", "WORT1"]
    told = [(relation.type, relation.subject_key, relation.object_key, relation.negated, relation.note) for relation in found.gold.relations]
    assert told == [("CPR:4", "T2", "T3", False, "INHIBITOR"), ("CPR:10", "T1", "T3", True, "NOT")]
    assert all(relation.between_mentions for relation in found.gold.relations)


def test_the_gold_standard_counts_where_it_is_named_or_alone(tmp_path: Path) -> None:
    write(tmp_path)
    assert [relation.type for relation in read_annotated(tmp_path / "toy_gold_standard.tsv").gold.relations] == ["CPR:4"]
    (tmp_path / "toy_relations.tsv").unlink()
    assert [relation.type for relation in read_annotated(tmp_path).gold.relations] == ["CPR:4"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("entities", "7\tT1\tGENE-Y\t1\t4\tGin\n", r"toy_entities\.tsv:1: toy_abstracts\.tsv does not have 'Gin' at 1 to 4"),
        ("entities", "8\tT1\tGENE-Y\t0\t3\tGin\n", r"an entity of 8, which toy_abstracts\.tsv lacks"),
        ("entities", "7\tT1\n", r"toy_entities\.tsv:1: 2 columns where ChemProt has 6"),
        ("relations", "7\tCPR:3\tY \tUP\tArg1:T1\tArg2:T99\n", r"a relation of 'T99', which toy_entities\.tsv lacks"),
        ("relations", None, r"toy_gold_standard\.tsv is there"),
        ("entities", None, r"toy_entities\.tsv is not beside it"),
    ],
)
def test_tables_that_do_not_fit_are_errors(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    write(tmp_path)
    path = tmp_path / f"{PREFIX}{name}.tsv"
    if content is None:
        path.unlink()
        (tmp_path / "toy_gold_standard.tsv").unlink()
    else:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_annotated(tmp_path)


def test_of_several_sets_one_must_be_named(tmp_path: Path) -> None:
    write(write(tmp_path), "two_")
    with pytest.raises(InputError, match=r"name one of toy_abstracts\.tsv, two_abstracts\.tsv"):
        read_annotated(tmp_path)
    assert len(read_annotated(tmp_path / "two_relations.tsv").documents) == 1


def test_relations_of_pubtator_are_between_things_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "g.pubtator"
    path.write_text("7|t|Gin for gout.\n7|a|\n7\t0\t3\tGin\tChemical\tD1\n7\tCID\tD1\tD2\n", encoding="utf-8")
    (relation,) = read_gold(path).relations
    assert (relation.type, relation.subject, relation.object, relation.between_mentions) == ("CID", "D1", "D2", False)
