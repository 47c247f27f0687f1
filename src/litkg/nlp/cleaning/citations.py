"""Citation numbers: in brackets, in round brackets, or glued to a word where the superscript was lost.

Owns the decision what is a citation and what is a name, an amount or a list number; in doubt a number stays.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litkg.nlp.cleaning.rope import Edit, Rope, edit
from litkg.nlp.cleaning.vocabulary import Vocabulary

_NUMBERS = r"\d{1,3}(?:[^\S\n]?[,;\u2013-][^\S\n]?\d{1,3}){0,30}"
_GLUED_NUMBERS = r"\d{1,3}(?:[,\u2013-]\d{1,3}){0,30}"
_LOOSE_NUMBERS = r"\d{1,3}(?:[,\u2013-] ?\d{1,3}){0,30}"
_CANDIDATE = re.compile(
    rf"(?P<square>\[{_NUMBERS}\](?![A-Za-z])|(?<=[a-z.,;)])\[\d{{4,8}}\](?![A-Za-z]))"
    rf"|(?P<round>(?<=\s)\({_NUMBERS}\)(?=[\s.,;:)]|$))"
    rf"|(?P<stop>(?<=(?:[^\W\d_]|[)\]\"'%])[.!?]){_LOOSE_NUMBERS}(?=\s|[)\]\"']?$))"
    rf"|(?P<named>(?<=[^\W\d_][ -]\d\.){_GLUED_NUMBERS}(?=\s+[A-Z]))"
    rf"|(?P<pause>(?<=(?:[^\W\d_]|[)\]\"'])[,;:]){_LOOSE_NUMBERS}(?=\s|$))"
    rf"|(?P<glued>(?<=[^\W\d_]|[)\]\"'%]){_GLUED_NUMBERS}(?=[\s.,;:)?!]|$))"
    r"|(?P<raised>(?<=[^\W\d_]"
    r"|[)\]\"'.,;%])[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}(?:[,\u2013\u207b-][\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3})*(?![\w\u207a\u207b]))"
)
_NUMBER = re.compile(r"\d+")
_RAISED = str.maketrans("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079", "1230456789")
_WORD_BEFORE = re.compile(r"\S{1,60}$")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]{1,40}$")
_MEASURE_BEFORE = re.compile(r"(?:\d%?|=|\b(?:CI|IQR|range|median|mean|interval|between|from|to|score|scores|n|of|or)[:,]?)$", re.IGNORECASE)
_NAMES_A_NUMBER = re.compile(
    r"\b(?:types?|grades?|groups?|phases?|tables?|figures?|figs?|steps?|stages?|days?|weeks?|months?|years?|visits?|patients?|cases?|classe?s?|levels?|arms?"
    r"|cohorts?|part|panels?|equations?|eqs?|study|studies|trials?|experiments?|chapters?|sections?|vol|no|nos|pp?|n|box|aims?|questions?|items?"
    r"|factors?|model|version|domains?|isoforms?|exons?|chromosomes?|subtypes?|members?|cycles?|scores?|article|appendix|file)\.?$",
    re.IGNORECASE,
)
_SHORT_FORM = re.compile(r"^(?:figs?|nos?|vols?|pp?|eqs?|refs?|ch|sec|ca|vs?|ver|approx|tab|art|suppl|st|dr|no|cf)\.$", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[\"'(\[]*[^\W\d_][^\W\d_'-]*(?:[^\s.]*)?$")
_ENUMERATES = re.compile(r"(?:[:;,.]|\band|\bor|\bwith|\bby|\bwere|\bare|\bto|^)$")
_CLOSED_PHRASE = re.compile(r"\([^()]{0,300}[a-z]{4}[^()]{0,300}\)$")
_MOST_REFERENCES = 400
_NEAR = 5000
_SLACK = 4
"""By how much a citation may run ahead of the highest one so far: some citations are lost in figures and tables."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A number that may be a citation: where, which numbers, in which form."""

    text: int
    start: int
    end: int
    numbers: tuple[int, ...]
    form: str


def remove_citations(ropes: Sequence[Rope], words: Vocabulary, *, most_references: int | None = None) -> tuple[Rope, ...]:
    """Return the texts of a document, in reading order, without citation numbers.

    A number at a sentence end ("bone.8,9 The") goes, one glued to a word ("fever2") goes where the word is a word without it, is none with it, and
    the number fits the rising series of the document's citations. `most_references` is the length of the reference list, where it is known.
    """
    found = [item for number, source in enumerate(ropes) for item in _candidates(number, source.text, _MOST_REFERENCES)]
    limit = _limit(found, ropes, most_references)
    found = [item for item in found if item.form == "square" or max(item.numbers) <= limit]
    in_round = _cites_in_round_brackets(found, ropes)
    accepted: list[list[Edit]] = [[] for _ in ropes]
    series = _Series(sum(_is_sure(item, ropes[item.text].text) for item in found))
    for item in found:
        text = ropes[item.text].text
        if _is_citation(item, text, words, series, in_round=in_round):
            series.highest = max(series.highest, *(number for number in item.numbers if number <= limit), 0)
            accepted[item.text].append((_start_with_space(item, text), item.end, ""))
    return tuple(edit(source, edits) for source, edits in zip(ropes, accepted, strict=True))


def _limit(found: Sequence[_Found], ropes: Sequence[Rope], listed: int | None) -> int:
    """Return the highest number that a citation may have: that of the reference list, unless sentence ends cite higher ones (a list cut short)."""
    if listed is None:
        return _MOST_REFERENCES
    ends = [item for item in found if item.form == "stop" and _after_sentence_end(*_around(item, ropes[item.text].text))]
    return _MOST_REFERENCES if sum(max(item.numbers) > listed for item in ends) > 2 else listed


def _around(item: _Found, text: str) -> tuple[str, str]:
    return text[max(0, item.start - 80) : item.start], text[item.end : item.end + 4]


@dataclass(slots=True)
class _Series:
    """The rising numbers of a document's citations: how many are sure, and the highest so far."""

    sure: int
    highest: int = 0

    def fits(self, numbers: tuple[int, ...]) -> bool:
        return self.sure > 0 and max(numbers) <= self.highest + len(numbers) + _SLACK


def _candidates(number: int, text: str, limit: int) -> Iterator[_Found]:
    for match in _CANDIDATE.finditer(text):
        numbers = tuple(int(digits) for digits in _NUMBER.findall(match.group().translate(_RAISED)))
        plausible = match.lastgroup == "square" or max(numbers, default=0) <= limit
        if numbers and min(numbers) > 0 and plausible and _rises(numbers):
            yield _Found(number, match.start(), match.end(), numbers, match.lastgroup or "")


def _rises(numbers: tuple[int, ...]) -> bool:
    return all(first < second for first, second in itertools.pairwise(numbers))


def _is_citation(item: _Found, text: str, words: Vocabulary, series: _Series, *, in_round: bool) -> bool:
    before = text[max(0, item.start - 80) : item.start]
    if item.form == "square":
        return not _MEASURE_BEFORE.search(before.rstrip()[-16:]) or series.fits(item.numbers)
    if item.form == "round":
        return in_round and not _NAMES_A_NUMBER.search(before.rstrip()[-16:]) and not _MEASURE_BEFORE.search(before.rstrip()[-16:])
    if item.form == "raised":
        return _after_a_word(before.rstrip(".,;"), words)
    if item.form == "stop":
        return _after_sentence_end(before, text[item.end : item.end + 4]) or (series.fits(item.numbers) and _after_a_word(before[:-1], words))
    if item.form == "named":
        name = re.search(r"([^\W\d_]{3,40})[ -](\d)\.$", before)
        return name is not None and words.knows_word(f"{name[1]}{name[2]}".lower()) and series.fits(item.numbers)
    if item.form == "pause":
        return _after_a_word(before[:-1], words) and series.fits(item.numbers)
    return _glued_is_citation(item, text, before, words, series)


def _is_sure(item: _Found, text: str) -> bool:
    if item.form == "square":
        return not _MEASURE_BEFORE.search(text[max(0, item.start - 40) : item.start].rstrip())
    return item.form in ("stop", "raised")


def _after_sentence_end(before: str, after: str) -> bool:
    word = _WORD_BEFORE.search(before)
    if word is None or _SHORT_FORM.match(word.group().lstrip("([\"'")):
        return False
    if not _PLAIN_WORD.match(word.group()[:-1]) or "//" in word.group() or "@" in word.group():
        return False
    following = after.lstrip()
    return not following or not following[0].islower()


def _after_a_word(before: str, words: Vocabulary) -> bool:
    if before.endswith((")", "]", '"', "'")):
        return True
    letters = _LETTERS_BEFORE.search(before)
    if letters is None:
        return False
    word = letters.group()
    return len(word) > 3 and word[1:].islower() and (words.confirmed(word) or word[0].isupper())


def _glued_is_citation(item: _Found, text: str, before: str, words: Vocabulary, series: _Series) -> bool:
    if before.endswith((")", "]")):
        return bool(_CLOSED_PHRASE.search(text[max(0, item.start - 620) : item.start])) and series.fits(item.numbers)
    if before.endswith(("%", '"', "'")):
        return series.fits(item.numbers)
    letters = _LETTERS_BEFORE.search(before)
    if letters is None:
        return False
    word = letters.group()
    if len(word) < 3 or not word[1:].islower() or not word.isascii() or (_NAMES_A_NUMBER.search(word) and not series.fits(item.numbers)):
        return False
    if _NAMES_A_NUMBER.search(word) and len(item.numbers) == 1 and word.lower() not in ("factor", "model", "study", "studies", "trials", "factors"):
        return False
    glued = f"{word}{text[item.start : item.end]}".lower()
    if any(words.knows_word(f"{word}{joint}{item.numbers[0]}".lower()) for joint in ("", "-")) or words.own[glued] > 0:
        return False
    if not (words.ordinary(word) or words.own[word.lower()] > 0 or words.knows_word(word.lower())):
        return False
    near = text[max(0, item.start - _NEAR) : item.end + _NEAR]
    if re.search(rf"\b{re.escape(word)}[ -]{item.numbers[0]}\b", near, re.IGNORECASE):
        return False
    listed = len(item.numbers) > 1 and words.ordinary(word)
    return listed or (series.fits(item.numbers) and (words.ordinary(word) or words.own[word.lower()] > 0))


def _cites_in_round_brackets(found: Sequence[_Found], ropes: Sequence[Rope]) -> bool:
    """Return whether the document cites as "(5, 6)": no other form, and several numbers from low ones up or lists, before a stop."""
    if any(item.form in ("square", "stop", "raised") for item in found):
        return False
    rounds = [item for item in found if item.form == "round" and not _enumerates(item, ropes[item.text].text)]
    closing = [item for item in rounds if ropes[item.text].text[item.end : item.end + 1] in tuple(".,;:")]
    distinct = {number for item in rounds for number in item.numbers}
    series = len(distinct) >= 3 and min(distinct) <= 3 and 2 * len(closing) >= len(rounds)
    return series or (len(closing) == len(rounds) and any(len(item.numbers) > 1 for item in rounds))


def _enumerates(item: _Found, text: str) -> bool:
    return bool(_ENUMERATES.search(text[max(0, item.start - 12) : item.start].rstrip()))


def _start_with_space(item: _Found, text: str) -> int:
    start = item.start
    if item.form in ("square", "round"):
        while start > 0 and text[start - 1] in " \t":
            start -= 1
    return start
