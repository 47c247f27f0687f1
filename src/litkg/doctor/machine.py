"""Checks of the machine: room on the disks where litkg writes, and memory.

Owns how much is enough; refuses to make room.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from litkg.doctor.check import Check
from litkg.settings import Settings

LEAST_DISK = 500_000_000
"""Bytes: an upgrade of litkg's own files and the index of a lexicon fit."""

LEAST_MEMORY = 1_500_000_000
"""Bytes: reading papers takes some 900 MB, and an embedded graph of 100,000 evidences some 400 MB."""

SAVES = 2
"""A save of an embedded graph writes the new file beside the old one."""

_MEMORY = Path("/proc/meminfo")


def check_disks(settings: Settings) -> tuple[Check, ...]:
    """Return whether there is room where litkg's own files are, where an embedded graph is, and where the data of a local Neo4j are."""
    places = {"home disk": (settings.home, LEAST_DISK)}
    if "://" not in settings.store_url or settings.store_url.startswith("file://"):
        folder = Path(settings.store_url.removeprefix("file://")).expanduser()
        size = sum(item.stat().st_size for item in folder.glob("*.kgl")) if folder.is_dir() else 0
        places["graph disk"] = (folder, max(LEAST_DISK, SAVES * size))
    if (settings.home / "neo4j").is_dir():
        places["neo4j disk"] = (settings.home / "neo4j", LEAST_DISK)
    return tuple(_disk(name, path, least) for name, (path, least) in places.items())


def check_memory(available: int | None = None) -> Check:
    """Return whether enough memory is free; `available` is in bytes, of this machine where it is None.

    >>> check_memory(100_000_000).state
    'optional'
    """
    free = _available() if available is None else available
    if free is None:
        return Check(name="memory", ok=True, detail="not known on this system", needed=False)
    ok = free >= LEAST_MEMORY
    remedy = "" if ok else "stop other programs; a large graph is better on Neo4j: litkg neo4j start"
    return Check(name="memory", ok=ok, detail=f"{free / 1e9:.1f} GB free", remedy=remedy, needed=False)


def _disk(name: str, path: Path, least: int) -> Check:
    place = next((item for item in (path, *path.absolute().parents) if item.exists()), Path())
    free = shutil.disk_usage(place).free
    ok = free >= least
    remedy = "" if ok else f"make room for {least / 1e9:.1f} GB at {place}, or move there what has room: LITKG_HOME, LITKG_STORE"
    return Check(name=name, ok=ok, detail=f"{free / 1e9:.1f} GB free at {place}", remedy=remedy)


def _available() -> int | None:
    try:
        lines = dict(line.split(":", 1) for line in _MEMORY.read_text(encoding="ascii").splitlines())
        return int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None
