"""Sentences that clear a drug of an event.

Owns the wording of exclusion ("the role of X can be excluded", "improved despite continued X"). Refuses to say which event a document
suspects: the caller names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from litkg.model import Grounding, SectionKind
from litkg.nlp.cases.events import Clusters
from litkg.nlp.cases.view import SentenceView, pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A sentence that clears a drug of an event; `reason` is the text that says why, or that says so. `start` and `end` span the sentence.

    The mention of `event` is the sentence's own where it has one, but its concept is that of the suspected event where both are one event,
    so that the refutation meets the suspicion; where the sentence names no event, the mention is one of a suspicion elsewhere.
    """

    drug: Grounding
    event: Grounding
    start: int
    end: int
    section: SectionKind
    reason: str


NEGATION = re.compile(
    r"\b(?:no|not|never|without|nor|neither|cannot|lack of|absence of|failed to|fails to|n't|unrelated|unlikely|rather than|no evidence)\b|n't\b"
)
_CLEARED = r"(?:excluded|ruled out|dismissed|eliminated|discarded|exonerated|ruled-out)"
_BE = r"(?:can|could|may|might|was|were|is|are|has been|have been|would be)"
_EXCLUSIONS: tuple[re.Pattern[str], ...] = tuple(
    pattern(source)
    for source in (
        (
            r"(?:role|involvement|responsibility|implication|imputability|contribution|influence|"
            rf"effect) of <G4><DL> (?:in <G4><E> )?<GC6>{_BE} (?P<clear><G4>{_CLEARED})"
        ),
        rf"<DL> (?:therapy |treatment |use )?(?:as <G4>cause <GC6>)?{_BE} (?P<clear><G3>{_CLEARED})",
        (
            r"<DL>,? <GC6>(?:unlikely|improbable|not likely) <G6>(?:cause|culprit|responsible|contribut|explain|account|role|agent|to have|"
            r"factor|implicated|involved)\w*"
        ),
        r"unlikely that <G4><DL>",
        (
            r"<DL> <GC4>(?:could|can|did|does|do|would|should)(?: not|n't| hardly) <G3>(?:account|explain|be responsible|have caused|cause|"
            r"be the cause|be implicated|induce|contribute|"
            r"be incriminated|be involved|be blamed|be held|play)\w*"
        ),
        (
            r"<DL> <GC4>cannot <G3>(?:account|explain|be responsible|have caused|cause|be the cause|be implicated|induce|contribute|"
            r"be incriminated|be involved|be blamed|be held|play)\w*"
        ),
        (
            r"<DL>,? <GC4>(?:was|were|is|are) (?:therefore |thus |probably |clearly )?not <G3>(?:responsible|the cause|the culprit|"
            r"implicated|involved|suspected|incriminated|to blame|the causative)"
        ),
        (
            r"(?:exclud\w+|rul\w+ out|argu\w+ against|speak\w* against|spoke against|against|no evidence for) <G4>(?:role|involvement|"
            r"responsibility|implication|contribution|toxicity|effect) "
            r"(?:of|for|by) <G4><DL>"
        ),
        r"(?:exclud(?:es|ed|ing)?|rul(?:es|ed|ing)? out|exonerat(?:es|ed|ing)|argu(?:es|ed|ing) against|speaks? against) <G3><DL> as ",
    )
)
_CONTINUED = (
    pattern(
        r"(?:despite|in spite of|notwithstanding|even with|under) <G3>(?:continuation|continued|continuing|maintenance|maintained|"
        r"persistence|persistent|ongoing|unchanged) <G5><DL>"
    ),
    pattern(
        r"(?:despite|in spite of|although|while|whereas|even though) <G3><DL> <G3>(?:was|were|being|having been) <G2>(?:continued|maintained|kept|unchanged)"
    ),
)
_BETTER = re.compile(r"improv|resol[vu]|disappear|subsid|regress|abat|remit|recover|cleared|normali[sz]|vanish|no recurrence|not recur|did not reappear")
_REASON = re.compile(r"\b(?:because|since|as|given(?: that)?|for the reason that|in view of) (?P<reason>.+)$")


def exclusion_matches(view: SentenceView) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the matches that clear drugs (group `drugs`), with whether improvement under continued use is what clears them."""
    for compiled in _EXCLUSIONS:
        for match in compiled.finditer(view.masked):
            clear = match.groupdict().get("clear")
            lead = view.masked[max(0, match.start() - 30) : match.start()]
            if (clear and NEGATION.search(clear)) or re.search(r"\b(?:not|cannot|hardly|impossible to|difficult to) (?:be |to )?(?:completely )?$", lead):
                continue
            yield match, False
    if _BETTER.search(view.masked):
        for compiled in _CONTINUED:
            for match in compiled.finditer(view.masked):
                yield match, True


def sentence_exclusions(view: SentenceView, *, clusters: Clusters, suspected: frozenset[str], case_event: Grounding | None) -> Iterator[Exclusion]:
    """Yield the drugs that one sentence clears, each with the event of its own clause, else `case_event`; none where no event is known."""
    seen: set[str] = set()
    for match, continued in exclusion_matches(view):
        events = [g for g in view.kinds("E") if g.concept and g.concept.id in suspected]
        if not events and not continued:
            after = view.named("".join(re.findall(r"E\d+", view.masked[match.end() :])[:1]))
            clause = re.match(r"[^,;]{0,40}", view.masked[match.end() :])
            events = [g for g in after if clause and re.search(r"E\d", clause[0])]
        if continued and not events and re.search(r"E\d", view.masked):
            continue
        event = next((g for g in events if case_event and clusters.same(g, case_event)), None) or (events[0] if events else case_event)
        if event is None:
            continue
        if case_event is not None and event.concept != case_event.concept and clusters.same(event, case_event):
            event = replace(event, concept=case_event.concept, reasons=(*event.reasons, "one event with the suspected one"))
        reason = _REASON.search(view.masked, match.end())
        start, end = (view.offset(reason.start("reason")), view.end) if reason else (view.offset(match.start()), view.offset(match.end()))
        for drug in view.named(match["drugs"]):
            if drug.concept is None or drug.concept.id in seen or drug.concept.id == (event.concept.id if event.concept else ""):
                continue
            seen.add(drug.concept.id)
            yield Exclusion(
                drug=drug,
                event=event,
                start=view.start,
                end=view.end,
                section=view.section,
                reason=" ".join(view.text[start - view.start : end - view.start].split()).rstrip("."),
            )
