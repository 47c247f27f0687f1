"""Cohesiveness of literatures, pair of papers by pair of papers."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from litkg.hypotheses.cohesion import cohesion
from litkg.hypotheses.literature import Literature
from tests.hypotheses.literatures import literature, literatures


def by_pairs(given: Literature) -> list[float]:
    """Return the mean cosine of two papers on each concept."""
    papers: dict[int, set[int]] = {}
    for document, concept in zip(given.mentions.document.tolist(), given.mentions.concept.tolist(), strict=True):
        papers.setdefault(document, set()).add(concept)
    rarity = {concept: math.log(len(papers) / sum(concept in paper for paper in papers.values())) for paper in papers.values() for concept in paper}
    length = {document: math.sqrt(sum(rarity[concept] ** 2 for concept in paper)) for document, paper in papers.items()}
    result = []
    for concept in range(len(given.concepts)):
        on = [document for document, paper in papers.items() if concept in paper]
        cosines = [
            sum(rarity[other] ** 2 for other in papers[one] & papers[two] - {concept}) / (length[one] * length[two]) if length[one] and length[two] else 0.0
            for one, two in combinations(on, 2)
        ]
        result.append(sum(cosines) / len(cosines) if cosines else 0.0)
    return result


@settings(deadline=None)
@given(literatures())
def test_cohesion_is_the_mean_cosine_of_two_papers(drawn: Literature) -> None:
    np.testing.assert_allclose(cohesion(drawn), by_pairs(drawn), atol=1e-5)


def test_papers_of_one_subject_cohere_and_those_of_all_do_not() -> None:
    mentions = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 3), (3, 4), *((document, 2) for document in range(4))]
    found = cohesion(literature(6, [1980] * 4, mentions, [], []))
    assert found[0] == pytest.approx(0.5)
    assert found[2] < found[0]
    assert found[5] == 0
