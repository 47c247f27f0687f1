"""Tagged nodes: the alphabet over which the relation grammar is written.

A node is a word, a trigger, a group of coordinated mentions or a punctuation mark, with one tag. Tags are one character each in the encoded
sentence, so that a pattern over tags is an ordinary regular expression whose offsets are node numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
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
    "PEER",
    "NEEDLESS",
    "NEEDING",
    "PROTECTIVE",
    "RESISTANT",
    "SENSITIVE",
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, or the part of a token outside mentions; `mentions` are the indices of the mention that it is, or those that it stands for, else empty;
    `lost` says that it stands for their absence."""

    start: int
    end: int
    mentions: tuple[int, ...] = ()
    lost: bool = False
