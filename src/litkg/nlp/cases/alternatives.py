"""Other causes of the event that a patient's story speaks of, by name, and whether it rules each out.

Owns the wording of ruling out: by words ("was excluded", "no history of"), by tests ("serology was negative"), by clearing other drugs.
Refuses to weigh them: that is Naranjo's fifth question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litkg.model import AlternativeCause, Answer, Criterion, Grounding
from litkg.nlp.cases.exclusion import Exclusion
from litkg.nlp.cases.story import Story
from litkg.nlp.cases.view import SentenceView, pattern

_STOPS = (
    r"and|or|nor|of|no|not|neither|was|were|is|are|be|been|had|has|have|did|does|do|showed|show|found|which|who|that|but|although|though|because|as|so|"
    r"when|while|after|before|"
    r"he|she|it|they|we|with|by|due|to|than|may|might|could|can|cannot|would|should|also|there|then|therefore|thus|in|at|on|from|for|during|until|"
    r"since|into|continued|discontinued|stopped|withdrawn|performed|given|started|treated|unlikely|more|most"
)
_WORD = rf"(?:(?<![A-Za-z0-9])(?!(?:{_STOPS})\b)[A-Za-z0-9'/()-]+)"
_NAME = rf"{_WORD}(?: {_WORD}){{0,4}}(?: (?:of|for) {_WORD}(?: {_WORD}){{0,3}})?"
_LIST = rf"(?P<names>{_NAME}(?:(?:, and |, or |, | and | or | nor ){_NAME}){{0,8}})"
_BE = r"(?:was|were|is|are|had been|has been|have been|could be|can be|being)"
_SOFT = r"(?: (?:also|therefore|thus|all|both|each|again|then|promptly|reasonably|repeatedly|clinically|as|possible|cause|causes|causal|initially))*"
_CLEAR = r"(?:excluded|ruled out|eliminated|dismissed|discarded)"
_NORMAL = r"(?:negative|normal|unremarkable|non-?contributory|unrevealing|sterile|within normal limits|undetectable|clear)"

_BY_WORDS = tuple(
    pattern(source)
    for source in (
        rf"{_LIST}{_SOFT} {_BE}{_SOFT} {_CLEAR}\b",
        rf"\b(?:excluded|ruled out|excluding|ruling out|exclusion of) {_LIST}",
        rf"\bno (?:(?:personal|family|previous|prior|past|known|recent)(?: or | and |,? )?)*history (?:of|for) {_LIST}",
        rf"\b(?:no evidence|no signs?|no clinical evidence|absence|no suspicion) of {_LIST}",
        r"\bno (?P<names>(?:recent|concurrent|concomitant|intercurrent|preceding|underlying|pre-existing) (?:[a-z]+ ){0,2}?[DBE]\d+)",
        rf"\b(?:no|showed no|nor) {_LIST} (?:was|were|had been|could be) (?:[a-z]+ )?(?:found|identified|detected|present|used|taken|given|seen|evident)\b",
        rf"\b(?:showed|revealed|took|takes|used|had (?:received|taken|used)|received) no {_LIST}",
        (
            r"\bno (?P<names>other (?:[a-z-]+ ){0,3}?(?:drugs?|medications?|medicines?|causes?|explanations?|etiolog\w+|aetiolog\w+|reasons?|"
            r"risk factors?|triggers?))\b"
        ),
        (
            r"\bno (?P<names>(?:[a-z]+ ){0,1}(?:personal|family|psychiatric|recent)(?: (?:or|and) family)?(?: [a-z]+)? (?:history|trauma|infection|"
            r"stress))\b(?! of)"
        ),
        rf"\bno {_LIST} (?:among|in) (?:his|her|the|their) (?:relatives|family|siblings|parents)\b",
        r"\b(?:did|does) not (?P<names>drink|smoke|use drugs|drink alcohol|take other drugs)\b",
        (
            rf"{_LIST}(?: (?:was|were) (?:continued|unchanged|kept)[^,;]{{0,30}})?,? (?:which )?(?:was|were|is|are|makes? (?:them|it)|being|seems?|"
            rf"appears?)(?: therefore| thus| considered)*(?: an?)? unlikely\b"
        ),
    )
)
_FAMILY = re.compile(r"\bno (?P<names>(?:personal (?:or|and) )?family history)\b|\bno (?P<names2>(?:[a-z]+ )?(?:psychiatric|drug|alcohol|atopic) history)\b")
_BY_TESTS = tuple(
    pattern(source)
    for source in (
        rf"{_LIST},? (?:was|were|remained|proved|came back|gave){_SOFT} (?:[a-z]+ or )?{_NORMAL}\b",
        rf"{_LIST} (?:showed|revealed) (?:nothing abnormal|no abnormalit(?:y|ies))\b",
        rf"\b(?:negative for|negative to|unremarkable for) {_LIST}",
        rf"\b(?:normal|negative) {_LIST}(?= (?:ruled|excluded|made))",
    )
)
_OPEN = tuple(
    pattern(source)
    for source in (
        (rf"{_LIST} (?:cannot|could not|can not|can't|couldn't) (?:[a-z]+ )?be (?:[a-z]+ )?(?:{_CLEAR})\b"),
        rf"\b(?:cannot|could not|can not|impossible to|not possible to|difficult to|unable to) (?:[a-z]+ )?(?:exclude|rule out) {_LIST}",
        rf"{_LIST} (?:may|might|could)(?: also| well)?(?: have)? (?:contributed|contribute|caused|played|precipitated|explain(?:ed)?|account(?:ed)?)\b",
        (
            rf"{_LIST} (?:remains?|is|was|remained)(?: also)? (?:an?|the) (?:possible|plausible|likely|alternative|more likely|competing|"
            rf"potential) (?:[a-z]+ )?(?:cause|explanation|factor)"
        ),
        rf"\b(?:explained|confounded|accounted for) by {_LIST}",
    )
)
_FAMILY_HAS = re.compile(
    r"(?P<names>\b(?:his|her|the patient's) (?:father|mother|sister|brother|parents?|siblings?|son|daughter|twin)(?: and (?:his |her )?(?:father|"
    r"mother|sister|brother|son|daughter))?)"
    r" (?:also )?(?:had|has|have|suffered from|were affected by|was affected by) (?:[a-z]+ ){0,3}(?P<events>E\d+)"
)
_GENERAL_OUT = re.compile(
    r"\bno (?:other|alternative|further) (?:[a-z]+ ){0,3}?(?:causes?|explanations?|etiolog\w+|aetiolog\w+|reasons?|risk factors?|factors?|triggers?)\b"
    r"|\b(?:other|all other|alternative|any other) (?:[a-z]+ ){0,3}?(?:causes?|explanations?|etiolog\w+|aetiolog\w+|"
    r"factors?) (?:[a-z]+ ){0,3}?(?:excluded|ruled out)\b"
    r"|\b(?:excluded|ruled out|exclusion of|excluding) (?:all |any )?(?:other|alternative) (?:[a-z]+ ){0,3}?(?:causes?|explanations?|etiolog\w+|aetiolog\w+)\b"
    r"|\b(?:absence|lack) of (?:any )?(?:other|alternative) (?:[a-z]+ ){0,3}?(?:causes?|explanations?|etiolog\w+|aetiolog\w+)\b"
)
_NOT_GENERAL = re.compile(r"\b(?:not|cannot|never)\b")
_SPEAKS = re.compile(
    r"\b(?:exclu|rul(?:ed?|ing) out|eliminat|dismiss|discard|no|nor|absence|negative|normal|unremarkable|non-?contributory|unrevealing|sterile|within normal|"
    r"undetectable|not|nothing|unlikely|cannot|can't|couldn't|may|might|could|remain|explanation|cause|factor|explained|confounded|accounted|unable|"
    r"impossible|difficult)"
)
"""What any of these patterns needs; a sentence without it is passed over, as most are."""
_PART = re.compile(r", and |, or |, | and | or | nor ")
_LEADING = re.compile(
    r"^(?:(?:signs? of|evidence of|role of|involvement of|possibility of|presence of|diagnosis of|cause of|history of|the|a|an|any|his|her|its|all|"
    r"both|of|other than|serum|acute (?=[A-Z]))\b ?)+"
)
_NO_CAUSE = re.compile(r"^(?:further|changes?|no|signs?|response)\b|\b(?:symptoms|sequelae|complications|improvement|worsening|recurrence|changes)$")
_OBJECT = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|do|showed|found|with|by|to|in|at|on|from|for|than|of|during|after|before|until|since|received|took|"
    r"taken)(?: (?:an?|the|his|her))? $"
)
_EMPTY = frozenset({"", "it", "this", "that", "these", "those", "results", "findings", "drug", "role", "test", "tests"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A cause that the text considers; `by_test` where only the result of a test speaks against it."""

    cause: AlternativeCause
    by_test: bool


def considered_causes(story: Story, cleared: Sequence[Exclusion]) -> tuple[Considered, ...]:
    """Return the other causes that the story speaks of, in text order, each name once, the surest word on it first: left open before ruled out,
    words before tests. `cleared` are the sentences that clear other drugs of the event."""
    found: dict[str, Considered] = {}
    for item in _all(story, cleared):
        key = item.cause.name.lower()
        old = found.get(key)
        if old is None or (old.cause.ruled_out is Answer.YES and item.cause.ruled_out is Answer.NO):
            found[key] = item
    for key in list(found):
        if any(other.startswith(f"{key} ") and found[other].cause.start == found[key].cause.start for other in found):
            del found[key]
    return tuple(sorted(found.values(), key=lambda item: (item.cause.start, item.cause.name)))


def _all(story: Story, cleared: Sequence[Exclusion]) -> Iterator[Considered]:
    begin = story.first_event()
    spoken = set(story.narrative.own)
    for view in story.views:
        cleared_here = [exclusion.drug for exclusion in cleared if exclusion.start == view.start]
        for drug in cleared_here:
            yield _named(story, view, drug.mention.text, Answer.YES, drug, by_test=False)
        if cleared_here:
            continue
        for match in _FAMILY_HAS.finditer(view.masked):
            if any(g.concept and g.concept.id in story.events for g in view.named(match["events"])):
                yield from _listed(story, view, match.span("names"), Answer.NO, by_test=False, whole=True)
        if view.index not in spoken or not (story.has_event(view) or view.index > begin >= 0):
            continue
        if not _SPEAKS.search(view.masked):
            continue
        open_spans: list[tuple[int, int]] = []
        for compiled in _OPEN:
            for match in compiled.finditer(view.masked):
                open_spans.append(match.span())
                yield from _listed(story, view, match.span("names"), Answer.NO, by_test=False, leads=match.start("names") == match.start())
        for match in _FAMILY.finditer(view.masked):
            yield from _listed(story, view, match.span("names" if match["names"] else "names2"), Answer.YES, by_test=False, whole=True)
        for group, by_test in ((_BY_WORDS, False), (_BY_TESTS, True)):
            for compiled in group:
                for match in compiled.finditer(view.masked):
                    if not any(start < match.end() and match.start() < end for start, end in open_spans):
                        yield from _listed(story, view, match.span("names"), Answer.YES, by_test=by_test, leads=match.start("names") == match.start())


def _listed(
    story: Story, view: SentenceView, span: tuple[int, int], answer: Answer, *, by_test: bool, whole: bool = False, leads: bool = False
) -> Iterator[Considered]:
    """Yield each name of a list; the story's own drug, event and indication are none. Of a list that `leads` its clause, the first name is none where
    it is the object of what stands before ("had normal levels, and infection was excluded")."""
    position = span[0]
    of_before = not whole and view.masked[span[1] : span[1] + 1] == " " and _OBJECT.search(view.masked[: span[0]]) is not None
    pieces = [view.masked[span[0] : span[1]]] if whole else _PART.split(view.masked[span[0] : span[1]])
    own = {g.mention.text.lower() for other in story.views for g in other.kinds("E") if g.concept and g.concept.id in story.events}
    for number, piece in enumerate(pieces):
        start = view.masked.index(piece, position)
        position = start + len(piece)
        if number == 0 and of_before and leads:
            continue
        lead = _LEADING.match(piece)
        start += lead.end() if lead else 0
        name = view.masked[start:position].strip(" ()")
        named = [g for g in view.named(name) if g.concept]
        if (
            name in _EMPTY
            or name in own
            or _NO_CAUSE.search(name)
            or any(g.concept and (g.concept.id == story.drug or (g.concept.id in story.events and name.startswith("E"))) for g in named)
        ):
            continue
        whole_name = next((g for g in named if re.fullmatch(r"[DBE]\d+", name)), None)
        yield _named(story, view, _text(view, start, position), answer, whole_name, by_test=by_test)


def _text(view: SentenceView, start: int, end: int) -> str:
    last = view.offset(end - 1)
    placed = re.search(r"[DBE](\d+)$", view.masked[:end])
    stop = view.mentions[int(placed[1])].mention.end if placed else last + 1
    return " ".join(view.text[view.offset(start) - view.start : stop - view.start].split()).strip(" ,()")


def _named(story: Story, view: SentenceView, name: str, answer: Answer, grounding: Grounding | None, *, by_test: bool) -> Considered:
    cause = AlternativeCause(
        name=name,
        ruled_out=answer,
        start=view.start,
        end=view.end,
        text=story.document.text[view.start : view.end],
        concept=grounding.concept.id if grounding and grounding.concept else None,
    )
    return Considered(cause=cause, by_test=by_test)


def all_ruled_out(story: Story) -> SentenceView | None:
    """Return the sentence of the story that rules other causes out in general, None where there is none."""
    begin = story.first_event()
    return next(
        (
            view
            for view in story.own()
            if (view.index >= begin or story.has_event(view))
            and (match := _GENERAL_OUT.search(view.masked))
            and not _NOT_GENERAL.search(view.masked[max(0, match.start() - 20) : match.end()].replace("no other", ""))
        ),
        None,
    )


_RULED_OUT = re.compile(
    r"\b(?:excluded|ruled out|exclusion of|rule out|excluding|ruling out)\b"
    r"|\bno (?:[a-z]+ ){0,2}(?:personal|family|previous|prior|past|known)(?: (?:or|and|nor) [a-z]+)? (?:[a-z]+ )?history\b|\bno (?:[a-z]+ )?history of\b"
    r"|\bno other (?:[a-z]+ ){0,4}?(?:causes?|explanations?|etiolog\w+|aetiolog\w+|reasons?|drugs?|medications?|medicines?|"
    r"risk factors?|factors?|agents?|triggers?|predisposing)"
    r"|\bno (?:[a-z]+ ){0,2}(?:alternative|organic|underlying|infectious|obvious|identifiable|apparent) (?:[a-z]+ ){0,3}(?:causes?|"
    r"explanations?|etiolog\w+|aetiolog\w+|reasons?)"
    r"|\b(?:absence|lack) of (?:[a-z]+ ){0,3}(?:alternative|other) (?:[a-z]+ ){0,3}(?:causes?|explanations?|etiolog\w+|aetiolog\w+|"
    r"drugs?|medications?|factors?)"
    r"|\b(?:serolog\w+|cultures?|tests?|screening|screens?|work-?up|investigations?|markers?|antibodies|examinations?|viral studies|"
    r"hepatitis (?:[a-z]+ )?(?:serolog\w+|panel)|polymerase chain reaction|pcr)\b"
    r"[^;]{0,60}? (?:was|were|all|remained|proved) (?:[a-z]+ ){0,2}?(?:negative|normal|unremarkable|non-?contributory|unrevealing)"
    r"|\b(?:negative for|unremarkable for|no evidence of|no signs of|no sign of)\b"
)
_NOT_RULED_OUT = re.compile(
    r"\b(?:cannot|can not|could not|can't|couldn't|not|never|difficult to|impossible to) (?:[a-z]+ ){0,3}?(?:excluded|ruled out|"
    r"exclude|rule out|dismissed)|other (?:[a-z]+ ){0,2}causes? (?:[a-z]+ ){0,2}(?:remain|possible|likely)"
    r"|\balternative (?:[a-z]+ ){0,2}(?:causes?|explanations?) (?:[a-z]+ ){0,2}(?:found|identified|likely|possible|exist|remain)\w*|"
    r"\bconfound\w*\b|\bmay also have (?:contributed|caused|played)|\bcould also (?:explain|account|have)"
)


def alternative_cause(story: Story, cleared: Sequence[Exclusion], causes: Sequence[Considered]) -> Criterion:
    """Answer whether the text rules other causes out: by clearing other drugs (`cleared`), by history, tests or investigations after the event
    began, or in a sentence on the event; no where it leaves one open. The value names those ruled out, or those left open."""
    answer = _ruled_out(story, {exclusion.start for exclusion in cleared})
    left_open = [item.cause for item in causes if item.cause.ruled_out is Answer.NO]
    out = [item.cause for item in causes if item.cause.ruled_out is Answer.YES]
    chosen = left_open if left_open or answer.answer is Answer.NO else out
    if not chosen:
        return answer
    if answer.answer is Answer.UNKNOWN or (left_open and answer.answer is Answer.YES):
        answer = Criterion(answer=Answer.NO if left_open else Answer.YES, start=chosen[0].start, end=chosen[0].end, text=chosen[0].text)
    return replace(answer, value="; ".join(cause.name for cause in chosen))


def _ruled_out(story: Story, cleared: set[int]) -> Criterion:
    first_event = story.first_event()
    found: Criterion | None = None
    for view in story.own():
        about = story.has_event(view)
        if _NOT_RULED_OUT.search(view.masked) and (about or view.index >= first_event >= 0) and view.start not in cleared:
            return story.answer(Answer.NO, view)
        if found is None and _RULED_OUT.search(view.masked) and (about or view.index > first_event >= 0):
            found = story.answer(Answer.YES, view)
    if found:
        return found
    return next((story.answer(Answer.YES, view) for view in story.views if view.start in cleared), Criterion())
