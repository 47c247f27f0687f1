"""What stands around a mention: the words near it, the document's other names, and what these say of it.

Owns the reading of a document's text and names for grounding; refuses to weigh what it finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from litkg.grounding.features import name_words
from litkg.grounding.implied import implied_names, is_short_form
from litkg.lexicon.normalise import fold, match_key
from litkg.model import GROUPS, Mention

_CONTEXT_CHARS = 300
_WORD = re.compile(r"[^\W_]{4,}")
_ACROSS = re.compile(r"[^\W_]{2,}")


class Surroundings:
    """The words of a document with their places, those of the names found in it, and what short forms among these may be short for. `abbreviations` lead from
    short to long forms that the document defines."""

    def __init__(self, text: str, mentions: Sequence[Mention], abbreviations: Mapping[str, str] | None = None) -> None:
        self._text = text
        self._mentions = mentions
        self._abbreviations = abbreviations or {}
        self._short = {long.lower(): short for short, long in self._abbreviations.items()}
        self._meant: dict[str, set[str]] | None = None
        self._near: dict[tuple[int, int], frozenset[str]] = {}
        self._named: frozenset[str] | None = None
        self._long: dict[str, dict[str, None]] | None = None
        self._implied: dict[tuple[str, str], tuple[str, ...]] = {}

    def around(self, mention: Mention, words: frozenset[str]) -> frozenset[str]:
        """Return those of some folded words of four letters and more that stand around a mention."""
        place = (mention.start, mention.end)
        near = self._near.get(place)
        if near is None:
            before = self._words(mention.start - _CONTEXT_CHARS, mention.start)
            near = self._near[place] = before.union(self._words(mention.end, mention.end + _CONTEXT_CHARS))
        return words & near

    def _words(self, first: int, last: int) -> frozenset[str]:
        """Return the folded words of four letters and more that begin in `[first, last)`."""
        return frozenset(map(fold, _WORD.findall(self._text, self._border(first), self._border(last))))

    def _border(self, at: int) -> int:
        """Return where the word ends that runs across a place, or the place where none does."""
        if not 0 < at < len(self._text):
            return max(at, 0)
        rest = _ACROSS.match(self._text, at - 1)
        return rest.end() if rest else at

    def named(self, mention: Mention, words: frozenset[str]) -> frozenset[str]:
        """Return those of some folded words of four letters and more that stand in the document's names, but for the mention's own."""
        if self._named is None:
            self._named = name_words(mention.text for mention in self._mentions)
        found = words & self._named
        return found - name_words((mention.text,)) if found else found

    def short_form(self, name: str) -> str | None:
        """Return the short form that the document defines for a name; None where it defines none."""
        return self._short.get(name.lower())

    def means(self, mention: Mention, concept: str, meaning: Callable[[str], str | None]) -> bool:
        """Tell whether another name of a gene in the document means a concept; `meaning` says what a name means for sure. Short forms that the document defines
        say nothing: they mean their long forms."""
        if self._meant is None:
            self._meant = {}
            for other in self._mentions:
                if is_labelled(other) and GROUPS[other.label] == "gene" and other.text not in self._abbreviations and (curie := meaning(other.text)):
                    self._meant.setdefault(curie, set()).add(match_key(other.text))
        keys = self._meant.get(concept)
        return keys is not None and not keys <= {match_key(mention.text)}

    def implied(self, mention: Mention) -> tuple[str, ...]:
        """Return the names in the document, of the kind that a model says the mention is, that its text may be short for."""
        if not is_short_form(mention.text) or not is_labelled(mention):
            return ()
        group = GROUPS[mention.label]
        known = self._implied.get((mention.text, group))
        if known is not None:
            return known
        if self._long is None:
            self._long = {}
            for other in self._mentions:
                if not is_short_form(other.text) and is_labelled(other):
                    self._long.setdefault(GROUPS[other.label], {})[other.text] = None
        found = self._implied[mention.text, group] = implied_names(mention.text, self._long.get(group, ()))
        return found


def is_labelled(mention: Mention) -> bool:
    """Tell whether a model says of what kind a mention is; the lexicon's own mentions are labelled after their best candidate, which says nothing."""
    return "lexicon" not in mention.component
