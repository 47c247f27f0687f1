"""Tokens of the trained models: a biomedical treebank's, split at every hyphen, slash and bracket, so that each name in "IL-6/STAT3-induced" ends at a token.

Owns the rules of splitting, after the CRAFT treebank's (Verspoor et al. 2012, BMC Bioinformatics 13:207). The grammar reads other words: scispaCy's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_TOKEN = re.compile(
    r"""
    (?![cC]annot\b)[A-Za-z]++(?=[\ ,;)])                         # most words: none of what follows splits them
    | (?:e\.g|i\.e|vs|cf|approx|Figs?|Refs?|Nos?|al|ca|Drs?|Prof|Mrs?|spp?|subsp|var|St|Inc|Co|Ltd|Corp|Suppl|Eqs?|Vol|Jr
      |i\.v|i\.p|s\.c|p\.o|i\.m|b\.i\.d|t\.i\.d|U\.S|a\.m|p\.m)\.(?=[\s),;:\]]|$)  # abbreviations keep their full stop
    | [A-Z]\.(?=\s[a-z])                                         # C. elegans
    | (?:Ca|Mg|Zn|Fe|Cu|Mn|Na|Cl|K|H|Li)\d?[+](?![^\W_])         # ions
    | [nN]['’]t\b | ['’](?:s|re|ve|ll|d|m)\b
    | [^\W\d_]{0,3}\d+\.\d+(?![^\W_]) | \d+(?:,\d{3})+(?:\.\d+)?(?![^\W_])
    | [cC]an(?=not\b)
    | [^\W_]+?(?=n['’]t\b)
    | [^\W_]+
    | °[CF]\b
    | \.{2,}
    | \S
    """,
    re.VERBOSE,
)


def find_tokens(text: str) -> list[tuple[int, int]]:
    """Return `(start, end)` of the tokens of `text`, in order; every character but white space is in one."""
    return [match.span() for match in _TOKEN.finditer(text)]


class TreebankTokenizer:
    """spaCy tokenizer over `find_tokens`; white space beyond single spaces becomes tokens of its own, as in spaCy's tokenizer, so no character is lost."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of `text`; `Doc.text` is `text`."""
        words: list[str] = []
        spaces: list[bool] = []
        position = 0
        for start, end in find_tokens(text):
            _add_blank(text[position:start], words, spaces)
            words.append(text[start:end])
            spaces.append(False)
            position = end
        _add_blank(text[position:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the rules are code."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> TreebankTokenizer:
        """Return the tokenizer unchanged."""
        return self

    def to_disk(self, _path: Path | str, **_: Any) -> None:
        """Write nothing: the rules are code."""

    def from_disk(self, _path: Path | str, **_: Any) -> TreebankTokenizer:
        """Return the tokenizer unchanged."""
        return self


@registry.tokenizers("litkg.treebank_tokenizer.v1")
def make_treebank_tokenizer() -> Callable[[Language], TreebankTokenizer]:
    """Return the factory of the tokenizer, for a spaCy config."""

    def create(nlp: Language) -> TreebankTokenizer:
        return TreebankTokenizer(nlp.vocab)

    return create


def _add_blank(gap: str, words: list[str], spaces: list[bool]) -> None:
    if gap[:1] == " " and words and not spaces[-1] and not words[-1].isspace():
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)
