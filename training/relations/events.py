"""BioNLP shared task events as labelled pairs of the mentions of a sentence; `litkg.sources.events` says what an event states of a pair.

Owns the reading of the corpora's archives.
"""

from __future__ import annotations

import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from litkg.nlp.pairs.conventions import NONE
from litkg.sources.events import Events, Stated, pairs_of, parse_events
from training.relations.examples import Pair, Sentence, Span, sentences_of

_KINDS: Mapping[str, str] = {
    "Protein": "Gene", "Gene_or_gene_product": "Gene", "Complex": "Gene", "Simple_chemical": "Chemical", "Amino_acid": "Chemical", "Cancer": "Disease",
    "Pathological_formation": "Disease", "Organism": "Organism", "Cell": "Cell",
}  # fmt: skip

_PROCESSES = frozenset(
    {"Angiogenesis", "Blood_vessel_development", "Carcinogenesis", "Cell_death", "Cell_differentiation", "Cell_proliferation", "Cell_transformation", "Death",
     "Development", "Glycolysis", "Growth", "Metabolism", "Metastasis", "Remodeling"}
)  # fmt: skip
"""Events that are things of their own, by the words that name them: what raises metastasis."""


@dataclass
class _Notes:
    events: Events
    spans: dict[str, Span] = field(default_factory=dict)


def read_events(archive: Path, corpus: str, parts: tuple[str, ...]) -> Iterator[Sentence]:
    """Yield the sentences of some parts of a corpus, with a pair for any two mentions of its things in both orders."""
    for name, files in _texts(archive, parts):
        notes = _read(files.get("a1", ""), files.get("a2", ""))
        names = [key for key, span in notes.spans.items() if span.kind != "trigger"]
        stated = pairs_of(notes.events, notes.spans)
        spans = [notes.spans[key] for key in names]
        for number, text, inside, indices in sentences_of(files["txt"], spans):
            keys = [names[index] for index in indices]
            pairs = []
            for first, subject in enumerate(keys):
                for second, object_ in enumerate(keys):
                    if first == second or _overlap(inside[first], inside[second]):
                        continue
                    told = stated.get((subject, object_))
                    pairs.append(Pair(first, second, told.label, told.negated, told.speculated) if told else Pair(first, second, NONE))
            if pairs:
                yield Sentence(document=f"{corpus}:{name}", head="events", text=text, mentions=inside, pairs=tuple(pairs), pmid=_pmid(name), number=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text with its things and processes, and what is stated of pairs of them (subject, then object)."""

    name: str
    text: str
    mentions: Mapping[str, Span]
    stated: Mapping[tuple[str, str], Stated]


def read_told(archive: Path, parts: tuple[str, ...]) -> Iterator[Told]:
    """Yield the whole texts of some parts; beside the things, words that name processes are mentions of the kind "Process"."""
    for name, files in _texts(archive, parts):
        notes = _read(files.get("a1", ""), files.get("a2", ""))
        things = {key: span for key, span in notes.spans.items() if span.kind != "trigger"}
        named = {key: event.trigger for key, event in notes.events.events.items() if event.kind in _PROCESSES and event.trigger in notes.spans}
        processes = {trigger: Span(notes.spans[trigger].start, notes.spans[trigger].end, "Process") for trigger in named.values()}
        events = {key: replace(event, themes=tuple(named.get(theme, theme) for theme in event.themes)) for key, event in notes.events.events.items()}
        of_processes = pairs_of(replace(notes.events, events=events), processes.keys() | things.keys())
        yield Told(name=name, text=files["txt"], mentions=things | processes, stated=of_processes | pairs_of(notes.events, things))


def read_triggers(archive: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, str, dict[tuple[int, int], bool]]]:
    """Yield each text's name, the text, and for the words of each trigger of an event whether an event that they state is negated."""
    for name, files in _texts(archive, parts):
        notes = _read(files.get("a1", ""), files.get("a2", ""))
        triggers: dict[tuple[int, int], bool] = {}
        for key, event in notes.events.events.items():
            if event.trigger in notes.spans:
                span = notes.spans[event.trigger]
                triggers[span.start, span.end] = triggers.get((span.start, span.end), False) or key in notes.events.negated
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
    rows = "\n".join(files).splitlines()
    notes = _Notes(events=parse_events(rows))
    triggers = {event.trigger for event in notes.events.events.values()}
    for row in rows:
        key, _, rest = row.partition("\t")
        if key.startswith("T"):
            kind, start, end = rest.split("\t")[0].split(" ")[0], rest.split(" ")[1], rest.split("\t")[0].split(" ")[-1]
            notes.spans[key] = Span(int(start.split(";")[0]), int(end), "trigger" if key in triggers else _KINDS.get(kind, "unknown"))
    return notes


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end
