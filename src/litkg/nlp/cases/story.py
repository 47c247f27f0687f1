"""One drug and one event in one patient's story, and what happens to them in a sentence: the drug is stopped or given again, the event changes.

Owns the wording of stopping, of giving again and of change. Refuses to answer a question: `litkg.nlp.cases.challenges` and its neighbours do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litkg.model import Answer, Criterion, Document
from litkg.nlp.cases.events import Clusters
from litkg.nlp.cases.narrative import Narrative
from litkg.nlp.cases.view import SentenceView, pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One drug and one event in one patient's story. `events` are the concept ids that count as the event, `indications` those of what the
    drug was given for or what the patient had before. `told_by` is a sentence by which the event has begun although it is named later only
    ("these problems resolved ... she had lupus"), -1 where there is none."""

    document: Document
    views: tuple[SentenceView, ...]
    narrative: Narrative
    drug: str
    events: frozenset[str]
    indications: frozenset[str]
    clusters: Clusters
    told_by: int = -1

    def own(self) -> Iterator[SentenceView]:
        """Yield the views of the patient's story, in order."""
        return (self.views[index] for index in self.narrative.own)

    def first_event(self) -> int:
        """Return the index of the first sentence of the story that names the event, after its announcement, or by which it is known to have begun; -1
        where there is none."""
        named = next((view.index for view in self.own() if view.index not in self.narrative.announcing and self.has_event(view)), -1)
        return self.told_by if self.told_by >= 0 and not 0 <= named < self.told_by else named

    def has_event(self, view: SentenceView) -> bool:
        """Say whether the sentence names the event."""
        return any(g.concept is not None and g.concept.id in self.events for g in view.kinds("E"))

    def answer(self, answer: Answer, first: SentenceView, last: SentenceView | None = None, *, value: str | None = None) -> Criterion:
        """Return an answer with the sentence, or the run of sentences, that gives it."""
        end = (last or first).end
        return Criterion(answer=answer, start=first.start, end=end, text=self.document.text[first.start : end], value=value)


_SUSPECTED = r"(?:suspected|offending|causative|causal|incriminated|culprit|responsible|implicated|presumed|likely)"
_PLAIN_DRUG = (
    r"(?:drugs?|medications?|medicines?|medicaments?|agents?|treatments?|therapy|therapies|infusions?|antibiotics?|regimen|"
    r"injections?|biologics?|compounds?|inhibitors?|antagonist|"
    r"vaccine|statins?|antidepressants?|anticonvulsants?|antiepileptics?|chemotherapy|product|preparation|opioids?|steroids?|"
    r"antipsychotics?|neuroleptics?|patch|tablets?|pills?|contraceptives?|syrup|drops|cream|ointment|gel|spray|dose|dosage)"
)
_IT = (
    rf"(?P<it>(?:the|this|that|both|all|these|her|his|any) (?:(?:{_SUSPECTED}|new|newly|same|oral|intravenous|of|the|other|"
    rf"last) ){{0,3}}{_PLAIN_DRUG}|(?:the|this) (?!other|concomitant|remaining|psychotropic|additional|"
    rf"supportive)(?:[a-z-]+ ){{1,2}}(?:drug|agent|antibiotic|inhibitor|antagonist|agonist|therapy|treatment|medication|infusion)|"
    rf"treatment|therapy|medication|medications|it|drug(?= (?:withdrawal|discontinuation|cessation))|{_SUSPECTED} (?:drugs?|agents?))"
)
WHO = rf"(?:<DL>|\b{_IT}\b)"
_NOT_STOPPED = re.compile(
    r"\b(?:not|despite|without|never|before|prior to|of|until)\b(?: (?:the|an?|any|all|his|her|full|complete|sudden|abrupt|to|yet|having|be))* $"
)
_TIME_OF = re.compile(r"(?:hours?|days?|weeks?|months?) of $")
_END_VERB = (
    r"(?:discontinued|stopped|withdrawn|ceased|suspended|interrupted|tapered|withheld|held|removed|halted|switched|replaced|changed|left out|skipped|"
    r"missed|halted|"
    r"substituted|terminated|omitted|weaned|stopped taking)(?! for (?!an? |\d|one|two|three|four|some|several))"
)
_LESS = r"(?:reduced|lowered|decreased|halved|tapered|diminished|cut|brought down)"
_STOPS = tuple(
    pattern(source)
    for source in (
        rf"{WHO}(?: (?:therapy|treatment|administration|use|infusion|tablets))?(?:, [^,;]{{0,90}}?,)?,? <GC9>(?P<verb>{_END_VERB})\b",
        rf"(?P<verb>substituted for|exchanged for|switched from|changed from|replacing|replacement of|instead of|in place of) <G3>{WHO}",
        rf"{WHO} (?:dose|dosage|doses|daily dose)?,? ?<GC4>(?P<verb>{_LESS})\b",
        rf"(?:dose|dosage|doses) of <G3>{WHO} <GC5>(?P<verb>{_LESS})\b",
        (
            r"(?P<verb>discontinu(?:ation|ance|ing)|withdrawal|withdrawing|cessation|stopping|stoppage|suspension|suspending|removal|"
            r"withholding|interruption|interrupting|termination|ceasing|"
            rf"change (?:of|in)|tapering|omission|reduction|reducing|lowering|halving|substitution|substituting|elimination) (?:of |in )?<G5>{WHO}"
        ),
        (
            rf"{WHO}(?:'s)?(?: (?:therapy|treatment))? (?P<verb>discontinuation|withdrawal|cessation|suspension|interruption|dose reduction|"
            r"dosage reduction|reduction|removal|stop)\b"
        ),
        (
            r"(?P<verb>stopped|discontinued|ceased|withdrew|suspended|interrupted|halved|reduced|lowered|tapered|decreased|withheld|removed|"
            r""
            rf"quit|self-discontinued|holding|(?:told|advised|asked|decided|instructed|agreed|persuaded) to (?:stop|discontinue|give up)) (?:taking |"
            rf"using |receiving )?<G4>{WHO}"
        ),
    )
)
_NO_STOP = re.compile(r"\b(?:not|never|without|no|despite|refused|n't|before|prior to|continu(?:ed|ation|ing)|until|should|must|requires?|need)\b")
RE = (
    r"\b(?:re-?introduc\w*|re-?start\w*|re-?administ\w*|re-?expos\w*|re-?challeng\w*|re-?institut\w*|re-?initiat\w*|re-?treat\w*|"
    r"resum(?:ed|ing|ption)|re-?instat\w*|re-?prescri\w*|re-?commenc\w*|"
    r"(?:given|taken|administered|started|prescribed|tried|received|took|used) (?:once )?again|second (?:exposure|challenge)|tr(?:y|ied|ying) (?:it|"
    r"the drug|this) again|"
    r"oral provocation|provocation test\w*|challenge test\w*|oral challenge)"
)
_RE_OF_DRUG = (
    pattern(rf"{WHO} <GC8>{RE}"),
    pattern(rf"{RE} <G6>{WHO}"),
    pattern(rf"{RE}[,;]? <G6>{WHO}"),
    pattern(r"(?:gave|given|prescribed|took|taken|received|used|tried|administered|started) <G3><DL>(?P<it>) <G4>(?:again|once more|a second time)\b"),
    pattern(r"\b(?:each|every) (?:time|occasion|one|episode|infusion|dose|course|injection|tablet|cycle|exposure)\b[^.;]{0,40}?<DL>(?P<it>)"),
)
_RE_WORD = re.compile(RE)
_CHALLENGE = re.compile(r"\bre-?challeng|\bre-?expos|\bprovocation|challenge test|oral challenge")
_BETTER = (
    r"(?:improv(?:ed?|es|ing|ements?)|resol(?:ved?|ves|ving|ution)|disappear(?:ed|s|ing|ance)?|subsid(?:ed?|es|ing)|regress(?:ed|ion)|"
    r"abat(?:ed?|ing)|remit(?:ted)?|remission|recover(?:ed|y)?|"
    r"clear(?:ed|ing|ance)|normali[sz](?:ed|ation)|vanish(?:ed)?|healed|faded|lessened|diminished|decreased|declined|ceased|stopped|"
    r"reversed|reversible|returned to (?:normal|baseline|within)|"
    r"back to normal|gone|ameliorat(?:ed|ion)|attenuated|relieved|suppressed|settled|eased|fell|dropped|weaned off|asymptomatic|"
    r"symptom[- ]free|free of symptoms|reduced|regain(?:ed)?|alleviated|abolished)"
)
_GENERIC = (
    r"(?:(?:the|his|her|these|all|all of the|all of these|this|those|their|clinical|psychiatric|neurological|skin|cutaneous|"
    r"presenting|such|adverse|side) (?:[a-z'-]+ ){0,3}?)?"
    r"(?:symptoms?|symptomatology|signs|lesions?|rash|reactions?|condition|abnormalit(?:y|ies)|complaints?|episodes?|"
    r"side[- ]effects?|adverse (?:effects?|events?|reactions?)|manifestations?|"
    r"problems?|attacks?|clinical picture|state|disorder|movements|values|levels|enzymes|tests|function|count|counts|findings|"
    r"toxicity|hallucinations|behaviou?r|injury|eruption)"
)
_PATIENT = r"\b(?:(?:the|our|this) (?:patient|child|infant|boy|girl|man|woman|baby|newborn|neonate)|he|she|patient)"
_STATE = tuple(
    pattern(source)
    for source in (
        rf"(?P<what><EL>)(?:'s)?,? <GC9>(?P<verb>{_BETTER})\b",
        rf"(?P<verb>{_BETTER}) (?:of|in|from) <G7>(?P<what><EL>|{_GENERIC})",
        (
            r"(?P<verb>resolved|ameliorated|reversed|improved|abolished|relieved|alleviated|eliminated|cleared|stopped|"
            rf"reduced) (?:[a-z]+ ){{0,4}}?(?P<what><EL>|{_GENERIC})"
        ),
        rf"\b(?P<what>{_GENERIC}) <GC8>(?P<verb>{_BETTER})\b",
        (
            rf"{_PATIENT}(?:'s)?(?P<what>)(?: condition| status| state| general condition)? <GC5>(?P<verb>improved|recovered|asymptomatic|"
            r"symptom[- ]free|recovering|better|recovery|remission|returned to|free of)\b"
        ),
        (
            r"(?P<what>)(?:followed by|with|led to|resulted in|leading to|resulting in|allowed) <G4>(?P<verb>improvement|resolution|"
            r"recovery|disappearance|regression|remission|normali[sz]ation)\b"
        ),
        r"(?P<what><EL>) <GC8>(?P<verb>respond(?:ed|ing)) to <G3>(?:discontinu|withdr|cessation|stopping|dose reduction)",
        (
            r"(?P<what>)(?P<verb>returned to (?:normal|baseline|pre[a-z-]+|within)|normali[sz](?:ed|ation)|back to normal|(?:full|complete|"
            r"rapid|uneventful|spontaneous|gradual|prompt) (?:[a-z]+ )?(?:recovery|resolution|"
            r"remission|regression|disappearance|improvement))\b"
        ),
    )
)
_WORSE = tuple(
    pattern(source)
    for source in (
        r"(?P<what><EL>) <GC6>(?P<verb>persist(?:ed|s|ing)|continued|worsened|progressed|remained|deteriorated|unchanged|irreversible|persistence)\b",
        rf"\b(?P<what>{_GENERIC}) <GC6>(?P<verb>persist(?:ed|s|ing)|continued|worsened|progressed|remained unchanged|deteriorated|unchanged|irreversible)\b",
        rf"{_PATIENT}(?P<what>) <GC4>(?P<verb>died|deteriorated|worsened|expired|succumbed)\b",
        (
            r"(?P<what>)(?P<verb>no (?:[a-z]+ ){0,2}(?:improvement|change|recovery|resolution|benefit|effect on)|"
            r"without (?:[a-z]+ ){0,2}(?:improvement|recovery|resolution))"
        ),
    )
)
_DRUG_WORD = re.compile(rf"\b{_PLAIN_DRUG} (?:was|were|had|has|is)\b")
_NOT = re.compile(r"\b(?:not|no|never|without|n't|failed|fails|neither|hardly|little|incomplete(?:ly)?)\b")
_OF_EVENT = re.compile(r" (?:of|from|in) (?:[a-z]+ ){0,3}(E\d+)")


def is_drug(story: Story, view: SentenceView, match: re.Match[str]) -> bool:
    """Say whether the drug that a match speaks of is the story's: by name, or by "the drug", "it", "treatment" where the nearest drugs
    named before are, or by "the offending drug", "all drugs"."""
    if match["drugs"]:
        return any(g.concept is not None and g.concept.id == story.drug for g in view.named(match["drugs"]))
    word = match["it"]
    if re.search(rf"{_SUSPECTED}|^(?:both|all)\b", word):
        return True
    if "other" in word:
        return False
    before = view.named("".join(re.findall(r"[DB]\d+", view.masked[max(0, match.start("it") - 400) : match.start("it")])))
    for back in range(5):
        ids = {g.concept.id for g in before if g.concept}
        if ids:
            return story.drug in ids
        index = view.index - back - 1
        if index < 0:
            return False
        before = () if index in story.narrative.other else story.views[index].kinds("DB")
    return False


def stops(story: Story, view: SentenceView) -> tuple[int, int] | None:
    """Return where in the masked sentence the story's drug is stopped or its dose reduced; None where it is not."""
    for compiled in _STOPS:
        for match in compiled.finditer(view.masked):
            lead = _TIME_OF.sub("", view.masked[max(0, match.start() - 14) : match.start()])
            if _NO_STOP.search(match[0].split(",")[-1] if match["drugs"] else match[0]) or _NOT_STOPPED.search(lead):
                continue
            if is_drug(story, view, match):
                return match.span()
    return None


def changes(story: Story, view: SentenceView) -> Iterator[tuple[int, bool, str]]:
    """Yield where the event of the story changes in the masked sentence, whether for the better, and the verb; what happens to the
    indication, or to any event that is not the story's, is left out."""
    for better, group in ((True, _STATE), (False, _WORSE)):
        for compiled in group:
            for match in compiled.finditer(view.masked):
                events = [g.concept.id for g in view.named("".join(re.findall(r"E\d+", match["what"] or ""))) if g.concept]
                if events and not set(events) & story.events:
                    continue
                if _DRUG_WORD.search(view.masked, match.end("what"), match.start("verb")):
                    continue
                if not events and _is_of_indication(story, view, match.end()):
                    continue
                if match["verb"] == "asymptomatic" and not re.search(r"\b(?:became|remain\w*|now|been|is)\b", match[0]):
                    continue
                if match["verb"] in {"stopped", "ceased"} and re.match(r" (?:taking |using |the |his |her )*[DB]\d", view.masked[match.end() :]):
                    continue
                lead = re.split(r"[,;]", view.masked[max(0, match.start() - 30) : match.start()])[-1]
                denied = bool(_NOT.search(match[0]) or _NOT.search(lead)) and "no longer" not in match[0] and better
                yield match.start("verb"), better and not denied, match["verb"]


def _is_of_indication(story: Story, view: SentenceView, position: int) -> bool:
    after = _OF_EVENT.match(view.masked, position)
    return bool(after and any(g.concept and g.concept.id in story.indications for g in view.named(after[1])))


def next_told(story: Story, view: SentenceView, count: int) -> Iterator[SentenceView]:
    for index in range(view.index + 1, min(view.index + 1 + count, len(story.views))):
        if index in story.narrative.other:
            return
        if index in story.narrative.told:
            yield story.views[index]


def given_again(story: Story, view: SentenceView) -> re.Match[str] | None:
    """Return the words that speak of giving the story's drug again, whether it was or not; None where there are none."""
    for compiled in _RE_OF_DRUG:
        for match in compiled.finditer(view.masked):
            if is_drug(story, view, match):
                word = _RE_WORD.search(view.masked, match.start())
                return word or match
    bare = _CHALLENGE.search(view.masked)
    if bare and not re.search(r"[DB]\d", view.masked[max(0, bare.start() - 40) : bare.end() + 40]):
        return bare
    return None
