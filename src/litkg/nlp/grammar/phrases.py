"""Builds entity phrases: a cascade that folds lists, parentheses, suffixes, exclusions and appositions around the reductions of `reductions.py`.

Side claims that a fold would hide (an apposition, an inhibitor's target) are returned beside the nodes. Source of the cascade idea: Hobbs et al. 1997, FASTUS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from litkg.model import Category
from litkg.nlp.grammar.adjuncts import fold_adjuncts
from litkg.nlp.grammar.nodes import Node, Phrase, encode, pattern
from litkg.nlp.grammar.reductions import STAGES, Context, apply_rules, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class SideClaim:
    """A claim stated by a phrase itself: `identity` (apposition, alias) or `agent` (an inhibitor's or agonist's target)."""

    kind: str
    subject: Node
    object: Node


def reduce_sentence(nodes: Sequence[Node], context: Context) -> tuple[list[Node], list[SideClaim]]:
    """Return the nodes with every phrase folded, and the claims that the phrases themselves make."""
    claims: list[SideClaim] = []
    current = fold_adjuncts(_fold_parentheses(list(nodes), context, claims))
    current = _stand_in_relatives(_coordinate(current, context))
    current = _fold_responses(current, context, claims)
    for rules in STAGES:
        current = apply_rules(rules, current, context)
    current = _coordinate(current, context)
    current = _fold_exclusions(current)
    current = _agents_with_names(current, context, claims)
    current = _fold_suffixes(current, context, claims)
    current = _fold_appositions(current, context, claims)
    for rules in STAGES[1:]:
        current = apply_rules(rules, current, context)
    return _coordinate(current, context), claims


_SHORTEST_DRUG_NAME = 5
"""Letters of a drug's name in brackets after a protein ("IL-1ra (anakinra)"); a shorter one is rather a short form of the protein's name."""
_WHERE = r"(?: <PAREN> | <NUM> <X|DET|PREP|NUM>{0,4} | <IN> <NUM|DET|X|ADV>{0,3} <BEARER>)?"
_LIST = rf"<E> {_WHERE} (?: <COMMA> <AND|OR>? <DET|X>{{0,2}} <E> {_WHERE})* <COMMA>? <AND|OR|SLASH> <BY|IN|OF|WITH|FROM>? <DET|X|ADV>{{0,2}} <E>"
_FINITE_AFTER = frozenset({"VA", "BE", "MODAL", "HAVE", "DO", "GV", "FAIL"})


def _coordinate(nodes: list[Node], context: Context) -> list[Node]:
    """Fold lists of like things; the last member stays out where it is the subject of a clause of its own."""
    compiled = pattern(_LIST)
    position = 0
    while True:
        match = compiled.search(encode(nodes), position)
        if match is None:
            return nodes
        members = [at for at in range(match.start(), match.end()) if nodes[at].tag == "E"]
        first = nodes[members[0]].phrase
        repeated = [
            nodes[at].tag for at in range(match.start(), match.end()) if nodes[at].tag in {"BY", "OF", "WITH", "FROM"} and nodes[at - 1].tag in {"AND", "OR"}
        ]
        if repeated and nodes[match.start() - 1].tag != repeated[0]:
            position = match.start() + 1
            continue
        like = [at for at in members if _alike(nodes[at].phrase, first, context)]
        end = members[-1]
        following = next((node.tag for node in nodes[match.end() :] if node.tag not in {"ADV", "PAREN"}), "END")
        if len(members) == 2 and _is_between(nodes, match.start()):
            position = match.start() + 1
            continue
        before = _clause_tags(nodes, match.start())
        if nodes[members[-1]].lower == "it" or (following in _FINITE_AFTER and before & {"VA", "GV"} and "REL" not in before and len(members) >= 2):
            end = members[-2]
            like = [at for at in like if at <= end]
        if first is None or len(like) != len([at for at in members if at <= end]) or len(like) < 2:
            position = match.start() + 1
            continue
        mentions = tuple(mention for at in like for mention in (nodes[at].phrase or first).mentions)
        aspect = next((phrase.aspect for at in reversed(like) if (phrase := nodes[at].phrase) and phrase.aspect), first.aspect)
        last = nodes[like[-1]].phrase or first
        merged = replace(last, mentions=mentions, aspect=aspect, level=first.level if first.level is not None else last.level, list_noun=True)
        merged = replace(
            merged, change=first.change if first.change is not None else last.change, state=first.state or last.state, given=first.given or last.given
        )
        nodes = fold(nodes, match.start(), end + 1, merged)
        position = match.start() + 1


def _is_between(nodes: Sequence[Node], at: int) -> bool:
    """Return whether the two things that begin at `at` are the ends of "between X and Y", and no list."""
    position = at - 1
    while position >= 0 and nodes[position].tag in {"DET", "X", "ADV", "NUM", "UP", "DOWN", "LEVEL", "OF"}:
        position -= 1
    return position >= 0 and nodes[position].tag == "BETWEEN"


def _clause_tags(nodes: Sequence[Node], end: int) -> set[str]:
    tags: set[str] = set()
    for node in reversed(nodes[:end]):
        if node.tag in {"SEMI", "SUB", "END"}:
            break
        tags.add(node.tag)
    return tags


def _alike(phrase: Phrase | None, first: Phrase | None, context: Context) -> bool:
    if phrase is None or first is None or context.kind(phrase) != context.kind(first):
        return False
    clash = phrase.change is not None and first.change is not None and phrase.change != first.change
    levels = phrase.level is not None and phrase.level != first.level
    return (
        not clash
        and not levels
        and phrase.agent == first.agent
        and phrase.given == first.given
        and (phrase.state == first.state or phrase.state is None or first.state is None)
    )


def _fold_parentheses(nodes: list[Node], context: Context, claims: list[SideClaim]) -> list[Node]:
    """Fold `(...)`: an alias joins the name before it, a list joins the class noun before it, all else becomes one skipped node."""
    compiled = pattern(r"<LP> (?P<in>[^()]*?) <RP>".replace("[^()]", "[^" + pattern("<LP|RP>").pattern[1:]))
    while True:
        match = compiled.search(encode(nodes))
        if match is None:
            return nodes
        start, end = match.span()
        inside = nodes[start + 1 : end - 1]
        entities = [node for node in inside if node.tag == "E" and node.phrase]
        others = [node for node in inside if node.tag not in {"E", "COMMA", "AND", "OR", "DET", "ALIAS", "X", "QUOTE", "SUCH", "SEMI"}]
        before = nodes[start - 1] if start else None
        plain = sum(node.tag == "X" for node in inside) <= len(entities) and not any(node.tag in {"SEMI", "PAREN"} for node in inside)
        listed = plain and len(others) <= 1 and _one_kind(entities, context)
        if before and before.tag in {"BLOCKER", "STIMULATOR"} and entities and not others:
            nodes = [*nodes[:start], *inside, *nodes[end:]]
        elif before and listed and len(entities) >= (3 if before.tag == "E" else 2) and before.tag in {"E", "X", "LEVEL"}:
            mentions = tuple(mention for node in entities if node.phrase for mention in node.phrase.mentions)
            nodes = fold(nodes, start - 1, end, Phrase(mentions=mentions, list_noun=True))
        elif before and before.tag == "E" and before.phrase and len(entities) == 1 and not others:
            inner = entities[0].phrase
            if inner and _named_agent(nodes, start - 1) is not None and context.kind(inner) == "molecule":
                target = replace(before, phrase=replace(before.phrase, agent=_named_agent(nodes, start - 1)))
                claims.append(SideClaim(kind="agent", subject=entities[0], object=target))
                inner = None
            biologic = inner is not None and context.is_drug(inner) and context.categories[before.phrase.mentions[-1]] is Category.GENE
            if biologic and entities[0].lower.isalpha() and len(entities[0].lower) >= _SHORTEST_DRUG_NAME:
                claims.append(SideClaim(kind="alias", subject=entities[0], object=before))
            nodes = fold(nodes, start - 1, end, before.phrase)
        else:
            covered = nodes[start:end]
            folded = Node(tag="PAREN", start=covered[0].start, end=covered[-1].end, lower="()", inner=tuple(inside))
            nodes = [*nodes[:start], folded, *nodes[end:]]


def _named_agent(nodes: Sequence[Node], at: int) -> int | None:
    """Return the sign of the agent whose target the entity at `at` is ("an inhibitor of X (Y)"), None where it is none's."""
    match = pattern(r"(?P<n><BLOCKER|STIMULATOR>) <OF> <DET|X>{0,3} $").search(encode(nodes[:at]))
    if match is None:
        return None
    return -1 if nodes[match.start("n")].tag == "BLOCKER" else 1


def _one_kind(entities: Sequence[Node], context: Context) -> bool:
    return len({context.kind(node.phrase) for node in entities if node.phrase}) == 1


def _fold_exclusions(nodes: list[Node]) -> list[Node]:
    """Fold "X but not Y" and "X rather than Y" into X, and remember Y as excluded."""
    compiled = pattern(r"(?P<a><E>) <COMMA>? <RATHER> <DET|X|PREP|BY|IN|OF|WITH|FROM|ON>{0,3} (?P<b><E>) (?P<close><COMMA>?)")
    while (match := compiled.search(encode(nodes))) is not None:
        first, second = nodes[match.start("a")].phrase, nodes[match.start("b")].phrase
        if first is None or second is None:
            break
        end = match.end() if nodes[match.start("a") + 1].tag == "COMMA" else match.end("b")
        nodes = fold(nodes, match.start(), end, replace(first, excluded=second.mentions))
    return nodes


def _agents_with_names(nodes: list[Node], context: Context, claims: list[SideClaim]) -> list[Node]:
    """Fold "the TNF inhibitor infliximab" and "infliximab, a TNF inhibitor" into the named drug, and keep the claim that it blocks TNF."""
    direct = pattern(r"<E> (?:<E>|<COMMA> <E> <COMMA>)")
    position = 0
    while (match := direct.search(encode(nodes), position)) is not None:
        first = nodes[match.start()]
        second = nodes[match.start() + 1] if nodes[match.start() + 1].tag == "E" else nodes[match.start() + 2]
        if first.phrase and second.phrase and first.phrase.agent and not second.phrase.agent and context.kind(second.phrase) == "molecule":
            claims.append(SideClaim(kind="agent", subject=second, object=first))
            nodes = fold(nodes, match.start(), match.end(), second.phrase)
        position = match.start() + 1
    return nodes


def _stand_in_relatives(nodes: list[Node]) -> list[Node]:
    """Put the name itself in the place of "whose" and of "the expression of which", so that its level, loss or effect is read as any name's."""
    for source in (r"(?P<a><E>) <COMMA>? (?P<r><REL>)", r"(?P<a><E>) <COMMA>? (?P<d><DET>?) (?P<l><LEVEL>) <OF> (?P<r><REL>)"):
        compiled = pattern(source)
        position = 0
        while (match := compiled.search(encode(nodes), position)) is not None:
            position = match.start() + 1
            named, relative = nodes[match.start("a")], nodes[match.start("r")]
            levelled = "l" in compiled.groupindex
            if not levelled and relative.lower != "whose":
                continue
            stand_in = Node(tag="E", start=relative.start, end=relative.end, lower="whose", phrase=named.phrase)
            first = match.start("d") if levelled else match.start("r")
            level = [nodes[match.start("l")]] if levelled else []
            nodes = [*nodes[:first], stand_in, *level, *nodes[match.end() :]]
    return nodes


def _fold_responses(nodes: list[Node], context: Context, claims: list[SideClaim]) -> list[Node]:
    """Fold "the X response to Y" into X, and keep the claim that Y brings it about."""
    compiled = pattern(r"(?P<o><E>) (?P<r><RESPONSE>) <TO> <DET|X|ADV>{0,3} (?P<s><E>)")
    position = 0
    while (match := compiled.search(encode(nodes), position)) is not None:
        position = match.start() + 1
        made, maker = nodes[match.start("o")], nodes[match.start("s")]
        if made.phrase is None or maker.phrase is None or not nodes[match.start("r")].lower.startswith("response"):
            continue
        if context.kind(made.phrase) == context.kind(maker.phrase) == "molecule":
            claims.append(SideClaim(kind="SUFF induced", subject=maker, object=made))
            nodes = fold(nodes, match.start(), match.end(), made.phrase)
    return nodes


_SUFFIXED = r"(?P<a><E>) (?P<s><SUFF>) <DET|X|ADV|UP|DOWN|PAREN>{0,4} (?P<b><E>) (?!<SUFF|SUFFA>)"
_REVERSED = r"(?P<b><E>) (?P<s><SUFFA>) <X|OCCUR|LEVEL|EFFECT>{0,2} (?:<COMMA>? <SUCH> | <OF>)? <DET|X>{0,2} (?P<a><E>)"


def _fold_suffixes(nodes: list[Node], context: Context, claims: list[SideClaim]) -> list[Node]:
    """Fold "X-induced Y" and "Y-inducing factor X" into their head and keep the claim, whose subject is X in both."""
    for source, head in ((_SUFFIXED, "b"), (_REVERSED, "a")):
        compiled = pattern(source)
        while (match := compiled.search(encode(nodes))) is not None:
            first, second, suffix = nodes[match.start("a")], nodes[match.start("b")], nodes[match.start("s")]
            claims.append(SideClaim(kind=suffix.tag + " " + suffix.lower.strip("-"), subject=first, object=second))
            phrase = nodes[match.start(head)].phrase
            if phrase is None:
                break
            nodes = fold(nodes, match.start(), match.end(), phrase)
    return nodes


_APPOSITION = r"""(?P<a><E>) <COMMA> <DET|ADV>{1,2} <X|ADV|UP|DOWN>{0,6} (?P<b><E>) (?P<tail> <SUFFA|SUFF>? <X>{0,3})
    (?P<close><COMMA>(?!<ADV>?<VG>|<REL>|<AND>|<SUB>)|(?=<COMMA|END|SEMI|REL>)|$)"""
_APPOSED_CLAUSE = r"(?P<a><E>) <COMMA> <DET> <X|ADV|UP|DOWN>{0,6} <X|BLOCKER|STIMULATOR> (?=<COMMA>?<REL|VP|VG>)"
_AS_AGENT = r"(?P<a><E>) (?:<COMMA>? <CHAIN|ADV>* <AS>|<BE> <ADV|CHAIN|NEG>*) <DET>? <X|ADV|UP>{0,4} (?P<b><E>)"
_NAMED_AGENTS = r"(?P<b><E>) <COMMA>? (?:<SUCH>|<LP>|<AS>) <DET|X>{0,2} (?P<a><E>)"


def _fold_appositions(nodes: list[Node], context: Context, claims: list[SideClaim]) -> list[Node]:
    """Fold "X, a recombinant Y," into X and keep the claim; let "X, an enzyme that" and "X acts as a Y inhibitor" speak of X."""
    compiled = pattern(_APPOSITION)
    position = 0
    while (match := compiled.search(encode(nodes), position)) is not None:
        first, second = nodes[match.start("a")], nodes[match.start("b")]
        position = match.start() + 1
        if not first.phrase or not second.phrase or first.phrase.list_noun or second.phrase.list_noun:
            continue
        tail = nodes[match.start("tail") : match.end("tail")]
        indefinite = any(node.lower in {"a", "an"} for node in nodes[match.start("a") + 1 : match.start("b")])
        suffix = next((node for node in tail if node.tag in {"SUFFA", "SUFF"}), None)
        if suffix is None and context.kind(first.phrase) != context.kind(second.phrase):
            continue
        if suffix is not None:
            claims.append(SideClaim(kind=suffix.tag + " " + suffix.lower.strip("-"), subject=first, object=second))
        elif not tail and (indefinite or second.phrase.agent):
            claims.append(SideClaim(kind="agent" if second.phrase.agent else "identity", subject=first, object=second))
        else:
            continue
        nodes = fold(nodes, match.start("a"), match.end("close"), first.phrase)
    compiled = pattern(_APPOSED_CLAUSE)
    while (match := compiled.search(encode(nodes))) is not None:
        phrase = nodes[match.start("a")].phrase
        if phrase is None:
            break
        nodes = fold(nodes, match.start(), match.end(), phrase)
    for source in (_AS_AGENT, _NAMED_AGENTS):
        for match in pattern(source).finditer(encode(nodes)):
            first, second = nodes[match.start("a")], nodes[match.start("b")]
            if first.phrase and second.phrase and second.phrase.agent and not first.phrase.agent and context.kind(first.phrase) == "molecule":
                claims.append(SideClaim(kind="agent", subject=first, object=second))
    return nodes
