"""The protocol that every graph store keeps, and the values that cross it.

Owns `GraphStore`, `Counts` and the plain values of rows; refuses to know any one database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Protocol, Self, TypeVar, runtime_checkable

from litkg.model import Extraction

if TYPE_CHECKING:
    import networkx as nx

    from litkg.stores.versions import GraphState

T = TypeVar("T")

Row = dict[str, object]
"""One row of an answer: plain values (str, int, float, bool, None, lists and dicts of these) by column name."""

Execute = Callable[[str, Mapping[str, object]], list[Row]]
"""Runs one writing or reading statement inside the transaction at hand and returns its rows."""

OnSaved = Callable[[Sequence[str]], None]
"""Told the document ids of each batch once it is safe on disk or committed."""

DEFAULT_TIMEOUT_S = 60.0
"""How long a query may run, unless the caller says otherwise."""

DEFAULT_MAX_ROWS = 1_000_000
"""How many rows an answer may have, unless the caller says otherwise."""

CONFINED_MAX_ROWS = 10_000
"""How many rows an answer to a query from outside may have, unless the caller says otherwise."""

WRITE_TIMEOUT_S = 600.0
"""How long one statement of a load, or of a dump of the whole graph, may run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was handed over in one `upsert` and is saved; a thing that two documents share counts twice."""

    documents: int = 0
    concepts: int = 0
    mentions: int = 0
    assertions: int = 0
    evidence: int = 0
    case_reports: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return the sums.

        >>> (Counts(documents=1) + Counts(documents=2, evidence=3)).documents
        3
        """
        return Counts(
            documents=self.documents + other.documents,
            concepts=self.concepts + other.concepts,
            mentions=self.mentions + other.mentions,
            assertions=self.assertions + other.assertions,
            evidence=self.evidence + other.evidence,
            case_reports=self.case_reports + other.case_reports,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRecord:
    """A node as a dump shows it: its sorted labels, its kind (the label that holds the key), and the properties of the schema that it has."""

    kind: str
    id: str
    labels: tuple[str, ...]
    properties: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipRecord:
    """A relationship as a dump shows it; `start` and `end` are (kind, id) of its nodes."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: Row


@runtime_checkable
class GraphStore(Protocol):
    """A graph of papers, whatever database holds it. Loading is idempotent: the graph depends on the documents in it, not on how they came."""

    saves_whole: ClassVar[bool]
    """Whether each save writes the whole graph, so that it pays to gather many changes into one."""

    def apply_schema(self) -> None:
        """Make the constraints and indexes that a load needs and that are missing, and mark an empty database as a graph of this version.

        Raises: SchemaVersionError for a graph of another version, and a database that holds other data.
        """
        ...

    def state(self) -> GraphState:
        """Return what is there: a graph of which version, other data, or nothing."""
        ...

    def fingerprint(self) -> str | None:
        """Return what no other graph, and no other state of this one, has; None where that cannot be known for sure, as while this store writes.

        Where it is the same before and after reading, all that was read is of one state.
        """
        ...

    def missing_schema(self) -> tuple[str, ...]:
        """Return the names of the constraints and indexes of the schema that are missing, those of full-text search too."""
        ...

    def make_schema(self) -> None:
        """Make all that `missing_schema` names, whatever the version."""
        ...

    def change(self, work: Callable[[Execute], T]) -> T:
        """Do `work` in one transaction, save it and return its result; where it raises, nothing is changed. It may be tried more than once."""
        ...

    def upsert(self, extractions: Iterable[Extraction], *, on_saved: OnSaved | None = None) -> Counts:
        """Load documents and return what was saved; a document that is there is replaced whole.

        Documents are saved in batches; `on_saved` is told of each. Where `extractions` raises (Ctrl-C too), the documents before it are saved
        first. Raises: StoreError for an extraction that contradicts itself (before it touches the graph), or where the store fails.
        """
        ...

    def remove(self, document_id: str) -> bool:
        """Remove a document and all that only it supported; return whether it was there."""
        ...

    def run(
        self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S, max_rows: int | None = DEFAULT_MAX_ROWS
    ) -> Iterator[Row]:
        """Return the rows of a reading query; its errors are raised here, before the first row. For queries that one has written oneself.

        Raises: StoreError for a query that writes, reads files, calls a procedure that does more than read the graph, is not valid Cypher, or takes longer
        than `timeout_s`; RowLimitError, after the last of them, where there are more than `max_rows` rows (None: no limit).
        """
        ...

    def run_confined(
        self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = DEFAULT_TIMEOUT_S, max_rows: int = CONFINED_MAX_ROWS
    ) -> Iterator[Row]:
        """Return the rows of a reading query that comes from outside, as `run` does; whatever it asks for, this process and the graph live on.

        On the embedded store it runs in a process of its own, with so much memory and time; on Neo4j the server bounds its memory. `params` hold text,
        numbers, booleans, None, and lists and maps of these.
        Raises: StoreError as `run`, and for a query that takes too much memory; RowLimitError as `run`.
        """
        ...

    def stream(self, statement: str) -> Iterator[Row]:
        """Yield the rows of a fixed reading statement over the whole graph, as they come."""
        ...

    def nodes(self) -> Iterator[NodeRecord]:
        """Yield every node, in no order."""
        ...

    def relationships(self) -> Iterator[RelationshipRecord]:
        """Yield every relationship, in no order."""
        ...

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return the concepts, with one signed edge for each assertion."""
        ...

    def checksum(self) -> str:
        """Return a digest of all nodes and relationships: the same for the same graph in any store."""
        ...

    def close(self) -> None:
        """Give back what the store holds; closing twice does nothing."""
        ...

    def __enter__(self) -> Self:
        """Return the store itself."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the store."""
        ...


@runtime_checkable
class WritesCsv(Protocol):
    """A store that makes CSV lines itself, without line of names, several times as fast as rows. Several threads may ask at once."""

    def run_csv(self, statement: str, params: Mapping[str, object]) -> str:
        """Return the rows of a reading statement of litkg's own; null and empty text look alike."""
        ...
