"""Sentences of the sections that are read: each full stop, question or exclamation mark before a blank is weighed by the words beside it.

Owns where a sentence begins. A section and a blank line always end one; a full stop never ends one inside brackets, after an abbreviation or before a
word in small letters.
The rules were set on the training articles of the CRAFT treebank, and are measured on its held-out ones by training/syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.model import READ_SECTIONS, Document, SectionKind

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_CITED = r"\[\d{1,4}(?:[,;–\- ]{1,2}\d{1,4}){0,20}\]"
_STOP = re.compile(
    rf"""
    (?<![.!?])(?P<stop>[.!?]++)
    (?:["'”’»*†‡]|[)\]](?!\w))*
    (?:(?<=[a-z]{{3}}\.|..[)\]”"]\.)\d{{1,3}}(?:[,–-]\s?\d{{1,3}}){{0,20}}(?=\s) | [¹²³⁰⁴-⁹][¹²³⁰⁴-⁹⁻,]*(?=\s) | \s?{_CITED}(?:,?{_CITED}){{0,20}}(?=\.?\s)\.?)?
    (?: \s+(?=\S) | (?<=[a-z]{{3}}\.)(?=[A-Z][a-z]*\s) )
    | (?<![。！？])[。！？]++["”’」』）]*\s*
    """,
    re.VERBOSE,
)
"""What may end a sentence, with what hangs on it, up to the first character of the next."""
_BRACKET = re.compile(r"[()\[\]]")
_MAX_BRACKET = 500
"""Characters after which an open bracket is taken for a misprint."""
_TAIL = 48
"""Characters before a full stop that are looked at: more than two words."""
_NO_END = re.compile(
    r"(?:^|[\s(\[/;,.])(?:Figs?|figs?|Refs?|refs?|vs|ca|cf|approx|Drs?|Prof|Mrs?|Ms|i\.e|e\.g|ie|eg|viz|Suppl|Chr|chr|str|Eqs?|eqs?|Tabs?|Vol|vol|pp|subsp|var|Est)$"
)
_SELDOM_END = re.compile(
    r"(?:^|[\s(\[/;,.])(?:al|spp?|resp|Inc|Ltd|Co|Corp|St|Jr|etc|[Nn]os?|U\.S(?:\.A)?|U\.K|i\.[vpm]|s\.c|p\.o|[bt]\.i\.d|q\.d|[ap]\.m|Ph\.D|M\.D|(?:[A-Z]\.-?)+[A-Z])$"
)
"""Abbreviations that end a sentence too: such a full stop ends one before a word that opens sentences."""
_LETTER = re.compile(r"(?:^|.*[\s(\[])(?P<letter>[A-Z])$", re.DOTALL)
"""A capital letter on its own: an initial, or the name of a group, a gene, a vitamin."""
_BEFORE_INITIAL = re.compile(r"(?:[A-Z].*|and|or|by|of|in|from|with|to|for|on|the|thank|&|[^\w\s]+|.*[,;:(\[]|.*\.)$", re.DOTALL)
"""Words after which a capital letter and full stop are taken for an initial, as in "by A. Smith" and "in S. Typhimurium"."""
_NAMED_BY_LETTER = re.compile(
    r"(?:vitamins?|hepatitis|influenza|type|groups?|class|grade|stage|arm|cohort|panels?|factor|immunoglobulin|apolipoprotein|protein|chromosome|figures?|tables?)$",
    re.IGNORECASE,
)
_SMALL = re.compile(r"[a-zß-öø-ÿ]{2,}(?![\w\-]|\.\w)|[,;:)\]]|[a-z]{1,3}\)")
_NUMBERING = re.compile(r"[\s(\[]*(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)\]]*$")
"""A sentence that is a number or a letter so far: it numbers what follows."""
_OPENER = re.compile(
    r"""["'“‘(\[]*(?:The|This|That|These|Those|There|Then|They|Their|Thus|Therefore|Though|Through|Throughout|It|Its|In|Indeed|Interestingly|Importantly|If|Is
    |We|Our|What|When|Whereas|Where|Whether|Which|While|Who|With|Within|Without|He|She|His|Her|Here|How|However|Hence|I|A(?!\.)|An|And|After|Again|Also|Although
    |Among|Additionally|Altogether|All|Another|Any|As|At|Are|Because|Before|Besides|Between|Both|But|By|Consequently|Consistent|Conversely|Despite|Did|Do|Does
    |Due|During|Each|Either|Even|Every|Few|Finally|First|Following|For|From|Further|Furthermore|Given|Likewise|Many|Most|Moreover|My|Neither|Nevertheless|Next|No|None
    |Nor|Not|Notably|Now|Of|On|Once|One|Only|Or|Other|Others|Otherwise|Over|Overall|Second|Several|Similar|Similarly|Since|So|Some|Subsequently|Such
    |Surprisingly|Taken|To|Together|Two|Three|Under|Unfortunately|Unless|Unlike|Until|Upon|Using|Was|Were|Yet|You)(?=[\s,:])""",
    re.VERBOSE,
)
"""Words that open sentences and are no names."""


def find_sentences(document: Document) -> tuple[tuple[int, int, SectionKind], ...]:
    """Return `(start, end, section kind)` of each sentence of the sections that are read, in text order, without surrounding blanks."""
    return tuple(
        (first, last, section.kind)
        for section in document.sections
        if section.kind in READ_SECTIONS
        for start, end in _paragraphs(document.text, section.start, section.end)
        for first, last in split_paragraph(document.text, start, end)
    )


def split_text(text: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of the sentences of a text without sections, in order, without surrounding blanks; a blank line ends one.

    >>> list(split_text("Mice\\n\\nThey ate. Then they slept."))
    [(0, 4), (6, 15), (16, 32)]
    """
    for start, end in _paragraphs(text, 0, len(text)):
        yield from split_paragraph(text, start, end)


def split_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of the sentences of `text[start:end]`, in order, without surrounding blanks; together they hold all that is no white space."""
    closed = _bracketed(text, start, end)
    inside = next(closed, None)
    first = start
    for match in _STOP.finditer(text, start, end):
        while inside is not None and inside[1] <= match.start():
            inside = next(closed, None)
        within = inside is not None and inside[0] < match.start() and inside[1] > match.end()
        if not within and _ends(text, first, match):
            yield from _trimmed(text, first, match.end())
            first = match.end()
    yield from _trimmed(text, first, end)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _PARAGRAPH.finditer(text, start, end):
        yield position, match.start()
        position = match.end()
    yield position, end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    kept = text[start:end]
    left = kept.lstrip()
    if left:
        yield end - len(left), start + len(kept.rstrip())


def _bracketed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the outermost stretches in brackets that close soon, in order."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text, start, end):
        mark = match.group()
        if mark in "([":
            opened.append((mark, match.start()))
            continue
        mate = "(" if mark == ")" else "["
        while opened and match.end() - opened[0][1] > _MAX_BRACKET:
            del opened[0]
        place = next((i for i in range(len(opened) - 1, max(len(opened) - 4, -1), -1) if opened[i][0] == mate), None)
        if place is None:
            continue
        begin = opened[place][1]
        del opened[place:]
        while pairs and pairs[-1][0] > begin:
            pairs.pop()
        pairs.append((begin, match.end()))
    yield from pairs


def _ends(text: str, first: int, match: re.Match[str]) -> bool:
    """Return whether the mark ends the sentence that began at `first`."""
    stop, after = match["stop"], match.end()
    if stop is None:
        return True
    at = match.start()
    opens = _OPENER.match(text, after) is not None
    if not match.group()[-1].isspace():  # a blank is missing: "cells died.The rest"
        return opens
    if _SMALL.match(text, after):
        return stop[-1] != "." and text[after] not in ",;:)]"
    if stop != ".":
        return True
    tail = text[max(first, at - _TAIL) : at].rstrip()
    if _NUMBERING.match(tail) and at - first < _TAIL:
        return False
    hanging = match.group()[len(stop) :].strip()
    if _NO_END.search(tail) and hanging != '"':
        return False
    if hanging:
        return opens or text[after].isupper() or not (hanging[-1].isdigit() or text[after] == "(")
    if _SELDOM_END.search(tail):
        return opens
    if opens or not (text[after].isupper() and _LETTER.match(tail)):
        return True
    return not _is_initial(tail)


def _is_initial(tail: str) -> bool:
    """Return whether the capital letter at the end of `tail` is a person's or a genus's initial, and no name of its own."""
    before = tail[:-1].rstrip().rsplit(None, 1)
    word = before[-1] if before else ""
    if _NAMED_BY_LETTER.match(word):
        return False
    return not word or _BEFORE_INITIAL.match(word) is not None
