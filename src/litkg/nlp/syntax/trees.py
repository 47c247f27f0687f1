"""From scores of heads to dependency trees: one root, no circle, the best sum of scores.

Owns the search: each word's best head where that makes a tree, and else the best tree (Chu and Liu 1965, Science Sinica 14; Edmonds 1967, J Res NBS 71B).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_NEVER = np.float32(-1e9)


def best_trees(scores: npt.NDArray[np.float32]) -> Ints:
    """Return the heads of the words of sentences of one length, of shape (sentences, words); a root is its own head.

    `scores[s, i, j]` is that of j as the head of i, and of i as a root where j is i; scores of one word are compared with each other only. The root is the word
    that loses least, or gains most, by being one.
    """
    count, length, _ = scores.shape
    places = np.arange(length)
    others = scores.copy()
    others[:, places, places] = _NEVER
    heads: Ints = others.argmax(axis=2)
    best = np.take_along_axis(others, heads[:, :, None], axis=2)[:, :, 0]
    roots = (scores[:, places, places] - best).argmax(axis=1)
    sentences = np.arange(count)
    heads[sentences, roots] = roots
    reached = heads
    for _ in range(max(length - 1, 1).bit_length()):
        reached = np.take_along_axis(reached, reached, axis=1)
    for sentence in np.flatnonzero((reached != roots[:, None]).any(axis=1)).tolist():
        heads[sentence] = best_tree(others[sentence], int(roots[sentence]))
    return heads


def best_tree(scores: npt.NDArray[np.float32], root: int) -> Ints:
    """Return the heads of the tree with the best sum of scores that hangs on `root`; `scores[i, j]` is that of j as the head of i."""
    scores = scores.astype(np.float64)
    np.fill_diagonal(scores, -np.inf)
    scores[root] = -np.inf
    heads: Ints = scores.argmax(axis=1)
    heads[root] = root
    circle = _circle(heads, root)
    if circle is None:
        return heads
    # The circle becomes one word: an arc into it replaces the arc that its target had in the circle.
    count = len(scores)
    inside = np.zeros(count, dtype=bool)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    gains = scores[np.ix_(circle, outside)] - scores[circle, heads[circle]][:, None]
    entered = circle[gains.argmax(axis=0)]
    smaller[-1, :-1] = gains.max(axis=0)
    out_of = scores[np.ix_(outside, circle)]
    left = circle[out_of.argmax(axis=1)]
    smaller[:-1, -1] = out_of.max(axis=1)
    contracted = best_tree(smaller, int(np.flatnonzero(outside == root)[0]))
    result = heads.copy()
    for at, word in enumerate(outside.tolist()):
        head = int(contracted[at])
        result[word] = left[at] if head == len(outside) else outside[head]
    target = int(contracted[-1])
    result[entered[target]] = outside[target]
    return np.asarray(result, dtype=np.int64)


def _circle(heads: Ints, root: int) -> Ints | None:
    """Return the words of a circle, if there is any."""
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    lost = reached[reached != root]
    if not len(lost):
        return None
    path = [int(lost[0])]
    while (following := int(heads[path[-1]])) != path[0]:
        path.append(following)
    return np.asarray(path, dtype=np.int64)
