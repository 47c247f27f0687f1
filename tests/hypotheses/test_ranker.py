"""A ranker that learns from the past."""

from __future__ import annotations

import random

import numpy as np
import pytest

from litkg.hypotheses.discovery import discoverable, known_to
from litkg.hypotheses.evaluation import LEARNED, evaluate
from litkg.hypotheses.features import FEATURES, claimed_degrees, pair_features
from litkg.hypotheses.links import link
from litkg.hypotheses.literature import NO_YEAR, Literature
from litkg.hypotheses.ranker import Judged, Ranker, TooLittlePast, past_cut, strongest_parts, train
from tests.hypotheses.literatures import literature

N = 60


def world(last: int = 1995, seed: int = 1) -> Literature:
    """Return a world of sixty concepts in three fields, in which papers mention five of a field each, some ones far oftener than others."""
    draw = random.Random(seed)
    years, mentions = [], []
    for document in range(240):
        field = draw.randrange(3)
        years.append(1980 + document * (last - 1979) // 240)
        mentions += [(document, field * 20 + min(int(draw.expovariate(0.15)), 19)) for _ in range(5)]
    return literature(N, years, mentions, [], [])


def score_of(ranker: Ranker, read: Literature, first: int, second: int) -> float:
    table = link(read)
    pairs = pair_features(table, first, ~known_to(table, first, "any"), claimed_degrees(table))
    return float(ranker.contributions(pairs).sum(axis=1)[pairs.target == second][0])


def unlinked_pair(read: Literature) -> tuple[int, int]:
    """Return two concepts that are joined and not linked."""
    table = link(read)
    pairs = ((first, pair_features(table, first, ~known_to(table, first, "any"), claimed_degrees(table)).target) for first in range(N))
    return next((first, int(targets[-1])) for first, targets in pairs if len(targets))


def test_what_is_learned_of_the_past_foretells_better_than_chance() -> None:
    found = evaluate(world(), after=1990, starts=None)
    scores = {score.method: score.auprc.value for score in found.scores}
    assert found.unlearned is None
    assert scores[LEARNED] > 1.5 * scores["random"]


def test_the_same_past_gives_the_same_ranker_and_nothing_later_counts() -> None:
    first, second = train(world().until(1990)), train(world().until(1990))
    assert first.weights.tolist() == second.weights.tolist()
    longer = world()
    changed = literature(N, longer.years.tolist(), [pair for pair in _mentions(longer) if longer.years[pair[0]] <= 1990], [], [])
    assert train(changed.until(1990)).weights.tolist() == first.weights.tolist()


@pytest.mark.parametrize("worth", [True, False])
def test_marks_move_the_scores_of_what_they_are_about(worth: bool) -> None:
    read = world()
    first, second = unlinked_pair(read)
    judged = [Judged(first=first, second=second, worth=worth)] * 20
    before, after = (score_of(train(read, judged=marks), read, first, second) for marks in ([], judged))
    assert (after > before) == worth


def test_what_is_hidden_teaches_nothing() -> None:
    read = world()
    linked = discoverable(read, after=past_cut(read.years)[0], until=1995)
    first, second, _ = linked[0]
    assert train(read, hide=[(first, second)]).n_positives < train(read, starts=N).n_positives
    with pytest.raises(TooLittlePast, match=r"^0 pairs"):
        train(read, hide=[(first, second) for first, second, _ in linked])


def test_a_past_without_news_teaches_nothing() -> None:
    with pytest.raises(TooLittlePast, match="of one year"):
        train(literature(3, [1980, None], [(0, 0), (0, 1), (1, 2)], [], []))
    with pytest.raises(TooLittlePast, match="0 pairs were first linked after 1980 up to 1981"):
        train(literature(3, [1980, 1981], [(0, 0), (0, 1), (1, 0)], [], []))


@pytest.mark.parametrize(
    ("years", "wanted"),
    [([1980, 1981, 1982, 1983], (1982, 1983)), ([1980, 1990, 1990, 1990], (1980, 1990)), ([NO_YEAR, 1980, 1980, 1985], (1980, 1985))],
)
def test_the_last_quarter_is_the_future_of_the_past(years: list[int], wanted: tuple[int, int]) -> None:
    assert past_cut(np.array(years, dtype=np.int32)) == wanted


def test_parts_are_told_the_strongest_first() -> None:
    parts = strongest_parts([0.0] * (len(FEATURES) - 2) + [1.0, -2.0])
    assert parts[:2] == ((FEATURES[-1], -2.0), (FEATURES[-2], 1.0))


def _mentions(read: Literature) -> list[tuple[int, int]]:
    return list(zip(read.mentions.document.tolist(), read.mentions.concept.tolist(), strict=True))
