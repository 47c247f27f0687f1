"""Measures how many evidences a second litkg loads, and what it takes of memory, beside the naive load, KGX's Neo4j sink and what driver and server can do.

    .venv/bin/python benchmarks/loading.py [--documents N] [--only NAME ...] [--kgx PYTHON] [--json]
    .venv/bin/python benchmarks/loading.py --memory --documents 1000000 --only bolt     # 10 M evidences, made as they are loaded

An evidence stands for its node, its edges to document and assertion, and its share of all else: on average a tenth of a document, .7 concepts named, .6
assertions with their two edges and the edge between the concepts (`synthetic.py`). Papers are invented before the clock starts, and Python's garbage collector
is told to leave them alone; with `--memory` they are invented as they are loaded and the clock counts that too. A Neo4j 5.26 of its own, with the heap and
the settings of `litkg neo4j start`, is started for the run and deleted after it; constraints and indexes are there before a load. It runs on the same cores
as the client.

- `embedded`: `store.upsert` into a new folder, from extractions to the file on disk, full-text indexes too.
- `bolt`: `store.upsert` over Bolt, from extractions to the last commit. The first tenth warms the server up and is not counted. Full-text indexes are apart, as
  they are made after a first load.
- `naive`: one UNWIND ... MERGE statement for each table of the same rows, 1,000 evidences a transaction, as one writes them first.
- `kgx`: KGX's Neo4j sink, one edge for each evidence between nodes for the concepts, with `kgx neo4j-upload`'s defaults. PYTHON is that of an environment with
  KGX (`make tools` makes build/tools/kgx/bin/python).
- `ceiling`: the evidences' rows sent with nothing done to them (what driver and Bolt can do), and made into nodes without a key, an index or an edge (what the
  server can create).
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import neo4j
from synthetic import synthetic_extractions

from litkg.model import Extraction
from litkg.settings import settings_from_environment
from litkg.stores import open_store
from litkg.stores.jars import NEO4J_VERSION, RELEASES, fetch_jars
from litkg.stores.preparing import prepare
from litkg.stores.rows import ASSERTION_NAMES, DOCUMENT_NAMES, EVIDENCE_NAMES, assertion_row
from litkg.stores.server import Server, start_server, stop_server

NAMES = ("embedded", "bolt", "naive", "kgx", "ceiling")
NAIVE_BATCH = 100
"""Documents a transaction: about 1,000 evidences."""

Figures = dict[str, float | int | str]


def evidence_in(extractions: Sequence[Extraction]) -> int:
    """Return how many evidences there are."""
    return sum(len(extraction.evidence) for extraction in extractions)


def invent(documents: int) -> list[Extraction]:
    """Return invented extractions that the garbage collector leaves alone."""
    extractions = list(synthetic_extractions(documents))
    gc.collect()
    gc.freeze()
    return extractions


def rate(name: str, evidence: int, seconds: float, **more: float | str) -> Figures:
    """Return the figures of a load."""
    return {"load": name, "evidence": evidence, "seconds": round(seconds, 2), "evidence_a_second": round(evidence / seconds), **more}


def load_embedded(extractions: Sequence[Extraction], folder: Path) -> Iterator[Figures]:
    """Yield the figures of the embedded store."""
    started, cpu = time.perf_counter(), time.process_time()
    with open_store(folder / "graph") as store:
        store.upsert(extractions)
    seconds = time.perf_counter() - started
    size = (folder / "graph" / "graph.kgl").stat().st_size
    yield rate("embedded", evidence_in(extractions), seconds, processor_seconds=round(time.process_time() - cpu, 2), file_mb=size // 10**6)


def load_bolt(extractions: Sequence[Extraction], server: Server) -> Iterator[Figures]:
    """Yield the figures of the load over Bolt, and of the full-text indexes after it."""
    warm = len(extractions) // 10
    empty(server)
    with open_store(server.url, username=server.username, password=server.password) as store:
        store.upsert(extractions[:warm])
        drop_word_indexes(server)
    with open_store(server.url, username=server.username, password=server.password) as store:
        ended: list[float] = []
        started, cpu, server_cpu = time.perf_counter(), time.process_time(), processor_seconds(server.pid)
        store.upsert(extractions[warm:], on_saved=lambda _: ended.append(time.perf_counter()))
        done = time.perf_counter()
    seconds = ended[-1] - started
    spent = {"client_processor_seconds": round(time.process_time() - cpu, 2), "server_processor_seconds": round(processor_seconds(server.pid) - server_cpu, 2)}
    yield rate("bolt", evidence_in(extractions[warm:]), seconds, full_text_seconds=round(done - ended[-1], 2), **spent)


def load_naive(extractions: Sequence[Extraction], server: Server) -> Iterator[Figures]:
    """Yield the figures of UNWIND ... MERGE."""
    empty(server)
    with open_store(server.url, username=server.username, password=server.password) as store:
        store.apply_schema()
    prepared = [(item, prepare(item)) for item in extractions]
    with driver_of(server) as driver, driver.session() as session:
        started = time.perf_counter()
        for start in range(0, len(prepared), NAIVE_BATCH):
            batch = prepared[start : start + NAIVE_BATCH]
            with session.begin_transaction() as transaction:
                for statement, rows in naive_tables(batch):
                    transaction.run(statement, {"rows": rows}).consume()
                transaction.commit()
        seconds = time.perf_counter() - started
    yield rate("naive", evidence_in(extractions), seconds)


def naive_tables(batch: Sequence[tuple[Extraction, object]]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the statements of the naive load with their rows."""
    documents = [prepare(extraction) for extraction, _ in batch]
    concepts = {concept.id: concept for extraction, _ in batch for concept in extraction.concepts}
    yield "UNWIND $rows AS row MERGE (d:Document {id: row.id}) SET d += row", [dict(zip(DOCUMENT_NAMES, item.row, strict=True)) for item in documents]
    yield (
        "UNWIND $rows AS row MERGE (c:Concept {id: row.id}) SET c += row",
        [{"id": item.id, "name": item.name, "synonyms": list(item.synonyms), "xrefs": list(item.xrefs)} for item in concepts.values()],
    )
    yield (
        "UNWIND $rows AS row MATCH (d:Document {id: row.document}) MATCH (c:Concept {id: row.concept}) MERGE (d)-[m:MENTIONS]->(c) SET m.count = row.count",
        [{"document": item.id, "concept": concept, "count": count} for item in documents for concept, (_, count) in item.concepts.items()],
    )
    assertions = [(assertion, summary) for item in documents for assertion, summary in item.assertions]
    rows = [dict(zip(ASSERTION_NAMES, assertion_row(*pair), strict=True)) | {"s": pair[0].subject, "o": pair[0].object} for pair in assertions]
    yield NAIVE_ASSERTIONS, rows
    evidence = [(document.id, item) for document in documents for item in document.evidence]
    yield (
        NAIVE_EVIDENCE,
        [dict(zip(EVIDENCE_NAMES, item.row, strict=True)) | {"d": document_id, "a": item.assertion_id} for document_id, item in evidence],
    )


NAIVE_ASSERTIONS = (
    "UNWIND $rows AS row MATCH (s:Concept {id: row.s}) MATCH (o:Concept {id: row.o}) MERGE (a:Assertion {id: row.id}) SET a += row "
    "MERGE (a)-[:SUBJECT]->(s) MERGE (a)-[:OBJECT]->(o) MERGE (s)-[r:CLAIM {assertion_id: row.id}]->(o) SET r.sign = row.sign, r.belief = row.belief"
)
NAIVE_EVIDENCE = (
    "UNWIND $rows AS row MATCH (d:Document {id: row.d}) MATCH (a:Assertion {id: row.a}) MERGE (e:Evidence {id: row.id}) SET e += row "
    "MERGE (e)-[:FROM]->(d) MERGE (e)-[:SUPPORTS]->(a)"
)

KGX_TOOLS = Path(__file__).resolve().parent.parent / "tools" / "kgx"
KGX_SCRIPT = """
import sys, time
tools, url, user, password, *files = sys.argv[1:]
sys.path.insert(0, tools)
import offline
offline.go_offline()
from kgx.transformer import Transformer
started = time.perf_counter()
Transformer().transform(
    input_args={"filename": files, "format": "jsonl"},
    output_args={"uri": url, "username": user, "password": password, "format": "neo4j"},
)
print(time.perf_counter() - started)
"""


def load_kgx(extractions: Sequence[Extraction], server: Server, python: str, folder: Path) -> Iterator[Figures]:
    """Yield the figures of KGX's Neo4j sink, with the constraint on `id` that it makes itself."""
    empty(server)
    nodes, edges = folder / "kgx_nodes.jsonl", folder / "kgx_edges.jsonl"
    concepts = {concept.id: concept.name for extraction in extractions for concept in extraction.concepts}
    with nodes.open("w", encoding="utf-8") as handle:
        handle.writelines(json.dumps({"id": item, "name": name, "category": ["biolink:NamedThing"]}) + "\n" for item, name in concepts.items())
    with edges.open("w", encoding="utf-8") as handle:
        for extraction in extractions:
            assertions = {assertion.id: assertion for assertion in extraction.assertions}
            for item in extraction.evidence:
                claim = assertions[item.assertion_id]
                edge = {"id": item.id, "subject": claim.subject, "predicate": "biolink:affects", "object": claim.object, "negated": item.negated}
                edge |= {
                    "supporting_text": [item.text],
                    "publications": [item.document_id],
                    "knowledge_level": "not_provided",
                    "agent_type": "text_mining_agent",
                }
                handle.write(json.dumps(edge) + "\n")
    arguments = [python, "-c", KGX_SCRIPT, str(KGX_TOOLS), server.url, server.username, server.password, str(nodes), str(edges)]
    done = subprocess.run(arguments, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"KGX failed: {done.stderr.strip().splitlines()[-1:]}; make tools makes its environment, or name another with --kgx")
    yield rate("kgx", evidence_in(extractions), float(done.stdout.split()[-1]))


def load_ceiling(extractions: Sequence[Extraction], server: Server) -> Iterator[Figures]:
    """Yield what the driver can send, and what the server can create of bare nodes."""
    rows = [
        {name: value for name, value in zip(EVIDENCE_NAMES, item.row, strict=True) if value is not None}
        for extraction in extractions
        for item in prepare(extraction).evidence
    ]
    for name, statement in (
        ("ceiling: rows sent", "UNWIND $rows AS row RETURN count(row) AS rows"),
        ("ceiling: bare nodes", "UNWIND $rows AS row CREATE (n:Bare) SET n = row"),
    ):
        empty(server)
        with driver_of(server) as driver, driver.session() as session:
            started = time.perf_counter()
            for start in range(0, len(rows), 10_000):
                session.run(statement, {"rows": rows[start : start + 10_000]}).consume()
            yield rate(name, len(rows), time.perf_counter() - started)


def stream(documents: int, name: str, folder: Path, server: Server | None) -> Iterator[Figures]:
    """Yield the figures of a load of papers that are invented as they are loaded, with the most memory that the client ever held."""
    url = server.url if name == "bolt" and server else str(folder / "graph")
    password = server.password if name == "bolt" and server else None
    started = time.perf_counter()
    with open_store(url, password=password) as store:
        counts = store.upsert(
            synthetic_extractions(documents), on_saved=lambda ids: print(f"  {ids[-1]} {time.perf_counter() - started:.0f} s", file=sys.stderr)
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield rate(f"{name}, streamed", counts.evidence, time.perf_counter() - started, client_peak_mb=peak)


def driver_of(server: Server) -> neo4j.Driver:
    """Return a driver for the server."""
    return neo4j.GraphDatabase.driver(server.url, auth=(server.username, server.password))


def empty(server: Server) -> None:
    """Delete all nodes of the server, and the full-text indexes, which are made after a load."""
    with driver_of(server) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS").consume()
    drop_word_indexes(server)


def drop_word_indexes(server: Server) -> None:
    """Drop the full-text indexes."""
    with driver_of(server) as driver, driver.session() as session:
        for record in list(session.run("SHOW FULLTEXT INDEXES YIELD name")):
            session.run(f"DROP INDEX `{record['name']}` IF EXISTS").consume()


def processor_seconds(pid: int) -> float:
    """Return how long a process has computed so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def own_server(folder: Path) -> Iterator[Server]:
    """Give a Neo4j of its own in `folder`, with the jars that litkg has."""
    home = folder / "neo4j"
    home.mkdir()
    jars = fetch_jars(settings_from_environment(os.environ).home / "neo4j", RELEASES[NEO4J_VERSION])
    (home / NEO4J_VERSION).symlink_to(jars.parent, target_is_directory=True)
    server = start_server(home, password="a password for benchmarks only", usual_ports=False)  # noqa: S106
    try:
        yield server
    finally:
        stop_server(home)


def main() -> None:
    """Run the loads that were asked for and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=20_000, help="papers to invent, of ten evidences each on average")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--kgx", metavar="PYTHON", default="build/tools/kgx/bin/python", help="the Python of an environment with KGX")
    parser.add_argument("--memory", action="store_true", help="invent papers as they are loaded, and tell how much memory the client took")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: list[Figures] = []
    folder = Path(tempfile.mkdtemp(prefix="litkg-loading-"))
    try:
        if options.memory:
            runs: list[Callable[[Server | None], Iterator[Figures]]] = [
                lambda server, name=name: stream(options.documents, name, folder, server) for name in options.only if name in ("embedded", "bolt")
            ]
        else:
            extractions = invent(options.documents)
            slow = extractions[: max(1, len(extractions) // 10)]
            by_name: dict[str, Callable[[Server | None], Iterator[Figures]]] = {
                "embedded": lambda _: load_embedded(extractions, folder),
                "bolt": lambda server: load_bolt(extractions, server),
                "naive": lambda server: load_naive(slow, server),
                "kgx": lambda server: load_kgx(slow, server, options.kgx, folder),
                "ceiling": lambda server: load_ceiling(extractions, server),
            }
            runs = [by_name[name] for name in NAMES if name in options.only]
        needs_server = set(options.only) - {"embedded"}
        with own_server(folder) if needs_server else _nothing() as server:
            for run in runs:
                for figures in run(server):
                    found.append(figures)
                    if not options.json:
                        print("  ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        print(json.dumps(found, indent=1))


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


if __name__ == "__main__":
    main()
