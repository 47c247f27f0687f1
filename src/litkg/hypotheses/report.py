"""Hypotheses as text to hand on: CSV for tables, Markdown and JSON with the sentences behind each step.

Owns these forms; refuses to search and to read a store.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from litkg.hypotheses.experiments import what_would_test
from litkg.hypotheses.kept import Table
from litkg.hypotheses.marks import Mark, marks_about
from litkg.hypotheses.quoting import Quote, QuotedHop, pubmed_link, pubmed_query, quote_hops
from litkg.hypotheses.records import Hypothesis, NamedHop, NamedRoute
from litkg.hypotheses.wording import agreement_text, belief_text, cause_text, claim_text, meaning, parts_text, route_text, years_text
from litkg.hypotheses.years import Years, hop_years
from litkg.queries import Readable

_QUOTED = ("claim", "subject", "object", "predicate", "subject_aspect", "aspect", "support", "against")
"""What a hop of a record has of its quotation; `subject` and `object` are the names in the claim's own direction."""

COLUMNS = (
    *("rank", "subject", "subject_name", "object", "object_name", "category", "score", "sign", "agreement", "direction", "reading", "n_paths"),
    *("shared_documents", "known_relatives", "best_path", "linking_terms", "pubmed_query", "mark", "note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Hypotheses about one concept, `subject`, with all that a report says of them: the `years` of their steps where known, and these `quoted`, unless the
    report does without sentences; the `marks` of their objects by id, and the main `categories` of concepts by id."""

    subject: str
    subject_name: str
    found: Sequence[Hypothesis]
    years: Mapping[NamedHop, Years]
    quoted: Mapping[NamedHop, QuotedHop]
    marks: Mapping[str, Mark]
    categories: Mapping[str, str]

    def tests(self, item: Hypothesis) -> tuple[str, ...]:
        """Return what would test one of the hypotheses."""
        return what_would_test(item, self.categories)


def make_report(table: Table, subject: str, found: Sequence[Hypothesis], *, until_year: int | None = None, quoted_from: Readable | None = None) -> Report:
    """Return the report of hypotheses about `subject` that were found in `table`, up to a year where one is given; with sentences where a store is given."""
    hops = [hop for item in found for route in (*item.routes, *item.mechanisms, *item.disagreeing) for hop in route.hops]
    named = {subject, *(item.object for item in found), *(concept for hop in hops for concept in (hop.start, hop.end))}
    concepts = table.literature.concepts
    places = {concept: concepts.index(concept) for concept in sorted(named)}
    return Report(
        subject=subject,
        subject_name=concepts.names[places[subject]],
        found=found,
        years=hop_years(table.literature, hops, until_year=until_year),
        quoted={} if quoted_from is None else quote_hops(quoted_from, hops, until_year=until_year),
        marks=marks_about(table.marks, subject),
        categories={concept: concepts.categories[place][0] for concept, place in places.items()},
    )


def as_csv(found: Sequence[Hypothesis], marks: Mapping[str, Mark]) -> str:
    """Return one line a hypothesis under a line of names; `sign` is 1, -1 or 0, `linking_terms` the ids between the two. `marks` are as in `Report`."""
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


def as_records(report: Report) -> list[dict[str, object]]:
    """Return a record of plain values for each hypothesis: its own, its routes with what is quoted for each hop, its mark, searches and tests."""
    return [_record(item, report) for item in report.found]


def _record(item: Hypothesis, report: Report) -> dict[str, object]:
    mark = report.marks.get(item.object)
    query = pubmed_query([item.subject_name, item.object_name])
    return asdict(item) | {
        **{name: [_route_record(route, report) for route in getattr(item, name)] for name in ("routes", "mechanisms", "disagreeing")},
        "mark": None if mark is None else {"verdict": mark.verdict, "note": mark.note},
        "pubmed_query": query,
        "pubmed_link": pubmed_link(query),
        "tests": list(report.tests(item)),
    }


def _route_record(route: NamedRoute, report: Report) -> dict[str, object]:
    return asdict(route) | {"hops": [_hop_record(hop, report) for hop in route.hops]}


def _hop_record(hop: NamedHop, report: Report) -> dict[str, object]:
    """Return a hop with its years, and in a report with sentences its claim and these, beside its own values."""
    first, last = report.years.get(hop, (None, None))
    record = asdict(report.quoted[hop]) if hop in report.quoted else {}
    return asdict(hop) | {"first_year": first, "last_year": last} | {name: record[name] for name in _QUOTED if name in record}


def as_markdown(report: Report) -> str:
    """Return a section for each hypothesis: what it says, its best path, the best sentence for and against each step, and what would test it."""
    return "\n".join(line for item in report.found for line in _section(item, report))


def _section(item: Hypothesis, report: Report) -> Iterator[str]:
    mark = report.marks.get(item.object)
    yield f"## {item.rank}. {_plain(item.subject_name)} and {_plain(item.object_name)}"
    yield ""
    if mark is not None:
        yield f"Marked {mark.verdict}{': ' if mark.note else '.'}{_plain(' '.join(mark.note.split()))}"
        yield ""
    agreement, parts = agreement_text(item), parts_text(item)
    facts = (
        f"Score {item.score:.3g}{f' ({parts})' if parts else ''}",
        f"{_plain(meaning(item))}{f' ({agreement})' if agreement else ''}{f', read as {item.reading}' if item.reading else ''}",
        _plain(cause_text(item)),
        f"paths: {item.n_paths}",
        f"documents that mention both: {item.shared_documents}",
    )
    yield f"{'; '.join(facts)}."
    yield ""
    yield f"By {', '.join(_plain(term.name) for term in item.linking_terms)}."
    yield ""
    if item.known_relatives:
        yield f"Linked already with what is directly wider or narrower: {', '.join(map(_plain, item.known_relatives))}."
        yield ""
    yield f"`{route_text(item.best)}`"
    yield ""
    for hop in item.best.hops:
        yield from _step(report.quoted[hop], report.years.get(hop))
    yield ""
    for title, routes in (("Other chains of causal claims", [route for route in item.mechanisms if route != item.best]), ("What disagrees", item.disagreeing)):
        if routes:
            yield from (f"{title}:", "", *(f"- `{route_text(route)}`" for route in routes), "")
    yield "What would test it:"
    yield ""
    yield from (f"- {_plain(test)}" for test in report.tests(item))
    yield ""
    query = pubmed_query([item.subject_name, item.object_name])
    yield f"To see who has looked at both: [`{query}`]({pubmed_link(query)})"
    yield ""


def _step(step: QuotedHop, years: Years | None) -> Iterator[str]:
    hop = step.hop
    if step.claim is None:
        yield f"- {_plain(hop.start_name)}, {_plain(hop.end_name)}: documents that mention both: {hop.shared_documents}"
        return
    subject, predicate, object_ = claim_text(step)
    yield f"- {_plain(subject)} **{predicate}** {_plain(object_)} (belief {belief_text(hop.belief)}; {years_text(years)}; {step.claim})"
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
