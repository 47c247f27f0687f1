"""Reads the front matter of a JATS article: who it is, when and where it appeared, under which licence, whether it stands."""

from __future__ import annotations

import re

from lxml import etree

from litkg.sources.archive_ids import pmc_curie, pubmed_curie
from litkg.sources.blocks import flow
from litkg.sources.inline import inline_text
from litkg.sources.safexml import local_name

_HREF = "{http://www.w3.org/1999/xlink}href"
_RETRACTED_TITLE = re.compile(r"\W*retracted(?: article| paper)?\s*[:.\]]", re.IGNORECASE)
_RETRACTION = frozenset({"retraction-forward", "retraction", "partial-retraction-forward"})
_NOTICES = frozenset({"retraction", "partial-retraction", "correction", "expression-of-concern"})
_NOT_PUBLISHED = frozenset({"pmc-release", "nihms-submitted", "received", "accepted", "preprint", "retracted", "corrected"})


def article_id(front: etree._Element) -> str | None:
    """Return the CURIE of an article: its PMC id before its PubMed id; None where it has neither."""
    ids = {(node.get("pub-id-type") or ""): flow(node.text or "") for node in front.iterfind("{*}article-id")}
    for kind in ("pmc", "pmcid"):
        if known := pmc_curie(ids.get(kind, "")):
            return known
    return pubmed_curie(ids.get("pmid", ""))


def title_of(front: etree._Element) -> str:
    """Return title and subtitle, without marks of footnotes."""
    group = front.find("{*}title-group")
    holder = front if group is None else group
    pieces = [flow(inline_text(node)) for name in ("article-title", "subtitle") for node in holder.iterfind(f"{{*}}{name}")]
    return re.sub(r"([:?!.])\s*:\s", r"\1 ", ": ".join(piece for piece in pieces if piece))


def year_of(front: etree._Element) -> int | None:
    """Return the earliest year of publication, else that of the copyright."""
    years = [
        year
        for date in front.iterfind("{*}pub-date")
        if not {date.get("pub-type"), date.get("date-type")} & _NOT_PUBLISHED and (year := _year(date.findtext("{*}year"))) is not None
    ]
    return min(years) if years else _year(front.findtext("{*}permissions/{*}copyright-year"))


def journal_of(article: etree._Element) -> str | None:
    """Return the full title of the journal."""
    node = article.find("{*}front/{*}journal-meta//{*}journal-title")
    return flow(inline_text(node)) or None if node is not None else None


def licence_of(front: etree._Element) -> str | None:
    """Return the address of the licence where there is one, else its words, else the copyright line."""
    licence = front.find("{*}permissions/{*}license")
    if licence is None:
        statement = front.find("{*}permissions/{*}copyright-statement")
        return (flow(inline_text(statement)) or None) if statement is not None else None
    addresses = [licence.get(_HREF) or ""]
    for node in licence.iter():
        if local_name(node) == "license_ref":
            addresses.append(flow(node.text or ""))
        addresses.append(node.get(_HREF) or "" if isinstance(node.tag, str) else "")
    best = sorted((address for address in addresses if address.startswith("http")), key=lambda address: "creativecommons.org" not in address)
    words = flow(" ".join(inline_text(part) for part in licence if local_name(part) in ("license-p", "p")))
    return best[0] if best else words or licence.get("license-type")


def was_retracted(article: etree._Element, front: etree._Element, title: str) -> bool:
    """Tell whether the article itself was retracted; the notice that retracts another one was not."""
    if (article.get("article-type") or "") in _NOTICES:
        return False
    related = {node.get("related-article-type") for node in front.iterfind("{*}related-article")}
    return bool(related & _RETRACTION) or _RETRACTED_TITLE.match(title) is not None


def _year(text: str | None) -> int | None:
    year = re.fullmatch(r"\s*((?:18|19|20)\d\d)\s*", text or "")
    return int(year[1]) if year else None
