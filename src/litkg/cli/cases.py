"""A case report in lines to read: each answered criterion with its words, the other causes, and Naranjo's items with the range of their total.

Owns the wording on the terminal; refuses to query: it is handed a case report as the query adverse-events returns it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import cast

from litkg.answers import WIDTH
from litkg.model import CRITERIA
from litkg.naranjo import category

_UNSAID = (None, "unknown")
_RULED_OUT = {"yes": "ruled out", "no": "not ruled out", "unknown": "left open"}


def case_report_lines(report: Mapping[str, object]) -> Iterator[str]:
    """Yield the lines of one case report: its document, what the text answers in its own words, and the range of Naranjo totals."""
    yield f"  case report in {report['document_id']}"
    for name in CRITERIA:
        if report.get(name) not in _UNSAID:
            yield from _line(f"{name.replace('_', ' ')}: {report[name]}", report.get(f"{name}_value"), report.get(f"{name}_text"))
    names, answers, texts = (cast("list[str]", report.get(f"alternative_causes{part}") or []) for part in ("", "_ruled_out", "_text"))
    for name, answer, text in zip(names, answers, texts, strict=True):
        yield from _line(f"other cause {_RULED_OUT[answer]}: {name}", None, text)
    yield from _naranjo_lines(report)


def _naranjo_lines(report: Mapping[str, object]) -> Iterator[str]:
    lowest, highest = cast("int | None", report.get("naranjo_lowest")), cast("int | None", report.get("naranjo_highest"))
    if lowest is None or highest is None:
        return
    ends = dict.fromkeys((category(lowest), category(highest)))
    items = cast("list[Mapping[str, object]]", report.get("naranjo") or [])
    silent = ", ".join(str(item["item"]) for item in items if not item["text"])
    yield f"    Naranjo total: {lowest} to {highest} ({' to '.join(ends)})" + (f", as the text leaves open item {silent}" if silent else "")
    for item in items:
        if item["text"]:
            yield from _line(f"  {item['item']}. {item['question']} {item['answer']}", f"{cast(int, item['points']):+d}", item["text"])


def _line(head: str, value: object, text: object) -> list[str]:
    words = " ".join(str(text or "").split())
    line = head + (f", {value}" if value else "") + (f'   "{words}"' if words else "")
    return textwrap.wrap(line, WIDTH, initial_indent="    ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)
