"""Whether a process is still there: who finds what a killed one left asks before tidying up."""

from __future__ import annotations

import os


def is_alive(pid: int) -> bool:
    """Tell whether a process runs on this machine; one that nobody may ask about does.

    >>> is_alive(os.getpid())
    True
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
