"""Where the concepts and steps of a hypothesis's paths stand in a picture.

Owns columns, rows and the points that lines go through; refuses to draw. Paths may differ in length: the last step of a shorter one goes through the columns
that it has no concept in, and has a place of its own in each, so that it crosses no box.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from litkg.hypotheses.records import NamedHop, NamedRoute

BOX_WIDTH, BOX_HEIGHT, GAP, PITCH, PORT, MARGIN = 156.0, 40.0, 96.0, 54.0, 15.0, 6.0
"""Sizes in units of the picture; a box is `PITCH` below the one above it in its column, and lines end `PORT` apart on its side."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one column to a later one."""

    column: int
    last: int
    hop: NamedHop

    @property
    def keys(self) -> tuple[Key, ...]:
        """What it goes from, through and to."""
        return ((self.column, self.hop.start), *((column, self) for column in range(self.column + 1, self.last)), (self.last, self.hop.end))


Key = tuple[int, str | Step]
"""A column, and the concept or the passing step that has a place in it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A concept at its place, or that of a step that passes, which has no name: `x` and `y` are its left edge and its middle."""

    id: str
    name: str
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Boxes by column and what they hold, and all steps, each once."""

    boxes: dict[Key, Box]
    steps: tuple[Step, ...]

    @property
    def n_columns(self) -> int:
        """Number of columns."""
        return 1 + max(column for column, _ in self.boxes)

    @property
    def width(self) -> float:
        """Of the picture."""
        return 2 * MARGIN + self.n_columns * (BOX_WIDTH + GAP) - GAP

    @property
    def height(self) -> float:
        """Of the picture."""
        return max(box.y + box.height / 2 for box in self.boxes.values()) + MARGIN

    def concepts(self) -> Iterator[tuple[int, Box]]:
        """Yield the boxes of concepts with their columns."""
        return ((column, box) for (column, holds), box in self.boxes.items() if isinstance(holds, str))

    def line(self, step: Step) -> list[Point]:
        """Return the points of a step's line: two where it goes to the next column, and two more for each column that it passes."""
        first, *passed, last = (self.boxes[key] for key in step.keys)
        leaving = [self.boxes[other.keys[1]].y for other in self.steps if other.keys[0] == step.keys[0]]
        coming = [self.boxes[other.keys[-2]].y for other in self.steps if other.keys[-1] == step.keys[-1]]
        return [
            (first.x + BOX_WIDTH, _port(first, leaving, self.boxes[step.keys[1]].y)),
            *(point for box in passed for point in ((box.x, box.y), (box.x + BOX_WIDTH, box.y))),
            (last.x, _port(last, coming, self.boxes[step.keys[-2]].y)),
        ]


def lay_out(routes: Sequence[NamedRoute]) -> Layout:
    """Return the layout of paths that begin and end at the same concepts; within a column what leads on from above is above, else what an earlier path has."""
    longest = max(len(route.hops) for route in routes)
    walks = [[Step(place, place + 1 if hop is not route.hops[-1] else longest, hop) for place, hop in enumerate(route.hops)] for route in routes]
    steps = tuple(dict.fromkeys(step for walk in walks for step in walk))
    names = {concept: name for step in steps for concept, name in ((step.hop.start, step.hop.start_name), (step.hop.end, step.hop.end_name))}
    columns: dict[int, dict[Key, float]] = {column: {} for column in range(longest + 1)}
    rows: dict[Key, int] = {}
    edges = [edge for step in steps for edge in pairwise(step.keys)]
    sides = Counter(side for step in steps for side in ((step.keys[0], "right"), (step.keys[-1], "left")))
    for key in sorted(dict.fromkeys(key for walk in walks for step in walk for key in step.keys), key=lambda key: key[0]):
        lines = max(sides[key, "left"], sides[key, "right"])
        columns[key[0]][key] = PORT if isinstance(key[1], Step) else max(BOX_HEIGHT, PORT * lines + 8)
    for column, heights in columns.items():
        columns[column] = dict(sorted(heights.items(), key=lambda item: _mean(rows[before] for before, after in edges if after == item[0])))
        rows |= {key: row for row, key in enumerate(columns[column])}
    space = PITCH - BOX_HEIGHT
    tallest = max(sum(heights.values()) + space * len(heights) for heights in columns.values())
    boxes: dict[Key, Box] = {}
    for column, heights in columns.items():
        top = MARGIN + (tallest - sum(heights.values()) - space * len(heights)) / 2
        for key, height in heights.items():
            concept = key[1] if isinstance(key[1], str) else ""
            boxes[key] = Box(concept, names.get(concept, ""), MARGIN + column * (BOX_WIDTH + GAP), top + height / 2, height)
            top += height + space
    return Layout(boxes=boxes, steps=steps)


def _mean(rows: Iterable[int]) -> float:
    found = list(rows)
    return sum(found) / len(found) if found else 0.0


def _port(box: Box, others: Sequence[float], mine: float) -> float:
    """Return where on a side of a box a line ends: in the order of what the lines lead to, so that few of them cross."""
    return box.y + (sorted(others).index(mine) - (len(others) - 1) / 2) * PORT
