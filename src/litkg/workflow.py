"""The whole way of one document: read, clean, annotate, ground, relate, assemble. Wires the stages together; decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from litkg.assemble import assemble
from litkg.grounding.ground import Grounder
from litkg.grounding.misspellings import find_misspellings
from litkg.grounding.score import ScoredCandidate
from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Extraction, Grounding, Mention, RawDocument
from litkg.nlp.clean import clean
from litkg.nlp.ner import Found
from litkg.nlp.pipeline import Pipeline, load_pipeline
from litkg.settings import Settings
from litkg.sources.registry import Skip, read_path


class DocumentConcepts:
    """What the pipeline asks of grounding: concepts for mentions, and the document's misspelt names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._grounder = Grounder(lexicon)

    def ground(self, mentions: Sequence[Found], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        """Return one grounding a mention, in the order given."""
        return self._grounder.ground(mentions, abbreviations=abbreviations, text=text)

    def rank(self, mention: Mention, *, abbreviations: Mapping[str, str], text: str) -> tuple[ScoredCandidate, ...]:
        """Return all that a mention may stand for by itself, best first."""
        return self._grounder.rank(mention, (), abbreviations=abbreviations, text=text)

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


_SPELT = frozenset({Category.DRUG, Category.CHEMICAL, Category.DISEASE, Category.PHENOTYPE})


class Workflow:
    """An open lexicon and a loaded pipeline: what turns raw documents into extractions."""

    def __init__(self, lexicon: Lexicon, pipeline: Pipeline) -> None:
        self.lexicon = lexicon
        self.pipeline = pipeline

    @classmethod
    def open(cls, settings: Settings, *, ner_model: str | None = None, convention: str | None = None) -> Self:
        """Return the workflow on the lexicon of `settings`; `ner_model` names an installed spaCy model that takes over mentions, or is "lexicon" for
        the lexicon alone; `convention` names a corpus after whose convention mentions are found.

        Raises: LexiconError where the lexicon is missing, PipelineError where the model is.
        """
        lexicon = Lexicon.open(settings.lexicon_path)
        return cls(lexicon, load_pipeline(lexicon, DocumentConcepts(lexicon), ner_model=ner_model, convention=convention))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.lexicon.close()

    def extract(self, raw: RawDocument) -> Extraction:
        """Return all that is found in one document."""
        return assemble(self.pipeline.annotate(clean(raw, knows_word=self.lexicon.knows_word)))

    def ground(self, raw: RawDocument, mentions: Sequence[Mention]) -> tuple[tuple[Grounding, tuple[ScoredCandidate, ...]], ...]:
        """Return what becomes of mentions that a reader marked in the input, in the order given: the grounding of each, and all candidates, best first.

        Offsets are those of `raw.text`. The document's short forms count as in `extract`.
        """
        concepts = DocumentConcepts(self.lexicon)
        abbreviations = self.pipeline.definitions(clean(raw, knows_word=self.lexicon.knows_word))
        groundings = concepts.ground([(mention, ()) for mention in mentions], abbreviations=abbreviations, text=raw.text)
        return tuple((item, concepts.rank(item.mention, abbreviations=abbreviations, text=raw.text)) for item in groundings)


def extract_paths(paths: Iterable[Path], workflow: Workflow, *, on_skip: Callable[[Skip], None] | None = None) -> Iterator[tuple[RawDocument, Extraction]]:
    """Yield each document of the files and folders with its extraction, lazily, in the order of the paths.

    Raises: InputError for a bad file where no `on_skip` is given.
    """
    for path in paths:
        for raw in read_path(path, on_skip=on_skip):
            yield raw, workflow.extract(raw)
