"""The models that ship are those that the list says; what is missing or changed is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from litkg import shipped


def test_the_list_is_up_to_date() -> None:
    assert shipped.LIST.read_text(encoding="utf-8") == shipped.render(), f"src/litkg/shipped.tsv is out of date; renew it with: {shipped.RENEW_COMMAND}"


def test_every_learned_file_is_in_the_list() -> None:
    weights = {path.relative_to(shipped.PACKAGE).as_posix() for path in shipped.PACKAGE.glob("nlp/*/weights/*") if path.is_file()}
    assert weights <= shipped.shipped_hashes().keys()


def test_models_as_shipped_have_no_faults() -> None:
    assert shipped.faults() == ()


def test_missing_and_changed_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in shipped.shipped_hashes():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shipped.PACKAGE / path, target)
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path)
    (tmp_path / "calibration.toml").write_text("changed", encoding="utf-8")
    (tmp_path / "grounding" / "prior.tsv").unlink()
    (tmp_path / "nlp" / "cues" / "weights" / "more.npz").write_bytes(b"x")
    assert shipped.faults() == ("grounding/prior.tsv is missing", "calibration.toml is not as shipped", "nlp/cues/weights/more.npz is not known")


def test_a_model_hash_tells_its_files_apart() -> None:
    hashes = {shipped.model_hash(name) for name in shipped.MODELS}
    assert len(hashes) == len(shipped.MODELS)
