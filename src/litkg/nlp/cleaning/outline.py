"""The kind and heading of every block of a document, told from the headings in order.

Owns where the abstract ends, where results begin without a heading, and which paragraphs of a letter are a case report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from litkg.model import SectionKind
from litkg.nlp import sections
from litkg.nlp.cleaning.blocks import KIND_OF_ROLE, Role

_ONE_PARAGRAPH = re.compile(
    r"key ?words|index terms|received|accepted|published|article|correspond|registration|trial|clinical trial|copyright|licen[cs]e|citation"
    r"|open access|edited|reviewed|history|abbreviations",
    re.IGNORECASE,
)
_CITES_FLOAT = re.compile(r"\b(?:Table|Tables|Fig\.?|Figs\.?|Figure|Figures) ?[1I]")
_LETTER_KICKER = re.compile(r"letters?|correspondence|case reports?", re.IGNORECASE)
_CHAPTER = re.compile(r"\s*(\d{1,2})\.?(?:\d{1,2}\.?){0,3}\s")
_INHERITS = {
    SectionKind.ABSTRACT: SectionKind.BODY,
    SectionKind.INTRODUCTION: SectionKind.BODY,
    SectionKind.CONCLUSION: SectionKind.BODY,
    SectionKind.FURNITURE: SectionKind.BODY,
    SectionKind.CAPTION: SectionKind.BODY,
    SectionKind.REFERENCES: SectionKind.BODY,
}
_STRUCTURE = frozenset({SectionKind.INTRODUCTION, SectionKind.METHODS, SectionKind.RESULTS, SectionKind.DISCUSSION, SectionKind.CONCLUSION})


@dataclass(frozen=True, slots=True)
class Entry:
    """What the outline needs of a block: `labelled` says that a heading was run in with its text, and `label_kind` what it says."""

    role: Role
    text: str
    given: SectionKind | None = None
    labelled: bool = False


@dataclass(slots=True)
class _State:
    """Where the reading is: the current kind and heading, and what the abstract has held so far: labels, or plain text without one."""

    kind: SectionKind
    title: str = ""
    abstract: set[SectionKind] = field(default_factory=set)
    in_abstract: bool = False
    plain: bool = False
    closing: bool = False
    paragraphs: int = 0
    back: SectionKind | None = None
    number: str = ""


def kinds_of(entries: Sequence[Entry]) -> list[tuple[SectionKind, str]]:
    """Return the kind and the heading of each entry, in order."""
    headings = [sections.heading_kind(entry.text) if entry.role is Role.HEADING else None for entry in entries]
    abstract_from = _unnamed_abstract(entries, headings)
    state = _State(_kind_before_headings(headings))
    letter = _is_letter(entries)
    result: list[tuple[SectionKind, str]] = []
    for index, entry in enumerate(entries):
        if entry.role is Role.HEADING:
            if index == abstract_from:
                state.in_abstract, state.abstract, state.plain = True, set(), False
            _enter(state, entry, headings, entries, index)
            result.append((SectionKind.HEADING, ""))
        elif entry.role is not Role.PROSE:
            result.append((KIND_OF_ROLE[entry.role], ""))
        elif entry.given not in (None, SectionKind.BODY):
            state.paragraphs += 1
            result.append((entry.given or SectionKind.BODY, state.title))
        else:
            result.append((_prose_kind(state, entry, letter=letter), state.title))
    return result


def _enter(state: _State, entry: Entry, headings: Sequence[SectionKind | None], entries: Sequence[Entry], index: int) -> None:
    kind = headings[index]
    state.title, state.paragraphs, state.back = " ".join(entry.text.split()).rstrip(":.\u2014- "), 0, None
    if sections.is_salutation(entry.text):
        state.kind, state.in_abstract = SectionKind.BODY, False
    elif kind is SectionKind.ABSTRACT:
        state.in_abstract, state.abstract, state.plain, state.kind, state.closing = True, set(), False, SectionKind.ABSTRACT, False
    elif state.in_abstract and kind in _STRUCTURE and _is_abstract_label(state, entry, kind):
        state.abstract.add(kind)
        state.kind = SectionKind.ABSTRACT
        state.closing = kind is SectionKind.CONCLUSION
    elif kind is None:
        state.kind = _inherited(state, headings, entries, index)
        state.in_abstract = False
    elif kind is SectionKind.FURNITURE and _ONE_PARAGRAPH.match(state.title):
        state.back = state.kind if state.kind not in (SectionKind.ABSTRACT, SectionKind.FURNITURE) else SectionKind.INTRODUCTION
        state.kind, state.in_abstract = kind, False
    else:
        state.kind, state.in_abstract = kind, False
    state.number = _chapter(entry.text) or state.number


def _chapter(heading: str) -> str:
    match = _CHAPTER.match(heading)
    return match.group(1) if match else ""


def _is_abstract_label(state: _State, entry: Entry, kind: SectionKind) -> bool:
    """Return whether a heading labels a part of the abstract, and is not that of the first section after it."""
    if state.closing or state.plain or kind in state.abstract or entry.text.lstrip()[:1].isdigit():
        return False
    return not (kind is SectionKind.INTRODUCTION and state.abstract)


def _inherited(state: _State, headings: Sequence[SectionKind | None], entries: Sequence[Entry], index: int) -> SectionKind:
    if state.kind is SectionKind.METHODS and not state.in_abstract and _results_begin(headings, entries, index):
        return SectionKind.RESULTS
    number = _chapter(entries[index].text)
    if number and state.number and number != state.number:
        return SectionKind.BODY
    return _INHERITS.get(state.kind, state.kind)


def _results_begin(headings: Sequence[SectionKind | None], entries: Sequence[Entry], index: int) -> bool:
    """Return whether results begin at a heading without a kind: the paper names none before its discussion, and the text below cites table 1 or figure 1."""
    later = list(headings[index + 1 :])
    if SectionKind.DISCUSSION not in later or SectionKind.RESULTS in later[: later.index(SectionKind.DISCUSSION)]:
        return False
    below = next((entry.text for entry in entries[index + 1 :] if entry.role is Role.PROSE), "")
    return _CITES_FLOAT.search(below) is not None


def _prose_kind(state: _State, entry: Entry, *, letter: bool) -> SectionKind:
    state.paragraphs += 1
    state.plain = state.plain or (state.in_abstract and not state.abstract)
    if state.closing and state.in_abstract and state.paragraphs > 1:
        state.kind, state.in_abstract, state.closing, state.title = SectionKind.INTRODUCTION, False, False, ""
    if state.back is not None and state.paragraphs > 1:
        state.kind, state.back, state.title = state.back, None, ""
    if letter and state.kind in (SectionKind.BODY, SectionKind.INTRODUCTION) and sections.describes_patient(entry.text):
        return SectionKind.CASE_REPORT
    return state.kind


def _unnamed_abstract(entries: Sequence[Entry], headings: Sequence[SectionKind | None]) -> int | None:
    """Return the entry with which an abstract without a heading of its own starts: its labels come back later as headings, or are run in with the text."""
    if SectionKind.ABSTRACT in headings:
        return None
    structured = [(index, kind) for index, kind in enumerate(headings) if kind in _STRUCTURE]
    if len(structured) < 2:
        return None
    first = structured[0][0]
    run_in = [index for index, _ in structured if entries[index].labelled]
    if len(run_in) > 1 and run_in[0] == first:
        return first
    ends = next((place for place, (_, kind) in enumerate(structured) if kind is SectionKind.CONCLUSION), None)
    if ends is None or ends == 0:
        return None
    group = {kind for _, kind in structured[: ends + 1]}
    return first if group & {kind for _, kind in structured[ends + 1 :]} else None


def _kind_before_headings(headings: Sequence[SectionKind | None]) -> SectionKind:
    kinds = [kind for kind in headings if kind in _STRUCTURE or kind is SectionKind.ABSTRACT]
    if not kinds or kinds[0] is SectionKind.ABSTRACT:
        return SectionKind.BODY
    if kinds[0] is SectionKind.INTRODUCTION:
        return SectionKind.ABSTRACT
    return SectionKind.INTRODUCTION if kinds[0] is SectionKind.METHODS else SectionKind.BODY


def _is_letter(entries: Sequence[Entry]) -> bool:
    return any(entry.role is Role.HEADING and (sections.is_salutation(entry.text) or _LETTER_KICKER.match(entry.text)) for entry in entries[:8])
