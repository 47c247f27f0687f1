"""The whole way of one document: read, clean, annotate, ground, relate, assemble. Wires the stages together; decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from litkg.assemble import assemble
from litkg.grounding.ground import Grounder
from litkg.lexicon.lookup import Lexicon
from litkg.model import Extraction, RawDocument
from litkg.nlp.clean import clean
from litkg.nlp.pipeline import Pipeline, load_pipeline
from litkg.settings import Settings
from litkg.sources.registry import Skip, read_path


class Workflow:
    """An open lexicon and a loaded pipeline: what turns raw documents into extractions."""

    def __init__(self, lexicon: Lexicon, pipeline: Pipeline) -> None:
        self.lexicon = lexicon
        self.pipeline = pipeline

    @classmethod
    def open(cls, settings: Settings, *, ner_model: str | None = None) -> Self:
        """Return the workflow on the lexicon of `settings`; `ner_model` names an installed spaCy model that takes over mentions.

        Raises: LexiconError where the lexicon is missing, PipelineError where the model is.
        """
        lexicon = Lexicon.open(settings.lexicon_path)
        return cls(lexicon, load_pipeline(lexicon, Grounder(lexicon), ner_model=ner_model))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.lexicon.close()

    def extract(self, raw: RawDocument) -> Extraction:
        """Return all that is found in one document."""
        return assemble(self.pipeline.annotate(clean(raw, knows_word=self.lexicon.knows_word)))


def extract_paths(paths: Iterable[Path], workflow: Workflow, *, on_skip: Callable[[Skip], None] | None = None) -> Iterator[tuple[RawDocument, Extraction]]:
    """Yield each document of the files and folders with its extraction, lazily, in the order of the paths.

    Raises: InputError for a bad file where no `on_skip` is given.
    """
    for path in paths:
        for raw in read_path(path, on_skip=on_skip):
            yield raw, workflow.extract(raw)
