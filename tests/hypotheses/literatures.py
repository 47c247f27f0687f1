"""Small literatures for tests: invented, and drawn by Hypothesis."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from hypothesis import strategies as st

from litkg.hypotheses.literature import NO_YEAR, Claims, Concepts, Literature, Mentions, Statements

Claim = tuple[int, int, int, bool, bool]
"""Subject, object, sign, causal, symmetric."""
Statement = tuple[int, int, float, float]
"""Claim, document, support and refute, as strengths in [0, 1)."""


def literature(
    n_concepts: int,
    years: Sequence[int | None],
    mentions: Sequence[tuple[int, int]],
    claims: Sequence[Claim],
    statements: Sequence[Statement],
    same: Collection[int] = (),
) -> Literature:
    """Return a literature of documents with these years; `mentions` are pairs of document and concept, `same` the claims that their ends are forms of one."""
    names = tuple(f"c:{place:03d}" for place in range(n_concepts))
    pairs = np.array(sorted(set(mentions)), dtype=np.int32).reshape(-1, 2)
    columns = list(zip(*claims, strict=True)) if claims else [()] * 5
    said = sorted(statements)
    return Literature(
        concepts=Concepts(ids=names, names=names, categories=(("Gene",),) * n_concepts),
        years=np.array([NO_YEAR if year is None else year for year in years], dtype=np.int32),
        mentions=Mentions(document=pairs[:, 0], concept=pairs[:, 1]),
        claims=Claims(
            ids=tuple(f"as:{place}" for place in range(len(claims))),
            subject=np.array(columns[0], dtype=np.int32),
            object=np.array(columns[1], dtype=np.int32),
            sign=np.array(columns[2], dtype=np.int32),
            causal=np.array(columns[3], dtype=np.bool_),
            symmetric=np.array(columns[4], dtype=np.bool_),
            same=np.array([place in same for place in range(len(claims))], dtype=np.bool_),
        ),
        statements=Statements(
            claim=np.array([item[0] for item in said], dtype=np.int32),
            document=np.array([item[1] for item in said], dtype=np.int32),
            support=np.log1p(-np.array([item[2] for item in said], dtype=np.float64)),
            refute=np.log1p(-np.array([item[3] for item in said], dtype=np.float64)),
        ),
    )


@st.composite
def literatures(draw: st.DrawFn) -> Literature:
    """Draw a literature of up to seven concepts and six documents."""
    n_concepts, n_documents = draw(st.integers(2, 7)), draw(st.integers(1, 6))
    concepts, documents = st.integers(0, n_concepts - 1), st.integers(0, n_documents - 1)
    years = draw(st.lists(st.none() | st.integers(1980, 1985), min_size=n_documents, max_size=n_documents))
    mentions = draw(st.lists(st.tuples(documents, concepts), max_size=20))
    claims = draw(st.lists(st.tuples(concepts, concepts, st.sampled_from((-1, 0, 1)), st.booleans(), st.booleans()), max_size=12))
    strengths = st.sampled_from((0.0, 0.2, 0.5, 0.9))
    statements = draw(
        st.lists(st.tuples(st.integers(0, len(claims) - 1), documents, strengths, strengths), max_size=15, unique_by=lambda item: item[:2])
        if claims
        else st.just([])
    )
    same = draw(st.sets(st.integers(0, len(claims) - 1), max_size=2)) if claims else set()
    return literature(n_concepts, years, mentions, claims, statements, same)
