"""What a web page says of one hypothesis: its facts, its paths drawn and step by step with their sentences, and what would test it.

Owns this part of the page; refuses the frame around it, which `page` owns.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from litkg.curie import curie_link, is_curie
from litkg.hypotheses.drawing import draw
from litkg.hypotheses.markup import add, say
from litkg.hypotheses.quoting import Quote, pubmed_link, pubmed_query
from litkg.hypotheses.records import Hypothesis, NamedHop, NamedRoute
from litkg.hypotheses.report import Report
from litkg.hypotheses.wording import agreement_text, belief_text, cause_text, claim_text, meaning, parts_text, years_text

SIGN_BADGES = {1: ("+ more", "up"), -1: ("\u2212 less", "down"), 0: ("? not told", "untold")}
"""By sign: words and class."""


ARROWS = {1: "\u2192", -1: "\u2190", 0: ""}
"""By the direction of causal chains."""

CHAINS, PATHS, AGAINST = 6, 2, 2
"""How many causal chains, further paths and paths against the sign are shown at most."""


def anchor(item: Hypothesis) -> str:
    """Return the name by which the page leads to a hypothesis."""
    return f"h{item.rank}"


def add_article(parent: Element, item: Hypothesis, report: Report) -> None:
    """Put what is said of a hypothesis into the page."""
    article = add(parent, "article", id=anchor(item))
    add(article, "h2", f"{item.rank}. {item.subject_name} and {item.object_name}")
    ids = add(article, "p", class_="ids")
    _add_id(ids, item.subject)
    say(ids, " and ")
    _add_id(ids, item.object)
    say(ids, f", {item.category}")
    _add_badges(add(article, "p"), item, report)
    add(article, "p", f"By these paths {meaning(item)}.")
    _add_facts(add(article, "dl"), item, report)
    groups = shown_routes(item)
    add(article, "figure").append(draw([route for _, routes in groups for route in routes]))
    _add_routes(article, groups, report)
    add(article, "h3", "What would test it")
    tests = add(article, "ul")
    for test in report.tests(item):
        add(tests, "li", test)
    query = pubmed_query([item.subject_name, item.object_name])
    search = add(article, "p", "Who has looked at both: ", class_="search")
    add(search, "a", "search PubMed", href=pubmed_link(query))
    add(search, "code", query)


def _add_id(parent: Element, concept: str) -> None:
    link = curie_link(concept) if is_curie(concept) else None
    if link:
        add(parent, "a", concept, href=link)
    else:
        say(parent, concept)


def _add_badges(line: Element, item: Hypothesis, report: Report) -> None:
    words, kind = SIGN_BADGES[item.sign]
    add(line, "span", words, class_=f"badge {kind}")
    add(line, "span", f"causal chain {ARROWS[item.direction]}" if item.direction else "correlation at most", class_="badge")
    if item.reading:
        add(line, "span", item.reading, class_="badge")
    mark = report.marks.get(item.object)
    if mark is not None:
        add(line, "span", f"marked {mark.verdict}", class_="badge")


def _add_facts(facts: Element, item: Hypothesis, report: Report) -> None:
    mark = report.marks.get(item.object)
    for name, value in (
        ("Score", f"{item.score:.3g}"),
        ("made of", parts_text(item)),
        ("Paths agree", agreement_text(item) or "no path has a sign"),
        ("Carried by", cause_text(item)),
        ("Paths", str(item.n_paths)),
        ("Joined by", ", ".join(f"{term.name} {term.share:.0%}" for term in item.linking_terms)),
        ("Documents that mention both", str(item.shared_documents)),
        ("Linked already, wider or narrower", ", ".join(item.known_relatives)),
        ("Note", mark.note if mark is not None else ""),
    ):
        if value:
            add(facts, "dt", name)
            add(facts, "dd", value)


def shown_routes(item: Hypothesis) -> list[tuple[str, list[NamedRoute]]]:
    """Return the paths that a page shows, each once, by what they are shown for: causal chains, what counts most beside these, what is against the sign."""
    shown: set[tuple[str, ...]] = set()
    groups = []
    for title, routes, most in (
        ("Chains of causal claims", item.mechanisms, CHAINS),
        ("Paths that count most", item.routes, PATHS),
        ("Against the sign", item.disagreeing, AGAINST),
    ):
        own = [(concepts, route) for concepts, route in ((tuple(hop.end for hop in route.hops), route) for route in routes) if concepts not in shown][:most]
        shown |= {concepts for concepts, _ in own}
        if own:
            groups.append((title, [route for _, route in own]))
    return groups


def _add_routes(article: Element, groups: Sequence[tuple[str, Sequence[NamedRoute]]], report: Report) -> None:
    """Put in each path with its steps; a step that an earlier path has is told there."""
    told: dict[NamedHop, int] = {}
    number = 0
    for title, routes in groups:
        add(article, "h3", title)
        for route in routes:
            number += 1
            _add_route(article, route, number, report, told)


def _add_route(article: Element, route: NamedRoute, number: int, report: Report, told: dict[NamedHop, int]) -> None:
    heading = add(article, "h4", f"Path {number}, over {' and '.join(hop.end_name for hop in route.hops[:-1])} ")
    add(heading, "span", f"strength {route.score:.3g}", class_="soft")
    steps = add(article, "ol", class_="steps")
    for hop in route.hops:
        step = add(steps, "li")
        if hop in told:
            add(step, "p", f"{hop.start_name} and {hop.end_name}: as in path {told[hop]}.")
        else:
            told[hop] = number
            _add_step(step, hop, report)


def _add_step(parent: Element, hop: NamedHop, report: Report) -> None:
    step = report.quoted[hop]
    if step.claim is None:
        shared = f"{hop.shared_documents} documents mention both" if hop.shared_documents != 1 else "1 document mentions both"
        why = "none of the claims on the two can be quoted" if hop.belief > 0 else "no paper claims anything of the two"
        add(parent, "p", f"{hop.start_name} and {hop.end_name}: {shared}; {why}.")
        return
    subject, predicate, object_ = claim_text(step)
    line = add(parent, "p", f"{subject} ", class_="claim")
    add(line, "b", predicate)
    say(line, f" {object_} ")
    details = [f"belief {belief_text(hop.belief)}", years_text(report.years.get(hop))]
    if hop.divided:
        details.append("papers disagree about the sign")
    if not hop.causal and not hop.backward:
        details.append("no claim that one acts on the other")
    add(line, "span", f"({'; '.join(details)}; ", class_="soft")
    add(line, "code", step.claim)
    add(line, "span", ")", class_="soft")
    if step.support is not None:
        _add_quote(parent, step.support, "")
    if step.against is not None:
        _add_quote(parent, step.against, "Against it: ")


def _add_quote(parent: Element, quote: Quote, before: str) -> None:
    block = add(parent, "blockquote", before, class_="against" if before else "for", dir="auto")
    add(block, "q", " ".join(quote.text.split()))
    say(block, " ")
    source = add(block, "cite", class_="soft")
    if quote.link:
        add(source, "a", quote.document, href=quote.link, title=quote.title)
    else:
        say(source, f"{quote.title}, {quote.document}" if quote.title else quote.document)
    say(source, f", {quote.year}, {quote.certainty}" if quote.year is not None else f", {quote.certainty}")
