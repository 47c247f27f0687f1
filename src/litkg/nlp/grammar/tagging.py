"""Turns a sentence into tagged nodes (`nodes`): which word class each word has, and which words are triggers.

Owns the classes of single words and of suffixes; how a trigger is read where it may be verb, participle or noun is decided in `readings`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.multiwords import MULTIWORDS
from litkg.nlp.grammar.nodes import Node, Phrase, Piece
from litkg.nlp.grammar.readings import read_trigger

_SUFFIXES = {
    **dict.fromkeys(["induced", "mediated", "driven", "triggered", "evoked", "elicited", "stimulated", "provoked", "caused"], "SUFF"),
    **dict.fromkeys(["related", "associated", "linked", "dependent"], "SUFF"),
    **dict.fromkeys(
        ["inducing", "releasing", "stimulating", "secreting", "producing", "suppressing", "inhibiting", "blocking", "activating", "causing"], "SUFFA"
    ),
    **dict.fromkeys(
        ["increasing", "decreasing", "lowering", "reducing", "promoting", "expressing", "enhancing", "metabolizing", "metabolising", "degrading"], "SUFFA"
    ),
    "neutralizing": "SUFFA",
    **dict.fromkeys(["deficient", "null", "knockout", "/-", "−/−"], "LACK"),
    **dict.fromkeys(["treated", "exposed"], "GIVEN"),
}
_ROLES = frozenset({"role", "roles", "involvement", "contribution", "part", "importance"})
_SIMPLE: dict[str, str] = {
    ",": "COMMA", ";": "SEMI", ":": "SEMI", "(": "LP", "[": "LP", ")": "RP", "]": "RP", "/": "SLASH", "-": "HYPHEN", "–": "HYPHEN", "—": "SEMI",
    '"': "QUOTE", "'": "QUOTE", ".": "END", "?": "END", "!": "END", "and": "AND", "or": "OR", "&": "AND", "plus": "AND",
    "response": "RESPONSE", "responses": "RESPONSE", "responded": "RESPONSE", "respond": "RESPONSE", "responds": "RESPONSE",
    "efficacy": "EFFICACY", "effectiveness": "EFFICACY", "benefit": "EFFICACY", "benefits": "EFFICACY",
    "association": "LINK", "associations": "LINK", "link": "LINK", "links": "LINK", "relationship": "LINK", "relation": "LINK", "connection": "LINK",
    "correlation": "CORR", "correlations": "CORR", "correlated": "CORR", "correlate": "CORR", "correlates": "CORR",
    "lacking": "LACK", "lacks": "LACK", "lacked": "LACK", "without": "WITHOUT", "no": "NO", "neither": "NO", "nor": "OR", "anti": "ANTI", "anti-": "ANTI",
    "risk": "RISK", "risks": "RISK", "likelihood": "RISK", "odds": "RISK",
    "effect": "EFFECT", "effects": "EFFECT", "action": "EFFECT", "actions": "EFFECT", "impact": "EFFECT",
}  # fmt: skip
_TABLES: tuple[tuple[frozenset[str] | dict[str, str], str], ...] = (
    (lexis.MODALS, "MODAL"),
    (lexis.BE, "BE"),
    (lexis.HAVE, "HAVE"),
    (lexis.DO, "DO"),
    (lexis.NEGATIONS, "NEG"),
    (lexis.RELATIVES, "REL"),
    (lexis.DETERMINERS, "DET"),
    (lexis.SUBORDINATORS, "SUB"),
    (lexis.LOSSES, "LOSS"),
    (lexis.VARIANTS, "VARIANT"),
    (lexis.BLOCKERS, "BLOCKER"),
    (lexis.STIMULATORS, "STIMULATOR"),
    (lexis.BEARERS, "BEARER"),
    (lexis.OCCURRENCES, "OCCUR"),
    (lexis.INTERVENTIONS, "GIVE"),
    (lexis.GIVEN, "GIVEN"),
    (_ROLES, "ROLE"),
    (lexis.CHAIN, "CHAIN"),
    (lexis.ADVERBS, "ADV"),
)
_FINITE = re.compile(r"[a-z]{3,}ed$")
_VERBAL = re.compile(r"[a-z]{3,}(?:ates|izes|ises|yzes|ifies)$")
_GENERIC_VERBS = lexis.word_set(
    "afford affords afforded offer offers offered "
    "assess began came come compare comprise comprises conclude confirm confirms constitute constitutes demonstrate demonstrates "
    "describe describes develop develops display displayed displays encode encodes evaluate evaluates examine examines exert exerted "
    "exerts exhibit exhibited exhibits exist exists find finds gave give gives go goes hypothesise hypothesize include includes "
    "indicate indicated indicates investigate kept led left made make makes measure measured need needs occur occurs play played plays "
    "presented propose provide provides receive receives report reports reveal revealed reveals saw show showed shows speculate suggest "
    "suggested suggests support supported supports take takes took undergo underwent went "
)


def tag_pieces(text: str, pieces: Sequence[Piece]) -> list[Node]:
    """Return one node a piece, or a multiword; each mention is an entity phrase of its own."""
    words = [text[piece.start : piece.end].lower() for piece in pieces]
    forms = lexis.load_forms()
    nodes: list[Node] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        if piece.mentions:
            nodes.append(Node(tag="E", start=piece.start, end=piece.end, lower=words[position], phrase=_named(piece, words[position])))
            position += 1
            continue
        suffix = _suffix(words, pieces, position)
        if suffix is not None:
            if nodes and nodes[-1].tag == "HYPHEN":
                nodes.pop()
            nodes.append(Node(tag=suffix, start=piece.start, end=piece.end, lower=words[position].strip("-")))
            position += 1
            continue
        if _is_bare_suffix(words, pieces, position, nodes):
            nodes.append(Node(tag=_SUFFIXES[words[position]], start=piece.start, end=piece.end, lower=words[position]))
            position += 1
            continue
        size, tag, readings = _longest(words, pieces, position, forms)
        last = pieces[position + size - 1]
        lower = " ".join(words[position : position + size])
        trigger = None
        if readings:
            tag, reading = read_trigger(readings, words, pieces, position, size, nodes)
            trigger = reading.trigger if reading else None
        elif tag is None:
            tag = _tag_word(lower, text[piece.start : piece.end], nodes)
        nodes.append(Node(tag=tag or "X", start=piece.start, end=last.end, lower=lower, trigger=trigger))
        position += size
    return nodes


def _named(piece: Piece, lower: str) -> Phrase:
    """Return the phrase of a mention, or of an anaphor: several mentions are a list, and "these patients" bear the disease that they stand for."""
    return Phrase(
        mentions=piece.mentions,
        list_noun=len(piece.mentions) > 1,
        borne=lower.startswith(("these ", "those ")) and lower.split()[-1] in lexis.BEARERS,
        state="loss_of_function" if piece.lost else None,
    )


def _longest(
    words: Sequence[str], pieces: Sequence[Piece], position: int, forms: dict[tuple[str, ...], tuple[lexis.Form, ...]]
) -> tuple[int, str | None, tuple[lexis.Form, ...]]:
    for size in (4, 3, 2, 1) if words[position] in _openings() else (1,):
        if position + size > len(words) or any(pieces[at].mentions for at in range(position, position + size)):
            continue
        key = tuple(words[position : position + size])
        if key in MULTIWORDS:
            return size, MULTIWORDS[key], ()
        if key in forms and not (size == 1 and key[0] in lexis.LOSSES):
            return size, None, forms[key]
    return 1, None, ()


@cache
def _openings() -> frozenset[str]:
    """Return the first words of what is written in several words."""
    return frozenset(key[0] for key in (*MULTIWORDS, *lexis.load_forms()) if len(key) > 1)


def _suffix(words: Sequence[str], pieces: Sequence[Piece], position: int) -> str | None:
    """Return the tag of "induced" in "IL-6-induced" and its like, None for any other word."""
    if position < 2 or words[position - 1] not in {"-", "–"}:
        return None
    before, joined = pieces[position - 2], pieces[position - 2].end == pieces[position - 1].start and pieces[position - 1].end == pieces[position].start
    return _SUFFIXES.get(words[position]) if before.mentions and joined else None


def _is_bare_suffix(words: Sequence[str], pieces: Sequence[Piece], position: int, nodes: Sequence[Node]) -> bool:
    """Return whether the word is a suffix written without its hyphen: "blocked TNF induced IL-6 release", where a verb stands before already, and
    "appetite stimulating peptide", where what does it stands after."""
    word = words[position]
    if word not in _SUFFIXES or position == 0 or not pieces[position - 1].mentions or position + 1 >= len(words):
        return False
    if _SUFFIXES[word] == "SUFFA":
        return words[position + 1] in _DOERS
    if _SUFFIXES[word] != "SUFF":
        return False
    if words[position + 1] in _AFTER_PARTICIPLE:
        return False
    clause = next((node.tag for node in reversed(nodes[:-1]) if node.tag in {"VA", "VP", "VG", "N", "SUB", "COMMA", "AND", "REL", "BE"}), "")
    return clause in {"VA", "VG"} or (word in {"mediated", "related", "associated", "dependent"} and words[position + 1] not in _AFTER_PARTICIPLE)


_DOERS = lexis.word_set(
    "action actions activity agent agents drug drugs effect effects factor factors hormone medication medications peptide peptides properties therapy treatment"
)
_AFTER_PARTICIPLE = frozenset({"by", "with", "to", "in", "from", "after", "the", "a", "an", "through", "via", ",", "."})


def _tag_word(lower: str, printed: str, nodes: Sequence[Node]) -> str:
    if lower in _SIMPLE:
        return _SIMPLE[lower]
    if lower in {"both", "only"}:
        return "ADV"
    for table, tag in _TABLES:
        if lower in table:
            return tag
    if lower in lexis.PREPOSITIONS:
        return lexis.PREPOSITIONS[lower]
    if lower in lexis.LEVEL_ASPECTS:
        return "LEVEL"
    if lower in lexis.UP_ADJECTIVES:
        return "UP"
    if lower in lexis.DOWN_ADJECTIVES:
        return "DOWN"
    if lower in _GENERIC_VERBS:
        return "GV"
    if lower[:1].isdigit():
        return "NUM"
    if lower.endswith("ly") and len(lower) > 4:
        return "ADV"
    if nodes and nodes[-1].tag == "E" and _VERBAL.search(lower):
        return "GV"
    if _FINITE.search(lower) and nodes and nodes[-1].tag in {"E", "BEARER", "ADV", "HAVE", "X"} and printed.islower():
        return "GV" if nodes[-1].tag != "X" else "X"
    return "X"
