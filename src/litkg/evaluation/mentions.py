"""How well mentions agree with annotated names (task ner), and concepts with annotated ids (task link).

Mentions are compared by their offsets in the input as it was, so gold made on the input fits however the text was cleaned. Strict: same
span and type. Relaxed: spans of one type that overlap. Links are compared by document: each id that the gold names there should be found
once, wherever. Only types that the gold annotates are scored; what either side has of other types is left out, and the gold's own are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from litkg.curie import normalise_curie
from litkg.errors import CurieError
from litkg.evaluation.scores import SCORE_COLUMNS, Score
from litkg.model import Category, Concept, Extraction
from litkg.sources.gold import GoldMention

GOLD_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "chemical": "Chemical",
        "chemicalentity": "Chemical",
        "drug": "Chemical",
        "disease": "Disease",
        "diseaseorphenotypicfeature": "Disease",
        "diseaseclass": "Disease",
        "specificdisease": "Disease",
        "compositemention": "Disease",
        "modifier": "Disease",
        "phenotype": "Disease",
        "adverseevent": "Disease",
        "gene": "Gene",
        "geneorgeneproduct": "Gene",
        "geneproduct": "Gene",
        "protein": "Gene",
        "gene_or_gene_product": "Gene",
        "familyname": "Gene",
        "species": "Organism",
        "organism": "Organism",
        "organismtaxon": "Organism",
        "cell_type": "CellType",
        "celltype": "CellType",
        "biologicalprocess": "BiologicalProcess",
    }
)
"""The type that a gold type is scored as, by its name in lower case (BC5CDR, NCBI Disease, BioRED, NLM-Gene, JNLPBA and litkg's own)."""

CATEGORY_TYPES: Mapping[Category, str] = MappingProxyType(
    {
        Category.DRUG: "Chemical",
        Category.CHEMICAL: "Chemical",
        Category.DISEASE: "Disease",
        Category.PHENOTYPE: "Disease",
        Category.ADVERSE_EVENT: "Disease",
        Category.GENE: "Gene",
        Category.CYTOKINE: "Gene",
        Category.ORGANISM: "Organism",
        Category.CELL_TYPE: "CellType",
        Category.BIOLOGICAL_PROCESS: "BiologicalProcess",
    }
)
"""The type that a category is scored as."""

_ID_PREFIXES = {"Chemical": "MESH", "Disease": "MESH", "Gene": "NCBIGene", "Organism": "NCBITaxon", "CellType": "CL"}
"""What an id without a prefix is an id of, by type, as PubTator files write them; digits alone for a disease are OMIM's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionReport:
    """Scores by (level, type), type "all" first; `task` is ner or link. Link has the level "document" only."""

    task: str
    scores: tuple[tuple[str, str, Score], ...]
    documents: int
    missing_documents: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]
    """Gold types that are not scored, and how many annotations each has."""

    columns: ClassVar[tuple[str, ...]] = ("level", "type", *SCORE_COLUMNS)

    def to_json(self) -> dict[str, object]:
        """Return all of it as plain values."""
        return {
            "task": self.task,
            "documents": self.documents,
            "missing_documents": list(self.missing_documents),
            "left_out": dict(self.left_out),
            "scores": [{"level": level, "type": name} | score.to_json() for level, name, score in self.scores],
        }

    def rows(self) -> list[tuple[str, ...]]:
        """Return the rows of the score table, under `columns`."""
        return [(level, name, *score.cells()) for level, name, score in self.scores]

    def summary(self) -> str:
        """Return what the table does not say, in one line."""
        left_out = ", ".join(f"{count} {name}" for name, count in self.left_out) or "none"
        return f"{self.documents} documents, {len(self.missing_documents)} missing; annotations of types that are not scored: {left_out}"


def evaluate_mentions(gold: Sequence[GoldMention], extractions: Iterable[Extraction]) -> MentionReport:
    """Return span scores; documents that the gold does not know are left out, missing ones count as empty."""
    wanted = {name: _typed_spans(mentions) for name, mentions in _by_document(gold).items()}
    types = sorted({kind for spans in wanted.values() for _, _, kind in spans})
    found = {name: _found_spans(extraction, types) for name, extraction in _known(extractions, wanted)}
    scores = []
    for level, overlap in (("strict", False), ("relaxed", True)):
        by_type = {kind: _span_score(wanted, found, kind, overlap=overlap) for kind in types}
        scores.extend([(level, "all", sum(by_type.values(), Score())), *((level, kind, score) for kind, score in by_type.items())])
    return _report("ner", scores, gold, set(found))


def evaluate_links(gold: Sequence[GoldMention], extractions: Iterable[Extraction]) -> MentionReport:
    """Return id scores by document; annotations without an id are left out, and so are found concepts without one."""
    wanted: dict[str, set[tuple[str, str]]] = {name: _gold_ids(mentions) for name, mentions in _by_document(gold).items()}
    types = sorted({kind for ids in wanted.values() for kind, _ in ids})
    found = {name: _found_concepts(extraction, types) for name, extraction in _known(extractions, wanted)}
    by_type = {kind: sum((_id_score(ids, found.get(name, {}), kind) for name, ids in wanted.items()), Score()) for kind in types}
    scores = [("document", "all", sum(by_type.values(), Score())), *(("document", kind, score) for kind, score in by_type.items())]
    return _report("link", scores, gold, set(found))


def gold_curie(kind: str, identifier: str) -> str:
    """Return the id of an annotation as a CURIE in litkg's spelling, or unchanged where it is none.

    >>> gold_curie("Chemical", "D007538"), gold_curie("Gene", "3569"), gold_curie("Disease", "OMIM:612852")
    ('MESH:D007538', 'NCBIGene:3569', 'OMIM:612852')
    """
    prefix = "OMIM" if kind == "Disease" and identifier.isdigit() else _ID_PREFIXES.get(kind, "")
    for text in (identifier, f"{prefix}:{identifier}"):
        try:
            return normalise_curie(text)
        except CurieError:
            continue
    return identifier


def _report(task: str, scores: list[tuple[str, str, Score]], gold: Sequence[GoldMention], seen: set[str]) -> MentionReport:
    left_out: dict[str, int] = {}
    for mention in gold:
        if mention.type.casefold() not in GOLD_TYPES:
            left_out[mention.type] = left_out.get(mention.type, 0) + 1
    return MentionReport(
        task=task,
        scores=tuple(scores),
        documents=len(seen),
        missing_documents=tuple(name for name in _by_document(gold) if name not in seen),
        left_out=tuple(sorted(left_out.items())),
    )


def _by_document(gold: Iterable[GoldMention]) -> dict[str, list[GoldMention]]:
    documents: dict[str, list[GoldMention]] = {}
    for mention in gold:
        documents.setdefault(_local_id(mention.document_id), []).append(mention)
    return documents


def _known(extractions: Iterable[Extraction], wanted: Mapping[str, object]) -> Iterable[tuple[str, Extraction]]:
    return ((name, extraction) for extraction in extractions if (name := _local_id(extraction.document.id)) in wanted)


def _local_id(document_id: str) -> str:
    """Return a document's id without its prefix: PubTator files write `123` for `PMID:123`."""
    return document_id.rpartition(":")[2]


def _typed_spans(mentions: Iterable[GoldMention]) -> set[tuple[int, int, str]]:
    return {(mention.start, mention.end, GOLD_TYPES[key]) for mention in mentions if (key := mention.type.casefold()) in GOLD_TYPES}


def _found_spans(extraction: Extraction, types: Sequence[str]) -> set[tuple[int, int, str]]:
    to_raw = extraction.document.source_map.to_raw
    mentions = (grounding.mention for grounding in extraction.groundings)
    return {(*to_raw(mention.start, mention.end), kind) for mention in mentions if (kind := CATEGORY_TYPES[mention.label]) in types}


def _span_score(wanted: Mapping[str, set[tuple[int, int, str]]], found: Mapping[str, set[tuple[int, int, str]]], kind: str, *, overlap: bool) -> Score:
    total = Score()
    for name, spans in wanted.items():
        gold = {span[:2] for span in spans if span[2] == kind}
        ours = {span[:2] for span in found.get(name, set()) if span[2] == kind}
        total += Score(
            found=len(ours),
            found_right=sum(_meets(span, gold, overlap=overlap) for span in ours),
            gold=len(gold),
            gold_found=sum(_meets(span, ours, overlap=overlap) for span in gold),
        )
    return total


def _meets(span: tuple[int, int], others: set[tuple[int, int]], *, overlap: bool) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others) if overlap else span in others


def _gold_ids(mentions: Iterable[GoldMention]) -> set[tuple[str, str]]:
    ids: set[tuple[str, str]] = set()
    for mention in mentions:
        kind = GOLD_TYPES.get(mention.type.casefold())
        if kind is not None:
            ids.update((kind, gold_curie(kind, identifier)) for identifier in mention.identifiers)
    return ids


def _found_concepts(extraction: Extraction, types: Sequence[str]) -> dict[str, dict[str, Concept]]:
    """Return the grounded concepts of a document by type and id."""
    concepts: dict[str, dict[str, Concept]] = {}
    for grounding in extraction.groundings:
        concept = grounding.concept
        if concept is not None and concept.grounded and (kind := CATEGORY_TYPES[concept.categories[0]]) in types:
            concepts.setdefault(kind, {})[concept.id] = concept
    return concepts


def _id_score(wanted: set[tuple[str, str]], found: Mapping[str, Mapping[str, Concept]], kind: str) -> Score:
    gold = {identifier for name, identifier in wanted if name == kind}
    ours = [{concept.id, *concept.xrefs} for concept in found.get(kind, {}).values()]
    return Score(
        found=len(ours),
        found_right=sum(not ids.isdisjoint(gold) for ids in ours),
        gold=len(gold),
        gold_found=sum(any(identifier in ids for ids in ours) for identifier in gold),
    )
