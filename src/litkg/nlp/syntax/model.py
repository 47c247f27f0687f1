"""The shipped syntax model: how it is loaded, and how sentences are given to it.

Owns the folder of weights and the wiring; what the model predicts is decided in training/syntax.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import cast

import numpy as np
from spacy import util
from spacy.attrs import LENGTH, SENT_START, SPACY
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from thinc.api import NumpyOps
from thinc.types import Ints2d

import litkg.nlp.lemmas
import litkg.nlp.tokens  # noqa: F401  (both give spaCy the parts that the model names)
from litkg.errors import PipelineError

WEIGHTS = "weights"
_OPS = NumpyOps(use_blis=False)
"""numpy multiplies matrices a fifth faster than BLIS, which spaCy takes by default."""


def load_syntax(path: Path | None = None) -> Language:
    """Return the model in `path`, or else the one shipped with litkg: PTB tags, lemmas, coarse word classes and dependencies with ClearNLP's labels.

    The parser takes sentence starts that are set already (`set_sentence_starts`) as given, and finds its own where none are.

    Raises: PipelineError where the folder holds no model.
    """
    folder = path or Path(str(files("litkg.nlp.syntax").joinpath(WEIGHTS)))
    try:
        nlp = util.load_model(folder)
    except OSError as error:
        raise PipelineError(f"no syntax model in {folder}: reinstall litkg, or make the model with `make -C training syntax-data syntax-train`") from error
    for _, component in nlp.pipeline:
        if isinstance(component, TrainablePipe):
            for layer in component.model.walk():
                layer.ops = _OPS
    return nlp


def set_sentence_starts(doc: Doc, sentences: Iterable[tuple[int, int]]) -> Doc:
    """Return the document with a sentence at its first token and at each token that begins where one of these spans of characters does, and nowhere else."""
    lengths, blanks = doc.to_array([LENGTH, SPACY]).reshape(-1, 2).T.astype(np.int64)
    begins = np.isin(np.cumsum(lengths + blanks) - lengths - blanks, [start for start, _ in sentences])
    begins[:1] = True
    return doc.from_array([SENT_START], cast(Ints2d, np.where(begins, 1, -1).astype(np.int64).astype(np.uint64).reshape(-1, 1))) if len(doc) else doc
