"""Whether a sentence tells what its document found, what was known before, or what is only supposed.

Owns the signs: words that name this work or that of others, tense, citations, the section and the sentence's place in it. What the words say comes before where
they stand. After the knowledge type and source of Thompson et al. 2011 (BMC Bioinformatics 12:393, meta-knowledge) and de Waard's segment types.
"""

from __future__ import annotations

import re

from litkg.model import Certainty, Knowledge, SectionKind

_OPENING = 2
"""Sentences of an abstract that set the scene where nothing else is said."""
_HYPOTHESIS = re.compile(
    r"""
    \b(?:
      hypothes[ie][sz]\w* | speculat\w+ | postulat\w+ | conjectur\w+ | surmis\w+ | (?:we|I)\ (?:\w+\ )?(?:propose|proposed|reasoned|wondered|asked
        |predicted|expected|posited)
      | whether | tempting | (?:possible|plausible|alternative|likely)\ explanations?
      | (?:aim|aims|aimed|objective|objectives|goal|purpose)\b\ (?=[^.]*\b(?:to|was|were|is)\b)
      | (?:in\ order\ )?to\ (?:test|examine|determine|investigate|assess|evaluate|explore|clarify|elucidate|study|address|establish)\b
      | (?:we|study|trial|paper|review|work|authors)\ (?:\w+\ ){0,2}(?:investigated?|investigates|examined?|examines|explored?|explores|assessed
        |evaluated|tested|studied|sought)\b
        (?=\ (?:the\ )?(?:effects?|efficacy|role|influence|impact|association|relationship|relation|safety|ability|hypothesis|if|how|possible
          |potential|use)\b)
      | (?:further|future|more|larger|additional)\ (?:\w+\ ){0,2}(?:studies|research|trials|work)\b
      | remains?\ (?:to\ be|unknown|unclear|unproven) | (?:is|are)\ (?:unknown|unclear|not\ known) | if\ (?:\w+\ ){1,4}(?:prevents?|causes?|reduces?
        |improves?)\b.*\?
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OURS = re.compile(
    r"""
    \b(?:
      here(?:in)?,?\ we | we\ (?:\w+\ ){0,2}(?:found|find|show|showed|shown|observed|observe|report|reported|demonstrate|demonstrated|identified
        |identify|detected|conclude|describe
      |noted|measured|confirmed|present|provide|saw|discovered|reveal|revealed|established)
      | (?:our|these|the\ present|present|the\ current|current)\ (?:\w+\ ){0,2}(?:results?|data|findings?|study|studies|observations?|experiments?
        |analysis|analyses|report|case
      |patients?|cohort|work|series|trial|paper)
      | in\ this\ (?:\w+\ ){0,2}(?:study|report|trial|case|cohort|paper|work|review|series|analysis|experiment|model|patient|population|sample|setting)
      | this\ (?:study|report|trial|case|paper|work|analysis|review)\ (?:\w+\ )?(?:show|found|demonstrat|report|suggest|indicat|reveal|provid|describ)\w*
      | in\ (?:conclusion|summary) | conclusions?: | results?: | findings?: | main\ finding | collectively | taken\ together
    )\b
    | \bp\s*[<=>≤]\s*0?\.\d | \((?:\w+\ )?fig(?:ure)?s?\b | \b(?:shown\ in|see)\ (?:fig|table) | \br\s*=\s*[-−]?0?\.\d | \bn\s*=\s*\d
    """,
    re.IGNORECASE | re.VERBOSE,
)
_THEIRS = re.compile(
    r"""
    \b(?:previous(?:ly)?|prior|earlier|recent|other|several|many|numerous|some|few|most|various|epidemiological|clinical|animal|experimental
      |existing)\ (?:\w+\ ){0,2}
      (?:stud(?:y|ies)|reports?|work|works|trials?|investigations?|authors?|investigators?|groups?|evidence|findings?|observations?|experiments?
        |literature|research|results?|data)\b
    | \bpreviously\b | \bet\ al\b | \bothers\ (?:have\ )?(?:\w+ed|found|shown?)\b | \bin\ the\ literature\b | \bmeta-analys[ei]s\ of\b
    | \b(?:has|have|had)\ (?:\w+\ ){0,2}been\ (?:\w+ly\ )?(?:shown|reported|demonstrated|found|described|linked|implicated|associated|suggested|known
      |used|observed|proposed|recogni[sz]ed
      |established|documented|identified|considered|proven|attributed|related|thought|regarded)\b
    | \b(?:is|are|was|were)\ (?:\w+ly\ |well[-\ ]|now\ |long\ ){0,2}(?:known|believed|thought|recogni[sz]ed|accepted|established|regarded|considered)\b
    | \bwell[-\ ](?:known|established|recogni[sz]ed|documented)\b | \bwidely\b | \bcommonly\ used\b | \blong\ been\b
    | \b(?:is|are)\ an?\ (?:\w+ly\ )?(?:known|well-known|recogni[sz]ed|established|documented|common|frequent)\b | \breported\ (?:in|by)\ (?:rats
    |mice|humans|patients|others|the\ literature|several|many)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CITATION = re.compile(
    r"\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]|\((?:[^()]*; ?)?[A-Z][\w’'-]+(?: (?:and|&) [A-Z][\w’'-]+| et al\.?)?,? (?:1[89]|20)\d\d[a-z]?\b[^()]*\)"
)
_CLAIM_OF_OTHERS = re.compile(
    r"\b(?:is|are) (?:\w+ )?known to\b|\bet al\b|\b[Oo]thers (?:have )?(?:\w+ed|found|shown?)\b"
    r"|\b(?:[Pp]revious|[Pp]rior|[Ee]arlier|[Oo]ther) (?:\w+ )?(?:stud|work|report|trial)"
)
_PAST = re.compile(
    r"\b(?:was|were|did|had|showed|resulted|led|became|rose|fell|developed|received|underwent|\w{3,}(?:ed))\b(?!\s+(?:depression|mice|cells|response))"
)
_FINITE_PAST = re.compile(r"\b(?:was|were|did|had)\b")
_PRESENT = re.compile(r"\b(?:is|are|plays?|drives?|causes?|can|may|relieves?|has|have|acts?|leads?|contributes?|remains?|represents?|mediates?)\b")
_BACKGROUND_SECTIONS = frozenset({SectionKind.INTRODUCTION, SectionKind.METHODS})


def knowledge_of(text: str, section: SectionKind, place: int, *, certainty: Certainty = Certainty.ASSERTED) -> Knowledge:
    """Return what a sentence brings. `place` is its number in its section, from 0; `certainty` that of the claim in it."""
    if certainty is Certainty.HYPOTHESISED or text.rstrip(" \"'").endswith("?") or _HYPOTHESIS.search(text):
        return Knowledge.HYPOTHESIS
    ours, theirs = _OURS.search(text), _THEIRS.search(text) or _CITATION.search(text)
    if theirs and (not ours or _CLAIM_OF_OTHERS.search(text)):
        return Knowledge.BACKGROUND
    if ours:
        return Knowledge.RESULT
    if section in _BACKGROUND_SECTIONS:
        return Knowledge.BACKGROUND
    if section is SectionKind.ABSTRACT and place < _OPENING and _sets_the_scene(text, place):
        return Knowledge.BACKGROUND
    return Knowledge.RESULT


def _sets_the_scene(text: str, place: int) -> bool:
    """Return whether an opening sentence tells what holds in general: in the present, or without a verb in the past where it is the first."""
    if _PRESENT.search(text):
        return not _FINITE_PAST.search(text)
    return place == 0 and not _PAST.search(text)
