"""The course of an event in plain words, where the text names neither drug nor event again: "the swelling settled", "creatinine fell".

Owns what counts as better and worse whatever the subject, when the drug was in use, and whether it was kept on. Refuses to decide a criterion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.model import Grounding
from litkg.nlp.cases.story import WHO, Story, is_drug
from litkg.nlp.cases.view import SentenceView, pattern

_HIGH = (
    r"(?:creatinine|urea|transaminases?|aminotransferases?|alt|ast|bilirubin|troponin|enzymes?|kinase|ck|lipase|amylase|inr|lactate|temperature|fever|"
    r"eosinophils?|crp|ammonia|qtc?(?: interval)?|potassium|calcium|levels?|titres?|titers?|scores?|pain|swelling|proteinuria|pressure)"
)
_LOW = (
    r"(?:platelets?|neutrophils?|leu[ck]ocytes?|lymphocytes?|counts?|sodium|heart rate|pulse|ha?emoglobin|ejection fraction|glucose|saturation|magnesium|"
    r"granulocytes?|urine output|clearance|consciousness|vision|hearing|strength)"
)
_GONE = (
    rf"(?:resolv(?:ed|ing)|resolution|disappear(?:ed|ance)|vanished|cleared(?: up)?|healed|faded|went away|gone|recovered|recovery|recovering|"
    rf"normali[sz](?:ed|ation)|"
    rf"remitted|remission|subsided|settled|ceased|abolished|cured|reversed|symptom[- ]free|(?:became|now|remained|been) asymptomatic|free of symptoms|"
    rf"(?:returned|restored|fell|rose|back|came down|went back) to (?:normal|baseline|(?:his|her|the) (?:baseline|usual|premorbid|normal))|"
    rf"back to normal|normal (?:[a-zDBE0-9]+ ){{0,4}}(?:were |was )?(?:reached|restored|regained|achieved)|restoration of|at (?:his|her) baseline|"
    rf"complete(?:ly)? (?:well|recovered)|was well|is well|regained consciousness|woke(?: up)?|"
    rf"(?:{_HIGH}|{_LOW}) (?:became normal|(?:was|were) (?:(?:again|back to) normal|normal (?:again|on day|by|within|after|[a-z]+ (?:days|weeks|"
    rf"months) later)))|"
    rf"(?:was|were|became|is) (?:[a-z]+ )?(?:euthymic|lucid|himself|herself|oriented|alert|"
    rf"afebrile|well|fine) (?:again|by|within)|remained well|thrived)"
)
_EASED = (
    r"(?:improv(?:ed|ing|ement)|eased|abated|regress(?:ed|ion)|ameliorat(?:ed|ion)|receded|better|relieved|responded|extubated|"
    rf"(?:{_HIGH} (?:[a-z]+ ){{0,3}}(?:fell|dropped|declined|decreased|came down|shortened)(?! to (?:normal|baseline))|"
    rf"{_LOW} (?:[a-z]+ ){{0,3}}(?:rose|increased|climbed|returned)(?! to (?:normal|baseline))))"
)
BETTER = re.compile(rf"\b(?:(?P<gone>{_GONE})|(?P<eased>{_EASED}))\b")
NONE_MORE = re.compile(
    r"\b(?:no|without|not had any|had no|any) (?:more|further|new) (?:[a-z]+ ){0,2}?"
    r"(?:attacks?|episodes?|lesions?|symptoms?|seizures?|events?|reactions?|bouts?|E\d+)\b|\b(?:did|has|have|had)(?: not|n't) (?:return(?:ed)?|"
    r"recur(?:red)?|come back|reappear(?:ed)?)\b|\bsinus rhythm (?:returned|was restored)\b"
)
WORSE = re.compile(
    r"\b(?:persist(?:ed|s|ing)|worsened|(?:got|became|grew) worse|progressed|deteriorated|unchanged|continued unabated|died|death|expired|succumbed|"
    r"no change|any change|"
    r"(?:did|does|do|has|have|had|was|were)(?: not|n't) (?:[a-z]+ ){0,2}?(?:improved?|resolved?|fall(?:en)?|subsided?|helped?|changed?|recover(?:ed)?|"
    r"abated?|disappear(?:ed)?))\b"
    r"|\b(?:no|without(?: any)?|little) (?:[a-z]+ ){0,2}?(?:improvement|change|effect|recovery|resolution|benefit)\b"
)
_NOT = re.compile(r"\b(?:not|no|never|without|n't|failed|neither|hardly|little|until|before|if|should|may|might|would|can)\b")
_CLAUSE = re.compile(r"[,;:]| and | but | although | while | whereas ")

_TAKEN = (
    r"(?:tak(?:es|ing|en|e)|took|receiv(?:ed|ing)|on|given|gave|swallow(?:ed|ing)|ingest(?:ed|ing|ion)|start(?:ed|ing)?(?: on)?|beg[aiu]n(?:ning)?|"
    r"commenc(?:ed|ing)|initiat(?:ed|ing|ion)|treated|treatment|therapy|course|cycles?|doses?|infusions?|injections?|tablets?|capsules?|overdose|"
    r"using|used|use|"
    r"prescribed|add(?:ed|ing|ition)|introduc(?:ed|ing|tion)|administ\w+|exposed|exposure|an(?:ae|e)stheti[sz]ed|(?:day|week|month)s?(?= of)|after|"
    r"following|during|maintained|placed|put|"
    r"rubbed|appl(?:ied|ying|ication)|inject(?:ed|ing)|infus(?:ed|ing)|inhal(?:ed|ing|ation))"
)
_IN_USE = (
    pattern(rf"\b(?P<use>{_TAKEN})\b <G7><DL>(?P<it>)"),
    pattern(
        r"<DL>(?P<it>),? <GC9>(?:was|were|had been|is|has been) <G4>(?P<use>started|begun|given|added|introduced|prescribed|injected|infused|"
        r"increased|raised|doubled|reached|resumed|repeated|"
        r"commenced|initiated|administered|taken|used|reintroduced)\b"
    ),
    pattern(r"<DL>(?P<it>) <G2>(?P<use>reached)\b"),
    pattern(r"<DL>(?P<it>)(?P<use> \(?\d[\d.,]* ?(?:mg|g|µg|mcg|ml|iu|units?)\b)"),
)
_ALREADY = re.compile(
    r"\b(?:had (?:been |recently |just |also |previously )?(?:taken|taking|received|receiving|started|begun|used|using|treated|given|on)|"
    r"for (?:the )?(?:past|last|previous))\b"
)
_NOT_USED = re.compile(
    r"\b(?:not|never|no|without|before|prior to|any|refus\w+|declin\w+|stop(?:ped|ping)?|discontinu\w+|withdr\w+|instead of|off|family)\b(?: [a-z]+){0,3} ?$"
)
_KEPT = (
    pattern(rf"{WHO} <G4>(?:was|were|is|being|has been) <G3>(?:continued|maintained|kept|not (?:stopped|discontinued|withdrawn|interrupted))\b"),
    pattern(rf"{WHO} <G3>(?:could|can|would)(?: not|n't) <G2>(?:stopped|discontinued|withdrawn)\b"),
    pattern(rf"\b(?:continu(?:ed|es|ing)|kept|went on|carried on|remain(?:ed|s) on|stay(?:ed|s) on|continuation of|continued use of|persisted with) <G4>{WHO}"),
    pattern(rf"\b(?:refused|declined|unwilling|preferred not|reluctant) to <G2>(?:stop|discontinue|give up|interrupt) <G3>{WHO}"),
)


_ARISES = (
    pattern(
        r"\b(?:develop(?:ed|ing)|experienc(?:ed|ing)|presented with|suffered(?: from)?|complained of|noticed|noted|reported|had|became|showed|"
        r"revealed|diagnosed|"
        r"admitted (?:with|after|for)|found to have|described|observed|witnessed|recorded|confirmed|went into) (?![^,;]{0,30}\bhistory\b)<G7><EL>"
    ),
    pattern(
        r"<EL> <G4>(?:developed|occurred|appeared|began|arose|emerged|started|flared|erupted|came on|supervened|was (?:found|diagnosed|noted|"
        r"observed|seen|detected)|ensued|followed)\b"
    ),
    pattern(
        r"\b(?:her|his|the) <G2><EL> <G4>(?:regressed|resolved|subsided|disappeared|appeared|worsened|recurred|improved|ceased|stopped|vanished|"
        r"cleared|remitted|abated|began|returned|went away)\b"
    ),
)


def arising(view: SentenceView) -> Iterator[Grounding]:
    """Yield the events that begin, or are found, in the sentence."""
    for compiled in _ARISES:
        for match in compiled.finditer(view.masked):
            if not _NOT.search(match[0]):
                yield from view.named(match["events"])


def in_use(story: Story, view: SentenceView) -> Iterator[re.Match[str]]:
    """Yield where the masked sentence says that the patient had the story's drug."""
    for compiled in _IN_USE:
        for match in compiled.finditer(view.masked):
            if is_drug(story, view, match) and not _NOT_USED.search(view.masked[max(0, match.start() - 30) : match.start()]):
                yield match


def already(view: SentenceView, match: re.Match[str]) -> bool:
    """Say whether the use is told as having begun before what was told so far ("had been taking")."""
    return bool(_ALREADY.search(view.masked[max(0, match.start() - 30) : match.end()]))


def kept_on(story: Story, view: SentenceView) -> bool:
    """Say whether the sentence says that the story's drug was not stopped."""
    return any(is_drug(story, view, match) for compiled in _KEPT for match in compiled.finditer(view.masked))


def turns(story: Story, view: SentenceView, start: int = 0) -> Iterator[tuple[int, bool, str]]:
    """Yield where the patient gets better (True) or not (False) in the masked sentence from `start` on, and the words, in text order.

    What happens to the indication or to an event that is not the story's is left out, and so is a drug that is "reduced" or "improves" something.
    """
    found = [(match.start(), True, match[0]) for compiled in (BETTER, NONE_MORE) for match in compiled.finditer(view.masked, start)]
    found += [(match.start(), False, match[0]) for match in WORSE.finditer(view.masked, start)]
    for position, better, words in sorted(found):
        cuts = [match.end() for match in _CLAUSE.finditer(view.masked, start, position)]
        clause = view.masked[cuts[-1] if cuts else start : position]
        events = {g.concept.id for g in view.named("".join(re.findall(r"E\d+", clause))) if g.concept}
        if events and events <= story.indications:
            continue
        if events and not events & story.events and not better:
            continue
        if better and _NOT.search(clause) and not NONE_MORE.match(view.masked, position):
            continue
        yield position, better, words
