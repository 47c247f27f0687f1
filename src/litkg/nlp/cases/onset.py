"""When the event began: before or after the drug, and after what time, as a patient's story prints it.

Owns the order of drug and event in time (Naranjo et al. 1981, table 1, question 2) and the time to onset. Refuses to convert: times are the
text's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.model import Answer, Criterion
from litkg.nlp.cases.course import already, in_use
from litkg.nlp.cases.story import WHO, Story, given_again, is_drug
from litkg.nlp.cases.view import SentenceView, pattern

NUMBER = (
    r"(?:\d+(?:[.,]\d+)?(?: ?(?:-|to|or|and) ?\d+(?:[.,]\d+)?)?|\d+ \d/\d|a few|several|some|a couple of|an?|one and a half|"
    r"half an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|eighteen|twenty(?:-[a-z]+)?|thirty|forty|sixty)"
)
_UNIT = r"(?:seconds?|min(?:utes?)?|hours?|hrs?|h|days?|d|weeks?|fortnights?|wks?|wk|months?|years?|yrs?|doses|cycles|injections|infusions)"
TIME = (
    rf"(?:(?:about|approximately|nearly|almost|around|less than|more than|only|over|some) )?{NUMBER}[ -](?:or (?:two|three|"
    rf"more) )?(?:(?:full|more|consecutive|further) )?{_UNIT}"
)
_TIME_WORDS = (
    rf"(?:{TIME}|(?:the )?(?:next|following|same) (?:day|morning|week|night|month)|(?:on )?(?:the )?(?:day \d+|(?:first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)) (?:day|week|month))|(?:immediately|"
    r"minutes|hours|days|weeks|months))"
)
_START = (
    r"(?:initiation|initiating|start|starting|started|onset|introduction|introducing|introduced|beginning|begun|began|commencement|"
    r"commencing|commenced|institution|instituted|administration|administered|"
    r"receiving|received|taking|took|ingestion|ingesting|injection|injected|infusion|infused|exposure|exposed|treatment|treated|"
    r"therapy|use|using|given|initiated|dose|prescribed|prescription|intake|added|"
    r"addition|adding|application|on|placed on|medication|vaccination|course)"
)
_APPEARS = (
    r"(?:develop(?:ed|ing|s|ment)?|experienced|experiencing|present(?:ed|ing)|complain(?:ed|ing|s)|suffered|report(?:ed|s)|noticed|"
    r"noted|appear(?:ed|ance|ing)|occur(?:red|rence|ring|s)?|began|begun|onset|"
    r"started|manifested|became|felt|had|arose|emerged|emergence|ensued|followed|observed|diagnosed|admitted|hospitali[sz]ed|"
    r"referred|was found|showed|exhibited|revealed|collapsed|seen|induced|evolved|lost|worsening)"
)
_PAST = r"(?:after|following|since|within|into|during|while|when|on|upon|under|once)"
_EVENT = r"(?:E\d+|symptoms|rash|lesions|reactions?|side[- ]effects?|complaints|adverse (?:effects?|events?|reactions?))"

_ORDER = tuple(
    pattern(source)
    for source in (
        rf"(?P<time>{_TIME_WORDS})?,? ?\b(?P<after>{_PAST}) <G6>(?P<start>{_START})? ?<G6>{WHO}(?P<tail>[^;:]{{0,90}}?)\b(?P<appears>{_APPEARS})\b",
        rf"\b(?P<appears>{_APPEARS})\b(?P<tail>[^;:]{{0,90}}?)(?P<time>{_TIME_WORDS})?,? ?\b(?P<after>{_PAST}) <G6>(?P<start>{_START})? ?<G6>{WHO}",
        (
            rf"(?P<event>{_EVENT})(?P<tail>[^;:]{{0,60}}?)(?P<time>{_TIME_WORDS})?,? ?\b(?P<after>after|following|within|during|while|"
            rf"into) <G6>(?P<start>{_START}) ?<G6>{WHO}"
        ),
        (
            rf"(?P<time>{_TIME_WORDS})?,? ?\b(?P<after>after) <G4>(?P<start>first|second|third|single|last|initial) (?:dose|injection|"
            rf"infusion|administration|tablet|course|cycle)s? ?<G3>{WHO}"
        ),
    )
)
_LAST_IN = pattern(
    rf"{WHO},? <GC6>(?:introduced|started|begun|given|initiated|administered|added|prescribed)\b <G6>(?:prior to|before) <G5>(?:E\d+|onset|symptoms|event)"
)
_TEMPORAL = re.compile(
    r"\b(?:temporal|chronological|time) (?:[a-z]+ ){0,2}(?:relation(?:ship)?|association|sequence|link|connection|correlation|course|proximity|plausibility)"
)
_STARTED = pattern(
    rf"(?:{WHO},? <GC8>(?:was|were|is|had been|been)? ?<G2>(?:started|initiated|begun|introduced|commenced|prescribed|instituted|"
    r"administered|given|added|received|taken|increased)\b)"
)
_STARTED_ACTIVE = pattern(
    r"\b(?:received|started|began|took|taking|treated with|given|prescribed|initiated|commenced|administered|placed on|put on|"
    r"introduced|switched to|added|ingested|using|used|receiving|treatment with|therapy with) "
    r"(?:on |taking |to take |treatment |therapy |with )?<GC9>(?P<drugs>[DB]\d+)(?P<it>)"
)
_LATER = re.compile(
    rf"(?:(?P<time>{TIME}) (?:later|afterwards?|thereafter|after)\b|\b(?:after|within|in) (?P<time2>{TIME})\b|"
    r"(?P<time3>\bthe (?:next|following|same) (?:day|morning|week|night|month))"
    r"|(?P<time4>\bon (?:the )?(?:\d+(?:st|nd|rd|th) day|day \d+|(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    r"tenth) day))(?: of (?:therapy|treatment))?"
    r"|\b(?:subsequently|thereafter|soon after|shortly after|later|then|afterwards?)\b)"
)
_EARLIER = (
    pattern(rf"(?P<event>E\d+|symptoms)(?P<tail>[^;:]{{0,60}}?)\b(?:before|prior to|preceded|antedated|predated|preceding) <G5>{_START}? ?<G6>{WHO}"),
    pattern(rf"(?P<event>E\d+|symptoms) <GC10>(?:before|prior to|preceded|antedated|predated) <G4>{_START} <G6>{WHO}"),
)
_STOP_WORD = re.compile(
    r"withdr[ae]w|discontinu|cessation|ceas|\bstop|removal|tapering|\breduc|substitut|improv|resol[vu]|disappear|regress|remission|"
    r"recover|recur|reappear|relaps|resum|re-?(?:start|introd|chall|expos|admin|instit)"
)

_BEFORE_ALL = re.compile(r"\b(?:history of|previous|known|for|prior|past|family history|against|prevent\w*|no)\b(?: [a-z]+){0,3} ?$")
_DURING = re.compile(r"(?:after|during|following|while|on|days?|weeks?|months?)\b")
_ARISES = re.compile(rf"\b{_APPEARS}\b|\bfainted\b|\bcollapsed\b|\bhad (?:fever|pain)\b|\bdropped\b")
_ONSET_TIMES = (
    re.compile(
        r"(?P<time>\b(?:on |by )?(?:the )?(?:day \d+|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)) (?:day|"
        r"week|month)))\b"
    ),
    re.compile(rf"(?P<time>{TIME}) (?:later|afterwards?|thereafter|after|into|following|of (?:treatment|therapy|[DB]\d))\b"),
    re.compile(rf"\b(?:after|within|in) (?P<time>{TIME}|hours|minutes|days|weeks)\b(?! (?:of|after) (?!treatment|therapy|use|[DB]\d))"),
    re.compile(
        r"(?P<time>\b(?:after|during|with|following) (?:the |his |her |a )?(?:first|second|third|fourth|fifth|sixth|last|next) "
        r"(?:cycle|course|dose|infusion|injection|tablet|capsule)s?)\b"
    ),
)
_LASTING = re.compile(r"\b(?:lasting|lasted|duration of|persist\w+)(?: for)? $")
_FOR_TIME = re.compile(rf"\b(?:for|after) (?:the (?:past|last|previous) )?(?P<time>{TIME})\b")


def time_order(story: Story) -> tuple[Criterion, Criterion]:
    """Answer whether the event began after the drug was started, and after what time, as printed."""
    order, onset = _stated_order(story)
    if order.answer is Answer.UNKNOWN:
        order = _told_order(story)
    if order.answer is Answer.YES and onset.answer is Answer.UNKNOWN:
        onset = _told_onset(story)
    return order, onset


def _told_order(story: Story) -> Criterion:
    """Answer from the order of telling: the drug is in use where the event comes, or "had been" before it."""
    used: SentenceView | None = None
    for view in story.own():
        events = [view.masked.find(f"E{number}") for number, g in enumerate(view.mentions) if g.concept and g.concept.id in story.events]
        uses = list(in_use(story, view))
        place = max((position for position in events if position >= 0), default=-1)
        begins = place >= 0 and not _BEFORE_ALL.search(view.masked[max(0, place - 40) : place])
        if begins and (used is not None or any(use.start() < place or _DURING.match(use[0]) for use in uses)):
            return story.answer(Answer.YES, used if used is not None and not uses else view, view)
        if used is None and uses:
            if any(already(view, use) for use in uses) and 0 <= story.first_event() <= view.index:
                return story.answer(Answer.YES, view)
            used = view
    return Criterion()


def _of_other(story: Story, view: SentenceView, end: int) -> bool:
    """Say whether a time counts from another drug ("two days after X was added")."""
    behind = view.masked[max(0, end - 5) :]
    after = re.match(r"[^,;]{0,35}?([DBE]\d+)", behind)
    if re.match(
        r"[^,;]{0,25}?\b(?:onset|surgery|admission|birth|delivery|operation|transplant\w*|diagnosis|discharge|stopping|withdrawal|discontinu\w+)\b", behind
    ):
        return True
    return bool(after and not any(g.concept and g.concept.id in {story.drug, *story.events} for g in view.named(after[1])))


def _told_onset(story: Story) -> Criterion:
    """Answer with the time that stands where the event begins, else with how long the drug had been in use by then."""
    first = story.first_event()
    for view in story.own():
        if first >= 0 and view.index > first:
            break
        if (story.has_event(view) or _ARISES.search(view.masked)) and not _STOP_WORD.search(view.masked):
            for compiled in _ONSET_TIMES:
                for match in compiled.finditer(view.masked):
                    if _of_other(story, view, match.end()):
                        continue
                    if _ARISES.search(view.masked) or story.has_event(view):
                        return story.answer(Answer.YES, view, value=printed(view, *match.span("time")))
    for view in story.own():
        for use in in_use(story, view):
            lasting = _FOR_TIME.search(view.masked, use.start(), min(use.end() + 70, len(view.masked)))
            if lasting and not _STOP_WORD.search(view.masked[use.start() : lasting.start()]):
                return story.answer(Answer.YES, view, value=printed(view, *lasting.span("time")))
    return Criterion()


def _stated_order(story: Story) -> tuple[Criterion, Criterion]:
    order = Criterion()
    for view in story.own():
        earlier = _earlier(story, view)
        if earlier:
            return story.answer(Answer.NO, view), Criterion()
        for first, found in _orders(story, view):
            value = _time_of(view, found, first)
            if value:
                order = order if order.answer is Answer.YES else story.answer(Answer.YES, view)
                return order, story.answer(Answer.YES, view, value=value)
            if order.answer is Answer.UNKNOWN:
                order = story.answer(Answer.YES, view)
        if _STOP_WORD.search(view.masked):
            continue
        across = _across(story, view)
        if across is not None:
            last, value = across
            if order.answer is Answer.UNKNOWN:
                order = story.answer(Answer.YES, view, last)
            if value:
                return order, story.answer(Answer.YES, view, last, value=value)
    return order, Criterion()


def _earlier(story: Story, view: SentenceView) -> bool:
    for compiled in _EARLIER:
        for match in compiled.finditer(view.masked):
            named = {g.concept.id for g in view.named(match["event"]) if g.concept}
            if (named & story.events or (match["event"] == "symptoms" and story.first_event() <= view.index)) and is_drug(story, view, match):
                return not _STOP_WORD.search(match[0]) and not re.search(r"\b(?:no|not|never|without)\b", match[0])
    return False


def _orders(story: Story, view: SentenceView) -> Iterator[tuple[str, re.Match[str]]]:
    about = story.has_event(view)
    generic = re.search(rf"\b(?:{_EVENT}|complained|developed)\b", view.masked) is not None and not view.kinds("E")
    if not about and not generic:
        return
    last_in = _LAST_IN.search(view.masked)
    if last_in and is_drug(story, view, last_in):
        yield "last", last_in
    if (
        _TEMPORAL.search(view.masked)
        and any(g.concept and g.concept.id == story.drug for g in view.kinds("DB"))
        and not re.search(r"\b(?:no|not|without) ", view.masked)
    ):
        yield "temporal", _TEMPORAL.search(view.masked)  # type: ignore[misc]
    for compiled in _ORDER:
        for match in compiled.finditer(view.masked):
            groups = match.groupdict()
            if not is_drug(story, view, match) or _STOP_WORD.search(match[0]):
                continue
            named = [g.concept.id for g in view.named(match[0]) if g.concept and g.concept.id != story.drug]
            appears_at = match.end("appears") if groups.get("appears") else match.end()
            nearby = view.named(" ".join(re.findall(r"E\d+", view.masked[max(0, match.start() - 60) : max(appears_at, match.end()) + 60])))
            ids = {g.concept.id for g in nearby if g.concept} | set(named)
            if about and not ids & story.events:
                continue
            yield "order", match


def _time_of(view: SentenceView, match: re.Match[str], kind: str) -> str | None:
    groups = match.groupdict()
    if kind != "order":
        return None
    if groups.get("time") and _LASTING.search(view.masked[: match.start("time")]):
        return None
    if groups.get("time"):
        return printed(view, *match.span("time"))
    soon = re.search(r"\b(?:shortly|soon|immediately|just) $", view.masked[max(0, match.start("after") - 14) : match.start("after")])
    if soon:
        shift = max(0, match.start("after") - 14)
        return printed(view, soon.start() + shift, match.end("after"))
    if groups.get("after") in {"within", "after", "into"}:
        inner = re.compile(rf"\b{TIME}\b").search(view.masked, match.start("after"), match.end())
        if inner:
            return printed(view, *inner.span())
    before = re.search(rf"({TIME}) (?:or so )?$", view.masked[max(0, match.start("after") - 40) : match.start("after")])
    if before:
        shift = max(0, match.start("after") - 40)
        return printed(view, before.start(1) + shift, before.end(1) + shift)
    return None


def printed(view: SentenceView, start: int, end: int) -> str:
    text = view.text[view.offset(start) - view.start : view.offset(end - 1) + 1 - view.start]
    return " ".join(text.split()).strip(" ,")


def _across(story: Story, view: SentenceView) -> tuple[SentenceView, str | None] | None:
    """Return the sentence, of the next three, in which the event appears "later", with the time, where this sentence starts the drug."""
    started = any(is_drug(story, view, match) for compiled in (_STARTED, _STARTED_ACTIVE) for match in compiled.finditer(view.masked))
    if not started:
        return None
    for index in range(view.index + 1, min(view.index + 4, len(story.views))):
        following = story.views[index]
        if index in story.narrative.other or given_again(story, following) is not None:
            return None
        if any(g.concept and g.concept.id != story.drug for g in following.kinds("D")) and not story.has_event(following):
            return None
        later = _LATER.search(following.masked)
        if later and story.has_event(following) and not _STOP_WORD.search(following.masked):
            group = next((name for name in ("time", "time2", "time3", "time4") if later[name]), None)
            return following, printed(following, *later.span(group)) if group else None
    return None
