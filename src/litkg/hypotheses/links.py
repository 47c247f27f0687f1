"""Which concepts are linked, and by what: documents that mention both, and claims between them.

Owns the table of linked pairs, in compressed rows, and how it is made of a literature; refuses to score anything. The table holds each pair both ways, so that
row i has all that is linked with concept i.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from litkg.hypotheses.literature import Claims, Flags, Floats, Ints, Literature

Places = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Linked pairs of concepts. Row i lies at `start[i]:start[i + 1]` of all arrays from `other` on, in the order of `other`.

    `mentioning[i]` is how many documents mention concept i, of `n_documents` in all. Of the pair at place k, from the row's concept to `other[k]`: `shared` is
    how many documents mention both; the rest are beliefs in [0, 1): `told` that some claim holds between them, whatever it says; `acts` that the row's concept
    acts on the other, `raises` and `lowers` that it does so with this sign; `together` and `apart` that they go together or against each other, which says
    nothing of cause. That the two are forms of one is `same`, and no part of `told`. `back[k]` is the place of the same pair the other way round.
    """

    n_documents: int
    mentioning: Ints
    start: Places
    other: Ints
    back: Places
    shared: Ints
    told: Weights
    same: Weights
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
        lengths = self.start[concepts + 1] - self.start[concepts]
        ends = np.cumsum(lengths)
        owner = np.repeat(np.arange(len(concepts), dtype=np.int64), lengths)
        return np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64) - (ends - lengths)[owner] + self.start[concepts][owner], owner

    def relatives(self, concept: int) -> Ints:
        """Return the concept and its forms, those that it is a form of among them."""
        row = self.row(concept)
        return np.concatenate([np.array([concept], dtype=np.int32), self.other[row][self.same[row] > 0]])

    def without(self, pairs: Iterable[tuple[int, int]]) -> Links:
        """Return the table as if nothing linked these pairs or their forms, whichever way round; forms of one stay that."""
        ends = [(one, other) for first, second in pairs for one in self.relatives(first).tolist() for other in self.relatives(second).tolist()]
        places = [place for first, second in ends for place in (self.place(first, second), self.place(second, first)) if place is not None]
        left = np.ones(len(self.other), dtype=np.int8)
        left[places] = 0
        return replace(
            self,
            shared=self.shared * left,
            told=self.told * left,
            acts=self.acts * left,
            raises=self.raises * left,
            lowers=self.lowers * left,
            together=self.together * left,
            apart=self.apart * left,
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


def link(literature: Literature) -> Links:
    """Return the links of a literature. Claims that nothing supports link nothing."""
    n = len(literature.concepts)
    first, second, shared = _shared(literature)
    supported, refuted = literature.beliefs()
    belief = supported * (1 - refuted)
    claims = literature.claims
    held = np.flatnonzero((belief > 0) & (claims.subject != claims.object))
    forward = claims.subject[held].astype(np.int64) * n + claims.object[held]
    backward = claims.object[held].astype(np.int64) * n + claims.subject[held]
    codes = np.unique(np.concatenate([first * n + second, forward, backward]))
    forward_at, backward_at = np.searchsorted(codes, forward), np.searchsorted(codes, backward)
    row, other = np.divmod(codes, n) if n else (codes, codes)
    counts = np.zeros(len(codes), dtype=np.int32)
    counts[np.searchsorted(codes, first * n + second)] = shared
    return Links(
        n_documents=literature.n_documents,
        mentioning=np.bincount(literature.mentions.concept, minlength=n).astype(np.int32),
        start=np.searchsorted(row, np.arange(n + 1)).astype(np.int64),
        other=other.astype(np.int32),
        back=np.searchsorted(codes, other * n + row).astype(np.int64),
        shared=counts,
        **_beliefs(claims, held, belief, forward_at, backward_at, len(codes)),
    )


def _shared(literature: Literature) -> tuple[Places, Places, Ints]:
    """Return the pairs of concepts that documents mention together, both ways, and in how many documents."""
    mentions = literature.mentions
    ones = np.ones(len(mentions.document), dtype=np.int32)
    size = (len(literature.years), len(literature.concepts))
    incidence = sparse.csr_array((ones, (mentions.document, mentions.concept)), shape=size)
    together = (incidence.T @ incidence).tocoo()
    apart = together.row != together.col
    return together.row[apart].astype(np.int64), together.col[apart].astype(np.int64), together.data[apart].astype(np.int32)


def _beliefs(claims: Claims, held: Places, belief: Floats, forward: Places, backward: Places, size: int) -> dict[str, Weights]:
    doubt = np.log1p(-belief[held])
    sign, causal, both_ways = claims.sign[held], claims.causal[held], claims.symmetric[held] & ~claims.causal[held]

    def believed(chosen: Flags, *, mutual: bool) -> Weights:
        left = np.bincount(forward[chosen], weights=doubt[chosen], minlength=size)
        if mutual:
            left = left + np.bincount(backward[chosen], weights=doubt[chosen], minlength=size)
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
