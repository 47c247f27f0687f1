"""scispaCy's classes and the embedded store in one process, whichever comes first."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "code",
    [
        "import kglite, litkg.grounding.scispacy.linker",
        "import litkg.grounding.scispacy.linker, kglite",
        "import litkg.grounding.scispacy.classes, sys, scispacy.candidate_generation as c; assert 'nmslib' not in sys.modules; c.nmslib.DataType.SPARSE_VECTOR",
    ],
    ids=["store first", "linker first", "nmslib at first use"],
)
def test_all_can_be_imported_together(code: str) -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
