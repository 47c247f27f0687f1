"""The records that flow through litkg, and their content ids.

Owns the vocabulary of the data flow: what a reader yields (`RawDocument`), what cleaning makes of it (`Document`), what the
pipeline finds (`Mention`, `Grounding`, `Relation`), what is assembled (`Assertion`, `Evidence`, `CaseReport`) and the unit that is
printed and stored (`Extraction`). Refuses behaviour: functions over these records live in the stage they belong to.

All offsets are half-open character offsets. Those of `RawBlock` count in `RawDocument.text`; all others in `Document.text`.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

HUMAN_TAXON = 9606
"""NCBI's number for man."""


class Category(StrEnum):
    """Kinds of concept; the labels of the graph."""

    DRUG = "Drug"
    CYTOKINE = "Cytokine"
    GENE = "Gene"
    DISEASE = "Disease"
    ADVERSE_EVENT = "AdverseEvent"
    CHEMICAL = "Chemical"
    PHENOTYPE = "Phenotype"
    CELL_TYPE = "CellType"
    BIOLOGICAL_PROCESS = "BiologicalProcess"
    ORGANISM = "Organism"
    CELL_LINE = "CellLine"
    VARIANT = "Variant"


GROUPS: Mapping[Category, str] = {
    Category.GENE: "gene",
    Category.CYTOKINE: "gene",
    Category.DISEASE: "disease",
    Category.PHENOTYPE: "disease",
    Category.ADVERSE_EVENT: "disease",
    Category.DRUG: "chemical",
    Category.CHEMICAL: "chemical",
    Category.CELL_TYPE: "cell",
    Category.CELL_LINE: "cell",
    Category.BIOLOGICAL_PROCESS: "process",
    Category.ORGANISM: "organism",
    Category.VARIANT: "variant",
}
"""Kinds of name that annotators tell apart; categories of one group mix."""


class Certainty(StrEnum):
    """How sure the authors are, from surest to least sure."""

    ASSERTED = "asserted"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    HYPOTHESISED = "hypothesised"


class Knowledge(StrEnum):
    """What a sentence brings: what this document found, what was known before, or what is only supposed."""

    RESULT = "result"
    BACKGROUND = "background"
    HYPOTHESIS = "hypothesis"


class Answer(StrEnum):
    """What a text says to a causality criterion."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SectionKind(StrEnum):
    """Kinds of section; sentences are read in those of `READ_SECTIONS` only."""

    TITLE = "title"
    ABSTRACT = "abstract"
    INTRODUCTION = "introduction"
    METHODS = "methods"
    RESULTS = "results"
    DISCUSSION = "discussion"
    CONCLUSION = "conclusion"
    CASE_REPORT = "case_report"
    BODY = "body"
    CAPTION = "caption"
    HEADING = "heading"
    TABLE = "table"
    REFERENCES = "references"
    FURNITURE = "furniture"


READ_SECTIONS = frozenset(SectionKind) - {
    SectionKind.HEADING,
    SectionKind.TABLE,
    SectionKind.REFERENCES,
    SectionKind.FURNITURE,
}
"""Sections that are annotated; the others are kept in the document, and nothing is extracted from them."""


def content_id(prefix: str, *parts: object) -> str:
    """Return `prefix` and 20 hexadecimal digits of the SHA-256 of `parts`, the same on every machine and run.

    >>> content_id("ev", "a", 1)
    'ev:135f17a475a61afdeeaf'
    """
    canonical = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return f"{prefix}:{hashlib.sha256(canonical.encode()).hexdigest()[:20]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBlock:
    """A stretch of raw text whose kind the reader knows from the format itself; `kind` None where the format says nothing."""

    start: int
    end: int
    kind: SectionKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """A document as a reader yields it, before cleaning.

    `id` is a CURIE (`PMID:1`, `PMC:PMC1`, `litkg.doc:<hash of the content>` where the input has no id). `text` is the input's own
    text: for plain text and PubTator exactly the input's characters, so that its offsets are offsets into the input; for other
    formats the text that the reader assembled. `blocks` are in order, do not overlap and need not cover the text: an empty tuple says
    that nothing is known and that cleaning must find the sections. `source` is the path or id that the user named. `sha256` is of the input's bytes.
    """

    id: str
    title: str
    text: str
    format: str
    blocks: tuple[RawBlock, ...] = ()
    year: int | None = None
    journal: str | None = None
    source: str = ""
    licence: str | None = None
    sha256: str = ""
    retracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of a document; `title` is its heading as printed, empty where it has none."""

    kind: SectionKind
    start: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMap:
    """Where each character of the cleaned text came from.

    `segments` are `(clean_start, raw_start, length, raw_length)`, sorted by `clean_start`, covering the cleaned text. Where `length ==
    raw_length` characters map one to one; else the segment maps as a whole (a ligature, a blank line that cleaning put in).
    Within a paragraph segments are in raw order; a caption or table that interrupted it comes after it, out of raw order.
    """

    segments: tuple[tuple[int, int, int, int], ...]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the smallest raw span that holds every character of the clean span `[start, end)`.

        Text that cleaning moved lies out of raw order; a span over it holds all that lies between in the raw text.
        Raises: ValueError for a span outside the cleaned text or with `start > end`.
        """
        if not self.segments or start > end or start < 0 or end > self._length():
            raise ValueError(f"no raw span for [{start}, {end}) in a text of {self._length()} characters")
        if start == end:
            raw_start = self._position(start)
            return raw_start, raw_start
        first = bisect_right(self.segments, start, key=lambda segment: segment[0]) - 1
        raw_start, raw_end = self._overlap(first, start, end)
        for index in range(first + 1, len(self.segments)):
            if self.segments[index][0] >= end:
                break
            low, high = self._overlap(index, start, end)
            raw_start, raw_end = min(raw_start, low), max(raw_end, high)
        return raw_start, raw_end

    def from_raw(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the smallest clean span that holds every character that came from the raw span `[start, end)`; None where cleaning cut all of it out."""
        spans = []
        for clean_start, raw_start, length, raw_length in self.segments:
            low, high = max(start, raw_start), min(end, raw_start + raw_length)
            if low < high and length:
                spans.append((clean_start + low - raw_start, clean_start + high - raw_start) if length == raw_length else (clean_start, clean_start + length))
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None

    def _length(self) -> int:
        return self.segments[-1][0] + self.segments[-1][2] if self.segments else 0

    def _position(self, offset: int) -> int:
        clean_start, raw_start, length, raw_length = self.segments[max(bisect_right(self.segments, offset, key=lambda segment: segment[0]) - 1, 0)]
        if length == raw_length:
            return raw_start + offset - clean_start
        return raw_start + (raw_length if offset >= clean_start + length else 0)

    def _overlap(self, index: int, start: int, end: int) -> tuple[int, int]:
        clean_start, raw_start, length, raw_length = self.segments[index]
        if length != raw_length:
            return raw_start, raw_start + raw_length
        return raw_start + max(start - clean_start, 0), raw_start + min(end - clean_start, length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A cleaned document. `sections` are in order, do not overlap and cover `text` but for white space between them."""

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    source_map: SourceMap
    format: str = "text"
    year: int | None = None
    journal: str | None = None
    source: str = ""
    licence: str | None = None
    sha256: str = ""
    retracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A thing that the graph speaks of. `id` is a CURIE; `categories` starts with the main one, then roles (`Gene`, `Cytokine`).

    An ungrounded concept has `grounded=False` and the id `litkg.text:<normalised name>`. `xrefs` are all other known ids, sorted.
    `families` are the ids of the families and complexes that the vocabularies (FamPlex, HGNC's groups) put a gene in, and those
    that these are in, sorted; no paper need say so.
    """

    id: str
    name: str
    categories: tuple[Category, ...]
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    grounded: bool = True
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name of a concept in a document. `label` is the category that the text suggests; `component` the pipe that found it."""

    document_id: str
    start: int
    end: int
    text: str
    label: Category
    component: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounding:
    """The concept that a mention stands for, with a score in [0, 1] and what made it; `concept` None where nothing fits.

    `taxon` is the NCBI taxon number of the species whose gene the text speaks of; None for what is no gene. The concept is the human gene all the same:
    10090 beside IL6 says that the text means the mouse ortholog.
    """

    mention: Mention
    concept: Concept | None
    score: float
    reasons: tuple[str, ...]
    taxon: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A claim, apart from who makes it. `subject` and `object` are concept ids, `predicate` one of the closed set.

    `aspect` is the aspect of the object that changes (activity, abundance, expression, secretion, severity) or None.
    `subject_aspect` is the state of the subject that the claim is about (loss_of_function, gain_of_function, variant, decreased, increased) or None.
    `sign` (-1, 0, 1) is what more of the subject does to the object: the predicate's sign, flipped where the subject's state is a loss.
    """

    id: str
    subject: str
    predicate: str
    object: str
    aspect: str | None = None
    subject_aspect: str | None = None
    sign: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The words that deny or doubt a claim, with the characters that they govern: `text` is `Document.text[start:end]`, and `scope` holds it."""

    text: str
    start: int
    end: int
    scope: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters of one document that support or refute an assertion; `id` hashes the fields from `assertion_id` to `extractor` but `confidence`.

    `text` is `Document.text[start:end]`, the sentence or sentences needed to see the claim. `subject_mention` and `object_mention` are
    offsets. `negated` evidence refutes. `confidence` in [0, 1] is the extractor's own. For display: `negation` and `doubt` are the cues behind
    `negated` and `certainty`, None where no word says it (or it is not so); `comparator` is what the subject was compared with, as offsets, in a null result.
    `publications` are the papers that another resource names for what it says, sorted; what is read in a text has none, its document is the paper.
    """

    id: str
    assertion_id: str
    document_id: str
    section: SectionKind
    start: int
    end: int
    text: str
    subject_mention: tuple[int, int]
    object_mention: tuple[int, int]
    negated: bool
    certainty: Certainty
    confidence: float
    extractor: str
    knowledge: Knowledge = Knowledge.RESULT
    negation: Cue | None = None
    doubt: Cue | None = None
    comparator: tuple[int, int] | None = None
    publications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """The answer of a text to one causality criterion, with the span that gives it; `start` and `end` are None where unknown.

    `value` is what was measured where there is one: a dose, a time, an outcome. An answer of no with the value "not done" says that the
    text tells of no test: the drug was continued, or never given again.
    """

    answer: Answer = Answer.UNKNOWN
    start: int | None = None
    end: int | None = None
    text: str = ""
    value: str | None = None


CRITERIA = (
    "temporal_order",
    "dechallenge",
    "rechallenge",
    "alternative_cause_ruled_out",
    "dose",
    "time_to_onset",
    "seriousness",
    "treatment",
    "outcome",
)
"""The criteria of a case report, in the order in which they are shown (after Naranjo et al. 1981, table 1, and ICH E2A for seriousness)."""

NARANJO_ITEMS = tuple(range(1, 11))
"""The numbers of Naranjo's items; `litkg.naranjo` holds their questions and points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeCause:
    """Another cause of the event that the text speaks of, as it names it, with the span that says so.

    `ruled_out` is yes where the text clears it, no where it leaves it open or blames it. `concept` is the id of the drug or disease
    named, None where the text names a test, a habit or a cause that is no concept.
    """

    name: str
    ruled_out: Answer
    start: int
    end: int
    text: str
    concept: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NaranjoItem:
    """The answer of a text to one item of Naranjo's scale, with the span that gives it; `number` is one of `NARANJO_ITEMS`.

    An unknown answer without a span is open: nothing is said. One with a span is settled: the text says that it was not tested.
    """

    number: int
    answer: Answer = Answer.UNKNOWN
    start: int | None = None
    end: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """What one document tells of one patient's drug and event; `drug` and `event` are concept ids.

    `alternative_causes` are in text order, each name once. `naranjo` holds items by rising number; one that is left out is open.
    """

    id: str
    document_id: str
    drug: str
    event: str
    temporal_order: Criterion = Criterion()
    dechallenge: Criterion = Criterion()
    rechallenge: Criterion = Criterion()
    alternative_cause_ruled_out: Criterion = Criterion()
    dose: Criterion = Criterion()
    time_to_onset: Criterion = Criterion()
    seriousness: Criterion = Criterion()
    treatment: Criterion = Criterion()
    outcome: Criterion = Criterion()
    alternative_causes: tuple[AlternativeCause, ...] = ()
    naranjo: tuple[NaranjoItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What read a document: code, models, lexicon and settings, and nothing of when or where. `id` is the hash of all the rest (`make_run`).

    `code` is the SHA-256 of litkg's own reading code, `lexicon` that of the lexicon's content. `models` are pairs of name and SHA-256, `packages` of name and
    version, `settings` of name and value, each sorted by name.
    """

    id: str
    litkg: str
    code: str
    lexicon: str
    extractors: tuple[str, ...] = ()
    models: tuple[tuple[str, str], ...] = ()
    packages: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


def make_run(
    *,
    litkg: str,
    code: str,
    lexicon: str,
    extractors: Iterable[str] = (),
    models: Mapping[str, str] | None = None,
    packages: Mapping[str, str] | None = None,
    settings: Mapping[str, str] | None = None,
) -> Run:
    """Return the run with its id; the same content has the same id on every machine.

    >>> make_run(litkg="0.1.0", code="a", lexicon="b") == make_run(litkg="0.1.0", code="a", lexicon="b", models={})
    True
    """
    names = tuple(sorted(set(extractors)))
    hashes, versions, values = (tuple(sorted((table or {}).items())) for table in (models, packages, settings))
    id_ = content_id("run", litkg, code, lexicon, names, hashes, versions, values)
    return Run(id=id_, litkg=litkg, code=code, lexicon=lexicon, extractors=names, models=hashes, packages=versions, settings=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that litkg found in one document: the unit that `extract` prints and that a store loads or replaces whole.

    `concepts` holds every concept named by `groundings`, `assertions` or `case_reports`, once each, sorted by id. `groundings` has one
    entry a mention, in text order; `assertions` and `evidence` are sorted by id. `run` is what read the document, None where nobody wrote it down.
    """

    document: Document
    concepts: tuple[Concept, ...]
    groundings: tuple[Grounding, ...]
    assertions: tuple[Assertion, ...]
    evidence: tuple[Evidence, ...]
    case_reports: tuple[CaseReport, ...]
    run: Run | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A claim as the pipeline finds it in a sentence, before assembly. `start` and `end` are the evidence span in the document.

    `trigger` are the characters of the words that state it, None where no single words do. The last four fields are those of `Evidence`.
    """

    subject: Grounding
    predicate: str
    object: Grounding
    aspect: str | None
    subject_aspect: str | None
    negated: bool
    certainty: Certainty
    section: SectionKind
    start: int
    end: int
    confidence: float
    extractor: str
    trigger: tuple[int, int] | None = None
    knowledge: Knowledge = Knowledge.RESULT
    negation: Cue | None = None
    doubt: Cue | None = None
    comparator: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """All that the pipeline finds in one document, in text order."""

    document: Document
    groundings: tuple[Grounding, ...]
    relations: tuple[Relation, ...]
    case_reports: tuple[CaseReport, ...]
