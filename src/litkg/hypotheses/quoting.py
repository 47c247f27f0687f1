"""What papers say for each step of a route: the best sentence for the claim that carries it, and the best against it.

Owns which claim stands for a step; refuses to print, and to know any one store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from litkg.curie import curie_link, is_curie
from litkg.hypotheses.proposing import NamedHop
from litkg.queries import Readable, ask

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence with its paper; `link` leads to it, None where its id has no web page."""

    text: str
    document: str
    title: str
    year: int | None
    certainty: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedHop:
    """A step with the claim that carries it: None where only documents that mention both do. The claim's own `subject` and `object` are the names of the step's
    ends, the other way round where the step is walked against the claim. `against` is the best evidence that refutes it."""

    hop: NamedHop
    claim: str | None = None
    subject: str | None = None
    object: str | None = None
    predicate: str | None = None
    support: Quote | None = None
    against: Quote | None = None


def quote_hops(store: Readable, hops: Iterable[NamedHop]) -> dict[NamedHop, QuotedHop]:
    """Return each step with its claim and sentences: of the claims between its ends the most believed one that says what the step says."""
    chosen = {hop: _claim(store, hop) for hop in dict.fromkeys(hops)}
    ids = sorted({str(claim["assertion_id"]) for claim in chosen.values() if claim is not None})
    quotes: dict[tuple[str, str], Quote] = {}
    for row in ask(store, "evidence-of-claims", assertions=ids, per_claim=1, limit=2 * len(ids)) if ids else ():
        quotes.setdefault((str(row["assertion_id"]), str(row["stance"])), _quote(row))
    return {hop: _quoted(hop, claim, quotes) for hop, claim in chosen.items()}


def _claim(store: Readable, hop: NamedHop) -> Row | None:
    forward = [row | {"subject": hop.start_name, "object": hop.end_name} for row in _between(store, hop.start, hop.end)]
    backward = [row | {"subject": hop.end_name, "object": hop.start_name} for row in (() if hop.causal else _between(store, hop.end, hop.start))]
    claims = sorted((row for row in (*forward, *backward) if not row["negated"]), key=lambda row: (-cast(float, row["belief"]), str(row["assertion_id"])))
    return next((row for row in claims if row["sign"] == hop.sign), claims[0] if claims else None)


def _between(store: Readable, subject: str, object_: str) -> list[Row]:
    return ask(store, "claims-between", subject=subject, object=object_)


def _quoted(hop: NamedHop, claim: Row | None, quotes: dict[tuple[str, str], Quote]) -> QuotedHop:
    if claim is None:
        return QuotedHop(hop=hop)
    claim_id = str(claim["assertion_id"])
    predicate = str(claim["predicate"]).lower().replace("_", " ")
    return QuotedHop(
        hop=hop,
        claim=claim_id,
        subject=str(claim["subject"]),
        object=str(claim["object"]),
        predicate=predicate,
        support=quotes.get((claim_id, "supports")),
        against=quotes.get((claim_id, "refutes")),
    )


def _quote(row: Row) -> Quote:
    document = str(row["document_id"])
    return Quote(
        text=str(row["text"]),
        document=document,
        title=str(row["document_title"] or ""),
        year=cast("int | None", row["year"]),
        certainty=str(row["certainty"]),
        link=curie_link(document) if is_curie(document) else None,
    )


def pubmed_query(names: Sequence[str]) -> str:
    """Return what to search PubMed for to see who has looked at these concepts together.

    >>> pubmed_query(["fish oil", "Raynaud disease"])
    '"fish oil"[Title/Abstract] AND "Raynaud disease"[Title/Abstract]'
    """
    return " AND ".join(f'"{name.replace(chr(34), "")}"[Title/Abstract]' for name in names)
