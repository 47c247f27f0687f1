"""Whether the event was serious, by the kinds of ICH E2A, as the patient's story tells it.

Owns the wording of each kind. Refuses severity: a severe headache is not serious, a mild one that needs a hospital bed is.

Source: ICH E2A 1994, Clinical safety data management: definitions and standards for expedited reporting, II.B: death, life-threatening,
hospitalisation or its prolongation, persistent or significant disability, congenital anomaly, and what is medically important because it
needs intervention to prevent one of these.
"""

from __future__ import annotations

import re

from litkg.model import Answer, Criterion
from litkg.nlp.cases.story import Story
from litkg.nlp.cases.view import SentenceView

DEATH, THREAT, HOSPITAL = "death", "life-threatening", "hospitalisation"
DISABILITY, ANOMALY, IMPORTANT = "disability", "congenital anomaly", "medically important"

_THREAT = re.compile(r"\b(?<!non-)(?:life-threatening|life threatening|near-fatal|immediate risk of death)\b")
_HOSPITAL = re.compile(
    r"\b(?:re-?admitted|admitted|(?:re-?)?hospitali[sz]ed|(?:requir\w+|need\w+|necessitat\w+|led to|leading to|result(?:ed|ing) in|"
    r"prolong\w+) (?:[a-z]+ ){0,2}?hospitali[sz]ation|on admission|(?:emergency|hospital|icu) admission|kept in hospital|hospital stay|"
    r"(?:transferred|moved|taken|admission) to (?:the |an? |our )?(?:[a-z]+ ){0,3}(?:intensive care|ward|unit|hospital|icu|burns? cent(?:er|re))|"
    r"(?:in|on) (?:the |an? |our )?(?:[a-z]+ ){0,2}(?:intensive care unit|icu)|intensive care)\b"
)
_REASON = re.compile(r" (?:[a-z]+ ){0,2}?(?:for|with|because of|due to|to treat) (?:[a-z]+ ){0,4}(E\d+)")
_NOT_EVENT = re.compile(r" (?:[a-z]+ ){0,2}?for (?:[a-z-]+ ){0,3}(?:surgery|chemotherapy|operation|delivery|elective|transplantation|treatment of)\b")
_DISABILITY = re.compile(
    r"\b(?:disab(?:led|ility|ling)|incapacitat\w+|unable to (?:walk|work|stand|speak|swallow|see)|wheelchair|bedridden|permanent(?:ly)? (?:blind|deaf|paraly|"
    r"reduced|impaired|lost|loss)\w*|"
    r"loss of (?:sight|vision) (?:persisted|remained))\b"
)
_BORN = re.compile(r"\b(?:newborn|fetus|foetus|neonate|baby|offspring|infant|child) (?:[a-z]+ ){0,2}?(?:had|has|with|was born with|showed)\b")
_PREGNANT = re.compile(r"\b(?:pregnan|gestation|in utero|trimester|antenatal)")
_INTERVENTION = re.compile(
    r"\b(?:intubat(?:ed|ion)|mechanical(?:ly)? ventilat\w+|resuscitat\w+|defibrillat\w+|cardioversion|h(?:a)?emodialysis|dialysis|h(?:a)?emofiltration|"
    r"(?:platelet |blood |red cell )?transfus(?:ed|ions?)|plasma exchange|plasmapheresis|(?:liver |heart |kidney )?transplant(?:ed|ation)|cardiac arrest|"
    r"vasopressors?|[a-z]{3,}(?:otomy|ectomy) was|surgery was|emergency surgery|operated on|aspiration of)\b"
)
_DENIED = re.compile(r"\b(?:not|no|never|without|n't|nor|while|already|avoid(?:ed|ing)?)\b(?: [a-z]+){0,4} ?$")
_EARLIER = re.compile(
    r"\b(?:after|following|since|before|post|previous|prior|(?<!required )(?<!needed )(?<!underwent )liver|kidney|renal|heart)[ -](?:[a-z]+ )?$"
)
_DENIED_AFTER = re.compile(r"^(?: [a-z]+){0,2} (?:was|were) (?:not|never|n't|un|postponed|cancel|abandoned)\w*")
_NONE = re.compile(
    r"\b(?:never|not) (?:been )?(?:admitted|hospitali[sz]ed)|\b(?:no|without|not require|not need) (?:[a-z]+ ){0,2}(?:hospitali[sz]ation|admission|hospital)|"
    r"\bnon-serious|\bnot serious|\b(?:as an|remained an|in the) outpatients?\b"
)


def seriousness(story: Story, *, outcome: Criterion) -> Criterion:
    """Answer whether the event was serious: yes with the kinds as value, gravest first, and the sentence of the gravest; no where the text says
    that no hospital was needed or that it was not serious."""
    begin = story.first_event()
    found: dict[str, SentenceView] = {}
    denied: SentenceView | None = None
    pregnant = any(_PREGNANT.search(view.masked) for view in story.own())
    for view in story.own():
        about = story.has_event(view)
        if not about and not view.index >= begin >= 0:
            continue
        if _NONE.search(view.masked):
            denied = denied or view
        for kind, compiled in ((THREAT, _THREAT), (HOSPITAL, _HOSPITAL), (DISABILITY, _DISABILITY), (IMPORTANT, _INTERVENTION)):
            for match in compiled.finditer(view.masked):
                if _holds(story, view, match, kind):
                    found.setdefault(kind, view)
        if pregnant and about and _BORN.search(view.masked):
            found.setdefault(ANOMALY, view)
    order = [kind for kind in (THREAT, HOSPITAL, DISABILITY, ANOMALY, IMPORTANT) if kind in found]
    if outcome.value == "fatal" or THREAT in found:
        order = [kind for kind in order if kind != IMPORTANT]
    if outcome.value == "fatal":
        return Criterion(answer=Answer.YES, start=outcome.start, end=outcome.end, text=outcome.text, value=", ".join([DEATH, *order]))
    if order:
        return story.answer(Answer.YES, found[order[0]], value=", ".join(order))
    return story.answer(Answer.NO, denied, value="no") if denied else Criterion()


def _holds(story: Story, view: SentenceView, match: re.Match[str], kind: str) -> bool:
    if _DENIED.search(view.masked[max(0, match.start() - 40) : match.start()]) or _DENIED_AFTER.match(view.masked[match.end() :]):
        return False
    if kind != HOSPITAL:
        return kind != IMPORTANT or not _EARLIER.search(view.masked[: match.start()])
    reason = _REASON.match(view.masked, match.end())
    if reason:
        return any(g.concept and g.concept.id not in story.indications for g in view.named(reason[1]))
    return not _NOT_EVENT.match(view.masked, match.end())
