"""The demo: the whole way on the papers that come with litkg, the same at every run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from litkg.answers import WIDTH
from litkg.cli.app import app

pytestmark = [pytest.mark.lexicon, pytest.mark.usefixtures("lexicon")]


def test_demo_leads_from_il1ra_to_depression_at_every_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LITKG_STORE", "some-other-graph")
    first, second = (CliRunner().invoke(app, ["demo"]) for _ in range(2))
    assert first.exit_code == 0, first.output
    assert second.stdout == first.stdout
    assert re.search(r"^IL1RN \(IL-1ra\) -.*-> IDO1 \(IDO\) -.*-> serotonin -.*->\s+depressive disorder", first.stdout, re.MULTILINE)
    assert "dechallenge: yes" in first.stdout
    assert [line for line in first.stdout.splitlines() if len(line) > WIDTH and not line.startswith("== Reading")] == []
    assert [path.name for path in tmp_path.iterdir()] == ["litkg-demo-graph"]
