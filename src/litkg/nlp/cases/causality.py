"""The answers of a patient's story to the ten items of Naranjo's scale.

Owns what counts as an answer to each item. Refuses points and totals: those are `litkg.naranjo`. An item of which the text says nothing is open;
one of which it says that it was not tested (the drug never given again) is unknown with the span that says so.

Source: Naranjo et al. 1981, Clin Pharmacol Ther 30:239, table 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litkg.model import Answer, Criterion, NaranjoItem
from litkg.nlp.cases.alternatives import Considered, all_ruled_out
from litkg.nlp.cases.challenges import NOT_DONE
from litkg.nlp.cases.course import turns
from litkg.nlp.cases.story import Story, stops
from litkg.nlp.cases.view import SentenceView

_FIRST = re.compile(
    r"\b(?:first|new|novel|unreported) (?:[a-z-]+ ){0,3}(?:case|report|description|instance)s?\b|\b(?:not|"
    r"never) (?:[a-z]+ ){0,2}?(?:been )?(?:previously )?(?:reported|described)\b|"
    r"\bno (?:[a-z]+ ){0,3}(?:cases?|reports?)(?: [a-z]+){0,4} (?:reported|found|described|published|of)\b|\b(?:did not|failed to) (?:reveal|find|"
    r"identify|yield|retrieve)\b|"
    r"\bnot (?:mentioned|listed) in the (?:product|summary|label)"
)
_KNOWN = re.compile(
    r"\b(?:well[- ](?:recogni[sz]ed|known|documented|established|described)|known (?:side|adverse|complication|association|cause|to cause|risk)|"
    r"recogni[sz]ed (?:side|adverse|"
    r"complication|cause)|(?:has|have) (?:also |often |previously |already |occasionally |rarely |commonly |long )*been (?:[a-z]+ ){0,2}?(?:reported|"
    r"described|documented|published|"
    r"blamed|associated|linked|implicated|observed)|(?:previously|already) (?:reported|described|published)|(?:similar|other|several|previous|"
    r"published|earlier|many|\d+|two|three|four|"
    r"five|six) (?:[a-z]+ ){0,2}(?:cases|reports)|described in the (?:product|label|summary)|(?:product information|label(?:led|ling|ing|ed)?|"
    r"summary of product characteristics)|"
    r"is (?:often|commonly|frequently) (?:associated|caused|seen)|(?:found|identified) (?:[a-z]+ )?\d+ (?:cases|patients|reports))\b"
)
_ABOUT = re.compile(
    r"\b(?:(?:side|adverse) (?:effects?|reactions?|events?)|complications?|reactions?|association|(?:similar|such|other) cases|this (?:effect|case))\b"
)
_SIMILAR = re.compile(r"\b(?:similar|other|previous|such) (?:[a-z]+ )?(?:cases|reports)\b")
_REDUCED = re.compile(r"\b(?:reduc\w+|lower\w+|decreas\w+|halv\w+|taper\w*\b(?! off)|cut|brought down)\b")
_ENDED = re.compile(
    r"\b(?:stop\w*|discontinu\w+|withdr\w+|ceas\w+|cessation|suspen\w+|withheld|removed|removal|replaced|changed|switch\w+|substitut\w+|terminat\w+|"
    r"interrupt\w+|omitted|last dose|tapered off|"
    r"dechallenge)\b"
)
_ANTAGONISTS = re.compile(
    r"\b(?:naloxone|nalmefene|naltrexone|flumazenil|idarucizumab|andexanet(?: alfa)?|protamine|physostigmine|sugammadex|neostigmine|"
    r"digoxin[- ]specific|digibind|fab fragments|antidote|specific antagonist|reversal agent|glucarpidase|phentolamine)\b"
)
_VITAMIN_K = re.compile(r"\b(?:vitamin k|phytomenadione|phytonadione)\b")
_PLACEBO = re.compile(r"\bplacebo\b")
_PLACEBO_NOT = re.compile(
    r"\b(?:not|no|never|without|n't|nothing|negative|uneventful\w*)\b[^;]{0,50}\bplacebo\b|\bplacebo\b[^;]{0,50}\b(?:not|no|never|without|nothing|"
    r"negative|uneventful\w*)\b"
)
_PLACEBO_AGAIN = re.compile(r"\b(?:again|recur\w*|reappear\w*|returned|came back|also (?:occurred|appeared|developed))\b")
_TRIAL = re.compile(r"\brandomi[sz]ed|\bversus placebo|placebo[- ](?:group|controlled|arm)|patients\b")
_LEVEL = re.compile(r"\b(?:(?:serum|plasma|blood|urine|trough|drug|whole-blood) (?:[a-z0-9]+ ){0,3}?)?(?:levels?|concentrations?)\b")
_TOXIC = re.compile(
    r"\b(?:toxic|supra-?therapeutic|(?:above|exceed\w*|over|beyond|higher than|outside) (?:the |its )?(?:[a-z]+ )?(?:therapeutic|reference|normal|"
    r"upper|recommended|toxic))\b"
)
_WITHIN = re.compile(
    r"\b(?:within (?:the |its )?(?:[a-z]+ )?(?:therapeutic|normal|reference)|therapeutic (?:level|concentration)s?|sub-?therapeutic|"
    r"below the (?:therapeutic|toxic)|not (?:in the )?toxic)\b"
)
_WITH_RANGE = re.compile(
    r"(?P<value>\d+(?:\.\d+)?) ?[a-zµ/]{0,10} ?\((?:therapeutic|reference|normal|target|recommended)[^()]{0,20}?(?P<low>\d+(?:\.\d+)?) ?(?:-|"
    r"to) ?(?P<high>\d+(?:\.\d+)?)"
)
_RAISED = re.compile(
    r"\b(?:dose|dosage|it|[DB]\d+)(?: [a-zDB0-9]+){0,3} (?:was|were|had been) (?:[a-z]+ )?(?:raised|increased|doubled|tripled|escalated)\b|"
    r"\b(?:increase|increasing|raising|doubling|escalation) (?:in |of )?(?:the |his |her |its )?(?:[a-zDB0-9]+ ){0,2}(?:dose|dosage|[DB]\d+)|\bdose increase\b"
)
_WORSENED = re.compile(
    r"\b(?:worsen\w*|more severe|exacerbat\w+|aggravat\w+|deteriorat\w+|returned|recurred|developed|noticed|appeared|began|increased in severity|"
    r"after|when|following)\b"
)
_BY_DOSE = re.compile(r"\bdose[- ](?:dependent|related|dependence|relationship|response)\b")
_NOT_BY_DOSE = re.compile(
    r"\b(?:not|independent|unrelated|irrespective|regardless|without relation)\b[^;]{0,25}\bdose\b|\bnot (?:[a-z]+ )?dose[- ](?:dependent|related)|"
    r"\b(?:no|without(?: any)?) (?:change|improvement|effect|benefit)\b[^;]{0,40}\bdose\b"
)
_SIMILAR_BEFORE = re.compile(
    r"\b(?:had (?:previously |also |already |once )?(?:had|experienced|developed|suffered)|history of|previous|previously|earlier|years? (?:ago|"
    r"before|earlier)|in the past|as a child|in childhood)\b"
    r"[^;]{0,60}\b(?:similar|same|identical|like)\b|\b(?:similar|same|identical)\b[^;]{0,60}\b(?:previous|previously|earlier|before|in the past|"
    r"as a child|in childhood|years? ago|first (?:course|exposure|time))\b|"
    r"\b(?:two|three|four|five|several|repeated|recurrent|\d+) (?:[a-z]+ )?(?:episodes|attacks|bouts)\b[^;]{0,80}\beach\b|\b(?:years?|"
    r"months?) (?:earlier|before|ago|previously)\b[^;]{0,80}\b(?:too|also|then)\b"
)
_NEVER_BEFORE = re.compile(
    r"\b(?:no|without|denied|not had any|nor) (?:[a-z]+ ){0,3}?(?:history of|known|previous|prior)? ?(?:[a-z]+ ){0,2}?(?:allerg(?:y|ies|"
    r"ic reactions?)|drug reactions?|hypersensitivit\w+|"
    r"adverse (?:drug )?(?:reactions?|effects?))\b|\b(?:well tolerated|tolerated|without (?:problems?|incident|trouble|"
    r"reaction))\b[^;]{0,60}\b(?:before|previous|previously|earlier)\b|"
    r"\b(?:never|not) (?:[a-z]+ )?(?:previously |before )?(?:taken|received|been exposed to|used) (?:it|the drug|this drug|[DB]\d+)\b"
)
_TEST = (
    r"(?:biops(?:y|ies)|histolog\w+|autopsy|necropsy|post-?mortem|(?:computed |ct )?tomogra\w+|ct|mri|magnetic resonance(?: imaging)?|imaging|"
    r"x-?rays?|radiogra\w+|ultraso\w+|"
    r"electrocardiogra\w+|ecg|ekg|electroencephalogra\w+|eeg|echocardiogra\w+|echocardiogram|audiogra\w+|angiogra\w+|holter(?: monitoring)?|"
    r"monitoring|skin (?:prick )?tests?|"
    r"patch tests?|prick tests?|endoscop\w+|colonoscop\w+|cystoscop\w+|bronchoscop\w+|lumbar puncture|lymphocyte (?:transformation|stimulation) test|"
    r"laboratory (?:tests?|"
    r"findings|investigations?)|blood tests?|nerve conduction|electromyogra\w+|spirometry)"
)
_SHOWED = re.compile(
    rf"\b{_TEST}\b[^;.]{{0,60}}?\b(?:show(?:ed|ing|s)|confirm(?:ed|ing)|reveal(?:ed|ing)|demonstrat(?:ed|ing)|found|recorded|positive|consistent with|"
    rf"disclosed|abnormal)\b"
)
_CONFIRMED = re.compile(
    rf"\b(?:confirmed|proven|proved|verified|shown|documented|demonstrated|seen|diagnosed) (?:[a-z]+ ){{0,2}}?(?:by|on|at|with) (?:an? |"
    rf"the )?(?:[a-z-]+ ){{0,3}}?(?:{_TEST}|suppressed|raised|elevated|low|tsh)\b|\bwas confirmed by\b"
)
_LAB = (
    r"(?:creatine kinase|creatine phosphokinase|ck|cpk|creatinine|aminotransferases?|transaminases?|alt|ast|bilirubin|troponin|lipase|amylase|inr|"
    r"lactate|platelets?|platelet count|"
    r"neutrophils?|neutrophil count|leu[ck]ocytes?|ha?emoglobin|sodium|potassium|calcium|magnesium|ammonia|tryptase|tsh|thyrotropin|methaemoglobin|"
    r"methemoglobin|capillary glucose|"
    r"blood glucose|glucose|eosinophils?|ejection fraction|qtc?(?: interval)?|(?:opening|intraocular|blood) pressure|prothrombin time|urinary protein|albumin)"
)
_VALUE = re.compile(
    rf"\b{_LAB}\b(?: [a-z]+){{0,3}}? (?:was|were|of|is|rose|fell|dropped|increased|decreased|reached|at|had (?:risen|fallen))(?: (?:raised|elevated|"
    rf"low|up|down|from|to|at|only|as (?:high|low) as))*"
    rf" (?:about |over |below )?\d|\b{_LAB}\b(?: [a-z]+){{0,2}}? (?:was|were) (?:[a-z]+ )?(?:raised|elevated|increased|high|low|abnormal)\b|"
    rf"\b(?:levels?|concentration) of {_LAB} (?:[a-z]+ ){{0,4}}\d|\b(?:raised|elevated|increased|suppressed|low) (?:serum )?{_LAB}\b"
)
_NORMAL = re.compile(r"\b(?:normal|negative|unremarkable|nothing|no abnormal\w*|within normal)\b")


def naranjo_items(
    story: Story, *, order: Criterion, dechallenge: Criterion, rechallenge: Criterion, treatment: Criterion, causes: Sequence[Considered]
) -> tuple[NaranjoItem, ...]:
    """Return the ten items in order, each with its answer and span; those that the text leaves open are unknown without one."""
    found = {
        1: _previous_reports(story),
        2: order,
        3: _stopped(story, dechallenge, treatment),
        4: rechallenge,
        5: _alternatives(story, causes),
        6: _placebo(story),
        7: _toxic_level(story),
        8: _dose_response(story, dechallenge),
        9: _earlier_exposure(story),
        10: _objective(story),
    }
    return tuple(_item(number, criterion) for number, criterion in found.items())


def _item(number: int, criterion: Criterion) -> NaranjoItem:
    answer = Answer.UNKNOWN if criterion.value == NOT_DONE else criterion.answer
    return NaranjoItem(number=number, answer=answer, start=criterion.start, end=criterion.end, text=criterion.text)


def _first(story: Story, views: Iterator[SentenceView], answer: Answer) -> Criterion:
    view = next(views, None)
    return story.answer(answer, view) if view is not None else Criterion()


def _speaks_of(story: Story, view: SentenceView) -> bool:
    return any(g.concept is not None and g.concept.id == story.drug for g in view.kinds("DB"))


def _previous_reports(story: Story) -> Criterion:
    none = _first(story, (v for v in story.views if _FIRST.search(v.masked) and (_speaks_of(story, v) or story.has_event(v))), Answer.NO)
    if none.answer is not Answer.UNKNOWN:
        return none
    about = (
        v
        for v in story.views
        if (_speaks_of(story, v) and (story.has_event(v) or _ABOUT.search(v.masked)))
        or (story.has_event(v) and _ABOUT.search(v.masked))
        or _SIMILAR.search(v.masked)
    )
    return _first(story, (v for v in about if _KNOWN.search(v.masked)), Answer.YES)


def _stopped(story: Story, dechallenge: Criterion, treatment: Criterion) -> Criterion:
    for view in story.own():
        drug = treatment.answer is Answer.YES and (_ANTAGONISTS.search(view.text.lower()) or _VITAMIN_K.search(view.text.lower()))
        if drug and any(better for _, better, _ in turns(story, view)):
            return story.answer(Answer.YES, view)
    return Criterion() if _only_reduced(story, dechallenge) else dechallenge


def _only_reduced(story: Story, dechallenge: Criterion) -> bool:
    """Say whether what was done to the drug is a lower dose, not a stop."""
    if dechallenge.start is None or dechallenge.end is None or dechallenge.value == NOT_DONE:
        return False
    inside = [view for view in story.own() if dechallenge.start <= view.start < dechallenge.end]
    done = [view.masked[span[0] : span[1] + 5] for view in inside if (span := stops(story, view)) is not None]
    return any(_REDUCED.search(words) for words in done) and not any(_ENDED.search(words) for words in done)


def _alternatives(story: Story, causes: Sequence[Considered]) -> Criterion:
    """Answer yes where a cause is left open, no where other causes are ruled out in general or two and more by words; tests alone do not answer."""
    for item in causes:
        if item.cause.ruled_out is Answer.NO:
            return Criterion(answer=Answer.YES, start=item.cause.start, end=item.cause.end, text=item.cause.text)
    general = all_ruled_out(story)
    if general is not None:
        return story.answer(Answer.NO, general)
    worded = [item.cause for item in causes if not item.by_test]
    if len(worded) < 2:
        return Criterion()
    return Criterion(answer=Answer.NO, start=worded[0].start, end=worded[0].end, text=worded[0].text)


def _placebo(story: Story) -> Criterion:
    for view in story.own():
        if not _PLACEBO.search(view.masked) or _TRIAL.search(view.masked):
            continue
        if _PLACEBO_NOT.search(view.masked):
            return story.answer(Answer.NO, view)
        if _PLACEBO_AGAIN.search(view.masked):
            return story.answer(Answer.YES, view)
    return Criterion()


def _toxic_level(story: Story) -> Criterion:
    names = {g.mention.text.lower() for view in story.views for g in view.kinds("DB") if g.concept and g.concept.id == story.drug}
    for view in story.own():
        plain = view.text.lower()
        if not _LEVEL.search(plain) or not any(name in plain for name in names):
            continue
        ranged = _WITH_RANGE.search(plain)
        if ranged:
            return story.answer(Answer.YES if float(ranged["value"]) > float(ranged["high"]) else Answer.NO, view)
        if _WITHIN.search(plain):
            return story.answer(Answer.NO, view)
        if _TOXIC.search(plain):
            return story.answer(Answer.YES, view)
    return Criterion()


def _dose_response(story: Story, dechallenge: Criterion) -> Criterion:
    if _only_reduced(story, dechallenge):
        return dechallenge
    for view in story.own():
        if not (_speaks_of(story, view) or story.has_event(view) or re.search(r"\b(?:they|it|dose)\b", view.masked)):
            continue
        if _NOT_BY_DOSE.search(view.masked) and story.has_event(view) | (view.index >= story.first_event() >= 0):
            return story.answer(Answer.NO, view)
        if _BY_DOSE.search(view.masked) and (_speaks_of(story, view) or story.has_event(view)):
            return story.answer(Answer.YES, view)
        raised = _RAISED.search(view.masked)
        about = story.has_event(view) or re.search(r"\b(?:noticed|developed|became|complained|symptoms|pain)\b", view.masked)
        if raised and about and _WORSENED.search(view.masked) and _speaks_of(story, view):
            return story.answer(Answer.YES, view)
    return Criterion()


def _earlier_exposure(story: Story) -> Criterion:
    for view in story.own():
        if _SIMILAR_BEFORE.search(view.masked) and (view.kinds("DB") or re.search(r"\b(?:drug|medication|antibiotic|course|exposure)\b", view.masked)):
            return story.answer(Answer.YES, view)
        if _NEVER_BEFORE.search(view.masked):
            return story.answer(Answer.NO, view)
    return Criterion()


def _objective(story: Story) -> Criterion:
    """Answer yes with a test that shows something, or a laboratory value out of the usual; a normal one answers nothing."""
    begin = story.first_event()
    for view in story.own():
        if view.index < begin - 1 and not story.has_event(view):
            continue
        for compiled in (_SHOWED, _CONFIRMED, _VALUE):
            for match in compiled.finditer(view.masked):
                clause = re.split(r"[;,]| and | but ", view.masked[match.end() : match.end() + 25])[0]
                if not _NORMAL.search(match[0] + clause):
                    return story.answer(Answer.YES, view)
    return Criterion()
