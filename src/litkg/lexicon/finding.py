"""Finds names in running text with the key trie: longest match from the left, on word borders.

Owns the words of running text and the walk over them; what a key stands for, and whether the text may mean it, the caller says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import marisa_trie

from litkg.lexicon.normalise import Piece, head, split_words
from litkg.lexicon.records import Candidate, TermSpan
from litkg.model import Category

MAX_WORDS = 14
_FUNCTION_WORD_LINES = """
    a an the of in on at to for by from with without into onto upon over under and or but nor so yet if then than that this these those it its he she
    his her their our your we they you i is are was were be been being am has have had do does did will would shall should can could may might must
    not no as also both either each any all some such other which who whom whose what when where while there here about after before during between
    among within through per via due up down out off very more most less least many much few new old two three four five six seven eight nine ten
    first second third one et al vs using used use
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LINES.split())
"""Words that begin no name in text, unless written in capitals."""
_JOIN = re.compile(r"\s?[-‐‑‒–—−/]\s?|[ \t\u00a0]{1,3}|[ \t]?\n[ \t]?|\+[ \t]|['’ʼ′´`][sS]?[ \t]?\n?|[,.:+*'’′^]{1,2}|", re.ASCII)
_HEAD_NOUNS = {
    "receptor": Category.GENE,
    "receptors": Category.GENE,
    "inhibitor": Category.DRUG,
    "inhibitors": Category.DRUG,
    "antagonist": Category.DRUG,
    "antagonists": Category.DRUG,
    "agonist": Category.DRUG,
    "agonists": Category.DRUG,
    "blocker": Category.DRUG,
    "blockers": Category.DRUG,
    "antibody": Category.DRUG,
    "antibodies": Category.DRUG,
}
"""Nouns that make another thing of the gene before them: "TNF receptor" is not TNF, "IL-1 inhibitor" not IL-1."""
_NEGATING_PREFIXES = frozenset({"non", "anti"})


class WordReader:
    """Reads the words of tokens, as the keys have them. `heads` are the stems that a name may begin with."""

    def __init__(self, heads: marisa_trie.Trie) -> None:
        self._heads = heads
        self._token_pieces = lru_cache(maxsize=200_000)(self._read_token)

    def read(self, text: str, token_spans: Sequence[tuple[int, int]]) -> tuple[list[Piece], list[bool], list[bool], list[int]]:
        """Return the words of all tokens with offsets in `text`; whether a name may begin there; whether a name may go on to the next; the token of each."""
        pieces: list[Piece] = []
        starts_ok: list[bool] = []
        joined: list[bool] = []
        owners: list[int] = []
        previous_end = -1
        for index, (start, end) in enumerate(token_spans):
            for piece, may_start in self._token_pieces(text[start:end]):
                moved = Piece(start + piece.start, start + piece.end, piece.key, piece.stem)
                if pieces:
                    joined.append(_joins(text[previous_end : moved.start]))
                pieces.append(moved)
                starts_ok.append(may_start)
                owners.append(index)
                previous_end = moved.end
        joined.append(False)
        return pieces, starts_ok, joined, owners

    def _read_token(self, token: str) -> tuple[tuple[Piece, bool], ...]:
        if token in ("'s", "’s", "s"):
            return ()
        found = []
        for piece in split_words(token):
            word = token[piece.start : piece.end]
            may_start = (piece.key not in _FUNCTION_WORDS or (word.isupper() and len(word) > 1)) and head(word) in self._heads
            found.append((piece, may_start))
        return tuple(found)


def names_at(keys: marisa_trie.Trie, pieces: Sequence[Piece], joined: Sequence[bool], index: int) -> list[tuple[str, int]]:
    """Return the keys that begin with the word at `index`, each with the index of its last word, the longest first."""
    key = pieces[index].key
    ends = {pieces[index].stem: index}
    last = index
    while joined[last] and last - index < MAX_WORDS:
        last += 1
        piece = pieces[last]
        ends[len(key) + piece.stem] = last
        key += piece.key
    return [(found, ends[len(found)]) for found in reversed(keys.prefixes(key)) if len(found) in ends]


class Finder:
    """Finds names. `candidates(key, surface)` returns what the words may mean, empty where capitals or spacing forbid it."""

    def __init__(
        self,
        *,
        keys: marisa_trie.Trie,
        words: WordReader,
        candidates: Callable[[str, str], tuple[Candidate, ...]],
        stop_terms: frozenset[str],
    ) -> None:
        self._keys = keys
        self._candidates = lru_cache(maxsize=100_000)(candidates)
        self._stop_terms = stop_terms
        self._words = words

    def find(self, text: str, token_spans: Sequence[tuple[int, int]], defined: frozenset[str]) -> tuple[TermSpan, ...]:
        """Return the names in `text`, in order, not overlapping; weak names only where they are `defined`."""
        pieces, starts_ok, joined, _ = self._words.read(text, token_spans)
        spans: list[TermSpan] = []
        index = 0
        count = len(pieces)
        while index < count:
            if starts_ok[index]:
                taken, span = self._longest(text, pieces, joined, index, defined)
                if span is not None:
                    spans.append(span)
                if taken:
                    index += taken
                    continue
            index += 1
        return tuple(spans)

    def _longest(self, text: str, pieces: list[Piece], joined: list[bool], index: int, defined: frozenset[str]) -> tuple[int, TermSpan | None]:
        """Return how many words the longest name at `index` takes and its span; a stop term takes its words and has no span."""
        for found, end_index in names_at(self._keys, pieces, joined, index):
            surface = text[pieces[index].start : pieces[end_index].end]
            if len(found) > 1 and self._negated(text, pieces, index):
                return 0, None
            if found in self._stop_terms:
                return end_index - index + 1, None
            candidates = self._candidates(found, surface)
            if candidates and any(candidate.weak for candidate in candidates) and surface not in defined:
                candidates = tuple(candidate for candidate in candidates if not candidate.weak)
            if candidates:
                return self._with_head_noun(text, pieces, joined, index, end_index, candidates)
        return 0, None

    def _negated(self, text: str, pieces: list[Piece], index: int) -> bool:
        if not index or pieces[index - 1].key not in _NEGATING_PREFIXES:
            return False
        return text[pieces[index - 1].end : pieces[index].start] in ("-", "‐", "‑", "–")

    def _with_head_noun(
        self, text: str, pieces: list[Piece], joined: list[bool], index: int, end_index: int, candidates: tuple[Candidate, ...]
    ) -> tuple[int, TermSpan]:
        start = pieces[index].start
        category = candidates[0].categories[0]
        if category is Category.GENE or category is Category.CYTOKINE:
            following = end_index + 1
            if joined[end_index] and following < len(pieces) and (head_category := _HEAD_NOUNS.get(pieces[following].key)):
                after = following + 1
                if joined[following] and after < len(pieces) and (pieces[after].key.isdigit() or pieces[after].key in _HEAD_NOUNS):
                    head_category = _HEAD_NOUNS.get(pieces[after].key, head_category)
                    following = after
                return following - index + 1, TermSpan(start=start, end=pieces[following].end, candidates=(), category=head_category)
        return end_index - index + 1, TermSpan(start=start, end=pieces[end_index].end, candidates=candidates, category=category)


@lru_cache(maxsize=10_000)
def _joins(gap: str) -> bool:
    return len(gap) <= 5 and _JOIN.fullmatch(gap) is not None
