"""Finds who does what to whom in a sentence of folded phrases: subjects and objects of verbs.

Works over tags only. Returns `Found` claims in terms of phrases; what predicate they become is decided in `predication.py`, negation and doubt in `scope.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.arguments import CHAIN
from litkg.nlp.grammar.claims import KIND_OF_CHANGE, Found, effect_kind
from litkg.nlp.grammar.groups import SHOWING, GroupReader
from litkg.nlp.grammar.nodes import pattern

_PROCEDURES = frozenset({"stimulate"})
"""Verbs whose passive with "with" tells what was done in an experiment, not what came of it ("cells were stimulated with X")."""
_COPULAR = {
    "EFFECTIVE": "TREAT",
    "INEFFECTIVE": "TREAT",
    "MARKER": "MARKER",
    "MEMBER": "MEMBER",
    "RISKFOR": "RISK",
    "CAUSAL": "CAUSE",
    "NEEDED": "INC",
    "NEEDLESS": "INC",
    "NEEDING": "NEED",
    "CORR": "CORR",
}


class ClauseReader(GroupReader):
    """Reads one sentence. Keeps the subject and object of each trigger, so that later triggers can share them."""

    def read(self) -> Iterator[Found]:
        """Yield the claims of all triggers, left to right, then those of states and light verbs."""
        for at, node in enumerate(self.nodes):
            if node.trigger is None:
                yield from self._ellipsis(at)
                yield from self._copula(at)
                continue
            if node.trigger.kind in {"NONE", "VERSUS", "SENSITISE", "SHIELD"}:
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
                yield from self._means(at, self.subject_of(at))
            yield from self._state(at)
            yield from self._light_verb(at)

    def _active(self, at: int) -> Iterator[Found]:
        trigger = self.nodes[at].trigger
        if trigger is None:
            return
        subject, object_ = self.subject_of(at), self.object_of(at)
        if object_ is None:
            object_ = self._object_elsewhere(at, subject)
        self.ends[at] = (subject, object_)
        if trigger.kind == "BYCAUSE":
            yield from self._found(object_, at, subject, "result from", "CAUSE")
        elif trigger.kind == "NEED":
            yield from self._found(object_, at, subject, "requires", "INC")
        elif trigger.kind == "CONVERT":
            yield from self._conversion(at, subject, object_)
        elif trigger.kind in {"ASSOC", "CORR"}:
            first, second = self.phrase_at(subject), self.phrase_at(object_)
            blamed = first is not None and second is not None and self.context.kind(first) == "disease" and self.context.is_drug(second)
            plain = blamed and first is not None and second is not None and not (first.risk or first.level or first.change or second.level or second.change)
            kind = "RELATED" if trigger.lemma == "relate to" or plain else None
            for found in self._found(subject, at, object_, "associated with", kind):
                flip = kind is not None and self.context.kind(found.subject) == "disease"
                yield replace(
                    found, sign=self._adverb_sign(at), subject=found.object if flip else found.subject, object=found.subject if flip else found.object
                )
        elif object_ is None and trigger.kind in {"INC", "DEC", "TREAT", "WORSEN"}:
            if not self._has_bare_object(at):
                yield from self._intransitive(at, subject)
            yield from self._response(at, subject)
        else:
            yield from self._found(subject, at, object_, "active")
            changed = self.phrase_at(object_)
            for further in self._further_objects(at, object_):
                for found in self._found(subject, at, further, "active"):
                    shares = changed is not None and found.object.change is None and found.object.level is None
                    yield replace(found, object=replace(found.object, change=changed.change)) if shares and changed else found
        yield from self._means(at, subject)

    def _object_elsewhere(self, at: int, subject: int | None) -> int | None:
        """Return the object that the verb shares with a later one ("X dampens, and Y amplifies, Z"), or that its clause is about ("Z that X makes")."""
        trigger = self.nodes[at].trigger
        match = pattern(r"<COMMA>? <AND|OR|SUB> (?P<s><DET|X>{0,2} <E>)? <ADV|CHAIN|MODAL>{0,2} (?P<v><VA>)").match(self.codes, at + 1)
        if match is not None and trigger is not None:
            later = match.start("v")
            parted = self.tag_at(later + 1) == "COMMA"
            if match.start("s") < 0 or parted or trigger.lemma not in lexis.ERGATIVE:
                object_ = self.object_of(later + 1 if parted else later)
                if parted and object_ is not None:
                    self.shared[later] = object_
                return object_
        if at in self.shared:
            return self.shared[at]
        phrase = self.phrase_at(subject)
        if subject is None or phrase is None or phrase.borne or trigger is None or trigger.lemma in lexis.ERGATIVE:
            return None
        opener = subject - 1
        while self.tag_at(opener) in {"DET", "X", "ADV"}:
            opener -= 1
        return self._antecedent(opener) if self.tag_at(opener) == "REL" else None

    def _means(self, at: int, subject: int | None) -> Iterator[Found]:
        """Yield what the subject does on the way: "X lowers Y through inhibition of Z" says that X inhibits Z."""
        first = self.phrase_at(subject)
        for position in range(at + 1, min(at + 12, len(self.nodes) - 1)):
            tag = self.tag_at(position)
            if tag in {"SEMI", "SUB", "REL", "VA", "GV", "BE", "MODAL", "END"}:
                return
            phrase = self.nodes[position + 1].phrase
            if tag == "BY" and first is not None and phrase is not None and phrase.change is not None:
                kind = KIND_OF_CHANGE[phrase.change]
                yield Found(subject=first, kind=kind, object=replace(phrase, change=None), cue=(at, at + 1), rule="by means of")
                return

    def _further_objects(self, at: int, object_: int | None) -> Iterator[int]:
        """Yield the entities that share the verb with an object of another kind: "leads to fewer Tregs and autoimmunity", "relieves X in patients with Y"."""
        trigger = self.nodes[at].trigger
        while object_ is not None:
            if trigger is not None and trigger.kind == "TREAT" and self.tag_at(object_ + 1) == "IN":
                borne = self.object_of(object_ + 1)
                phrase = self.phrase_at(borne)
                if borne is not None and phrase is not None and phrase.borne:
                    yield borne
            joint = object_ + 1
            if self.tag_at(joint) == "COMMA":
                joint += 1
            if self.tag_at(joint) not in {"AND", "OR"} and joint == object_ + 1:
                return
            if self.tag_at(joint) not in {"AND", "OR", "E"}:
                return
            further = self.object_of(joint if self.tag_at(joint) in {"AND", "OR"} else joint - 1, most=3)
            if further is None or any(self.tag_at(position) == "NO" for position in range(joint, further)):
                return
            after = further + 1
            while self.tag_at(after) in {"ADV", "COMMA", "PAREN"}:
                after += 1
            following = self.tag_at(after)
            if following in {"VA", "BE", "MODAL", "HAVE", "DO", "GV", "VP", "ADV"}:
                return
            yield further
            object_ = further

    def _intransitive(self, at: int, subject: int | None) -> Iterator[Found]:
        """Yield "IL-6 rose after X": what changed is the grammatical subject."""
        cause = self.object_of(at, after=frozenset({"AFTER", "BY", "DUE", "WITH", "ON"}), skip=frozenset({"ADV", "PAREN", "NUM"}))
        if cause is None:
            cause = self._fronted(at)
        if cause is not None:
            yield from self._found(cause, at, subject, "changed after")
            match = pattern(r"<THAN> <WITH|AFTER|ON> <DET|X|ADV|NUM>{0,3} (?P<e><E>)").match(self.codes, cause + 1)
            if match is not None:
                yield from self._found(match.start("e"), at, subject, "changed after")
        elif (disease := self._after_disease(at)) is not None:
            trigger = self.nodes[at].trigger
            sign = {"INC": 1, "DEC": -1}.get(trigger.kind if trigger else "")
            first = self.phrase_at(subject)
            if sign is not None and first is not None and self.context.kind(first) == "molecule":
                for found in self._found(subject, at, disease, "changed in patients", "CORR"):
                    yield replace(found, sign=sign)
        yield from self._compared_groups(at, subject)

    def _has_bare_object(self, at: int) -> bool:
        """Return whether words that are no entity follow as the verb's object ("impaired the release of all cytokines")."""
        position = at + 1
        while self.tag_at(position) in {"ADV", "PAREN", "NUM"}:
            position += 1
        return self.tag_at(position) in {"DET", "X", "LEVEL", "UP", "DOWN", "EFFECT", "RISK", "OCCUR", "N"}

    def _copula(self, at: int) -> Iterator[Found]:
        """Yield "X is effective in Y", "X was a predictor of Y", "X is not the cause of Y": the subject is that of the copula."""
        kind = _COPULAR.get(self.tag_at(at))
        if kind is None:
            return
        verb = at - 1
        while self.tag_at(verb) in {"DET", "ADV", "X", "NEG", "UP", "DOWN", "CHAIN", "NUM", "NO"} and at - verb <= 6:
            verb -= 1
        if self.tag_at(verb) != "BE":
            return
        position = at
        step = pattern(r"<DET|X|ADV>{0,3} <GIVE|N|OCCUR|RISK> <OF|FOR>").match(self.codes, at + 1)
        if step and self.tag_at(at) in {"EFFECTIVE", "INEFFECTIVE"}:
            position = step.end() - 1
        after = frozenset({"WITH", "TO"}) if self.tag_at(at) == "CORR" else frozenset[str]()
        object_ = self.object_of(position, after=after)
        if object_ is not None and any(node.tag == "X" and node.lower.endswith("ing") for node in self.nodes[position + 1 : object_]):
            return
        first, second = self.phrase_at(self.subject_of(verb)), self.phrase_at(object_)
        if first is None or second is None:
            return
        if kind == "NEED":
            first, second, kind = second, first, "INC"
        if kind == "TREAT" and (self.context.kind(first), self.context.kind(second)) != ("molecule", "disease"):
            return
        sign = None
        if kind == "CORR":
            sign = self._adverb_sign(at) or 1
        yield Found(
            subject=first, kind=kind, object=second, cue=(verb + 1, at + 1), rule="copula", sign=sign, negated=self.tag_at(at) in {"INEFFECTIVE", "NEEDLESS"}
        )

    def _ellipsis(self, at: int) -> Iterator[Found]:
        """Yield "X raised Y, whereas Z did not": the verb before speaks of Z too, and is denied."""
        if self.tag_at(at) not in {"DO", "BE", "HAVE"} or self.tag_at(at + 1) != "NEG" or self.tag_at(at + 2) not in {"END", "SEMI", "COMMA"}:
            return
        other = self.subject_of(at)
        verbs = [position for position in self.ends if position < at]
        if other is None or not verbs:
            return
        verb = max(verbs)
        subject, object_ = self.ends[verb]
        passive = self.tag_at(verb) == "VP"
        pair = (subject, other) if passive else (other, object_)
        if passive == (self.tag_at(at) == "BE"):
            yield from self._found(pair[0], verb, pair[1], "ellipsis", negated=True)

    def _comparison(self, at: int) -> Iterator[Found]:
        """Yield "we compared X with Y"."""
        first = self.object_of(at)
        if first is not None and self.tag_at(first + 1) in {"WITH", "TO", "AND", "VERSUS"}:
            yield from self._found(first, at, self.object_of(first + 1), "compared")

    def _response(self, at: int, subject: int | None) -> Iterator[Found]:
        """Yield "X improves the response to treatment in patients with Y": X is good for Y."""
        match = pattern(r"<DET|X|ADV>{0,2} <RESPONSE> (?:<TO> <DET|X>{0,2} <GIVE>)? <IN|OF> <DET|X>{0,2} (?P<e><E>)").match(self.codes, at + 1)
        trigger = self.nodes[at].trigger
        if match is None or trigger is None or trigger.kind not in {"INC", "TREAT"}:
            return
        patients = self.phrase_at(match.start("e"))
        if patients is not None and patients.borne:
            yield from self._found(subject, at, match.start("e"), "improves response", "TREAT")

    def _light_verb(self, at: int) -> Iterator[Found]:
        """Yield "X had no effect on Y", "X exerts an inhibitory effect on Y", "X plays a role in Y", also where X is shared with an earlier verb."""
        wanted = {"EFFECT": {"ON", "AGAINST", "IN"}, "ROLE": {"IN"}}.get(self.tag_at(at))
        if wanted is None or self.tag_at(at + 1) not in wanted:
            return
        verb = at - 1
        while self.tag_at(verb) in {"DET", "NO", "X", "ADV", "UP", "DOWN", "LEVEL"}:
            verb -= 1
        lacking = self.nodes[max(verb, 0)].lower in {"lack", "lacks", "lacked"}
        if not lacking and self.tag_at(verb) not in {"HAVE", "GV", "VA"} and self.nodes[max(verb, 0)].lower not in SHOWING:
            return
        subject, object_ = self.subject_of(verb), self.object_of(at + 1)
        first, second = self.phrase_at(subject), self.phrase_at(object_)
        if first is None or second is None or (object_ is not None and self.tag_at(object_ + 1) == "GIVE"):
            return
        words = " ".join(node.lower for node in self.nodes[verb + 1 : at])
        kind = effect_kind(words, self.context.kind(second)) if self.tag_at(at) == "EFFECT" else "AFF"
        if self.tag_at(at) == "EFFECT" and self.tag_at(at + 1) == "IN" and kind != "TREAT":
            return
        yield Found(subject=first, kind=kind, object=second, cue=(verb + 1, at + 1), rule="light verb", negated=lacking or self.tag_at(at - 1) == "NO")

    def _passive(self, at: int) -> Iterator[Found]:
        trigger = self.nodes[at].trigger
        if trigger is None:
            return
        if trigger.kind == "TREAT" and self.tag_at(at - 1) == "BEARER":
            yield from self._event_in_treated(at)
            return
        bare = self.tag_at(at - 1) == "E" or (self.tag_at(at - 1) == "ADV" and self.tag_at(at - 2) == "E")
        undergoer = (at - 1 if self.tag_at(at - 1) == "E" else at - 2) if bare else self.subject_of(at)
        agent = self.object_of(at, after=frozenset({"BY", "DUE", "FROM"} if trigger.kind == "PRODUCE" else {"BY", "DUE"}))
        if agent is None and trigger.kind in {"INC", "DEC", "TREAT", "WORSEN", "CAUSE", "AFF", "PREVENT"} and trigger.lemma not in _PROCEDURES:
            time = {"ON"} if trigger.lemma in lexis.ERGATIVE and self.tag_at(at - 1) != "BE" else set()
            agent = self.object_of(at, after=frozenset({"AFTER", "WITH"} | time))
        self.ends[at] = (agent, undergoer)
        if trigger.kind == "CONVERT":
            product = self.object_of(at, after=frozenset({"TO", "PREP"}))
            yield from self._found(undergoer, at, product, "converted to")
            if product is not None and agent is None:
                agent = self.object_of(product, after=frozenset({"BY"}))
                yield from self._found(agent, at, product, "converts", "PRODUCE")
        elif agent is not None:
            yield from self._found(agent, at, undergoer, "passive")
            yield from self._compared_groups(at, undergoer)
        else:
            if trigger.kind in {"INC", "DEC"} and (cause := self._fronted(at)) is not None:
                yield from self._found(cause, at, undergoer, "changed under")
            yield from self._compared_groups(at, undergoer)

    def _gerund(self, at: int) -> Iterator[Found]:
        position = at - 1
        while self.tag_at(position) == "ADV":
            position -= 1
        tag, object_ = self.tag_at(position), self.object_of(at)
        trigger = self.nodes[at].trigger
        if trigger is None:
            return
        if tag in {"COMMA", "BY", "AND", "WITHOUT"} or (tag == "E" and self.tag_at(at - 1) == "ADV"):
            subject, middle = self._governor(position)
            if subject is None and tag == "BY" and self.tag_at(position - 1) == "CHAIN":
                subject = self.subject_of(position)
            self.ends[at] = (subject, object_)
            yield from self._found(subject, at, object_, "thereby", negated=tag == "WITHOUT")
            if tag == "COMMA" and middle is not None:
                yield from self._chained(at, middle, object_)
        elif tag == "E":
            self.ends[at] = (position, object_)
            yield from self._found(position, at, object_, "participle")
        elif tag in {"FOR", "IN"}:
            subject = self.subject_of(position) if self.tag_at(position - 1) in CHAIN | {"E"} else None
            self.ends[at] = (subject, object_)
            yield from self._found(subject, at, object_, "for treating")
        else:
            self.ends[at] = (None, object_)

    def _governor(self, at: int) -> tuple[int | None, int | None]:
        """Return subject and object of the nearest trigger left of `at`."""
        for position in range(at - 1, -1, -1):
            if self.tag_at(position) == "SEMI":
                break
            if position in self.ends:
                return self.ends[position]
        return None, None

    def _chained(self, at: int, middle: int, object_: int | None) -> Iterator[Found]:
        """Yield the second half of "X changes Y, thereby changing Z": Y, in the state that X left it, acts on Z."""
        phrase = self.phrase_at(middle)
        if phrase is None or object_ is None or self.phrase_at(object_) is None:
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
        source, result = self.phrase_at(object_), self.phrase_at(product)
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
