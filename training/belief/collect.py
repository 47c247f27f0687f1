"""Reads relations as litkg does where mentions are given, and says of each evidence what the gold says of it: `python -m training.belief.collect`.

Writes a table without any text: a row an evidence, with all that belief knows of it. The model of pairs has learned from the train parts of the corpora, so its
evidence counts in dev parts alone; the grammar was written by hand, and its counts in both.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from litkg.assemble import assemble
from litkg.calibration import gap_of
from litkg.lexicon.lookup import Lexicon
from litkg.model import (
    Annotation,
    Assertion,
    Category,
    Concept,
    Document,
    Evidence,
    Extraction,
    Grounding,
    Mention,
    RawDocument,
    Section,
    SectionKind,
    SourceMap,
)
from litkg.nlp.pairs.conventions import kind_of
from litkg.nlp.pipeline import Pipeline
from litkg.predicates import load_predicates
from litkg.settings import settings_from_environment
from litkg.workflow import Workflow
from training.belief.documents import GoldDocument, MarkedSentence, read_documents, read_marked
from training.belief.verdicts import Claim, Verdict, judge
from training.relations.examples import Span

TRAINED_ON = frozenset({"litkg.pairs/1"})
"""Extractors that have learned from the train parts."""
_GIVEN = frozenset({"litkg_sentences", "litkg_relations", "litkg_pairs", "litkg_qualifiers", "litkg_cases"})
"""The parts of the pipeline that run where mentions are given."""
_CATEGORIES = {
    "Gene": (Category.GENE, Category.CYTOKINE),
    "Chemical": (Category.DRUG, Category.CHEMICAL),
    "Disease": (Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT),
    "Variant": (Category.VARIANT,),
    "Organism": (Category.ORGANISM,),
    "Cell": (Category.CELL_TYPE, Category.CELL_LINE),
    "Process": (Category.BIOLOGICAL_PROCESS, Category.DISEASE, Category.PHENOTYPE),
}
_SHARED = 0.5
"""How much of both a mention of litkg's and a marked one must share to be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An evidence and what the gold says of it. `claim` stands for the assertion within its document, `sentence` for the characters of the evidence; `gap` are
    the characters between its ends."""

    corpus: str
    part: str
    document: str
    group: str
    claim: str
    sentence: str
    extractor: str
    predicate: str
    kinds: str
    sign: int
    subject_aspect: str
    negated: bool
    certainty: str
    knowledge: str
    section: str
    confidence: float
    gap: int
    length: int
    verdict: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, default=Path("training/build/belief/evidence.tsv"))
    arguments = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    with Workflow.open(settings_from_environment(os.environ)) as workflow, arguments.out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, [field.name for field in fields(Row)], delimiter="\t", lineterminator="\n")
        writer.writeheader()
        for row in collect(arguments.corpora, workflow):
            counts[row.corpus, row.verdict] += 1
            writer.writerow(asdict(row))
    for (corpus, verdict), count in sorted(counts.items()):
        print(f"{corpus}\t{verdict}\t{count}")


def collect(folder: Path, workflow: Workflow) -> Iterator[Row]:
    """Yield the judged evidence of all corpora."""
    for document in read_documents(folder):
        yield from judge_document(document, read_given(document, workflow.pipeline, workflow.lexicon))
    for sentence in read_marked(folder):
        raw = RawDocument(id=f"litkg.doc:{sentence.group}", title="", text=sentence.text, format="text")
        yield from judge_sentence(sentence, workflow.extract(raw))


def read_given(gold: GoldDocument, pipeline: Pipeline, lexicon: Lexicon) -> Extraction:
    """Return what litkg reads in a document whose mentions are given."""
    borders = [(SectionKind.TITLE, 0, gold.title_end), (gold.kind, gold.title_end, len(gold.text))]
    document = Document(
        id=gold.id,
        title="",
        text=gold.text,
        sections=tuple(Section(kind=kind, start=start, end=end) for kind, start, end in borders if start < end),
        source_map=SourceMap(segments=((0, 0, len(gold.text), len(gold.text)),)),
    )
    doc = pipeline.nlp.make_doc(gold.text)
    doc._.document, doc._.short_forms = document, {}
    doc._.groundings = tuple(_grounding(gold, span, lexicon) for span in gold.mentions)
    for name, component in pipeline.nlp.pipeline:
        if name in _GIVEN:
            doc = component(doc)
    return assemble(Annotation(document=document, groundings=doc._.groundings, relations=doc._.relations, case_reports=()))


def _grounding(gold: GoldDocument, span: Span, lexicon: Lexicon) -> Grounding:
    text = gold.text[span.start : span.end]
    found = [category for candidate in lexicon.lookup(text)[:3] for category in candidate.categories[:1]]
    category = next((item for item in found if item in _CATEGORIES[span.kind]), _CATEGORIES[span.kind][0])
    mention = Mention(document_id=gold.id, start=span.start, end=span.end, text=text, label=category, component="gold")
    return Grounding(mention=mention, concept=Concept(id=span.key, name=text, categories=(category,)), score=1.0, reasons=())


def judge_document(gold: GoldDocument, extraction: Extraction) -> Iterator[Row]:
    """Yield the evidence of a document with what its gold says."""
    assertions = {item.id: item for item in extraction.assertions}
    kinds = {span.key: span.kind for span in gold.mentions}
    for evidence in extraction.evidence:
        if gold.part == "train" and evidence.extractor in TRAINED_ON:
            continue
        assertion = assertions[evidence.assertion_id]
        start, end = evidence.start, evidence.end
        verdict = judge(
            gold.corpus,
            _claim(assertion, evidence, kinds[assertion.subject], kinds[assertion.object]),
            gold.labels(assertion.subject, assertion.object, start, end),
            gold.labels(assertion.object, assertion.subject, start, end),
        )
        ends = f"{kinds[assertion.subject]} {kinds[assertion.object]}"
        yield _row(gold.corpus, gold.part, gold.id, gold.group, assertion, evidence, ends, verdict)


def judge_sentence(marked: MarkedSentence, extraction: Extraction) -> Iterator[Row]:
    """Yield the evidence of a sentence whose ends are a marked pair, with what the gold says of it; mentions are litkg's own."""
    assertions = {item.id: item for item in extraction.assertions}
    categories = {item.id: item.categories[0] for item in extraction.concepts}
    for evidence in extraction.evidence:
        if marked.part == "train" and evidence.extractor in TRAINED_ON:
            continue
        told: tuple[set[str], set[str]] = (set(), set())
        for first, second, label in marked.pairs:
            for way, ends in zip(told, ((first, second), (second, first)), strict=True):
                if _same(evidence.subject_mention, ends[0]) and _same(evidence.object_mention, ends[1]):
                    way.add(label)
        if not any(told):
            continue
        assertion = assertions[evidence.assertion_id]
        subject, object_ = (kind_of(categories[end]) for end in (assertion.subject, assertion.object))
        verdict = judge("semrep", _claim(assertion, evidence, subject, object_), frozenset(told[0]), frozenset(told[1]))
        yield _row("semrep", marked.part, _hashed(marked.text), marked.group, assertion, evidence, f"{subject} {object_}", verdict)


def _same(span: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(span[1], other[1]) - max(span[0], other[0])
    return shared > _SHARED * (max(span[1], other[1]) - min(span[0], other[0]))


def _claim(assertion: Assertion, evidence: Evidence, subject: str, object_: str) -> Claim:
    return Claim(
        predicate=assertion.predicate,
        sign=assertion.sign,
        symmetric=load_predicates()[assertion.predicate].symmetric,
        subject=subject,
        object=object_,
        subject_aspect=assertion.subject_aspect,
        negated=evidence.negated,
    )


def _row(corpus: str, part: str, document: str, group: str, assertion: Assertion, evidence: Evidence, kinds: str, verdict: Verdict) -> Row:
    return Row(
        corpus=corpus,
        part=part,
        document=document,
        group=group,
        claim=_hashed(assertion.id),
        sentence=f"{evidence.start}-{evidence.end}",
        extractor=evidence.extractor,
        predicate=assertion.predicate,
        kinds=kinds,
        sign=assertion.sign,
        subject_aspect=assertion.subject_aspect or "",
        negated=evidence.negated,
        certainty=evidence.certainty.value,
        knowledge=evidence.knowledge.value,
        section=evidence.section.value,
        confidence=evidence.confidence,
        gap=gap_of(evidence),
        length=evidence.end - evidence.start,
        verdict=verdict.value,
    )


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_table(path: Path) -> list[Row]:
    """Return the rows that `main` wrote."""
    kinds = {field.name: field.type for field in fields(Row)}
    with path.open(encoding="utf-8", newline="") as handle:
        return [Row(**{name: _value(str(kinds[name]), cell) for name, cell in cells.items()}) for cells in csv.DictReader(handle, delimiter="\t")]  # type: ignore[arg-type]


def _value(kind: str, cell: str) -> Sequence[str] | float | int | bool:
    return {"bool": lambda: cell == "True", "int": lambda: int(cell), "float": lambda: float(cell)}.get(kind, lambda: cell)()


if __name__ == "__main__":
    main()
