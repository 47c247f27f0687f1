"""Reads the literature of a graph out of its store.

Owns the statements and how their rows become arrays; refuses any judgement of what it reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import numpy as np

from litkg.belief import doubt_left, strength_of
from litkg.calibration import load_calibration
from litkg.hypotheses.literature import NO_YEAR, Claims, Concepts, Literature, Mentions, Statements
from litkg.model import Certainty
from litkg.predicates import load_predicates

if TYPE_CHECKING:
    from litkg.stores import GraphStore

_CONCEPTS = "MATCH (c:Concept) RETURN c.id AS id, c.name AS name, c.category AS category, c.categories AS categories"
_DOCUMENTS = "MATCH (d:Document) RETURN d.id AS id, d.year AS year, d.retracted AS retracted"
_MENTIONS = "MATCH (d:Document)-[:MENTIONS]->(c:Concept) RETURN d.id AS document, c.id AS concept"
_CLAIMS = """
MATCH (s:Concept)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(o:Concept)
RETURN a.id AS id, s.id AS subject, o.id AS object, a.predicate AS predicate, a.sign AS sign
"""
_EVIDENCE = """
MATCH (d:Document)<-[:FROM]-(e:Evidence)-[:SUPPORTS|REFUTES]->(a:Assertion)
RETURN a.id AS claim, d.id AS document, e.negated AS negated, e.certainty AS certainty, coalesce(e.probability, e.confidence) AS probability
"""
OnStage = Callable[[str], None]
"""Told which part is read next."""


def read_literature(store: GraphStore, *, on_stage: OnStage | None = None) -> Literature:
    """Return what the graph says. Retracted documents are left out.

    Raises: StoreError where the store cannot be read.
    """

    told = on_stage or (lambda stage: None)
    told("concepts")
    rows = sorted(store.stream(_CONCEPTS), key=lambda row: str(row["id"]))
    concepts = Concepts(
        ids=tuple(str(row["id"]) for row in rows),
        names=tuple(str(row["name"]) for row in rows),
        categories=tuple(tuple(cast("list[str]", row["categories"])) for row in rows),
    )
    concept_at = {concept_id: place for place, concept_id in enumerate(concepts.ids)}
    told("documents")
    documents = sorted(
        ((str(row["id"]), cast("int | None", row["year"])) for row in store.stream(_DOCUMENTS) if not row["retracted"]), key=lambda item: item[0]
    )
    document_at = {document_id: place for place, (document_id, _) in enumerate(documents)}
    years = np.array([NO_YEAR if year is None else year for _, year in documents], dtype=np.int32)
    told("mentions")
    pairs = sorted(
        (document_at[document], concept_at[concept])
        for document, concept in ((str(row["document"]), str(row["concept"])) for row in store.stream(_MENTIONS))
        if document in document_at
    )
    mentioned = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    told("claims")
    claims = _claims(store, concept_at)
    told("evidence")
    return Literature(
        concepts=concepts,
        years=years,
        mentions=Mentions(document=mentioned[:, 0], concept=mentioned[:, 1]),
        claims=claims,
        statements=_statements(store, {claim_id: place for place, claim_id in enumerate(claims.ids)}, document_at),
    )


def _claims(store: GraphStore, concept_at: dict[str, int]) -> Claims:
    predicates = load_predicates()
    rows = sorted(store.stream(_CLAIMS), key=lambda row: str(row["id"]))
    return Claims(
        ids=tuple(str(row["id"]) for row in rows),
        subject=np.array([concept_at[str(row["subject"])] for row in rows], dtype=np.int32),
        object=np.array([concept_at[str(row["object"])] for row in rows], dtype=np.int32),
        sign=np.array([cast(int, row["sign"]) for row in rows], dtype=np.int32),
        causal=np.array([predicates[str(row["predicate"])].causal for row in rows], dtype=np.bool_),
        symmetric=np.array([predicates[str(row["predicate"])].symmetric for row in rows], dtype=np.bool_),
        same=np.array([row["predicate"] == "form_of" for row in rows], dtype=np.bool_),
    )


def _statements(store: GraphStore, claim_at: dict[str, int], document_at: dict[str, int]) -> Statements:
    strengths: dict[tuple[int, int], tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for row in store.stream(_EVIDENCE):
        document = document_at.get(str(row["document"]))
        if document is None:
            continue
        strength = strength_of(Certainty(str(row["certainty"])), cast(float, row["probability"]))
        strengths[claim_at[str(row["claim"])], document][bool(row["negated"])].append(strength)
    share = load_calibration().further_share
    keys = sorted(strengths)
    at = np.array(keys, dtype=np.int32).reshape(-1, 2)
    doubts = [[doubt_left(side, share) if side else 0.0 for side in strengths[key]] for key in keys]
    left = np.array(doubts, dtype=np.float64).reshape(-1, 2)
    return Statements(claim=at[:, 0], document=at[:, 1], support=left[:, 0], refute=left[:, 1])
