"""Who does it and to whom: subjects and objects of a verb over folded phrases.

Owns the walks over tags to the left and right of a verb: auxiliaries, relative clauses, apposition, coordination, prepositional phrases. Refuses to say
what the verb claims; `clauses.py` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.nodes import Node, Phrase, encode
from litkg.nlp.grammar.reductions import Context

CHAIN = frozenset({"ADV", "MODAL", "HAVE", "DO", "BE", "NEG", "CHAIN", "TO", "FAIL", "PAREN", "QUOTE"})
GAP = frozenset({"DET", "X", "ADV", "NUM", "PAREN", "QUOTE", "UP", "DOWN", "LEVEL", "OCCUR", "HYPHEN", "NO"})
_EMPTY_HEADS = frozenset(
    [
        "gene",
        "genes",
        "protein",
        "proteins",
        "molecule",
        "molecules",
        "system",
        "axis",
        "cascade",
        "phosphorylation",
        "immunoreactivity",
        "alone",
        "itself",
        "precursor",
    ]
)
_PARTICLES = frozenset({"up", "down", "there", "here", "now", "too", "already", "alike", "respectively", "overall", "compared", "back", "away", "out"})
"""Words after an entity that are no head of a compound with it."""
_STAND_FOR = _EMPTY_HEADS | {
    *("addition", "application", "binding", "combination", "consumption", "delivery", "doses", "family", "fragment", "fragments", "isoform", "isoforms"),
    *("incubation", "member", "members", "metabolites", "pretreatment", "production", "products", "transfection"),
}
"""Nouns whose "of X" acts as X does; "users of X" or "precursors of X" do not."""
_SETTINGS = frozenset(
    [
        "study",
        "trial",
        "model",
        "models",
        "cohort",
        "paper",
        "work",
        "report",
        "experiment",
        "experiments",
        "series",
        "setting",
        "contrast",
        "addition",
        "particular",
        "analysis",
        "meta-analysis",
        "review",
        "conclusion",
        "summary",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
    ]
)
"""Nouns that end a phrase of place or time before the subject, where no comma does ("In this study aspirin reduced")."""
_INSERT_OPENERS = frozenset({"REL", "VERSUS", "VP", "VG", "AS", "SUCH", "ADV", "PREP", "DET", "IN", "WITH", "SUB", "GIVEN", "X"})
_BEFORE_PREPOSITION = frozenset({"ADV", "PAREN", "X", "QUOTE", "PREP", "NUM"})
_PREPOSITIONS = frozenset({"OF", "IN", "WITH", "FROM", "FOR", "ON", "AFTER", "BY", "TO", "BETWEEN", "AGAINST", "PREP", "AS", "DUE", "WITHOUT"})


class ClauseArguments:
    """The nodes of one sentence, and the subject and object that each trigger was found to have (`ends`), so that later triggers can share them."""

    def __init__(self, nodes: Sequence[Node], context: Context) -> None:
        self.nodes = nodes
        self.context = context
        self.codes = encode(nodes)
        self.ends: dict[int, tuple[int | None, int | None]] = {}
        self.shared: dict[int, int] = {}

    def tag_at(self, at: int) -> str:
        return self.nodes[at].tag if 0 <= at < len(self.nodes) else "END"

    def phrase_at(self, at: int | None) -> Phrase | None:
        return self.nodes[at].phrase if at is not None else None

    def object_of(self, at: int, *, after: frozenset[str] = frozenset(), most: int = 6, skip: frozenset[str] = _BEFORE_PREPOSITION) -> int | None:
        """Return the first entity right of `at`, over at most `most` nodes that can stand inside its phrase; `after` must come first if given."""
        position = at + 1
        if after:
            while self.tag_at(position) in skip and position - at <= 4:
                position += 1
            if self.tag_at(position) not in after:
                return None
            position += 1
        first = position
        for position in range(first, min(first + most + 1, len(self.nodes))):
            tag = self.tag_at(position)
            if tag == "E" and self.tag_at(position + 1) not in {"SUFF", "SUFFA"}:
                return position if self._is_head(position) else None
            if tag in {"E", "SUFF", "SUFFA"}:
                continue
            if tag == "OF" and self.tag_at(position - 1) in {"LEVEL", "OCCUR", "NUM"}:
                continue
            if tag not in GAP:
                return None
        return None

    def _is_head(self, at: int) -> bool:
        """Return whether the entity is the head of its phrase: "induces Cx43 disassembly" says nothing of Cx43 itself."""
        after = self.nodes[at + 1] if at + 1 < len(self.nodes) else None
        return (
            after is None
            or after.tag != "X"
            or after.lower in _EMPTY_HEADS | _PARTICLES
            or self.tag_at(at + 2) in {"BY", "E"}
            or (after.lower.endswith("ed") and "-" not in after.lower)
        )

    def subject_of(self, at: int) -> int | None:
        """Return the entity that is the subject of the verb at `at`: over auxiliaries, appositions, relative clauses and coordinated verbs."""
        position = at - 1
        while self.tag_at(position) in CHAIN or (self.tag_at(position) == "DET" and self.tag_at(position + 1) == "CHAIN") or self._says_neither(position):
            position -= 1
        tag = self.tag_at(position)
        if tag == "E":
            return self.head(position)
        if tag == "COMMA" and self.tag_at(position + 1) == "CHAIN" and self.tag_at(position - 1) == "E":
            return self.head(position - 1)  # "X, known to cause Y, was"
        if tag == "REL":
            return self._antecedent(position)
        if tag in {"AND", "OR", "COMMA"}:
            inserted = self._before_insert(position) if tag == "COMMA" else None
            return inserted if inserted is not None else self._shared(position)
        if tag == "BEARER":
            while self.tag_at(position) in {"BEARER", "DET", "X", "NUM", "ADV"}:
                position -= 1
            return self.head(position - 1) if self.tag_at(position) in {"OF", "IN"} and self.tag_at(position - 1) == "E" else None
        if tag in {"X", "EFFECT", "ADVERSE", "ROLE"} and self.tag_at(position - 1) == "E":
            return self.head(position - 1)
        return self._listed_with_a_noun(position) if tag == "X" else None

    def _listed_with_a_noun(self, at: int) -> int | None:
        """Return the entity that is the subject together with a noun that is none: "X and its metabolite reduced Y"."""
        position = at
        while self.tag_at(position) in {"X", "DET", "UP", "DOWN", "NUM"}:
            position -= 1
        if self.tag_at(position) != "AND" or self.tag_at(position - 1) != "E":
            return None
        before = {node.tag for node in self._clause_before(position - 1)}
        return self.head(position - 1) if not before & {"VA", "VP", "VG", "GV", "BE", "HAVE", "DO"} else None

    def _clause_before(self, at: int) -> Sequence[Node]:
        start = at
        while start > 0 and self.tag_at(start - 1) not in {"SEMI", "SUB", "COMMA", "REL"}:
            start -= 1
        return self.nodes[start:at]

    def head(self, at: int) -> int | None:
        """Climb from an entity in a prepositional phrase to the entity that the phrase belongs to."""
        position = at - 1
        if at > 0 and self.nodes[at - 1].lower in _SETTINGS:
            return at
        starts_phrase = self.nodes[at].lower.split(" ", 1)[0] in lexis.DETERMINERS
        while not starts_phrase and self.tag_at(position) in {"DET", "X", "ADV", "NUM", "UP", "DOWN", "HYPHEN", "SLASH", "LEVEL", "QUOTE"}:
            starts_phrase = self.tag_at(position) == "DET"
            position -= 1
        tag = self.tag_at(position)
        if tag not in _PREPOSITIONS:
            return at
        outer = position - 1
        while self.tag_at(outer) == "PAREN":
            outer -= 1
        if self.tag_at(outer) == "E":
            return self.head(outer)
        beyond = self._beyond_noun(outer) if tag in {"OF", "FROM", "IN"} else None
        if beyond is not None:
            return self.head(beyond)
        if tag == "BY" and self.tag_at(outer) == "VP" and self.ends.get(outer, (None, None))[1] is not None:
            undergoer = self.ends[outer][1]
            return self.head(undergoer) if undergoer is not None else None
        if outer < 0 or self.tag_at(outer) in {"COMMA", "SEMI", "SUB", "REL", "END"}:
            return None if tag != "WITH" else at
        if tag == "WITH" and self.tag_at(outer) in {"VP", "GIVEN"}:
            return at
        stands_for = self.tag_at(outer) in {"EFFECT", "LEVEL", "N", "GIVE", "VARIANT"} or (self.tag_at(outer) == "X" and self.nodes[outer].lower in _STAND_FOR)
        return at if tag in {"OF", "BY", "WITH", "IN"} and stands_for else None

    def _beyond_noun(self, at: int) -> int | None:
        """Return the entity that a noun at `at` depends on by a preposition: "addition of X to cultures of Y" is of X."""
        position = at
        while self.tag_at(position) in {"X", "BEARER", "DET", "UP", "DOWN", "NUM"}:
            position -= 1
        if position == at or self.tag_at(position) not in {"TO", "IN", "FROM", "ON", "WITH", "PREP"} or self.tag_at(position - 1) != "E":
            return None
        return position - 1

    def _says_neither(self, at: int) -> bool:
        return 0 <= at < len(self.nodes) and self.nodes[at].lower == "neither"

    def _antecedent(self, at: int) -> int | None:
        position = at - 1
        if self.tag_at(position) in {"COMMA", "PAREN"}:
            position -= 1
        if self.tag_at(position) == "E":
            return self.head(position) if self.tag_at(position - 1) in {"PREP", "IN"} else position
        if self.tag_at(position) in {"X", "BLOCKER", "STIMULATOR"}:
            while self.tag_at(position) in {"X", "DET", "ADV", "BLOCKER", "STIMULATOR", "UP", "DOWN"}:
                position -= 1
            if self.tag_at(position) in {"BE", "AS", "COMMA"}:
                while self.tag_at(position) in CHAIN | {"AS", "COMMA"}:
                    position -= 1
                return self.head(position) if self.tag_at(position) == "E" else None
        return None

    def _shared(self, at: int) -> int | None:
        """Return the subject of the verb that the one after the conjunction at `at` is coordinated with."""
        for position in range(at - 1, -1, -1):
            tag = self.tag_at(position)
            if tag in {"SEMI", "END", "SUB"}:
                return None
            if tag in {"VA", "VG"} and position in self.ends:
                return self.ends[position][0]
            if tag == "VP" and position in self.ends:
                return self.ends[position][1]
            if tag == "GV":
                return self.subject_of(position)
        first = next((position for position in range(at) if self.tag_at(position) == "E"), None)
        opens = first is not None and all(self.tag_at(position) in {"DET", "X", "ADV", "QUOTE", "UP", "DOWN"} for position in range(first))
        return first if opens and first is not None and first < 4 else None

    def _before_insert(self, at: int) -> int | None:
        """Return the subject before a stretch between commas that ends at `at`, or the name that is all of the stretch ("another disease, X, is")."""
        name = at - 1
        while self.tag_at(name) == "PAREN":
            name -= 1
        if self.tag_at(name) == "E" and self.tag_at(name - 1) == "COMMA" and self.tag_at(name - 2) == "X":
            return name
        for position in range(at - 1, 0, -1):
            if self.tag_at(position) == "COMMA":
                opener = "REL" if self.nodes[position + 1].lower.startswith("whose") else self.tag_at(position + 1)
                relative = self.tag_at(position + 2) == "REL" and opener in {"FROM", "OF", "BY", "TO", "FOR", "ON", "IN", "WITH"}
                if (relative or opener in _INSERT_OPENERS) and self.tag_at(position - 1) == "E":
                    return self.head(position - 1)
        return None
