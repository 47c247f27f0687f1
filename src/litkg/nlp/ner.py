"""Mentions: names that the lexicon knows, short forms that the document defines, and the entities of any other spaCy model.

Owns which stretches of text are mentions and what category the text suggests; which concept they stand for is decided by grounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from litkg.lexicon.records import Candidate, TermSpan
from litkg.model import Category, Mention

MODEL_LABELS: Mapping[str, Category] = {
    **dict.fromkeys(["CHEMICAL", "SIMPLE_CHEMICAL", "CHEBI", "METABOLITE", "AMINO_ACID"], Category.CHEMICAL),
    **dict.fromkeys(["DRUG", "MEDICATION", "TREATMENT"], Category.DRUG),
    **dict.fromkeys(["GENE", "PROTEIN", "GENE_OR_GENE_PRODUCT", "GGP", "DNA", "RNA"], Category.GENE),
    **dict.fromkeys(["CYTOKINE"], Category.CYTOKINE),
    **dict.fromkeys(["DISEASE", "DISORDER", "CANCER", "PATHOLOGICAL_FORMATION", "CONDITION"], Category.DISEASE),
    **dict.fromkeys(["ADVERSE_EVENT", "ADE", "EFFECT"], Category.ADVERSE_EVENT),
    **dict.fromkeys(["PHENOTYPE", "SYMPTOM", "SIGN"], Category.PHENOTYPE),
    **dict.fromkeys(["CELL", "CELL_TYPE", "CLTP", "CL"], Category.CELL_TYPE),
    **dict.fromkeys(["CELL_LINE", "CELLLINE", "CLLN"], Category.CELL_LINE),
    **dict.fromkeys(["VARIANT", "SEQUENCEVARIANT", "MUTATION", "SNP"], Category.VARIANT),
    **dict.fromkeys(["BIOLOGICAL_PROCESS", "GO", "PROCESS"], Category.BIOLOGICAL_PROCESS),
    **dict.fromkeys(["ORGANISM", "SPECIES", "TAXON"], Category.ORGANISM),
}
"""Labels of published biomedical models (scispaCy's, Stanza's, HunFlair's) and the category that each stands for; upper case."""


class Terms(Protocol):
    """What mention finding needs of a lexicon."""

    def find(self, text: str, token_spans: Sequence[tuple[int, int]], *, defined: frozenset[str] = frozenset()) -> tuple[TermSpan, ...]:
        """Return the names in the text; `defined` are the short forms that the document defines."""

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return the candidates for a name."""


Found = tuple[Mention, tuple[Candidate, ...]]


def lexicon_mentions(
    document_id: str, text: str, token_spans: Sequence[tuple[int, int]], terms: Terms, *, defined: frozenset[str] = frozenset()
) -> list[Found]:
    """Return the mentions of names that the lexicon knows, in text order."""
    return [
        (_mention(document_id, text, span.start, span.end, span.category, "litkg_lexicon"), span.candidates)
        for span in terms.find(text, token_spans, defined=defined)
    ]


def model_mentions(document_id: str, text: str, entities: Iterable[tuple[int, int, str]], terms: Terms) -> list[Found]:
    """Return the entities `(start, end, label)` of another model as mentions, in text order; labels that no category fits are left out."""
    return [
        (_mention(document_id, text, start, end, category, "model"), terms.lookup(text[start:end]))
        for start, end, label in sorted(entities)
        if (category := MODEL_LABELS.get(label.upper()))
    ]


def apply_abbreviations(
    found: Sequence[Found], document_id: str, text: str, ranges: Sequence[tuple[int, int]], abbreviations: Mapping[str, str], terms: Terms
) -> list[Found]:
    """Return the mentions with the document's own short forms: one whose long form is a known name is a mention wherever it stands in `ranges`;
    one whose long form is no name at all ("confidence interval (CI)") is none, whatever the lexicon says of the short form."""
    known = {short: candidates for short, long in abbreviations.items() if (candidates := _long_form(long, found, text, terms))}
    void = {short for short, long in abbreviations.items() if short not in known and not _overlaps(long, found, text)}
    kept = [item for item in found if item[0].text not in void]
    taken = [(item[0].start, item[0].end) for item in kept]
    for short, candidates in sorted(known.items()):
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w])", text):
            inside = any(start <= match.start() and match.end() <= end for start, end in ranges)
            if inside and not any(start < match.end() and match.start() < end for start, end in taken):
                kept.append((_mention(document_id, text, match.start(), match.end(), candidates[0].categories[0], "litkg_abbreviation"), candidates))
    return sorted(kept, key=lambda item: (item[0].start, item[0].end))


def _long_form(long: str, found: Sequence[Found], text: str, terms: Terms) -> tuple[Candidate, ...]:
    candidates = terms.lookup(long)
    if candidates:
        return candidates
    at = text.find(long)
    ends = [item for item in found if at >= 0 and item[0].end == at + len(long) and item[0].start >= at and item[0].start - at <= 0.4 * len(long)]
    return ends[0][1] if ends else ()


def _overlaps(long: str, found: Sequence[Found], text: str) -> bool:
    at = text.find(long)
    return any(item[0].start < at + len(long) and at < item[0].end for item in found)


def _mention(document_id: str, text: str, start: int, end: int, label: Category, component: str) -> Mention:
    return Mention(document_id=document_id, start=start, end=end, text=text[start:end], label=label, component=component)
