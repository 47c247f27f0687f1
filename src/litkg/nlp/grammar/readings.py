"""Reads a trigger as verb, participle, adjective or noun, by the words on both sides.

Owns that choice alone: there is no tagger under the grammar, so a form such as "decreased" is told apart by its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.nodes import Node, Piece

_NOUNS_BEFORE_PAST = frozenset({"E", "LEVEL", "REL", "BEARER", "GIVE", "AND", "COMMA", "BLOCKER", "STIMULATOR", "VARIANT", "LOSS", "EFFECT", "RP", "N"})
_NOUN_BEFORE = frozenset({"DET", "OF", "IN", "UP", "DOWN", "NO", "SUFF", "BY", "WITH", "AFTER", "DUE", "PREP", "FOR", "ON", "FROM", "CAUSAL", "THAN", "VERSUS"})


_RELEASING = frozenset({"release"})
_AMOUNTS = frozenset({"more", "less", "fewer", "higher", "lower", "large", "little", "much", "abundant"})


def read_trigger(
    readings: tuple[lexis.Form, ...], words: Sequence[str], pieces: Sequence[Piece], position: int, size: int, nodes: Sequence[Node]
) -> tuple[str, lexis.Form | None]:
    """Return tag and form: choose between verb, participle, adjective and noun by the words on both sides."""
    verbs = [form for form in readings if form.tag != "NN"]
    nouns = [form for form in readings if form.tag == "NN"]
    before = nodes[-1].tag if nodes else "START"
    before_any = next((node.tag for node in reversed(nodes) if node.tag not in {"ADV", "NEG"}), "START")
    after = words[position + size] if position + size < len(words) else ""
    word = words[position]
    if before == "E" and word in _RELEASING and verbs and (after in _AMOUNTS or _is_lone_verb(words, pieces, position + size, nodes)):
        return "VA", verbs[0]
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
        if noun_like and word in lexis.LEVEL_ASPECTS:
            return "LEVEL", None
        if noun_like:
            return ("N", nouns[0]) if nouns else ("X", None)
        return "VA", form
    if form.trigger.kind == "NEED" and after == "to":
        return "CHAIN", None
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
    next_is_mention = position + size < len(pieces) and bool(pieces[position + size].mentions)
    word = words[position]
    if before_any == "BE":
        return "VP", form
    if nodes and nodes[-1].lower in {"neither", "nor"}:
        return "VA", form
    adjective = word in lexis.UP_ADJECTIVES or word in lexis.DOWN_ADJECTIVES
    if adjective and before == "X" and next_is_mention and not any(node.tag in _FINITE_TAGS for node in nodes) and not _verb_follows(words, position + size):
        return "VA", form
    if before_any == "HAVE":
        if adjective and before != "BE" and _bearers_have(nodes):
            return ("UP" if word in lexis.UP_ADJECTIVES else "DOWN"), None
        return ("VP", form) if before == "BE" else ("VA", form)
    further = words[position + size + 1] if position + size + 1 < len(words) else ""
    by_an_agent = after in {"by", "via", "through"} and not further[:1].isdigit() and further not in _ABOUT
    if by_an_agent or (before_any in {"E", "LEVEL", "X"} and _agent_follows(words, pieces, position + size)):
        return "VP", form
    if adjective and before_any not in _NOUNS_BEFORE_PAST:
        return ("UP" if word in lexis.UP_ADJECTIVES else "DOWN"), None
    verbs = [node for node in nodes if node.tag in {"VA", "VP", "GV", "BE", "HAVE"}]
    if adjective and before == "AND" and not verbs and next_is_mention and _verb_follows(words, position + size):
        return ("UP" if word in lexis.UP_ADJECTIVES else "DOWN"), None
    parallel = not verbs or any(node.tag == "VA" and node.lower.endswith("ed") for node in verbs)
    if adjective and before_any in {"AND", "COMMA"} and not (parallel and (next_is_mention or after in lexis.DETERMINERS)):
        return ("UP" if word in lexis.UP_ADJECTIVES else "DOWN"), None
    if before in {"DET", "OF", "IN", "NO", "WITH", "OR"} and size == 1:
        return "X", None
    if after in {"in", "after", "with", "following", "from", "during", "upon", "when"} and not next_is_mention:
        return ("VP", form) if after not in {"in", "from"} or before_any not in {"E", "LEVEL"} else ("VA", form)
    return "VA", form


def _is_lone_verb(words: Sequence[str], pieces: Sequence[Piece], position: int, nodes: Sequence[Node]) -> bool:
    """Return whether a name follows and no other word of the clause can be its verb: "mast cells release histamine"."""
    named = position < len(pieces) and bool(pieces[position].mentions)
    return named and not any(node.tag in _FINITE_TAGS for node in nodes) and not _verb_follows(words, position)


_FINITE_TAGS = frozenset({"VA", "VP", "GV", "BE", "HAVE", "DO", "MODAL"})


def _verb_follows(words: Sequence[str], position: int) -> bool:
    """Return whether an auxiliary stands in the rest of the clause: "in serum increased IL-6 was seen" has its verb there."""
    for word in words[position:]:
        if word in {",", ";", ".", "whereas", "while", "but"}:
            return False
        if word in lexis.BE or word in lexis.HAVE or word in lexis.MODALS or word in lexis.DO:
            return True
        if any(form.tag in {"VBZ", "VBD"} for form in lexis.load_forms().get((word,), ())):
            return True
    return False


_STOPS = frozenset({",", ";", ":", "(", ".", "and", "or", "that", "which", "who", "but", "while", "whereas", "when"})
_FARTHEST_AGENT = 7


def _agent_follows(words: Sequence[str], pieces: Sequence[Piece], position: int) -> bool:
    """Return whether "by" and no number comes after some words of place or time: "induced in fat by TNF" is a participle."""
    if position >= len(words) or words[position] not in lexis.PREPOSITIONS:
        return False
    for at in range(position, min(position + _FARTHEST_AGENT, len(words) - 1)):
        if words[at] == "by":
            return not words[at + 1][:1].isdigit() and words[at + 1] not in _ABOUT
        if pieces[at].mentions or words[at] in _STOPS or words[at] in lexis.BE or words[at] in lexis.MODALS:
            return False
    return False


_ABOUT = frozenset({"about", "approximately", "nearly", "almost", "up", "more", "half", "day", "week", "month"})


def _bearers_have(nodes: Sequence[Node]) -> bool:
    """Tell whether people or animals are what the last "had" is said of: "patients with X had increased IL-6" tells what they have, not what X did."""
    at = next((index for index in range(len(nodes) - 1, -1, -1) if nodes[index].tag == "HAVE"), None)
    for node in reversed(nodes[:at]):
        if node.tag == "BEARER":
            return True
        if node.tag in {"VA", "VP", "VG", "GV", "BE", "MODAL", "COMMA", "SEMI", "SUB", "REL"}:
            return False
    return False
