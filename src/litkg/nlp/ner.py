"""Mentions: names that the lexicon knows, entities of the NER model, short forms that the document defines, and the entities of any other spaCy model.

Owns which stretches of text are mentions and what category the text suggests; which concept they stand for is decided by grounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
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


ENTITY_CATEGORIES: Mapping[str, frozenset[Category]] = {
    "Chemical": frozenset({Category.DRUG, Category.CHEMICAL}),
    "Gene": frozenset({Category.GENE, Category.CYTOKINE}),
    "GeneFamily": frozenset({Category.GENE, Category.CYTOKINE}),
    "Disease": frozenset({Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT}),
    "CellType": frozenset({Category.CELL_TYPE}),
    "CellLine": frozenset({Category.CELL_LINE, Category.CELL_TYPE}),
    "Organism": frozenset({Category.ORGANISM}),
    "Variant": frozenset({Category.VARIANT}),
}
"""The categories that a concept of each of the NER model's types may have."""
_LABELS: Mapping[str, Category] = {
    "Chemical": Category.CHEMICAL,
    "Gene": Category.GENE,
    "GeneFamily": Category.GENE,
    "Disease": Category.DISEASE,
    "CellType": Category.CELL_TYPE,
    "CellLine": Category.CELL_LINE,
    "Organism": Category.ORGANISM,
    "Variant": Category.VARIANT,
}
"""The category of a mention whose concept the lexicon does not know."""
NER_COMPONENT = "litkg_ner"
_LIKELY = 0.6
"""Score from which a name that the lexicon does not know is a mention."""
_WORD = re.compile(r"\S+")
_ADJECTIVE = re.compile(r"[a-z]{3}(?:ed|ic|al|ar|ory|ive|ous|ary|oid)$")
_LIKE = re.compile(r"-like\b")
_DEMONSTRATIVE = re.compile(r"\b(?:this|these|that|those|such)\s+$", re.IGNORECASE)
_WHOLE = frozenset({"Disease"})
"""Types whose long names mean more than their known parts: "damage to the kidney" is no damage to anything."""
_SURE = 0.8
"""Score from which the model's type decides what a name of several kinds is."""


class Named(Protocol):
    """A named span as the NER model gives it: offsets, type, score in (0, 1]."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def score(self) -> float: ...


def same_kind(left: Category, right: Category) -> bool:
    """Tell whether one type of the NER model covers both categories."""
    return left is right or any(left in categories and right in categories for categories in ENTITY_CATEGORIES.values())


def entity_mentions(document_id: str, text: str, entities: Iterable[Named], terms: Terms) -> list[Found]:
    """Return the NER model's entities as mentions, in text order; types that no category fits are left out."""
    return [
        (
            _mention(document_id, text, entity.start, entity.end, _LABELS[entity.type], NER_COMPONENT),
            _fitting(terms.lookup(text[entity.start : entity.end]), entity),
        )
        for entity in entities
        if entity.type in _LABELS
    ]


def combine_mentions(document_id: str, text: str, known: Sequence[Found], entities: Iterable[Named], terms: Terms) -> list[Found]:
    """Return the lexicon's mentions and the model's entities as one list in text order, none overlapping: neither loses what the other finds.

    Where both name a stretch, the lexicon says which concepts it may mean and the model, where it is sure, of which kind. Where the model's span is longer,
    it stands if the lexicon knows all of it as a name of that kind, or if the model is sure of it and it is a disease, for which grounding finds the nearest
    name; if not, the known part of it stands, since a concept with an id says more than a longer name without.
    """
    at: dict[int, Found] = {}  # what stands at each character: so the time is in proportion to the text
    for item in known:
        _place(at, item)
    for entity in sorted(entities, key=lambda item: (-item.score, item.start)):
        if entity.type not in _LABELS or _is_no_name(text, entity):
            continue
        overlapping = list({id(at[place]): at[place] for place in range(entity.start, entity.end) if place in at}.values())
        same = next((item for item in overlapping if (item[0].start, item[0].end) == (entity.start, entity.end)), None)
        candidates = _fitting(terms.lookup(text[entity.start : entity.end]), entity)
        mention = _mention(document_id, text, entity.start, entity.end, _LABELS[entity.type], NER_COMPONENT)
        if same is not None:
            fitting = _fitting(same[1], entity)
            if fitting and len(fitting) < len(same[1]) and entity.score >= _SURE:
                _place(at, (replace(same[0], label=_first(fitting, entity)), fitting))
        elif not overlapping and _is_worth(text, entity, terms):
            _place(at, (mention, candidates))
        elif overlapping and all(entity.start <= item[0].start and item[0].end <= entity.end for item in overlapping):
            if candidates:
                _place(at, (replace(mention, label=_first(candidates, entity)), candidates))
            elif entity.type in _WHOLE and entity.score >= _SURE:
                _place(at, (mention, ()))
    kept = {id(item): item for item in at.values()}
    return sorted(kept.values(), key=lambda item: (item[0].start, item[0].end))


def _place(at: dict[int, Found], item: Found) -> None:
    at.update(dict.fromkeys(range(item[0].start, item[0].end), item))


def with_misspellings(found: Sequence[Found], misspelt: Iterable[Found]) -> list[Found]:
    """Return the mentions with those that are misspelt names, which take the place of mentions that no concept is known for, in text order."""
    added = [item for item in misspelt if not any(item[0].start < other.end and other.start < item[0].end and candidates for other, candidates in found)]
    kept = [item for item in found if not any(item[0].start < other.end and other.start < item[0].end for other, _ in added)]
    return sorted([*kept, *added], key=lambda item: item[0].start)


def _is_no_name(text: str, entity: Named) -> bool:
    """Tell whether the words only look back ("this transcription factor"), or name something that is merely like them ("depressive-like")."""
    if _LIKE.match(text, entity.end):
        return True
    return text[entity.start : entity.end].islower() and _DEMONSTRATIVE.search(text, max(0, entity.start - 8), entity.start) is not None


def _is_worth(text: str, entity: Named, terms: Terms) -> bool:
    """Tell whether an entity that the lexicon did not find in the text is to be a mention: not where the lexicon passes over its name as too general or spelt
    with other capitals ("cytokines"), and of those it does not know neither adjectives ("inflammatory") nor organisms ("patients")."""
    name = text[entity.start : entity.end]
    if terms.lookup(name):
        return bool(terms.find(name, [match.span() for match in _WORD.finditer(name)]))
    return entity.score >= _LIKELY and entity.type != "Organism" and not _ADJECTIVE.search(name)


def _fitting(candidates: Sequence[Candidate], entity: Named) -> tuple[Candidate, ...]:
    wanted = ENTITY_CATEGORIES[entity.type]
    return tuple(candidate for candidate in candidates if wanted & set(candidate.categories))


def _first(candidates: Sequence[Candidate], entity: Named) -> Category:
    wanted = ENTITY_CATEGORIES[entity.type]
    return next(category for category in candidates[0].categories if category in wanted)


def apply_abbreviations(
    found: Sequence[Found], document_id: str, text: str, ranges: Sequence[tuple[int, int]], abbreviations: Mapping[str, str], terms: Terms
) -> list[Found]:
    """Return the mentions with the document's own short forms: one whose long form is a known name is a mention wherever it stands in `ranges`;
    one whose long form is no name at all ("confidence interval (CI)") is none, whatever the lexicon says of the short form. One that is short for a process
    is that process: the NER model, which settles the kinds of other short forms, knows no processes."""
    known = {short: candidates for short, long in abbreviations.items() if (candidates := _long_form(long, found, text, terms))}
    void = {short for short, long in abbreviations.items() if short not in known and not _overlaps(long, found, text)}
    processes = {short for short, candidates in known.items() if candidates[0].categories[0] is Category.BIOLOGICAL_PROCESS}
    kept = [item for item in found if item[0].text not in void and not (item[0].text in processes and item[0].label is not Category.BIOLOGICAL_PROCESS)]
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
