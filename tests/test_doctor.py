"""Each check says what it saw, and names what mends it only where something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg import doctor
from litkg.settings import Settings
from tests.graphs import extractions
from tests.lexicon.tiny import build_tiny_lexicon


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, store_url=str(tmp_path / "graph"))


@pytest.mark.parametrize(("found", "state"), [((3, 10), "missing"), ((3, 11), "ok"), ((3, 12), "ok"), ((3, 13), "missing")])
def test_python_is_one_that_the_dependencies_have(found: tuple[int, int], state: str) -> None:
    assert doctor.check_python(found).state == state


def test_package_of_another_version_is_named_with_both() -> None:
    check = doctor.check_packages(["spacy==3.8.18", "rich==15.0.0", 'ruff==1; extra == "dev"'], {"spacy": "3.7.0", "rich": "15.0.0"}.get)
    assert (check.state, check.detail) == ("missing", "spacy 3.7.0 (wanted 3.8.18)")
    assert "pip install" in check.remedy


def test_missing_package_is_named() -> None:
    assert doctor.check_packages(["spacy==3.8.18"], lambda name: None).detail == "spacy missing (wanted 3.8.18)"


def test_packages_here_are_those_that_litkg_pins() -> None:
    check = next(check for check in doctor.examine(Settings(home=Path("nowhere"), store_url="nowhere")) if check.name == "packages")
    assert check.ok, check.detail


def test_missing_lexicon_names_the_command_that_builds_it(settings: Settings) -> None:
    check = doctor.check_lexicon(settings)
    assert (check.state, check.remedy) == ("missing", "litkg lexicon build")


def test_built_lexicon_is_counted(settings: Settings) -> None:
    build_tiny_lexicon(settings.lexicon_path)
    check = doctor.check_lexicon(settings)
    assert check.ok
    assert "concepts" in check.detail


def test_graph_that_is_not_there_yet_is_no_fault(settings: Settings) -> None:
    check = doctor.check_store(settings)
    assert check.state == "optional"
    assert "litkg ingest" in check.remedy


def test_graph_that_is_there_is_counted(settings: Settings) -> None:
    from litkg.stores import open_store

    with open_store(settings.store_url) as store:
        store.upsert(extractions())
    assert doctor.check_store(settings).detail.startswith("4 documents")


def test_server_that_is_down_is_missing(tmp_path: Path) -> None:
    check = doctor.check_store(Settings(home=tmp_path, store_url="bolt://127.0.0.1:1"))
    assert check.state == "missing"
    assert "litkg neo4j start" in check.remedy


def test_java_and_maven_that_are_missing_are_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    assert [check.state for check in (doctor.check_java(), doctor.check_maven())] == ["optional", "optional"]


def test_ncbi_names_what_is_not_set_and_never_the_key(tmp_path: Path) -> None:
    unset = doctor.check_ncbi(Settings(home=tmp_path, ncbi_email="a@b.org"))
    assert (unset.state, unset.remedy) == ("optional", "export NCBI_API_KEY=...")
    assert "secret" not in repr(doctor.check_ncbi(Settings(home=tmp_path, ncbi_email="a@b.org", ncbi_api_key="secret")))
