"""Evaluation by time: on literatures whose future is known."""

from __future__ import annotations

import random

import numpy as np
import pytest

from litkg.hypotheses.discovery import Search, open_discovery
from litkg.hypotheses.evaluation import BASELINES, METHODS, Evaluation, _measured, evaluate
from litkg.hypotheses.links import link
from litkg.hypotheses.literature import Literature
from tests.hypotheses.literatures import literature

CAUSAL = (1, True, False)


def foretold(*, later: bool = True) -> Literature:
    """Return a world in which 0 acts on 1 to 3, each of these on some of 4 to 30, and later 0 on what most of them act on."""
    draw = random.Random(5)
    claims, documents = [(0, via, *CAUSAL) for via in (1, 2, 3)], [0, 0, 0]
    for target in range(4, 31):
        for via in (1, 2, 3)[: 3 if target < 8 else draw.randrange(2)]:
            claims.append((via, target, *CAUSAL))
            documents.append(1)
    if later:
        claims += [(0, target, *CAUSAL) for target in range(4, 8)]
        documents += [2] * 4
    mentions = [(0, concept) for concept in (0, 1, 2, 3)] + [(1, concept) for concept in range(1, 31)] + [(2, concept) for concept in (0, *range(4, 8))]
    return literature(31, [1980, 1981, 1990], mentions, claims, [(claim, document, 0.5, 0.0) for claim, document in enumerate(documents)])


def score_of(found: Evaluation, method: str) -> float:
    return next(score.auprc.value for score in found.scores if score.method == method)


def test_what_is_joined_most_is_foretold() -> None:
    found = evaluate(foretold(), after=1985, k=4, layer="claims")
    assert [score.method for score in found.scores] == [*METHODS, *BASELINES]
    assert found.unlearned is not None
    assert "0 pairs were first linked after 1980 up to 1981" in found.unlearned
    assert (found.n_before, found.n_later, found.until) == (2, 1, 1990)
    assert score_of(found, "belief") > 3 * score_of(found, "random")
    for score in found.scores:
        for measure in (score.auprc, score.mrr, score.hits):
            assert 0 <= measure.low <= measure.value <= measure.high <= 1


def test_nothing_of_the_future_reaches_a_ranking() -> None:
    """Whatever the later paper says of other pairs, the ranking of what was known does not move."""
    told = foretold()
    others = literature(
        31,
        [1980, 1981, 1990],
        list(zip(told.mentions.document.tolist(), told.mentions.concept.tolist(), strict=True)) + [(2, concept) for concept in range(31)],
        [
            *zip(
                told.claims.subject.tolist(),
                told.claims.object.tolist(),
                told.claims.sign.tolist(),
                told.claims.causal.tolist(),
                told.claims.symmetric.tolist(),
                strict=True,
            )
        ]
        + [(via, target, *CAUSAL) for via in (1, 2, 3) for target in range(20, 31)],
        [(claim, document, 0.5, 0.0) for claim, document in zip(told.statements.claim.tolist(), told.statements.document.tolist(), strict=True)]
        + [(len(told.claims.ids) + number, 2, 0.5, 0.0) for number in range(33)],
    )
    rankings = [open_discovery(link(world.until(1985)), 0, Search(known="claims")) for world in (told, others)]
    assert rankings[0].target.tolist() == rankings[1].target.tolist()
    assert rankings[0].score.tolist() == rankings[1].score.tolist()
    evaluations = [evaluate(world, after=1985, k=4, layer="claims") for world in (told, others)]
    assert evaluations[0].n_pairs < evaluations[1].n_pairs


def test_a_year_after_which_nothing_is_new_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is newly linked after 1985 up to 1981"):
        evaluate(foretold(later=False), after=1985, until=1981, layer="claims")


@pytest.mark.parametrize(
    ("ranking", "wanted"),
    [
        ([1, 0, 0, 0], (1.0, 1.0, 1.0, 1.0)),
        ([0, 0, 0, 1], (0.25, 0.25, 0.0, 0.0)),
        ([0, 1, 0, 1], (0.5, 0.5, 1.0, 1.0)),
        ([1, 1, 0, 0], (1.0, 1.0, 1.0, 2.0)),
    ],
)
def test_measures_of_a_ranking(ranking: list[int], wanted: tuple[float, ...]) -> None:
    assert _measured(np.array(ranking, dtype=np.bool_), 2) == wanted


def test_chance_is_neither_better_nor_worse_than_itself() -> None:
    draw = random.Random(3)
    n = 60
    claims = [(draw.randrange(n), draw.randrange(n), *CAUSAL) for _ in range(600)]
    mentions = [(document, concept) for document in (0, 1) for concept in range(n)]
    world = literature(n, [1980, 1990], mentions, claims, [(claim, claim % 2, 0.5, 0.0) for claim in range(len(claims))])
    random_score = next(score for score in evaluate(world, after=1985, starts=None, layer="claims").scores if score.method == "random")
    assert random_score.enrichment.low < 1.1
    assert random_score.enrichment.high > 0.9
