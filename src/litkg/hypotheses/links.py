"""Which concepts are linked, and by what: documents that mention both, and claims between them.

Owns the table of linked pairs, in compressed rows, and how it is made of a literature; refuses to score anything. The table holds each pair both ways, so that
row i has all that is linked with concept i.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from litkg.hypotheses.cohesion import cohesion
from litkg.hypotheses.literature import Claims, Flags, Floats, Ints, Literature

Places = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]
Number = TypeVar("Number", bound=np.number[Any])

_SUREST = 1 - 1e-15
"""Belief that rounding has brought to 1 leaves this doubt: far less than a float of a table tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Linked pairs of concepts. Row i lies at `start[i]:start[i + 1]` of all arrays from `other` on, in the order of `other`.

    `mentioning[i]` is how many documents mention concept i, of `n_documents` in all, `cohesion[i]` how alike these are (`litkg.hypotheses.cohesion`). Of the
    pair at place k, from the row's concept to `other[k]`: `shared` is how many documents mention both; the rest are beliefs in [0, 1): `told` that some claim
    holds between them, whatever it says; `acts` that the row's concept acts on the other, `raises` and `lowers` that it does so with this sign; `together` and
    `apart` that they go together or against each other, which says nothing of cause. That the two are forms of one is `same`, and no part of `told`; `forms`
    are the places where it is so. `back[k]` is the place of the same pair the other way round.
    """

    n_documents: int
    mentioning: Ints
    cohesion: Weights
    start: Places
    other: Ints
    back: Places
    shared: Ints
    told: Weights
    same: Weights
    forms: Places
    acts: Weights
    raises: Weights
    lowers: Weights
    together: Weights
    apart: Weights

    @property
    def n_concepts(self) -> int:
        """Number of concepts, linked or not."""
        return len(self.mentioning)

    @property
    def n_pairs(self) -> int:
        """Number of linked pairs, each counted once."""
        return len(self.other) // 2

    @property
    def present(self) -> Flags:
        """Which concepts are there at all: mentioned, or linked with any."""
        there: Flags = (self.start[1:] > self.start[:-1]) | (self.mentioning > 0)
        return there

    def row(self, concept: int) -> slice:
        """Return where the row of a concept lies."""
        return slice(int(self.start[concept]), int(self.start[concept + 1]))

    def place(self, first: int, second: int) -> int | None:
        """Return the place of the pair from `first` to `second`, None where they are not linked."""
        row = self.row(first)
        place = row.start + int(np.searchsorted(self.other[row], second))
        return place if place < row.stop and self.other[place] == second else None

    def places_of(self, concepts: Ints) -> tuple[Places, Places]:
        """Return the places of the rows of many concepts, one after the other, and for each place which of `concepts` it belongs to, from 0."""
        return spans(self.start, concepts)

    def places_to(self, concepts: Ints, end: int) -> tuple[Places, Places]:
        """Return the places of the pairs from those of the concepts that are linked with `end` to it, and for each place which of `concepts` it belongs to."""
        row = self.row(end)
        if row.start == row.stop:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        at = np.minimum(row.start + np.searchsorted(self.other[row], concepts), row.stop - 1)
        owner = np.flatnonzero(self.other[at] == concepts).astype(np.int64)
        return self.back[at[owner]], owner

    def relatives(self, concept: int) -> Ints:
        """Return the concept and its forms, those that it is a form of among them."""
        first, last = np.searchsorted(self.forms, self.start[concept : concept + 2])
        return np.concatenate([np.array([concept], dtype=np.int32), self.other[self.forms[first:last]]])

    def without(self, pairs: Iterable[tuple[int, int]]) -> Links:
        """Return the table as if nothing linked these pairs or their forms, whichever way round; forms of one stay that."""
        ends = [(one, other) for first, second in pairs for one in self.relatives(first).tolist() for other in self.relatives(second).tolist()]
        places = [place for first, second in ends for place in (self.place(first, second), self.place(second, first)) if place is not None]
        if not places:
            return self
        return replace(
            self,
            shared=_zeroed(self.shared, places),
            told=_zeroed(self.told, places),
            acts=_zeroed(self.acts, places),
            raises=_zeroed(self.raises, places),
            lowers=_zeroed(self.lowers, places),
            together=_zeroed(self.together, places),
            apart=_zeroed(self.apart, places),
        )

    def save(self, folder: Path) -> None:
        """Write the table into a folder, one file an array."""
        folder.mkdir(parents=True, exist_ok=True)
        for item in fields(self):
            np.save(folder / f"{item.name}.npy", getattr(self, item.name))

    @classmethod
    def open(cls, folder: Path) -> Links:
        """Return the table of a folder, mapped from disk: what is not looked at is not read.

        Raises: OSError where a file is missing.
        """
        arrays = {item.name: np.load(folder / f"{item.name}.npy", mmap_mode="r") for item in fields(cls) if item.name != "n_documents"}
        return cls(n_documents=int(np.load(folder / "n_documents.npy")), **arrays)


def spans(start: Places, rows: Ints) -> tuple[Places, Places]:
    """Return all numbers from `start[row]` up to `start[row + 1]` of each row, one row after the other, and for each number which of `rows` it is of, from 0.

    >>> [found.tolist() for found in spans(np.array([0, 2, 5]), np.array([1, 0]))]
    [[2, 3, 4, 0, 1], [0, 0, 0, 1, 1]]
    """
    lengths = start[rows + 1] - start[rows]
    ends = np.cumsum(lengths)
    found = np.repeat(start[rows] - (ends - lengths), lengths)
    found += np.arange(len(found), dtype=np.int64)
    return found, np.repeat(np.arange(len(rows), dtype=np.int64), lengths)


def link(literature: Literature) -> Links:
    """Return the links of a literature. Claims that nothing supports link nothing."""
    n = len(literature.concepts)
    first, second, shared = _shared(literature)
    supported, refuted = literature.beliefs()
    belief = supported * (1 - refuted)
    claims = literature.claims
    held = np.flatnonzero((belief > 0) & (claims.subject != claims.object))
    forward = claims.subject[held].astype(np.int64) * n + claims.object[held]
    together = first * n + second
    codes = np.unique(np.concatenate([together, forward, claims.object[held].astype(np.int64) * n + claims.subject[held]]))
    row, other = np.divmod(codes, n) if n else (codes, codes)
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.bincount(row, minlength=n))])
    counts = np.zeros(len(codes), dtype=np.int32)
    counts[_places(codes, together)] = shared
    back = _turned(start, other.astype(np.int32))
    beliefs = _beliefs(claims, held, belief, _places(codes, forward), back)
    return Links(
        n_documents=literature.n_documents,
        mentioning=np.bincount(literature.mentions.concept, minlength=n).astype(np.int32),
        cohesion=cohesion(literature),
        start=start,
        other=other.astype(np.int32),
        back=back,
        shared=counts,
        forms=np.flatnonzero(beliefs["same"]).astype(np.int64),
        **beliefs,
    )


def _places(codes: Places, wanted: Places) -> Places:
    """Return where each of the wanted codes stands among the sorted `codes`; looked up in their order, which memory is several times as fast with."""
    order = np.argsort(wanted)
    found = np.empty(len(wanted), dtype=np.int64)
    found[order] = np.searchsorted(codes, wanted[order])
    return found


def _turned(start: Places, other: Ints) -> Places:
    """Return, for each place of rows that hold every pair both ways, the place of its pair the other way round: what transposing does with numbers."""
    n = len(start) - 1
    places = sparse.csr_array((np.arange(len(other), dtype=np.int64), other, start), shape=(n, n))
    return places.tocsc().data.astype(np.int64)  # type: ignore[no-any-return]


def _zeroed(values: npt.NDArray[Number], places: list[int]) -> npt.NDArray[Number]:
    """Return the values with zero at some places. Of a mapped array only the pages with these places are copied."""
    copy: npt.NDArray[Number] | None = None
    if isinstance(values, np.memmap) and values.filename is not None:
        with suppress(OSError):  # what another process has made anew since is copied from the map
            copy = np.load(values.filename, mmap_mode="c")
    copy = values.copy() if copy is None else copy
    copy[places] = 0
    return copy


def _shared(literature: Literature) -> tuple[Places, Places, Ints]:
    """Return the pairs of concepts that documents mention together, both ways, and in how many documents."""
    mentions = literature.mentions
    ones = np.ones(len(mentions.document), dtype=np.int32)
    size = (len(literature.years), len(literature.concepts))
    incidence = sparse.csr_array((ones, (mentions.document, mentions.concept)), shape=size)
    together = (incidence.T @ incidence).tocoo()
    apart = together.row != together.col
    return together.row[apart].astype(np.int64), together.col[apart].astype(np.int64), together.data[apart].astype(np.int32)


def _beliefs(claims: Claims, held: Places, belief: Floats, forward: Places, back: Places) -> dict[str, Weights]:
    """Return the beliefs of all places, of claims `held` whose places are `forward`."""
    doubt = np.log1p(-np.minimum(belief[held], _SUREST))
    sign, causal, both_ways = claims.sign[held], claims.causal[held], claims.symmetric[held] & ~claims.causal[held]

    def believed(chosen: Flags, *, mutual: bool) -> Weights:
        left = np.bincount(forward[chosen], weights=doubt[chosen], minlength=len(back))
        if mutual:
            left = left + left[back]
        return (-np.expm1(left)).astype(np.float32)

    return {
        "told": believed(~claims.same[held], mutual=True),
        "same": believed(claims.same[held], mutual=True),
        "acts": believed(causal, mutual=False),
        "raises": believed(causal & (sign > 0), mutual=False),
        "lowers": believed(causal & (sign < 0), mutual=False),
        "together": believed(both_ways & (sign > 0), mutual=True),
        "apart": believed(both_ways & (sign < 0), mutual=True),
    }
