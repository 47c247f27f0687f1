"""Sentences that name a drug as the cause of an event.

Owns the wording of suspicion, sentence by sentence, and how sure it is. Refuses to follow a patient over sentences: that is `criteria`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litkg.model import Certainty, Grounding, SectionKind
from litkg.nlp.cases.exclusion import NEGATION, exclusion_matches
from litkg.nlp.cases.view import SentenceView, kind_of, pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A sentence that names a drug as the cause of an event, or denies it (`negated`). `start` and `end` span the sentence.

    `causal` is False where the wording gives an order in time only ("E after D"); `worsened` is True where an event that was there
    before became worse.
    """

    drug: Grounding
    event: Grounding
    start: int
    end: int
    section: SectionKind
    certainty: Certainty
    negated: bool
    causal: bool
    worsened: bool
    sentence: int


_INDUCED = r"(?:induced|related|associated|caused|provoked|triggered|mediated|precipitated|attributed|evoked|elicited|linked)"
_USE = r"(?: (?:therapy|treatment|use|administration|infusions?|injections?|exposure|monotherapy|intake|overdose|withdrawal|toxicity))?"
_DUE = (
    r"(?:due to|(?:caused|induced|produced|provoked|triggered|precipitated|elicited|evoked) (?:by|with|from)|secondary to|attribut(?:e[ds]?|able|"
    r"ing)(?: [a-z]+){0,2} to|ascrib(?:e[ds]?|able) to|"
    r"related (?:to|with)|associated (?:to|with|by)|linked (?:to|with)|result(?:ing|ed|s) from|as an? (?:rare |possible |potential |"
    r"probable )?(?:result|consequence|complication|"
    r"manifestation|side effect|adverse effect|adverse event|adverse reaction) (?:of|to)|complicating|because of|a result of|in association with|"
    r"(?:reaction|reactions|response) to)"
)
_ONSET = (
    r"(?:develop(?:ed|ing|s)?|experienc(?:ed|ing|es)|present(?:ed|ing|s)? with|suffer(?:ed|ing|s)?(?: from)?|complain(?:ed|ing|"
    r"s)? of|reported|had|manifest(?:ed|ing)|exhibited|show(?:ed|ing)|"
    r"occur(?:red|ring|s)?|appear(?:ed|ing|s)?|arose|arising|began|started|emerg(?:ed|ing)|ensued|onset|noted|observed|noticed|"
    r"diagnosed|admitted (?:with|for|because of|after)|"
    r"hospitali[sz]ed (?:with|for|because of)|was found to have|became|went into|flared(?: up)?|broke out|erupted|set in|came on|supervened|followed|"
    r"seen|evolved|died (?:of|from))"
)
_WHEN = r"(?:after|into|following|during|while|upon|under|when|since|within|on|soon after|shortly after|with)"
_CAUSES = (
    r"(?:induc(?:e|es|ed|ing)|caus(?:e|es|ed|ing)|provok(?:e|es|ed|ing)|trigger(?:s|ed|ing)?|precipitat(?:e|es|ed|ing)|produc(?:e|es|ed|ing)|"
    r"lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|contribut(?:e|es|ed|ing) to|elicit(?:s|ed|ing)?)"
)
_IN_PERSON = r"in (?:[a-z0-9-]+ ){0,7}?(?:patients?|man|woman|men|women|boys?|girls?|child|children|infants?|neonates?|recipients?|individuals|subjects|users)"
_ON_DRUG = (
    r"(?:(?:treated|managed) with|receiv(?:ed|ing|es)|undergoing|taking|takes|took|on|given|exposed to|ingest(?:ed|ing)|using|used|"
    r"treatment with|therapy with)"
)
_WORSENS = r"(?:worsen(?:s|ed|ing)?|exacerbat(?:e|es|ed|ing|ion)|aggravat(?:e|es|ed|ing|ion)|deteriorat(?:ed|ion))"
_EFFECT = (
    r"(?:side[- ]effects?|(?:adverse|untoward|undesirable|toxic) (?:drug )?(?:effects?|reactions?|events?)|complications?|toxicity|"
    r"toxicities|hypersensitivity(?: reactions?)?|"
    r"idiosyncratic reactions?)"
)
_LINK = r"(?:link|association|relation|relationship|connection|correlation|causality|causal [a-z]+)"

# (pattern, causal wording, worsening), first match per drug and event wins.
_SUSPECTS: tuple[tuple[re.Pattern[str], bool, bool], ...] = tuple(
    (pattern(source), causal, worsened)
    for source, causal, worsened in (
        (rf"<DL>{_USE}(?: ?\([^()]{{1,30}}\))?[ -]{_INDUCED},? <GC3><EL>", True, False),
        (rf"<EL>,? <GC7>{_DUE} <G8><DL>", True, False),
        (rf"{_LINK} <G3>between <G8><DL> <G6>(?:and|with) <G8><EL>", True, False),
        (rf"{_LINK} <G3>between <G8><EL> <G6>(?:and|with) <G8><DL>", True, False),
        (rf"{_LINK} of <G5><DL> <G4>(?:with|to) <G5><EL>", True, False),
        (rf"{_LINK} of <G5><EL> <G4>(?:with|to) <G5><DL>", True, False),
        (rf"<DL>,? <GC10>{_CAUSES} <G8><EL>", True, False),
        (r"<DL>,? <GC8>(?:associated|linked|connected) (?:with|to) <G8><EL>", True, False),
        (r"<DL>,? <GC8>(?:cause|culprit|responsible|trigger|implicated|incriminated|suspected|blamed) <G3>(?:of|for|in|as|to) <G6><EL>", True, False),
        (r"(?:cause|causes|trigger|culprit) (?:of|for) <G5><EL> <GC8><DL>", True, False),
        (rf"<EL>,? <GC8>{_EFFECT} <G3>(?:of|to|from|with|after|during|caused by|associated with) <G7><DL>", True, False),
        (r"(?:blamed?|attribut(?:e[ds]?|ing)|ascrib(?:e[ds]?|ing)|put down|impute[ds]?|link(?:ed)?) <G4><EL> <G3>(?:on|to) <G5><DL>", True, False),
        (rf"{_EFFECT} (?:of|to|from|with) <G6><DL>,? <GC8>(?:is|are|was|were|includ(?:e|es|ed|ing)|such as|like|namely)(?: an?| the)? <GC5><EL>", True, False),
        (rf"<DL>(?:'s)? <G3>{_EFFECT},? <GC5>(?:is|are|was|were|includ(?:e|es|ed|ing)|such as|like|namely) <GC5><EL>", True, False),
        (r"(?:allergy|allergic reaction|hypersensitivity|toxicity) to <G4><DL>,? <GC4>(?:manifest\w*|present\w*|with|as) <G4><EL>", True, False),
        (rf"<EL>,? <G6>{_WORSENS} <G3>(?:by|with|after|following|during|due to) <G8><DL>", True, True),
        (rf"{_WORSENS} (?:of|in) <G5><EL> <G5>(?:by|with|after|following|during|due to) <G8><DL>", True, True),
        (rf"<DL>,? <G8>{_WORSENS} <G6><EL>", True, True),
        (rf"{_ONSET} <G8><EL>,? <GC8>{_WHEN} <GC9><DL>", False, False),
        (rf"<EL> <GC8>{_ONSET} <GC8>{_WHEN} <GC9><DL>", False, False),
        (rf"{_ONSET} <GC8>{_WHEN} <GC8><DL>,? <GC6>(?:of|with) <G4><EL>", False, False),
        (r"<EL>,? <G4>(?:after|following|during|complicating|under|from) <G7><DL>", False, False),
        (rf"<EL>,? <GC6>{_IN_PERSON} <GC6>{_ON_DRUG} <G6><DL>", False, False),
        (rf"{_ON_DRUG} <G6><DL>[^;:]{{0,80}}? {_ONSET} <G6><EL>", False, False),
        (rf"(?:after|into|following|during|while|upon|when|under|since|within) <GC10><DL>[^;:]{{0,90}}? {_ONSET} <GC7><EL>", False, False),
        (
            rf"<DL> <GC6>(?:was|were|started|begun|initiated|given)[^;:]{{0,60}}?(?:later|after|subsequently|then|thereafter)[^;:]{{0,60}}? {_ONSET} <G6><EL>",
            False,
            False,
        ),
    )
)
_TOXIC = pattern(r"(?P<drugs>[DB]\d+) (?:therapy |treatment )?(?P<events>E\d+)")
_TO = pattern(r"(?P<events>E\d+) (?:reactions? )?to <G4>(?P<drugs>[DB]\d+)")
_TOXIC_NAME = re.compile(r"toxicit|poisoning|intoxication|overdos|hypersensitiv|allerg|anaphyla|withdrawal syndrome|intolerance")
_STOPPING = re.compile(r"withdr[ae]w|discontinu|cessation|ceas|stop|\boff\b|removal|absence of|without|substitut|taper|reduction of|\bnot given")
_EFFICACY = re.compile(
    r"improv|resol[vu]|disappear|relie[fv]|remission|recover|respon[ds]|ameliorat|alleviat|control of|controlled|reduc(?:ed|tion|"
    r"es)|prevent|protect|prophyla|inhibit|attenuat|block|"
    r"\btreat(?:s|ed|ing)? (?:\w+ ){0,3}(?:with|by)|treatment of|treatment for|managed|management|therapy (?:of|for)|for the|"
    r"indicat|efficacy|effective|antagoni|revers|decreas|suppress|cure|recur|reappear|relaps"
)
_GIVEN_FOR = pattern(r"(?:for|to treat|treatment of|prophylaxis of|against|history of|because of|known|underlying|pre-existing|despite) <G4>$")
_OF_PERSON = pattern(
    r"(?:patients?|man|woman|men|women|boys?|girls?|child|children|infants?|male|female|recipients?) (?:[a-z]+ ){0,2}?(?:with|"
    r"having|suffering from|affected by) <GC5>$"
)
_TREATED = re.compile(r"\b(?:treated|managed) with\b")
_NO_OTHER = re.compile(
    r"\bnot only|\bno other|\bnot previously|\bno (?:previous|prior|published|reported)|\bnot yet|\bno (?:known )?(?:personal|"
    r"family)|\bnot been (?:previously )?reported|\bno longer"
)
_NOTHING_FOUND = re.compile(
    r"(?:search|literature|medline|pubmed|review)\b[^;]{0,60}\b(?:not? (?:reveal|find|found|identif|yield|show|retriev|other|case|"
    r"report|similar|previous)|no\b|failed to)"
    r"|\b(?:no|not any|any) (?:[a-z]+ ){0,3}(?:cases?|reports?|case reports?) (?:of|on)\b"
)
_QUANTITY = re.compile(
    r"^(?:[ -](?:serum |plasma )?(?:levels?|concentrations?|deficiency|depletion|synthesis|metabolism|receptors?|activity|"
    r"inhibitors?|antagonists?|agonists?|gene|signal\w*|pathway)\b)"
)
_GIVEN_BIOLOGIC = re.compile(
    r"(?:administration of|treatment with|treated with|therapy with|injections? of|infusions? of|doses? of|receiv(?:ed|ing)|"
    r"recombinant|given|exogenous) (?:[a-z-]+ ){0,3}(B\d+)"
    r"|(B\d+)[ -](?:therapy|treatment|injections?|infusions?|administration|treated|induced)"
)

_CATEGORY_WORD = r"(?P<category>certain|definite|definitive|highly probable|probable|likely|possible|doubtful|unlikely|improbable|conditional|unclassified)"
_SCALE = re.compile(
    r"naranjo|who-umc|who/umc|uppsala|probability scale|causality (?:assessment|scale|score|algorithm)|\bumc\b|"
    r"adverse (?:drug )?reaction probability|roussel|rucam"
)
_SCALE_WORD = re.compile(_CATEGORY_WORD)
_SCALE_SCORE = re.compile(r"scor\w* (?:\w+ ){0,8}?(?:of |= ?|: ?|was |is )?(?P<score>-?\d{1,2})\b(?!%)")
_PROBABLE = re.compile(
    r"\bprobabl[ey]|\blikely\b|\bstrongly suggest|\bsuggest(?:s|ed|ing|ive)?\b|\bpresum|\bconsistent with|\bappear(?:s|ed)? to|\bseem(?:s|ed)? to|\bbelieve"
)
_POSSIBLE = re.compile(
    r"\bpossibl[ey]|\bpossibility|\bmay\b|\bmight\b|\bcould\b|\bcan\b|\bpotential|\bsuspect|\bperhaps|\bputative|\bapparent|\bthought to|\brisk of"
)
_HYPOTHESIS = re.compile(r"\bhypothes|\bspeculat|\bpostulat|\?\s*$|\bwhether\b|\btheoretical|\bconceivabl")
_CERTAIN = re.compile(r"\bdefinite(?:ly)?\b|\bcertain(?:ly)?\b|\bprove[dn]\b|\bconfirm(?:s|ed)?\b|\bundoubtedly|\bclearly\b")
_BY_CATEGORY = {
    "certain": Certainty.ASSERTED,
    "definite": Certainty.ASSERTED,
    "definitive": Certainty.ASSERTED,
    "highly probable": Certainty.PROBABLE,
    "probable": Certainty.PROBABLE,
    "likely": Certainty.PROBABLE,
    "possible": Certainty.POSSIBLE,
    "doubtful": Certainty.HYPOTHESISED,
    "unlikely": Certainty.HYPOTHESISED,
    "improbable": Certainty.HYPOTHESISED,
    "conditional": Certainty.HYPOTHESISED,
    "unclassified": Certainty.HYPOTHESISED,
}


def given_biologics(sentence_views: Sequence[SentenceView]) -> frozenset[str]:
    """Return the ids of the genes and cytokines that the document says are given as drugs."""
    found: set[str] = set()
    for view in sentence_views:
        for match in _GIVEN_BIOLOGIC.finditer(view.masked):
            found.update(g.concept.id for g in view.named(match[1] or match[2]) if g.concept)
    return frozenset(found)


def scale_certainty(masked: str) -> Certainty | None:
    """Return the certainty that a causality scale gives in the sentence, None where no scale is named with a category or a score.

    Source: Naranjo et al. 1981, Clin Pharmacol Ther 30:239, table 1: 9 and more definite, 5 to 8 probable, 1 to 4 possible, else doubtful.
    """
    scale = _SCALE.search(masked)
    if scale is None:
        return None
    words = [match for match in _SCALE_WORD.finditer(masked) if masked[match.end() : match.end() + 8] != " causes"]
    if words:
        return _BY_CATEGORY[min(words, key=lambda match: abs(match.start() - scale.start()))["category"]]
    score = _SCALE_SCORE.search(masked)
    if score is None:
        return None
    points = int(score["score"])
    if points >= 9:
        return Certainty.ASSERTED
    if points >= 5:
        return Certainty.PROBABLE
    return Certainty.POSSIBLE if points >= 1 else Certainty.HYPOTHESISED


def certainty_of(masked: str, start: int, end: int) -> Certainty:
    """Return how sure the wording around `masked[start:end]` is: a scale's category first, then the least sure word of the clause."""
    scale = scale_certainty(masked)
    if scale is not None:
        return scale
    clause_start = max(masked.rfind(";", 0, start), masked.rfind(", but ", 0, start), start - 90, 0)
    clause_end = min([position for position in (masked.find(";", end), end + 40) if position >= 0])
    clause = masked[clause_start:clause_end]
    if _HYPOTHESIS.search(clause) or masked.rstrip(' ")').endswith("?"):
        return Certainty.HYPOTHESISED
    if _PROBABLE.search(clause):
        return Certainty.PROBABLE
    if _POSSIBLE.search(clause) and not _CERTAIN.search(clause):
        return Certainty.POSSIBLE
    return Certainty.ASSERTED


def sentence_suspicions(view: SentenceView, *, given: frozenset[str]) -> Iterator[Suspicion]:
    """Yield what one sentence suspects, one record a pair of drug and event mentions, causal wordings first. Excluded drugs are left out."""
    if not re.search(r"[DB]\d", view.masked) or not re.search(r"E\d", view.masked):
        return
    cleared = {drug for match, _ in exclusion_matches(view) for drug in re.findall(r"[DB]\d+", match["drugs"])}
    seen: set[tuple[int, int]] = set()
    for compiled, causal, worsened in (*_SUSPECTS, (_TOXIC, True, False), (_TO, True, False)):
        for match in compiled.finditer(view.masked):
            if not _is_suspicion(view, match, compiled, causal=causal):
                continue
            negated = _is_negated(view.masked, match)
            certainty = certainty_of(view.masked, match.start(), match.end())
            if not causal and certainty is Certainty.ASSERTED:
                certainty = Certainty.POSSIBLE
            for drug_text in re.findall(r"[DB]\d+", match["drugs"]):
                drug_number = int(drug_text[1:])
                drug = _canonical(view, drug_number)
                if drug_text in cleared or drug.concept is None or (kind_of(drug) == "B" and drug.concept.id not in given):
                    continue
                for event_text in re.findall(r"E\d+", match["events"]):
                    event_number = int(event_text[1:])
                    if (drug_number, event_number) in seen:
                        continue
                    seen.add((drug_number, event_number))
                    yield Suspicion(
                        drug=drug,
                        event=view.mentions[event_number],
                        start=view.start,
                        end=view.end,
                        section=view.section,
                        certainty=certainty,
                        negated=negated,
                        causal=causal,
                        worsened=worsened,
                        sentence=view.index,
                    )


def _canonical(view: SentenceView, number: int) -> Grounding:
    """Return the mention, or the drug that stands beside a biologic's name in brackets ("IL-1ra (anakinra)")."""
    alias = view.aliases.get(number)
    mention = view.mentions[number]
    return view.mentions[alias] if alias is not None and kind_of(mention) == "B" and kind_of(view.mentions[alias]) == "D" else mention


def _is_suspicion(view: SentenceView, match: re.Match[str], compiled: re.Pattern[str], *, causal: bool) -> bool:
    masked, text = view.masked, match[0]
    if compiled in (_TOXIC, _TO) and not any(_TOXIC_NAME.search(g.mention.text.lower()) for g in view.named(match["events"])):
        return False
    if _QUANTITY.match(masked[match.end("drugs") :]) and not re.match(r"[DB]\d+[ -]\w*(?:induced|related|associated)", masked[match.start("drugs") :]):
        return False
    if _NOTHING_FOUND.search(masked) or re.match(r" (?:therapy |treatment )?(?:cessation|withdrawal|discontinuation)", masked[match.end() :]):
        return False
    if re.search(r"\b(?:replaced|substituted|switched|exchanged)\b", text):
        return False
    if _STOPPING.search(text) or re.search(r"\bby $|\bby <", text):
        return False
    lead = masked[max(0, match.start() - 60) : match.start()].rsplit(", ", 1)[-1]
    if _GIVEN_FOR.search(masked[: match.start("events")]) and not causal:
        return False
    between = text.replace(match["drugs"], " ").replace(match["events"], " ")
    if _OF_PERSON.search(masked[: match.start("events")]) and not causal and not re.match(r",? (?:that|which) ", masked[match.end("events") :]):
        return False
    between = _TREATED.sub(" ", between)
    if not causal:
        return not (_EFFICACY.search(between) or _EFFICACY.search(lead) or _STOPPING.search(lead))
    passive = re.search(rf"{_CAUSES} (?:by|with|from) ", text)
    if passive and match.start("events") > match.start("drugs"):
        return False
    return not re.search(
        r"improv|resol[vu]|relie[fv]|prevent|protect|inhibit|attenuat|ameliorat|alleviat|\btreat(?:s|ed|ing)?\b|revers|for the treatment|block|antagoni",
        between,
    )


def _is_negated(masked: str, match: re.Match[str]) -> bool:
    lead = masked[max(0, match.start() - 50) : match.start()]
    lead = re.split(r"[;,:]|\bbut\b|\balthough\b|\bbecause\b|\bas\b", lead)[-1]
    scope = _NO_OTHER.sub(" ", f"{lead} {match[0]}")
    return bool(NEGATION.search(scope))
