"""Negation and certainty of a claim: which cues govern the trigger that states it.

Owns the cues and their reach over tags: a cue governs what follows it in its clause, through the words that chain a subject to its verb,
and never the far side of "but" or a semicolon.
After the ideas of NegEx and ConText (Chapman et al. 2001, Harkema et al. 2009) and the BioScope guidelines (Vincze et al. 2008).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from litkg.model import Certainty
from litkg.nlp.grammar.nodes import Node

_ORDER = tuple(Certainty)
_CHAIN = frozenset({"ADV", "MODAL", "BE", "HAVE", "DO", "CHAIN", "TO", "NEG", "FAIL", "PAREN", "UP", "DOWN", "QUOTE", "GV"})
_NEGATIVE = frozenset({"NEG", "FAIL", "NO"})
_AIM = (
    r"(?:aim|aims|aimed|sought|objective|purpose|designed|order|investigate[sd]?|investigating|examine[sd]?|test(?:ed|s|ing)?|evaluated?"
    r"|determine[sd]?|assess(?:ed)?|explored?) (?:\w+ ){0,3}"
    r"(?:to|if|whether|the (?:effects?|role|influence|impact|association|relationship|efficacy|hypothesis))"
)
_CUES: tuple[tuple[Certainty, re.Pattern[str]], ...] = (
    (
        Certainty.HYPOTHESISED,
        re.compile(
            r"\b(?:hypothesi[sz]\w*|speculat\w*|(?:we|is|are|was|been) (?:\w+ )?propos\w*\b(?! (?:the|a) (?:term|name|acronym))"
            r"|proposed (?:that|to)|postulat\w*|whether"
            r"|conceivabl\w*"
            rf"|{_AIM}|unknown|unclear|clarify|elucidate|(?:research|studies|study|work) (?:is|are) (?:needed|required|warranted)"
            r"|remains to be|raises? the question)"
        ),
    ),
    (
        Certainty.POSSIBLE,
        re.compile(
            r"\b(?:possibl[ey]|possibility|perhaps|potential(?:ly)?|putative(?:ly)?|suggest(?:s|ed|ing|ive)?|may|might|could|can|maybe"
            r"|suspected|would|imply|implies|implied|raises? concern|(?:thought|believed|considered|reported) to)\b"
        ),
    ),
    (
        Certainty.PROBABLE,
        re.compile(
            r"\b(?:probabl[ey]|likely|presumabl[ey]|presumed|appears?|appeared|seems?|seemed|apparent(?:ly)?|indicat(?:es?|ed|ing) that"
            r"|supports? (?:the|a)|consistent with)\b"
        ),
    ),
)
_STUDIED = re.compile(
    r"[\w\s,-]{0,40}?\b(?:was|were|is|are|been|being|be) (?:\w+ly )?"
    r"(?P<verb>studied|investigated|examined|assessed|evaluated|tested|explored|analy[sz]ed|measured|discussed|compared)\b"
)
_DENIED = re.compile(
    r"\b(?:no|little|lack of|without|insufficient) evidence (?:that|of|for)|\bunlikely that\b|\bnot (?:clear|likely|shown|proven|true|the case) that\b"
    r"|\b(?:not|n't|never|cannot) (?:\w+ly )?(?:detect|find|observe|see|demonstrate|identify|confirm|found|seen|observed)\b(?! only)(?!.*\breports?\b)"
)
_INVERTED = re.compile(r"\bnor (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b(?!.*\b(?:and|but|because|that|which)\b)")
"""A clause that "nor" opens denies what it says: "nor was there any change in X", "nor did X lower Y"."""
_OPEN = re.compile(
    r"\bwhether\b.*\b(?:unknown|unclear|uncertain|not known|controversial)\b|\b(?:unknown|unclear|uncertain|not known|controversial)\b.*\b(?:whether|if)\b"
)
_OPEN_EFFECT = re.compile(
    r"\b(?:effects?|roles?|influence|impact|relationship|association|link|significance)\b.*\b(?:is|are|was|were|remains?)\b.{0,25}"
    r"\b(?:unclear|unknown|not known|uncertain|poorly understood|not (?:well )?understood|not (?:been )?established|controversial)\b"
)
_MAY = re.compile(r"(?<=\b(?:in|on|of|by|to))\s+May\b|(?<=\bsince|\buntil)\s+May\b|\bMay(?=,? \d)")
"""The month, which is no doubt."""
_STRENGTHENED = re.compile(r"\bstrongly suggest\w*|\bmost likely\b|\bvery likely\b")


def clause_start(nodes: Sequence[Node], at: int) -> int:
    """Return the first node of the clause (or chain of clauses) that holds the node `at`."""
    start = at
    while start > 0 and nodes[start - 1].tag != "SEMI" and not (nodes[start - 1].tag == "SUB" and nodes[start - 1].lower in _CONTRAST):
        start -= 1
    return start


_CONTRAST = frozenset({"but", "whereas", "although", "though", "however", "while", "yet", "nevertheless", "nonetheless"})


def denial_of(nodes: Sequence[Node], cue: tuple[int, int], subject: int | None, object_: int | None) -> tuple[int, int] | None:
    """Return the words that deny the claim stated at `cue`, or None: a negation in the verb's own chain, or a "no" on the cue, its subject or its object."""
    chain = list(_chain_before(nodes, cue[0]))
    if {"NEG", "FAIL"} <= {node.tag for node in chain}:
        return None  # "did not fail to"
    for node in chain:
        if node.tag in {"NEG", "FAIL"} or node.lower == "unlikely":
            return node.start, node.end
    if cue[0] > 0 and nodes[cue[0] - 1].lower in {"neither", "nor"}:
        return nodes[cue[0] - 1].start, nodes[cue[0] - 1].end
    before = nodes[clause_start(nodes, cue[0]) : cue[0]]
    words = " ".join(node.lower for node in before)
    if match := _DENIED.search(words) or _INVERTED.search(words):
        return _characters(before, match)
    for node in nodes[cue[0] : cue[1]]:
        if node.tag in _NEGATIVE:
            return node.start, node.end
    if subject is not None and subject > 0 and nodes[subject - 1].tag == "FAIL":
        return nodes[subject - 1].start, nodes[subject - 1].end
    determiners = (_determiner_no(nodes, anchor) for anchor in (cue[0], subject, object_) if anchor is not None)
    return next(((node.start, node.end) for node in determiners if node is not None), None)


def _characters(nodes: Sequence[Node], match: re.Match[str]) -> tuple[int, int]:
    """Return the characters of the nodes that a match in their words, joined by blanks, touches."""
    first = match.string.count(" ", 0, match.start())
    last = match.string.count(" ", 0, match.end())
    words = [node for node in nodes for _ in node.lower.split(" ")]
    return words[first].start, words[last].end


_REPORTED = frozenset({"reported", "described", "documented", "recognized", "recognised", "published"})


def is_unreported(nodes: Sequence[Node], cue: tuple[int, int]) -> bool:
    """Return whether the claim is only said to be new ("has not been reported to cause"): neither stated nor denied."""
    reported = False
    for node in _chain_before(nodes, cue[0]):
        reported = reported or node.lower in _REPORTED
        if node.tag == "NEG":
            return reported
    return False


_NO_REPORT = re.compile(
    r"\bno (?:[\w-]+ ){0,3}?(?:reports?|citations?|descriptions?|publications?|reported cases?|published cases?|literature)\b"
    r"|\bno (?:[\w-]+ ){0,3}?cases? (?=.*\b(?:reported|described|published|documented)\b)|\bnever been (?:reported|described|published|documented)\b"
    r"|\bnot (?:been |yet |previously |ever ){0,3}(?:reported|described|published|documented)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r";|\b(?:but|however|although|though|which|that|whereas|while|we|and)\b", re.IGNORECASE)


def is_said_unreported(text: str, sentence: tuple[int, int], stated: tuple[int, int]) -> bool:
    """Return whether the sentence says that nobody has told of what stands at `stated` ("no reports of X-induced Y"): neither stated nor denied."""
    for match in _NO_REPORT.finditer(text, *sentence):
        first, last = (match.end(), stated[0]) if match.start() < stated[0] else (stated[1], match.start())
        if not _TURN.search(text, first, max(first, last)):
            return True
    return False


def _chain_before(nodes: Sequence[Node], at: int) -> Iterator[Node]:
    """Yield the words that chain the node `at` to its subject, nearest first."""
    for position in range(at - 1, -1, -1):
        if nodes[position].tag not in _CHAIN:
            return
        yield nodes[position]


def _determiner_no(nodes: Sequence[Node], at: int) -> Node | None:
    position = at - 1
    while position >= 0 and nodes[position].tag in {"X", "UP", "DOWN", "ADV", "CHAIN", "LINK", "CORR", "EFFECT"} and at - position <= 4:
        position -= 1
    return nodes[position] if position >= 0 and nodes[position].tag == "NO" else None


def certainty_of(
    text: str, nodes: Sequence[Node], cue: tuple[int, int], object_: int | None, *, question: bool
) -> tuple[Certainty, tuple[int, int] | None]:  # fmt: skip
    """Return how sure the text is of the claim, and the characters that say so: the least sure of the cues that govern it; a question only hypothesises."""
    if question:
        return Certainty.HYPOTHESISED, None
    start = clause_start(nodes, cue[0])
    last = max(cue[1] - 1, object_ if object_ is not None else 0)
    if nodes[cue[0]].trigger is None and (studied := _STUDIED.match(text, nodes[min(last, len(nodes) - 1)].end)):
        return Certainty.HYPOTHESISED, studied.span("verb")
    last = _hedged_verb_after(nodes, last)
    end = nodes[min(last, len(nodes) - 1)].end
    begin = nodes[start].start
    window = _MAY.sub(lambda month: " " * len(month[0]), text[begin:end]).lower()
    strengthened = bool(_STRENGTHENED.search(window))
    for certainty, cues in _CUES:
        if found := cues.search(window):
            if certainty is Certainty.POSSIBLE and strengthened and not re.search(r"\b(?:may|might|could|possibl[ey])\b", window):
                certainty = Certainty.PROBABLE
            return certainty, (begin + found.start(), begin + found.end())
    return Certainty.ASSERTED, None


def _hedged_verb_after(nodes: Sequence[Node], last: int) -> int:
    """Return the modal of the verb whose subject the claim is part of ("a fall in X caused by Y could explain"), else `last`: its doubt covers the subject."""
    for position in range(last + 1, len(nodes)):
        tag = nodes[position].tag
        if tag == "MODAL":
            return position
        if tag not in {"E", "ADV", "PAREN", "X", "LEVEL", "OCCUR", "BEARER", "OF", "IN", "BY", "DET"}:
            break
    return last


def is_open(text: str, start: int, end: int) -> bool:
    """Return whether the sentence only says that something is not known ("whether X causes Y is unknown"): it then claims nothing."""
    sentence = text[start:end].lower()
    return bool(_OPEN.search(sentence) or _OPEN_EFFECT.search(sentence))


def surer(first: Certainty, second: Certainty) -> Certainty:
    """Return the surer of two."""
    return min(first, second, key=_ORDER.index)


def weaker(first: Certainty, second: Certainty) -> Certainty:
    """Return the less sure of two."""
    return max(first, second, key=_ORDER.index)
