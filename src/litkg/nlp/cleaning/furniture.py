"""What belongs to the page and not to the text: page headers, dates, affiliations, thanks, teasers, menus."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DATE = rf"(?:\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\.?,? (?:\d{{1,2}},? )?\d{{4}})"

_LINE = re.compile(
    rf"{_DATE}\.?$|\d{{1,4}}$|(?:page )?\d{{1,4}} of \d{{1,4}}$|page \d{{1,4}}$|[-\u2013] ?\d{{1,4}} ?[-\u2013]$"
    r"|(?:publication date|date of publication|published|published online|updated|updated on|last updated|posted|received|accepted|revised"
    r"|first published|available online|epub|e-?published)\b[^.]{0,80}\d{4}.{0,60}$"
    rf"|[^.]{{0,60}}\b\d{{1,4}};\d{{1,4}}\b.{{0,90}}$|.{{0,60}}\bvol(?:ume|\.)? ?\d{{1,4}}.{{0,90}}$|.{{0,80}}\b{_MONTH} (?:\d{{1,2}}, )?\d{{4}},? \d{{1,5}}$"
    r"|(?:https?://|www\.)\S+$|(?:doi|pmid|pmcid|issn|e-?issn|isbn)\b ?:? ?\S.{0,120}$|(?:open access|original (?:article|research|paper"
    r"|contribution|investigation)|research article|review(?: article)?|case report"
    r"|brief (?:report|communication)|short communication|mini[- ]?review|systematic review|editorial|correspondence|letter|research paper"
    r"|check for updates|article|perspective|opinion|commentary|clinical (?:trial|study))$"
    r"|(?:topics?|tags?|category|categories|filed under|estimated reading time|reading time|read time|share|share this.{0,30}|tweet|print"
    r"|e-?mail|facebook|twitter|linkedin|whatsapp|instagram|youtube)\b ?(?::.{0,120})?$"
    r"|\d{1,3} min(?:ute)?s?(?: read)?$|(?:by|author|authors|written by|reviewed by|edited by|academic editors?|citation|copyright|licensee"
    r"|how to cite)\b ?:.{0,300}$|skip to .{0,40}$|back to .{0,30}$|menu$|home(?: ?[>/|].{0,80})?$"
    r"|search$|log ?in$|sign (?:in|up).{0,40}$|subscribe.{0,80}$|newsletter.{0,60}$|(?:accept|reject|manage) (?:all )?cookies.{0,30}$|(?:we"
    r"|this (?:web)?site) uses? cookies.{0,300}$|privacy policy.{0,60}$|terms (?:of use|and conditions).{0,60}$"
    r"|all rights reserved.{0,80}$|advertisement$|(?:photo|image) credit.{0,120}$|downloaded from.{0,200}$|follow us.{0,60}$|contact us$"
    r"|comments? ?(?:\(\d+\))?$|leave a (?:comment|reply).{0,30}$"
    r"|(?:\u00a9|copyright\b|\(c\) ?\d{4})(?:.{0,60}|.{0,300}(?:\.|reserved))$|email alerts$"
    r"|view (?:this article|metrics|pdf).{0,40}$|download(?: pdf| citation)?$"
    r"|permalink$|previous(?: article)?$|next(?: article)?$|click here.{0,80}$|read (?:more|full).{0,60}$",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"(?:the|this|our) (?:study|work|research|project|trial|investigation) (?:was|is|has been) (?:(?:\w+ )?(?:funded|financed|sponsored)"
    r"|(?:\w+ )?supported(?: in part| financially)? by)\b|(?:partly |partially )?(?:supported|funded) (?:in part )?by\b"
    r"|we (?:thank|are (?:grateful|indebted)|gratefully acknowledge|acknowledge)\b|the authors? (?:(?:would like to|wish to) )?(?:thank|declare"
    r"|report no|have no|acknowledge|disclose|state)\b|(?:no|dr\.? .{1,60} reports?) (?:potential )?(?:conflicts? of interest|competing)"
    r"|from the (?:departments?|divisions?|institutes?|university|school|national)\b|address (?:reprint|correspondence|all correspondence)"
    r"|correspondence(?: to)?:|\*? ?(?:for )?correspondence\b|author information|key ?words ?[:\u2014-]|pmc?id ?:|doi ?:|\u00a9|copyright\b"
    r"|this is an open[- ]access article|this article is (?:an open|licensed|distributed)"
    r"|published by\b|all rights reserved|submitted |received(?: for publication)?:? \d|conflicts? of interest ?:|competing interests? ?:"
    r"|funding ?:|financial support ?:|disclosures? ?:|acknowledge?ments? ?:|trial registration ?:|to whom correspondence",
    re.IGNORECASE,
)
_LONGEST_THANKS = 1200
_TEASERS = re.compile(
    r"(?:read (?:others?|also|next|more from .{1,40})|also read|related (?:articles?|posts?|news|content|stories|links|reading|topics)"
    r"|you (?:may|might) (?:also )?(?:like|be interested in|enjoy).{0,20}"
    r"|more (?:from|news|stories|articles|in|on)\b.{0,60}|recommended(?: for you| reading| articles?)?|see also|similar (?:articles|posts)"
    r"|latest (?:news|articles|posts|stories)|(?:other|further) (?:news|articles)|most (?:read|popular|viewed|shared)"
    r"|keep reading|up next|trending(?: now)?|popular (?:posts|articles)|don't miss|what to read next|in other news|news archive)\s*:?\s*",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(
    r"\b(?:departments?|divisions?|universit\w+|hospitals?|institut\w+|faculty|school|college|clinic|centre|center|laborator\w+|foundation"
    r"|ospedale)\b|\S@\S+\.\w",
    re.IGNORECASE,
)
_CITED_HEAD = re.compile(r"^\d{1,6}\. [A-Z][^.]{2,80}\. (?:19|20)\d\d\b.{0,160}(?:doi|;|:)")
_DIGITS = re.compile(r"\d+")


def is_furniture_line(line: str) -> bool:
    """Return whether a line is a date, a page number or header, a menu entry, a copyright line."""
    return len(line) < 400 and _LINE.match(line) is not None


def is_thanks(paragraph: str) -> bool:
    """Return whether a paragraph tells of funding, thanks, interests, affiliations or rights, not of the work."""
    return len(paragraph) < _LONGEST_THANKS and _PARAGRAPH.match(paragraph) is not None


def is_teaser_heading(line: str) -> bool:
    """Return whether a line opens the teasers of other pages ("Read others")."""
    return len(line) < 80 and _TEASERS.fullmatch(line) is not None


def is_affiliation(text: str) -> bool:
    """Return whether a text that is no prose lists places of work or mail addresses."""
    return len(text) < 3000 and _AFFILIATION.search(text) is not None


def is_citation_head(text: str) -> bool:
    """Return whether a text is the numbered citation line that opens a record of a literature export."""
    return _CITED_HEAD.match(text) is not None


def repeated_lines(lines: Sequence[str]) -> frozenset[str]:
    """Return the shapes (`shape`) of short lines that come back over and over, far apart, as page headers and footers do."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if 8 < len(line) < 130 and line[-1] not in ".;:,-":
            places.setdefault(shape(line), []).append(number)
    return frozenset(key for key, at in places.items() if len(at) > 2 and _far_apart(at) and any(letter.isalpha() for letter in key))


def shape(line: str) -> str:
    """Return the line with every number as 0: what page headers have in common."""
    return _DIGITS.sub("0", line)


def _far_apart(places: list[int]) -> bool:
    gaps = Counter(second - first > 12 for first, second in itertools.pairwise(places))
    return gaps[True] > 3 * gaps[False]
