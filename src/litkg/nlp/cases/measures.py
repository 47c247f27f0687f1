"""When the event began, how much of the drug was given, and how it ended, as a patient's story prints it.

Owns the order of drug and event in time (Naranjo et al. 1981, table 1, question 2), the time to onset, dose and outcome. Refuses to
convert: values are the text's own words, and outcomes one of recovered, improved, not recovered, sequelae, fatal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.model import Answer, Criterion
from litkg.nlp.cases.criteria import WHO, Story, changes, given_again, is_drug
from litkg.nlp.cases.view import SentenceView, pattern

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?(?: ?(?:-|to|or|and) ?\d+(?:[.,]\d+)?)?|\d+ \d/\d|a few|several|some|a couple of|an?|one and a half|"
    r"half an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|eighteen|twenty(?:-[a-z]+)?|thirty|forty|sixty)"
)
_UNIT = r"(?:seconds?|min(?:utes?)?|hours?|hrs?|h|days?|weeks?|wks?|wk|months?|years?|yrs?|doses|cycles|injections|infusions)"
TIME = (
    rf"(?:(?:about|approximately|nearly|almost|around|less than|more than|only|over|some) )?{_NUMBER}[ -](?:or (?:two|three|"
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


def time_order(story: Story) -> tuple[Criterion, Criterion]:
    """Answer whether the event began after the drug was started, and after what time, as printed."""
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
    if groups.get("time"):
        return _printed(view, *match.span("time"))
    if groups.get("after") in {"within", "after", "into"}:
        inner = re.compile(rf"\b{TIME}\b").search(view.masked, match.start("after"), match.end())
        if inner:
            return _printed(view, *inner.span())
    before = re.search(rf"({TIME}) (?:or so )?$", view.masked[max(0, match.start("after") - 40) : match.start("after")])
    if before:
        shift = max(0, match.start("after") - 40)
        return _printed(view, before.start(1) + shift, before.end(1) + shift)
    return None


def _printed(view: SentenceView, start: int, end: int) -> str:
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
            return following, _printed(following, *later.span(group)) if group else None
    return None


_AMOUNT = r"\d[\d.,]*(?: ?(?:-|to|x|×) ?\d[\d.,]*)? ?"
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
    rf"(?:(?:once|twice|one time|two times|three times|four times|thrice|{_NUMBER} times)(?: (?:a|per|each|every|in a)? ?(?:day|"
    r"daily|week|weekly|month))?|every (?:other )?(?:\d+ |two |three |four |six |eight |twelve )?(?:day|hour|week|month|h|night|morning)s?|"
    r"daily|weekly|monthly|nightly|q\.?\d{1,2} ?h|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|q\.?d\.?|(?:a|per|each) (?:day|week|month|"
    r"night)|at night|at bedtime|in the morning|fortnightly)"
)
DOSE = re.compile(rf"(?<![\w.,/]){_AMOUNT}{_DOSE_UNIT}(?:,? (?:per |given |taken |as an? )?(?:{_ROUTE}|{_FREQUENCY})(?![\w]))*")
_DOSE_BEFORE = pattern(
    r"^(?: ?(?:of|/)?)(?: (?:oral|intravenous|subcutaneous|intramuscular|iv|sc|im|daily|weekly|pegylated|recombinant|human|"
    r"liposomal|low-dose|high-dose)){0,3} (?P<drugs>[DB]\d+)"
)
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
            found = story.answer(Answer.YES, view, value=_printed(view, *match.span()))
            if not _CHANGED.search(lead[-40:]):
                return found
            spare = spare or found
    return spare or Criterion()


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


_FATAL = re.compile(r"\b(?:died|death|fatal|expired|succumbed|deceased|lethal)\b")
_NOT_FATAL = re.compile(
    r"\b(?:non-?fatal|not fatal|no deaths?|near-?fatal|(?:potentially|possibly|almost) (?:fatal|lethal)|family|father|mother had|brain death|cell death|"
    r"life-threatening|may be fatal|risk of death)\b"
)
_SEQUELAE = re.compile(r"\b(?:sequelae?|residual|permanent(?:ly)?|irreversibl[ey]|long-lasting)\b")
_NO_SEQUELAE = re.compile(r"\b(?:without|no|not) (?:[a-z]+ ){0,3}(?:sequelae?|residual|permanent)")
_RECOVERED = re.compile(
    r"resol[vu]|disappear|recover|clear|normali|vanish|healed|returned to (?:normal|baseline)|back to normal|asymptomatic|"
    r"symptom[- ]free|free of|subsid|gone|remi(?:t|ss)|reversed|reversible|ceased|stopped|abolished|faded"
)
_PARTLY = re.compile(r"\b(?:partial(?:ly)?|incomplete(?:ly)?|somewhat|slight(?:ly)?|gradual improvement)\b")


def outcome(story: Story, *, dechallenge: Criterion) -> Criterion:
    """Answer how the event ended: fatal before all, else the last word of the story on the event once the drug was stopped, or since it began."""
    begin = story.first_event()
    latest: Criterion | None = None
    for view in story.own():
        about = story.has_event(view)
        fatal = _FATAL.search(view.masked)
        if (
            fatal
            and not _NOT_FATAL.search(view.masked)
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
        for _, better, verb in changes(story, view):
            recovered = _RECOVERED.search(verb) and not _PARTLY.search(view.masked)
            value = ("recovered" if recovered else "improved") if better else "not recovered"
            if latest is None or latest.value not in (value, "recovered"):
                latest = story.answer(Answer.YES, view, value=value)
            break
    return latest or Criterion()
