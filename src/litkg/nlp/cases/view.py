"""Sentences in which mentions are replaced by typed placeholders, so that plain regular expressions can speak of drugs and events.

Owns the placeholder language: the sentence is lower-cased and each mention becomes an upper-case letter with its index in `mentions`:
`D` drug or chemical, `B` biologic (a gene or cytokine, which is a drug only where it is given), `E` disease, phenotype or adverse
event. Lower-case gaps in a pattern can thus never run over a mention. Refuses to decide what a pattern means.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from litkg.model import Category, Document, Grounding, SectionKind

_DRUGS = frozenset({Category.DRUG, Category.CHEMICAL})
_EVENTS = frozenset({Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT})
_BIOLOGICS = frozenset({Category.GENE, Category.CYTOKINE})
_PLAIN = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})
_ALIAS = re.compile(r"([DBE])(\d+) ?[\(\[](?:also (?:known|called) (?:as )?|i\.e\.,? )?([DBE])(\d+)(?:[,;] [^()\[\]]{0,40})?[\)\]]")
_CITATION = re.compile(r" ?\[\d[\d ,;-]{0,30}\]")
_SPACES = re.compile(r" {2,}")
_LONGEST = 5000

_MACROS = {
    "<D>": r"[DB]\d+",
    "<E>": r"E\d+",
    "<DL>": r"(?P<drugs>[DB]\d+(?:(?:, and |, or |, | and | or | plus | with |/|-| and/or )(?:[a-z0-9/.-]+ ){0,2}?[DB]\d+){0,9})",
    "<EL>": r"(?P<events>E\d+(?:(?:, and |, or |, | and | or | as well as |/)(?:[a-z-]+ ){0,3}?E\d+){0,9})",
}
_GAP = re.compile(r"<G(\d+)>")
_GAP_COMMA = re.compile(r"<GC(\d+)>")


@cache
def pattern(source: str) -> re.Pattern[str]:
    """Return `source` compiled, its macros filled in: `<D>` a drug, `<E>` an event, `<DL>` and `<EL>` lists of them (groups `drugs`
    and `events`), `<G5>` up to five lower-case words, `<GC5>` the same with commas allowed."""
    for name, meaning in _MACROS.items():
        source = source.replace(name, meaning)
    source = _GAP.sub(r"(?:[a-z0-9'\"/+.%()-]+ ){0,\1}?", source)
    source = _GAP_COMMA.sub(r"(?:[a-z0-9'\"/+.%()-]+,? ){0,\1}?", source)
    return re.compile(source)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """A sentence, as printed in `text` and with its placeholders in `masked`. `origin[i]` is the document offset of `masked[i]`;
    `aliases` leads from a mention's index to that of the name in brackets behind it ("IL-1ra (anakinra)"), which is left out of `masked`."""

    index: int
    start: int
    end: int
    section: SectionKind
    text: str
    masked: str
    origin: tuple[int, ...]
    mentions: tuple[Grounding, ...]
    aliases: dict[int, int]

    def named(self, placeholders: str) -> tuple[Grounding, ...]:
        """Return the groundings that the placeholders in a piece of `masked` stand for, in order."""
        return tuple(self.mentions[int(number)] for number in re.findall(r"[DBE](\d+)", placeholders))

    def kinds(self, letters: str) -> tuple[Grounding, ...]:
        """Return the groundings of the given placeholder letters, in text order."""
        return tuple(self.mentions[int(number)] for number in re.findall(rf"[{letters}](\d+)", self.masked))

    def offset(self, position: int) -> int:
        """Return the document offset of a position in `masked`; the end of the sentence for its end."""
        return self.origin[position] if position < len(self.origin) else self.end


def kind_of(grounding: Grounding) -> str:
    """Return the placeholder letter of a mention, or the empty string where it plays no part in a case."""
    if grounding.concept is None:
        return ""
    categories = {*grounding.concept.categories, *(() if grounding.concept.grounded else (grounding.mention.label,))}
    if categories & _DRUGS:
        return "D"
    if categories & _EVENTS:
        return "E"
    return "B" if categories & _BIOLOGICS else ""


def views(document: Document, sentences: Sequence[tuple[int, int, SectionKind]], groundings: Sequence[Grounding]) -> tuple[SentenceView, ...]:
    """Return one view a sentence, in order. Where mentions overlap, the longest one counts.

    A sentence is read up to its 5,000th character: what is longer is a table or a list that lost its line breaks, and the time spent on
    one sentence stays bounded.
    """
    chosen = _without_overlaps([grounding for grounding in groundings if kind_of(grounding)])
    starts = [grounding.mention.start for grounding in chosen]
    found = []
    for index, (start, end, section) in enumerate(sentences):
        end = min(end, start + _LONGEST)
        inside = tuple(g for g in chosen[bisect_left(starts, start) : bisect_left(starts, end)] if g.mention.end <= end)
        found.append(_view(document.text, index, start, end, section, inside))
    return tuple(found)


def _without_overlaps(groundings: list[Grounding]) -> list[Grounding]:
    kept: list[Grounding] = []
    for grounding in sorted(groundings, key=lambda g: (g.mention.start, -g.mention.end)):
        if kept and grounding.mention.start < kept[-1].mention.end:
            if grounding.mention.end - grounding.mention.start > kept[-1].mention.end - kept[-1].mention.start:
                kept[-1] = grounding
        else:
            kept.append(grounding)
    return kept


def _view(text: str, index: int, start: int, end: int, section: SectionKind, mentions: tuple[Grounding, ...]) -> SentenceView:
    pieces: list[str] = []
    origin: list[int] = []
    position = start
    for number, grounding in enumerate(mentions):
        _append(pieces, origin, _lower(text[position : grounding.mention.start]), position)
        placeholder = f"{kind_of(grounding)}{number}"
        pieces.append(placeholder)
        origin.extend([grounding.mention.start] * len(placeholder))
        position = grounding.mention.end
    _append(pieces, origin, _lower(text[position:end]), position)
    masked = "".join(pieces)
    aliases: dict[int, int] = {}
    for match in _ALIAS.finditer(masked):
        if (match[1] == "E") == (match[3] == "E"):
            aliases[int(match[2])] = int(match[4])
    cuts = [(match.end(2), match.end()) for match in _ALIAS.finditer(masked) if int(match[2]) in aliases]
    cuts += [match.span() for match in _CITATION.finditer(masked)]
    cuts += [(match.start() + 1, match.end()) for match in _SPACES.finditer(masked)]
    masked, origin = _without(masked, origin, cuts)
    return SentenceView(
        index=index, start=start, end=end, section=section, text=text[start:end], masked=masked, origin=tuple(origin), mentions=mentions, aliases=aliases
    )


def _append(pieces: list[str], origin: list[int], piece: str, position: int) -> None:
    pieces.append(piece)
    origin.extend(range(position, position + len(piece)))


def _lower(text: str) -> str:
    lowered = text.translate(_PLAIN).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := character.lower()) == 1 else character for character in text.translate(_PLAIN))


def _without(masked: str, origin: list[int], cuts: list[tuple[int, int]]) -> tuple[str, list[int]]:
    kept_text: list[str] = []
    kept_origin: list[int] = []
    position = 0
    for start, end in sorted(cuts):
        if start > position:
            kept_text.append(masked[position:start])
            kept_origin.extend(origin[position:start])
        position = max(position, end)
    return "".join([*kept_text, masked[position:]]), kept_origin + origin[position:]
