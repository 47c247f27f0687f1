"""What papers say for each step of a route: the best sentence for the claim that carries it, and the best against it.

Owns which claim stands for a step; refuses to print, and to know any one store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from litkg.curie import curie_link, is_curie
from litkg.hypotheses.records import NamedHop
from litkg.queries import Readable, ask

Row = dict[str, object]

_SENTENCES = 5
"""Looked at for a claim on each side: the best may be of a retracted document."""

_ALL_SENTENCES = 1000
"""Looked at for a claim on each side where those after a year do not count."""


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
    ends, the other way round where the step is walked against the claim; `subject_aspect` is the state of the subject that it is about (loss_of_function), and
    `aspect` what of the object changes (secretion). `against` is the best evidence that refutes it."""

    hop: NamedHop
    claim: str | None = None
    subject: str | None = None
    object: str | None = None
    predicate: str | None = None
    subject_aspect: str | None = None
    aspect: str | None = None
    support: Quote | None = None
    against: Quote | None = None


def quote_hops(store: Readable, hops: Iterable[NamedHop], *, until_year: int | None = None) -> dict[NamedHop, QuotedHop]:
    """Return each step with its claim and sentences: of the claims between its ends the most believed one that says what the step says.

    What a retracted document says, and with `until_year` what is later or has no year, is not quoted, and a claim that only such documents make is passed over.
    """
    claims = {hop: _claims(store, hop) if hop.belief > 0 else [] for hop in dict.fromkeys(hops)}
    ids = sorted({str(claim["assertion_id"]) for found in claims.values() for claim in found})
    per_claim = _SENTENCES if until_year is None else _ALL_SENTENCES
    evidence: dict[str, list[Row]] = defaultdict(list)
    for row in ask(store, "evidence-of-claims", assertions=ids, per_claim=per_claim, limit=2 * per_claim * len(ids)) if ids else ():
        if not row["retracted"] and (until_year is None or (row["year"] is not None and cast(int, row["year"]) <= until_year)):
            evidence[str(row["assertion_id"])].append(row)
    return {hop: _quoted(hop, found, evidence) for hop, found in claims.items()}


def _claims(store: Readable, hop: NamedHop) -> list[Row]:
    """Return the claims that may stand for a step: those that say what it says first, each lot by belief. That the two are forms of one is no such claim."""
    forward = [row | {"subject": hop.start_name, "object": hop.end_name} for row in _between(store, hop.start, hop.end)]
    backward = [row | {"subject": hop.end_name, "object": hop.start_name} for row in (() if hop.causal else _between(store, hop.end, hop.start))]
    claims = [row for row in (*forward, *backward) if not row["negated"] and row["predicate"] != "FORM_OF"]
    return sorted(claims, key=lambda row: (row["sign"] != hop.sign, -cast(float, row["belief"]), str(row["assertion_id"])))


def _between(store: Readable, subject: str, object_: str) -> list[Row]:
    return ask(store, "claims-between", subject=subject, object=object_)


def _quoted(hop: NamedHop, claims: Sequence[Row], evidence: Mapping[str, Sequence[Row]]) -> QuotedHop:
    for claim in claims:
        claim_id = str(claim["assertion_id"])
        rows = evidence.get(claim_id, ())
        support = next((_quote(row) for row in rows if row["stance"] == "supports"), None)
        if support is None:
            continue
        return QuotedHop(
            hop=hop,
            claim=claim_id,
            subject=str(claim["subject"]),
            object=str(claim["object"]),
            predicate=str(claim["predicate"]).lower().replace("_", " "),
            subject_aspect=cast("str | None", rows[0]["subject_aspect"]),
            aspect=cast("str | None", rows[0]["aspect"]),
            support=support,
            against=next((_quote(row) for row in rows if row["stance"] == "refutes"), None),
        )
    return QuotedHop(hop=hop)


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


def pubmed_link(query: str) -> str:
    """Return where PubMed shows what a search finds.

    >>> pubmed_link('"fish oil"[Title/Abstract]')
    'https://pubmed.ncbi.nlm.nih.gov/?term=%22fish%20oil%22%5BTitle%2FAbstract%5D'
    """
    return f"https://pubmed.ncbi.nlm.nih.gov/?term={quote(query, safe='', errors='replace')}"
