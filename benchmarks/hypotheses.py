"""Measures hypotheses at scale: open discovery beside plain networkx and one Cypher query, all pairs, and the whole command on an embedded graph.

    python benchmarks/hypotheses.py make FOLDER [--concepts 100000] [--pairs 5000000]   # invents a literature, links it and keeps the table in FOLDER
    python benchmarks/hypotheses.py search FOLDER              # open discovery on the kept table, mapped
    python benchmarks/hypotheses.py networkx FOLDER            # the same answer from a networkx.Graph of the same pairs
    python benchmarks/hypotheses.py pairs FOLDER --workers 2   # all pairs of two fifths of the concepts
    python benchmarks/hypotheses.py command GRAPH              # litkg hypotheses --from A on an embedded graph, the first call and further ones
    python benchmarks/hypotheses.py cypher GRAPH               # sum of products of beliefs, by one Cypher query and from the table

Each is a process of its own, so that its peak of memory is its own: the most that was resident, mapped pages that were looked at included. Concepts are drawn
by how many others they are linked with: some that have the median, some at the 99th percentile, and the biggest hub. Where two ways give the same answer, the
first twenty targets are compared.

What `make` invents: each pair of concepts is one claim, with a belief of its own, in a paper of its own that mentions these two and nothing else, so that the
table has as many linked pairs as are asked for, and no others; degrees follow a power law with big hubs. GRAPH is a graph of `synthetic.py`, loaded.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from litkg.hypotheses.all_pairs import rank_all
from litkg.hypotheses.discovery import Search, open_discovery
from litkg.hypotheses.kept import TABLES, Table, keep, open_kept, read_table
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Claims, Concepts, Literature, Mentions, Statements
from litkg.hypotheses.metrics import strength
from litkg.hypotheses.pairs import Pairing
from litkg.hypotheses.proposing import Discovery
from litkg.predicates import load_predicates
from litkg.stores import open_store
from litkg.stores.graph_file import GRAPH_FILE, file_fingerprint

STATE = "invented"
FIRST = "HGNC:1000000"
"""A concept that every graph of `synthetic.py` has."""
KINDS = (("Gene",), ("Drug",), ("Disease",), ("Cytokine", "Gene"), ("Chemical",))
EXPONENT, OFFSET = 0.8, 10
"""Of the power law that ends of pairs are drawn by: with 100,000 concepts and 5 M pairs the median has some 50 links, the biggest hub a fourth of all."""
DRAWN = 10
TOP = 20
CYPHER = """
MATCH (a:Concept {id: $start})-[r:%s]-(b:Concept)
WHERE r.belief > 0 AND b <> a
WITH a, b, collect(r.belief) AS beliefs
WITH a, b, 1 - reduce(doubt = 1.0, belief IN beliefs | doubt * (1 - belief)) AS first
MATCH (b)-[s:%s]-(c:Concept)
WHERE s.belief > 0 AND c <> a AND c <> b
WITH a, b, first, c, collect(s.belief) AS beliefs
WITH a, b, first, c, 1 - reduce(doubt = 1.0, belief IN beliefs | doubt * (1 - belief)) AS second
WITH a, c, sum(first * second) AS score, count(b) AS n_paths
WHERE NOT EXISTS { MATCH (a)-[t:%s]-(c) WHERE t.belief > 0 }
RETURN c.id AS id, score, n_paths
ORDER BY score DESC, id
LIMIT 20
"""


def invent(concepts: int, pairs: int, seed: int = 0) -> Literature:
    """Return a literature of so many pairs of concepts, each claimed by a paper of its own."""
    draw = np.random.default_rng(seed)
    shares = np.cumsum((np.arange(concepts) + OFFSET) ** -EXPONENT)
    codes = np.zeros(0, dtype=np.int64)
    while len(codes) < pairs:
        ends = np.sort(np.searchsorted(shares, draw.random((pairs, 2)) * shares[-1]), axis=1)
        codes = np.unique(np.concatenate([codes, (ends[:, 0] * concepts + ends[:, 1])[ends[:, 0] < ends[:, 1]]]))
    first, second = (end.astype(np.int32) for end in np.divmod(np.sort(draw.choice(codes, pairs, replace=False)), concepts))
    turned, papers, causal = draw.random(pairs) < 0.5, np.arange(pairs, dtype=np.int32), draw.random(pairs) < 0.7
    return Literature(
        concepts=Concepts(
            ids=[f"HGNC:{1_000_000 + place}" for place in range(concepts)],
            names=[f"concept {place}" for place in range(concepts)],
            categories=[KINDS[place % len(KINDS)] for place in range(concepts)],
        ),
        years=draw.integers(1960, 2026, pairs).astype(np.int32),
        mentions=Mentions(document=np.repeat(papers, 2), concept=np.stack([first, second], axis=1).reshape(-1)),
        claims=Claims(
            ids=[f"as:{place:012x}" for place in range(pairs)],
            subject=np.where(turned, second, first),
            object=np.where(turned, first, second),
            sign=draw.integers(-1, 2, pairs).astype(np.int32),
            causal=causal,
            symmetric=~causal,
            same=np.zeros(pairs, dtype=np.bool_),
        ),
        statements=Statements(claim=papers, document=papers, support=np.log1p(-draw.uniform(0.2, 0.9, pairs)), refute=np.zeros(pairs)),
    )


def make(folder: Path, concepts: int, pairs: int) -> None:
    """Invent, link and keep."""
    literature = invent(concepts, pairs)
    tell("invented", concepts=concepts, pairs=pairs)
    started, worked = time.perf_counter(), time.process_time()
    links = link(literature)
    tell("linked", wall_s=time.perf_counter() - started, cpu_s=time.process_time() - worked)
    started = time.perf_counter()
    table = keep(folder, STATE, Table(literature=literature, links=links))
    size = sum(file.stat().st_size for file in (table.folder or folder).rglob("*.npy"))
    tell("kept", wall_s=time.perf_counter() - started, mb=size / 1e6)
    degrees = np.diff(links.start)
    tell("degrees", median=float(np.median(degrees)), p99=float(np.percentile(degrees, 99)), most=int(degrees.max()))


def search(folder: Path) -> None:
    """Time open discovery, with and without what is told of the first 25."""
    started = time.perf_counter()
    table = opened(folder)
    discovery = Discovery(table)
    tell("opened", wall_s=time.perf_counter() - started)
    for kind, concepts in drawn(table.links).items():
        timed(f"search, {kind}", [lambda place=place: open_discovery(table.links, place, Search()) for place in concepts])
    for kind, concepts in drawn(table.links).items():
        timed(f"hypotheses, {kind}", [lambda concept=table.literature.concepts.ids[place]: discovery.open_discovery(concept) for place in concepts])


def in_networkx(folder: Path) -> None:
    """Time the same search in plain networkx, and compare."""
    import networkx as nx

    links = opened(folder).links
    every = np.arange(links.n_concepts, dtype=np.int32)
    rows = np.repeat(every, np.diff(links.start))
    strengths = strength(links, "combined", rows, np.arange(len(links.other)))
    once = rows < links.other
    started = time.perf_counter()
    graph = nx.Graph()
    graph.add_nodes_from(range(links.n_concepts))
    graph.add_weighted_edges_from(zip(rows[once].tolist(), links.other[once].tolist(), strengths[once].tolist(), strict=True), weight="strength")
    tell("networkx, built", wall_s=time.perf_counter() - started)

    def ranked(start: int) -> list[tuple[int, float]]:
        scores: dict[int, float] = defaultdict(float)
        linked = graph[start]
        for via, first in linked.items():
            damped = first["strength"] / math.log(max(graph.degree(via), math.e))
            for target, second in graph[via].items():
                if target != start and target not in linked:
                    scores[target] += damped * second["strength"]
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    for kind, concepts in drawn(links).items():
        timed(f"networkx, {kind}", [lambda place=place: ranked(place) for place in concepts])
    same = 0
    places = [place for concepts in drawn(links).values() for place in concepts[:3]]
    for place in places:
        found = open_discovery(links, place, Search())
        same += agree(list(zip(found.target[:TOP].tolist(), found.score[:TOP].tolist(), strict=True)), ranked(place)[:TOP])
    tell("networkx, same first twenty", concepts=len(places), same=same)


def pairs(folder: Path, workers: int) -> None:
    """Rank all pairs of two kinds of concepts."""
    table = opened(folder)
    concepts = table.literature.concepts
    pairing = Pairing(search=Search(targets=concepts.of_category(["Disease"])), starts=concepts.of_category(["Drug"]), per_concept=10)
    with tempfile.TemporaryDirectory() as place:
        started = time.perf_counter()
        with rank_all(
            table.links,
            pairing,
            key="benchmark",
            folder=Path(place) / "unfinished",
            mapped=(table.folder or folder) / "links",
            limit=1000,
            workers=workers,
            on_start=lambda ranking: tell("pairs", starts=ranking.n_starts, blocks=ranking.n_blocks),
            on_block=lambda: None,
        ) as ranked:
            wall = time.perf_counter() - started
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    tell(
        f"pairs, {workers} workers",
        found=len(ranked),
        wall_s=wall,
        concepts_a_second=pairing.starts.sum() / wall,
        workers_cpu_s=children.ru_utime + children.ru_stime,
        worker_peak_mb=children.ru_maxrss / 1024,
    )


def command(graph: Path) -> None:
    """Time the whole command as users call it: the first call, which reads and keeps, and further ones."""
    words = [sys.executable, "-c", "from litkg.cli import main; main()", "hypotheses", "--store", str(graph), "--from"]
    shutil.rmtree(graph / TABLES, ignore_errors=True)
    chosen = {"first call": [FIRST]}
    while chosen:
        kind, concepts = chosen.popitem()
        walls, works, peaks = [], [], []
        for concept in concepts:
            started = time.perf_counter()
            running = subprocess.Popen([*words, concept], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(running.pid, 0)
            if status:
                sys.exit(f"litkg hypotheses --from {concept} failed")
            walls.append(time.perf_counter() - started)
            works.append(used.ru_utime + used.ru_stime)
            peaks.append(used.ru_maxrss / 1024)
        if kind == "first call":
            table = open_kept(graph / TABLES, file_fingerprint(graph / GRAPH_FILE) or "")
            if table is None:
                sys.exit(f"nothing was kept in {graph}")
            chosen = {kind: [table.literature.concepts.ids[at] for at in places] for kind, places in drawn(table.links).items()}
            tell("graph", concepts=table.links.n_concepts, linked_pairs=table.links.n_pairs, statements=len(table.literature.statements.claim))
        tell(f"command, {kind}", n=len(walls), median_s=statistics.median(walls), p95_s=high(walls), cpu_median_s=statistics.median(works), peak_mb=max(peaks))


def in_cypher(graph: Path) -> None:
    """Time one Cypher query on the embedded graph, and compare with the table."""
    types = "|".join(name.upper() for name, predicate in load_predicates().items() if name != "form_of")
    query, asked = CYPHER % (types, types, types), Search(metric="belief", link_aggregate="sum", layer="claims", known="claims")
    with tempfile.TemporaryDirectory() as place, open_store(graph, create=False) as store:
        table = read_table(store, Path(place))
        ids, same, n = table.literature.concepts.ids, 0, 0
        # The graph rounds beliefs to six places: to nothing, where a claim is all but refuted.
        links = replace(table.links, told=np.where(table.links.told < 5e-7, 0, table.links.told))
        tell("graph", concepts=links.n_concepts, linked_pairs=links.n_pairs)

        def ask(concept: str) -> list[tuple[str, float]]:
            return [(str(row["id"]), float(str(row["score"]))) for row in store.run(query, {"start": concept}, timeout_s=600)]

        for kind, concepts in drawn(links).items():
            timed(f"cypher, {kind}", [lambda concept=ids[at]: ask(concept) for at in concepts[:3]])
            timed(f"table, {kind}", [lambda at=at: open_discovery(links, at, asked) for at in concepts[:3]])
            for at in concepts[:3]:
                found = open_discovery(links, at, asked)
                n += 1
                same += agree([(ids[end], score) for end, score in zip(found.target[:TOP].tolist(), found.score[:TOP].tolist(), strict=True)], ask(ids[at]))
        tell("cypher, same first twenty", concepts=n, same=same)


def agree(one: list[tuple[object, float]], other: list[tuple[object, float]]) -> bool:
    """Tell whether two rankings are the same, but for targets whose scores differ by rounding."""
    if len(one) != len(other) or not all(math.isclose(first[1], second[1], rel_tol=1e-4) for first, second in zip(one, other, strict=True)):
        return False
    last = one[-1][1] if one else 0.0
    clear = {target for target, score in one if score > last * (1 + 1e-4)}
    return clear <= {target for target, _ in other}


def drawn(links: Links) -> dict[str, list[int]]:
    """Return concepts by how many others they are linked with."""
    degrees = np.diff(links.start)
    order = np.lexsort((np.arange(len(degrees)), degrees))
    order = order[degrees[order] > 0]
    middle, high_ = len(order) // 2, int(0.99 * len(order))
    return {
        "median": order[middle - DRAWN // 2 : middle + DRAWN // 2].tolist(),
        "99th percentile": order[high_ - DRAWN // 2 : high_ + DRAWN // 2].tolist(),
        "biggest hub": order[-1:].tolist() * 3,
    }


def timed(name: str, calls: list[Callable[[], object]]) -> None:
    """Run the calls, after the first of them once more for warming up, and tell how long they took."""
    calls[0]()
    walls, works = [], []
    for call in calls:
        started, worked = time.perf_counter(), time.process_time()
        call()
        walls.append(time.perf_counter() - started)
        works.append(time.process_time() - worked)
    tell(name, n=len(calls), median_s=statistics.median(walls), p95_s=high(walls), cpu_median_s=statistics.median(works))


def high(values: list[float]) -> float:
    """Return the 95th percentile."""
    return float(np.percentile(values, 95))


def opened(folder: Path) -> Table:
    """Return the table that `make` has kept."""
    table = open_kept(folder, STATE)
    if table is None:
        sys.exit(f"{folder} holds no table of this code: python benchmarks/hypotheses.py make {folder}")
    return table


def tell(name: str, **figures: float) -> None:
    """Print one line of JSON, with the peak of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps({"what": name} | {key: float(f"{value:.4g}") for key, value in figures.items()} | {"peak_mb": round(figures.get("peak_mb", peak))}),
        flush=True,
    )


def main() -> None:
    """Run one part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("make", "search", "networkx", "pairs", "command", "cypher"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=5_000_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    parts: dict[str, Callable[[], None]] = {
        "make": lambda: make(given.folder, given.concepts, given.pairs),
        "search": lambda: search(given.folder),
        "networkx": lambda: in_networkx(given.folder),
        "pairs": lambda: pairs(given.folder, given.workers),
        "command": lambda: command(given.folder),
        "cypher": lambda: in_cypher(given.folder),
    }
    parts[given.part]()


if __name__ == "__main__":
    main()
