"""Finds who does what to whom in a sentence of folded phrases: subjects and objects of verbs.

Works over tags only. Returns `Found` claims in terms of phrases; what predicate they become is decided in `predication.py`, negation and doubt in `scope.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.claims import Found, effect_kind
from litkg.nlp.grammar.phrases import Context
from litkg.nlp.grammar.tagging import Node, Phrase, encode, pattern

_CHAIN = frozenset({"ADV", "MODAL", "HAVE", "DO", "BE", "NEG", "CHAIN", "TO", "FAIL", "PAREN", "QUOTE"})
_GAP = frozenset({"DET", "X", "ADV", "NUM", "PAREN", "QUOTE", "UP", "DOWN", "LEVEL", "OCCUR", "HYPHEN", "NO"})
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
_STAND_FOR = _EMPTY_HEADS | {
    *("addition", "application", "binding", "combination", "consumption", "delivery", "doses", "family", "fragment", "fragments", "isoform", "isoforms"),
    *("incubation", "member", "members", "metabolites", "pretreatment", "production", "products", "transfection"),
}
"""Nouns whose "of X" acts as X does; "users of X" or "precursors of X" do not."""
_PROCEDURES = frozenset({"stimulate"})
"""Verbs whose passive with "with" tells what was done in an experiment, not what came of it ("cells were stimulated with X")."""
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
_BEFORE_PREPOSITION = frozenset({"ADV", "PAREN", "X", "QUOTE", "PREP", "NUM"})
_PREPOSITIONS = frozenset({"OF", "IN", "WITH", "FROM", "FOR", "ON", "AFTER", "BY", "TO", "BETWEEN", "AGAINST", "PREP", "AS", "DUE", "WITHOUT"})
_SHOWING = frozenset(
    [
        "show",
        "shows",
        "showed",
        "had",
        "has",
        "have",
        "exhibit",
        "exhibits",
        "exhibited",
        "display",
        "displays",
        "displayed",
        "demonstrated",
        "presented",
        "exert",
        "exerts",
        "exerted",
        "play",
        "plays",
        "played",
    ]
)
_COPULAR = {
    "EFFECTIVE": "TREAT",
    "INEFFECTIVE": "TREAT",
    "MARKER": "MARKER",
    "MEMBER": "MEMBER",
    "RISKFOR": "RISK",
    "CAUSAL": "CAUSE",
    "NEEDED": "INC",
    "CORR": "CORR",
}
_DEVELOPING = frozenset(["develop", "develops", "developed", "experienced", "suffered", "suffer"])


class ClauseReader:
    """Reads one sentence. Keeps the subject and object of each trigger, so that later triggers can share them."""

    def __init__(self, nodes: Sequence[Node], context: Context) -> None:
        self.nodes = nodes
        self.context = context
        self.codes = encode(nodes)
        self.ends: dict[int, tuple[int | None, int | None]] = {}

    def read(self) -> Iterator[Found]:
        """Yield the claims of all triggers, left to right, then those of states and light verbs."""
        for at, node in enumerate(self.nodes):
            if node.trigger is None:
                yield from self._ellipsis(at)
                yield from self._copula(at)
                continue
            if node.trigger.kind in {"NONE", "VERSUS"}:
                if node.trigger.kind == "VERSUS":
                    yield from self._comparison(at)
                continue
            if node.tag == "VP" and node.trigger.kind not in {"ASSOC", "CORR", "BYCAUSE"}:
                yield from self._passive(at)
            elif node.tag in {"VA", "VP"}:
                yield from self._active(at)
            elif node.tag == "VG":
                yield from self._gerund(at)
        for at, node in enumerate(self.nodes):
            if node.tag == "GV":
                yield from self._means(at, self._subject(at))
            yield from self._state(at)
            yield from self._light_verb(at)

    # subjects and objects

    def _tag(self, at: int) -> str:
        return self.nodes[at].tag if 0 <= at < len(self.nodes) else "END"

    def _phrase(self, at: int | None) -> Phrase | None:
        return self.nodes[at].phrase if at is not None else None

    def _object(self, at: int, *, after: frozenset[str] = frozenset(), most: int = 6, skip: frozenset[str] = _BEFORE_PREPOSITION) -> int | None:
        """Return the first entity right of `at`, over at most `most` nodes that can stand inside its phrase; `after` must come first if given."""
        position = at + 1
        if after:
            while self._tag(position) in skip and position - at <= 4:
                position += 1
            if self._tag(position) not in after:
                return None
            position += 1
        first = position
        for position in range(first, min(first + most + 1, len(self.nodes))):
            tag = self._tag(position)
            if tag == "E" and self._tag(position + 1) not in {"SUFF", "SUFFA"}:
                return position if self._is_head(position) else None
            if tag in {"E", "SUFF", "SUFFA"}:
                continue
            if tag == "OF" and self._tag(position - 1) in {"LEVEL", "OCCUR", "NUM"}:
                continue
            if tag not in _GAP:
                return None
        return None

    def _is_head(self, at: int) -> bool:
        """Return whether the entity is the head of its phrase: "induces Cx43 disassembly" says nothing of Cx43 itself."""
        after = self.nodes[at + 1] if at + 1 < len(self.nodes) else None
        return (
            after is None
            or after.tag != "X"
            or after.lower in _EMPTY_HEADS
            or self._tag(at + 2) in {"BY", "E"}
            or (after.lower.endswith("ed") and "-" not in after.lower)
        )

    def _subject(self, at: int) -> int | None:
        """Return the entity that is the subject of the verb at `at`: over auxiliaries, appositions, relative clauses and coordinated verbs."""
        position = at - 1
        while self._tag(position) in _CHAIN or (self._tag(position) == "DET" and self._tag(position + 1) == "CHAIN") or self._says_neither(position):
            position -= 1
        tag = self._tag(position)
        if tag == "E":
            return self.head(position)
        if tag == "REL":
            return self._antecedent(position)
        if tag in {"AND", "OR", "COMMA"}:
            shared = self._shared(position)
            return shared if shared is not None or tag != "COMMA" else self._before_insert(position)
        if tag == "BEARER":
            while self._tag(position) in {"BEARER", "DET", "X", "NUM", "ADV"}:
                position -= 1
            return self.head(position - 1) if self._tag(position) in {"OF", "IN"} and self._tag(position - 1) == "E" else None
        if tag in {"X", "EFFECT", "ADVERSE", "ROLE"} and self._tag(position - 1) == "E":
            return self.head(position - 1)
        return None

    def head(self, at: int) -> int | None:
        """Climb from an entity in a prepositional phrase to the entity that the phrase belongs to."""
        position = at - 1
        if at > 0 and self.nodes[at - 1].lower in _SETTINGS:
            return at
        starts_phrase = self.nodes[at].lower.split(" ", 1)[0] in lexis.DETERMINERS
        while not starts_phrase and self._tag(position) in {"DET", "X", "ADV", "NUM", "UP", "DOWN", "HYPHEN", "SLASH", "LEVEL", "QUOTE"}:
            starts_phrase = self._tag(position) == "DET"
            position -= 1
        tag = self._tag(position)
        if tag not in _PREPOSITIONS:
            return at
        outer = position - 1
        if self._tag(outer) == "E":
            return self.head(outer)
        if tag == "BY" and self._tag(outer) == "VP" and self.ends.get(outer, (None, None))[1] is not None:
            undergoer = self.ends[outer][1]
            return self.head(undergoer) if undergoer is not None else None
        if outer < 0 or self._tag(outer) in {"COMMA", "SEMI", "SUB", "REL", "END"}:
            return None if tag != "WITH" else at
        if tag == "WITH" and self._tag(outer) in {"VP", "GIVEN"}:
            return at
        stands_for = self._tag(outer) in {"EFFECT", "LEVEL", "N", "GIVE", "VARIANT"} or (self._tag(outer) == "X" and self.nodes[outer].lower in _STAND_FOR)
        return at if tag in {"OF", "BY", "WITH", "IN"} and stands_for else None

    def _says_neither(self, at: int) -> bool:
        return 0 <= at < len(self.nodes) and self.nodes[at].lower == "neither"

    def _antecedent(self, at: int) -> int | None:
        position = at - 1
        if self._tag(position) in {"COMMA", "PAREN"}:
            position -= 1
        if self._tag(position) == "E":
            return self.head(position) if self._tag(position - 1) in {"PREP", "IN"} else position
        if self._tag(position) in {"X", "BLOCKER", "STIMULATOR"}:
            while self._tag(position) in {"X", "DET", "ADV", "BLOCKER", "STIMULATOR", "UP", "DOWN"}:
                position -= 1
            if self._tag(position) in {"BE", "AS", "COMMA"}:
                while self._tag(position) in _CHAIN | {"AS", "COMMA"}:
                    position -= 1
                return self.head(position) if self._tag(position) == "E" else None
        return None

    def _shared(self, at: int) -> int | None:
        """Return the subject of the verb that the one after the conjunction at `at` is coordinated with."""
        for position in range(at - 1, -1, -1):
            tag = self._tag(position)
            if tag in {"SEMI", "END", "SUB"}:
                return None
            if tag in {"VA", "VG"} and position in self.ends:
                return self.ends[position][0]
            if tag == "VP" and position in self.ends:
                return self.ends[position][1]
            if tag == "GV":
                return self._subject(position)
        first = next((position for position in range(at) if self._tag(position) == "E"), None)
        opens = first is not None and all(self._tag(position) in {"DET", "X", "ADV", "QUOTE", "UP", "DOWN"} for position in range(first))
        return first if opens and first is not None and first < 4 else None

    def _before_insert(self, at: int) -> int | None:
        """Return the subject before a stretch between commas that ends at `at`, or the name that is all of the stretch ("another disease, X, is")."""
        name = at - 1
        while self._tag(name) == "PAREN":
            name -= 1
        if self._tag(name) == "E" and self._tag(name - 1) == "COMMA" and self._tag(name - 2) == "X":
            return name
        for position in range(at - 1, 0, -1):
            if self._tag(position) == "COMMA":
                opener = self._tag(position + 1)
                if (
                    opener in {"REL", "VERSUS", "VP", "VG", "AS", "SUCH", "ADV", "PREP", "DET", "IN", "WITH", "SUB", "GIVEN", "X"}
                    and self._tag(position - 1) == "E"
                ):
                    return self.head(position - 1)
        return None

    # triggers

    def _found(self, subject: int | None, at: int, object_: int | None, rule: str, kind: str | None = None, *, negated: bool = False) -> Iterator[Found]:
        trigger = self.nodes[at].trigger
        first, second = self._phrase(subject), self._phrase(object_)
        if first is not None and second is not None and trigger is not None:
            yield Found(
                subject=first,
                kind=kind or trigger.kind,
                object=second,
                cue=(at, at + 1),
                rule=rule,
                aspect=trigger.aspect,
                lemma=trigger.lemma,
                negated=negated,
            )

    def _active(self, at: int) -> Iterator[Found]:
        trigger = self.nodes[at].trigger
        if trigger is None:
            return
        subject, object_ = self._subject(at), self._object(at)
        if object_ is None and self._tag(at + 1) in {"AND", "OR"} and self._tag(at + 2) == "VA":
            object_ = self._object(at + 2)
        self.ends[at] = (subject, object_)
        if trigger.kind == "BYCAUSE":
            yield from self._found(object_, at, subject, "result from", "CAUSE")
        elif trigger.kind == "CONVERT":
            yield from self._conversion(at, subject, object_)
        elif trigger.kind in {"ASSOC", "CORR"}:
            kind = "RELATED" if trigger.lemma == "relate to" else None
            for found in self._found(subject, at, object_, "associated with", kind):
                flip = kind is not None and self.context.kind(found.subject) == "disease"
                yield replace(
                    found, sign=self._adverb_sign(at), subject=found.object if flip else found.subject, object=found.subject if flip else found.object
                )
        elif object_ is None and trigger.kind in {"INC", "DEC", "TREAT", "WORSEN"}:
            yield from self._intransitive(at, subject)
            yield from self._response(at, subject)
        else:
            yield from self._found(subject, at, object_, "active")
            changed = self._phrase(object_)
            for further in self._further_objects(at, object_):
                for found in self._found(subject, at, further, "active"):
                    shares = changed is not None and found.object.change is None and found.object.level is None
                    yield replace(found, object=replace(found.object, change=changed.change)) if shares and changed else found
        yield from self._means(at, subject)

    def _means(self, at: int, subject: int | None) -> Iterator[Found]:
        """Yield what the subject does on the way: "X lowers Y through inhibition of Z" says that X inhibits Z."""
        first = self._phrase(subject)
        for position in range(at + 1, min(at + 12, len(self.nodes) - 1)):
            tag = self._tag(position)
            if tag in {"SEMI", "SUB", "REL", "VA", "GV", "BE", "MODAL", "END"}:
                return
            phrase = self.nodes[position + 1].phrase
            if tag == "BY" and first is not None and phrase is not None and phrase.change is not None:
                kind = {1: "INC", -1: "DEC", 0: "AFF"}[phrase.change]
                yield Found(subject=first, kind=kind, object=replace(phrase, change=None), cue=(at, at + 1), rule="by means of")
                return

    def _further_objects(self, at: int, object_: int | None) -> Iterator[int]:
        """Yield the entities that share the verb with an object of another kind: "leads to fewer Tregs and autoimmunity", "relieves X in patients with Y"."""
        trigger = self.nodes[at].trigger
        while object_ is not None:
            if trigger is not None and trigger.kind == "TREAT" and self._tag(object_ + 1) == "IN":
                borne = self._object(object_ + 1)
                phrase = self._phrase(borne)
                if borne is not None and phrase is not None and phrase.borne:
                    yield borne
            joint = object_ + 1
            if self._tag(joint) == "COMMA":
                joint += 1
            if self._tag(joint) not in {"AND", "OR"} and joint == object_ + 1:
                return
            if self._tag(joint) not in {"AND", "OR", "E"}:
                return
            further = self._object(joint if self._tag(joint) in {"AND", "OR"} else joint - 1, most=3)
            if further is None or any(self._tag(position) == "NO" for position in range(joint, further)):
                return
            following = self._tag(further + 1)
            if following in {"VA", "BE", "MODAL", "HAVE", "DO", "GV", "VP", "ADV"}:
                return
            yield further
            object_ = further

    def _intransitive(self, at: int, subject: int | None) -> Iterator[Found]:
        """Yield "IL-6 rose after X": what changed is the grammatical subject."""
        cause = self._object(at, after=frozenset({"AFTER", "BY", "DUE", "WITH", "ON"}), skip=frozenset({"ADV", "PAREN", "NUM"}))
        if cause is None:
            cause = self._fronted(at)
        if cause is not None:
            yield from self._found(cause, at, subject, "changed after")
        yield from self._compared_groups(at, subject)

    def _fronted(self, at: int) -> int | None:
        """Return the treatment named before the clause: "With X, the pain resolved"."""
        match = pattern(r"<SUB|AND>? <WITH|AFTER> <DET|X|ADV|NUM>{0,3} (?P<e><E>) <COMMA>").match(self.codes)
        phrase = self._phrase(match.start("e")) if match and match.end() <= at else None
        return match.start("e") if match and phrase and (phrase.given or self.context.is_drug(phrase)) else None

    def _copula(self, at: int) -> Iterator[Found]:
        """Yield "X is effective in Y", "X was a predictor of Y", "X is not the cause of Y": the subject is that of the copula."""
        kind = _COPULAR.get(self._tag(at))
        verb = at - 1
        while self._tag(verb) in {"DET", "ADV", "X", "NEG", "UP", "DOWN", "CHAIN", "NUM", "NO"} and at - verb <= 6:
            verb -= 1
        if kind is None or self._tag(verb) != "BE":
            return
        position = at
        step = pattern(r"<DET|X|ADV>{0,3} <GIVE|N|OCCUR|RISK> <OF|FOR>").match(self.codes, at + 1)
        if step and self._tag(at) in {"EFFECTIVE", "INEFFECTIVE"}:
            position = step.end() - 1
        after = frozenset({"WITH", "TO"}) if self._tag(at) == "CORR" else frozenset[str]()
        object_ = self._object(position, after=after)
        if object_ is not None and any(node.tag == "X" and node.lower.endswith("ing") for node in self.nodes[position + 1 : object_]):
            return
        first, second = self._phrase(self._subject(verb)), self._phrase(object_)
        if first is None or second is None:
            return
        if kind == "TREAT" and (self.context.kind(first), self.context.kind(second)) != ("molecule", "disease"):
            return
        sign = None
        if kind == "CORR":
            sign = self._adverb_sign(at) or 1
        yield Found(subject=first, kind=kind, object=second, cue=(verb + 1, at + 1), rule="copula", sign=sign, negated=self._tag(at) == "INEFFECTIVE")

    def _ellipsis(self, at: int) -> Iterator[Found]:
        """Yield "X raised Y, whereas Z did not": the verb before speaks of Z too, and is denied."""
        if self._tag(at) not in {"DO", "BE", "HAVE"} or self._tag(at + 1) != "NEG" or self._tag(at + 2) not in {"END", "SEMI", "COMMA"}:
            return
        other = self._subject(at)
        verbs = [position for position in self.ends if position < at]
        if other is None or not verbs:
            return
        verb = max(verbs)
        subject, object_ = self.ends[verb]
        passive = self._tag(verb) == "VP"
        pair = (subject, other) if passive else (other, object_)
        if passive == (self._tag(at) == "BE"):
            yield from self._found(pair[0], verb, pair[1], "ellipsis", negated=True)

    def _comparison(self, at: int) -> Iterator[Found]:
        """Yield "we compared X with Y"."""
        first = self._object(at)
        if first is not None and self._tag(first + 1) in {"WITH", "TO", "AND", "VERSUS"}:
            yield from self._found(first, at, self._object(first + 1), "compared")

    def _response(self, at: int, subject: int | None) -> Iterator[Found]:
        """Yield "X improves the response to treatment in patients with Y": X is good for Y."""
        match = pattern(r"<DET|X|ADV>{0,2} <RESPONSE> (?:<TO> <DET|X>{0,2} <GIVE>)? <IN|OF> <DET|X>{0,2} (?P<e><E>)").match(self.codes, at + 1)
        trigger = self.nodes[at].trigger
        if match is None or trigger is None or trigger.kind not in {"INC", "TREAT"}:
            return
        patients = self._phrase(match.start("e"))
        if patients is not None and patients.borne:
            yield from self._found(subject, at, match.start("e"), "improves response", "TREAT")

    def _compared_groups(self, at: int, changed: int | None) -> Iterator[Found]:
        """Yield "IL-6 was higher in patients with X" as a correlation, and "in X-deficient mice" as an effect of the loss of X."""
        trigger = self.nodes[at].trigger
        if trigger is not None and trigger.kind in {"INC", "DEC"}:
            yield from self._in_group(at, changed, 1 if trigger.kind == "INC" else -1, trigger.aspect)

    def _in_group(self, at: int, changed: int | None, sign: int, aspect: str | None = None) -> Iterator[Found]:
        """Yield the claim that something is high (sign 1) or low (-1) in a group named within the clause right of `at`."""
        first = self._phrase(changed)
        if first is None:
            return
        for position in range(at + 1, min(at + 14, len(self.nodes))):
            tag, phrase = self._tag(position), self.nodes[position].phrase
            if tag in {"SEMI", "SUB", "END", "THAN", "VERSUS", "VA", "GV", "REL"} or (tag == "COMMA" and position > at + 1):
                return
            before = next((self._tag(earlier) for earlier in range(position - 1, at, -1) if self._tag(earlier) not in _GAP), "")
            if phrase is None or before not in {"IN", "FROM", "OF"}:
                continue
            cue = (at, at + 1)
            if phrase.state or phrase.given:
                yield Found(subject=phrase, kind="INC" if sign > 0 else "DEC", object=first, cue=cue, rule="changed in", aspect=aspect)
                return
            if before == "IN" and phrase.borne and self.context.kind(phrase) == "disease":
                yield Found(subject=first, kind="CORR", object=phrase, cue=cue, rule="changed in patients", sign=sign)
                return

    def _state(self, at: int) -> Iterator[Found]:
        """Yield "IL-6 was higher in patients with X" and "X-deficient mice had higher IL-6"."""
        tag = self._tag(at)
        if tag in {"UP", "DOWN"} and self._tag(at + 1) in {"IN", "AFTER"}:
            verb = at - 1
            while self._tag(verb) in {"ADV", "DET", "X", "NEG"}:
                verb -= 1
            if self._tag(verb) == "BE":
                yield from self._in_group(at, self._subject(verb), 1 if tag == "UP" else -1)
        if self.nodes[at].lower in _DEVELOPING:
            subject, object_ = self._subject(at), self._object(at)
            group, event = self._phrase(subject), self._phrase(object_)
            if (
                group is not None
                and event is not None
                and (group.state or group.given or self.context.is_drug(group))
                and self.context.kind(event) == "disease"
            ):
                yield Found(subject=group, kind="CAUSE", object=event, cue=(at, at + 1), rule="group develops")
        if tag in {"HAVE", "GV"} and self.nodes[at].lower in _SHOWING:
            subject, object_ = self._subject(at), self._object(at)
            group, shown = self._phrase(subject), self._phrase(object_)
            if group is None or shown is None or shown.level is None:
                return
            cue = (at, at + 1)
            if group.state or group.given or self.context.is_drug(group):
                yield Found(subject=group, kind="INC" if shown.level > 0 else "DEC", object=replace(shown, level=None), cue=cue, rule="group shows")
            elif group.borne and self.context.kind(group) == "disease":
                yield Found(subject=replace(shown, level=None), kind="CORR", object=group, cue=cue, rule="group shows", sign=shown.level)

    def _light_verb(self, at: int) -> Iterator[Found]:
        """Yield "X had no effect on Y", "X exerts an inhibitory effect on Y", "X plays a role in Y", also where X is shared with an earlier verb."""
        wanted = {"EFFECT": {"ON", "AGAINST", "IN"}, "ROLE": {"IN"}}.get(self._tag(at))
        if wanted is None or self._tag(at + 1) not in wanted:
            return
        verb = at - 1
        while self._tag(verb) in {"DET", "NO", "X", "ADV", "UP", "DOWN", "LEVEL"}:
            verb -= 1
        if self._tag(verb) not in {"HAVE", "GV", "VA"} and self.nodes[max(verb, 0)].lower not in _SHOWING:
            return
        subject, object_ = self._subject(verb), self._object(at + 1)
        first, second = self._phrase(subject), self._phrase(object_)
        if first is None or second is None:
            return
        words = " ".join(node.lower for node in self.nodes[verb + 1 : at])
        kind = effect_kind(words, self.context.kind(second)) if self._tag(at) == "EFFECT" else "AFF"
        if self._tag(at) == "EFFECT" and self._tag(at + 1) == "IN" and kind != "TREAT":
            return
        yield Found(subject=first, kind=kind, object=second, cue=(verb + 1, at + 1), rule="light verb", negated=self._tag(at - 1) == "NO")

    def _passive(self, at: int) -> Iterator[Found]:
        trigger = self.nodes[at].trigger
        if trigger is None:
            return
        bare = self._tag(at - 1) == "E" or (self._tag(at - 1) == "ADV" and self._tag(at - 2) == "E")
        undergoer = (at - 1 if self._tag(at - 1) == "E" else at - 2) if bare else self._subject(at)
        agent = self._object(at, after=frozenset({"BY", "DUE", "FROM"} if trigger.kind == "PRODUCE" else {"BY", "DUE"}))
        if agent is None and trigger.kind in {"INC", "DEC", "TREAT", "WORSEN", "CAUSE", "AFF", "PREVENT"} and trigger.lemma not in _PROCEDURES:
            agent = self._object(at, after=frozenset({"AFTER", "WITH"}))
        self.ends[at] = (agent, undergoer)
        if trigger.kind == "CONVERT":
            product = self._object(at, after=frozenset({"TO", "PREP"}))
            yield from self._found(undergoer, at, product, "converted to")
            if product is not None and agent is None:
                agent = self._object(product, after=frozenset({"BY"}))
                yield from self._found(agent, at, product, "converts", "PRODUCE")
        elif agent is not None:
            yield from self._found(agent, at, undergoer, "passive")
            yield from self._compared_groups(at, undergoer)
        else:
            yield from self._compared_groups(at, undergoer)

    def _gerund(self, at: int) -> Iterator[Found]:
        position = at - 1
        while self._tag(position) == "ADV":
            position -= 1
        tag, object_ = self._tag(position), self._object(at)
        trigger = self.nodes[at].trigger
        if trigger is None:
            return
        if tag in {"COMMA", "BY", "AND", "WITHOUT"} or (tag == "E" and self._tag(at - 1) == "ADV"):
            subject, middle = self._governor(position)
            if subject is None and tag == "BY" and self._tag(position - 1) == "CHAIN":
                subject = self._subject(position)
            self.ends[at] = (subject, object_)
            yield from self._found(subject, at, object_, "thereby", negated=tag == "WITHOUT")
            if tag == "COMMA" and middle is not None:
                yield from self._chained(at, middle, object_)
        elif tag == "E":
            self.ends[at] = (position, object_)
            yield from self._found(position, at, object_, "participle")
        elif tag in {"FOR", "IN"}:
            subject = self._subject(position) if self._tag(position - 1) in _CHAIN | {"E"} else None
            self.ends[at] = (subject, object_)
            yield from self._found(subject, at, object_, "for treating")
        else:
            self.ends[at] = (None, object_)

    def _governor(self, at: int) -> tuple[int | None, int | None]:
        """Return subject and object of the nearest trigger left of `at`."""
        for position in range(at - 1, -1, -1):
            if self._tag(position) == "SEMI":
                break
            if position in self.ends:
                return self.ends[position]
        return None, None

    def _chained(self, at: int, middle: int, object_: int | None) -> Iterator[Found]:
        """Yield the second half of "X changes Y, thereby changing Z": Y, in the state that X left it, acts on Z."""
        phrase = self._phrase(middle)
        if phrase is None or object_ is None or self._phrase(object_) is None:
            return
        for earlier in range(at - 1, -1, -1):
            if earlier in self.ends and self.ends[earlier][1] == middle:
                before = self.nodes[earlier].trigger
                level = {"INC": 1, "DEC": -1, "PRODUCE": 1, "CONVERT": -1}.get(before.kind if before else "")
                changed = phrase if level is None or phrase.state else replace(phrase, level=level if phrase.change is None else phrase.change)
                for found in self._found(middle, at, object_, "chained"):
                    yield replace(found, subject=changed)
                return

    def _conversion(self, at: int, subject: int | None, object_: int | None) -> Iterator[Found]:
        """Yield "X converts Y to Z": X makes Z out of Y; where Y and Z are one concept ("to its active form"), X activates it."""
        if object_ is None:
            return
        match = pattern(r"<PAREN|X>{0,2} <TO|PREP> <DET|X|ADV|COMMA|PAREN|OCCUR>{0,5} (?P<e><E>)").match(self.codes, object_ + 1)
        product = match.start("e") if match else None
        source, result = self._phrase(object_), self._phrase(product)
        if source is None or result is None:
            for found in self._found(subject, at, object_, "converts", "AFF"):
                yield replace(found, aspect="abundance")
        elif self.context.concepts[source.mentions[0]] == self.context.concepts[result.mentions[0]]:
            for found in self._found(subject, at, product, "activates", "INC"):
                yield replace(found, aspect="activity")
        else:
            yield from self._found(object_, at, product, "converted to")
            yield from self._found(subject, at, product, "converts", "PRODUCE")

    def _adverb_sign(self, at: int) -> int | None:
        words = " ".join(node.lower for node in self.nodes[max(0, at - 3) : at + 3] if node.tag in {"ADV", "X", "CORR"})
        if any(word in words for word in ("negativ", "invers")):
            return -1
        return 1 if "positiv" in words else None
