"""Hypotheses as text to hand on: CSV for tables, Markdown with the sentences behind each step.

Owns both forms and how a route is written on one line; refuses to search and to read a store.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from litkg.hypotheses.marks import Mark
from litkg.hypotheses.proposing import Hypothesis, NamedHop, NamedRoute
from litkg.hypotheses.quoting import Quote, QuotedHop, pubmed_query

SIGNS: Mapping[int, str] = {1: "+", -1: "-", 0: "?"}
"""What more of the first concept should mean for the other: more, less, not told."""

WAYS: Mapping[int, str] = {1: "->", -1: "<-", 0: ""}
"""The way that chains of causal claims go: from the first to the other, or back."""

_ACTS = {1: "->", -1: "-|", 0: "-?"}
_ACTED_ON = {1: "<-", -1: "|-", 0: "?-"}
_LINKED = {1: "~+~", -1: "~-~", 0: "~~~"}

COLUMNS = (
    *(
        "rank",
        "subject",
        "subject_name",
        "object",
        "object_name",
        "category",
        "score",
        "sign",
        "agreement",
        "direction",
        "reading",
        "n_paths",
        "shared_documents",
    ),
    *("known_relatives", "best_path", "linking_terms", "pubmed_query", "mark", "note"),
)


def route_text(route: NamedRoute) -> str:
    """Return a route on one line: `->` raises the next, `-|` lowers it, `-?` acts on it; `<-`, `|-` and `?-` the next does so with this; `~+~` goes with it,
    `~-~` goes against it, `~~~` is linked with it."""
    parts = [route.hops[0].start_name]
    for hop in route.hops:
        parts += [(_ACTS if hop.causal else _ACTED_ON if hop.backward else _LINKED)[hop.sign], hop.end_name]
    return " ".join(parts)


def as_csv(found: Sequence[Hypothesis], marks: Mapping[str, Mark]) -> str:
    """Return one line a hypothesis under a line of names; `sign` is 1, -1 or 0, `linking_terms` the ids between the two.

    `marks` are those of the objects.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in found:
        row = {name: getattr(item, name, None) for name in COLUMNS}
        row |= {"best_path": route_text(item.best), "linking_terms": " ".join(term.id for term in item.linking_terms)}
        row["known_relatives"] = "; ".join(item.known_relatives)
        row["pubmed_query"] = pubmed_query([item.subject_name, item.object_name])
        mark = marks.get(item.object)
        row |= {"mark": mark and mark.verdict, "note": mark and mark.note}
        writer.writerow(["" if row[name] is None else row[name] for name in COLUMNS])
    return text.getvalue()


def as_markdown(found: Sequence[Hypothesis], quoted: Mapping[NamedHop, QuotedHop], marks: Mapping[str, Mark]) -> str:
    """Return a section for each hypothesis: what it says, its best path, and the best sentence for and against each step. `marks` are those of the objects."""
    return "\n".join(line for item in found for line in _section(item, quoted, marks.get(item.object)))


def _section(item: Hypothesis, quoted: Mapping[NamedHop, QuotedHop], mark: Mark | None) -> Iterator[str]:
    yield f"## {item.rank}. {_plain(item.subject_name)} and {_plain(item.object_name)}"
    yield ""
    if mark is not None:
        yield f"Marked {mark.verdict}{': ' if mark.note else '.'}{_plain(' '.join(mark.note.split()))}"
        yield ""
    meaning = {1: "more of the first should mean more of the second", -1: "more of the first should mean less of the second", 0: "no sign"}[item.sign]
    agreement = "" if item.agreement is None else f" ({item.agreement:.0%} of what tells a sign)"
    carried = {
        1: "chains of causal claims from the first to the second",
        -1: "chains of causal claims from the second to the first",
        0: "no chain of causal claims",
    }
    read = f" ({item.reading})" if item.reading else ""
    yield f"Score {item.score:.3g}; {meaning}{read}{agreement}; {carried[item.direction]}."
    yield f"Paths: {item.n_paths}; documents that mention both: {item.shared_documents}."
    yield ""
    yield f"By {', '.join(_plain(term.name) for term in item.linking_terms)}."
    yield ""
    if item.known_relatives:
        yield f"Linked already with what is directly wider or narrower: {', '.join(map(_plain, item.known_relatives))}."
        yield ""
    yield f"`{route_text(item.best)}`"
    yield ""
    for hop in item.best.hops:
        yield from _step(quoted[hop])
    yield ""
    for title, routes in (("Other chains of causal claims", [route for route in item.mechanisms if route != item.best]), ("What disagrees", item.disagreeing)):
        if routes:
            yield from (f"{title}:", "", *(f"- `{route_text(route)}`" for route in routes), "")
    yield f"To see who has looked at both: `{pubmed_query([item.subject_name, item.object_name])}`"
    yield ""


def _step(step: QuotedHop) -> Iterator[str]:
    hop = step.hop
    if step.claim is None or step.subject is None or step.object is None:
        yield f"- {_plain(hop.start_name)}, {_plain(hop.end_name)}: documents that mention both: {hop.shared_documents}"
        return
    yield f"- {_plain(step.subject)} **{step.predicate}** {_plain(step.object)}, belief {hop.belief:.2g} ({step.claim})"
    if step.support is not None:
        yield f"  - {_sentence(step.support)}"
    if step.against is not None:
        yield f"  - against it: {_sentence(step.against)}"


def _sentence(quote: Quote) -> str:
    year = f", {quote.year}" if quote.year is not None else ""
    paper = f"[{_plain(quote.document)}]({quote.link})" if quote.link else _plain(quote.document)
    return f'"{_plain(" ".join(quote.text.split()))}" ({paper}{year}, {quote.certainty})'


def _plain(text: str) -> str:
    """Return a text whose Markdown marks are only characters."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>#|" else character for character in text)
