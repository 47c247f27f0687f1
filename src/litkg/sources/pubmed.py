"""Reads PubMed XML (EFetch answers, baseline and update files), one record at a time.

Owns the vocabulary of PubmedArticle; title, abstract with its labelled parts, and keywords are read, other languages' abstracts are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from litkg.model import RawDocument, SectionKind
from litkg.sources.archive_ids import pubmed_curie
from litkg.sources.blocks import BlockBuilder, flow
from litkg.sources.content import Notify, content_document_id, hash_of
from litkg.sources.headings import kind_of_heading
from litkg.sources.inline import inline_text
from litkg.sources.safexml import iterate_elements

_RECORDS = frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation"})
_RETRACTED = "Retracted Publication"
RETRACTED_TITLE = re.compile(r"\W*retracted(?: article| paper)?\s*[:.\]]", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_CATEGORIES = {
    "BACKGROUND": SectionKind.INTRODUCTION,
    "OBJECTIVE": SectionKind.INTRODUCTION,
    "METHODS": SectionKind.METHODS,
    "RESULTS": SectionKind.RESULTS,
    "CONCLUSIONS": SectionKind.CONCLUSION,
}


def parse_pubmed(stream: BinaryIO, *, source: str, notify: Notify) -> Iterator[RawDocument]:
    """Yield the records in file order, lazily; those that PubMed withdrew or that have no text are told to `notify`.

    Raises: InputError for XML that is broken, truncated or unsafe.
    """
    for element in iterate_elements(stream, _RECORDS, source=source):
        if element.tag == "DeleteCitation":
            notify(f"{len(element.findall('PMID'))} records are withdrawn by PubMed in this file: remove them from the graph by their ids")
            continue
        document = _document(element, source)
        if document is None:
            notify(f"PMID:{element.findtext('.//PMID', '?')} has neither title nor abstract: passed over")
        else:
            yield document


def _document(record: etree._Element, source: str) -> RawDocument | None:
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    if citation is None:
        citation = record.find("BookDocument")
    if citation is None:
        return None
    body = citation.find("Article")
    article = citation if body is None else body
    builder = BlockBuilder()
    title = _title(article)
    builder.add(title, SectionKind.TITLE)
    _add_abstract(article.find("Abstract"), builder)
    if not builder.text:
        return None
    for keywords in citation.findall("KeywordList"):
        builder.add("; ".join(flow(inline_text(keyword)) for keyword in keywords.findall("Keyword")), SectionKind.FURNITURE)
    sha256 = hash_of(etree.tostring(record, encoding="utf-8", with_tail=False))
    pmid = citation.findtext("PMID") or ""
    types = {kind.text for kind in article.iterfind(".//PublicationType")}
    journal = article.findtext("Journal/Title") or citation.findtext("MedlineJournalInfo/MedlineTA") or article.findtext("Book/BookTitle")
    return RawDocument(
        id=pubmed_curie(pmid) or content_document_id(sha256),
        title=title,
        text=builder.text,
        format="pubmed",
        blocks=builder.blocks,
        year=_year(article, citation),
        journal=flow(journal) if journal else None,
        licence=flow(article.findtext("Abstract/CopyrightInformation") or "") or None,
        source=source,
        sha256=sha256,
        retracted=_RETRACTED in types or RETRACTED_TITLE.match(title) is not None,
    )


def _title(article: etree._Element) -> str:
    """Return the title; the brackets that mark a translated one are left out."""
    element = article.find("ArticleTitle")
    title = flow(inline_text(element)) if element is not None else ""
    if not title:
        vernacular = article.find("VernacularTitle")
        title = flow(inline_text(vernacular)) if vernacular is not None else ""
    translated = re.fullmatch(r"\[(.*?)(\.?)\]\.?", title)
    return translated[1] + "." if translated else title


def _add_abstract(abstract: etree._Element | None, builder: BlockBuilder) -> None:
    for part in abstract.findall("AbstractText") if abstract is not None else ():
        label = flow(part.get("Label") or "")
        text = flow(inline_text(part))
        if not text:
            continue
        kind = kind_of_heading(label) or _CATEGORIES.get(part.get("NlmCategory") or "") or SectionKind.ABSTRACT
        if label and label.upper() != "UNLABELLED":
            builder.add(label, SectionKind.HEADING)
        builder.add(text, SectionKind.ABSTRACT if kind in (SectionKind.FURNITURE, SectionKind.REFERENCES, SectionKind.TITLE) else kind)


def _year(article: etree._Element, citation: etree._Element) -> int | None:
    """Return the year of publication: of the issue, else of the electronic version, else of the day the record was made."""
    places = ("Journal/JournalIssue/PubDate/Year", "Journal/JournalIssue/PubDate/MedlineDate", "ArticleDate/Year", "Book/PubDate/Year")
    for text in (*(article.findtext(place) for place in places), citation.findtext("DateCompleted/Year"), citation.findtext("DateCreated/Year")):
        year = _YEAR.search(text or "")
        if year:
            return int(year[1])
    return None
