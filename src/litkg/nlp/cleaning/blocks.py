"""Tells chunks apart - heading, prose, caption, table, references, furniture - and puts interrupted sentences together again.

Owns the decisions that need the chunks around; those on one chunk alone are in `prose`, `furniture`, `references` and `sections`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from litkg.model import SectionKind
from litkg.nlp import sections
from litkg.nlp.cleaning import furniture, references
from litkg.nlp.cleaning.chunks import TABLE_START, Chunk, is_known_heading, is_numbered_heading, starts_caption
from litkg.nlp.cleaning.prose import is_cell, is_prose, is_row
from litkg.nlp.cleaning.sentences import ends_sentence, goes_on, stays_open


class Role(Enum):
    """What a chunk is in the flow of a document."""

    PROSE = auto()
    SHORT = auto()
    TITLE = auto()
    HEADING = auto()
    CAPTION = auto()
    TABLE = auto()
    REFERENCES = auto()
    FURNITURE = auto()
    TEASER = auto()


KIND_OF_ROLE = {
    Role.TITLE: SectionKind.TITLE,
    Role.HEADING: SectionKind.HEADING,
    Role.CAPTION: SectionKind.CAPTION,
    Role.TABLE: SectionKind.TABLE,
    Role.REFERENCES: SectionKind.REFERENCES,
    Role.FURNITURE: SectionKind.FURNITURE,
    Role.TEASER: SectionKind.FURNITURE,
}
_ROLE_OF_KIND = {kind: role for role, kind in KIND_OF_ROLE.items() if role is not Role.TEASER}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption, table or the like: its spans in the text, in order, and its kind where the reader gives one."""

    role: Role
    spans: tuple[tuple[int, int], ...]
    given: SectionKind | None = None


_CAPTION_WORDS = re.compile(
    r"\bpanels?\b|\([A-H](?:[,\u2013-] ?[A-H])?\)|\b(?:error )?bars\b|\barrow(?:s|heads?)?\b|\basterisks?\b|\bdenotes?\b|\b(?:is|are) shown\b"
    r"|\bscale bar|\bmagnification\b|\bstandard (?:deviation|error)s?\b|\bSEM\b|\bn ?= ?\d|\bP ?[<=]",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"[*\u2020\u2021\u00a7\u00b6#|]|(?:note|notes|abbreviations?|values are|data are|numbers are|results are|source|legend)\b[:. ]|[a-f] (?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_LONGEST_TITLE_WORDS = 45
_LONGEST_HEADING_WORDS = 14
_SENTENCE_IN_TITLE = re.compile(r"[.!] [A-Z]")
_TABLE_RUN = 3
_TAIL = 1000
_REST_OF_SENTENCE = 12
_LETTER = re.compile(
    r"(?:letters?|correspondence|comments?|replies|reply|response)(?: to (?:the )?editors?)?|(?:clinical |scientific |research )?(?:letters?"
    r"|case reports?|observations?)|images? in .{1,40}",
    re.IGNORECASE,
)


def blocks_of(chunks: Sequence[Chunk], *, repeated: frozenset[str]) -> tuple[Block, ...]:
    """Return the chunks as blocks in order of their first character; a sentence that something interrupted is one block with two spans."""
    roles = [_own_role(chunk, repeated) for chunk in chunks]
    _smooth(chunks, roles)
    _mark_references(chunks, roles)
    _mark_teasers(chunks, roles)
    _mark_floats(chunks, roles)
    _mark_front(chunks, roles)
    _mark_page_breaks(chunks, roles)
    _mark_short(chunks, roles)
    return _joined(chunks, roles)


def _own_role(chunk: Chunk, repeated: frozenset[str]) -> Role:
    if chunk.given is not None:
        heading = len(chunk.lines) == 1 and chunk.given not in _ROLE_OF_KIND and is_numbered_heading(chunk.text)
        return Role.HEADING if heading else _ROLE_OF_KIND.get(chunk.given, Role.PROSE)
    first = chunk.lines[0].text
    text = chunk.text
    if all(furniture.is_furniture_line(line.text) or furniture.shape(line.text) in repeated for line in chunk.lines):
        return Role.FURNITURE
    if furniture.is_teaser_heading(text):
        return Role.TEASER
    if sections.is_salutation(text) or (len(chunk.lines) == 1 and is_known_heading(first)):
        return Role.HEADING
    if chunk.after_gap and _LETTER.fullmatch(text):
        return Role.HEADING
    if furniture.is_citation_head(text) or furniture.is_thanks(text):
        return Role.FURNITURE
    return Role.PROSE if is_prose(text) else Role.SHORT


def _smooth(chunks: Sequence[Chunk], roles: list[Role]) -> None:
    """Take wordy cells for cells: a stretch without an end that stands between short chunks is no prose."""
    for index in range(2, len(chunks) - 2):
        around = [roles[at] for at in (index - 2, index - 1, index + 1, index + 2)]
        wordy = roles[index] is Role.PROSE and not ends_sentence(chunks[index].text) and len(chunks[index].text.split()) < 30
        if wordy and chunks[index].given is None and all(role is Role.SHORT for role in around):
            roles[index] = Role.SHORT


def _mark_references(chunks: Sequence[Chunk], roles: list[Role]) -> None:
    """Mark a reference list: what follows its heading, or a run of entries, up to the next known heading."""
    lines = [[line.text for line in chunk.lines] for chunk in chunks]
    inside = False
    for index, chunk in enumerate(chunks):
        if chunk.given is not None:
            inside = False
            continue
        if roles[index] is Role.HEADING:
            kind = sections.heading_kind(chunk.text)
            opens = kind is SectionKind.REFERENCES and references.follow([line for below in lines[index + 1 : index + 12] for line in below])
            inside = opens or (inside and kind in (SectionKind.REFERENCES, SectionKind.BODY, SectionKind.CASE_REPORT))
            if kind is SectionKind.REFERENCES and not inside:
                roles[index] = Role.SHORT
            continue
        if not inside and references.is_list(lines, index):
            inside = True
        if inside and not starts_caption(chunk.lines[0], None):
            roles[index] = Role.REFERENCES


def _mark_teasers(chunks: Sequence[Chunk], roles: list[Role]) -> None:
    """Mark the teasers of a page: from their heading to the end, or to the next heading of a paper."""
    inside = False
    for index, chunk in enumerate(chunks):
        if chunk.given is not None:
            inside = False
        elif roles[index] is Role.TEASER:
            inside = True
        elif (
            inside
            and roles[index] is Role.HEADING
            and sections.heading_kind(chunk.text) not in (None, SectionKind.FURNITURE, SectionKind.BODY, SectionKind.CASE_REPORT)
        ):
            inside = False
        elif inside:
            roles[index] = Role.FURNITURE


def _mark_floats(chunks: Sequence[Chunk], roles: list[Role]) -> None:
    """Mark captions with what belongs to them, and tables from their title to their last footnote."""
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.given is not None or roles[index] not in (Role.PROSE, Role.SHORT) or not starts_caption(chunk.lines[0], None):
            index += 1
        elif TABLE_START.match(chunk.text):
            index = _mark_table(chunks, roles, index)
        else:
            index = _mark_caption(chunks, roles, index)


def _mark_caption(chunks: Sequence[Chunk], roles: list[Role], start: int) -> int:
    roles[start] = Role.CAPTION
    interrupted = _open_before(chunks, roles, start)
    index = start + 1
    while index < len(chunks) and chunks[index].given is None and roles[index] in (Role.PROSE, Role.SHORT) and not starts_caption(chunks[index].lines[0], None):
        text, before = chunks[index].text, chunks[index - 1].text
        first_part = index == start + 1 and len(before.split()) < 45
        own_rest = not ends_sentence(before) and (text[0].islower() or stays_open(before)) and not (interrupted and ends_sentence(before))
        words = bool(_CAPTION_WORDS.search(text)) and roles[index] is Role.PROSE and not text[0].islower()
        resumes_after = interrupted and first_part and not goes_on(text) and index + 1 < len(chunks) and goes_on(chunks[index + 1].text)
        if not (own_rest or (first_part and (words or resumes_after)) or (words and interrupted and text.lower().startswith(("panel", "(a", "(b")))):
            break
        roles[index] = Role.CAPTION
        index += 1
    return index


def _mark_table(chunks: Sequence[Chunk], roles: list[Role], start: int) -> int:
    roles[start] = Role.TABLE
    index = start + 1
    while index < len(chunks) and chunks[index].given is None:
        text, before = chunks[index].text, chunks[index - 1].text
        in_footnote = roles[index] is Role.PROSE and bool(_FOOTNOTE.match(before)) and not ends_sentence(before) and text[0].islower()
        if roles[index] in (Role.HEADING, Role.FURNITURE) and _cells_follow(chunks, roles, index + 1):
            roles[index] = Role.TABLE if roles[index] is Role.HEADING else Role.FURNITURE
        elif (
            in_footnote
            or (roles[index] is Role.SHORT and not _heads_prose(chunks, roles, index) and not starts_caption(chunks[index].lines[0], None))
            or (roles[index] is Role.PROSE and _FOOTNOTE.match(text) and not goes_on(text))
        ):
            roles[index] = Role.TABLE
        else:
            break
        index += 1
    return index


def _cells_follow(chunks: Sequence[Chunk], roles: Sequence[Role], index: int) -> bool:
    return index + 1 < len(chunks) and all(roles[at] is Role.SHORT and is_cell(chunks[at].text) for at in (index, index + 1))


def _heads_prose(chunks: Sequence[Chunk], roles: Sequence[Role], index: int) -> bool:
    """Return whether a short chunk can be the heading of the prose that follows it."""
    text = chunks[index].text
    if len(chunks[index].lines) > 2 or len(text.split()) > _LONGEST_HEADING_WORDS or not (text[0].isupper() or text[0].isdigit()):
        return False
    if (
        text[-1] in ".,;"
        or stays_open(text)
        or is_cell(re.sub(r"^[\d.]+\s+(?=[A-Z])", "", text))
        or (not any(letter.islower() for letter in text) and len(text) < 4)
    ):
        return False
    for at in range(index + 1, min(index + 4, len(chunks))):
        if roles[at] is Role.PROSE:
            return not chunks[at].text[0].islower()
        if roles[at] is Role.HEADING:
            return True
        if roles[at] in (Role.FURNITURE, Role.CAPTION, Role.TABLE):
            continue
        following = chunks[at].text
        if len(following.split()) > _LONGEST_HEADING_WORDS or is_cell(following):
            return False
    return False


def _mark_front(chunks: Sequence[Chunk], roles: list[Role]) -> None:
    """Mark the title, and the names and places between it and the first prose or heading."""
    if any(chunk.given is SectionKind.TITLE for chunk in chunks):
        return
    title = _title_index(chunks, roles)
    if title is None:
        return
    roles[title] = Role.TITLE
    same = " ".join(chunks[title].text.lower().split())
    for index in range(title + 1, len(chunks)):
        if " ".join(chunks[index].text.lower().split()) == same:
            roles[index] = Role.FURNITURE
    for index in range(title + 1, min(title + 40, len(chunks))):
        text = chunks[index].text
        if roles[index] is Role.PROSE and furniture.is_affiliation(text) and ("@" in text or not ends_sentence(text)):
            roles[index] = Role.FURNITURE
        elif roles[index] in (Role.PROSE, Role.HEADING, Role.CAPTION):
            return
        elif roles[index] is Role.SHORT and not _heads_prose_at_once(chunks, roles, index):
            roles[index] = Role.FURNITURE


def _heads_prose_at_once(chunks: Sequence[Chunk], roles: Sequence[Role], index: int) -> bool:
    return index + 1 < len(chunks) and roles[index + 1] is Role.PROSE and _heads_prose(chunks, roles, index) and "," not in chunks[index].text


def _title_index(chunks: Sequence[Chunk], roles: Sequence[Role]) -> int | None:
    for index in range(min(12, len(chunks) - 1)):
        chunk = chunks[index]
        if chunk.given not in (None, SectionKind.FURNITURE, SectionKind.HEADING):
            return None
        if roles[index] is Role.FURNITURE or (roles[index] is Role.HEADING and _LETTER.fullmatch(chunk.text)):
            continue
        if roles[index] is Role.HEADING and not (index == 0 and len(chunk.text.split()) > 5):
            return None
        words = len(chunk.text.split())
        stopped = chunk.text[-1] in ".:;," or bool(_SENTENCE_IN_TITLE.search(chunk.text))
        if (
            words < 2
            or words > _LONGEST_TITLE_WORDS
            or stopped
            or chunk.text[0].islower()
            or (not any(letter.islower() for letter in chunk.text) and words < 3)
        ):
            if stopped and words <= _LONGEST_TITLE_WORDS and index and furniture.is_citation_head(chunks[index - 1].text):
                return index
            return None
        return index if chunks[index + 1].after_gap or len(chunks[index + 1].lines) > 1 or sections.is_salutation(chunks[index + 1].text) else None
    return None


def _mark_page_breaks(chunks: Sequence[Chunk], roles: list[Role]) -> None:
    """Mark what stands on a page between the two halves of a sentence as furniture, where some of it surely is."""
    for index, chunk in enumerate(chunks):
        if roles[index] is not Role.PROSE or chunk.given is not None or ends_sentence(chunk.text):
            continue
        for at in _page_break_after(chunks, roles, index):
            if roles[at] in (Role.SHORT, Role.HEADING, Role.PROSE):
                roles[at] = Role.FURNITURE


def _page_break_after(chunks: Sequence[Chunk], roles: Sequence[Role], index: int) -> range:
    """Return the chunks between a broken-off sentence and its rest, an empty range where there is no rest near, or no furniture between."""
    seen = False
    for at in range(index + 1, min(index + 60, len(chunks))):
        text, role = chunks[at].text, roles[at]
        long = len(text.split()) >= _REST_OF_SENTENCE
        if role is Role.PROSE and long and goes_on(text):
            return range(index + 1, at) if seen else range(0)
        of_the_page = role is Role.HEADING and sections.heading_kind(text) is SectionKind.FURNITURE
        seen = seen or role is Role.FURNITURE or of_the_page
        beside = role in (Role.SHORT, Role.FURNITURE, Role.CAPTION, Role.TABLE) or (role is Role.PROSE and not long)
        if chunks[at].given is not None or not (of_the_page or beside):
            return range(0)
    return range(0)


def _mark_short(chunks: Sequence[Chunk], roles: list[Role]) -> None:
    """Decide on short chunks: the rest of a sentence, a heading, a cell of a table, the running title of a page, a line of its own."""
    index = 0
    while index < len(chunks):
        if roles[index] is not Role.SHORT:
            index += 1
            continue
        last = index
        while last < len(chunks) and roles[last] is Role.SHORT:
            last += 1
        _decide_run(chunks, roles, index, last)
        index = last


def _decide_run(chunks: Sequence[Chunk], roles: list[Role], first: int, last: int) -> None:
    interrupted = _open_before(chunks, roles, first)
    if interrupted and chunks[first].text[0].islower():
        roles[first] = Role.PROSE
        first += 1
    heading_from = last
    while heading_from > first and last - heading_from < 3 and _heads_prose(chunks, roles, heading_from - 1):
        heading_from -= 1
    while last - first > 2 * _TABLE_RUN and heading_from < last and "," in chunks[heading_from].text:
        heading_from += 1
    cells = sum(is_cell(chunks[at].text) for at in range(first, heading_from))
    if (heading_from - first >= _TABLE_RUN and 2 * cells >= heading_from - first) or heading_from - first >= 2 * _TABLE_RUN:
        role = Role.TABLE
    else:
        role = Role.SHORT
    for at in range(first, last):
        text = chunks[at].text
        if at >= heading_from:
            above_page_end = at + 1 < len(chunks) and roles[at + 1] is Role.FURNITURE and not text[0].isdigit()
            near_page = above_page_end or (_open_before(chunks, roles, at) and at > 0 and roles[at - 1] is Role.FURNITURE)
            roles[at] = Role.FURNITURE if near_page else Role.HEADING
        elif role is Role.TABLE or is_row(text):
            roles[at] = Role.TABLE
        elif (furniture.is_affiliation(text) and at < 40 and not ends_sentence(text)) or (
            _open_before(chunks, roles, at)
            and any(0 <= other < len(chunks) and roles[other] is Role.FURNITURE for other in (at - 1, at + 1))
            and not text[0].islower()
        ):
            roles[at] = Role.FURNITURE
        else:
            roles[at] = Role.PROSE


def _open_before(chunks: Sequence[Chunk], roles: Sequence[Role], index: int) -> bool:
    """Return whether the last prose before a chunk breaks off in the middle of a sentence."""
    for at in range(index - 1, max(-1, index - 120), -1):
        if roles[at] is Role.PROSE:
            return not ends_sentence(chunks[at].text)
        if roles[at] is Role.HEADING:
            return False
    return False


@dataclass(slots=True)
class _Growing:
    """A block to which more chunks may be added."""

    role: Role
    spans: list[tuple[int, int]]
    text: str
    given: SectionKind | None

    @property
    def is_open(self) -> bool:
        """Whether its last sentence has no end yet."""
        return not ends_sentence(self.text)

    def add(self, chunk: Chunk) -> None:
        """Add a chunk's text at the end."""
        self.spans.append((chunk.start, chunk.end))
        self.text = f"{self.text}\n{chunk.text}"[-_TAIL:]


def _joined(chunks: Sequence[Chunk], roles: Sequence[Role]) -> tuple[Block, ...]:
    blocks: list[_Growing] = []
    prose: _Growing | None = None
    gap = False
    for chunk, role in zip(chunks, roles, strict=True):
        if role is Role.PROSE and prose is not None and _resumes(prose, chunk, gap=gap):
            prose.add(chunk)
            gap = False
            continue
        if role is not Role.PROSE and blocks and _belongs(blocks[-1], chunk, role):
            blocks[-1].add(chunk)
            continue
        block = _Growing(role, [(chunk.start, chunk.end)], chunk.text[-_TAIL:], chunk.given)
        blocks.append(block)
        gap = role is not Role.PROSE
        if role in (Role.PROSE, Role.HEADING, Role.TITLE):
            prose = block if role is Role.PROSE else None
    return tuple(Block(block.role, tuple(block.spans), block.given) for block in blocks)


def _belongs(block: _Growing, chunk: Chunk, role: Role) -> bool:
    """Return whether a chunk that is no prose is part of the block before it: more of the same table, list, furniture or unfinished caption."""
    if block.role is not role or chunk.given is not None or block.given is not None:
        return False
    if role is Role.CAPTION:
        return block.is_open and chunk.lines[0].text[0].islower()
    if role is Role.TABLE:
        return not starts_caption(chunk.lines[0], None)
    return role in (Role.REFERENCES, Role.FURNITURE, Role.TEASER)


def _resumes(before: _Growing, chunk: Chunk, *, gap: bool) -> bool:
    """Return whether a chunk goes on with the sentence in which the prose before it broke off."""
    if not before.is_open or (before.given != chunk.given and None not in (before.given, chunk.given)):
        return False
    if goes_on(chunk.text) or stays_open(before.text):
        return True
    if before.given is not None or chunk.given is not None:
        return False
    lines = before.text.split("\n")
    full = len(lines) > 2 and len(lines[-1]) >= 0.75 * max(len(line) for line in lines[-12:])
    return full and (gap or chunk.after_gap)
