"""A home with a tiny lexicon, and a way to run the command line in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from litkg.cli.app import app
from tests.lexicon.tiny import build_tiny_lexicon

Run = Callable[..., Result]
SECRETS = ("NEO4J_PASSWORD", "NEO4J_PASSWORD_FILE", "NCBI_API_KEY", "NCBI_API_KEY_FILE")


@pytest.fixture(scope="session")
def tiny_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for LITKG_HOME whose lexicon holds a few dozen concepts."""
    home = tmp_path_factory.mktemp("home")
    build_tiny_lexicon(home / "lexicon")
    return home


@pytest.fixture
def run(tiny_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs `litkg` with the given words, in a working folder of its own, on a graph in it."""
    for name in (
        *SECRETS,
        "NEO4J_URI",
        "NEO4J_USERNAME",
        "NCBI_EMAIL",
        "NCBI_BASE_URL",
        "LITKG_STORE",
        "LITKG_LINKER",
        "LITKG_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LITKG_HOME", str(tiny_home))
    monkeypatch.chdir(tmp_path)

    def invoke(*words: object, **environment: str) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], env=environment)

    return invoke


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Return the path of a short text in which litkg finds something to load."""
    path = tmp_path / "letter.txt"
    path.write_text(
        "A short letter\n\nAnakinra caused depression in one patient. IL-1ra decreases serotonin. Methotrexate did not cause depression.\n", encoding="utf-8"
    )
    return path
