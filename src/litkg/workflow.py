"""The whole way of one document: read, clean, annotate, ground, relate, assemble. Wires the stages together; decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from litkg.assemble import assemble
from litkg.curie import is_curie
from litkg.grounding.features import candidate_of, label_fits
from litkg.grounding.ground import Grounder
from litkg.grounding.misspellings import find_misspellings
from litkg.grounding.name_search import NameSearch
from litkg.grounding.score import ScoredCandidate
from litkg.grounding.spelling import NearNames
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.records import Candidate, NameKind
from litkg.model import Category, Document, Extraction, Grounding, Mention, RawDocument, Run
from litkg.nlp.clean import clean
from litkg.nlp.ner import Found
from litkg.nlp.pipeline import Pipeline, load_pipeline
from litkg.nlp.species import GeneSpecies, species_of_genes
from litkg.runs import current_run
from litkg.settings import Linker, Settings
from litkg.sources.registry import Skip, read_path


class MentionLinker(Protocol):
    """What chooses concepts: litkg's `Grounder`, or another in its place."""

    def ground(self, mentions: Sequence[Found], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        """Return one grounding a mention, in the order given."""

    def rank(
        self, mention: Mention, candidates: tuple[Candidate, ...], *, abbreviations: Mapping[str, str], text: str, others: Sequence[Mention] = ()
    ) -> tuple[ScoredCandidate, ...]:
        """Return all that a mention may stand for by itself, best first; `others` are the document's mentions."""


class DocumentConcepts:
    """What the pipeline asks of grounding: concepts for mentions, by litkg's `Grounder` where no other linker is given, and the document's misspelt names."""

    def __init__(self, lexicon: Lexicon, linker: MentionLinker | None = None) -> None:
        self._lexicon = lexicon
        self._linker = linker or Grounder(lexicon)

    def ground(self, mentions: Sequence[Found], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        """Return one grounding a mention, in the order given; those of genes with the species that the text speaks of."""
        groundings = self._linker.ground(mentions, abbreviations=abbreviations, text=text)
        genes = [item for item in groundings if _is_gene(item)]
        species = species_of_genes(text, [(item.mention.start, item.mention.end) for item in genes])
        marked = {id(item): _of_species(item, found) for item, found in zip(genes, species, strict=True)}
        return tuple(marked.get(id(item), item) for item in groundings)

    def rank(
        self, mention: Mention, *, abbreviations: Mapping[str, str], text: str, candidates: tuple[Candidate, ...] = (), others: Sequence[Mention] = ()
    ) -> tuple[ScoredCandidate, ...]:
        """Return all that a mention may stand for by itself, best first; `candidates` are those of its name where no model labels it, `others` the document's
        mentions, by which short forms that it does not define are read."""
        return self._linker.rank(mention, candidates, abbreviations=abbreviations, text=text, others=others)

    def find_misspellings(self, text: str, token_spans: Sequence[tuple[int, int]], mentions: Sequence[Found]) -> list[Found]:
        """Return the words that nearly are a drug or disease named elsewhere in the document, as mentions of it."""
        named = {mention.text.lower(): (mention, candidates) for mention, candidates in reversed(mentions) if mention.label in _SPELT}
        found = []
        for item in find_misspellings(text, token_spans, sorted(named), self._lexicon.knows_word):
            if text[item.start].lower() != item.name[0].lower():
                continue  # a slip seldom changes the first letter; "Invitrogen" is not nitrogen
            model, candidates = named[item.name.lower()]
            mention = replace(model, start=item.start, end=item.end, text=text[item.start : item.end], component="litkg_lexicon_misspelling")
            found.append((mention, candidates))
        return found


def open_linker(settings: Settings, lexicon: Lexicon) -> MentionLinker:
    """Return the linker that the settings name, on their lexicon.

    Raises: LexiconError, with the command to run, where the index of scispaCy's is missing or of another lexicon.
    """
    if settings.linker is Linker.SCISPACY:
        # Not above: SciPy and scikit-learn take a second to import.
        from litkg.grounding.scispacy.linker import ScispacyLinker

        return ScispacyLinker.open(settings.lexicon_path, lexicon)
    path, info = settings.lexicon_path, lexicon.info()
    return Grounder(lexicon, near=NearNames.open(path, info), search=NameSearch.open(path, info))


def _is_gene(grounding: Grounding) -> bool:
    return grounding.concept is not None and label_fits(Category.GENE, grounding.concept.categories)


def _of_species(grounding: Grounding, species: GeneSpecies) -> Grounding:
    reasons = (f"of taxon {species.taxon}: {', '.join(species.reasons)}",) if species.reasons else ()
    return replace(grounding, taxon=species.taxon, reasons=(*grounding.reasons, *reasons))


_SPELT = frozenset({Category.DRUG, Category.CHEMICAL, Category.DISEASE, Category.PHENOTYPE})


class Workflow:
    """An open lexicon and a loaded pipeline: what turns raw documents into extractions."""

    def __init__(self, lexicon: Lexicon, pipeline: Pipeline, concepts: DocumentConcepts | None = None, run: Run | None = None) -> None:
        self.lexicon = lexicon
        self.pipeline = pipeline
        self.run = run
        self._concepts = concepts or DocumentConcepts(lexicon)

    @classmethod
    def open(cls, settings: Settings, *, ner_model: str | None = None, convention: str | None = None) -> Self:
        """Return the workflow on the lexicon of `settings`; `ner_model` names an installed spaCy model that takes over mentions, or is "lexicon" for
        the lexicon alone; `convention` names a corpus after whose convention mentions are found.

        Raises: LexiconError where the lexicon is missing, or the index that `settings.linker` needs, PipelineError where the model is.
        """
        lexicon = Lexicon.open(settings.lexicon_path)
        concepts = DocumentConcepts(lexicon, open_linker(settings, lexicon))
        pipeline = load_pipeline(lexicon, concepts, ner_model=ner_model, convention=convention)
        return cls(lexicon, pipeline, concepts, current_run(lexicon.info(), settings, ner_model=ner_model, convention=convention))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.lexicon.close()

    def extract(self, raw: RawDocument) -> Extraction:
        """Return all that is found in one document, with the record of what read it."""
        return replace(assemble(self.pipeline.annotate(clean(raw, knows_word=self.lexicon.knows_word))), run=self.run)

    def relate(self, raw: RawDocument, groundings: Sequence[Grounding]) -> Extraction:
        """Return what is said of mentions and concepts that a reader marked in the input, and of no others; offsets are those of `raw.text`.

        Of mentions that overlap the first and longest is read; what cleaning cuts out of the text is left out.
        """
        document = clean(raw, knows_word=self.lexicon.knows_word)
        return assemble(self.pipeline.annotate(document, groundings=_placed(groundings, document)))

    def ground(self, raw: RawDocument, mentions: Sequence[Mention]) -> tuple[tuple[Grounding, tuple[ScoredCandidate, ...]], ...]:
        """Return what becomes of mentions that a reader marked in the input, in the order given: the grounding of each, and all candidates, best first.

        Offsets are those of `raw.text`. The document's short forms count as in `extract`.
        """
        abbreviations = self.pipeline.definitions(clean(raw, knows_word=self.lexicon.knows_word))
        groundings = self._concepts.ground([(mention, ()) for mention in mentions], abbreviations=abbreviations, text=raw.text)
        return tuple((item, self._concepts.rank(item.mention, abbreviations=abbreviations, text=raw.text, others=mentions)) for item in groundings)

    def candidates(self, name: str, *, text: str = "", label: Category | None = None) -> tuple[ScoredCandidate, ...]:
        """Return all that a name may mean in a text, best first, with the parts of each score. The short forms that the text defines count; `label` is the
        kind of thing that a reader would say that it is. An id of any source is its concept's for sure."""
        if is_curie(name):
            return _of_id(self.lexicon, name)
        whole = text if name in text else f"{name} {text}"
        raw = RawDocument(id="litkg.doc:name", title="", text=whole, format="text")
        abbreviations = self.pipeline.definitions(clean(raw, knows_word=self.lexicon.knows_word))
        start = whole.index(name)
        mention = Mention(
            document_id=raw.id,
            start=start,
            end=start + len(name),
            text=name,
            label=label or Category.CHEMICAL,
            component="litkg_user" if label else "litkg_lexicon",
        )
        return self._concepts.rank(mention, abbreviations=abbreviations, text=whole, candidates=self.lexicon.lookup(name))


def _placed(groundings: Iterable[Grounding], document: Document) -> tuple[Grounding, ...]:
    """Return the groundings with offsets of the cleaned text, in text order and apart."""
    moved = []
    for item in groundings:
        span = document.source_map.from_raw(item.mention.start, item.mention.end)
        if span is not None:
            moved.append(replace(item, mention=replace(item.mention, start=span[0], end=span[1], text=document.text[slice(*span)])))
    placed: list[Grounding] = []
    for item in sorted(moved, key=lambda item: (item.mention.start, -item.mention.end)):
        if not placed or item.mention.start >= placed[-1].mention.end:
            placed.append(item)
    return tuple(placed)


def _of_id(lexicon: Lexicon, curie: str) -> tuple[ScoredCandidate, ...]:
    concept = lexicon.concept(curie)
    if concept is None:
        return ()
    candidate = candidate_of(concept, matched=curie, kind=NameKind.PREFERRED, source="id")
    return (ScoredCandidate(candidate=candidate, score=1.0, features=(("its id", 1.0, f"{curie} is its id"),)),)


def extract_paths(paths: Iterable[Path], workflow: Workflow, *, on_skip: Callable[[Skip], None] | None = None) -> Iterator[tuple[RawDocument, Extraction]]:
    """Yield each document of the files and folders with its extraction, lazily, in the order of the paths.

    Raises: InputError for a bad file where no `on_skip` is given.
    """
    for path in paths:
        for raw in read_path(path, on_skip=on_skip):
            yield raw, workflow.extract(raw)
