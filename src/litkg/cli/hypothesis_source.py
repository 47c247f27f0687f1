"""What commands about hypotheses look at: the kept table of a graph, and the graph itself only where the table is not there or not enough.

An embedded graph of a million sentences takes half a minute to open, its table a blink.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from litkg.cli.console import echo, steps
from litkg.cli.names import concept_id_among
from litkg.cli.setup import open_graph
from litkg.stores import graph_folder
from litkg.stores.graph_file import GRAPH_FILE, file_fingerprint

if TYPE_CHECKING:
    from litkg.hypotheses.hierarchy import Hierarchy
    from litkg.hypotheses.kept import Table
    from litkg.settings import Settings
    from litkg.stores import GraphStore


class Source:
    """The graph that the settings name. Nothing is opened or read before it is asked for."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        self._settings = settings
        self._stack = stack

    @cached_property
    def table(self) -> Table:
        """What the graph says, with the links in it.

        Raises: StoreError where there is no such graph, or it cannot be read.
        """
        from litkg.hypotheses.kept import TABLES, open_kept, read_table

        folder = graph_folder(self._settings.store_url)
        root = self._settings.kept_path / _short_hash(self._settings.store_url) if folder is None else folder / TABLES
        fingerprint = file_fingerprint(folder / GRAPH_FILE) if folder is not None else None
        kept = open_kept(root, fingerprint) if fingerprint is not None else None
        if kept is not None:
            return kept
        with steps("reading the graph") as tell:
            return read_table(self.graph, root, on_stage=lambda stage: tell(f"reading {stage} of the graph"), on_unkept=_say_unkept)

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """What the lexicon files the concepts of the graph under.

        Raises: LexiconError without a lexicon.
        """
        from litkg.hypotheses.kept_hierarchy import read_hierarchy
        from litkg.lexicon.lookup import Lexicon

        table = self.table
        with Lexicon.open(self._settings.lexicon_path) as lexicon:
            return read_hierarchy(table, lexicon.parents, lexicon.info().content_sha256)

    @cached_property
    def graph(self) -> GraphStore:
        """The graph, open until the command is done.

        Raises: StoreError where it cannot be opened.
        """
        return self._stack.enter_context(open_graph(self._settings))

    def concept_id(self, name: str) -> str:
        """Return the id of the concept that `name` stands for. Raises: as `concept_id_among`."""
        return concept_id_among(self.table.literature.concepts.__contains__, self._settings, name)


@contextmanager
def open_source(settings: Settings) -> Iterator[Source]:
    """Give what the graph of the settings says."""
    with ExitStack() as stack:
        yield Source(settings, stack)


@contextmanager
def marks_changing(settings: Settings, graph: GraphStore) -> Iterator[None]:
    """Have the kept table of an embedded graph follow marks that the block changes, and nothing else: reading it anew can take minutes."""
    from litkg.hypotheses.kept import TABLES, keep_marks
    from litkg.hypotheses.marks import read_marks

    folder = graph_folder(settings.store_url)
    if folder is None:
        yield
        return
    graph.apply_schema()  # which takes the writer's lock, held until the graph is closed: nobody else saves meanwhile
    before = file_fingerprint(folder / GRAPH_FILE)
    yield
    after = file_fingerprint(folder / GRAPH_FILE)
    if before is not None and after is not None:
        with suppress(OSError):  # the next call reads the graph anew, and says so where it cannot keep that
            keep_marks(folder / TABLES, before, after, read_marks(graph))


def _short_hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def _say_unkept(error: OSError) -> None:
    echo(f"the next call reads the graph anew, since nothing can be kept beside it: {error}", err=True)
