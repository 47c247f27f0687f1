"""The table of links against the same worked out pair by pair."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Literature
from tests.hypotheses.literatures import literature, literatures


def beliefs(drawn: Literature) -> list[float]:
    found = []
    for claim in range(len(drawn.claims.ids)):
        at = drawn.statements.claim == claim
        found.append((1 - math.exp(drawn.statements.support[at].sum())) * math.exp(drawn.statements.refute[at].sum()))
    return found


def noisy_or(strengths: list[float]) -> float:
    return 1 - math.prod(1 - strength for strength in strengths)


@settings(deadline=None)
@given(literatures())
def test_each_pair_is_linked_by_what_joins_it(drawn: Literature) -> None:
    table, claims, belief = link(drawn), drawn.claims, beliefs(drawn)
    documents_of = [
        {d for d, c in zip(drawn.mentions.document.tolist(), drawn.mentions.concept.tolist(), strict=True) if c == concept}
        for concept in range(table.n_concepts)
    ]
    assert table.mentioning.tolist() == [len(documents) for documents in documents_of]
    for first, second in product(range(table.n_concepts), repeat=2):
        held = [i for i in range(len(claims.ids)) if belief[i] > 0 and first != second]
        either = [i for i in held if {int(claims.subject[i]), int(claims.object[i])} == {first, second}]
        forward = [i for i in held if (claims.subject[i], claims.object[i]) == (first, second) and claims.causal[i]]
        mutual = [i for i in either if claims.symmetric[i] and not claims.causal[i]]
        shared = len(documents_of[first] & documents_of[second]) if first != second else 0
        place = table.place(first, second)
        if not shared and not either:
            assert place is None
            continue
        assert place is not None
        assert table.other[table.back[place]] == first
        assert table.back[table.back[place]] == place
        assert table.shared[place] == shared
        assert (place in table.forms) == (table.same[place] > 0)
        wanted = {
            "told": [i for i in either if not claims.same[i]],
            "same": [i for i in either if claims.same[i]],
            "acts": forward,
            "raises": [i for i in forward if claims.sign[i] > 0],
            "lowers": [i for i in forward if claims.sign[i] < 0],
            "together": [i for i in mutual if claims.sign[i] > 0],
            "apart": [i for i in mutual if claims.sign[i] < 0],
        }
        for name, chosen in wanted.items():
            assert math.isclose(getattr(table, name)[place], noisy_or([belief[i] for i in chosen]), abs_tol=1e-6), name


@settings(deadline=None)
@given(literatures())
def test_a_cut_is_the_literature_read_until_then(drawn: Literature) -> None:
    for year in (1979, 1982, 1985):
        early = drawn.until(year)
        assert all(drawn.years[document] != -1 and drawn.years[document] <= year for document in early.mentions.document)
        later = drawn.between(year, 2000)
        dated = int((drawn.years[drawn.statements.document] != -1).sum())
        assert len(early.statements.claim) + len(later.statements.claim) == dated


def test_places_of_rows_lie_one_after_the_other() -> None:
    table = link(literature(4, [1980], [(0, 0), (0, 1), (0, 3)], [], []))
    places, owner = table.places_of(np.array([3, 2, 0], dtype=np.int32))
    assert table.other[places].tolist() == [0, 1, 1, 3]
    assert owner.tolist() == [0, 0, 2, 2]


def test_what_is_saved_is_opened(tmp_path: Path) -> None:
    table = link(literature(3, [1980, 1981], [(0, 0), (0, 1), (1, 2)], [(0, 2, 1, True, False)], [(0, 1, 0.5, 0.0)]))
    table.save(tmp_path / "links")
    opened = Links.open(tmp_path / "links")
    assert opened.n_documents == 2
    assert opened.place(0, 2) == table.place(0, 2)
    assert opened.told.tolist() == table.told.tolist()


def test_what_is_hidden_links_nothing() -> None:
    table = link(literature(3, [1980], [(0, 0), (0, 1), (0, 2)], [(0, 1, 1, True, False), (1, 2, 0, False, True)], [(0, 0, 0.5, 0.0), (1, 0, 0.5, 0.0)]))
    hidden = table.without([(1, 0)])
    forward, backward = table.place(0, 1), table.place(1, 0)
    assert forward is not None
    assert backward is not None
    assert hidden.told[[forward, backward]].tolist() == hidden.shared[[forward, backward]].tolist() == [0, 0]
    assert hidden.told.sum() == 1.0
    assert table.told[forward] == 0.5


def test_what_is_hidden_is_hidden_for_forms_too() -> None:
    claims = [(0, 1, 0, False, False), (1, 2, 1, True, False), (0, 2, 1, True, False)]
    table = link(literature(3, [1980], [], claims, [(claim, 0, 0.5, 0.0) for claim in range(3)], same={0}))
    assert table.relatives(0).tolist() == [0, 1]
    hidden = table.without([(0, 2)])
    assert hidden.told.sum() == 0
    assert hidden.relatives(0).tolist() == [0, 1]


def test_what_is_hidden_stays_in_the_file(tmp_path: Path) -> None:
    link(literature(2, [1980], [(0, 0), (0, 1)], [(0, 1, 1, True, False)], [(0, 0, 0.5, 0.0)])).save(tmp_path / "links")
    opened = Links.open(tmp_path / "links")
    assert opened.without([(0, 1)]).told.tolist() == [0, 0]
    assert opened.told.tolist() == Links.open(tmp_path / "links").told.tolist() == [0.5, 0.5]


def test_places_to_one_are_those_of_its_row_the_other_way_round() -> None:
    table = link(literature(5, [1980], [(0, 0), (0, 1), (0, 3)], [], []))
    places, owner = table.places_to(np.array([4, 3, 0, 1], dtype=np.int32), 1)
    assert [table.other[place] for place in places] == [1, 1]
    assert owner.tolist() == [1, 2]
    assert [len(found) for found in table.places_to(np.array([0, 1], dtype=np.int32), 4)] == [0, 0]


@pytest.mark.filterwarnings("error")
def test_what_a_hundred_papers_say_is_believed_without_a_warning() -> None:
    table = link(literature(2, [1980] * 100, [], [(0, 1, 1, True, False)], [(0, document, 0.9, 0.0) for document in range(100)]))
    assert table.told.tolist() == [1.0, 1.0]
