"""Claims that nouns and prepositions make: "effect of X on Y", "role of X in Y", "X for the treatment of Y", and those of folded phrases.

One row of `NOMINAL_RULES` a pattern; a new one is a new row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litkg.nlp.grammar.claims import KIND_OF_CHANGE, Found, effect_kind
from litkg.nlp.grammar.clauses import ClauseReader
from litkg.nlp.grammar.nodes import Node, Phrase, pattern
from litkg.nlp.grammar.phrases import SideClaim
from litkg.nlp.grammar.reductions import Context

_REACTION = re.compile(r"allerg|hypersensitiv|sensiti[sz]ation|intoleran|anaphyla|reactions?\b")


def read_nominal(reader: ClauseReader) -> Iterator[Found]:
    """Yield the claims of nominal patterns, rule by rule, each rule from left to right."""
    nodes, codes = reader.nodes, reader.codes
    for rule in NOMINAL_RULES:
        compiled = pattern(rule.source)
        start = 0
        while (match := compiled.search(codes, start)) is not None:
            start = match.start() + 1
            ends = {"s": match.start("s"), "o": match.start("o")}
            if rule.climbs:
                left = min(ends, key=ends.__getitem__)
                climbed = reader.head(ends[left])
                if climbed is None:
                    continue
                ends[left] = climbed
            if rule.kind == "TREAT" and any(node.tag == "X" and node.lower.endswith("ing") for node in nodes[match.start() : match.end()]):
                continue
            right = max(ends.values())
            if right + 1 < len(nodes) and nodes[right + 1].tag in {"SUFF", "SUFFA"}:
                continue
            first, second = nodes[ends["s"]].phrase, nodes[ends["o"]].phrase
            if first is None or second is None:
                continue
            if rule.drug and _is_opposed(nodes, ends["o"]):
                if rule.name == "event of":
                    yield from filter(None, [_apply(_OPPOSING, nodes, reader.context, (first, second), (match.start(), match.end()))])
                continue
            found = _apply(rule, nodes, reader.context, (first, second), (match.start(), match.end()))
            if found is not None:
                yield found


def _is_opposed(nodes: Sequence[Node], at: int) -> bool:
    """Return whether "anti-" stands before the thing at `at`."""
    before = [node.tag for node in nodes[max(at - 2, 0) : at]]
    return before[-1:] == ["ANTI"] or before == ["ANTI", "HYPHEN"]


def _apply(rule: NominalRule, nodes: Sequence[Node], context: Context, pair: tuple[Phrase, Phrase], cue: tuple[int, int]) -> Found | None:
    first, second = pair
    kinds = (context.kind(first), context.kind(second))
    if (rule.subject and kinds[0] not in rule.subject) or (rule.object and kinds[1] not in rule.object):
        return None
    if (rule.given and not first.given and (rule.strict or not context.is_drug(first))) or (rule.borne and not second.borne):
        return None
    if rule.name == "reaction to" and not _REACTION.search(" ".join(node.lower for node in nodes[cue[0] : cue[1]])):
        return None
    marked = second.borne or second.risk or first.level or first.change or second.change
    if rule.drug and (marked or not context.is_drug(first)):
        return None
    kind, sign = rule.kind, None
    if kind == "CHANGE":
        if second.change is None:
            return None
        kind, second = KIND_OF_CHANGE[second.change], replace(second, change=None)
        if kinds[1] == "disease" and kind == "DEC":
            kind = "TREAT"
    words = " ".join(node.lower for node in nodes[max(0, cue[0] - 3) : cue[1]] if node.tag in {"X", "ADV", "CORR", "EFFECT"})
    if kind == "EFFECT":
        kind = effect_kind(words, kinds[1])
    if kind in {"ASSOC", "CORR"}:
        sign = -1 if "negativ" in words or "invers" in words else 1 if "positive" in words or kind == "CORR" else None
        kind = "CORR" if sign is not None else kind
    return Found(subject=first, kind=kind, object=second, cue=cue, rule=rule.name, sign=sign)


@dataclass(frozen=True, slots=True, kw_only=True)
class NominalRule:
    """A pattern with a subject `s` and an object `o`; `subject` and `object` limit their kinds (empty: any); CHANGE and EFFECT are
    read off; `drug` asks for a drug and a plain event.

    `given` asks for a subject that is a drug or is administered, `strict` that the text says that it is administered; `borne` for patients with the object.
    `climbs` where the left end is the subject of a verb: it is then the head of its phrase.
    """

    name: str
    source: str
    kind: str
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    given: bool = False
    strict: bool = False
    drug: bool = False
    climbs: bool = False
    borne: bool = False


_M, _D = frozenset({"molecule"}), frozenset({"disease"})
_IS = "(?:<COMMA> <DET> <X|ADV>{0,3}|<CHAIN>* <AS> <DET|X|ADV>{0,4})"
_G = "<DET|X|ADV|NUM|UP|DOWN|PAREN>"
NOMINAL_RULES = (
    NominalRule(name="change by", source=rf"(?P<o><E>) <BY|DUE> {_G}{{0,3}} (?P<s><E>)", kind="CHANGE"),
    NominalRule(name="change after", source=rf"(?P<o><E>) <PAREN>{{0,2}} <AFTER> {_G}{{0,3}} (?P<s><E>)", kind="CHANGE", subject=_M),
    NominalRule(name="change with", source=rf"(?P<o><E>) <WITH|ON|FROM> {_G}{{0,3}} (?P<s><E>)", kind="CHANGE", given=True),
    NominalRule(name="effect of on", source=rf"<EFFECT> <OF> {_G}{{0,3}} (?P<s><E>) <ON|IN|AGAINST> {_G}{{0,4}} (?P<o><E>)", kind="EFFECT"),
    NominalRule(name="X's effect on", source=rf"(?P<s><E>) <X>{{0,2}} <EFFECT> <ON|AGAINST> {_G}{{0,4}} (?P<o><E>)", kind="EFFECT", climbs=True),
    NominalRule(name="activity of against", source=rf"<X> <LEVEL> <OF> {_G}{{0,3}} (?P<s><E>) <AGAINST|ON> {_G}{{0,4}} (?P<o><E>)", kind="EFFECT"),
    NominalRule(name="influence of on", source=rf"<N> <OF> {_G}{{0,3}} (?P<s><E>) <ON> {_G}{{0,4}} (?P<o><E>)", kind="AFF"),
    NominalRule(name="role of in", source=rf"<ROLE> <OF|FOR> {_G}{{0,3}} (?P<s><E>) <IN> {_G}{{0,4}} (?P<o><E>)", kind="AFF"),
    NominalRule(
        name="link between", source=rf"<LINK> <X|ADV|HAVE|BE|CHAIN|GV>{{0,5}} <BETWEEN> {_G}{{0,4}} (?P<s><E>) <AND> {_G}{{0,4}} (?P<o><E>)", kind="ASSOC"
    ),
    NominalRule(name="link of with", source=rf"<LINK> <OF|FROM> {_G}{{0,3}} (?P<s><E>) <WITH|TO> {_G}{{0,3}} (?P<o><E>)", kind="ASSOC"),
    NominalRule(
        name="correlation between", source=rf"<CORR> <X|ADV|HAVE|BE|CHAIN|GV>{{0,5}} <BETWEEN> {_G}{{0,4}} (?P<s><E>) <AND> {_G}{{0,4}} (?P<o><E>)", kind="CORR"
    ),
    NominalRule(name="correlation of with", source=rf"<CORR> <OF> {_G}{{0,3}} (?P<s><E>) <WITH> {_G}{{0,3}} (?P<o><E>)", kind="CORR"),
    NominalRule(
        name="correlated with",
        source=rf"(?P<s><E>) <BE|HAVE|ADV|NEG|DO|MODAL|PAREN>{{0,5}} <CORR> <ADV>{{0,2}} <WITH|TO> {_G}{{0,4}} (?P<o><E>)",
        climbs=True,
        kind="CORR",
    ),
    NominalRule(
        name="effective in",
        source=rf"(?P<s><E>) (?:<COMMA> <ADV>?|<BE|ADV|HAVE|NEG|CHAIN|TO|X|MODAL|DO>{{0,6}}) <EFFECTIVE>"
        rf" {_G}{{0,3}} (?:<GIVE|N|OCCUR> <OF>)? {_G}{{0,3}} (?P<o><E>)",
        climbs=True,
        kind="TREAT",
        subject=_M,
        object=_D,
    ),
    NominalRule(
        name="efficacy of in", source=rf"<EFFICACY> <OF> {_G}{{0,3}} (?P<s><E>) <IN|FOR|AGAINST> {_G}{{0,4}} (?P<o><E>)", kind="TREAT", subject=_M, object=_D
    ),
    NominalRule(name="response of to", source=rf"<RESPONSE> <OF|IN> {_G}{{0,4}} (?P<o><E>) <TO> {_G}{{0,3}} (?P<s><E>)", kind="TREAT", subject=_M, object=_D),
    NominalRule(
        name="responds to",
        source=rf"(?P<o><E>) <ADV|GV|DET|X|HAVE|BE|UP|REL>{{0,4}} <RESPONSE> <ADV>? <TO> {_G}{{0,3}} (?P<s><E>)",
        kind="TREAT",
        subject=_M,
        object=_D,
    ),
    NominalRule(name="treatment for", source=rf"(?P<s><E>) <FOR> {_G}{{0,4}} (?P<o><E>)", kind="TREAT", subject=_M, object=_D, given=True),
    NominalRule(name="treatment of", source=rf"(?P<s><E>) <OF|AGAINST> {_G}{{0,4}} (?P<o><E>)", kind="TREAT", subject=_M, object=_D, given=True, strict=True),
    NominalRule(
        name="for the treatment of",
        source=rf"(?P<s><E>) <BE|ADV|X|GIVEN>{{0,4}} <FOR|IN|AS> {_G}{{0,2}} <GIVE> <OF|FOR> {_G}{{0,4}} (?P<o><E>)",
        kind="TREAT",
        subject=_M,
        object=_D,
    ),
    NominalRule(name="treatment of with", source=rf"<GIVE> <OF> {_G}{{0,4}} (?P<o><E>) <WITH|BY> {_G}{{0,3}} (?P<s><E>)", kind="TREAT", subject=_M, object=_D),
    NominalRule(
        name="treated patients with",
        source=rf"(?P<s><E>) <IN> {_G}{{0,4}} (?P<o><E>)",
        kind="TREAT",
        subject=_M,
        object=_D,
        given=True,
        strict=True,
        borne=True,
    ),
    NominalRule(
        name="patients were given",
        source=r"(?P<o><E>) <BE|ADV|X|TO|CHAIN|AND|HAVE>{0,6} (?P<s><E>)",
        kind="TREAT",
        subject=_M,
        object=_D,
        given=True,
        strict=True,
        borne=True,
    ),
    NominalRule(
        name="adverse events of",
        source=rf"<ADVERSE> <OF|FROM|WITH|TO> {_G}{{0,3}} (?P<s><E>) <BE|GV|VA|COMMA|SUCH|ADV>{{1,3}} {_G}{{0,4}} (?P<o><E>)",
        kind="ADVERSE",
        object=_D,
    ),
    NominalRule(
        name="related adverse events",
        source=rf"(?P<s><E>) <SUFF>? {_G}{{0,2}} <ADVERSE> <BE|GV|VA|COMMA|SUCH|ADV>{{1,3}} {_G}{{0,4}} (?P<o><E>)",
        kind="ADVERSE",
        object=_D,
    ),
    NominalRule(
        name="as an adverse event",
        source=rf"(?P<o><E>) <BE|AS|COMMA|ADV|CHAIN>{{1,3}} {_G}{{0,3}} <ADVERSE> <OF|FROM|WITH|TO> {_G}{{0,3}} (?P<s><E>)",
        climbs=True,
        kind="ADVERSE",
        object=_D,
    ),
    NominalRule(
        name="one of its adverse events",
        source=rf"(?P<o><E>) <BE|AS|COMMA|ADV|CHAIN>{{1,3}} {_G}{{0,3}} <OF>? {_G}{{0,2}} (?P<s><E>) <X>{{0,2}} <ADVERSE>",
        climbs=True,
        kind="ADVERSE",
        object=_D,
    ),
    NominalRule(
        name="as good as",
        source=rf"(?P<s><E>) <BE|ADV|HAVE|NEG|NO|CHAIN|TO|X|MODAL|DO>{{0,6}} <PEER> {_G}{{0,3}} <E>? <IN|FOR|AGAINST> {_G}{{0,4}} (?P<o><E>)",
        climbs=True,
        kind="TREAT",
        subject=_M,
        object=_D,
    ),
    NominalRule(
        name="as treatment of",
        source=rf"<AS> {_G}{{0,2}} <GIVE> <OF|FOR> {_G}{{0,3}} (?P<o><E>) <COMMA> {_G}{{0,2}} (?P<s><E>)",
        kind="TREAT",
        subject=_M,
        object=_D,
    ),
    NominalRule(
        name="protective in",
        source=rf"(?P<s><E>) <BE|ADV|HAVE|NEG|CHAIN|TO|X|MODAL|DO|DET>{{0,6}} <PROTECTIVE> {_G}{{0,3}} (?P<o><E>)",
        climbs=True,
        kind="PREVENT",
        object=_D,
    ),
    NominalRule(name="drug event", source=r"(?P<s><E>) (?P<o><E>)", kind="CAUSE", subject=_M, object=_D, drug=True),
    NominalRule(name="event of", source=rf"(?P<o><E>) <OF> {_G}{{0,2}} (?P<s><E>)", kind="CAUSE", subject=_M, object=_D, drug=True),
    NominalRule(name="reaction to", source=rf"(?P<o><E>) <X>? <TO> {_G}{{0,3}} (?P<s><E>)", kind="CAUSE", subject=_M, object=_D, drug=True),
    NominalRule(
        name="event due to",
        source=rf"(?P<o><E>) (?:<IN> <DET|X|NUM|ADV>{{0,4}} <BEARER>)? <BE|ADV|X|PAREN>{{0,3}} <DUE> {_G}{{0,4}} (?P<s><E>)",
        climbs=True,
        kind="CAUSE",
        object=_D,
    ),
    NominalRule(
        name="event after",
        source=rf"(?P<o><E>) <ADV|PAREN|NUM|X|GV|DET|BE|COMMA|BEARER>{{0,7}} <AFTER> {_G}{{0,4}} <OF>? {_G}{{0,2}} (?P<s><E>)",
        climbs=True,
        kind="CAUSE",
        subject=_M,
        object=_D,
        given=True,
    ),
    NominalRule(name="risk factor for", source=rf"(?P<s><E>) {_IS} <RISKFOR> {_G}{{0,4}} (?P<o><E>)", climbs=True, kind="RISK", object=_D),
    NominalRule(name="marker of", source=rf"(?P<s><E>) {_IS} <MARKER> {_G}{{0,4}} (?P<o><E>)", climbs=True, kind="MARKER"),
    NominalRule(name="member of", source=rf"(?P<s><E>) {_IS} <MEMBER> {_G}{{0,4}} (?P<o><E>)", climbs=True, kind="MEMBER", subject=_M, object=_M),
    NominalRule(name="versus", source=rf"(?P<s><E>) <COMMA>? <VERSUS> {_G}{{0,2}} (?P<o><E>)", kind="VERSUS", subject=_M, object=_M),
)

_OPPOSING = NominalRule(name="anti-event effect of", source="", kind="TREAT", subject=_M, object=_D)
"""What "the anti-Y effect of X" says; the pattern is that of "event of"."""

SUFFIX_KINDS = {
    "related": "RELATED",
    "associated": "RELATED",
    "linked": "RELATED",
    "dependent": "CAUSE",
    "inducing": "CAUSE",
    "causing": "CAUSE",
    **dict.fromkeys(["releasing", "secreting", "producing"], "PRODUCE"),
    **dict.fromkeys(["suppressing", "inhibiting", "blocking", "lowering", "decreasing", "reducing", "neutralizing"], "DEC"),
    **dict.fromkeys(["stimulating", "activating", "increasing", "promoting", "enhancing"], "INC"),
    **dict.fromkeys(["metabolizing", "metabolising", "degrading"], "AFF"),
    "expressing": "EXPRESS",
}


def side_claims(claims: Sequence[SideClaim], nodes: Sequence[Node], context: Context) -> Iterator[Found]:
    """Yield the claims that phrases made while they were folded; their cue is the node that now holds them."""
    for claim in claims:
        subject, object_ = claim.subject.phrase, claim.object.phrase
        if subject is None or object_ is None:
            continue
        holder = next((at for at, node in enumerate(nodes) if node.start <= claim.object.start < node.end), 0)
        kind, sign = claim.kind, None
        if kind.startswith("SUFF"):
            kind = SUFFIX_KINDS.get(kind.split(" ", 1)[1], "CAUSE")
            if object_.change is not None and kind == "RELATED":
                kind = "CAUSE"
            if claim.kind.endswith("dependent") and object_.aspect is None and object_.change is None and context.kind(object_) in {"molecule", "disease"}:
                kind = "AFF"  # "a calcium-dependent kinase" is of that sort; "glucose-dependent insulin secretion" is brought about
        elif kind == "agent":
            sign, object_ = object_.agent, replace(object_, agent=None, given=False)
            kind = "INC" if sign == 1 else "DEC"
        yield Found(subject=subject, kind=kind, object=object_, cue=(holder, holder + 1), rule=claim.kind, aspect="activity" if claim.kind == "agent" else None)
