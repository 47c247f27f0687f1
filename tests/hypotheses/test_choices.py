"""The names that are offered are those that are known."""

from __future__ import annotations

import subprocess
import sys

from litkg.hypotheses import choices, cooccurrence, discovery, scoring


def test_each_name_is_worked_out_somewhere() -> None:
    assert set(choices.METRICS) == {"combined", "belief", "causal", "caused", "linked", *cooccurrence.COUNTED}
    assert set(choices.LINK_AGGREGATES) == set(scoring.AGGREGATES)
    assert set(choices.PATH_AGGREGATES) == set(discovery._PATH_AGGREGATES)


def test_the_command_line_starts_without_scipy() -> None:
    code = "import sys, litkg.cli.app; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
