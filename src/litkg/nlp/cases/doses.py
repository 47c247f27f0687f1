"""How much of the drug the patient had, as the story prints it.

Owns amounts, routes and frequencies, and which drug an amount belongs to. Refuses to convert: doses are the text's own words.
"""

from __future__ import annotations

import re

from litkg.model import Answer, Criterion
from litkg.nlp.cases.onset import NUMBER, printed
from litkg.nlp.cases.story import Story
from litkg.nlp.cases.view import SentenceView, pattern

_AMOUNT = r"\d[\d.,]*(?: ?(?:-|to|x|×) ?\d[\d.,]*)?[- ]?"
_DOSE_UNIT = (
    r"(?:mg|g|gm|µg|μg|mcg|ug|microg|micrograms?|milligrams?|grams?|ng|iu|i\.u\.|u|units?|miu|mu|million (?:units|iu|u)|ml|meq|mmol|"
    r"mci|gy|puffs?|tablets?|capsules?|drops)"
    r"(?:(?: ?/ ?| per )(?:kg|m2|m\^2|m²|square meter|body weight|day|d|h|hr|hour|week|wk|min|dose|month))*(?![\w/])"
)
_ROUTE = (
    r"(?:subcutaneous(?:ly)?|s\.?c\.?|intravenous(?:ly)?|i\.?v\.?|oral(?:ly)?|p\.?o\.?|per os|by mouth|intramuscular(?:ly)?|"
    r"i\.?m\.?|intrathecal(?:ly)?|topical(?:ly)?|transdermal(?:ly)?|inhaled|rectal(?:ly)?|"
    r"sublingual(?:ly)?|intranasal(?:ly)?|intraperitoneal(?:ly)?|intravitreal(?:ly)?|bolus|infusion)"
)
_FREQUENCY = (
    rf"(?:(?:once|twice|one time|two times|three times|four times|thrice|{NUMBER} times)(?: (?:a|per|each|every|in a)? ?(?:day|"
    r"daily|week|weekly|month))?|every (?:other )?(?:\d+ |two |three |four |six |eight |twelve )?(?:day|hour|week|month|h|night|morning)s?|"
    r"daily|weekly|monthly|nightly|q\.?\d{1,2} ?h|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|q\.?d\.?|(?:a|per|each) (?:day|week|month|"
    r"night)|at night|at bedtime|in the morning|fortnightly)"
)
DOSE = re.compile(rf"(?<![\w.,/]){_AMOUNT}{_DOSE_UNIT}(?:,? (?:per |given |taken |as an? )?(?:{_ROUTE}|{_FREQUENCY})(?![\w]))*")
_DOSE_BEFORE = pattern(
    r"^(?: ?(?:of|/)?)(?: (?:oral|intravenous|subcutaneous|intramuscular|iv|sc|im|daily|weekly|pegylated|recombinant|human|"
    r"liposomal|low-dose|high-dose)){0,3} (?P<drugs>[DB]\d+)"
)
_SIZE = (
    r"(?:(?:very |relatively |extremely |single,? )?(?:high|higher|highest|low|lower|large|larger|small|standard|usual|normal|therapeutic|"
    r"conventional|recommended|massive|"
    r"excessive|toxic|cumulative|moderate|single|full|increasing|repeated)[ -](?:cumulative )?(?:doses?|dosages?|amounts?|quantit(?:y|ies)|drops?)|"
    r"overdos(?:e|es|age))"
)
_IN_WORDS = re.compile(
    rf"(?P<dose>\b{_SIZE})(?: (?:of|with|oral|intravenous|iv|intrathecal|inhaled|topical|systemic|adjuvant|recombinant|the)\b){{0,3}} (?P<drug>[DB]\d+)"
    rf"|(?P<drug2>[DB]\d+)(?: (?:in|at|with))?(?: an?| the)? (?P<dose2>{_SIZE})\b"
)
_TAKEN = re.compile(r"\b(?:took|taken|received|given|taking|dose|started|swallowed)\b[^,;]{0,40}$")
_LEVEL = re.compile(
    r"(?:level|concentration|creatinine|bilirubin|protein|glucose|count|haemoglobin|hemoglobin|fibrinogen|urea|albumin|clearance)s?\b[^;]{0,30}$"
)
_CHANGED = re.compile(r"(?:reduced|lowered|tapered|decreased)\b[^;]{0,30}$")


def dose(story: Story) -> Criterion:
    """Answer what dose of the drug the patient had: the first one that stands next to it in the story, later reductions last."""
    spare: Criterion | None = None
    for view in story.own():
        if not any(g.concept and g.concept.id == story.drug for g in view.kinds("DB")):
            continue
        for match in DOSE.finditer(view.masked):
            lead = view.masked[: match.start()]
            if _LEVEL.search(lead[-60:]) or re.search(r" ?/ ?(?:d?l|ml)\b", match[0]) or not _is_of_drug(story, view, match):
                continue
            found = story.answer(Answer.YES, view, value=printed(view, *match.span()))
            if not _CHANGED.search(lead[-40:]):
                return found
            spare = spare or found
    for fallback in (_nameless_dose, _dose_in_words):
        if spare is None:
            spare = fallback(story)
            spare = spare if spare.answer is Answer.YES else None
    return spare or Criterion()


def _dose_in_words(story: Story) -> Criterion:
    """Answer with how much the text says without a figure ("high-dose X", "an overdose of X")."""
    for view in story.own():
        for match in _IN_WORDS.finditer(view.masked):
            if any(g.concept and g.concept.id == story.drug for g in view.named(match["drug"] or match["drug2"])):
                place = match.span("dose" if match["drug"] else "dose2")
                return story.answer(Answer.YES, view, value=printed(view, *place))
    return Criterion()


def _nameless_dose(story: Story) -> Criterion:
    """Answer with a dose that was taken in a sentence that names no drug, where the last drug named before is the story's."""
    last = False
    for view in story.own():
        drugs = view.kinds("DB")
        if not drugs and last:
            for match in DOSE.finditer(view.masked):
                if _TAKEN.search(view.masked[: match.start()]) and not re.search(r" ?/ ?(?:d?l|ml)\b", match[0]):
                    return story.answer(Answer.YES, view, value=printed(view, *match.span()))
        if drugs:
            last = drugs[-1].concept is not None and drugs[-1].concept.id == story.drug
    return Criterion()


def _is_of_drug(story: Story, view: SentenceView, match: re.Match[str]) -> bool:
    behind = _DOSE_BEFORE.match(view.masked[match.end() :])
    if behind:
        owner = view.named(behind["drugs"])
    else:
        before = re.findall(r"[DB]\d+", view.masked[: match.start()])
        owner = view.named(before[-1]) if before else ()
        if before and ";" in view.masked[view.masked.rfind(before[-1]) : match.start()]:
            owner = ()
    return any(g.concept is not None and g.concept.id == story.drug for g in owner)
