"""Tables in the shape of kglite's bulk loader: what goes in comes out, as through Cypher."""

from __future__ import annotations

from typing import cast

import kglite
from hypothesis import given, settings
from hypothesis import strategies as st

from litkg.stores.frames import Frame
from litkg.stores.writing import Values

NAMES = ("id", "text", "year", "belief", "negated", "synonyms", "alternative_causes_start")
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
rows = st.lists(
    st.tuples(
        st.text(alphabet="abc:1", min_size=1, max_size=4),
        st.none() | texts,
        st.none() | st.integers(-(2**40), 2**40),
        st.none() | st.floats(0, 1),
        st.none() | st.booleans(),
        st.none() | st.lists(texts, min_size=1, max_size=3),
        st.none() | st.lists(st.integers(0, 99), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row[0],
)


@settings(deadline=None)
@given(rows)
def test_nodes_hold_what_they_were_made_of(found: list[Values]) -> None:
    graph = kglite.KnowledgeGraph()
    frame = Frame(NAMES, found)
    graph.add_nodes(frame, "Thing", "id", column_types=frame.types)
    listed = ", ".join(f"n.`{name}` AS `{name}`" for name in NAMES)
    answer = cast("list[dict[str, object]]", list(graph.cypher(f"MATCH (n:Thing) RETURN {listed} ORDER BY n.id")))
    assert [tuple(row[name] for name in NAMES) for row in answer] == sorted(found, key=lambda row: str(row[0]))


def test_a_column_without_values_is_left_out() -> None:
    assert Frame(("id", "year"), [("a", None), ("b", None)]).columns == ["id"]
