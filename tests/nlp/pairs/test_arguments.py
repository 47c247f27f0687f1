"""Ways between two words of a tree."""

from __future__ import annotations

import numpy as np

from litkg.nlp.pairs.arguments import Path, path_between
from litkg.nlp.pairs.asking import ask, sides
from tests.nlp.pairs.scenes import ARGUMENTS, ASPIRIN


def test_the_way_goes_up_from_both_ends_to_where_it_meets() -> None:
    assert path_between(ASPIRIN, 0, 5) == Path((0,), (5, 6), 3)
    assert path_between(ASPIRIN, 2, 0) == Path((2,), (), 0)
    assert path_between(ASPIRIN, 4, 4) == Path((), (), 4)


def test_sides_are_told_from_the_subject_the_object_and_the_top() -> None:
    found = sides(np.asarray(ASPIRIN.heads), np.asarray([(2, 3, 5, 6), (5, 6, 2, 3)]))
    assert found.tolist() == [[1, 0, 1, 3, 0, 2, 2], [2, 0, 2, 3, 0, 1, 1]]


def test_what_is_asked_has_a_row_a_pair_and_numbers_of_known_names() -> None:
    asked = ask(ASPIRIN, ARGUMENTS, [(0, 2), (2, 1)], tags={"NN": 4}, labels={"dobj": 7})
    assert asked.places.tolist() == [[0, 1, 5, 6], [5, 6, 2, 3]]
    assert asked.kinds.tolist() == [[2, 1], [1, 2]]
    assert asked.syntax[:, 0].tolist() == [4, 0, 4, 0, 4, 4, 0]
    assert asked.syntax[:, 1].tolist() == [0, 0, 0, 0, 0, 0, 7]
    assert asked.syntax[:, 2].tolist() == [3, 0, 3, 0, 0, 2, 0]
    assert asked.classes.shape == (2, 48)
