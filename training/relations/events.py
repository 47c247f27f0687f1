"""BioNLP shared task events as pairs: what causes an event, on the one hand, and the thing that the event is at last about, on the other.

Owns the reading of standoff files and what an event says of a pair. A regulation of a regulation multiplies signs: what raises what lowers X lowers X.
"""

from __future__ import annotations

import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from training.relations.examples import Pair, Sentence, Span, sentences_of

_SIGNS: Mapping[str, int] = {
    "Positive_regulation": 1, "Activation": 1, "Negative_regulation": -1, "Inactivation": -1, "Regulation": 0, "Catalysis": 1,
    "Degradation": -1, "Breakdown": -1, "Catabolism": -1, "Protein_catabolism": -1, "Death": -1, "Cell_death": -1,
}  # fmt: skip
"""What an event says of the amount of what it is about; others say nothing of it: more expression of X is more X."""
_KINDS: Mapping[str, str] = {
    "Protein": "Gene", "Gene_or_gene_product": "Gene", "Complex": "Gene", "Simple_chemical": "Chemical", "Amino_acid": "Chemical", "Cancer": "Disease",
    "Pathological_formation": "Disease", "Organism": "Organism", "Cell": "Cell",
}  # fmt: skip
_DEPTH = 6


@dataclass
class _Event:
    kind: str
    trigger: str
    themes: list[str] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)


@dataclass
class _Notes:
    spans: dict[str, Span] = field(default_factory=dict)
    events: dict[str, _Event] = field(default_factory=dict)
    negated: set[str] = field(default_factory=set)
    speculated: set[str] = field(default_factory=set)
    same: list[tuple[str, ...]] = field(default_factory=list)


def read_events(archive: Path, corpus: str, parts: tuple[str, ...]) -> Iterator[Sentence]:
    """Yield the sentences of some parts of a corpus, with a pair for any two mentions of its things in both orders."""
    for name, files in _texts(archive, parts):
        notes = _read(files.get("a1", ""), files.get("a2", ""))
        names = [key for key, span in notes.spans.items() if span.kind != "trigger"]
        stated = _pairs(notes)
        spans = [notes.spans[key] for key in names]
        for number, text, inside, indices in sentences_of(files["txt"], spans):
            keys = [names[index] for index in indices]
            pairs = []
            for first, subject in enumerate(keys):
                for second, object_ in enumerate(keys):
                    if first == second or _overlap(inside[first], inside[second]):
                        continue
                    label, negated, speculated = stated.get((subject, object_), ("none", None, None))
                    pairs.append(Pair(first, second, label, negated, speculated))
            if pairs:
                yield Sentence(document=f"{corpus}:{name}", head="events", text=text, mentions=inside, pairs=tuple(pairs), pmid=_pmid(name), number=number)


def read_triggers(archive: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, str, dict[tuple[int, int], bool]]]:
    """Yield each text's name, the text, and for the words of each trigger of an event whether an event that they state is negated."""
    for name, files in _texts(archive, parts):
        notes = _read(files.get("a1", ""), files.get("a2", ""))
        triggers: dict[tuple[int, int], bool] = {}
        for key, event in notes.events.items():
            if event.trigger in notes.spans:
                span = notes.spans[event.trigger]
                triggers[span.start, span.end] = triggers.get((span.start, span.end), False) or key in notes.negated
        yield name, files["txt"], triggers


def _texts(archive: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with tarfile.open(archive) as tar:
        for member in tar:
            place = Path(member.name)
            if member.isfile() and place.parts[0] in parts and place.suffix in {".txt", ".a1", ".a2"}:
                handle = tar.extractfile(member)
                if handle is not None:
                    found[f"{place.parts[0]}/{place.stem}"][place.suffix[1:]] = handle.read().decode("utf-8")
    for name in sorted(found):
        if "txt" in found[name]:
            yield name, found[name]


def _pmid(name: str) -> str | None:
    digits = "".join(char for char in name.rpartition("/")[2].split("-")[1:2][0] if char.isdigit()) if "PMID" in name else ""
    return digits or None


def _read(*files: str) -> _Notes:
    notes = _Notes()
    for line in "\n".join(files).splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            kind, start, end = rest.split("\t")[0].split(" ")[0], rest.split(" ")[1], rest.split("\t")[0].split(" ")[-1]
            notes.spans[key] = Span(int(start.split(";")[0]), int(end), _KINDS.get(kind, "unknown"), kind)
        elif key.startswith("E"):
            head, *arguments = rest.split(" ")
            kind, _, trigger = head.partition(":")
            event = _Event(kind, trigger)
            for argument in arguments:
                role, _, value = argument.partition(":")
                role = role.rstrip("0123456789")
                if role == "Cause":
                    event.causes.append(value)
                elif role in {"Theme", "Participant", "Product"}:
                    event.themes.append(value)
            notes.events[key] = event
        elif key.startswith("M"):
            kind, _, value = rest.partition(" ")
            (notes.negated if kind == "Negation" else notes.speculated).add(value.strip())
        elif key.startswith("*") and rest.startswith("Equiv"):
            notes.same.append(tuple(rest.split(" ")[1:]))
    triggers = {event.trigger for event in notes.events.values()}
    notes.spans = {key: Span(s.start, s.end, "trigger" if key in triggers else s.kind) for key, s in notes.spans.items()}
    return notes


def _pairs(notes: _Notes) -> dict[tuple[str, str], tuple[str, bool, bool]]:
    found: dict[tuple[str, str], tuple[str, bool, bool]] = {}

    def add(subject: str, object_: str, label: str, *, negated: bool, speculated: bool) -> None:
        if subject != object_ and (found.get((subject, object_), ("none",))[0] in {"none", "Regulation", "Binding"}):
            found[subject, object_] = (label, negated, speculated)

    for key, event in notes.events.items():
        if event.kind == "Binding":
            things = [theme for theme in event.themes if theme in notes.spans]
            for first in things:
                for second in things:
                    add(first, second, "Binding", negated=key in notes.negated, speculated=key in notes.speculated)
        for cause in event.causes:
            for theme, sign, negated, speculated in _reach(notes, key, _DEPTH):
                for subject in _subjects(notes, cause):
                    label = {1: "Positive_regulation", -1: "Negative_regulation", 0: "Regulation"}[sign]
                    add(subject, theme, label, negated=negated, speculated=speculated)
    for group in notes.same:
        for (subject, object_), value in list(found.items()):
            for other in group:
                if subject in group and other != object_:
                    found.setdefault((other, object_), value)
                if object_ in group and other != subject:
                    found.setdefault((subject, other), value)
    return found


def _subjects(notes: _Notes, cause: str) -> list[str]:
    """Return the things that a cause is, or is about: the loss or rise of X is read as X's."""
    if cause in notes.spans:
        return [cause]
    return [theme for theme, sign, *_ in _reach(notes, cause, 3) if sign >= 0]


def _reach(notes: _Notes, key: str, depth: int) -> Iterator[tuple[str, int, bool, bool]]:
    """Yield the things that an event is at last about, with its sign for each, and whether it is negated or speculated on the way."""
    event = notes.events.get(key)
    if event is None or depth == 0:
        return
    sign = _SIGNS.get(event.kind, 1)
    negated, speculated = key in notes.negated, key in notes.speculated
    for theme in event.themes:
        if theme in notes.spans:
            yield theme, sign, negated, speculated
        for thing, inner, denied, doubted in _reach(notes, theme, depth - 1):
            yield thing, sign * inner, negated or denied, speculated or doubted


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
