"""Hypotheses as one web page that needs nothing beside it: a ranking, and for each its paths drawn, the sentences behind each step, and what would test it.

Owns the frame of the page, from the ranking to how it was made; `page_article` owns what is said of one hypothesis. Refuses to search, and any judgement of
its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from litkg.curie import curie_link, is_curie
from litkg.hypotheses.drawing import draw_key
from litkg.hypotheses.markup import add, new_page, say, write
from litkg.hypotheses.page_article import ARROWS, SIGN_BADGES, add_article, anchor
from litkg.hypotheses.records import NamedHop
from litkg.hypotheses.report import Report

Facts = Sequence[tuple[str, str]]
"""Names and values, in the order in which they are shown."""

_HERE = Path(__file__).resolve().parent


def as_page(report: Report, *, settings: Facts, graph: Facts, command: str) -> str:
    """Return the page of a report: `settings` and `command` say how it was asked for, `graph` of which graph. The same report gives the same bytes."""
    style, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    title = f"Hypotheses about {report.subject_name}"
    page, body = new_page(title, style=style, script=script)
    _opening(add(body, "header"), report, title)
    if report.found:
        _ranking(add(body, "nav"), report)
        _key(add(body, "section"))
    main = add(body, "main")
    for item in report.found:
        add_article(main, item, report)
    _closing(add(body, "footer"), settings, graph, command)
    return write(page)


def _opening(header: Element, report: Report, title: str) -> None:
    add(header, "h1", title)
    link = curie_link(report.subject) if is_curie(report.subject) else None
    ids = add(header, "p", class_="ids")
    add(ids, "a", report.subject, href=link) if link else say(ids, report.subject)
    if not report.found:
        add(header, "p", "Nothing is joined to it that it is not linked with; other links (--links any) or more intermediates may find some.")
        return
    add(
        header,
        "p",
        f"{len(report.found)} concepts that are not linked with {report.subject_name} in the papers read, but with concepts that are, the best ranked first.",
    )
    caution = (
        "These are guesses to be tested, put together by a program out of single sentences. No paper read makes them, some may be known elsewhere, and most "
    )
    add(header, "p", f"{caution}such guesses are wrong. Read the sentences behind each step before you believe any of it.", class_="caution")


def _ranking(nav: Element, report: Report) -> None:
    add(nav, "h2", "Ranking")
    # Shown by the script, without which it would do nothing.
    label = add(nav, "p", class_="filter", hidden="")
    add(label, "input", id="filter", type="search", placeholder="Show only those with these words", aria_label="Show only those with these words")
    say(label, " ")
    add(label, "span", id="told", class_="soft", role="status")
    table = add(nav, "table")
    names = add(add(table, "thead"), "tr")
    for name, kind in (("", "number"), ("concept", ""), ("category", "wide"), ("score", "number"), ("sign", ""), ("agreement", "number wide")):
        add(names, "th", name, scope="col", class_=kind)
    for name, kind in (("cause", "wide"), ("reading", "wide"), ("mark", "")):
        add(names, "th", name, scope="col", class_=kind)
    rows = add(table, "tbody")
    for item in report.found:
        row = add(rows, "tr", data_for=anchor(item))
        add(row, "td", str(item.rank), class_="number")
        add(add(row, "td"), "a", item.object_name, href=f"#{anchor(item)}")
        add(row, "td", item.category, class_="wide")
        add(row, "td", f"{item.score:.3g}", class_="number")
        badge, kind = SIGN_BADGES[item.sign]
        add(add(row, "td"), "span", badge, class_=f"badge {kind}")
        add(row, "td", "" if item.agreement is None else f"{item.agreement:.0%}", class_="number wide")
        add(row, "td", ARROWS[item.direction], class_="wide")
        add(row, "td", item.reading or "", class_="wide")
        mark = report.marks.get(item.object)
        add(row, "td", mark.verdict if mark else "")


def _key(section: Element) -> None:
    add(section, "h2", "How to read the drawings")
    keys = add(section, "ul", class_="key-list")
    for sign, causal, backward, divided, text in (
        (1, True, False, False, "raises: a paper claims that one acts on the other"),
        (-1, True, False, False, "lowers"),
        (0, True, False, False, "acts on; no sign is told"),
        (1, False, True, False, "is raised by what follows on the path"),
        (1, False, False, False, "goes with; no cause is claimed"),
        (-1, False, False, False, "goes against"),
        (0, False, False, False, "is linked with: no sign, or one document mentions both"),
        (1, True, False, True, "papers disagree about the sign"),
    ):
        example = NamedHop(
            start="A", start_name="A", end="B", end_name="B", sign=sign, causal=causal, backward=backward, divided=divided, belief=0.6, shared_documents=0
        )
        line = add(keys, "li")
        line.append(draw_key(example))
        add(line, "span", text)
    add(
        section,
        "p",
        "Thicker lines are believed more. More of the first means more of the last where the signs along a path, multiplied, give +.",
        class_="soft",
    )


def _closing(footer: Element, settings: Facts, graph: Facts, command: str) -> None:
    add(footer, "h2", "How this page was made")
    add(add(footer, "p"), "code", command)
    for title, facts in (("Settings", settings), ("Graph", graph)):
        add(footer, "h3", title)
        listed = add(footer, "dl")
        for name, value in facts:
            add(listed, "dt", name)
            add(listed, "dd", value)
