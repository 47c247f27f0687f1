"""Case reports: one patient's drug and adverse event, with an answer per causality criterion and the text that gives it.

Owns which drug and event of a document make a case, and the three calls of the stage. The questions are those of Naranjo et al. 1981
(Clin Pharmacol Ther 30:239, table 1) and of the WHO-UMC causality categories. The wording lives in `litkg.nlp.cases`. Pure: text,
sentences and groundings in, records out; no model is needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from litkg.model import CaseReport, Certainty, Document, Grounding, SectionKind, content_id
from litkg.nlp.cases.alternatives import alternative_cause, considered_causes
from litkg.nlp.cases.causality import naranjo_items
from litkg.nlp.cases.challenges import dechallenge, rechallenge
from litkg.nlp.cases.course import arising, in_use, turns
from litkg.nlp.cases.doses import dose
from litkg.nlp.cases.events import Clusters, cluster_events, most_named
from litkg.nlp.cases.exclusion import Exclusion, sentence_exclusions
from litkg.nlp.cases.narrative import Narrative, is_case, tell
from litkg.nlp.cases.onset import time_order
from litkg.nlp.cases.outcomes import outcome
from litkg.nlp.cases.seriousness import seriousness
from litkg.nlp.cases.story import Story, given_again, stops
from litkg.nlp.cases.suspicion import Suspicion, given_biologics, scale_certainty, sentence_suspicions
from litkg.nlp.cases.treatment import treatment
from litkg.nlp.cases.view import SentenceView, kind_of, pattern, views

__all__ = ["Exclusion", "Suspicion", "find_case_reports", "find_exclusions", "find_suspicions"]


_SUSPECT_ONLY = pattern(
    r"<DL>,? <GC10>(?:suspected|incriminated|implicated|blamed|culprit|offending|causative|responsible|side[- ]effect|"
    r"adverse (?:drug )?(?:effect|reaction|event))\b"
    r"|(?:suspected|offending|culprit|causative|incriminated) (?:drug|agent|medication),? (?P<named>[DB]\d+)"
)
_HAD_BEFORE = pattern(
    r"(?:for|to treat|treatment of|treated for|against|because of|history of|known|underlying|pre-existing|diagnosed (?:with|"
    r"as having)|diagnosis of|suffering from|affected by|treat|"
    r"(?P<person>(?:patient|man|woman|boy|girl|child|infant|male|female|patients) with)) (?:the )?(?:treatment of |management of )?<G4><EL>"
)
_ANNOUNCES = re.compile(r"(?:[a-z: ,]+ )?(?:we|i) (?:here |herein )?(?:report|describe|present)\b")
_THAT_CAME = re.compile(r",? (?:that|which) (?:[a-z]+ ){0,2}?(?:developed|began|begun|appeared|erupted|occurred|arose|arisen|started|followed|came)\b")
_PATIENTS_OF = pattern(r"(?P<events>E\d+) (?:patients?|man|woman|boy|girl|child|infant)\b")
_AFTER = re.compile(r"\b(?:after|following|on|upon|since|when|with|by) (?:[a-z]+ ){0,2}$")
_VERDICT = re.compile(
    r"\b(?:certain|definite|probable|likely|possible|doubtful)\"? (?:[a-z]+ ){0,2}?(?:link|relationship|relation|association|"
    r"connection|causality|adverse (?:drug )?reaction)\b"
)
_LONG_STORY = 400
_OTHERS_OUT = re.compile(
    r"\b(?:these|all|the|other) (?:[a-z]+ ){0,3}(?:causes|drugs|factors|medications|agents|possibilities) (?:[a-z]+ ){0,4}(?:were|"
    r"could be|can be|have been) (?:ruled out|excluded)"
)


def find_suspicions(document: Document, sentences: Sequence[tuple[int, int, SectionKind]], groundings: Sequence[Grounding]) -> tuple[Suspicion, ...]:
    """Return what the document suspects, sentence by sentence in text order: a drug as the cause of an event, with certainty and negation.

    A sentence that names a category of a causality scale, but not both drug and event, speaks of the drug and event suspected most often.
    """
    sentence_views = views(document, sentences, groundings)
    return _suspicions(sentence_views)


def find_exclusions(document: Document, sentences: Sequence[tuple[int, int, SectionKind]], groundings: Sequence[Grounding]) -> tuple[Exclusion, ...]:
    """Return the drugs that the document clears, in text order, each with the event that it is cleared of: the one of its own clause, else
    the event that the document suspects most often. A drug whose event is not known is left out."""
    sentence_views = views(document, sentences, groundings)
    suspicions = _suspicions(sentence_views)
    return _exclusions(sentence_views, suspicions, _clusters(sentence_views))


def find_case_reports(document: Document, sentences: Sequence[tuple[int, int, SectionKind]], groundings: Sequence[Grounding]) -> tuple[CaseReport, ...]:
    """Return one case report a suspected drug and event of the document's own patients, sorted by id; none where no patient is described.

    Where the text suspects a drug in causal words ("X-induced E"), events that only follow it in time ("E after X") are taken as
    manifestations of the named event. Event mentions that speak of one event (see `litkg.nlp.cases.events`) are one case, named by the concept
    that the suspicions name most often. A series of patients with the same drug and event is one case report, with the first answer
    that the text gives.
    """
    sentence_views = views(document, sentences, groundings)
    if not is_case(sentence_views):
        return ()
    narrative = tell(sentence_views)
    clusters = _clusters(sentence_views)
    suspicions = _suspicions(sentence_views)
    exclusions = _exclusions(sentence_views, suspicions, clusters)
    cleared = {(e.drug.concept.id, clusters.of(e.event)) for e in exclusions if e.drug.concept}
    own = [
        s
        for s in suspicions
        if not s.negated and s.sentence not in narrative.other and s.drug.concept and (s.drug.concept.id, clusters.of(s.event)) not in cleared
    ]
    indications = _indications(sentence_views, own, clusters)
    told = narrative.told | {view.index for view in sentence_views if view.section is SectionKind.TITLE}
    named = {clusters.of(g) for index in told for g in sentence_views[index].mentions}
    own = [s for s in own if s.drug.concept and {clusters.of(s.event), clusters.of(s.drug)} <= named]
    own = [s for s in own if s.causal or clusters.of(s.event) not in indications]
    own = _without_bystanders(own, clusters)
    own += _told_suspicions(document, sentence_views, narrative, own, indications, clusters)
    reports = []
    for drug in dict.fromkeys(s.drug.concept.id for s in own if s.drug.concept):
        of_drug = [s for s in own if s.drug.concept and s.drug.concept.id == drug]
        causal = [s for s in of_drug if s.causal]
        loose = {s.event.concept.id for s in of_drug if not s.causal and s.event.concept}
        near = _near(narrative, sentence_views, drug)
        chosen = causal or [s for s in of_drug if s.sentence in narrative.told]
        for event in dict.fromkeys(clusters.of(s.event) for s in chosen):
            concepts = [s.event.concept for s in chosen if clusters.of(s.event) == event and s.event.concept]
            events = frozenset(concept for concept, leader in clusters.leader.items() if leader == event) | {event}
            story = Story(
                document=document,
                views=sentence_views,
                narrative=near,
                drug=drug,
                events=events | (loose if causal else frozenset()),
                indications=indications,
                clusters=clusters,
            )
            story = _of_patients(story)
            others = [e for e in exclusions if clusters.of(e.event) == event and e.drug.concept and e.drug.concept.id != drug]
            reports.append(_report(story, most_named(concepts).id, others))
    return tuple(sorted(reports, key=lambda report: report.id))


def _without_bystanders(suspicions: list[Suspicion], clusters: Clusters) -> list[Suspicion]:
    """Return the suspicions without those drugs that only stand in a list ("taking A, B and C") with one that is blamed for the event."""
    blamed = {(s.drug.concept.id, clusters.of(s.event)) for s in suspicions if s.causal and s.drug.concept}
    beside = {(s.sentence, clusters.of(s.event)) for s in suspicions if not s.causal and s.drug.concept and (s.drug.concept.id, clusters.of(s.event)) in blamed}
    events = {event for _, event in blamed}
    alone = {(s.sentence, clusters.of(s.event)): 0 for s in suspicions if not s.causal}
    for s in suspicions:
        if not s.causal:
            alone[s.sentence, clusters.of(s.event)] += 1
    return [
        s
        for s in suspicions
        if s.causal
        or (s.drug.concept and (s.drug.concept.id, clusters.of(s.event)) in blamed)
        or clusters.of(s.event) not in events
        or ((s.sentence, clusters.of(s.event)) not in beside and alone[s.sentence, clusters.of(s.event)] == 1)
    ]


def _told_suspicions(
    document: Document, sentence_views: Sequence[SentenceView], narrative: Narrative, known: list[Suspicion], indications: frozenset[str], clusters: Clusters
) -> list[Suspicion]:
    """Return a suspicion for each drug that the story stops, reduces or gives again after an event that arose under it, where no sentence says so.

    The drug must be in use before the event arises, at most three sentences off, and no known suspicion may name a cause of the event.
    """
    explained = {clusters.of(s.event) for s in known}
    found: dict[tuple[str, str], Suspicion] = {}
    told = [sentence_views[index] for index in narrative.own]
    drugs = {g.concept.id: g for view in told for g in view.kinds("D") if g.concept}
    for drug_id, drug in drugs.items():
        base = Story(
            document=document, views=tuple(sentence_views), narrative=narrative, drug=drug_id, events=frozenset(), indications=indications, clusters=clusters
        )
        changed = [view.index for view in told if stops(base, view) is not None or given_again(base, view) is not None]
        used = [view.index for view in told if any(in_use(base, view))]
        if not changed or not used:
            continue
        for view in told:
            if not (used[0] <= view.index <= changed[-1] and any(0 <= view.index - index <= 3 for index in used)):
                continue
            stop = stops(base, view)
            if stop and _AFTER.search(view.masked[: stop[0]]) and not any(better for _, better, _ in turns(base, view)):
                continue
            for event in arising(view):
                if any(
                    clusters.same(g, event)
                    for earlier in told
                    if earlier.index < used[0] and earlier.index not in narrative.announcing
                    for g in earlier.kinds("E")
                ):
                    continue
                pair = (drug_id, clusters.of(event))
                if pair[1] in indications or pair[1] in explained or pair in found or event.concept is None:
                    continue
                found[pair] = Suspicion(
                    drug=drug,
                    event=event,
                    start=view.start,
                    end=view.end,
                    section=view.section,
                    certainty=Certainty.POSSIBLE,
                    negated=False,
                    causal=False,
                    worsened=False,
                    sentence=view.index,
                )
    return list(found.values())


def _of_patients(story: Story) -> Story:
    """Return the story of those patients who had the drug and the event, where the text tells of several."""
    patients = story.narrative.patients
    if not patients:
        return story
    named = [patient for patient in patients if any(g.concept and g.concept.id == story.drug for index in patient for g in story.views[index].kinds("DB"))]
    with_event = [patient for patient in named if any(story.has_event(story.views[index]) for index in patient)]
    first = min(min(patient) for patient in patients)
    if any(g.concept and g.concept.id == story.drug for view in story.views[:first] for g in view.kinds("DB")):
        with_event = [patient for patient in patients if any(story.has_event(story.views[index]) for index in patient)]
    if not named and not with_event:
        return story
    chosen = frozenset(index for patient in with_event or named for index in patient)
    own = tuple(index for index in story.narrative.own if index in chosen or index < first)
    return replace(story, narrative=replace(story.narrative, own=own, told=frozenset(own)))


def _near(narrative: Narrative, sentence_views: Sequence[SentenceView], drug: str) -> Narrative:
    """Return the story as it is, or in a very long document its part within 25 sentences of the drug's name, at most 400 sentences."""
    if len(narrative.own) <= _LONG_STORY:
        return narrative
    named = [view.index for view in sentence_views if any(g.concept is not None and g.concept.id == drug for g in view.mentions)]
    close = {index for place in named[:_LONG_STORY] for index in range(place - 25, place + 26)}
    own = tuple(index for index in narrative.own if index in close)[:_LONG_STORY]
    return replace(narrative, own=own, told=frozenset(own))


def _report(story: Story, event: str, cleared: list[Exclusion]) -> CaseReport:
    order, onset = time_order(story)
    stopped, again = dechallenge(story), rechallenge(story)
    if stopped.start is not None and stopped.value == "improved":
        story = replace(story, told_by=next(view.index for view in story.own() if view.start == stopped.start))
    treated = treatment(story)
    ended = outcome(story, dechallenge=stopped)
    causes = considered_causes(story, cleared)
    return CaseReport(
        id=content_id("case", story.document.id, story.drug, event),
        document_id=story.document.id,
        drug=story.drug,
        event=event,
        temporal_order=order,
        dechallenge=stopped,
        rechallenge=again,
        alternative_cause_ruled_out=alternative_cause(story, cleared, causes),
        dose=dose(story),
        time_to_onset=onset,
        seriousness=seriousness(story, outcome=ended),
        treatment=treated,
        outcome=ended,
        alternative_causes=tuple(item.cause for item in causes),
        naranjo=naranjo_items(story, order=order, dechallenge=stopped, rechallenge=again, treatment=treated, causes=causes),
    )


def _clusters(sentence_views: Sequence[SentenceView]) -> Clusters:
    return cluster_events(grounding for view in sentence_views for grounding in view.mentions if kind_of(grounding) == "E")


def _suspicions(sentence_views: Sequence[SentenceView]) -> tuple[Suspicion, ...]:
    given = given_biologics(sentence_views)
    found = [suspicion for view in sentence_views for suspicion in sentence_suspicions(view, given=given)]
    found = _judged(found, sentence_views)
    main = _main(found)
    if main is None:
        return tuple(found)
    spoken = {suspicion.sentence for suspicion in found}
    for view in sentence_views:
        certainty = scale_certainty(view.masked)
        named = _SUSPECT_ONLY.search(view.masked)
        if view.index in spoken or (certainty is None and named is None):
            continue
        drugs = [g for g in view.kinds("DB") if g.concept]
        if named and certainty is None:
            same = [g for g in view.named(named["drugs"] or named["named"]) if g.concept and main.drug.concept and g.concept.id == main.drug.concept.id]
            if not same or view.kinds("E"):
                continue
            certainty = Certainty.POSSIBLE
        if certainty is None or (drugs and not any(g.concept == main.drug.concept for g in drugs)):
            continue
        found.append(
            replace(
                main, start=view.start, end=view.end, section=view.section, certainty=certainty, negated=False, causal=True, worsened=False, sentence=view.index
            )
        )
    return tuple(sorted(found, key=lambda suspicion: (suspicion.start, suspicion.drug.mention.start, suspicion.event.mention.start)))


def _judged(found: list[Suspicion], sentence_views: Sequence[SentenceView]) -> list[Suspicion]:
    """Return the suspicions, those that merely name the pair ("X-associated E") no surer than the document's own verdict on it."""
    clusters = _clusters(sentence_views)
    verdicts: dict[tuple[str, str], Certainty] = {}
    for s in found:
        masked = sentence_views[s.sentence].masked
        if s.drug.concept and not s.negated and (scale_certainty(masked) or _VERDICT.search(masked)):
            verdicts.setdefault((s.drug.concept.id, clusters.of(s.event)), s.certainty)
    return [
        replace(s, certainty=verdicts.get((s.drug.concept.id, clusters.of(s.event)), s.certainty))
        if s.drug.concept and s.certainty is Certainty.ASSERTED and not s.negated
        else s
        for s in found
    ]


def _main(suspicions: Sequence[Suspicion]) -> Suspicion | None:
    """Return the suspicion whose drug and event come most often, causal wording first; None where there is none."""
    positive = [s for s in suspicions if not s.negated and s.drug.concept and s.event.concept]
    pool = [s for s in positive if s.causal] or positive
    counts: dict[tuple[str, str], int] = {}
    for s in pool:
        if s.drug.concept and s.event.concept:
            key = (s.drug.concept.id, s.event.concept.id)
            counts[key] = counts.get(key, 0) + 1
    return max(pool, key=lambda s: counts[(s.drug.concept.id, s.event.concept.id)] if s.drug.concept and s.event.concept else 0, default=None)


def _exclusions(sentence_views: Sequence[SentenceView], suspicions: Sequence[Suspicion], clusters: Clusters) -> tuple[Exclusion, ...]:
    main = _main(suspicions)
    suspected = frozenset(s.event.concept.id for s in suspicions if s.event.concept)
    leaders = {clusters.leader.get(event, event) for event in suspected}
    suspected |= {concept for concept, leader in clusters.leader.items() if leader in leaders}
    event = main.event if main else None
    found: list[Exclusion] = []
    for view in sentence_views:
        found.extend(sentence_exclusions(view, clusters=clusters, suspected=suspected, case_event=event))
        if main and _OTHERS_OUT.search(view.masked):
            before = [
                s for s in suspicions if view.index - 4 < s.sentence < view.index and s.drug.concept != main.drug.concept and clusters.same(s.event, main.event)
            ]
            found.extend(
                Exclusion(drug=s.drug, event=s.event, start=view.start, end=view.end, section=view.section, reason=" ".join(view.text.split())) for s in before
            )
    return tuple(found)


def _indications(sentence_views: Sequence[SentenceView], suspicions: Sequence[Suspicion], clusters: Clusters) -> frozenset[str]:
    """Return the events that the patient had before or was treated for, less those that the text suspects in causal words."""
    causal = {clusters.of(s.event) for s in suspicions if s.causal}
    found: set[str] = set()
    for view in sentence_views:
        for compiled in (_HAD_BEFORE, _PATIENTS_OF):
            for match in compiled.finditer(view.masked):
                if re.search(r"\bno\b", view.masked[max(0, match.start() - 25) : match.start()]):
                    continue
                if match.groupdict().get("person") and (_ANNOUNCES.match(view.masked) or _THAT_CAME.match(view.masked, match.end())):
                    continue
                found.update(clusters.of(g) for g in view.named(match["events"]))
    return frozenset(found - causal)
