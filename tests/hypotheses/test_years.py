"""Years of steps: those of the evidence on all claims between their ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.hypotheses.literature import NO_YEAR, Literature
from litkg.hypotheses.records import NamedHop
from litkg.hypotheses.years import hop_years
from tests.hypotheses.literatures import literature, literatures


def step(start: str, end: str) -> NamedHop:
    return NamedHop(start=start, start_name="", end=end, end_name="", sign=0, causal=False, backward=False, divided=False, belief=0.0, shared_documents=0)


@settings(deadline=None)
@given(literatures(), st.sampled_from([None, 1979, 1982, 1985]))
def test_years_are_those_of_the_evidence_between_the_ends(drawn: Literature, until: int | None) -> None:
    ids, claims, statements = drawn.concepts.ids, drawn.claims, drawn.statements
    steps = [step(first, second) for first in ids for second in ids if first != second]
    found = hop_years(drawn, steps, until_year=until)
    for hop in steps:
        years = [
            int(drawn.years[document])
            for claim, document in zip(statements.claim.tolist(), statements.document.tolist(), strict=True)
            if {ids[claims.subject[claim]], ids[claims.object[claim]]} == {hop.start, hop.end} and not claims.same[claim]
        ]
        dated = [year for year in years if year != NO_YEAR and (until is None or year <= until)]
        assert found.get(hop) == ((min(dated), max(dated)) if dated else None)


def test_forms_of_one_and_papers_without_a_year_tell_none() -> None:
    drawn = literature(3, [1980, NO_YEAR], [], [(0, 1, 0, False, False), (1, 2, 1, True, False)], [(0, 0, 0.5, 0.0), (1, 1, 0.5, 0.0)], same={0})
    first, second, third = drawn.concepts.ids
    assert hop_years(drawn, [step(first, second), step(second, third)]) == {}


def test_no_steps_have_no_years() -> None:
    assert hop_years(literature(2, [1980], [], [], []), []) == {}


def test_a_concept_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        hop_years(literature(2, [1980], [], [], []), [step("no:1", "no:2")])
