"""Counts, precision, recall and F1, and the comparison of texts that were cleaned differently. Refuses to know what is counted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ω": "omega",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many were found, how many there are, and how many of each have a partner.

    `found_right` of the `found` match something in the gold, `gold_found` of the `gold` are matched by something found. The two differ
    where one claim answers two, so both are kept.

    >>> Score(found=4, found_right=3, gold=6, gold_found=3).f1
    0.6
    """

    found: int = 0
    found_right: int = 0
    gold: int = 0
    gold_found: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right, 0.0 where nothing was found."""
        return self.found_right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the gold that was found, 0.0 where the gold is empty."""
        return self.gold_found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0.0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            found=self.found + other.found,
            found_right=self.found_right + other.found_right,
            gold=self.gold + other.gold,
            gold_found=self.gold_found + other.gold_found,
        )

    def to_json(self) -> dict[str, object]:
        """Return counts and ratios, the ratios rounded to four digits."""
        return {
            "found": self.found,
            "found_right": self.found_right,
            "gold": self.gold,
            "gold_found": self.gold_found,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
        }

    def cells(self) -> tuple[str, ...]:
        """Return precision, recall, F1, gold and found as the cells of a table row, under `SCORE_COLUMNS`."""
        return (f"{self.precision:.3f}", f"{self.recall:.3f}", f"{self.f1:.3f}", str(self.gold), str(self.found))


SCORE_COLUMNS = ("precision", "recall", "F1", "gold", "found")
"""The heads of `Score.cells`."""


def squeeze(text: str) -> str:
    """Return the letters of `text` alone, in lower case, Greek letters spelt out.

    Two readings of one sentence agree in this form however they break lines, mend words, and cut citation numbers.

    >>> squeeze("inter leu-\\nkin-1β.8,9")
    'interleukinbeta'
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(_GREEK.get(character, character) for character in plain if character.isalpha())


def texts_meet(one: str, other: str) -> bool:
    """Tell whether one text holds the other; ` [...] ` in either marks something cut out, and its parts are tried one by one."""
    ones = [part for part in map(squeeze, one.split("[...]")) if part]
    others = [part for part in map(squeeze, other.split("[...]")) if part]
    return any(left in right or right in left for left in ones for right in others)
