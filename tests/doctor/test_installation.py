"""Each check says what it saw, and names what mends it only where something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg import doctor
from litkg.doctor import installation
from litkg.settings import Settings


@pytest.mark.parametrize(("found", "state"), [((3, 10), "missing"), ((3, 11), "ok"), ((3, 12), "ok"), ((3, 13), "missing")])
def test_python_is_one_that_the_dependencies_have(found: tuple[int, int], state: str) -> None:
    assert installation.check_python(found).state == state


def test_package_of_another_version_is_named_with_both() -> None:
    check = installation.check_packages(["spacy==3.8.18", "rich==15.0.0", 'ruff==1; extra == "dev"'], {"spacy": "3.7.0", "rich": "15.0.0"}.get)
    assert (check.state, check.detail) == ("missing", "spacy 3.7.0 (wanted 3.8.18)")
    assert "pip install" in check.remedy


def test_missing_package_is_named() -> None:
    assert installation.check_packages(["spacy==3.8.18"], lambda name: None).detail == "spacy missing (wanted 3.8.18)"


def test_packages_here_are_those_that_litkg_pins() -> None:
    check = next(check for check in doctor.examine(Settings(home=Path("nowhere"), store_url="nowhere")) if check.name == "packages")
    assert check.ok, check.detail


def test_other_versions_of_what_others_bring_are_named_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "constraints.txt").write_text("numpy==1.26.4\nscipy==1.17.1\n", encoding="utf-8")
    found = {"numpy": "1.26.4", "scipy": "1.0", "scikit-learn": "1.9.1", "thinc": "8.3.14"}
    check = installation.check_imports(found.get, tmp_path / "constraints.txt")
    assert (check.state, check.detail) == ("optional", "scipy 1.0 (tested with 1.17.1)")
    assert installation.check_imports(found.get, tmp_path / "none.txt").state == "ok"
    del found["numpy"]
    assert installation.check_imports(found.get, tmp_path / "none.txt").state == "missing"


def test_a_model_that_is_not_as_shipped_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert installation.check_models().ok
    monkeypatch.setattr(installation, "faults", lambda: ("calibration.toml is not as shipped",))
    check = installation.check_models()
    assert (check.state, check.detail) == ("missing", "calibration.toml is not as shipped")
    assert "pip install --force-reinstall litkg" in check.remedy


def test_java_and_maven_that_are_missing_are_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    assert [check.state for check in (installation.check_java(), installation.check_maven())] == ["optional", "optional"]


def test_ncbi_names_what_is_not_set_and_never_the_key(tmp_path: Path) -> None:
    unset = installation.check_ncbi(Settings(home=tmp_path, ncbi_email="a@b.org"))
    assert (unset.state, unset.remedy) == ("optional", "export NCBI_API_KEY=...")
    assert "secret" not in repr(installation.check_ncbi(Settings(home=tmp_path, ncbi_email="a@b.org", ncbi_api_key="secret")))
