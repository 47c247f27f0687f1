"""Sentences with marked mentions for tests: `{d:aspirin}` is a drug named "aspirin", `{k:IL-6|HGNC:6018}` a cytokine with an id of its own."""

from __future__ import annotations

import re
from functools import cache

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language

from litkg.model import Category, Concept, Grounding, Mention, Relation, SectionKind
from litkg.nlp.relations import find_relations

CODES: dict[str, tuple[Category, ...]] = {
    "d": (Category.DRUG,),
    "g": (Category.GENE,),
    "k": (Category.GENE, Category.CYTOKINE),
    "s": (Category.DISEASE,),
    "p": (Category.PHENOTYPE,),
    "c": (Category.CHEMICAL,),
    "t": (Category.CELL_TYPE,),
    "b": (Category.BIOLOGICAL_PROCESS,),
}
_MARK = re.compile(r"\{(\w):([^}|]+)(?:\|([^}]+))?\}")
_NEXT = " // "


@cache
def blank() -> Language:
    """Return a blank pipeline with scispaCy's tokenizer."""
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    return nlp


def parse_marked(marked: str) -> tuple[str, tuple[Grounding, ...]]:
    """Return the plain text and the groundings of the marked mentions; a concept's id is the lower-case name where none is given."""
    text, found, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        concept = Concept(id=match[3] or match[2].lower(), name=match[2], categories=CODES[match[1]])
        mention = Mention(document_id="d", start=len(text), end=len(text) + len(match[2]), text=match[2], label=concept.categories[0], component="test")
        found.append(Grounding(mention=mention, concept=concept, score=1.0, reasons=()))
        text += match[2]
        position = match.end()
    return text + marked[position:], tuple(found)


def relations_of(marked: str) -> tuple[Relation, ...]:
    """Return the relations of the sentences, parted by ` // `; each may look back at those before it."""
    text, groundings = parse_marked(marked)
    relations: list[Relation] = []
    earlier: list[tuple[int, int]] = []
    start = 0
    for sentence in text.split(_NEXT):
        end = start + len(sentence)
        tokens = [(start + token.idx, start + token.idx + len(token)) for token in blank()(sentence) if not token.is_space]
        relations += find_relations(text, (start, end), tokens, groundings, earlier, SectionKind.BODY)
        earlier.append((start, end))
        start = end + len(_NEXT)
    return tuple(relations)


def claims_of(marked: str) -> set[str]:
    """Return the relations as `subject predicate[/aspect] object`: `[state]` after the subject, `!` before what is negated, any doubt and `?` before all."""
    claims = set()
    for relation in relations_of(marked):
        subject, object_ = relation.subject.concept, relation.object.concept
        assert subject and object_
        state = f"[{relation.subject_aspect}]" if relation.subject_aspect else ""
        aspect = f"/{relation.aspect}" if relation.aspect else ""
        doubt = "" if relation.certainty.value == "asserted" else f"{relation.certainty.value}? "
        claims.add(f"{'!' if relation.negated else ''}{doubt}{subject.id}{state} {relation.predicate}{aspect} {object_.id}")
    return claims
