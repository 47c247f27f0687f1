"""The file of an embedded graph: what it is called, and what tells one state of it from another without opening it.

Refuses to read it: `embedded` does.
"""

from __future__ import annotations

from pathlib import Path

GRAPH_FILE = "graph.kgl"


def file_fingerprint(file: Path) -> str | None:
    """Return what no other save of a graph has, None where there is no file. A copy has another one, too.

    Every save is a file of its own; the time at which the system last changed its entry cannot be set by hand, as that of its content can.
    """
    try:
        status = file.stat()
    except OSError:
        return None
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
