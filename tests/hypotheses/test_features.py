"""Features of pairs, from the tables that they are worked out of."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from litkg.hypotheses.discovery import Search, known_to, open_discovery
from litkg.hypotheses.features import FEATURES, claimed_degrees, pair_features
from litkg.hypotheses.links import link
from litkg.hypotheses.literature import Literature
from tests.hypotheses.literatures import literatures

SEARCHES = {
    "linking terms": Search(metric="linked", link_aggregate="count"),
    "adamic-adar": Search(metric="linked"),
    "dwpc": Search(metric="linked", link_aggregate="dwpc"),
    "cohesiveness": Search(metric="linked", link_aggregate="cohesiveness"),
    "combined": Search(),
    "npmi": Search(metric="npmi", path_aggregate="min", link_aggregate="sum"),
    "jaccard": Search(metric="jaccard", path_aggregate="min", link_aggregate="sum"),
}


@settings(deadline=None)
@given(literatures())
def test_features_are_the_logarithms_of_the_scores_of_searches(drawn: Literature) -> None:
    table = link(drawn)
    pairs = pair_features(table, 0, ~known_to(table, 0, "any"), claimed_degrees(table))
    assert pairs.features.shape == (len(pairs.target), len(FEATURES))
    assert np.isfinite(pairs.features).all()
    for name, search in SEARCHES.items():
        found = open_discovery(table, 0, search)
        scores = dict(zip(found.target.tolist(), found.score.tolist(), strict=True))
        for target, value in zip(pairs.target.tolist(), pairs.features[:, FEATURES.index(name)].tolist(), strict=True):
            score = scores.get(target, 0.0)  # a link of strength 0 is on no path of a search
            assert value == pytest.approx(math.copysign(math.log1p(abs(score)), score), abs=1e-5)


@settings(deadline=None)
@given(literatures())
def test_claimed_degrees_count_claimed_links(drawn: Literature) -> None:
    table = link(drawn)
    assert claimed_degrees(table).tolist() == [int((table.told[table.row(concept)] > 0).sum()) for concept in range(table.n_concepts)]
