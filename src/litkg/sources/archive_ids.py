"""Ids of documents as files write them, made CURIEs. Owns what a PubMed or PMC number looks like; refuses to look a number up."""

from __future__ import annotations

import re

_SAFE_ID = re.compile(r"[^\w.-]+")
_NUMBER = re.compile(r"0*([1-9][0-9]{0,9})")
_PMC = re.compile(r"PMC0*([1-9][0-9]{0,9})")


def pubmed_curie(number: str) -> str | None:
    """Return the CURIE of a PubMed number, None for what is none: other alphabets' digits, zero, more than ten digits.

    >>> pubmed_curie("008701013"), pubmed_curie("12²"), pubmed_curie("0")
    ('PMID:8701013', None, None)
    """
    found = _NUMBER.fullmatch(number.strip())
    return f"PMID:{found[1]}" if found else None


def pmc_curie(number: str) -> str | None:
    """Return the CURIE of a PMC number, with or without its "PMC"; None for what is none.

    >>> pmc_curie("PMC555"), pmc_curie("555"), pmc_curie("PMC")
    ('PMC:PMC555', 'PMC:PMC555', None)
    """
    found = _PMC.fullmatch(f"PMC{number.strip().removeprefix('PMC')}")
    return f"PMC:PMC{found[1]}" if found else None


def document_id(key: str) -> str | None:
    """Return the CURIE of a document that a file names `key`, None where that names nothing.

    >>> document_id("8701013"), document_id("PMC555"), document_id("case 1"), document_id("PMID:12")
    ('PMID:8701013', 'PMC:PMC555', 'litkg.doc:case_1', 'PMID:12')
    """
    key = key.strip()
    prefix, _, rest = key.partition(":")
    if prefix == "PMID" and (known := pubmed_curie(rest)):
        return known
    if prefix == "PMC" and (known := pmc_curie(rest)):
        return known
    if key.startswith("PMC") and (known := pmc_curie(key)):
        return known
    safe = _SAFE_ID.sub("_", key.removeprefix("litkg.doc:"))
    return pubmed_curie(key) or (f"litkg.doc:{safe}" if safe else None)
