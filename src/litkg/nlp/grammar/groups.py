"""What is high, low or new in a group: "IL-6 was higher in patients with X", "X-deficient mice developed Y", "After X, Y fell".

Owns the conditions that stand in the place of a subject: groups, states, treatments named before the clause. Refuses plain subjects and objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from litkg.nlp.grammar.arguments import GAP, ClauseArguments
from litkg.nlp.grammar.claims import Found
from litkg.nlp.grammar.nodes import pattern

SHOWING = frozenset(
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
_DEVELOPING = frozenset(["develop", "develops", "developed", "experienced", "suffered", "suffer"])


class GroupReader(ClauseArguments):
    """Reads the claims that groups and conditions make; clauses are read by what is built on it."""

    def _found(self, subject: int | None, at: int, object_: int | None, rule: str, kind: str | None = None, *, negated: bool = False) -> Iterator[Found]:
        trigger = self.nodes[at].trigger
        first, second = self.phrase_at(subject), self.phrase_at(object_)
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

    def _fronted(self, at: int) -> int | None:
        """Return the condition named before the clause: "With X, the pain resolved", "In the absence of Y, T cells declined"."""
        match = pattern(r"<SUB|AND>? <WITH|AFTER|IN|ON|PREP> <DET|X|ADV|NUM>{0,3} (?P<e><E>) <COMMA>").match(self.codes)
        phrase = self.phrase_at(match.start("e")) if match and match.end() <= at else None
        if match is None or phrase is None:
            return None
        is_treatment = self.tag_at(match.start("e") - 1) not in {"IN", "PREP"} and (phrase.given or self.context.is_drug(phrase))
        return match.start("e") if is_treatment or phrase.state or (phrase.level == -1 and self.context.kind(phrase) == "molecule") else None

    def _after_disease(self, at: int) -> int | None:
        """Return the disease that the clause opens with: "After stroke, IL-6 rises"."""
        match = pattern(r"<AFTER|IN> <DET|X|ADV|NUM>{0,3} (?P<e><E>) <COMMA>").match(self.codes)
        phrase = self.phrase_at(match.start("e")) if match and match.end() <= at else None
        return match.start("e") if match and phrase and self.context.kind(phrase) == "disease" and self.tag_at(0) == "AFTER" else None

    def _compared_groups(self, at: int, changed: int | None) -> Iterator[Found]:
        """Yield "IL-6 was higher in patients with X" as a correlation, and "in X-deficient mice" as an effect of the loss of X."""
        trigger = self.nodes[at].trigger
        if trigger is not None and trigger.kind in {"INC", "DEC"}:
            yield from self._in_group(at, changed, 1 if trigger.kind == "INC" else -1, trigger.aspect)

    def _in_group(self, at: int, changed: int | None, sign: int, aspect: str | None = None) -> Iterator[Found]:
        """Yield the claim that something is high (sign 1) or low (-1) in a group named within the clause right of `at`."""
        first = self.phrase_at(changed)
        if first is None:
            return
        for position in range(at + 1, min(at + 14, len(self.nodes))):
            tag, phrase = self.tag_at(position), self.nodes[position].phrase
            if tag in {"SEMI", "SUB", "END", "THAN", "VERSUS", "VA", "GV", "REL"} or (tag == "COMMA" and position > at + 1):
                return
            before = next((self.tag_at(earlier) for earlier in range(position - 1, at, -1) if self.tag_at(earlier) not in GAP), "")
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
        tag = self.tag_at(at)
        if tag in {"UP", "DOWN"} and self.tag_at(at + 1) in {"IN", "AFTER"}:
            verb = at - 1
            while self.tag_at(verb) in {"ADV", "DET", "X", "NEG"}:
                verb -= 1
            if self.tag_at(verb) == "BE":
                yield from self._in_group(at, self.subject_of(verb), 1 if tag == "UP" else -1)
        if self.nodes[at].lower in _DEVELOPING:
            subject, object_ = self.subject_of(at), self.object_of(at)
            group, event = self.phrase_at(subject), self.phrase_at(object_)
            if (
                group is not None
                and event is not None
                and (group.state or group.given or self.context.is_drug(group))
                and self.context.kind(event) == "disease"
            ):
                yield Found(subject=group, kind="CAUSE", object=event, cue=(at, at + 1), rule="group develops")
        if tag in {"HAVE", "GV"} and self.nodes[at].lower in SHOWING:
            subject, object_ = self.subject_of(at), self.object_of(at)
            group, shown = self.phrase_at(subject), self.phrase_at(object_)
            if group is None or shown is None or shown.level is None:
                return
            cue = (at, at + 1)
            if group.state or group.given or self.context.is_drug(group):
                yield Found(subject=group, kind="INC" if shown.level > 0 else "DEC", object=replace(shown, level=None), cue=cue, rule="group shows")
            elif group.borne and self.context.kind(group) == "disease":
                yield Found(subject=replace(shown, level=None), kind="CORR", object=group, cue=cue, rule="group shows", sign=shown.level)

    def _event_in_treated(self, at: int) -> Iterator[Found]:
        """Yield "E in a patient treated with X" as an event in time; where the patient has a disease ("an E2 patient"), X treats that."""
        drug = self.object_of(at, after=frozenset({"WITH", "BY"}))
        position = at - 1
        while self.tag_at(position) in {"BEARER", "DET", "X", "NUM", "ADV", "UP", "DOWN"}:
            position -= 1
        self.ends[at] = (drug, None)
        if self.tag_at(position) == "IN" and self.tag_at(position - 1) == "E":
            yield from self._found(drug, at, position - 1, "event in treated", "CAUSE")
