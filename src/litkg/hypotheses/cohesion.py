"""How alike the papers on one concept are: a cohesive literature has a subject, that on patients or inflammation has none.

Owns the measure; refuses links and paths. Source of the idea: Swanson, Smalheiser and Torvik 2006, Ranking indirect connections in literature-based discovery,
JASIST 57, where MeSH headings tell what papers are on; here all concepts that they mention do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from litkg.hypotheses.literature import Literature

_ROWS = 4096
"""Concepts that are worked on at once, which bounds the memory."""


def cohesion(literature: Literature) -> npt.NDArray[np.float32]:
    """Return for each concept the mean cosine of two papers on it, in [0, 1], 0 where fewer than two mention it.

    A paper is the vector of what it mentions, each concept weighing the logarithm of how many papers there are for one that mentions it; of the concept itself
    nothing is counted.
    """
    mentions, n = literature.mentions, len(literature.concepts)
    mentioning = np.bincount(mentions.concept, minlength=n)
    rarity = np.log(max(literature.n_documents, 1) / np.maximum(mentioning, 1))[mentions.concept]
    length = np.sqrt(np.bincount(mentions.document, weights=rarity**2, minlength=len(literature.years)))[mentions.document]
    weight = np.divide(rarity, length, out=np.zeros_like(rarity), where=length > 0)
    size = (len(literature.years), n)
    papers = sparse.csr_array((weight, (mentions.document, mentions.concept)), shape=size)
    about = sparse.csc_array((np.ones(len(weight)), (mentions.document, mentions.concept)), shape=size)
    rest = np.bincount(mentions.concept, weights=(length > 0) - weight**2, minlength=n)
    squared = np.concatenate([_squared_sums(papers, about[:, at : at + _ROWS], at) for at in range(0, n, _ROWS)]) if n else np.zeros(0)
    pairs = mentioning * (mentioning - 1.0)
    return np.clip(np.divide(squared - rest, pairs, out=np.zeros(n), where=pairs > 0), 0.0, 1.0).astype(np.float32)


def _squared_sums(papers: sparse.csr_array, about: sparse.csc_array, first: int) -> npt.NDArray[np.float64]:
    """Return the squared length of the sum of the papers on each concept of a block that begins at `first`, the concept itself left out."""
    total = sparse.coo_array(about.T @ papers)
    others = total.col != total.row + first
    squared: npt.NDArray[np.float64] = np.bincount(total.row[others], weights=total.data[others] ** 2, minlength=about.shape[1]).astype(np.float64)
    return squared
