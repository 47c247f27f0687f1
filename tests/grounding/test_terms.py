"""What names mean, on the full lexicon: three tables written by hand, each line with the CURIE that a curator would give.

`names.tsv` writes names in the ways in which texts do and says of what kind a reader would call each; `seed_terms.tsv` has the terms of the papers that litkg
was first made for, each in a sentence of our own; `short_forms.tsv` defines the same short forms in different ways, and not at all.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from litkg.grounding.ground import Grounder
from litkg.grounding.spelling import NearNames
from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Extraction, Mention, RawDocument
from litkg.settings import settings_from_environment
from litkg.sources.registry import read_path
from litkg.workflow import Workflow

pytestmark = pytest.mark.lexicon

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
_DASHES = str.maketrans("–‐‑", "---")


def table(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def params(name: str, *columns: str) -> list[object]:
    return [pytest.param(row, id="-".join(row[column] for column in columns)) for row in table(name)]


@pytest.fixture(scope="module")
def grounder(lexicon: Lexicon) -> Grounder:
    return Grounder(lexicon, near=NearNames.open(settings_from_environment(os.environ).lexicon_path, lexicon.info()))


@pytest.fixture(scope="module")
def workflow(lexicon: Lexicon) -> Iterator[Workflow]:
    with Workflow.open(settings_from_environment(os.environ)) as opened:
        yield opened


def extract(workflow: Workflow, text: str) -> Extraction:
    return workflow.extract(RawDocument(id="litkg.doc:terms", title="", text=text, format="text"))


def plain(text: str) -> str:
    return " ".join(text.translate(_DASHES).split())


def ids_of(extraction: Extraction, term: str) -> list[str | None]:
    return [item.concept.id if item.concept else None for item in extraction.groundings if plain(item.mention.text) == plain(term)]


@pytest.mark.parametrize("row", params("names.tsv", "rule", "name", "category"))
def test_a_name_of_a_kind_means_its_concept(grounder: Grounder, row: dict[str, str]) -> None:
    mention = Mention(document_id="litkg.doc:terms", start=0, end=len(row["name"]), text=row["name"], label=Category(row["category"]), component="litkg_reader")
    (grounding,) = grounder.ground([(mention, ())], abbreviations={}, text=row["name"])
    assert grounding.concept is not None
    assert grounding.concept.id == row["id"], (grounding.concept.name, grounding.reasons)


@pytest.mark.parametrize("row", params("seed_terms.tsv", "term"))
def test_a_term_is_found_in_context(workflow: Workflow, row: dict[str, str]) -> None:
    found = ids_of(extract(workflow, row["context"]), row["term"])
    assert found
    assert set(found) == {row["id"]}


@pytest.mark.seeds
def test_terms_mean_the_same_in_the_papers(workflow: Workflow) -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"no {SEEDS}: the papers are not shipped")
    papers = [workflow.extract(raw) for path in sorted(SEEDS.glob("*.txt")) for raw in read_path(path)]
    wrong = [(row["term"], found) for row in table("seed_terms.tsv") for paper in papers if (found := set(ids_of(paper, row["term"]))) - {row["id"]}]
    assert wrong == []
    seen = {row["term"] for row in table("seed_terms.tsv") for paper in papers if ids_of(paper, row["term"])}
    assert len(seen) >= 71


@pytest.mark.parametrize("row", params("short_forms.tsv", "term", "id", "defined"))
def test_a_short_form_means_what_its_document_defines_or_tells(workflow: Workflow, row: dict[str, str]) -> None:
    if row["defined"] == "no":
        assert workflow.candidates(row["term"], text=row["text"])[0].candidate.concept == row["id"]
        return
    found = ids_of(extract(workflow, row["text"]), row["term"])
    assert found == [row["id"]] * len(re.findall(rf"\b{row['term']}\b", row["text"]))
