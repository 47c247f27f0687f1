"""Measures how long canned queries take on a graph of `synthetic.py`: concepts drawn at random, and the worst hubs.

    python benchmarks/queries.py --store URL --documents 100000 [--draws 200] [--json] [NAME ...]

Each query is asked with `draws` seeded sets of parameters: concepts of middling degree (any that documents name, drawn evenly) and any claims, then pairs of
the ten biggest hubs and the ten claims with the most evidence. For each it tells the median and the worst wall time in ms, and the median of the
processor's, of this process and, with `--server-pid`, of the server: on a shared machine that is the part that says what the query costs. Queries that name
nothing are asked three times.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from synthetic import synthetic_extraction

from litkg.answers import explain, find_paths
from litkg.queries import defaults, get_query, run_query
from litkg.search_words import search_parameter
from litkg.stores import open_store
from litkg.stores.base import GraphStore

HUBS = 10
QUERIES = {
    "neighbours": ("concept",),
    "regulators": ("concept",),
    "cytokine-effects": ("cytokine",),
    "drugs-for-disease": ("disease",),
    "adverse-events": ("drug",),
    "case-reports": ("drug",),
    "concept": ("concept",),
    "documents-mentioning": ("concept",),
    "shared-neighbours": ("first", "second"),
    "open-discovery": ("start",),
    "mechanism-paths": ("start", "end"),
    "evidence": (),
    "claim": (),
    "search-text": (),
    "search-concepts": (),
    "family": ("concept",),
    "claims-between": ("subject", "object"),
    "steps-from": (),
    "steps-to": (),
    "claims": (),
    "evidence-of-claims": (),
    "concept-names": (),
    "contradictions": (),
    "most-supported": (),
    "newest-assertions": (),
    "ungrounded-mentions": (),
    "statistics": (),
    "runs": (),
}
"""Queries, and those of their parameters that are concepts."""


WHOLE = frozenset({"contradictions", "most-supported", "newest-assertions", "ungrounded-mentions", "statistics"})
"""Queries that name nothing, and look at the whole graph."""

WHOLE_DRAWS = 3


def main() -> None:
    """Print a line for each query and kind of parameters."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="queries, and find_paths and explain; all unless named")
    parser.add_argument("--store", required=True)
    parser.add_argument("--documents", type=int, required=True, help="that the graph was made of")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--server-pid", type=int)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    names = given.names or [*QUERIES, "find_paths", "explain"]
    with open_store(given.store, password=os.environ.get("NEO4J_PASSWORD")) as store:
        for kind in ("drawn", "hubs"):
            for name in names:
                row = {"query": name, "concepts": kind, **measure(store, name, kind, given.documents, given.draws, given.server_pid)}
                print(
                    json.dumps(row) if given.json else "  ".join(f"{value:>9}" if key != "query" else f"{value:<22}" for key, value in row.items()), flush=True
                )


def measure(store: GraphStore, name: str, kind: str, documents: int, draws: int, server_pid: int | None) -> dict[str, object]:
    """Return the figures of one query, after three calls that do not count."""
    draw = random.Random(f"{name} {kind}")
    draws = min(draws, WHOLE_DRAWS) if name in WHOLE else draws
    calls = [call(store, name, kind, documents, draw) for _ in range(draws + 3)]
    walls, processors, rows = [], [], []
    for ask in calls:
        cpu, wall = _cpu_s(server_pid), time.perf_counter()
        rows.append(ask())
        walls.append((time.perf_counter() - wall) * 1000)
        processors.append((_cpu_s(server_pid) - cpu) * 1000)
    return {
        "median_ms": round(statistics.median(walls[3:]), 1),
        "worst_ms": round(max(walls[3:]), 1),
        "cpu_median_ms": round(statistics.median(processors[3:]), 1),
        "cpu_mean_ms": round(statistics.mean(processors[3:]), 1),
        "cpu_worst_ms": round(max(processors[3:]), 1),
        "rows": round(statistics.mean(rows[3:]), 1),
    }


def call(store: GraphStore, name: str, kind: str, documents: int, draw: random.Random) -> Callable[[], int]:
    """Return a call with parameters of its own, which returns how many rows there were."""
    extraction = synthetic_extraction(draw.randrange(documents), scale=documents)
    concepts, claim = sorted(item.id for item in extraction.concepts), draw.choice(extraction.assertions).id
    ends = [draw.choice(concepts), _drawn(documents, draw)] if kind == "drawn" else draw.sample(_hubs(), 2)
    if name == "find_paths":
        return lambda: len(find_paths(store, ends[0], ends[1]))
    if name == "explain":
        return lambda: len(explain(store, claim if kind == "drawn" else ends[0]).claims)
    if kind == "hubs" and name in {"evidence", "claim", "claims", "evidence-of-claims"}:
        claim = draw.choice(_biggest_claims(store))
    values: dict[str, object] = dict(zip(QUERIES[name], reversed(ends), strict=False))
    if name == "evidence":
        values = {"assertion": claim}
    elif name == "claim":
        values = {"id": claim}
    elif name in {"claims", "evidence-of-claims"}:
        values = {"assertions": [claim]}
    elif name in {"steps-from", "steps-to"}:
        values = {"concepts": ends}
    elif name == "concept-names":
        values = {"ids": ends}
    elif name == "search-text":
        values = {"words": search_parameter(" ".join(draw.choice(extraction.evidence).text.split()[:4]))}
    elif name == "search-concepts":
        values = {"words": search_parameter(draw.choice(extraction.concepts).name)}
    return lambda: len(list(_ask(store, name, values)))


def _ask(store: GraphStore, name: str, values: Mapping[str, object]) -> Iterator[dict[str, object]]:
    query = get_query(name)
    return run_query(store, query, defaults(query) | dict(values))


@cache
def _biggest_claims(store: GraphStore) -> list[str]:
    return [str(row["assertion_id"]) for row in _ask(store, "most-supported", {"limit": HUBS})]


def _drawn(documents: int, draw: random.Random) -> str:
    """Return a concept that some document names, any of its concepts alike."""
    return draw.choice(synthetic_extraction(draw.randrange(documents), scale=documents).concepts).id


def _hubs() -> list[str]:
    """Return the most named concepts: `synthetic` draws low numbers the most."""
    prefixes = ("HGNC", "CHEBI", "MONDO", "HGNC", "CHEBI")
    return [f"{prefixes[number % len(prefixes)]}:{1_000_000 + number}" for number in range(HUBS)]


def _cpu_s(server_pid: int | None) -> float:
    """Return the processor's time of this process, and of the server's where its id is known."""
    own = time.process_time()
    if server_pid is None:
        return own
    fields = Path(f"/proc/{server_pid}/stat").read_text().rpartition(")")[2].split()
    return own + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
