"""`litkg evaluate --task ner` on each format of gold, and `--task link`."""

from __future__ import annotations

import json
from pathlib import Path

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
        (("--types", "Disease="), "--types is for --task ner"),
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
    assert "--given, --human-genes and --roll-up are for --task link" in result.stderr
