"""The shipped syntax model as a spaCy pipeline: how it is loaded, and how sentences are given to it.

Owns the folder of weights and the wiring; what the model predicts is decided in training/syntax.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import cast

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LENGTH, ORTH, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

import litkg.nlp.tokens  # noqa: F401  (gives spaCy the tokenizer)
from litkg.errors import PipelineError
from litkg.nlp.encoder.network import Encoder
from litkg.nlp.encoder.vectors import WordVectors, load_vectors
from litkg.nlp.lemmas import Lemmatizer
from litkg.nlp.sentences import split_text
from litkg.nlp.syntax.network import SyntaxNetwork

WEIGHTS = "weights"
FORMAT_VERSION = 1
_MOST_KNOWN = 200_000
"""Words whose text is kept at a time."""
BLANK_TAG, BLANK_LABEL = "_SP", "dep"
"""What white space that is a token of its own is given; it hangs on the word before it."""


def load_syntax(path: Path | None = None, *, vectors: WordVectors | None = None) -> Language:
    """Return the model in `path`, or else the one shipped with litkg: PTB tags, lemmas, coarse word classes and dependencies with ClearNLP's labels.

    Sentence starts that are set already (`set_sentence_starts`) are taken as given; where none are, the rules of `litkg.nlp.sentences` set them.
    Arcs may cross.

    Raises: PipelineError where the folder holds no model.
    """
    folder = path or Path(str(files("litkg.nlp.syntax").joinpath(WEIGHTS)))
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "litkg.treebank_tokenizer.v1"}}})
    parser, lemmatizer = nlp.add_pipe("litkg_syntax"), nlp.add_pipe("litkg_lemmatizer")
    if not isinstance(parser, SyntaxParser) or not isinstance(lemmatizer, Lemmatizer):
        raise PipelineError("another component is registered as litkg_syntax or litkg_lemmatizer")
    try:
        parser.load(folder, vectors or load_vectors())
        lemmatizer.from_disk(folder)
    except (OSError, ValueError, KeyError) as error:
        raise PipelineError(
            f"no syntax model in {folder} ({error}): reinstall litkg, or make the model with `make -C training syntax-train syntax-package`"
        ) from error
    return nlp


@Language.factory("litkg_syntax", assigns=["token.tag", "token.dep", "token.head", "token.is_sent_start", "doc.sents"])
class SyntaxParser:
    """Sets tags, heads and labels; `load` gives it its weights. The tokens must be those of `litkg.nlp.tokens`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab = nlp.vocab
        self.network: SyntaxNetwork | None = None
        self._known: dict[int, str] = {}

    def load(self, folder: Path, vectors: WordVectors) -> None:
        """Read weights and labels."""
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta["format_version"] != FORMAT_VERSION:
            raise ValueError("it was made for another version of litkg")
        names = ["ROOT" if label == "root" else label for label in meta["labels"]]
        with np.load(folder / "network.npz", allow_pickle=False) as arrays:
            self.network = SyntaxNetwork(Encoder(arrays, vectors, meta["dilations"]), arrays, root=names.index("ROOT"))
        self._tags = np.asarray([self.vocab.strings.add(tag) for tag in meta["tags"]], dtype=np.uint64)
        self._labels = np.asarray([self.vocab.strings.add(label) for label in names], dtype=np.uint64)
        self._blank = (self.vocab.strings.add(BLANK_TAG), self.vocab.strings.add(BLANK_LABEL))

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with tags, heads, labels and sentences set."""
        if self.network is None:
            raise PipelineError("litkg_syntax has no weights: make the pipeline with litkg.nlp.language.load_language")
        if not len(doc):
            return doc
        if not doc.has_annotation("SENT_START"):
            set_sentence_starts(doc, split_text(doc.text))
        texts = self._texts(doc)
        is_word = np.asarray([not text.isspace() for text in texts])
        places = np.flatnonzero(is_word)
        starts = doc.to_array([SENT_START]).astype(np.int64).ravel() == 1
        # A start on white space is one on the next word.
        sentence_of = np.cumsum(starts)[places]
        firsts = np.flatnonzero(np.diff(sentence_of, prepend=-1))
        sentences = list(zip(firsts.tolist(), [*firsts[1:].tolist(), len(places)], strict=True)) if len(places) else []
        tags, heads, labels = self.network.read([texts[place] for place in places.tolist()], sentences)
        values = np.empty((len(texts), 3), dtype=np.uint64)
        before = np.maximum(np.cumsum(is_word) - 1, 0)
        governors = places[before] if len(places) else np.zeros(len(texts), dtype=np.int64)
        governors[places] = places[heads]
        values[:, 0], values[:, 2] = self._blank
        values[places, 0], values[places, 2] = self._tags[tags], self._labels[labels]
        values[:, 1] = (governors - np.arange(len(texts))).astype(np.uint64)
        return doc.from_array([TAG, HEAD, DEP], cast(Ints2d, values))

    def _texts(self, doc: Doc) -> list[str]:
        # By numbers: making spaCy's tokens takes longer than looking them up.
        numbers = doc.to_array([ORTH]).ravel().tolist()
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known.update((number, self.vocab.strings[number]) for number in set(numbers).difference(self._known))
        return [self._known[number] for number in numbers]


def set_sentence_starts(doc: Doc, sentences: Iterable[tuple[int, int]]) -> Doc:
    """Return the document with a sentence at its first token and at each token that begins where one of these spans of characters does, and nowhere else."""
    lengths, blanks = doc.to_array([LENGTH, SPACY]).reshape(-1, 2).T.astype(np.int64)
    begins = np.isin(np.cumsum(lengths + blanks) - lengths - blanks, [start for start, _ in sentences])
    begins[:1] = True
    return doc.from_array([SENT_START], cast(Ints2d, np.where(begins, 1, -1).astype(np.int64).astype(np.uint64).reshape(-1, 1))) if len(doc) else doc
