"""What a null result refutes: "no significant difference in IL-6 between X and placebo" denies that X affects IL-6, and keeps what X was compared with.

Owns which mentions a null result is about. Only a comparison with no treatment (placebo, vehicle, controls, baseline) refutes an effect: two drugs that do not
differ may both have it, so such a sentence claims nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litkg.model import Category, Certainty, Cue, Grounding, Relation, SectionKind
from litkg.nlp.nulls import NullResult, find_nulls

EXTRACTOR = "litkg.nulls/1"
CONFIDENCE = 0.7
"""Confidence that a null result was read right, before calibration."""
_UNTREATED = (
    r"(?:placebos?|vehicles?|sham|saline|(?:healthy |normal |matched |untreated |negative )*(?:controls|control(?=[\s-]+(?:groups?"
    r"|arms?|subjects|patients|animals|mice|rats|treated)))"
    r"|untreated|usual care|no (?:treatment|intervention)|non-?users)"
)
_FILL = r"(?:[\w‐%.±()\[\]/−-]+\s+){0,5}?(?:[A-Z]-)?"
_GROUP = r"(?:[\s-]+(?:group|groups|arm|arms|treated|treatment|recipients|patients|subjects|animals|mice|rats|therapy|treatments|administration))*"
_LINK = r"(?:and|or|versus|vs\.?|than|from|over|to|with|(?:as )?compared (?:with|to)|relative to)"
_THAN = r"(?:compared (?:with|to)|than|versus|vs\.?|relative to|over|(?:superior|similar|equivalent) to|differ(?:ent)? from)"
_PAIRS = tuple(
    re.compile(source, re.IGNORECASE)
    for source in (
        rf"(?P<x>⟨\d+⟩){_GROUP}\s+{_LINK}\s+{_FILL}(?P<c>{_UNTREATED})\b{_GROUP}",
        rf"\b(?P<c>{_UNTREATED}){_GROUP}\s+(?:and|or|versus|vs\.?)\s+{_FILL}(?P<x>⟨\d+⟩){_GROUP}",
        rf"(?P<x>⟨\d+⟩){_GROUP}\s.{{0,80}}?\b{_THAN}\s+{_FILL}(?P<c>{_UNTREATED})\b{_GROUP}",
    )
)
_LIST = r"⟨\d+⟩(?:[\s-]+(?:levels?|concentrations?|scores?|expression|production|secretion|rates?|activity|symptoms?|severity))*"
_OBJECTS = rf"(?P<o>{_LIST}(?:\s*(?:,|and|or|,\s*(?:and|or))\s+{_FILL}{_LIST})*)"
_IN = re.compile(rf"\b(?:in|for|of|on|regarding|concerning|with (?:respect|regard) to|in terms of)\s+(?:the\s+)?{_FILL}{_OBJECTS}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"{_OBJECTS}(?:\s+(?:[\w‐%.-]+)){{0,6}}?\s+(?:did|does|was|were|is|are|remained|had|showed)\b(?=.{{0,40}}(?:differ|similar"
    rf"|comparable|unchanged|equal|the same|same))",
    re.IGNORECASE,
)
_BEARERS = re.compile(
    r"\b(?:patients?|subjects?|people|adults?|children|men|women|mice|rats|those|participants?|individuals?|cases|infants|volunteers"
    r"|treatment|therapy|management|care|surgery)\b",
    re.IGNORECASE,
)
"""Before a name that says who was treated or for what, not what was measured."""
_ASPECTS = (
    ("abundance", re.compile(r"\b(?:levels?|concentrations?|amounts?)\b", re.IGNORECASE)),
    ("expression", re.compile(r"\b(?:expression|mRNA)\b", re.IGNORECASE)),
    ("secretion", re.compile(r"\b(?:secretion|release|production)\b", re.IGNORECASE)),
    ("activity", re.compile(r"\bactivity\b", re.IGNORECASE)),
)
_SEVERITY = re.compile(r"\b(?:severity|scores?|symptoms?|ratings?)\b", re.IGNORECASE)
_BETTER = re.compile(r"\b(?:better|superior\w*|effective)\b", re.IGNORECASE)
_GIVEN = frozenset({Category.DRUG, Category.CHEMICAL, Category.CYTOKINE, Category.GENE})
_TREATED = re.compile(r"[\s-]+(?:treated|treatment|therapy|group|arm|recipients|injections?|infusions?|administration)\b", re.IGNORECASE)
"""After the name of a molecule of the body that was given."""
_DISEASES = frozenset({Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT})
_MEASURED = _DISEASES | {Category.GENE, Category.CYTOKINE, Category.CHEMICAL, Category.BIOLOGICAL_PROCESS}
_COULD = re.compile(_UNTREATED, re.IGNORECASE)
_UNTREATED_NAME = re.compile(rf"{_UNTREATED}$", re.IGNORECASE)
_COMPARED = re.compile(
    rf"\b(?:compared (?:with|to)|in comparison (?:with|to)|than|versus|vs\.?|relative to|from|over)\s+(?:in\s+|with\s+|the\s+|those\s+"
    rf"|that\s+|of\s+|given\s+|a\s+){{0,3}}(?P<c>{_UNTREATED})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Masked:
    """A clause with its mentions as ⟨number⟩, and where each of its characters stands in the document."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def find_null_relations(text: str, sentence: tuple[int, int], groundings: Sequence[Grounding], section: SectionKind) -> Iterator[Relation]:
    """Yield the effects that the sentence's null results refute, each with what the subject was compared with, in text order."""
    start, end = sentence
    mentions = {at: item for at, item in enumerate(groundings) if start <= item.mention.start and item.mention.end <= end and item.concept is not None}
    if len(mentions) < 2 or not _COULD.search(text, start, end):
        return
    for null in find_nulls(text[start:end]):
        null = replace(null, start=start + null.start, end=start + null.end, cue=(start + null.cue[0], start + null.cue[1]))
        masked = _mask(text, (null.start, null.end), mentions)
        for subject, comparator, around in _pairs(masked, mentions):
            for object_, aspect in _measured(masked, mentions, around):
                first, second = mentions[subject], mentions[object_]
                if first.concept != second.concept:
                    yield _relation(text, sentence, section, null, (first, second), aspect, comparator)


def with_null_results(
    relations: Sequence[Relation], text: str, sentence: tuple[int, int], groundings: Sequence[Grounding], section: SectionKind
) -> list[Relation]:  # fmt: skip
    """Return the sentence's relations, the denied ones with what their subject was compared with, and after them what its null results refute beside these."""
    if not _COULD.search(text, *sentence):
        return list(relations)
    found = [with_comparator(relation, text, sentence) for relation in relations]
    denied = {(relation.subject.concept, relation.object.concept) for relation in relations if relation.negated}
    for relation in find_null_relations(text, sentence, groundings, section):
        if (relation.subject.concept, relation.object.concept) not in denied:
            denied.add((relation.subject.concept, relation.object.concept))
            found.append(relation)
    return found


def with_comparator(relation: Relation, text: str, sentence: tuple[int, int]) -> Relation:
    """Return a negated relation with what its subject was compared with, where the sentence says that this was no treatment."""
    if not relation.negated or relation.comparator is not None or (match := _COMPARED.search(text, *sentence)) is None:
        return relation
    return replace(relation, comparator=match.span("c"))


def _mask(text: str, clause: tuple[int, int], mentions: dict[int, Grounding]) -> _Masked:
    pieces: list[str] = []
    places: list[int] = []
    position, end = clause
    for at, item in sorted(mentions.items(), key=lambda pair: pair[1].mention.start):
        mention = item.mention
        if mention.start < position or mention.end > end or _UNTREATED_NAME.fullmatch(mention.text):
            continue
        mark = f"⟨{at}⟩"
        pieces += (text[position : mention.start], mark)
        places += [*range(position, mention.start), *[mention.start] * (len(mark) - 1), mention.end - 1]
        position = mention.end
    pieces.append(text[position:end])
    places += range(position, end)
    return _Masked("".join(pieces), places)


def _pairs(masked: _Masked, mentions: dict[int, Grounding]) -> Iterator[tuple[int, tuple[int, int], tuple[int, int]]]:
    """Yield subject, the characters of what it was compared with, and the stretch of the clause that says so; the first way of saying it that fits."""
    for pattern in _PAIRS:
        for match in pattern.finditer(masked.text):
            at = int(match["x"][1:-1])
            concept = mentions[at].concept
            if concept is None:
                continue
            drug = concept.categories[0] in {Category.DRUG, Category.CHEMICAL}
            if drug or (concept.categories[0] in _GIVEN and _TREATED.match(masked.text, match.end("x"))):
                yield at, masked.span(*match.span("c")), match.span()
                return


def _measured(masked: _Masked, mentions: dict[int, Grounding], around: tuple[int, int]) -> Iterator[tuple[int, str | None]]:
    """Yield what was measured, with its aspect: the names after "in" or "for", or before "did not differ", outside the stretch that names the groups."""
    seen: set[int] = set()
    for pattern in (_BEFORE, _IN):
        for match in pattern.finditer(masked.text):
            if match.start("o") < around[1] and match.end("o") > around[0]:
                continue
            if _BEARERS.search(masked.text, max(match.start() - 14, 0), match.start("o")):
                continue
            for name in re.finditer(r"⟨(\d+)⟩", match["o"]):
                at = int(name[1])
                concept = mentions[at].concept
                if at not in seen and concept is not None and concept.categories[0] in _MEASURED:
                    seen.add(at)
                    yield at, _aspect(masked.text[max(match.start() - 30, 0) : match.end()], concept.categories[0])
        if seen:
            return


def _aspect(words: str, category: Category) -> str | None:
    if category in _DISEASES:
        return "severity" if _SEVERITY.search(words) else None
    return next((aspect for aspect, pattern in _ASPECTS if pattern.search(words)), None)


def _relation(
    text: str,
    sentence: tuple[int, int],
    section: SectionKind,
    null: NullResult,
    ends: tuple[Grounding, Grounding],
    aspect: str | None,
    comparator: tuple[int, int],
) -> Relation:
    cured = ends[0].concept and ends[1].concept and ends[0].concept.categories[0] is Category.DRUG and ends[1].concept.categories[0] in _DISEASES
    return Relation(
        subject=ends[0],
        predicate="treats" if cured and _BETTER.search(text, *null.cue) else "affects",
        object=ends[1],
        aspect=aspect,
        subject_aspect=None,
        negated=True,
        certainty=Certainty.ASSERTED,
        section=section,
        start=sentence[0],
        end=sentence[1],
        confidence=CONFIDENCE,
        extractor=EXTRACTOR,
        negation=Cue(text=text[null.cue[0] : null.cue[1]], start=null.cue[0], end=null.cue[1], scope=(null.start, null.end)),
        comparator=comparator,
    )
