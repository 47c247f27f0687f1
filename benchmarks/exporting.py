"""Measures how many evidences a second litkg exports from an embedded graph, format by format, and what it takes of memory.

    .venv/bin/python benchmarks/exporting.py [--documents N] [--graph FOLDER] [--only FORMAT ...] [--json]

An evidence stands for its node, its edges to document and assertion, and its share of all else (`loading.py` says how much that is). The graph is made of
invented papers (`synthetic.py`) in a folder that is deleted afterwards, or is that of `--graph`. Each format is written in a process of its own; the clock
starts when the graph is open. `cpu` counts both threads. `more_mb` is what the process took beyond the open graph, at its peak.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from synthetic import synthetic_extractions

from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.exports.graphml import write_graphml
from litkg.stores.exports.jsonl import write_jsonl
from litkg.stores.exports.kgx import write_edges_jsonl
from litkg.stores.exports.neo4j_admin import write_neo4j_admin

WRITERS = {"jsonl": write_jsonl, "kgx": write_edges_jsonl, "graphml": write_graphml}
FORMATS = ("neo4j-admin", *WRITERS)


def peak_mb() -> float:
    """Return the most memory that this process had, in mebibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(store: GraphStore, name: str, folder: Path) -> None:
    """Write one format."""
    if name == "neo4j-admin":
        write_neo4j_admin(store, folder)
        return
    with (folder / name).open("w", encoding="utf-8", newline="") as handle:
        WRITERS[name](store, handle)


def measure(graph: Path, name: str) -> dict[str, object]:
    """Return the figures of one format."""
    with open_store(graph, create=False) as store, tempfile.TemporaryDirectory() as folder:
        evidence = next(store.run("MATCH (e:Evidence) RETURN count(e) AS count"))["count"]
        before, started, cpu = peak_mb(), time.perf_counter(), time.process_time()
        write(store, name, Path(folder))
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
    return {
        "format": name,
        "evidence": evidence,
        "seconds": round(seconds, 2),
        "cpu": round(cpu, 2),
        "evidence_a_second": round(float(str(evidence)) / seconds),
        "evidence_a_cpu_second": round(float(str(evidence)) / cpu),
        "mb": round(size),
        "more_mb": round(peak_mb() - before),
    }


def main() -> None:
    """Print the figures, a line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--only", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", choices=FORMATS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.graph, options.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        graph = options.graph or Path(folder) / "graph"
        if options.graph is None:
            with open_store(graph) as store:
                store.apply_schema()
                store.upsert(synthetic_extractions(options.documents))
        for name in options.only:
            command = [sys.executable, __file__, "--graph", str(graph), "--measure", name]
            figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            print(json.dumps(figures) if options.json else "  ".join(f"{key} {value}" for key, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
