"""Whose word counts how much where several teachers' answers become a student's lesson."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.ner.shares import shares

from litkg.nlp.entities.conventions import HEADS

FIRST, SECOND, OWN = Path("first"), Path("second"), Path("own")


def test_a_run_named_twice_counts_twice() -> None:
    found = shares([FIRST, FIRST, SECOND], {})
    assert all(found[FIRST][head] == pytest.approx(2 / 3) and found[SECOND][head] == pytest.approx(1 / 3) for head in HEADS)


def test_specialists_have_half_of_their_own_convention_and_no_say_on_others() -> None:
    found = shares([FIRST, SECOND], {"ncbi": [OWN]})
    assert found[OWN] == {"ncbi": 0.5}
    assert found[FIRST]["ncbi"] == pytest.approx(0.25)
    assert found[FIRST]["bc5cdr"] == pytest.approx(0.5)


def test_shares_of_each_convention_add_up_to_one() -> None:
    found = shares([FIRST, FIRST, SECOND], {"ncbi": [OWN, SECOND], "bc5cdr": [OWN]})
    assert all(sum(table.get(head, 0.0) for table in found.values()) == pytest.approx(1.0) for head in HEADS)
