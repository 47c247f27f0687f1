"""Drawings of paths: what is drawn, and in which shape."""

from __future__ import annotations

import pytest
from hypothesis import given

from litkg.hypotheses.drawing import draw, draw_key
from litkg.hypotheses.records import NamedRoute
from tests.hypotheses.making import hop, route
from tests.hypotheses.test_layout import paths


@given(paths())
def test_each_concept_of_a_column_and_each_step_is_drawn_once(routes: list[NamedRoute]) -> None:
    groups = [str(group.get("class")) for group in draw(routes).findall("g")]
    longest = max(len(path.hops) for path in routes)
    steps = {(column, step, longest if step is path.hops[-1] else column + 1) for path in routes for column, step in enumerate(path.hops)}
    assert sum(kind.startswith("step") for kind in groups) == len(steps)
    assert groups.count("end") == 2
    assert groups.count("between") == len({(column, step.end) for path in routes for column, step in enumerate(path.hops[:-1])})


@pytest.mark.parametrize(
    ("sign", "causal", "shape", "end"),
    [
        (1, True, "circle", "head"),
        (-1, True, "rect", "bar"),
        (0, True, "path", "head open"),
        (1, False, "circle", None),
        (-1, False, "rect", None),
        (0, False, "path", None),
    ],
)
@pytest.mark.parametrize("backward", [True, False])
def test_signs_and_causes_have_shapes_and_not_only_colours(sign: int, causal: bool, shape: str, end: str | None, backward: bool) -> None:
    picture = draw_key(hop("A", "B", sign, causal=causal, backward=backward and causal))
    assert picture.find(f"g/{shape}[@class='sign']") is not None
    assert [text.text for text in picture.iterfind("g/text")] == [{1: "+", -1: "\u2212", 0: "?"}[sign]]
    ends = [str(item.get("class")) for item in picture.iterfind("g/path") if item.get("class") not in ("line", "sign")]
    assert ends == ([] if end is None else [end])


@pytest.mark.parametrize("sign", [1, -1, 0])
def test_the_end_of_a_line_is_at_what_is_acted_on(sign: int) -> None:
    ends = []
    for backward in (False, True):
        (head,) = [item for item in draw_key(hop("A", "B", sign, backward=backward)).iterfind("g/path") if item.get("class") in ("head", "head open", "bar")]
        ends.append(float(str(head.get("d")).split()[0].lstrip("M")))
    assert ends[0] > 48 > ends[1]


def test_what_papers_disagree_about_is_dashed() -> None:
    group = draw_key(hop("A", "B", divided=True)).find("g")
    assert group is not None
    assert "divided" in str(group.get("class")).split()


def test_long_names_are_cut_and_told_in_full() -> None:
    name = "a very long name of a disease that nobody would want to read in a little box of a drawing"
    picture = draw([route(hop("A", name), hop(name, "C"))])
    (box,) = picture.findall("g[@class='between']")
    lines = [str(text.text) for text in box.findall("text")]
    assert len(lines) == 2
    assert lines[-1].endswith("\u2026")
    assert box.findtext("title") == f"{name} ([{name}])"


def test_what_belief_there_is_makes_lines_thicker() -> None:
    widths = [
        float(str(line.get("stroke-width"))) for belief in (0.1, 0.9) for line in draw_key(hop("A", "B", belief=belief)).iterfind("g/path[@class='line']")
    ]
    assert widths[0] < widths[1]
