"""Turns a sentence into tagged nodes: the alphabet over which the relation grammar is written.

A node is a word, a trigger, a group of coordinated mentions or a punctuation mark, with one tag. Tags are one character each in the encoded
sentence, so that a pattern over tags is an ordinary regular expression whose offsets are node numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from litkg.nlp.grammar import lexis

TAGS = (
    "E",  # entity phrase
    "VA",  # finite or infinitive trigger
    "VP",  # passive or past participle trigger
    "VG",  # gerund trigger
    "N",  # nominal trigger
    "SUFF",  # -induced, -related ...
    "SUFFA",  # -inducing, -releasing ...
    "GV",  # any other finite verb
    "LEVEL",
    "EFFECT",
    "RISK",
    "ANTI",
    "LOSS",
    "LACK",
    "VARIANT",
    "UP",
    "DOWN",
    "BLOCKER",
    "STIMULATOR",
    "BEARER",
    "OCCUR",
    "GIVE",
    "GIVEN",
    "ADVERSE",
    "ROLE",
    "RESPONSE",
    "EFFICACY",
    "LINK",
    "CORR",
    "DET",
    "BE",
    "HAVE",
    "DO",
    "MODAL",
    "NEG",
    "NO",
    "WITHOUT",
    "REL",
    "SUB",
    "CHAIN",
    "ADV",
    "NUM",
    "X",
    "OF",
    "BY",
    "IN",
    "WITH",
    "TO",
    "FROM",
    "FOR",
    "ON",
    "AFTER",
    "BETWEEN",
    "AGAINST",
    "THAN",
    "AS",
    "PREP",
    "DUE",
    "AND",
    "OR",
    "SUCH",
    "RATHER",
    "VERSUS",
    "APART",
    "CAUSAL",
    "ALIAS",
    "EFFECTIVE",
    "INEFFECTIVE",
    "FAIL",
    "NEEDED",
    "MEMBER",
    "RISKFOR",
    "MARKER",
    "COMMA",
    "SEMI",
    "LP",
    "RP",
    "PAREN",
    "SLASH",
    "HYPHEN",
    "QUOTE",
    "END",
)
CODES = {tag: chr(0x100 + number) for number, tag in enumerate(TAGS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """What an entity phrase says of its mentions (indices into the document's groundings).

    `aspect` is what of them is meant; `change` (-1, 0, 1 or None) a change named in the phrase ("a decrease in"); `level` (-1, 1 or None) a
    level named by an adjective ("high serum"); `state` a subject aspect (loss_of_function ...); `agent` (-1, 1 or None) where the phrase is an
    inhibitor or agonist of the mentions; `blocked` that a fall in `change` is a blockade; `given` that they are administered; `borne` that the
    phrase is of those who have the disease; `risk` that only the risk of it is meant; `list_noun` that several names were folded into one; `excluded` are
    the mentions that the text sets against them ("but not Y", "rather than Y").
    """

    mentions: tuple[int, ...]
    aspect: str | None = None
    change: int | None = None
    level: int | None = None
    state: str | None = None
    agent: int | None = None
    blocked: bool = False
    given: bool = False
    borne: bool = False
    risk: bool = False
    list_noun: bool = False
    excluded: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A tagged stretch of the sentence; offsets count in the document."""

    tag: str
    start: int
    end: int
    lower: str
    phrase: Phrase | None = None
    trigger: lexis.Trigger | None = None
    inner: tuple[Node, ...] = field(default=())


def encode(nodes: Sequence[Node]) -> str:
    """Return the tags of the nodes as a string with one character a node."""
    return "".join([CODES[node.tag] for node in nodes])


@cache
def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern over tags: `<E>` is one node, `<E|X>` either, everything else is regular-expression syntax; blanks are ignored.

    Raises: KeyError for a tag that does not exist.

    >>> bool(pattern("<DET>? <E>").fullmatch(CODES["DET"] + CODES["E"]))
    True
    """
    names = re.sub(r"(?<!\?P)<([A-Z|]+)>", lambda match: "[" + "".join(CODES[tag] for tag in match[1].split("|")) + "]", source)
    return re.compile(re.sub(r"\s+", "", names))


_SUFFIXES = {
    **dict.fromkeys(["induced", "mediated", "driven", "triggered", "evoked", "elicited", "stimulated", "provoked", "caused"], "SUFF"),
    **dict.fromkeys(["related", "associated", "linked", "dependent"], "SUFF"),
    **dict.fromkeys(
        ["inducing", "releasing", "stimulating", "secreting", "producing", "suppressing", "inhibiting", "blocking", "activating", "lowering"], "SUFFA"
    ),
    **dict.fromkeys(
        ["increasing", "reducing", "promoting", "expressing", "enhancing", "metabolizing", "metabolising", "degrading", "neutralizing", "causing"], "SUFFA"
    ),
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
    "lacking": "LACK", "without": "WITHOUT", "no": "NO", "neither": "NO", "nor": "OR", "anti": "ANTI", "anti-": "ANTI",
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
    "assess began came come compare comprise comprises conclude confirm confirms constitute constitutes demonstrate demonstrates "
    "describe describes develop develops display displayed displays encode encodes evaluate evaluates examine examines exert exerted "
    "exerts exhibit exhibited exhibits exist exists find finds gave give gives go goes hypothesise hypothesize include includes "
    "indicate indicated indicates investigate kept led left made make makes measure measured need needs occur occurs play played plays "
    "presented propose provide provides receive receives report reports reveal revealed reveals saw show showed shows speculate suggest "
    "suggested suggests support supported supports take takes took undergo underwent went "
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, or the part of a token outside mentions; `mention` is the index of the mention it is, else None."""

    start: int
    end: int
    mention: int | None = None


def tag_pieces(text: str, pieces: Sequence[Piece]) -> list[Node]:
    """Return one node a piece, or a multiword; each mention is an entity phrase of its own."""
    words = [text[piece.start : piece.end].lower() for piece in pieces]
    forms = lexis.load_forms()
    nodes: list[Node] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        if piece.mention is not None:
            nodes.append(Node(tag="E", start=piece.start, end=piece.end, lower=words[position], phrase=Phrase(mentions=(piece.mention,))))
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
            tag, reading = _read_trigger(readings, words, pieces, position, size, nodes)
            trigger = reading.trigger if reading else None
        elif tag is None:
            tag = _tag_word(lower, text[piece.start : piece.end], nodes)
        nodes.append(Node(tag=tag or "X", start=piece.start, end=last.end, lower=lower, trigger=trigger))
        position += size
    return nodes


def _longest(
    words: Sequence[str], pieces: Sequence[Piece], position: int, forms: dict[tuple[str, ...], tuple[lexis.Form, ...]]
) -> tuple[int, str | None, tuple[lexis.Form, ...]]:
    for size in (4, 3, 2, 1):
        if position + size > len(words) or any(pieces[at].mention is not None for at in range(position, position + size)):
            continue
        key = tuple(words[position : position + size])
        if key in lexis.MULTIWORDS:
            return size, lexis.MULTIWORDS[key], ()
        if key in forms and not (size == 1 and key[0] in lexis.LOSSES):
            return size, None, forms[key]
    return 1, None, ()


def _suffix(words: Sequence[str], pieces: Sequence[Piece], position: int) -> str | None:
    """Return the tag of "induced" in "IL-6-induced" and its like, None for any other word."""
    if position < 2 or words[position - 1] not in {"-", "–"}:
        return None
    before, joined = pieces[position - 2], pieces[position - 2].end == pieces[position - 1].start and pieces[position - 1].end == pieces[position].start
    return _SUFFIXES.get(words[position]) if before.mention is not None and joined else None


def _is_bare_suffix(words: Sequence[str], pieces: Sequence[Piece], position: int, nodes: Sequence[Node]) -> bool:
    """Return whether the word is a suffix written without its hyphen: "blocked TNF induced IL-6 release", where a verb stands before already."""
    word = words[position]
    if _SUFFIXES.get(word) != "SUFF" or position == 0 or pieces[position - 1].mention is None or position + 1 >= len(words):
        return False
    if words[position + 1] in _AFTER_PARTICIPLE:
        return False
    clause = next((node.tag for node in reversed(nodes[:-1]) if node.tag in {"VA", "VP", "VG", "N", "SUB", "COMMA", "AND", "REL", "BE"}), "")
    return clause in {"VA", "VG"} or (word in {"mediated", "related", "associated", "dependent"} and words[position + 1] not in _AFTER_PARTICIPLE)


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


_NOUNS_BEFORE_PAST = frozenset({"E", "LEVEL", "REL", "BEARER", "GIVE", "AND", "COMMA", "BLOCKER", "STIMULATOR", "VARIANT", "LOSS", "EFFECT", "RP", "N"})
_NOUN_BEFORE = frozenset({"DET", "OF", "IN", "UP", "DOWN", "NO", "SUFF", "BY", "WITH", "AFTER", "DUE", "PREP", "FOR", "ON", "FROM", "CAUSAL", "THAN", "VERSUS"})


def _read_trigger(
    readings: tuple[lexis.Form, ...], words: Sequence[str], pieces: Sequence[Piece], position: int, size: int, nodes: Sequence[Node]
) -> tuple[str, lexis.Form | None]:
    """Choose between verb, participle, adjective and noun by the words on both sides."""
    verbs = [form for form in readings if form.tag != "NN"]
    nouns = [form for form in readings if form.tag == "NN"]
    before = nodes[-1].tag if nodes else "START"
    before_any = next((node.tag for node in reversed(nodes) if node.tag not in {"ADV", "NEG"}), "START")
    after = words[position + size] if position + size < len(words) else ""
    word = words[position]
    if word in lexis.LEVEL_ASPECTS and before not in {"TO", "MODAL", "CHAIN"} and (before in {"E", "LEVEL"} or before in _NOUN_BEFORE):
        return "LEVEL", None
    if nouns and not verbs:
        return "N", nouns[0]
    form = verbs[0]
    adjective = "UP" if word in lexis.UP_ADJECTIVES else "DOWN" if word in lexis.DOWN_ADJECTIVES else None
    if form.tag == "VB" and adjective and before_any not in {"TO", "MODAL", "DO", "FAIL", "E"}:
        return adjective, None
    if form.tag == "VB" and nouns and before == "E" and len(nodes) > 1 and nodes[-2].tag == "SUFF":
        return "N", nouns[0]
    if form.tag in {"VB", "VBZ"}:
        noun_like = before in _NOUN_BEFORE or after in {"of", "in"} or (before == "X" and after in {"of", "in", "was", "were"})
        if form.tag == "VB" and before in {"TO", "MODAL", "DO", "NEG", "FAIL", "CHAIN"}:
            noun_like = False
        if form.tag == "VB" and before_any in {"TO", "MODAL", "DO", "FAIL"}:
            noun_like = False
        if noun_like:
            return ("N", nouns[0]) if nouns else ("X", None)
        return "VA", form
    if form.tag == "VBG":
        if after in lexis.VARIANTS and word in lexis.GAIN_OF_FUNCTION_WORDS | lexis.LOSS_OF_FUNCTION_WORDS:
            return "X", None
        if before in {"DET", "UP", "DOWN"} and after == "of":
            return "N", replace(form, tag="NN")
        return "VG", form
    if form.tag == "VBN":
        return ("VA", form) if before_any == "HAVE" else ("VP", form)
    return _read_past(form, words, pieces, position, size, nodes, before_any, before)


def _read_past(
    form: lexis.Form, words: Sequence[str], pieces: Sequence[Piece], position: int, size: int, nodes: Sequence[Node], before_any: str, before: str
) -> tuple[str, lexis.Form | None]:
    after = words[position + size] if position + size < len(words) else ""
    next_is_mention = position + size < len(pieces) and pieces[position + size].mention is not None
    word = words[position]
    if before_any == "BE":
        return "VP", form
    if nodes and nodes[-1].lower in {"neither", "nor"}:
        return "VA", form
    adjective = word in lexis.UP_ADJECTIVES or word in lexis.DOWN_ADJECTIVES
    if before_any == "HAVE":
        if adjective and before != "BE" and _bearers_have(nodes):
            return ("UP" if word in lexis.UP_ADJECTIVES else "DOWN"), None
        return ("VP", form) if before == "BE" else ("VA", form)
    if after in {"by", "via", "through"}:
        return "VP", form
    if adjective and before_any not in _NOUNS_BEFORE_PAST:
        return ("UP" if word in lexis.UP_ADJECTIVES else "DOWN"), None
    verbs = [node for node in nodes if node.tag in {"VA", "VP", "GV", "BE", "HAVE"}]
    parallel = not verbs or any(node.tag == "VA" and node.lower.endswith("ed") for node in verbs)
    if adjective and before_any in {"AND", "COMMA"} and not (parallel and (next_is_mention or after in lexis.DETERMINERS)):
        return ("UP" if word in lexis.UP_ADJECTIVES else "DOWN"), None
    if before in {"DET", "OF", "IN", "NO", "WITH", "OR"} and size == 1:
        return "X", None
    if after in {"in", "after", "with", "following", "from", "during", "upon", "when"} and not next_is_mention:
        return ("VP", form) if after not in {"in", "from"} or before_any not in {"E", "LEVEL"} else ("VA", form)
    return "VA", form


def _bearers_have(nodes: Sequence[Node]) -> bool:
    """Tell whether people or animals are what the last "had" is said of: "patients with X had increased IL-6" tells what they have, not what X did."""
    at = next((index for index in range(len(nodes) - 1, -1, -1) if nodes[index].tag == "HAVE"), None)
    for node in reversed(nodes[:at]):
        if node.tag == "BEARER":
            return True
        if node.tag in {"VA", "VP", "VG", "GV", "BE", "MODAL", "COMMA", "SEMI", "SUB", "REL"}:
            return False
    return False
