"""Rankings of all pairs: the same by any number of processes, and from where they were stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from litkg.errors import QueryError
from litkg.hypotheses.all_pairs import Ranking, rank_all, ranking_key
from litkg.hypotheses.discovery import Search
from litkg.hypotheses.hierarchy import hierarchy_of
from litkg.hypotheses.links import Links, link
from litkg.hypotheses.literature import Concepts
from litkg.hypotheses.pairs import Pairing, Ranked
from litkg.hypotheses.unfinished import Unfinished, open_unfinished
from tests.hypotheses.literatures import literature
from tests.hypotheses.ranking_process import pairing_of

SOME_BLOCKS = 3


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a table of 600 concepts, a few of which are linked with many others."""
    draw = np.random.default_rng(7)
    ends = np.unique(np.sort((600 * draw.random((6000, 2)) ** 2).astype(int), axis=1), axis=0)
    claims = [(int(one), int(other), 1, True, False) for one, other in ends if one != other]
    strengths = draw.uniform(0.1, 0.9, len(claims)).tolist()
    folder = tmp_path_factory.mktemp("links")
    link(literature(600, [1980], [], claims, [(claim, 0, strength, 0.0) for claim, strength in enumerate(strengths)])).save(folder)
    return folder


@pytest.fixture(scope="module")
def whole(place: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return what a ranking gives that nobody stops."""
    return ranked_in(place, tmp_path_factory.mktemp("whole") / "unfinished").tobytes()


def ranked_in(
    place: Path,
    folder: Path,
    *,
    key: str = "a key",
    workers: int = 1,
    on_start: Callable[[Ranking], None] = lambda ranking: None,
    on_block: Callable[[], None] = lambda: None,
    mapped: bool = True,
) -> Ranked:
    links = Links.open(place)
    with rank_all(
        links,
        pairing_of(links),
        key=key,
        folder=folder,
        mapped=place if mapped else None,
        limit=100,
        workers=workers,
        on_start=on_start,
        on_block=on_block,
    ) as ranked:
        assert folder.is_dir()
    assert not folder.exists()
    return ranked


def stop_after(n: int) -> Callable[[], None]:
    done: list[None] = []

    def stop() -> None:
        done.append(None)
        if len(done) == n:
            raise KeyboardInterrupt

    return stop


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_processes_gives_the_same(place: Path, whole: bytes, tmp_path: Path, workers: int) -> None:
    assert ranked_in(place, tmp_path / "unfinished", workers=workers).tobytes() == whole


def test_links_that_were_made_here_are_handed_on(place: Path, whole: bytes, tmp_path: Path) -> None:
    assert ranked_in(place, tmp_path / "unfinished", workers=2, mapped=False).tobytes() == whole


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_stopped_goes_on(place: Path, whole: bytes, tmp_path: Path, workers: int) -> None:
    folder, told = tmp_path / "unfinished", list[Ranking]()
    with pytest.raises(KeyboardInterrupt):
        ranked_in(place, folder, workers=workers, on_block=stop_after(SOME_BLOCKS))
    assert ranked_in(place, folder, workers=workers, on_start=told.append).tobytes() == whole
    assert [(ranking.n_done >= SOME_BLOCKS, ranking.anew) for ranking in told] == [(True, False)]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_was_killed_goes_on_and_leaves_no_process(place: Path, whole: bytes, tmp_path: Path, workers: str) -> None:
    folder, output = tmp_path / "unfinished", tmp_path / "output"
    words = [sys.executable, "-m", "tests.hypotheses.ranking_process", str(place), str(folder), str(output), workers]
    running = subprocess.Popen(words, cwd=Path(__file__).parents[2], start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while len(list(folder.glob("*.npy"))) < SOME_BLOCKS:
            assert running.poll() is None, "done before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.002)
    finally:
        running.kill()
        running.wait()
    assert not output.exists()
    deadline = time.monotonic() + 20
    while members(running.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert members(running.pid) == []
    told: list[Ranking] = []
    assert ranked_in(place, folder, on_start=told.append).tobytes() == whole
    assert told[0].n_done >= SOME_BLOCKS


def members(session: int) -> list[int]:
    """Return the processes of a session, but for those that have ended."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError, ValueError):
                state = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                if int(state[3]) == session and state[0] != "Z":
                    found.append(int(entry.name))
    return found


def test_a_worker_that_ends_is_an_error_and_the_rest_goes_on(place: Path, whole: bytes, tmp_path: Path) -> None:
    def end_the_workers() -> None:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8").split()
        for child in map(int, children):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(child, signal.SIGKILL)

    folder = tmp_path / "unfinished"
    with pytest.raises(Exception, match="the same command goes on; try fewer --workers"):
        ranked_in(place, folder, workers=2, on_block=end_the_workers)
    assert ranked_in(place, folder).tobytes() == whole


def test_another_ranking_starts_anew_and_says_so(place: Path, whole: bytes, tmp_path: Path) -> None:
    folder, told = tmp_path / "unfinished", list[Ranking]()
    with pytest.raises(KeyboardInterrupt):
        ranked_in(place, folder, key="another key", on_block=stop_after(SOME_BLOCKS))
    assert ranked_in(place, folder, on_start=told.append).tobytes() == whole
    assert [(ranking.n_done, ranking.anew) for ranking in told] == [(0, True)]


@pytest.mark.parametrize("content", [b"", b"rubbish", None], ids=["empty", "rubbish", "half"])
def test_a_damaged_block_is_ranked_again(place: Path, whole: bytes, tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "unfinished"
    with pytest.raises(KeyboardInterrupt):
        ranked_in(place, folder, on_block=stop_after(SOME_BLOCKS))
    block = sorted(folder.glob("*.npy"))[0]
    block.write_bytes(block.read_bytes()[:-5] if content is None else content)
    assert ranked_in(place, folder).tobytes() == whole


def test_two_cannot_rank_into_one_file(tmp_path: Path) -> None:
    with (
        open_unfinished(tmp_path / "unfinished", "a key", 1),
        pytest.raises(QueryError, match="another process is ranking into"),
        open_unfinished(tmp_path / "unfinished", "a key", 1),
    ):
        pass


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.npy").write_text("mine", encoding="utf-8")
    with pytest.raises(QueryError, match="is in the way"), open_unfinished(tmp_path, "a key", 1):
        pass
    assert (tmp_path / "mine.npy").exists()


def test_a_block_of_other_numbers_is_none(tmp_path: Path) -> None:
    np.save(tmp_path / "00000.npy", np.zeros(3))
    assert Unfinished(tmp_path, 1).missing() == [0]


def test_a_key_tells_what_a_ranking_hangs_on() -> None:
    made = literature(3, [1980], [(0, 0), (0, 1)], [(0, 1, 1, True, False)], [(0, 0, 0.5, 0.0)])
    links, every = link(made), np.ones(3, dtype=np.bool_)
    pairing = Pairing(search=Search(targets=every), starts=every, per_concept=2)
    renamed = Concepts(ids=made.concepts.ids, names=("a", "b", "c"), categories=made.concepts.categories)
    others = [
        (made.concepts, links, pairing, {"limit": 6}),
        (renamed, links, pairing, {"limit": 5}),
        (made.concepts, links.without([(0, 1)]), pairing, {"limit": 5}),
        (made.concepts, links, replace(pairing, per_concept=3), {"limit": 5}),
        (made.concepts, links, replace(pairing, aside=frozenset({(0, 1)})), {"limit": 5}),
        (made.concepts, links, replace(pairing, hierarchy=hierarchy_of(made.concepts, lambda concept: ())), {"limit": 5}),
        (made.concepts, links, replace(pairing, hierarchy=hierarchy_of(made.concepts, lambda concept: ("c:002",))), {"limit": 5}),
        (made.concepts, links, replace(pairing, search=replace(pairing.search, targets=None)), {"limit": 5}),
        (made.concepts, links, replace(pairing, search=replace(pairing.search, metric="npmi")), {"limit": 5}),
        (made.concepts, links, replace(pairing, search=replace(pairing.search, via=every)), {"limit": 5}),
    ]
    key = ranking_key(made.concepts, links, pairing, {"limit": 5})
    assert key == ranking_key(made.concepts, link(made), pairing, {"limit": 5})
    assert len({key, *(ranking_key(*other) for other in others)}) == len(others) + 1
