"""Folds what stands between the parts of a clause and names nobody: "in two of nine boys", "at 80 mg once daily", ", as others have noted,".

Owns which stretches are adjuncts. A folded one is a node `PAREN`, which every pattern steps over. Refuses stretches that hold an entity, unless they part an
auxiliary from its verb or a verb from its object: there only an adjunct can stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from litkg.nlp.grammar.nodes import Node, encode, pattern

_GOES_ON = "COMMA|END|SEMI|VA|BE|MODAL|HAVE|DO|GV|FAIL|NEG|IN|ON|AFTER|BY|PREP|DUE|ADV|DET|AGAINST|PAREN|SUB|CHAIN|THAN"
"""What may follow a phrase that is over; a noun, "of" or a participle would go on with it."""
_NOUN = "X|BEARER|NUM"
_PREPOSITIONAL = rf"""<IN|FROM|FOR|ON|AFTER|PREP> <DET|NUM|X|ADV|UP|DOWN>{{0,4}} <{_NOUN}> (?:<OF> <DET|X|ADV|NUM>{{0,2}} <{_NOUN}>)?
    (?:<AND|OR> <DET|X|NUM>{{0,2}} <{_NOUN}>)? (?=<{_GOES_ON}>|<AND|OR><VA|VG|GV|ADV|BE|MODAL|IN|PAREN|BY>|$)"""
_PLACE = rf"(?<=<VP|VA>) <TO> <DET> <X|ADV|UP|DOWN>{{0,2}} <X|BEARER> (?=<{_GOES_ON}>|$)"
_WITHIN = rf"(?<=<LEVEL>) <IN> <DET|X|ADV>{{0,2}} <{_NOUN}> (?=<OF>)"
_OWNER = r"<DET>? <BEARER> <QUOTE> (?=<X|LEVEL|UP|DOWN>{0,2} <E>)"
_NUMERIC = rf"<BY> <ADV|X|DET|PREP>{{0,2}} <NUM> <X|TO|NUM>{{0,3}} (?=<{_GOES_ON}|AND>|$)"
_DELAYING = r"(?<=<MODAL|BE|HAVE>) <IN|FROM|FOR|ON|AFTER|PREP|WITH> <DET|NUM|X|ADV|UP|DOWN>{0,3} <X|NUM> (?=<VA|VP>)"
_INNER = "[^" + pattern("<E|COMMA|SEMI|END|REL|NEG|NO|FAIL>").pattern[1:] + "{1,12}"
_VERBLESS = "[^" + pattern("<E|COMMA|SEMI|END|REL|NEG|NO|FAIL|VA|VP|VG|GV|BE|MODAL|HAVE|DO>").pattern[1:] + "{0,12}"
_VERB_OR_OBJECT = "(?=<ADV|NEG|CHAIN|PAREN>{0,3} <VA|VP|BE|MODAL|HAVE|GV|DO|FAIL> | <DET|X|ADV|NUM|UP|DOWN>{0,3} (?:<LEVEL> <OF>)? <E> | <TO> <VA>)"
_BETWEEN_COMMAS = rf"<COMMA> (?:<AS|SUB> {_INNER} | <IN|FROM|FOR|ON|AFTER|PREP|WITH|ADV|PAREN> {_VERBLESS}) <COMMA> {_VERB_OR_OBJECT}"
_APPOSED = r"(?<=<E>) <COMMA> <DET> <X|ADV|UP|DOWN|NUM>{1,6} <COMMA> (?=<AND> <E> | <CHAIN|ADV|NEG>{0,3} <VA|VP|BE|MODAL|GV|HAVE>)"
_ANYTHING = "[^" + pattern("<SEMI|END|VA|VP|BE|MODAL>").pattern[1:] + "{1,18}"
_PARTED_AUXILIARY = rf"(?<=<BE|MODAL|HAVE|DO>) <COMMA> {_ANYTHING} <COMMA> (?=<ADV|NEG|PAREN>{{0,2}} <VA|VP|BE|HAVE>)"
_PARTED_OBJECT = (
    rf"(?<=<VA>) <COMMA> <IN|FROM|FOR|ON|AFTER|PREP|WITH|AS|BY|PAREN> (?!{_ANYTHING}<VG>) {_ANYTHING} <COMMA> "
    r"(?=<DET|X|ADV|NUM|UP|DOWN|PAREN|QUOTE>{0,4} (?:<LEVEL> <OF>)? <DET|X>{0,2} <E>)"
)
_LIKE_PAIR = r"<PAREN> <AND|OR> <PAREN>"
_BOUND = frozenset({"EFFECT", "ROLE", "LINK", "CORR", "GIVE", "GIVEN", "RESPONSE", "N", "FAIL", "LACK"})
"""Words that a following prepositional phrase belongs to: "effect on growth" must not be read as an effect on something later."""
_CONTRASTING = frozenset({"but", "whereas", "unless", "if", "whether", "not"})


def fold_adjuncts(nodes: list[Node]) -> list[Node]:
    """Return the nodes with each adjunct folded into one node `PAREN`."""
    codes = encode(nodes)
    for source in (_OWNER, _NUMERIC, _DELAYING, _PLACE, _WITHIN, _PREPOSITIONAL, _LIKE_PAIR, _PARTED_AUXILIARY, _PARTED_OBJECT, _BETWEEN_COMMAS, _APPOSED):
        compiled = pattern(source)
        position = 0
        while (match := compiled.search(codes, position)) is not None:
            start, end = match.span()
            if _is_bound(nodes, start, source) or any(node.lower in _CONTRASTING for node in nodes[start : start + 2]):
                position = start + 1
                continue
            folded = Node(tag="PAREN", start=nodes[start].start, end=nodes[end - 1].end, lower="()", inner=tuple(nodes[start:end]))
            nodes = [*nodes[:start], folded, *nodes[end:]]
            codes = encode(nodes)
            position = start
    return nodes


def _is_bound(nodes: Sequence[Node], at: int, source: str) -> bool:
    return source is _PREPOSITIONAL and (at == 0 or nodes[at - 1].tag in _BOUND or nodes[at].lower == "following")
