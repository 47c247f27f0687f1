"""Kinds of section by the names that formats and journals give them.

Owns the table that leads from a heading, a JATS sec-type, a PubMed label or a BioC section type to a `SectionKind`; refuses to find headings.
"""

from __future__ import annotations

import re

from litkg.model import SectionKind

_RULES = {
    SectionKind.REFERENCES: r"""
        references?(?:\ cited|\ list)? | literature\ cited | bibliography | works\ cited | citations | ref
    """,
    SectionKind.FURNITURE: r"""
        acknowledge?ments?.* | ack_fund | author'?s?'?\ contributions? .* | auth_cont | contributors?
        | (?:conflicts?|declarations?|statements?)\ of\ (?:competing\ )?interests?.* | comp_int
        | (?:potential\ |declaration\ of\ )?(?:competing|conflicting|financial)\ (?:financial\ )?interests?.* | disclosures?.*
        | funding.* | financial\ support.* | role\ of\ the\ funding\ source
        | (?:list\ of\ )?abbreviations?(?:\ used)? | abbr | glossary | key(?:\ ?words?)?
        | availability\ of\ data.* | data\ (?:availability|sharing).* | declarations?
        | (?:institutional\ review\ board|informed\ consent|ethics?|ethical\ approval|publisher'?s?\ note).* | consent(?:\ for\ publication|\ to\ publish)?
        | pre-?publication\ history | suppl(?:ement(?:al|ary).*)? | supporting\ information.* | additional\ (?:files?|information)
        | appendix.* | trial\ registration
        | author\ (?:information|details|affiliations?) | footnotes? | reviewer'?s?\ comments? | review_info
    """,
    SectionKind.CASE_REPORT: r"""
        (?:clinical\ )?case[ -]?(?:reports?|presentations?|descriptions?|history|histories|stud(?:y|ies)|series|summary)?(?:\ \d+|\ [ivx]+)?
        | patient\ presentation
    """,
    SectionKind.METHODS: r"""
        (?:patients?|subjects?|participants?|animals?|materials?|experimental|study)?(?:\ and\ |,\ |\ &\ |\ )?methods?(?:\ section)?
        | methodology | methods?\ and\ (?:materials?|design|procedures?|participants|analysis) | methods/design
        | (?:materials?|patients?|subjects?)(?:\ (?:and|&)\ |\|)methods?(?:\ section)? | star[ ★*]*methods
        | subjects? | participants? | patients | experimental\ (?:procedures?|section|design) | (?:study\ )?design | settings?
        | (?:research\ )?design\ and\ methods | statistical\ analys[ie]s | interventions? | main\ outcome\ measures? | measurements?
        | data\ sources? | study\ selection
    """,
    SectionKind.RESULTS: r"""
        (?:main\ |key\ )?(?:results?|findings?|observations?)(?:\ and\ (?:analysis|discussion))? | results\|discussion | outcomes?
        | measurements\ and\ main\ results
    """,
    SectionKind.CONCLUSION: r"""
        (?:main\ )?conclusions?.* | concluding\ remarks.* | discussion\|conclusions? | interpretation | summary\ and\ conclusions? | concl
        | significance | (?:clinical\ )?implications
    """,
    SectionKind.DISCUSSION: r"""
        (?:general\ )?discussion(?:\ and\ conclusions?)?.* | discuss | comments? | limitations.* | strengths\ and\ limitations.*
    """,
    SectionKind.INTRODUCTION: r"""
        (?:general\ )?introduction.* | intro | background(?:\ and\ (?:aims?|objectives?|purpose))? | objectives? | aims?(?:\ of\ the\ study)?
        | purpose | rationale | context | importance | hypothes[ie]s | goals?
    """,
    SectionKind.ABSTRACT: r"(?:structured\ |(?:author(?:'?s)?)\ )?(?:abstract|summary) | unassigned",
    SectionKind.CAPTION: r"fig(?:ure)?s?(?:\ legends?|\ captions?)?",
    SectionKind.TABLE: r"tables?",
    SectionKind.TITLE: r"title",
}
"""Whole headings by the kind of section they open, casefolded; the first that fits counts."""

_PATTERNS = tuple((kind, re.compile(pattern, re.VERBOSE)) for kind, pattern in _RULES.items())
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[ivx]+\.|[a-h]\.)\s+")
_EDGES = re.compile(r"^[\W_]+|[\s:.;,–—-]+$")


def kind_of_heading(heading: str) -> SectionKind | None:
    """Return the kind of section that a heading names, None where it names none.

    >>> kind_of_heading("2. Materials and Methods:")
    <SectionKind.METHODS: 'methods'>
    >>> kind_of_heading("IL-6 in the rat brain") is None
    True
    """
    name = " ".join(heading.replace("’", "'").split()).casefold()
    name = _EDGES.sub("", _NUMBER.sub("", _EDGES.sub("", name)))
    if not name or len(name) > 90:
        return None
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(name)), None)
