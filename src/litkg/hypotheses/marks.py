"""What users think of hypotheses: marks on unordered pairs of concepts, kept in the graph beside what the papers say.

Owns the mark, how it is read, written and removed in any store, and what marks leave of a ranking; refuses to judge a pair, and to ask whether its concepts are
there: a mark outlives the papers that name them. How marks stand in the graph says graph/schema.toml.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from litkg.errors import StoreError
from litkg.hypotheses.choices import SET_ASIDE, VERDICTS
from litkg.model import content_id
from litkg.stores.schema import load_schema

if TYPE_CHECKING:
    from litkg.hypotheses.records import Hypothesis
    from litkg.stores.base import Execute, GraphStore, Row

_READ = """
MATCH (m:Mark) WHERE m.id STARTS WITH 'mark:'
RETURN m.subject AS subject, m.object AS object, m.verdict AS verdict, m.note AS note
"""
_FIND = "MATCH (m:Mark {id: $id}) RETURN m.id AS id"
_WRITE = "MERGE (m:Mark {id: $id}) SET m.subject = $subject, m.object = $object, m.verdict = $verdict, m.note = $note"
_REMOVE = "MATCH (m:Mark {id: $id}) DELETE m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What somebody says of two concepts, given by id: the order of the two says nothing, and a pair has one mark. The note may be empty."""

    subject: str
    object: str
    verdict: str
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no mark.

        Raises: ValueError for a verdict that names the choices, for a pair of one concept, and for a note that is no text.
        """
        if self.verdict not in VERDICTS:
            raise ValueError(f"verdict {self.verdict!r} is none of {', '.join(VERDICTS)}")
        if self.subject == self.object:
            raise ValueError(f"{self.subject} and {self.object} are one concept, and a mark is about two")
        try:
            self.note.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"a note that is no text: {error.reason} at character {error.start}; write it in UTF-8") from error

    @property
    def id(self) -> str:
        """The same for both orders of the pair, on every machine."""
        return _mark_id(self.subject, self.object)

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of the two, sorted."""
        return _pair(self.subject, self.object)


def read_marks(store: GraphStore) -> tuple[Mark, ...]:
    """Return all marks, in the order of their pairs.

    Raises: StoreError where the store cannot be read, or a mark in it is none.
    """
    return tuple(sorted((_mark(row) for row in store.stream(_READ)), key=lambda mark: mark.pair))


def write_mark(store: GraphStore, mark: Mark) -> None:
    """Put a mark into the graph, in the place of the one that its pair has.

    Raises: StoreError where the store cannot be written to.
    """
    values = {"id": mark.id, "subject": mark.subject, "object": mark.object, "verdict": mark.verdict, "note": mark.note}
    store.change(lambda execute: execute(_WRITE, values))


def remove_mark(store: GraphStore, first: str, second: str) -> bool:
    """Take away the mark of a pair, given in either order, and return whether there was one.

    Raises: StoreError where the store cannot be written to.
    """
    values = {"id": _mark_id(first, second)}
    tries: list[bool] = []

    def remove(execute: Execute) -> None:
        # Where the answer to a commit was lost, the mark is gone at the next try, but was there at the first.
        tries.append(bool(execute(_FIND, values)))
        execute(_REMOVE, values)

    store.change(remove)
    return any(tries)


def marks_about(marks: Iterable[Mark], concept: str) -> dict[str, Mark]:
    """Return the marks of pairs with a concept, by the id of the other one."""
    return {mark.object if mark.subject == concept else mark.subject: mark for mark in marks if concept in mark.pair}


def set_aside(found: Iterable[Hypothesis], marks: Iterable[Mark], *, limit: int) -> tuple[list[Hypothesis], Counter[str]]:
    """Return the first `limit` hypotheses whose pairs nobody has marked as rejected or known, their ranks as they were, and how many each verdict took out
    before the last of them."""
    verdicts = {mark.pair: mark.verdict for mark in marks if mark.verdict in SET_ASIDE}
    left: list[Hypothesis] = []
    taken: Counter[str] = Counter()
    for item in found:
        verdict = verdicts.get(_pair(item.subject, item.object))
        if verdict is not None:
            taken[verdict] += 1
        elif len(left) < limit:
            left.append(item)
        else:
            break
    return left, taken


def _mark(row: Row) -> Mark:
    try:
        return Mark(subject=str(row["subject"]), object=str(row["object"]), verdict=str(row["verdict"]), note=str(row["note"] or ""))
    except ValueError as error:
        raise StoreError(f"a mark of the graph is none: {error}; put it right, or delete the node with this subject and object") from error


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first <= second else (second, first)


def _mark_id(first: str, second: str) -> str:
    return content_id(load_schema().marks.prefix, *_pair(first, second))
