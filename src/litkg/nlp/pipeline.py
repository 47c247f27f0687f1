"""The spaCy pipeline: `pipeline.cfg` and its components, from a cleaned document to an annotation.

Owns the components' contracts (what each requires and assigns on `Doc._`) and their wiring; what they find is decided in the modules that they call.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import Protocol, cast

import numpy as np
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy import util
from spacy.attrs import IDX, IS_SPACE, LENGTH, SENT_START
from spacy.language import Language, create_tokenizer
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Config
from thinc.types import Ints2d

from litkg.errors import PipelineError
from litkg.lexicon.records import Candidate
from litkg.model import READ_SECTIONS, Annotation, Document, Grounding, Mention, Relation
from litkg.nlp.abbreviations import find_definitions
from litkg.nlp.administration import administered_concepts
from litkg.nlp.case_claims import with_case_claims
from litkg.nlp.case_reports import find_case_reports
from litkg.nlp.comparisons import with_null_results
from litkg.nlp.cues.governing import Denials
from litkg.nlp.cues.model import CueModel
from litkg.nlp.ellipsis import find_elliptical, merge_elliptical
from litkg.nlp.entities.model import EntityModel, Marker
from litkg.nlp.entities.records import Entity
from litkg.nlp.entities.shortforms import settle_short_forms
from litkg.nlp.ner import (
    NER_COMPONENT,
    Found,
    Terms,
    apply_abbreviations,
    combine_mentions,
    entity_mentions,
    lexicon_mentions,
    model_mentions,
    same_kind,
    with_misspellings,
)
from litkg.nlp.pairs.classes import Vocabulary
from litkg.nlp.pairs.model import load_pairs
from litkg.nlp.pairs.reading import PairReader, Sentence, may_have_pairs
from litkg.nlp.parsing import parse_sentences, sentence_syntax
from litkg.nlp.qualify import qualify_relations
from litkg.nlp.relations import find_relations
from litkg.nlp.sentences import find_sentences


class Concepts(Protocol):
    """What the pipeline needs of grounding."""

    def ground(self, mentions: Sequence[tuple[Mention, tuple[Candidate, ...]]], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        """Return one grounding a mention, in the order given."""

    def find_misspellings(
        self, text: str, token_spans: Sequence[tuple[int, int]], mentions: Sequence[tuple[Mention, tuple[Candidate, ...]]]
    ) -> Sequence[tuple[Mention, tuple[Candidate, ...]]]:
        """Return the tokens that are misspelt names of the document, as mentions."""


class NamedTerms(Terms, Marker, Vocabulary, Protocol):
    """What the pipeline needs of the lexicon."""


LEXICON_ONLY = "lexicon"
"""The `ner_model` that stands for the lexicon without any model."""
_FINDERS = frozenset({"litkg_mentions", "litkg_concepts"})
"""The components that find mentions and their concepts."""
_EXTENSIONS = ("document", "sentence_spans", "mentions", "short_forms", "groundings", "parses", "relations", "case_reports")


@registry.tokenizers("litkg.scispacy_tokenizer.v1")
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the factory of scispaCy's tokenizer, which keeps "IL-1ra" and "5-HT" whole."""

    def create(nlp: Language) -> Tokenizer:
        nlp.tokenizer = create_tokenizer()(nlp)
        return combined_rule_tokenizer(nlp)

    return create


@Language.component("litkg_sentences", assigns=["doc._.sentence_spans", "token.is_sent_start"])
def litkg_sentences(doc: Doc) -> Doc:
    """Set the sentences of the sections that are read; all else stays one stretch between them."""
    doc._.sentence_spans = find_sentences(doc._.document)
    borders = {start for start, _, _ in doc._.sentence_spans} | {end for _, end, _ in doc._.sentence_spans}
    pending = sorted(borders, reverse=True)
    starts = []
    for token in doc:
        begins = token.i == 0
        while pending and pending[-1] <= token.idx:
            pending.pop()
            begins = True
        starts.append(1 if begins else -1)
    # In one go: setting `Token.is_sent_start` looks through the whole document each time.
    column = np.asarray(starts, dtype=np.int64).astype(np.uint64).reshape(-1, 1)
    return doc.from_array([SENT_START], cast(Ints2d, column))


@Language.component("litkg_abbreviations", assigns=["doc._.short_forms"])
def litkg_abbreviations(doc: Doc) -> Doc:
    """Set the short forms that the document defines."""
    doc._.short_forms = find_definitions(doc)
    return doc


@Language.factory(
    "litkg_mentions",
    assigns=["doc._.mentions", "doc.spans"],
    requires=["doc._.sentence_spans", "doc._.short_forms"],
    default_config={"ner_model": None, "convention": None},
)
class MentionFinder:
    """Finds mentions with the lexicon and litkg's NER model together; with another spaCy model alone where `ner_model` names one, with neither's help by the
    lexicon alone where it is "lexicon". With a `convention` the NER model speaks alone, as that corpus would mark the text. `terms` and `concepts` are set by
    `load_pipeline`."""

    def __init__(self, nlp: Language, name: str, ner_model: str | None = None, convention: str | None = None) -> None:
        self.terms: NamedTerms | None = None
        self.concepts: Concepts | None = None
        self.convention = convention
        self.model = load_ner_model(ner_model) if ner_model and ner_model != LEXICON_ONLY else None
        self.entities = EntityModel.load() if ner_model is None else None

    def __call__(self, doc: Doc) -> Doc:
        if self.terms is None or self.concepts is None:
            raise PipelineError("litkg_mentions has no lexicon: make the pipeline with litkg.nlp.pipeline.load_pipeline")
        ranges = _read_ranges(doc)
        document: Document = doc._.document
        text = document.text
        if self.convention is not None:
            found = entity_mentions(document.id, text, self._entities(doc, ranges), self.terms)
        else:
            tokens = _inside(_token_spans(doc), ranges)
            found = self._found(doc, ranges, tokens)
            found = apply_abbreviations(found, document.id, text, ranges, doc._.short_forms, self.terms)
            found = merge_elliptical(found, find_elliptical(document.id, text, tokens, found, self.terms))
            found = with_misspellings(found, self.concepts.find_misspellings(text, tokens, [item for item in found if item[1]]))
        doc._.mentions = tuple(found)
        spans = [doc.char_span(mention.start, mention.end, label=mention.label.value, alignment_mode="expand") for mention, _ in found]
        doc.spans["mentions"] = [span for span in spans if span is not None]
        return doc

    def _found(self, doc: Doc, ranges: Sequence[tuple[int, int]], tokens: Sequence[tuple[int, int]]) -> list[Found]:
        if self.terms is None:
            raise PipelineError("litkg_mentions has no lexicon: make the pipeline with litkg.nlp.pipeline.load_pipeline")
        document: Document = doc._.document
        text = document.text
        if self.model is not None:
            named = [
                (start + entity.start_char, start + entity.end_char, entity.label_) for start, end in ranges for entity in self.model(text[start:end]).ents
            ]
            return model_mentions(document.id, text, named, self.terms)
        known = lexicon_mentions(document.id, text, tokens, self.terms, defined=frozenset(doc._.short_forms))
        return combine_mentions(document.id, text, known, self._entities(doc, ranges), self.terms) if self.entities else known

    def _entities(self, doc: Doc, ranges: Sequence[tuple[int, int]]) -> list[Entity]:
        if self.entities is None or self.terms is None:
            raise PipelineError("a convention is litkg's own NER model's: leave --ner-model out")
        text = doc._.document.text
        found = self.entities.find(text, self.terms, ranges=ranges, convention=self.convention) if ranges else []
        settled = settle_short_forms(text, found, doc._.short_forms)
        return [entity for entity in settled if any(start <= entity.start and entity.end <= end for start, end in ranges)]


@Language.factory("litkg_concepts", assigns=["doc._.groundings"], requires=["doc._.mentions", "doc._.short_forms"])
class ConceptFinder:
    """Gives each mention its concept. `concepts` is set by `load_pipeline`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.concepts: Concepts | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self.concepts is None:
            raise PipelineError("litkg_concepts has no grounder: make the pipeline with litkg.nlp.pipeline.load_pipeline")
        grounded = self.concepts.ground(doc._.mentions, abbreviations=doc._.short_forms, text=doc._.document.text)
        doc._.groundings = tuple(_labelled(item) for item in grounded)
        return doc


@Language.factory(
    "litkg_relations", assigns=["doc._.relations"], requires=["doc._.groundings", "doc._.sentence_spans"], default_config={"antecedent_sentences": 2}
)
class RelationFinder:
    """Reads relations sentence by sentence; an anaphor may look back over `antecedent_sentences` sentences of its own section."""

    def __init__(self, nlp: Language, name: str, antecedent_sentences: int) -> None:
        self.antecedent_sentences = antecedent_sentences

    def __call__(self, doc: Doc) -> Doc:
        text, groundings = doc._.document.text, doc._.groundings
        tokens = _token_spans(doc)
        relations: list[Relation] = []
        earlier: list[tuple[int, int]] = []
        kind = None
        position = 0
        administered = administered_concepts(doc.text, doc._.groundings)
        for start, end, section in doc._.sentence_spans:
            if section is not kind:
                earlier, kind = [], section
            while position < len(tokens) and tokens[position][0] < start:
                position += 1
            last = position
            while last < len(tokens) and tokens[last][0] < end:
                last += 1
            found = find_relations(text, (start, end), tokens[position:last], groundings, earlier, section, administered=administered)
            relations += with_null_results(found, text, (start, end), groundings, section)
            position = last
            earlier = [*earlier, (start, end)][-self.antecedent_sentences :]
        doc._.relations = tuple(relations)
        return doc


@Language.factory("litkg_pairs", assigns=["doc._.parses", "doc._.relations"], requires=["doc._.groundings", "doc._.relations", "doc._.sentence_spans"])
class PairFinder:
    """Adds the relations that the model of pairs is sure of to those that the grammar has read. Parses the sentences with two grounded mentions, and no others.
    `terms` is set by `load_pipeline`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.syntax, self.model = sentence_syntax(), load_pairs()
        self.terms: NamedTerms | None = None
        self._reader: PairReader | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self.terms is None:
            raise PipelineError("litkg_pairs has no lexicon: make the pipeline with litkg.nlp.pipeline.load_pipeline")
        if self._reader is None:
            self._reader = PairReader(self.model, self.terms)
        text, sentences = doc._.document.text, doc._.sentence_spans
        starts = [start for start, _, _ in sentences]
        known: dict[int, set[frozenset[str]]] = {}
        for relation in doc._.relations:
            pair = frozenset(end.concept.id for end in (relation.subject, relation.object) if end.concept)
            for end in (relation.subject, relation.object):
                known.setdefault(bisect_right(starts, end.mention.start) - 1, set()).add(pair)
        inside: dict[int, list[Grounding]] = {}
        for item in doc._.groundings:
            at = bisect_right(starts, item.mention.start) - 1
            if at >= 0 and item.mention.end <= sentences[at][1]:
                inside.setdefault(at, []).append(item)
        wanted = [at for at, items in sorted(inside.items()) if may_have_pairs(text[slice(*sentences[at][:2])], items)]
        doc._.parses = {}
        parsed = dict(zip(wanted, parse_sentences(text, [sentences[at][:2] for at in wanted], self.syntax, known=doc._.parses), strict=True))
        read = [Sentence(start, end, section, inside.get(at, ()), parsed.get(at), known.get(at, ())) for at, (start, end, section) in enumerate(sentences)]
        added = self._reader.find(text, read) if parsed else ()
        doc._.relations = (*doc._.relations, *added)
        return doc


@Language.factory("litkg_qualifiers", assigns=["doc._.relations"], requires=["doc._.relations", "doc._.sentence_spans"])
class RelationQualifier:
    """Gives relations what denies and doubts them, with cue and scope, and says what their sentence brings. Parses the sentences that have a relation and a
    word that may be a cue, and no others."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.cues, self.denials = CueModel.load(), Denials.load()
        self.syntax = sentence_syntax()

    def __call__(self, doc: Doc) -> Doc:
        doc._.relations = qualify_relations(
            doc._.document.text, doc._.sentence_spans, doc._.relations, syntax=self.syntax, cues=self.cues, denials=self.denials, parses=doc._.parses
        )
        return doc


@Language.component("litkg_cases", assigns=["doc._.case_reports"], requires=["doc._.groundings", "doc._.relations"])
def litkg_cases(doc: Doc) -> Doc:
    """Read case reports, and add what they suspect and exclude to the relations."""
    arguments = (doc._.document, doc._.sentence_spans, doc._.groundings)
    doc._.case_reports = find_case_reports(*arguments)
    if not doc._.case_reports:
        return doc
    doc._.relations = with_case_claims(*arguments, doc._.relations)
    return doc


class Pipeline:
    """The pipeline with its lexicon and grounder; `annotate` is its main use. Pure but for spaCy's string store."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def definitions(self, document: Document) -> dict[str, str]:
        """Return the short forms that the document defines, with their long forms."""
        self.nlp.max_length = max(self.nlp.max_length, len(document.text) + 1)
        return find_definitions(self.nlp.make_doc(document.text))

    def annotate(self, document: Document, *, groundings: tuple[Grounding, ...] | None = None) -> Annotation:
        """Return all that is found in the document; mentions and relations in text order. With `groundings`, in text order and apart from each other, mentions
        and their concepts are these, and none are looked for."""
        self.nlp.max_length = max(self.nlp.max_length, len(document.text) + 1)
        doc = self.nlp.make_doc(document.text)
        doc._.document = document
        if groundings is not None:
            doc._.mentions, doc._.groundings = tuple((item.mention, ()) for item in groundings), groundings
        for name, component in self.nlp.pipeline:
            if groundings is None or name not in _FINDERS:
                doc = component(doc)
        return Annotation(document=document, groundings=doc._.groundings, relations=doc._.relations, case_reports=doc._.case_reports)


def load_pipeline(terms: NamedTerms, concepts: Concepts, *, ner_model: str | None = None, convention: str | None = None) -> Pipeline:
    """Return the pipeline of `pipeline.cfg` with its lexicon and grounder; `ner_model` names an installed spaCy model that takes over mentions, or is
    "lexicon"; `convention` names the corpus whose convention mentions are to follow.

    Raises: PipelineError where the model cannot be loaded.
    """
    for name in _EXTENSIONS:
        Doc.set_extension(name, default=None, force=True)
    config = Config().from_str(files("litkg.nlp").joinpath("pipeline.cfg").read_text(encoding="utf-8"))
    config["components"]["litkg_mentions"] |= {"ner_model": ner_model, "convention": convention}
    nlp = util.load_model_from_config(config, auto_fill=True)
    finder, grounder = nlp.get_pipe("litkg_mentions"), nlp.get_pipe("litkg_concepts")
    if not isinstance(finder, MentionFinder) or not isinstance(grounder, ConceptFinder):
        raise PipelineError("pipeline.cfg must keep litkg_mentions and litkg_concepts")
    finder.terms, finder.concepts, grounder.concepts = terms, concepts, concepts
    pairs = nlp.get_pipe("litkg_pairs")
    if isinstance(pairs, PairFinder):
        pairs.terms = terms
    return Pipeline(nlp)


def load_ner_model(name: str) -> Language:
    """Return the installed spaCy model called `name`.

    Raises: PipelineError that says how to install it, and which pipes it has where it finds no entities.
    """
    try:
        model = util.load_model(name)
    except OSError as error:
        raise PipelineError(f"no spaCy model {name!r} is installed here: install its package or give the path of its folder") from error
    if not {"ner", "entity_ruler", "span_ruler", "beam_ner"} & set(model.pipe_names):
        raise PipelineError(f"the spaCy model {name!r} finds no entities: its pipes are {', '.join(model.pipe_names) or 'none'}")
    return model


def _labelled(grounding: Grounding) -> Grounding:
    """Return the grounding with the mention labelled as its concept is, unless another model labelled it."""
    mention, concept = grounding.mention, grounding.concept
    if concept is None or not concept.grounded or not mention.component.startswith("litkg_") or mention.label is concept.categories[0]:
        return grounding
    if mention.component == NER_COMPONENT and not same_kind(mention.label, concept.categories[0]):
        return grounding
    return replace(grounding, mention=replace(mention, label=concept.categories[0]))


def _token_spans(doc: Doc) -> list[tuple[int, int]]:
    columns = doc.to_array([IDX, LENGTH, IS_SPACE]).astype(int)
    return [(start, start + length) for start, length, is_space in columns.tolist() if not is_space]


def _read_ranges(doc: Doc) -> list[tuple[int, int]]:
    return [(section.start, section.end) for section in doc._.document.sections if section.kind in READ_SECTIONS]


def _inside(spans: Iterable[tuple[int, int]], ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that lie in one of the ranges; both are in order and do not overlap."""
    inside = []
    left = iter(ranges)
    start, end = next(left, _NO_RANGE)
    for span in spans:
        while span[1] > end:
            start, end = next(left, _NO_RANGE)
        if start <= span[0]:
            inside.append(span)
    return inside


_NO_RANGE = (sys.maxsize, sys.maxsize)
