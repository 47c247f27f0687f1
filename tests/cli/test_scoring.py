"""`litkg evaluate --task ner` and `--task relation` on each format of gold, and `--task link`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from litkg.lexicon.records import Name, NameKind
from litkg.lexicon.storage import write_lexicon
from litkg.model import Category, Concept
from tests.cli.conftest import Run

CONLL = "Anakinra\tB-CHED\nand\tO\ndepression\tB-Disease\n.\tO\n"


def write_gold(folder: Path) -> None:
    (folder / "gold.tsv").write_text(CONLL, encoding="utf-8")
    (folder / "gold.pubtator").write_text("5|t|Anakinra and depression.\n5|a|\n5\t13\t23\tdepression\tDisease\tD003866\n", encoding="utf-8")
    (folder / "brat").mkdir()
    (folder / "brat" / "5.txt").write_text("Anakinra and depression.", encoding="utf-8")
    (folder / "brat" / "5.ann").write_text("T1\tDisease 13 23\tdepression\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["gold.tsv", "gold.pubtator", "brat", "brat/5.ann"])
def test_spans_are_scored_on_every_format(run: Run, tmp_path: Path, name: str) -> None:
    write_gold(tmp_path)
    result = run("evaluate", name, "--task", "ner", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    (disease,) = [score for score in report["scores"] if (score["level"], score["type"]) == ("strict", "Disease")]
    assert (disease["f1"], report["documents"], report["errors"]) == (1.0, 1, [])


def test_types_are_mapped_by_an_option_and_errors_shown(run: Run, tmp_path: Path) -> None:
    write_gold(tmp_path)
    result = run("evaluate", "gold.tsv", "--task", "ner", "--types", "CHED=Gene", "--errors", "3")
    assert result.exit_code == 0, result.output
    assert "type\t1\tAnakinra\tGene\tAnakinra\tChemical" in result.stdout
    assert "annotations of types that are not scored: none" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--task", "ner", "--types", "Disease="), "no type of this gold is scored; it has CHED, Disease"),
        (("--task", "ner", "--types", "Gone=Gene"), "the gold has no type 'Gone'"),
        (("--types", "Disease="), "no type of this gold is scored; it has CHED, Disease"),
        ((), "this gold has no relations"),
        (("--papers", "."), "--papers is for gold in JSON lines"),
        (("--human-genes",), "--human-genes and --roll-up are for --task link"),
    ],
)
def test_types_that_cannot_be_scored_are_errors(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    write_gold(tmp_path)
    result = run("evaluate", "gold.tsv", *arguments)
    assert result.exit_code == 1
    assert message in result.stderr


LINKS = """7|t|Anakinra for depression.
7|a|Il6 and IL-6 rose, and so did wombatinol.
7\t0\t8\tAnakinra\tChemical\tD000001
7\t13\t23\tdepression\tDisease\tD003866
7\t25\t28\tIl6\tGene\t16193(Tax:10090)
7\t33\t37\tIL-6\tGene\t-1
7\t55\t65\twombatinol\tChemical\tD012701
"""
"""Right is the depression alone: the lexicon gives anakinra no MeSH id, and calls serotonin, the last id, otherwise."""


def test_links_are_scored_given_mentions_and_by_document(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.pubtator").write_text(LINKS, encoding="utf-8")
    result = run("evaluate", "gold.pubtator", "--task", "link", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    mentions = {score["type"]: score for score in report["mentions"]}
    assert (mentions["all"]["mentions"], mentions["all"]["right"], mentions["all"]["in_lexicon"]) == (4, 1, 2)
    assert mentions["Chemical"]["kinds"]["no candidate"] == 1
    documents = {score["type"]: score for score in report["scores"]}
    assert (documents["Disease"]["f1"], documents["Chemical"]["recall"]) == (1.0, 0.0)
    assert (report["without_id"], report["other_species"], report["species_marked"]) == (1, 1, True)
    assert {error["kind"] for error in report["errors"] if error["level"] == "mention"} == {"not in lexicon", "other species", "no candidate"}


def test_link_errors_are_shown_and_other_species_left_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.pubtator").write_text(LINKS, encoding="utf-8")
    result = run("evaluate", "gold.pubtator", "--task", "link", "--given", "--human-genes", "--errors", "2")
    assert result.exit_code == 0, result.output
    assert "mention\tno candidate\t1\twombatinol\tMESH:D012701\tserotonin" in result.stdout
    assert "mention\tother species" not in result.stdout
    assert "precision" not in result.stdout
    assert "ids of other species' genes: 1, left out" in result.stdout


def test_links_follow_the_gold_s_convention_or_the_one_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.pubtator").write_text(LINKS, encoding="utf-8")
    result = run("evaluate", "gold.pubtator", "--task", "link", "--convention", "nowhere")
    assert result.exit_code == 1
    assert "--convention nowhere: name one of" in result.stderr
    auto = run("evaluate", "gold.pubtator", "--task", "link", "--json")
    assert "mentions follow the convention of" not in auto.stderr, "these three types fit no corpus"
    own = json.loads(auto.stdout)
    followed = json.loads(run("evaluate", "gold.pubtator", "--task", "link", "--json", "--convention", "nlmgene").stdout)
    found = [{score["type"]: score["found"] for score in report["scores"]} for report in (own, followed)]
    assert own["mentions"] == followed["mentions"]
    assert (found[0]["Disease"], found[1]["Disease"]) == (1, 0)
    (tmp_path / "genes.pubtator").write_text("".join(line for line in LINKS.splitlines(keepends=True) if "Chemical" not in line and "Disease" not in line))
    told = run("evaluate", "genes.pubtator", "--task", "link")
    assert "mentions follow the convention of nlmgene" in told.stderr
    assert "convention of" not in run("evaluate", "genes.pubtator", "--task", "link", "--convention", "none").stderr


def test_a_wider_concept_answers_only_where_rolling_up_is_asked_for(run: Run, tmp_path: Path) -> None:
    wide = Concept(id="MONDO:0000001", name="marsupial fever", categories=(Category.DISEASE,), xrefs=("MESH:D000001",))
    narrow = Concept(id="MONDO:0000002", name="wombatosis", categories=(Category.DISEASE,))
    names = [Name(concept.id, concept.name, NameKind.PREFERRED, "tiny") for concept in (wide, narrow)]
    write_lexicon(tmp_path / "home" / "lexicon", [wide, narrow], names, parents={narrow.id: (wide.id,)})
    text = "9|t|Wombatosis is rare.\n9|a|\n9\t0\t10\tWombatosis\tDisease\tD000001\n"
    (tmp_path / "gold.pubtator").write_text(text, encoding="utf-8")
    words = ("evaluate", "gold.pubtator", "--task", "link", "--ner-model", "lexicon", "--json")
    scores = []
    for options in ((), ("--roll-up",)):
        result = run(*words, *options, LITKG_HOME=str(tmp_path / "home"))
        assert result.exit_code == 0, result.output
        report = json.loads(result.stdout)
        scores.append((report["mentions"][0]["right"], report["scores"][0]["found"], report["scores"][0]["f1"]))
    assert scores == [(0, 0, 0.0), (1, 1, 1.0)]


def test_options_of_links_are_errors_elsewhere(run: Run, tmp_path: Path) -> None:
    write_gold(tmp_path)
    result = run("evaluate", "gold.pubtator", "--task", "ner", "--given")
    assert result.exit_code == 1
    assert "--given is for --task link, and for --task relation" in result.stderr


SENTENCE = "Anakinra decreases IL-6. Methotrexate caused depression."
MARKS = (("T1", "Chemical", 0, 8, "D1"), ("T2", "Gene", 19, 23, "3569"), ("T3", "Chemical", 25, 37, "D2"), ("T4", "Disease", 45, 55, "D003866"))


def write_relations(folder: Path) -> None:
    """Write one gold in every format: anakinra lowers IL-6, methotrexate brings depression, and it does not bring the first."""
    marks = "".join(f"5\t{start}\t{end}\t{SENTENCE[start:end]}\t{kind}\t{key}\n" for _, kind, start, end, key in MARKS)
    related = "5\tNegative_Correlation\tD1\t3569\tNovel\n5\tPositive_Correlation\tD003866\tD2\tNo\n"
    (folder / "biored.pubtator").write_text(f"5|t|{SENTENCE}\n5|a|\n{marks}{related}", encoding="utf-8")
    annotations = [
        {"id": key, "infons": {"type": kind, "identifier": curie}, "text": "", "locations": [{"offset": start, "length": end - start}]}
        for key, kind, start, end, curie in MARKS
    ]
    relations = [
        {"id": "R1", "infons": {"type": "decreases"}, "nodes": [{"refid": "T1", "role": "subject"}, {"refid": "T2", "role": "object"}]},
        {"id": "R2", "infons": {"type": "CID", "entity1": "D2", "entity2": "D003866"}, "nodes": []},
    ]
    document = {"id": "5", "passages": [{"offset": 0, "text": SENTENCE, "annotations": annotations}], "relations": relations}
    (folder / "bioc.json").write_text(json.dumps({"documents": [document]}), encoding="utf-8")
    passage = "".join(
        f'<annotation id="{key}"><infon key="type">{kind}</infon><location offset="{start}" length="{end - start}"/><text/></annotation>'
        for key, kind, start, end, _ in MARKS
    )
    nodes = '<relation id="R"><infon key="type">{}</infon><node refid="{}" role="a"/><node refid="{}" role="b"/></relation>'
    xml = nodes.format("decreases", "T1", "T2") + nodes.format("has_adverse_event", "T3", "T4")
    (folder / "bioc.xml").write_text(
        f"<collection><document><id>5</id><passage><offset>0</offset><text>{SENTENCE}</text>{passage}</passage>{xml}</document></collection>", encoding="utf-8"
    )
    (folder / "brat").mkdir()
    (folder / "brat" / "5.txt").write_text(SENTENCE, encoding="utf-8")
    bound = "".join(f"{key}\t{kind} {start} {end}\t{SENTENCE[start:end]}\n" for key, kind, start, end, _ in MARKS)
    event = "T9\tNegative_regulation 9 18\tdecreases\nE1\tNegative_regulation:T9 Theme:T2 Cause:T1\n"
    (folder / "brat" / "5.ann").write_text(f"{bound}{event}R1\thas_adverse_event Arg1:T3 Arg2:T4\n", encoding="utf-8")
    (folder / "chemprot").mkdir()
    title, abstract = "On drugs.", SENTENCE
    tables: dict[str, list[tuple[str, ...]]] = {
        "abstracts": [("5", title, abstract)],
        "entities": [("5", "T1", "CHEMICAL", "10", "18", "Anakinra"), ("5", "T2", "GENE-Y", "29", "33", "IL-6")],
        "relations": [("5", "CPR:4", "Y ", "INHIBITOR", "Arg1:T1", "Arg2:T2")],
    }
    for name, rows in tables.items():
        (folder / "chemprot" / f"toy_{name}.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


def levels(report: dict[str, Any]) -> set[tuple[str, int, int]]:
    """Return level, gold and what is right of it, of the first unit."""
    unit = report["scores"][0]["unit"]
    return {(score["level"], score["gold"], score["found_right"]) for score in report["scores"] if score["unit"] == unit}


@pytest.mark.parametrize(
    ("name", "pairs"),
    [("biored.pubtator", 2), ("bioc.json", 1), ("bioc.xml", 2), ("brat", 2), ("brat/5.ann", 2), ("chemprot", 1), ("chemprot/toy_relations.tsv", 1)],
)
def test_relations_between_given_mentions_are_scored_on_every_format(run: Run, tmp_path: Path, name: str, pairs: int) -> None:
    write_relations(tmp_path)
    result = run("evaluate", name, "--json", "--given")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert levels(report) >= {("pair", pairs, pairs), ("typed", pairs, pairs)}
    assert (report["task"], report["given"], report["documents"], report["errors"]) == ("relation", True, 1, [])


def test_relations_are_scored_end_to_end_by_place_or_by_id(run: Run, tmp_path: Path) -> None:
    write_relations(tmp_path)
    words = ("--convention", "none", "--ner-model", "lexicon", "--json")
    report = json.loads(run("evaluate", "brat", *words).stdout)
    assert (levels(report), report["given"]) == ({("pair", 2, 2), ("directed", 2, 2), ("typed", 2, 2)}, False)
    report = json.loads(run("evaluate", "biored.pubtator", *words).stdout)
    assert report["not_scored"] == {"of a thing without an id of the gold's vocabularies": 2}, "the lexicon gives neither drug a MeSH id"
    assert {error["why"] for error in report["errors"]} == {"no mention"}


def test_relations_are_shown_by_level_and_label_with_errors_and_what_is_left_out(run: Run, tmp_path: Path) -> None:
    write_relations(tmp_path)
    gold = (tmp_path / "biored.pubtator").read_text(encoding="utf-8")
    (tmp_path / "more.pubtator").write_text(gold + "5\tCotreatment\tD1\tD2\tNo\n5\tAssociation\tD1\tD003866\tNo\n", encoding="utf-8")
    result = run("evaluate", "more.pubtator", "--task", "relation", "--given", "--errors", "2")
    assert result.exit_code == 0, result.output
    assert "pairs of\tlevel\tprecision\trecall\tF1\tgold\tfound\ndocument\tpair\t1.000\t0.500\t0.667\t4\t2\n" in result.stdout
    assert "Association\tassociated_with\t1\t0.000\t0.000\t0.000\t\n" in result.stdout
    assert "missed\tno sentence\t1\tAssociation\tAnakinra\tdepression\t\n" in result.stdout
    assert "labels without a predicate, not in typed: 1 Cotreatment" in result.stdout
    assert "mentions given; scored between Chemical-Chemical, Chemical-Disease, Chemical-Gene" in result.stdout


def test_relations_of_litkg_s_own_output_are_gold(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(SENTENCE, encoding="utf-8")
    for format_, name in (("bioc", "own.json"), ("pubtator", "own.pubtator")):
        (tmp_path / name).write_text(run("extract", "letter.txt", "--format", format_).stdout, encoding="utf-8")
        result = run("evaluate", name, "--convention", "none", "--json")
        assert result.exit_code == 0, result.output
        scores = json.loads(result.stdout)["scores"]
        assert scores[0]["gold"] == 2
        assert {score["f1"] for score in scores if score["level"] != "pair" or score["unit"] == "document"} == {1.0}


def test_relations_of_types_that_are_not_scored_are_an_error(run: Run, tmp_path: Path) -> None:
    write_relations(tmp_path)
    result = run("evaluate", "chemprot", "--types", "GENE-Y=")
    assert result.exit_code == 1
    assert "no relation of this gold can be scored (1 between types that are not scored); its types are CHEMICAL, GENE-Y" in result.stderr
