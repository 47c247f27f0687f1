"""The demo's papers, what a careful reader finds in them, and how much of that litkg finds."""

from __future__ import annotations

import csv
import html
import json
import os
import re
from collections.abc import Callable
from functools import cache

import pytest

from litkg.curie import is_curie
from litkg.datafiles import data_path
from litkg.evaluate import Gold, Trap, evaluate_claims, paper_paths, read_gold
from litkg.evaluation.gold import GoldClaim, GoldConcept
from litkg.evaluation.scores import squeeze
from litkg.predicates import ASPECTS, load_predicates
from litkg.settings import settings_from_environment
from litkg.workflow import Workflow, extract_paths

CORPUS = data_path("corpus")
SYMMETRIC = {name for name, predicate in load_predicates().items() if predicate.symmetric}
CATEGORIES = ("Drug", "Cytokine", "Gene", "Disease", "AdverseEvent", "Chemical", "Phenotype", "CellType", "BiologicalProcess", "Organism")


@cache
def manifest() -> list[dict[str, str]]:
    with (CORPUS / "manifest.tsv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


@cache
def gold_and_traps() -> tuple[Gold, tuple[Trap, ...]]:
    return read_gold(CORPUS / "gold")


def gold_claims() -> tuple[GoldClaim, ...]:
    return gold_and_traps()[0].claims


@cache
def letters(document_id: str) -> str:
    """Return the squeezed text of a document's file, once with markup and once without."""
    file = next(row["file"] for row in manifest() if row["id"] == document_id)
    raw = (CORPUS / file).read_text(encoding="utf-8")
    return squeeze(html.unescape(re.sub(r"<[^>]+>", "", raw))) + " " + squeeze(html.unescape(raw))


def gold_objects() -> list[tuple[str, int, dict[str, object]]]:
    return [
        (path.name, number, json.loads(line))
        for path in sorted((CORPUS / "gold").glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def test_manifest_lists_every_paper_once_and_no_other() -> None:
    assert {row["file"] for row in manifest()} == {f"papers/{path.name}" for path in (CORPUS / "papers").iterdir()}
    assert len({row["id"] for row in manifest()}) == len(manifest())
    assert all(all(row.values()) and row["licence"] == "CC0-1.0" for row in manifest())


def test_every_document_has_gold_and_no_gold_is_of_another() -> None:
    assert set(gold_and_traps()[0].documents) == {row["id"] for row in manifest()}


def test_gold_is_large_and_varied() -> None:
    claims = [claim for claim in gold_claims() if not claim.optional]
    assert len(claims) >= 200
    assert sum(claim.negated for claim in claims) >= 30
    assert {item.certainty for claim in claims for item in claim.evidence} == {"asserted", "probable", "possible", "hypothesised"}
    assert {claim.predicate for claim in claims} == set(load_predicates())
    assert len(gold_and_traps()[1]) >= 45


def test_gold_sentences_stand_in_their_documents() -> None:
    strangers = [
        (claim.document_id, item.text)
        for claim in gold_claims()
        for item in claim.evidence
        if any(squeeze(part) not in letters(claim.document_id) for part in item.text.split("[...]"))
    ]
    assert not strangers, "write the sentence as it stands in the paper, with [...] where something is cut out"


def test_trap_texts_stand_in_their_documents() -> None:
    strangers = [trap for trap in gold_and_traps()[1] if any(squeeze(part) not in letters(trap.document_id) for part in trap.text.split("[...]"))]
    assert not strangers


def test_gold_and_trap_concepts_have_ids_that_parse() -> None:
    ends: list[GoldConcept | None] = [end for claim in gold_claims() for end in (claim.subject, claim.object)]
    ends += [end for trap in gold_and_traps()[1] for end in (trap.subject, trap.object)]
    assert not sorted({key for end in ends if end for key in end.ids if not is_curie(key)})


def test_one_name_has_one_set_of_ids() -> None:
    ids: dict[str, set[tuple[str, ...]]] = {}
    for claim in gold_claims():
        for end in (claim.subject, claim.object):
            ids.setdefault(end.ids[0], set()).add(end.ids)
    assert not {key: sets for key, sets in ids.items() if len({tuple(sorted(set(one) - {key})) for one in sets}) > 1 and key not in SHARED_IDS}


SHARED_IDS = {"MONDO:0002050", "HP:0000716"}
"""Ids under which the papers speak of depression in several ways, each with near ids of its own."""


def test_categories_and_aspects_are_of_the_closed_sets() -> None:
    for file, number, line in gold_objects():
        if line["type"] == "assertion":
            ends = [line["subject"], line["object"]]
            assert all(isinstance(end, dict) and set(end["categories"]) <= set(CATEGORIES) and end["categories"] for end in ends), (file, number)
            assert line["aspect"] is None or line["aspect"] in ASPECTS, (file, number)


def test_ends_fit_the_domain_and_range_of_their_predicate() -> None:
    misfits = []
    for file, number, line in gold_objects():
        if line["type"] != "assertion":
            continue
        predicate = load_predicates()[str(line["predicate"])]
        for role, allowed in (("subject", predicate.domain), ("object", predicate.range)):
            end = line[role]
            assert isinstance(end, dict)
            if allowed and not allowed & set(end["categories"]):
                misfits.append((file, number, role, end["name"], predicate.name))
    assert not misfits


def test_no_claim_is_both_gold_and_trap() -> None:
    """A trap of scope "claim" that a supported gold claim would fall into is a contradiction in the gold."""
    contradictions = [
        (trap.why, claim.predicate, claim.subject.name, claim.object.name)
        for trap in gold_and_traps()[1]
        for claim in gold_claims()
        if trap.scope == "claim" and not claim.negated and trap.document_id == claim.document_id and _falls_into(claim, trap)
    ]
    assert not contradictions


def _falls_into(claim: GoldClaim, trap: Trap) -> bool:
    if trap.predicate not in (None, claim.predicate) or trap.sign not in (None, claim.sign):
        return False
    orders = [(claim.subject, claim.object)]
    if trap.predicate is None or claim.predicate in SYMMETRIC:
        orders.append((claim.object, claim.subject))
    return any(_same(trap.subject, one) and _same(trap.object, other) for one, other in orders)


def _same(wanted: GoldConcept | None, concept: GoldConcept) -> bool:
    return wanted is None or not set(wanted.ids).isdisjoint(concept.ids)


def test_no_text_that_must_yield_nothing_is_gold() -> None:
    clashes = [
        (trap.text, item.text)
        for trap in gold_and_traps()[1]
        for claim in gold_claims()
        for item in claim.evidence
        if trap.scope == "text" and trap.document_id == claim.document_id and squeeze(item.text) in squeeze(trap.text)
    ]
    assert not clashes


LEAST_F1 = 0.85
"""What strict F1 must not fall below; raise it when a change raises the score."""
MOST_TRAPS = 0
"""How many traps may be hit; lower it when a change lowers the count."""


@pytest.mark.lexicon
@pytest.mark.usefixtures("lexicon")
def test_gold_score_of_the_whole_way(record_property: Callable[[str, object], None]) -> None:
    gold, traps = gold_and_traps()
    with Workflow.open(settings_from_environment(os.environ)) as workflow:
        report = evaluate_claims(gold, (extraction for _, extraction in extract_paths(paper_paths(gold, CORPUS / "gold"), workflow)), traps=traps)
    lines = ["\t".join(row) for row in (report.columns, *report.rows())]
    record_property("gold score", "\n".join([*lines, report.summary()]))
    assert not report.missing_documents
    assert dict(report.levels)["strict"].f1 >= LEAST_F1, "\n".join(str(error.to_json()) for error in report.errors)
    assert report.traps_hit <= MOST_TRAPS, [error for error in report.errors if error.kind == "trap"]
