"""Where things stand in drawings of paths."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from litkg.hypotheses.layout import BOX_WIDTH, Box, lay_out
from litkg.hypotheses.records import NamedRoute
from tests.hypotheses.making import hop, route


@st.composite
def paths(draw: st.DrawFn) -> list[NamedRoute]:
    """Draw one to six different paths from A to Z over one to three concepts each."""
    vias = draw(st.lists(st.lists(st.sampled_from("BCDEF"), min_size=1, max_size=3, unique=True), min_size=1, max_size=6, unique_by=tuple))
    return [route(*(hop(first, second) for first, second in pairwise(["A", *via, "Z"]))) for via in vias]


@given(paths())
def test_boxes_do_not_overlap_and_lie_in_the_picture(routes: list[NamedRoute]) -> None:
    layout = lay_out(routes)
    for box in layout.boxes.values():
        assert 0 <= box.x <= box.x + BOX_WIDTH <= layout.width
        assert 0 <= box.y - box.height / 2 <= box.y + box.height / 2 <= layout.height
    assert not any(_overlap(one, other) for one, other in combinations(layout.boxes.values(), 2))


@given(paths())
def test_paths_of_any_length_end_in_the_last_column(routes: list[NamedRoute]) -> None:
    layout = lay_out(routes)
    assert layout.n_columns == 1 + max(len(path.hops) for path in routes)
    assert [box.name for column, box in layout.concepts() if column in (0, layout.n_columns - 1)] in (["A", "Z"], ["Z", "A"])
    assert {step.last for step in layout.steps if step.hop.end_name == "Z"} == {layout.n_columns - 1}


@given(paths())
def test_lines_go_on_to_the_right_from_box_to_box_and_end_apart(routes: list[NamedRoute]) -> None:
    layout = lay_out(routes)
    lines = {step: layout.line(step) for step in layout.steps}
    for step, line in lines.items():
        assert [x for x, _ in line] == sorted(x for x, _ in line)
        assert len(line) == 2 * (step.last - step.column)
        start, end = (layout.boxes[key] for key in (step.keys[0], step.keys[-1]))
        assert abs(line[0][1] - start.y) <= start.height / 2
        assert abs(line[-1][1] - end.y) <= end.height / 2
    assert len({line[0] for line in lines.values()}) == len({line[-1] for line in lines.values()}) == len(lines)


def _overlap(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) < BOX_WIDTH and abs(one.y - other.y) < (one.height + other.height) / 2
