"""Finds names in running text with the key trie: longest match from the left, on word borders.

Owns the words of running text and the walk over them; what a key stands for, and whether the text may mean it, the caller says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

import marisa_trie

from litkg.lexicon.normalise import NUMBERED, ROMAN, head, split_words
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
_SHORT_FORM = re.compile(r"\s?[(\[]([A-Z][A-Za-z]{0,5})[)\]][-‐‑–]?\s?(?=\w)")
_MOST_WORDS_BEFORE, _MOST_WORDS_BEHIND = 5, 2
"""Words of a name before and behind the short form of its first words: "transforming growth factor (TGF)-beta 1"."""
_NEGATING_PREFIXES = frozenset({"non", "anti"})


@dataclass(frozen=True, slots=True)
class _TokenWord:
    """A word of a token: its offsets there, its folded form, how many characters of that are its stem, and whether a name may begin with it in text."""

    start: int
    end: int
    key: str
    stem: int
    may_start: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, as lists with an item a word."""

    starts: list[int]
    ends: list[int]
    keys: list[str]
    stems: list[int]
    """How many characters of the key are its stem."""
    may_start: list[bool]
    """Whether a name may begin there."""
    joined: list[bool]
    """Whether a name may go on to the next word."""
    owners: list[int]
    """The token of each word."""
    line: str
    """All keys in one string."""
    offsets: list[int]
    """Where each key begins in the line, and where the line ends."""
    lasts: list[int]
    """The last word that a name may go on to."""
    names: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    """What `names_at` has found, by word."""


class WordReader:
    """Reads the words of tokens as the keys have them, and the names that they spell. `heads` are the stems that a name may begin with, `keys` the names."""

    def __init__(self, heads: marisa_trie.Trie, keys: marisa_trie.Trie) -> None:
        self._heads = heads
        self._keys = keys
        self._token_words = lru_cache(maxsize=200_000)(self._read_token)
        self._last = self._nothing()

    def read(self, text: str, token_spans: Sequence[tuple[int, int]]) -> Reading:
        """Return the words of the tokens with offsets in `text`; the last reading is kept, since marks and names are mostly asked of one text in turn."""
        last_text, last_spans, reading = self._last
        if text != last_text or token_spans != last_spans:
            reading = self._read(text, token_spans)
            self._last = (text, list(token_spans), reading)
        return reading

    def names_at(self, reading: Reading, index: int) -> list[tuple[str, int]]:
        """Return the keys that begin with the word at `index`, each with the index of its last word, the longest first."""
        names = reading.names.get(index)
        if names is None:
            names = reading.names[index] = self._find_names(reading, index)
        return names

    def knows(self, key: str) -> bool:
        """Tell whether the key is a name's."""
        return key in self._keys

    def forget(self) -> None:
        """Forget the last reading."""
        self._last = self._nothing()

    def _nothing(self) -> tuple[str, list[tuple[int, int]], Reading]:
        return "", [], self._read("", [])

    def _find_names(self, reading: Reading, index: int) -> list[tuple[str, int]]:
        offsets, stems = reading.offsets, reading.stems
        start = offsets[index]
        line = reading.line[start : offsets[min(index + MAX_WORDS, reading.lasts[index]) + 1]]
        found: list[tuple[str, int]] = []
        for name in reversed(self._keys.prefixes(line)):
            end = start + len(name)
            last = bisect_left(offsets, end, index + 1) - 1
            if offsets[last] + stems[last] == end:
                found.append((name, last))
        return found

    def _read(self, text: str, token_spans: Sequence[tuple[int, int]]) -> Reading:
        words: list[_TokenWord] = []
        starts: list[int] = []
        ends: list[int] = []
        # Of each word, whether the one before goes on to it; then, once shifted, whether it goes on to the next.
        joined: list[bool] = []
        owners: list[int] = []
        end = 0
        for index, found in enumerate(map(self._token_words, [text[start:end] for start, end in token_spans])):
            for word in found:
                token = token_spans[index][0]
                start = token + word.start
                gap = start - end
                joined.append(gap == 0 or (gap == 1 and text[end] == " ") or _joins(text[end:start]))
                end = token + word.end
                if word.key in ROMAN and words and words[-1].key in NUMBERED and joined[-1] and text[start:end].isupper():
                    word = _numeral(word)
                starts.append(start)
                ends.append(end)
                owners.append(index)
                words.append(word)
        joined = [*joined[1:], False] if words else []
        lasts = list(range(len(words)))
        for index in range(len(words) - 2, -1, -1):
            if joined[index]:
                lasts[index] = lasts[index + 1]
        keys = [word.key for word in words]
        return Reading(
            starts=starts,
            ends=ends,
            keys=keys,
            stems=[word.stem for word in words],
            may_start=[word.may_start for word in words],
            joined=joined,
            owners=owners,
            line="".join(keys),
            offsets=list(accumulate(map(len, keys), initial=0)),
            lasts=lasts,
        )

    def _read_token(self, token: str) -> tuple[_TokenWord, ...]:
        if token in ("'s", "’s", "s"):
            return ()
        found = []
        for piece in split_words(token):
            word = token[piece.start : piece.end]
            may_start = (piece.key not in _FUNCTION_WORDS or (word.isupper() and len(word) > 1)) and head(word) in self._heads
            found.append(_TokenWord(piece.start, piece.end, piece.key, piece.stem, may_start))
        return tuple(found)


def _numeral(word: _TokenWord) -> _TokenWord:
    """Return a Roman numeral as the number that keys have for it after a word such as "factor"; no name begins with it there."""
    key = ROMAN[word.key]
    return replace(word, key=key, stem=len(key), may_start=False)


class Finder:
    """Finds names. `candidates(key, surface)` returns what the words may mean, empty where capitals or spacing forbid it."""

    def __init__(
        self,
        *,
        words: WordReader,
        candidates: Callable[[str, str], tuple[Candidate, ...]],
        stop_terms: frozenset[str],
    ) -> None:
        self._candidates = lru_cache(maxsize=100_000)(candidates)
        self._stop_terms = stop_terms
        self._words = words

    def find(self, text: str, token_spans: Sequence[tuple[int, int]], defined: frozenset[str]) -> tuple[TermSpan, ...]:
        """Return the names in `text`, in order, not overlapping; weak names only where they are `defined`."""
        reading = self._words.read(text, token_spans)
        wholes = self._over_brackets(text, reading)
        spans: list[TermSpan] = []
        index = 0
        count = len(reading.keys)
        while index < count:
            if whole := wholes.get(index):
                spans.append(whole.span)
                index = whole.last + 1
                continue
            if reading.may_start[index]:
                taken, span = self._longest(text, reading, index, defined)
                if span is not None:
                    spans.append(span)
                elif taken:
                    taken = self._up_to_name(reading, index, taken)
                if taken:
                    index += taken
                    continue
            index += 1
        return tuple(spans)

    def _up_to_name(self, reading: Reading, index: int, taken: int) -> int:
        """Return how many words of a stop term are passed over: none of those that begin a name which goes on behind it ("whole [blood viscosity]")."""
        for inside in range(index + 1, index + taken):
            if reading.may_start[inside] and any(
                last >= index + taken and name not in self._stop_terms for name, last in self._words.names_at(reading, inside)
            ):
                return inside - index
        return taken

    def _longest(self, text: str, reading: Reading, index: int, defined: frozenset[str]) -> tuple[int, TermSpan | None]:
        """Return how many words the longest name at `index` takes and its span; a stop term takes its words and has no span."""
        for found, end_index in self._words.names_at(reading, index):
            surface = text[reading.starts[index] : reading.ends[end_index]]
            if len(found) > 1 and _negated(text, reading, index):
                return 0, None
            if found in self._stop_terms:
                return end_index - index + 1, None
            candidates = self._candidates(found, surface)
            if candidates and any(candidate.weak for candidate in candidates) and surface not in defined:
                candidates = tuple(candidate for candidate in candidates if not candidate.weak)
            if candidates:
                return _with_head_noun(reading, index, end_index, candidates)
        return 0, None

    def _over_brackets(self, text: str, reading: Reading) -> dict[int, _Whole]:
        """Return the names that go on behind the short form of their first words, "interleukin (IL)-6", by their first word."""
        found: dict[int, _Whole] = {}
        for bracket in _SHORT_FORM.finditer(text):
            end_index = bisect_left(reading.ends, bracket.start())
            first = bisect_left(reading.starts, bracket.end(), end_index)
            if end_index < len(reading.ends) and first < len(reading.keys) and (reading.ends[end_index], reading.starts[first]) == bracket.span():
                for index in range(max(0, end_index - _MOST_WORDS_BEFORE + 1), end_index + 1):
                    if reading.may_start[index] and bracket[1][0].lower() == text[reading.starts[index]].lower():
                        whole = self._over_bracket(text, reading, index, end_index, first)
                        if whole is not None:
                            found[index] = whole
                            break
        return found

    def _over_bracket(self, text: str, reading: Reading, index: int, end_index: int, first: int) -> _Whole | None:
        """Return the longest name of the words from `index` to `end_index` and those from `first`, behind the bracket; None where there is none."""
        before = reading.line[reading.offsets[index] : reading.offsets[end_index + 1]]
        for last in range(min(reading.lasts[first], first + _MOST_WORDS_BEHIND - 1), first - 1, -1):
            key = before + reading.line[reading.offsets[first] : reading.offsets[last] + reading.stems[last]]
            surface = f"{text[reading.starts[index] : reading.ends[end_index]]}-{text[reading.starts[first] : reading.ends[last]]}"
            if self._words.knows(key) and (candidates := self._candidates(key, surface)):
                category = candidates[0].categories[0]
                return _Whole(last, TermSpan(start=reading.starts[index], end=reading.ends[last], candidates=candidates, category=category))
        return None


@dataclass(frozen=True, slots=True)
class _Whole:
    """A name with a bracket in it and its last word."""

    last: int
    span: TermSpan


def _negated(text: str, reading: Reading, index: int) -> bool:
    if not index or reading.keys[index - 1] not in _NEGATING_PREFIXES:
        return False
    return text[reading.ends[index - 1] : reading.starts[index]] in ("-", "‐", "‑", "–")


def _with_head_noun(reading: Reading, index: int, end_index: int, candidates: tuple[Candidate, ...]) -> tuple[int, TermSpan]:
    keys, joined = reading.keys, reading.joined
    start = reading.starts[index]
    category = candidates[0].categories[0]
    if category is Category.GENE or category is Category.CYTOKINE:
        following = end_index + 1
        if joined[end_index] and following < len(keys) and (head_category := _HEAD_NOUNS.get(keys[following])):
            after = following + 1
            if joined[following] and after < len(keys) and (keys[after].isdigit() or keys[after] in _HEAD_NOUNS):
                head_category = _HEAD_NOUNS.get(keys[after], head_category)
                following = after
            return following - index + 1, TermSpan(start=start, end=reading.ends[following], candidates=(), category=head_category)
    return end_index - index + 1, TermSpan(start=start, end=reading.ends[end_index], candidates=candidates, category=category)


@lru_cache(maxsize=10_000)
def _joins(gap: str) -> bool:
    return len(gap) <= 5 and _JOIN.fullmatch(gap) is not None
