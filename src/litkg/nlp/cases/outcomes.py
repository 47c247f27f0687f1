"""How the event ended: recovered, improved, not recovered, sequelae or fatal.

Owns the last word of the story on the event. Refuses what is said of other patients and of the indication.
"""

from __future__ import annotations

import re

from litkg.model import Answer, Criterion
from litkg.nlp.cases.course import NONE_MORE, turns
from litkg.nlp.cases.story import Story, changes, given_again

_FATAL = re.compile(r"\b(?:died|death|fatal|expired|succumbed|deceased|lethal)\b")
_NOT_FATAL = re.compile(
    r"\b(?:non-?fatal|not fatal|no deaths?|near-?fatal|(?:potentially|possibly|almost) (?:fatal|lethal)|family|father|mother had|brain death|cell death|"
    r"life-threatening|may be fatal|risk of death)\b"
)
_SEQUELAE = re.compile(
    r"\b(?:sequelae?|residual|permanent(?:ly)?|irreversibl[ey]|long-lasting|scarring|left with)\b|\b(?:remained|persisted|persists) (?:at|"
    r"after) (?:[a-z]+ ){0,2}(?:\d+|one|two|three|six) (?:months?|years?)"
    r"|\b(?:discharged|survived|went home)\b[^.;]{0,60}\b(?:unable|deficits?|weakness|impair\w+)\b"
)
_NO_SEQUELAE = re.compile(r"\b(?:without|no|not) (?:[a-z]+ ){0,3}(?:sequelae?|residual|permanent)")
_RECOVERED = re.compile(
    r"resol[vu]|disappear|recover|clear|normali|vanish|healed|returned to (?:normal|baseline)|back to normal|asymptomatic|"
    r"symptom[- ]free|free of|subsid|gone|remi(?:t|ss)|reversed|reversible|ceased|stopped|abolished|faded|settl|went away|cured|became normal|"
    r"again normal|normal (?:again|on|by|within|after)|restor|regained"
)
_TO_NORMAL = re.compile(r"(?:[a-z]+ ){1,3}(?:to|within) (?:[a-z]+ )?(?:normal|baseline)")
_PARTLY = re.compile(r"\b(?:partial(?:ly)?|incomplete(?:ly)?|somewhat|slight(?:ly)?|gradual improvement)\b")


def outcome(story: Story, *, dechallenge: Criterion) -> Criterion:
    """Answer how the event ended: fatal before all, else the last word of the story on the event once the drug was stopped, or since it began."""
    begin = story.first_event()
    latest: Criterion | None = None
    for view in story.own():
        about = story.has_event(view)
        plain = view.text.lower()
        fatal = _FATAL.search(plain)
        if (
            fatal
            and not _NOT_FATAL.search(plain)
            and (about or re.search(r"\b(?:patient|he|she|child|infant|woman|man|boy|girl|death)\b", view.masked))
            and view.index >= begin
        ):
            return story.answer(Answer.YES, view, value="fatal")
        if view.index < begin or (dechallenge.start is not None and view.end <= dechallenge.start):
            continue
        if dechallenge.start is None and not about:
            continue
        if _SEQUELAE.search(view.masked) and not _NO_SEQUELAE.search(view.masked):
            latest = story.answer(Answer.YES, view, value="sequelae")
            continue
        if given_again(story, view) is not None:
            continue
        for place, better, verb in changes(story, view):
            recovered = (_RECOVERED.search(verb) or _TO_NORMAL.match(view.masked, place)) and not _PARTLY.search(view.masked)
            value = ("recovered" if recovered else "improved") if better else "not recovered"
            if latest is None or latest.value not in (value, "recovered"):
                latest = story.answer(Answer.YES, view, value=value)
            break
    return latest or _told_outcome(story, begin)


def _told_outcome(story: Story, begin: int) -> Criterion:
    """Answer with the last turn of the story since the event began, whatever turns ("the swelling settled")."""
    latest: Criterion | None = None
    for view in story.own():
        if view.index < begin or given_again(story, view) is not None:
            continue
        if _SEQUELAE.search(view.masked) and not _NO_SEQUELAE.search(view.masked):
            latest = story.answer(Answer.YES, view, value="sequelae")
            continue
        for _, better, words in turns(story, view):
            recovered = better and (_RECOVERED.search(words) is not None or NONE_MORE.match(words) is not None) and not _PARTLY.search(view.masked)
            value = "recovered" if recovered else "improved" if better else "not recovered"
            if latest is None or latest.value != value:
                latest = story.answer(Answer.YES, view, value=value)
    return latest or Criterion()
