"""Writes the records of what read documents, and counts what each has read.

Owns the runs of a graph as documents come and go; refuses all else that documents say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import cast

from litkg.model import Run
from litkg.stores import statements
from litkg.stores.preparing import PreparedDocument
from litkg.stores.rows import RUN_NAMES, run_row
from litkg.stores.writing import Writer

RunCounts = dict[str, tuple[int, int]]
"""By run, documents and pieces of evidence."""

_COUNT_NAMES = ("id", "n_documents", "n_evidence")


def runs_of_documents(writer: Writer, document_ids: Sequence[str]) -> RunCounts:
    """Return what the runs of documents have read in these; to be asked before they are deleted."""
    rows = writer.run(statements.RUNS_OF_DOCUMENTS, {"ids": document_ids})
    return {str(row["id"]): (cast(int, row["documents"]), cast(int, row["evidence"])) for row in rows}


def put_runs(writer: Writer, batch: Sequence[PreparedDocument], withdrawn: RunCounts) -> None:
    """Write the runs of a batch, whose documents are there, count for all what came and went, and delete those that are left without a document."""
    runs: dict[str, Run] = {}
    documents: Counter[str] = Counter()
    evidence: Counter[str] = Counter()
    links: dict[str, list[str]] = defaultdict(list)
    for document in batch:
        if document.run is not None:
            runs[document.run.id] = document.run
            documents[document.run.id] += 1
            evidence[document.run.id] += len(document.evidence)
            links[document.run.id].append(document.id)
    ids = sorted(runs.keys() | withdrawn.keys())
    if not ids:
        return
    there = {str(row["id"]): (cast(int, row["n_documents"]), cast(int, row["n_evidence"])) for row in writer.run(statements.RUN_COUNTS, {"ids": ids})}
    after = {item: _after(there.get(item, (0, 0)), withdrawn.get(item, (0, 0)), (documents[item], evidence[item])) for item in ids}
    writer.create("Run", RUN_NAMES, [run_row(runs[item], *after[item]) for item in ids if item not in there])
    writer.update("Run", _COUNT_NAMES, [(item, *after[item]) for item in ids if item in there and after[item][0]])
    writer.connect("READ_IN", ("document", "run"), [(document, item) for item in sorted(links) for document in links[item]])
    gone = [item for item in ids if not after[item][0]]
    if gone:
        writer.run(statements.DELETE_RUNS, {"ids": gone})


def _after(there: tuple[int, int], went: tuple[int, int], came: tuple[int, int]) -> tuple[int, int]:
    return there[0] - went[0] + came[0], there[1] - went[1] + came[1]
