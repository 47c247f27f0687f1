"""Whose word counts how much where several teachers' answers become a student's lesson."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from litkg.nlp.entities.conventions import HEADS


def shares(runs: Sequence[Path], specialists: Mapping[str, Sequence[Path]]) -> dict[Path, dict[str, float]]:
    """Return each run's share in the mean of each convention; a run named twice counts twice. Where a convention has `specialists`, they have half of it."""
    found: dict[Path, dict[str, float]] = {}
    for head in HEADS:
        own = specialists.get(head, ())
        for group, whole in ((runs, 0.5 if own else 1.0), (own, 0.5)):
            for run in group:
                table = found.setdefault(run, {})
                table[head] = table.get(head, 0.0) + whole / len(group)
    return found
