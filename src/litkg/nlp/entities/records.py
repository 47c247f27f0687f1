"""What the NER model finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A named span `[start, end)` of a text; `type` as in `conventions.HEADS`; `score` is the mean probability of its tags, in (0, 1]."""

    start: int
    end: int
    type: str
    score: float
