"""Sentences' tags, heads and dependency labels as numbers, by the syntax model that litkg ships.

Owns their numbers, which are the places of names in that model's own lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.nlp.syntax.model import BLANK_LABEL, load_syntax, set_sentence_starts

_META = json.loads(files("litkg.nlp.syntax").joinpath("weights", "meta.json").read_text(encoding="utf-8"))
TAGS: tuple[str, ...] = tuple(_META["tags"])
LABELS: tuple[str, ...] = (*_META["labels"], BLANK_LABEL)


@dataclass(frozen=True)
class Syntax:
    """One sentence's words: `heads` as numbers in the sentence, the root its own, and the numbers of `tags` and `deps`."""

    heads: npt.NDArray[Any]
    tags: npt.NDArray[Any]
    deps: npt.NDArray[Any]


def parses(texts: Iterable[str]) -> Iterator[Syntax]:
    """Yield the syntax of each text, taken for one sentence."""
    nlp = load_syntax()
    tags = {name: number for number, name in enumerate(TAGS)}
    labels = {"ROOT" if name == "root" else name: number for number, name in enumerate(LABELS)}
    for doc in nlp.pipe((set_sentence_starts(nlp.make_doc(text), ()) for text in texts), batch_size=64):
        words = [token for token in doc if not token.is_space]
        index = {token.i: at for at, token in enumerate(words)}
        yield Syntax(
            np.asarray([index.get(token.head.i, at) for at, token in enumerate(words)], dtype=np.int16),
            np.asarray([tags[token.tag_] for token in words], dtype=np.uint8),
            np.asarray([labels[token.dep_] for token in words], dtype=np.uint8),
        )
