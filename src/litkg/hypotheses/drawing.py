"""Draws the paths of a hypothesis: concepts in columns from the first to the last, all paths merged into one small picture.

Owns lines and their ends: an arrow at what is raised, a bar at what is lowered, an open arrow at what is acted on without a sign, nothing where the two are
only linked; the sign stands on each line in a shape of its own. Where things stand, `layout` owns. Refuses colours, which the style of the page gives by
class.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from textwrap import shorten, wrap
from xml.etree.ElementTree import Element

from litkg.hypotheses.layout import BOX_WIDTH, GAP, Box, Layout, Point, lay_out
from litkg.hypotheses.markup import add
from litkg.hypotheses.records import NamedHop, NamedRoute
from litkg.hypotheses.wording import belief_text, route_text

LINE_LENGTH, LINES = 18, 2
"""Characters in a line of a box, and lines: what is longer is cut, and told in full where the pointer rests."""

SIGN_CLASSES = {1: "up", -1: "down", 0: "untold"}
SIGN_MARKS = {1: "+", -1: "\u2212", 0: "?"}


def draw(routes: Sequence[NamedRoute]) -> Element:
    """Return a picture of paths that begin and end at the same concepts.

    A concept that stands at several places of paths is drawn at each; a step that several paths have is drawn once.
    """
    layout: Layout = lay_out(routes)
    svg = _picture(layout.width, layout.height, "; ".join(route_text(route) for route in routes))
    svg.set("class", f"columns-{layout.n_columns}")
    for step in layout.steps:
        _line(svg, step.hop, layout.line(step))
    for column, box in layout.concepts():
        _box(svg, box, is_end=column in (0, layout.n_columns - 1))
    return svg


def draw_key(hop: NamedHop) -> Element:
    """Return a picture of one step without its ends."""
    svg = _picture(GAP, 24.0, _told(hop))
    _line(svg, hop, [(2.0, 12.0), (GAP - 2, 12.0)])
    return svg


def _picture(width: float, height: float, title: str) -> Element:
    svg = Element("svg", {"viewBox": f"0 0 {width:g} {height:g}", "width": f"{width:g}", "height": f"{height:g}", "role": "img"})
    add(svg, "title", title)
    return svg


def _box(svg: Element, box: Box, *, is_end: bool) -> None:
    group = add(svg, "g", class_="end" if is_end else "between")
    add(group, "title", f"{box.name} ({box.id})")
    add(group, "rect", x=f"{box.x:g}", y=f"{box.y - box.height / 2:g}", width=f"{BOX_WIDTH:g}", height=f"{box.height:g}", rx="7")
    lines = _lines(box.name)
    for number, line in enumerate(lines):
        middle = box.y + (number - (len(lines) - 1) / 2) * 15 + 4.5
        add(group, "text", line, x=f"{box.x + BOX_WIDTH / 2:g}", y=f"{middle:g}", text_anchor="middle")


def _lines(name: str) -> list[str]:
    lines = wrap(name, LINE_LENGTH, break_on_hyphens=True, max_lines=LINES, placeholder=" \u2026")
    return lines or [shorten(name, LINE_LENGTH, placeholder="\u2026") or "?"]


def _line(svg: Element, hop: NamedHop, points: Sequence[Point]) -> None:
    """Draw a step through points, bent between the first and the second of each two and straight between the second and the next."""
    kinds = [SIGN_CLASSES[hop.sign], "causal" if hop.causal or hop.backward else "linked", *(("divided",) if hop.divided else ())]
    group = add(svg, "g", class_=f"step {' '.join(kinds)}")
    add(group, "title", _told(hop))
    (left, top), *between, (right, bottom) = points
    room = 9 if hop.sign >= 0 else 2
    left, right = left + (room if hop.backward else 2), right - (room if hop.causal else 2)
    curve = [(left, top), *between, (right, bottom)]
    drawn = f"M{left:g} {top:g}"
    for place, ((from_x, from_y), (x, y)) in enumerate(pairwise(curve)):
        middle = (from_x + x) / 2
        drawn += f"L{x:g} {y:g}" if place % 2 else f"C{middle:g} {from_y:g} {middle:g} {y:g} {x:g} {y:g}"
    add(group, "path", class_="line", d=drawn, stroke_width=f"{1.2 + 2 * min(max(hop.belief, 0.0), 1.0):.2g}")
    if hop.causal:
        _head(group, hop, right, bottom, room)
    elif hop.backward:
        _head(group, hop, left, top, -room)
    _sign(group, hop, (curve[0][0] + curve[1][0]) / 2, (curve[0][1] + curve[1][1]) / 2)


def _head(group: Element, hop: NamedHop, x: float, y: float, length: float) -> None:
    """Draw the end of a line at what is acted on, to the right of `x` or, for a length below 0, to the left."""
    if hop.sign < 0:
        add(group, "path", class_="bar", d=f"M{x:g} {y - 6:g}V{y + 6:g}")
    else:
        add(group, "path", class_="head" if hop.sign else "head open", d=f"M{x:g} {y - 5:g}L{x + length:g} {y:g}L{x:g} {y + 5:g}Z")


def _sign(group: Element, hop: NamedHop, x: float, y: float) -> None:
    """Draw the sign in its shape: a circle for more, a square for less, a diamond for what is not told."""
    if hop.sign > 0:
        add(group, "circle", class_="sign", cx=f"{x:g}", cy=f"{y:g}", r="9")
    elif hop.sign < 0:
        add(group, "rect", class_="sign", x=f"{x - 8:g}", y=f"{y - 8:g}", width="16", height="16")
    else:
        add(group, "path", class_="sign", d=f"M{x:g} {y - 10.5:g}L{x + 10.5:g} {y:g}L{x:g} {y + 10.5:g}L{x - 10.5:g} {y:g}Z")
    add(group, "text", SIGN_MARKS[hop.sign], class_="sign", x=f"{x:g}", y=f"{y + 4.5:g}", text_anchor="middle")


def _told(hop: NamedHop) -> str:
    first, second = (hop.end_name, hop.start_name) if hop.backward else (hop.start_name, hop.end_name)
    acts = {1: "raises", -1: "lowers", 0: "acts on"}
    linked = {1: "goes with", -1: "goes against", 0: "is linked with"}
    verb = (acts if hop.causal or hop.backward else linked)[hop.sign]
    return f"{first} {verb} {second}, belief {belief_text(hop.belief)}{'; papers disagree about the sign' if hop.divided else ''}"
