"""litkg as a spaCy pipeline: text in, a `Doc` with sentences, tags, lemmas, a parse and named entities out.

Owns the wiring for those who work with spaCy; `pipeline.py` owns the way to an annotation, which the rest of litkg takes.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from spacy.attrs import IDX
from spacy.language import Language
from spacy.tokens import Doc, Span

from litkg.errors import PipelineError
from litkg.nlp.entities.model import EntityModel, Marker
from litkg.nlp.entities.records import Entity
from litkg.nlp.syntax.model import load_syntax

BATCH_SIZE = 4
"""Texts that `nlp.pipe` reads at a time: a full article takes some 80 MB while it is parsed. More are hardly faster."""
SPANS_KEY = "entities"
"""Where `Doc.spans` has all entities, those that overlap others too."""


def load_language(terms: Marker | None, *, convention: str | None = None) -> Language:
    """Return litkg's spaCy pipeline: sentences, Penn Treebank tags, lemmas, coarse word classes, ClearNLP dependencies, and with `terms` named entities.

    `terms` is the lexicon whose names the NER model reads beside the words (`Lexicon.open`); without it there is no NER, since the model is no good alone.
    With it `Doc.ents` has the entities that do not overlap, the surest first to be taken; `Doc.spans["entities"]` has all in text order; `Span._.score` of
    either is the mean probability of the tags, in (0, 1], and None of any other span. Types are those of `litkg.nlp.entities.conventions`: what most corpora
    agree on, or with a `convention`, a name in HEADS there, what that corpus marks. A blank line ends a sentence.

    Use it in one thread and one process (`n_process=1`): the NER model keeps what it has worked out, and the lexicon is mapped from disk.

    Raises: PipelineError where a model is missing, and for an unknown convention once a text is read.
    """
    nlp = load_syntax()
    nlp.batch_size = BATCH_SIZE
    if terms is not None:
        finder = nlp.add_pipe("litkg_ner", config={"convention": convention})
        if not isinstance(finder, EntityFinder):
            raise PipelineError("another component is registered as litkg_ner")
        finder.terms = terms
    return nlp


@Language.factory("litkg_ner", assigns=["doc.ents", "doc.spans", "span._.score"], default_config={"convention": None})
class EntityFinder:
    """Sets `doc.ents` and `doc.spans["entities"]` from litkg's NER model. `terms` is set by `load_language`; the tokens must be those of `litkg.nlp.tokens`."""

    def __init__(self, nlp: Language, name: str, convention: str | None) -> None:
        self.terms: Marker | None = None
        self.convention = convention
        self.model = EntityModel.load()
        if not Span.has_extension("score"):
            Span.set_extension("score", getter=_score)

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its entities set."""
        if self.terms is None:
            raise PipelineError("litkg_ner has no lexicon: make the pipeline with litkg.nlp.language.load_language")
        found = self.model.find(doc.text, self.terms, convention=self.convention)
        starts = doc.to_array([IDX])
        firsts, lasts = (np.searchsorted(starts, [getattr(entity, end) for entity in found]).tolist() for end in ("start", "end"))
        spans = {entity: Span(doc, first, last, label=entity.type) for entity, first, last in zip(found, firsts, lasts, strict=True)}
        doc.user_data.update({_key(span): entity.score for entity, span in spans.items()})
        doc.spans[SPANS_KEY] = list(spans.values())
        doc.set_ents([spans[entity] for entity in surest(found)])
        return doc


def surest(entities: Iterable[Entity]) -> list[Entity]:
    """Return the entities, in order, that overlap none of a higher score; of equal scores the longer one is kept, and then the first.

    >>> surest([Entity(0, 4, "Gene", 0.6), Entity(0, 9, "Disease", 0.8), Entity(12, 15, "Gene", 0.5)])
    [Entity(start=0, end=9, type='Disease', score=0.8), Entity(start=12, end=15, type='Gene', score=0.5)]
    """
    kept: list[Entity] = []
    taken: set[int] = set()
    for entity in sorted(entities, key=lambda entity: (-entity.score, entity.start - entity.end, entity)):
        places = range(entity.start, entity.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(entity)
    return sorted(kept)


def _key(span: Span) -> str:
    return f"litkg_score {span.start_char} {span.end_char} {span.label_}"


def _score(span: Span) -> float | None:
    score = span.doc.user_data.get(_key(span))
    return None if score is None else float(score)
