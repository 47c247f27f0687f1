"""Answers of a patient's story to the questions of dechallenge and rechallenge.

Owns the order of things over sentences: the drug is stopped, the event goes; the drug is given again, the event comes back. Source of the
questions: Naranjo et al. 1981, Clin Pharmacol Ther 30:239, table 1 (questions 3 and 4), and the WHO-UMC causality categories.
Refuses to guess: where the story does not say, the answer is unknown.
"""

from __future__ import annotations

import re
from dataclasses import replace

from litkg.model import Answer, Criterion
from litkg.nlp.cases.course import kept_on, turns
from litkg.nlp.cases.story import RE, WHO, Story, changes, given_again, is_drug, next_told, stops
from litkg.nlp.cases.view import SentenceView, pattern

_DESPITE_STOP = pattern(
    r"(?:despite|in spite of|persist(?:ed|ing) after|continued after|worsened after) <G4>(?:discontinu(?:ation|ance|ing)|withdrawal|"
    rf"withdrawing|cessation|stopping|interruption) (?:of )?<G4>{WHO}"
)
_RE_NOT_DONE = re.compile(
    r"\b(?:not|never|n't|without|no|neither|avoid(?:ed|ing)?|refus(?:ed|al)|declin(?:ed|ing)|unethical|contraindicated|"
    r"decided against|withheld|omitted)\b(?: [a-zDB0-9,]+){0,6}? (?:be |been )?"
    rf"{RE}|{RE}(?: [a-zDB0-9]+){{0,4}} (?:was|were|has been|is|had been) (?:therefore |deliberately |thus )?(?:not|never|avoided|"
    r"refused|declined|considered (?:unethical|unsafe|too)|contraindicated|deemed|omitted)"
)
_AGAIN = re.compile(
    r"\b(?:recur\w*|re-?appear\w*|relaps\w*|re-?emerg\w*|re-?develop\w*|returned|came back|flare\w*|worsen\w*|second episode|"
    r"same (?:[a-z]+ )?(?:symptoms|reaction|rash|event|signs|effect|result|outcome)|similar (?:[a-z]+ )?"
    r"(?:symptoms|reaction|rash|event|episode)|again (?:developed|experienced|complained|presented|showed|appeared)|(?:developed|"
    r"experienced|appeared|complained|presented|occurred) (?:[a-z0-9E]+ ){0,4}again|"
    r"re-?challenge was positive|positive re-?challenge|was positive|gave a positive|reproduc\w*|re-?occurr?\w*|repeat episode)\b"
)
_NOT_AGAIN = re.compile(
    r"\b(?:no|not|never|without|n't|nor)\b (?:[a-zE0-9]+ ){0,5}?(?:recur\w*|re-?appear\w*|relaps\w*|re-?emerg\w*|returned?|"
    r"came back|come back|re-?occurr?\w*|reaction|adverse|symptoms|problems?|side effects?|worsen\w*|flare\w*)"
    r"|\b(?:well tolerated|tolerated|uneventful\w*|re-?challenge was negative|negative re-?challenge|was negative|"
    r"without (?:incident|event|problems?|complications?|any|further))\b"
)

_NOT_AGAIN_LATER = re.compile(
    r"\b(?:no|not|never|without|n't)\b (?:[a-zE0-9]+ ){0,5}?(?:recur\w*|re-?appear\w*|relaps\w*|re-?emerg\w*|returned?|came back|"
    r"come back|re-?occurr?\w*)|\b(?:well tolerated|tolerated|uneventful\w*)\b"
)
_LINKED = re.compile(r"\b(?:to|followed|after|following|with|on|upon|when|once|by|as soon as|since|because|within|until|only)\b")
_LAST_DOSE = pattern(
    rf"(?:after|since|following) <G2>(?:(?:last|final) (?:dose|infusion|injection|tablet|capsule)s? (?:of )?|stopped (?:taking )?|stopping )<G2>{WHO}"
)
_COURSE = r"(?:doses?|courses?|infusions?|injections?|exposures?|cycles?|administrations?|challenges?|trials?|tablets?)"
_ONCE_MORE = (
    pattern(rf"\b(?:second|further|another|repeat(?:ed)?|subsequent|next|later|test|single) {_COURSE} (?:of|with|to) <G3>{WHO}"),
    pattern(rf"\b(?:inadvertent|accidental|unintentional|unwitting|unknowing|mistaken)(?:ly)? <G4>{WHO}"),
    pattern(rf"\bwhenever <G5>{WHO}"),
)
_NEXT_ONE = re.compile(rf"\b(?:next|subsequent|following|second|further|later) {_COURSE}\b")
_AVOIDED = pattern(
    rf"\b(?:has avoided|have avoided|told to avoid|advised to avoid|advised (?:never|not) to (?:take|use|receive)|never (?:be )?(?:taken?|"
    rf"given|received?|"
    rf"used?|prescribed)) <G4>{WHO}"
)
_EACH = re.compile(r"\b(?:each|every) (?:time|occasion|one|episode|infusion|dose|course|injection|tablet|cycle|exposure)\b")
_NO_NEWS = re.compile(
    r"\b(?:no|without|not any|nothing) (?:[a-z]+ ){0,2}?(?:worsening|recurrence|incident|problems?|symptoms|reaction|event|ill effects?|happened|untoward)\b|"
    r"\buneventful\w*|\bwell tolerated|\bnothing happened"
)
_CAME_BACK = re.compile(
    r"\b(?:brought [a-zE0-9 ]{1,30} back|rose|fell|dropped|increased|came back|returned|reappeared|relapsed|recurred|became|again|led to|resulted in|"
    r"followed by|produced|caused|provoked)\b"
)
NOT_DONE = "not done"
"""The value of a challenge that the text says was not made."""
_BROUGHT = re.compile(r"\b(?:developed|experienced|caused|induced|provoked|resulted in|led to|triggered)\b")


def dechallenge(story: Story) -> Criterion:
    """Answer whether the event improved when the drug was stopped or reduced: yes; no with the value "did not improve", or "not done" where the
    text says that the drug was kept on; unknown where it was not stopped or the text does not say what came of it."""
    strict = _dechallenge(story)
    if strict.answer is not Answer.UNKNOWN:
        return strict
    loose = _dechallenge(_lenient(story))
    if loose.answer is Answer.YES:
        return loose
    plain = _in_any_words(story)
    return plain if plain.answer is not Answer.UNKNOWN else _kept(story)


def _in_any_words(story: Story) -> Criterion:
    """Answer from what stands behind the stop, whatever improves there ("the swelling settled", "creatinine fell")."""
    first_event = story.first_event()
    for view in story.own():
        last_dose = _LAST_DOSE.search(view.masked)
        since = last_dose is not None and is_drug(story, view, last_dose)
        stop = last_dose.span() if last_dose and since else stops(story, view)
        if stop is None or view.index < first_event - 1:
            continue
        for position, better, _ in turns(story, view):
            if stop[0] <= position < stop[1] or (position < stop[0] and not since and not _LINKED.search(view.masked[position : stop[0]])):
                continue
            return _of_stop(story, view, view, better=better)
        for following in next_told(story, view, 3):
            if given_again(story, following) is not None:
                break
            for _, better, _ in turns(story, following):
                return _of_stop(story, view, following, better=better)
    return Criterion()


def _of_stop(story: Story, first: SentenceView, last: SentenceView, *, better: bool) -> Criterion:
    return story.answer(Answer.YES if better else Answer.NO, first, last, value="improved" if better else "did not improve")


def _kept(story: Story) -> Criterion:
    own = list(story.own())
    if any(stops(story, view) is not None for view in own):
        return Criterion()
    return next((story.answer(Answer.NO, view, value=NOT_DONE) for view in own if kept_on(story, view)), Criterion())


def _dechallenge(story: Story) -> Criterion:
    first_event = story.first_event()
    for view in story.own():
        spoken = re.search(r"(?P<plus>positive|negative) (?:de-?challenge)|de-?challenge (?:test )?(?:was|were|is) (?P<minus>positive|negative)", view.masked)
        if spoken:
            good = "positive" in (spoken["plus"] or spoken["minus"])
            return story.answer(Answer.YES if good else Answer.NO, view, value="improved" if good else "did not improve")
        if any(is_drug(story, view, match) for match in _DESPITE_STOP.finditer(view.masked)):
            return story.answer(Answer.NO, view, value="did not improve")
        stop = stops(story, view)
        if stop is None:
            continue
        last_first = _outcome_of_stop(story, view, stop)
        if last_first is None:
            continue
        better, last = last_first
        if view.index < first_event and not story.has_event(last):
            continue
        return story.answer(Answer.YES if better else Answer.NO, view, last, value="improved" if better else "did not improve")
    return Criterion()


def _lenient(story: Story) -> Story:
    """Return the story with all events but the indications as manifestations of the event: for texts that name only signs of it."""
    named = {g.concept.id for view in story.own() for g in view.kinds("E") if g.concept}
    return replace(story, events=story.events | (named - story.indications))


def _outcome_of_stop(story: Story, view: SentenceView, stop: tuple[int, int]) -> tuple[bool, SentenceView] | None:
    for position, better, _ in changes(story, view):
        if stop[0] <= position < stop[1]:
            continue
        if position < stop[0] and not _LINKED.search(view.masked[position : stop[0]]) and not _LINKED.search(view.masked[stop[0] : stop[0] + 12]):
            continue
        return better, view
    for following in next_told(story, view, 4):
        if given_again(story, following) is not None:
            return None
        for _, better, _ in changes(story, following):
            return better, following
    return None


def _once_more(story: Story, view: SentenceView) -> re.Match[str] | None:
    """Return the words of a further dose or course of the story's drug; they mean a rechallenge only once the event has come."""
    match = next((match for compiled in _ONCE_MORE for match in compiled.finditer(view.masked) if is_drug(story, view, match)), None)
    bare = _NEXT_ONE.search(view.masked)
    return match or (bare if bare and not re.search(r"[DB]\d", view.masked[bare.end() : bare.end() + 40]) else None)


def rechallenge(story: Story) -> Criterion:
    """Answer whether the event came back when the drug was given again: yes; no with the value "did not recur", or "not done" where the text
    says that it was not given again; unknown where the text says nothing."""
    not_done: Criterion | None = None
    begun = story.first_event()
    for view in story.own():
        again = given_again(story, view) or (_once_more(story, view) if view.index > begun >= 0 else None)
        if again is None:
            if not_done is None and view.index >= begun >= 0 and any(is_drug(story, view, match) for match in _AVOIDED.finditer(view.masked)):
                not_done = story.answer(Answer.NO, view, value=NOT_DONE)
            continue
        if any(m.start() <= again.start() <= m.end() for m in _RE_NOT_DONE.finditer(view.masked)):
            not_done = not_done or story.answer(Answer.NO, view, value=NOT_DONE)
            continue
        for candidate in (view, *next_told(story, view, 2)):
            text = candidate.masked
            if (_NOT_AGAIN if candidate is view else _NOT_AGAIN_LATER).search(text):
                return story.answer(Answer.NO, view, candidate, value="did not recur")
            if _NO_NEWS.search(text, again.end() if candidate is view else 0):
                return story.answer(Answer.NO, view, candidate, value="did not recur")
            if _AGAIN.search(text) or (candidate is view and story.has_event(view) and (_BROUGHT.search(text) or _EACH.search(text))):
                return story.answer(Answer.YES, view, candidate, value="recurred")
            if _CAME_BACK.search(text, again.end() if candidate is view else 0):
                return story.answer(Answer.YES, view, candidate, value="recurred")
    return not_done or Criterion()
