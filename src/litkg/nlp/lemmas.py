"""Lemmas and coarse word classes from tags: a table of exceptions and the longest known ending of each tag.

Owns how a lemma is looked up; training/syntax learns the tables from the CRAFT treebank. Lemmas are in small letters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.attrs import LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc
from thinc.types import Ints2d

SHARED = {"VBD": "VBN", "NNPS": "NNS"}
"""Tags that use another tag's tables: their endings are the same, and the rarer tag has too few words to learn from."""
LONGEST_ENDING = 6
"""Letters of the longest ending that is looked up."""
_MOST_CACHED = 200_000
"""Words with their tags that are kept at a time."""
WORD_CLASSES = {
    "PUNCT": "'' , -LRB- -RRB- . : HYPH ``",
    "ADJ": "AFX JJ JJR JJS",
    "CCONJ": "CC",
    "NUM": "CD",
    "DET": "DT PDT PRP$ WDT WP$",
    "PRON": "EX PRP WP",
    "X": "FW LS",
    "ADP": "IN RP",
    "VERB": "MD VB VBD VBG VBN VBP VBZ",
    "NOUN": "NN NNS",
    "PROPN": "NNP NNPS",
    "PART": "POS TO",
    "ADV": "RB RBR RBS WRB",
    "SYM": "SYM",
    "INTJ": "UH",
    "SPACE": "_SP",
}
"""The treebank's tags by Universal part of speech, as the treebank itself maps them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lemmas:
    """`exceptions[tag][word]` is a lemma; `endings[tag][ending]` is how many letters are cut off and what is put on instead."""

    exceptions: Mapping[str, Mapping[str, str]]
    endings: Mapping[str, Mapping[str, tuple[int, str]]]

    def find(self, word: str, tag: str) -> str:
        """Return the lemma of a word with this tag.

        >>> Lemmas(exceptions={"NNS": {"mice": "mouse"}}, endings={"NNS": {"s": (1, "")}}).find("Rats", "NNS")
        'rat'
        """
        lower, tag = word.lower(), SHARED.get(tag, tag)
        exception = self.exceptions.get(tag, {}).get(lower)
        if exception is not None:
            return exception
        endings = self.endings.get(tag)
        if endings:
            for length in range(min(LONGEST_ENDING, len(lower) - 1), -1, -1):
                rule = endings.get(lower[len(lower) - length :])
                if rule is not None:
                    return lower[: len(lower) - rule[0]] + rule[1]
        return lower


@Language.factory("litkg_lemmatizer", assigns=["token.lemma", "token.pos"], requires=["token.tag"], default_score_weights={"lemma_acc": 1.0})
class Lemmatizer:
    """Sets lemmas and coarse word classes of tagged documents; its tables are set once they are learned, and stored with the model."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab = nlp.vocab
        self.lemmas = Lemmas(exceptions={}, endings={})
        self._classes = {tag: nlp.vocab.strings.add(name) for name, tags in WORD_CLASSES.items() for tag in tags.split()}
        self._cache: dict[tuple[int, int], tuple[int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma and the class of each token."""
        if len(self._cache) > _MOST_CACHED:
            self._cache.clear()
        # By numbers: making spaCy's tokens takes longer than looking them up.
        keys: list[tuple[int, int]] = [(orth, tag) for orth, tag in doc.to_array([ORTH, TAG]).tolist()]
        for key in set(keys).difference(self._cache):
            word, tag = self.vocab.strings[key[0]], self.vocab.strings[key[1]]
            self._cache[key] = (self.vocab.strings.add(self.lemmas.find(word, tag)), self._classes.get(tag, 0))
        if keys:
            doc.from_array([LEMMA, POS], cast(Ints2d, np.asarray([self._cache[key] for key in keys], dtype=np.uint64)))
        return doc

    def to_disk(self, path: Path | str, **_: Any) -> None:
        """Write the tables."""
        Path(path).mkdir(parents=True, exist_ok=True)
        tables = {"exceptions": self.lemmas.exceptions, "endings": self.lemmas.endings}
        Path(path, "lemmas.json").write_text(json.dumps(tables, ensure_ascii=False, sort_keys=True), encoding="utf-8")

    def from_disk(self, path: Path | str, **_: Any) -> Lemmatizer:
        """Read the tables."""
        self._read(Path(path, "lemmas.json").read_text(encoding="utf-8"))
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return the tables."""
        return json.dumps({"exceptions": self.lemmas.exceptions, "endings": self.lemmas.endings}, sort_keys=True).encode()

    def from_bytes(self, data: bytes, **_: Any) -> Lemmatizer:
        """Read the tables."""
        self._read(data.decode())
        return self

    def _read(self, content: str) -> None:
        tables = json.loads(content)
        endings = {tag: {ending: (int(cut), str(added)) for ending, (cut, added) in rules.items()} for tag, rules in tables["endings"].items()}
        self.lemmas = Lemmas(exceptions=tables["exceptions"], endings=endings)
        self._cache.clear()
