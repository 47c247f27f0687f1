"""Chosen sentences of a text, parsed.

Owns how stretches of a text reach the syntax model and come back with offsets into the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from spacy.language import Language

from litkg.nlp.cues.parsed import ParsedSentence, read_parsed
from litkg.nlp.syntax.model import load_syntax, set_sentence_starts


@cache
def sentence_syntax() -> Language:
    """Return the shipped syntax model, read once a process for all that parse sentences."""
    return load_syntax()


Parses = dict[tuple[int, int], ParsedSentence]
"""Parsed sentences of one text by where they are."""


def parse_sentences(text: str, sentences: Sequence[tuple[int, int]], syntax: Language, *, known: Parses | None = None) -> list[ParsedSentence]:
    """Return the sentences parsed, in the order given, with spans that count in the text. Those that are `known` are taken from there, and the others put
    there."""
    known = {} if known is None else known
    if missing := [place for place in dict.fromkeys(sentences) if place not in known]:
        known.update(zip(missing, _parse(text, missing, syntax), strict=True))
    return [known[place] for place in sentences]


def _parse(text: str, sentences: Sequence[tuple[int, int]], syntax: Language) -> list[ParsedSentence]:
    # All at once: sentences of one length are read together.
    pieces = [re.sub(r"\s", " ", text[start:end]) for start, end in sentences]
    begins = [0]
    for piece in pieces[:-1]:
        begins.append(begins[-1] + len(piece) + 1)
    doc = set_sentence_starts(syntax.make_doc("\n".join(pieces)), [(begin, begin + len(piece)) for begin, piece in zip(begins, pieces, strict=True)])
    for _, pipe in syntax.pipeline:
        doc = pipe(doc)
    return [
        replace(parsed, spans=[(low - begin + start, high - begin + start) for low, high in parsed.spans])
        for parsed, begin, (start, _) in zip(read_parsed(doc), begins, sentences, strict=True)
    ]
