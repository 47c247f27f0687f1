"""The same inputs give the same bytes, whatever the process and the folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def built(folder: Path, *, seed: str) -> dict[str, bytes]:
    """Return the files of a small lexicon that a process with this hash seed builds in a folder, by name."""
    folder.mkdir()
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-m", "tests.lexicon.small_build", str(folder)], check=True, cwd=folder, env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    )
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def test_a_build_gives_the_same_bytes_under_another_hash_seed(tmp_path: Path) -> None:
    first = built(tmp_path / "first", seed="1")
    second = built(tmp_path / "elsewhere", seed="20")
    assert {"lexicon/records.npy", "lexicon/merges.tsv", "lexicon/info.json", "lexicon.spelling/hashes.npy"} <= first.keys()
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()
