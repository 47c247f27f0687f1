"""Which sentences tell the story of this paper's own patient, and which speak of other patients or of patients in general.

Owns the decision whether a document holds a case at all. Refuses to look at drugs and events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litkg.model import SectionKind
from litkg.nlp.cases.view import SentenceView

_PERSON = (
    r"(?:man|woman|male|female|boy|girl|patient|infant|child|neonate|newborn|baby|toddler|lady|gentleman|adolescent|teenager|"
    r"student|nurse|worker|primigravida|primipara|farmer)"
)
_AGE = re.compile(
    rf"\b(?:\d{{1,3}}(?:\.\d)?|[a-z]+(?:-[a-z]+)?)[ -](?:years?|yrs?|months?|weeks?|days?)[ -]old\b,? (?:[a-z'-]+,? ){{0,7}}?{_PERSON}\b"
    rf"|\b{_PERSON},? aged \d{{1,3}}\b|\b\d{{1,3}}[ -]?(?:y/?o|yo)\b|"
    rf"\b{_PERSON}, \d{{1,3}} years old|\b(?:man|woman|boy|girl|male|female) of \d{{1,3}}\b"
    r"|\ban? \d{1,3}[ -]year[ -]old\b"
    rf"|\ban? (?:preterm|premature|term|full-term|elderly|pregnant|previously healthy|middle-aged) (?:[a-z-]+ ){{0,2}}{_PERSON}\b"
)
_FEW = r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|10)"
_REPORT = re.compile(
    r"\b(?:(?:we|i|authors?|here|herein|article|paper|letter|report|to|objective:|background:|purpose:) (?:[a-z]+ ){0,3}?(?:report|"
    r"reports|describe|describes|present|presents|document|reported|described))\b (?:here |herein |on |"
    r"what is,? (?:[a-z]+,? ){0,8})?(?:[a-z0-9'-]+,? ){0,9}?"
    rf"(?:case|{_PERSON})\b"
    rf"|\b(?:report|describe|present|to report|to describe)\b (?:here |herein |on )?(?:the )?{_FEW} (?:[a-z0-9-]+ ){{0,4}}?(?:cases|"
    r"patients|children|women|men|infants)\b"
    r"|\bcase reports?\b|\bcase (?:presentation|summary|description|history)\b|\bfirst (?:[a-z-]+ ){0,3}case\b|\ba case of\b|"
    r": an? case\b|\bis (?:reported|described|presented)\b"
    r"|^(?:one|an?|our) patient (?:[a-z]+ ){0,6}?(?:developed|presented|experienced|died)"
)
_SINGLE = re.compile(
    r"\b(?:the|our|this) patient(?:'s)?\b(?! (?:population|group|cohort|sample|safety|care|information|consent|data|education|"
    r"outcome))|\b(?:present|our|this) case\b"
)
_TRIAL = re.compile(
    r"randomi[sz]|placebo|double-blind|participants|\bcohort|meta-analys|systematic(?:ally)? review|multicent(?:er|re)|\bn ?= ?\d|"
    r"enrolled|recruited|eligib|confidence interval|hazard ratio|odds ratio|"
    r"\bmice\b|\brats\b|\bmurine\b"
)
_ANIMAL = re.compile(r"\b(?:mice|mouse|rats?|murine|rabbits?|dogs|animals|guinea pigs|monkeys|piglets|in vitro|cell lines?)\b")
_ANCHOR = re.compile(r"\b(?:patient|he|she|his|her|him|case|infant|child|boy|girl|man|woman|mother|newborn|baby)\b")
_OWN = re.compile(
    r"\b(?:our|this|the present|present|the reported|the described|the above|reported) (?:patient|case|report|boy|girl|child|infant|"
    r"woman|man)\b|\bthe patient\b|\bfirst (?:[a-z-]+ ){0,3}(?:case|report)\b"
    r"|\bcase report\b|\b(?:we|to) (?:report|describe|present)\b"
)
_OTHER = re.compile(
    r"\b(?:in|of|with|for|only) (?:one|a single|another|a previous|a published|an earlier|a recent) (?:[a-z-]+ ){0,3}(?:case|report|patient|paper|letter)\b"
    r"|\b(?:another|previous|previously|earlier|prior|published|similar|other|a recent|few|several|isolated|literature|two|three|"
    r"four|five|six|[a-z]+ cases of) (?:[a-z-]+ ){0,3}(?:cases?|case reports?|reports?|patients?|authors)\b"
    r"|\bet al\b|\bliterature\b|\b(?:has|have) (?:also |previously |already |only |rarely |not |"
    r"never )*been (?:[a-z]+ ){0,2}(?:reported|described|published|associated|linked|documented|implicated)"
    r"|\bpreviously (?:reported|described|published)|\breported by\b|\bdescribed by\b|\b(?:study|studies|trials?|series|authors|"
    r"colleagues|co-workers|pharmacovigilance|database|registry)\b"
    r"|\bin (?:most|many|some|all) (?:patients|cases)\b|\bpatients (?:with|who|receiving|treated|taking|on)\b"
)
_OTHER_STRICT = re.compile(
    r"\bet al\b|\bbeen (?:[a-z]+ )?(?:reported|described|published)|literature|previous|published|earlier|reported by|described by|"
    r"stud(?:y|ies)\b|authors|\b(?:another|other) (?:patient|case)"
)
_ONE_OTHER = re.compile(r"\b(?:one|another|a|an|a single|previous|published) (?:[a-z0-9-]+ ){0,4}(?:case|patient|report|man|woman|boy|girl)\b|year-old")
_GENERAL = re.compile(
    r"\b(?:usually|generally|typically|often|commonly|frequently|always|should|must|recommend(?:ed|s)?|clinicians|physicians should|"
    r"patients|need for|may be|can be(?! (?:excluded|ruled))|known to|are|guidelines|if)\b"
)
_SERIES = re.compile(rf"\b(?:{_FEW}|all|both|these|our|the) (?:[a-z]+ )?(?:patients|cases|children)\b|\bin (?:{_FEW}|one|all|both) (?:patients?|cases?)\b")
_CONTINUES = re.compile(r"^(?:the|this|that) patient\b|^(?:s?he|his|her|its?)\b|^the (?:symptoms|event|reaction|drug|treatment)\b|^symptoms\b")
_HAPPENS = re.compile(
    r"\b(?:who|which|that) (?:[a-z]+ ){0,2}(?:developed|experienced|presented|suffered|had|became|complained|occurred|died)\b|\bdeveloped\b|\bexperienced\b"
)
_MANY = re.compile(rf"\b(?:{_FEW}|several) (?:[a-z0-9-]+ ){{0,3}}(?:patients|cases|children|women|men|infants)\b")
_RELATIVE = re.compile(
    r"\b(?:his|her|their|the patient's) (?:(?:elder|younger|older|twin|half|maternal|paternal) )?(?:brother|sister|father|uncle|aunt|cousin|son|daughter|"
    r"grand(?:father|mother)|twin|siblings?|mother(?= (?:had|developed|suffered|experienced|has)))(?: and [a-z]+)?(?:'s)? "
    r"(?:also |once |previously )?(?:had|has|have|developed|suffered|experienced|was|were|took|taking|received|became)\b"
)
_NEXT_PATIENT = re.compile(
    r"^(?:case|patient) (?:\d+|no\b|one|two|three|[ivx]+\b)|\b(?:the |our )?(?:second|third|fourth|fifth|other) (?:patient|case|woman|man|boy|girl|"
    r"child|one),? "
    r"|^the (?:first|second|third|fourth|fifth|other),"
)
_FIRST_PATIENT = re.compile(r"^(?:case|patient) (?:1|no\.? ?1|one|i)\b|\b(?:the |our )?first (?:patient|woman|man|boy|girl|child),? |^the first,")
_GONE = 12
_LONG = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """Indexes of the sentences that tell the patient's story (`own`, in order, and `told`, as a set), of those about other
    patients (`other`), and of those that only announce the case (`announcing`: "we report a case of ..."). Where the text tells of several
    patients one after the other, `patients` has the sentences of each; else it is empty."""

    own: tuple[int, ...]
    told: frozenset[int]
    other: frozenset[int]
    announcing: frozenset[int]
    patients: tuple[frozenset[int], ...] = ()


def is_case(sentence_views: Sequence[SentenceView]) -> bool:
    """Say whether the document describes a patient: a person with an age, a case announced as such, or "the patient" outside a trial."""
    if any(view.section is SectionKind.CASE_REPORT for view in sentence_views):
        return True
    age = any(_AGE.search(view.masked) and not _ANIMAL.search(view.masked) for view in sentence_views)
    reported = any(_REPORT.search(view.masked) and not _OTHER.search(view.masked.replace("case report", "")) for view in sentence_views)
    trial = sum(bool(_TRIAL.search(view.masked)) for view in sentence_views)
    single = sum(bool(_SINGLE.search(view.masked)) for view in sentence_views)
    if age:
        return True
    if sum(bool(_ANIMAL.search(view.masked)) for view in sentence_views) >= 2:
        return False
    return (reported and trial <= 2) or (single >= 2 and trial == 0)


def tell(sentence_views: Sequence[SentenceView]) -> Narrative:
    """Return the story of the document's own patient.

    It starts with the first sentence that introduces the person (or a case report section) and goes on while the text keeps coming
    back to the person; in a long article it ends after twelve sentences without one. Sentences on other patients, on the literature and on patients
    in general are left out; sentences that say "our patient" or "this case" are taken in wherever they stand.
    """
    other = _others(sentence_views)
    own: list[int] = []
    telling, gone = False, 0
    for view in sentence_views:
        introduces = bool(_AGE.search(view.masked) or _REPORT.search(view.masked) or _SINGLE.search(view.masked))
        introduces = introduces or bool(_MANY.search(view.masked) and _HAPPENS.search(view.masked))
        if view.section is SectionKind.CASE_REPORT or (introduces and view.index not in other):
            telling, gone = True, 0
        elif telling:
            gone = 0 if _ANCHOR.search(view.masked) else gone + 1
            if gone > _GONE and len(sentence_views) > _LONG:
                telling = False
        if view.index in other:
            continue
        general = _GENERAL.search(view.masked) and not _OWN.search(view.masked) and not _SERIES.search(view.masked)
        if (telling and not general) or _OWN.search(view.masked):
            own.append(view.index)
    announcing = frozenset(
        view.index for view in sentence_views if view.section is SectionKind.TITLE or (_REPORT.search(view.masked) and not _HAPPENS.search(view.masked))
    )
    return Narrative(own=tuple(own), told=frozenset(own), other=other, announcing=announcing, patients=_patients(sentence_views, own))


def _patients(sentence_views: Sequence[SentenceView], own: Sequence[int]) -> tuple[frozenset[int], ...]:
    """Return the sentences of each patient, where the text counts them or brings in a second one by age; none for one patient."""
    begins: list[int] = []
    for index in own:
        masked = sentence_views[index].masked
        counted = _FIRST_PATIENT.search(masked) or _NEXT_PATIENT.search(masked)
        by_age = _AGE.search(masked) and not (begins and _SINGLE.search(masked))
        if counted or by_age:
            begins.append(index)
    if len(begins) < 2:
        return ()
    ends = [*begins[1:], len(sentence_views)]
    return tuple(frozenset(range(begin, end)) for begin, end in zip(begins, ends, strict=True))


def _others(sentence_views: Sequence[SentenceView]) -> frozenset[int]:
    found: set[int] = set()
    series = any(_MANY.search(view.masked) and not _OTHER_STRICT.search(view.masked) for view in sentence_views)
    for view in sentence_views:
        if view.kinds("DB") and _RELATIVE.search(view.masked) and not _AGE.search(view.masked):
            found.add(view.index)
            continue
        own = _OWN.search(view.masked) or _AGE.search(view.masked)
        elsewhere = _OTHER.search(view.masked)
        of_series = series and _SERIES.search(view.masked) and not _OTHER_STRICT.search(view.masked)
        if (elsewhere and not of_series and not (own and own.start() < elsewhere.start())) or (
            view.index - 1 in found and _CONTINUES.search(view.masked) and _ONE_OTHER.search(sentence_views[view.index - 1].masked)
        ):
            found.add(view.index)
    return frozenset(found)
