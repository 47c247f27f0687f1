"""Events of brat and BioNLP stand-off (`E` lines) as pairs: what causes an event, on the one hand, and the thing that the event is at last about, on the other.

Owns the reading of events and what one says of a pair. A regulation of a regulation multiplies signs: what raises what lowers X lowers X. Kinds and roles are
those of the BioNLP shared tasks 2011 and 2013 (Kim et al. 2011, Proc. BioNLP Shared Task; Pyysalo et al. 2013, ibid.).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

_SIGNS: Mapping[str, int] = {
    "Positive_regulation": 1, "Activation": 1, "Negative_regulation": -1, "Inactivation": -1, "Regulation": 0, "Catalysis": 1,
    "Degradation": -1, "Breakdown": -1, "Catabolism": -1, "Protein_catabolism": -1, "Death": -1, "Cell_death": -1,
}  # fmt: skip
"""What an event says of the amount of what it is about; others say nothing of it: more expression of X is more X."""
_LABELS = {1: "Positive_regulation", -1: "Negative_regulation", 0: "Regulation"}
_WEAK = frozenset({"Regulation", "Binding"})
_THEMES = frozenset({"Theme", "Participant", "Product"})
_DEPTH = 6
_SUBJECT_DEPTH = 3
_Reached = tuple[str, int, bool, bool]
_Known = dict[tuple[str, int], tuple[_Reached, ...]]
_FLAG = re.compile(r"[AM][^\t]*\t(\S+) (\S+)(?: .*)?")


@dataclass(frozen=True, slots=True)
class Event:
    """An event; themes and causes are keys of things or of other events, `trigger` is the key of the words that name it."""

    kind: str
    trigger: str
    themes: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


@dataclass(slots=True)
class Events:
    """The events of a text by key, which annotations are negated or speculated (relations too), and groups of things that are one."""

    events: dict[str, Event] = field(default_factory=dict)
    negated: set[str] = field(default_factory=set)
    speculated: set[str] = field(default_factory=set)
    same: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated of a pair: Positive_regulation, Negative_regulation, Regulation or Binding."""

    label: str
    negated: bool
    speculated: bool


def parse_events(rows: Iterable[str]) -> Events:
    """Return what the `E`, `A`, `M` and `*` lines of a stand-off file say; all other lines are passed over."""
    found = Events()
    for row in rows:
        key, _, rest = row.partition("\t")
        if key.startswith("E"):
            found.events[key] = _event(rest)
        elif flag := _FLAG.fullmatch(row):
            if flag[1].lower().startswith("negat"):
                found.negated.add(flag[2])
            elif flag[1].lower().startswith("specul"):
                found.speculated.add(flag[2])
        elif key.startswith("*") and rest.startswith("Equiv"):
            found.same.append(tuple(rest.split(" ")[1:]))
    return found


def pairs_of(found: Events, things: Collection[str]) -> dict[tuple[str, str], Stated]:
    """Return what events state of ordered pairs of `things` (keys), once each: what names a sign before what names none."""
    pairs: dict[tuple[str, str], Stated] = {}
    known: _Known = {}

    def add(subject: str, object_: str, stated: Stated) -> None:
        if subject != object_ and ((subject, object_) not in pairs or pairs[subject, object_].label in _WEAK):
            pairs[subject, object_] = stated

    for key, event in found.events.items():
        if event.kind == "Binding":
            bound = [theme for theme in event.themes if theme in things]
            for first in bound:
                for second in bound:
                    add(first, second, Stated("Binding", key in found.negated, key in found.speculated))
        for cause in event.causes:
            for theme, sign, negated, speculated in _reach(found, things, key, _DEPTH, known):
                for subject in _subjects(found, things, cause, known):
                    add(subject, theme, Stated(_LABELS[sign], negated, speculated))
    for group in found.same:
        for (subject, object_), stated in list(pairs.items()):
            for other in group:
                if other not in things:
                    continue
                if subject in group and other != object_:
                    pairs.setdefault((other, object_), stated)
                if object_ in group and other != subject:
                    pairs.setdefault((subject, other), stated)
    return pairs


def things_of(found: Events, things: Collection[str], key: str) -> tuple[str, ...]:
    """Return the thing that a key names, or those that the event is at last about which it names."""
    return (key,) if key in things else tuple(dict.fromkeys(theme for theme, *_ in _reach(found, things, key, _DEPTH, {})))


def _event(rest: str) -> Event:
    head, *arguments = rest.split(" ")
    kind, _, trigger = head.partition(":")
    themes, causes = [], []
    for argument in arguments:
        role, _, value = argument.partition(":")
        role = role.rstrip("0123456789")
        if role == "Cause":
            causes.append(value)
        elif role in _THEMES:
            themes.append(value)
    return Event(kind, trigger, tuple(dict.fromkeys(themes)), tuple(dict.fromkeys(causes)))


def _subjects(found: Events, things: Collection[str], cause: str, known: _Known) -> list[str]:
    """Return the things that a cause is, or is about; a loss of X is not read as X."""
    if cause in things:
        return [cause]
    return [theme for theme, sign, *_ in _reach(found, things, cause, _SUBJECT_DEPTH, known) if sign >= 0]


def _reach(found: Events, things: Collection[str], key: str, depth: int, known: _Known) -> tuple[_Reached, ...]:
    """Return the things that an event is at last about, once each way: with its sign for each, and whether it is negated or speculated on the way.

    What was found out is kept in `known`: events that name each other lead on in as many ways as there are stars, and to few ends.
    """
    event = found.events.get(key)
    if event is None or depth == 0:
        return ()
    if (key, depth) not in known:
        sign = _SIGNS.get(event.kind, 1)
        negated, speculated = key in found.negated, key in found.speculated
        reached: dict[_Reached, None] = {}
        for theme in dict.fromkeys(event.themes):
            if theme in things:
                reached[theme, sign, negated, speculated] = None
            for thing, inner, denied, doubted in _reach(found, things, theme, depth - 1, known):
                reached[thing, sign * inner, negated or denied, speculated or doubted] = None
        known[key, depth] = tuple(reached)
    return known[key, depth]
