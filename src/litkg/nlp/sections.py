"""Section kinds from headings, labels and content.

Owns what a heading says about the text below it, and which paragraphs of a letter tell of a patient. Refuses to find headings in a text: that is
`litkg.nlp.cleaning.blocks`.
"""

from __future__ import annotations

import re

from litkg.model import SectionKind

_NUMBERING = re.compile(r"^(?:(?:section|part)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-H](?=[.)]))[.):]?\s+", re.IGNORECASE)
_PATH = re.compile(r"^(?:[A-Z][A-Z &/,-]{1,60}\.)+(?=[A-Z])")
_EDGES = re.compile(r"^[\s*#=_.:-]+|[\s*#=_.:-]+$")

_KINDS: tuple[tuple[SectionKind, str], ...] = (
    (
        SectionKind.ABSTRACT,
        r"(?:structured |graphical |plain[- ]language |author |editor'?s |lay )?(?:abstract|summary)(?: and (?:key ?words|introduction))?|synopsis|precis",
    ),
    (
        SectionKind.CASE_REPORT,
        (
            r"(?:clinical )?case (?:reports?|presentations?|descriptions?|histor(?:y|ies)|series|study|studies|summar(?:y|ies)|details|\d{1,2})|(?:the )?cases?"
            r"|(?:report|presentation|description) of (?:a |the |two |three )?cases?|patient (?:\d{1,2}|presentation|description|history"
            r"|information)|clinical (?:history|presentation and course)"
        ),
    ),
    (
        SectionKind.CONCLUSION,
        (
            r"(?:overall |general |main |key |summary and |limitations and |interpretation and )?conclusions?(?: and .{1,60})?|concluding (?:remarks"
            r"|comments)|interpretation|take[- ]home messages?"
        ),
    ),
    (
        SectionKind.DISCUSSION,
        (
            r"(?:general )?(?:discussion|comments?)(?: and .{1,60})?|implications?|(?:study )?(?:strengths and )?limitations?(?: of (?:the|this"
            r"|our) study)?(?: and .{1,40})?"
        ),
    ),
    (
        SectionKind.RESULTS,
        r"(?:main |key |primary |secondary |clinical |study )?(?:results?|findings)(?: and .{1,60})?|main outcomes?|outcomes?|observations",
    ),
    (
        SectionKind.METHODS,
        (
            r"(?:(?:materials?|subjects?|patients?|participants?|experimental|animals|study|research|statistical|detailed|online|general|additional"
            r"|supplementary|star|our)"
            r"(?:,? (?:and |& )?))*(?:methods?|methodology|methodologies|procedures?|design)(?: (?:and|&|/) .{1,60}| section| summary|/.{1,30})?"
            r"|materials?|subjects(?: and setting)?|(?:patients?|participants) and (?:methods|settings?|materials)|experimental(?: section"
            r"| procedures?| design)?|(?:statistical|data) analys[ei]s|statistics|statistical methods"
            r"|(?:study )?(?:design|setting|population|participants|interventions?|protocol)(?:,? (?:and |& )?(?:setting|participants?|patients"
            r"|design|interventions?|population|oversight))*"
            r"|(?:main |primary |secondary )?(?:outcomes? )(?:measures?|measurements?)|measurements?|measures|eligibility(?: criteria)?"
            r"|inclusion criteria|randomi[sz]ation|data sources?|search strategy|trial design"
        ),
    ),
    (
        SectionKind.INTRODUCTION,
        (
            r"(?:general |brief )?introduction(?: and .{1,60})?|background(?: and .{1,60}|/.{1,60})?|(?:main |specific |study )?(?:aims?|objectives?"
            r"|purpose|rationale|hypothes[ie]s)(?: and .{1,40}| of (?:the|this) study|/.{1,40})?"
            r"|context|importance|state of the art|what is (?:already )?known.{0,60}|(?:the )?problem"
        ),
    ),
    (
        SectionKind.REFERENCES,
        (
            r"references?(?: and (?:notes|links|recommended reading))?|bibliography|literature(?: cited)?|reference list|works cited"
            r"|cited literature|citations|uncited references"
        ),
    ),
    (
        SectionKind.FURNITURE,
        (
            r"acknowledge?ments?(?: and .{1,40})?|(?:sources? of )?(?:funding|financial|grant)(?:[ /](?:support|sources?|statement|information"
            r"|disclosures?|and .{1,40}))?|sponsors?|support"
            r"|(?:authors?'?s?|author'?s?) (?:contributions?|affiliations?|information|details|disclosures?|notes?|statement"
            r"|summary of contributions)|contributors?|contributorship|affiliations?"
            r"|(?:declarations? of |statement of |potential )?(?:conflicts? of interests?|competing (?:financial )?interests?|conflicting interests?"
            r"|interests?)(?: (?:statement|disclosures?))?|declarations?"
            r"|disclosures?(?: statement| of .{1,40})?|financial disclosures?|data (?:and code )?(?:availability|sharing"
            r"|accessibility)(?: statement)?|availability of (?:data|supporting data).{0,40}|code availability"
            r"|ethics(?: (?:statement|approval|declaration).{0,60})?|ethical (?:approval|considerations?|statement|standards).{0,40}"
            r"|institutional review board(?: statement)?|(?:informed )?consent(?: statement| for publication| to .{1,30})?"
            r"|(?:supplementary|supporting|additional|electronic supplementary) (?:materials?|information|data|files?|appendix|content|tables?"
            r"|figures?)(?: .{0,40})?|key ?words|index terms|abbreviations(?: used)?|list of abbreviations"
            r"|correspondence(?: to)?|corresponding author|copyright.{0,40}|licen[cs]e|pre-?publication history|publisher'?s note|disclaimer"
            r"|provenance and peer review|peer review.{0,30}|trial registration(?: number)?|clinical trial registration.{0,30}"
            r"|registration|article (?:information|history|info)|history|about (?:this article|the authors?)|footnotes?|notes|open access"
            r"|cite this article|citation|rights and permissions|permissions|transparency statement"
            r"|edited by|reviewed by|received|accepted|published|role of (?:the )?(?:funding source|sponsors?|funder).{0,20}|generative ai statement"
            r"|use of (?:generative )?ai.{0,40}|highlights of the issue|submit your .{1,80}"
        ),
    ),
    (SectionKind.CAPTION, r"(?:figures?|table)(?: (?:legends?|captions?))|legends?(?: (?:to|of|for) figures?)?"),
    (
        SectionKind.BODY,
        (
            r"(?:main text|body|text|appendix(?: [a-z0-9]{1,3})?|supplement|key points|highlights|overview|review|future (?:directions|perspectives"
            r"|research).{0,40}|perspectives?|next steps|study)"
        ),
    ),
)
_COMPILED = tuple((kind, re.compile(rf"(?:the )?(?:{pattern})", re.IGNORECASE)) for kind, pattern in _KINDS)
_LONGEST_HEADING = 120

_LABEL = re.compile(
    r"(?:(?<=[.?!)\]\"'] )|(?<=[.?!]\n)|^)[ \n]?(?P<label>(?:[A-Z][A-Z/&,' -]{3,58}[A-Z]|[A-Z][a-z]+(?:[ /&,-]{1,3}(?:[A-Z][a-z]+|and|of|the"
    r"|[a-z]+)){0,5}))(?P<mark> ?: ?|\. ?[\u2014\u2013-] ?| ?\u2014 ?)(?=\S|\s\S|$)"
)
_SALUTATION = re.compile(
    r"^(?:dear\s+)?(?:sirs?|(?:to the )?editors?|(?:sir or madam)|(?:sir|madam)(?:/madam)?|editor-in-chief)\s*[,:;.\u2014-]{1,2}\s*$"
    r"|^to the editors?(?:-in-chief)?\s*[:,.\u2014-]?\s*$",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"\b\d{1,3}[- ](?:year|month|week|day)s?[- ]old\b|\b(?:a|an|the|our|this) (?:\w+ ){0,3}(?:man|woman|boy|girl|infant|neonate)\b(?! with the)"
    r"|\b(?:[Tt]he|[Oo]ur|[Tt]his) (?:index )?patient(?:'s)? (?:was|had|has|did|could|complained|presented|received|developed|reported|denied"
    r"|underwent|remained|general|history|recovered|died|is)\b"
    r"|\bthe (?:onset of the )?patient's\b|\b(?:[Hh]e|[Ss]he) (?:was|had|complained|presented|received|developed|denied|underwent|recovered|died)\b"
)
_STRONG_PATIENT = re.compile(r"\b\d{1,3}[- ](?:year|month|week|day)s?[- ]old\b")
_CITES = re.compile(r"\[\d{1,3}(?:[,; \u2013-]+\d{1,3})*\]|[a-z)][.,]\d{1,3}(?:[,\u2013-]\d{1,3})*\s|\bet al\b")


def heading_kind(heading: str) -> SectionKind | None:
    """Return the kind of section that a heading opens, None where it says nothing ("Genetic analysis").

    Numbers, capitals, marks around it and words torn apart ("ME THODS") do not matter; of a path ("BODY.METHODS.PARTICIPANTS") the first part
    that says something counts.

    >>> heading_kind("2. Materials and Methods")
    <SectionKind.METHODS: 'methods'>
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    plain = _EDGES.sub("", " ".join(heading.split()))
    if _PATH.match(plain):
        kinds = [kind for part in plain.split(".") if (kind := heading_kind(part)) not in (None, SectionKind.BODY)]
        return kinds[0] if kinds else SectionKind.BODY
    unnumbered = _EDGES.sub("", _NUMBERING.sub("", plain))
    for candidate in (unnumbered, plain, unnumbered.replace(" ", "") if unnumbered.isupper() else ""):
        for kind, pattern in _COMPILED:
            if candidate and pattern.fullmatch(candidate):
                return kind
    return None


def is_salutation(line: str) -> bool:
    """Return whether a line is the salutation of a letter ("Sirs:", "To the Editor:")."""
    return len(line) < 60 and _SALUTATION.match(line.strip()) is not None


def labels(text: str) -> tuple[tuple[int, int, SectionKind, bool], ...]:
    """Return the run-in headings of a paragraph: start and end of each with its mark ("BACKGROUND: "), its kind, whether it is in capitals.

    A label stands at the start or after a sentence end, and says which section follows.
    """
    found = []
    for match in _LABEL.finditer(text):
        kind = heading_kind(match.group("label"))
        if kind is not None and kind not in (SectionKind.BODY, SectionKind.CAPTION):
            found.append((match.start("label"), match.end(), kind, match.group("label").isupper()))
    return tuple(found)


def describes_patient(paragraph: str) -> bool:
    """Return whether a paragraph tells of one patient, not of the literature: names an age, or follows a patient and cites nothing."""
    if _STRONG_PATIENT.search(paragraph):
        return True
    return len(_PATIENT.findall(paragraph)) >= 1 and not _CITES.search(paragraph)
