"""What counts as the same reading, and what does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from litkg import runs
from litkg.errors import InputError
from litkg.jsonl import dump_extraction, load_extractions
from litkg.lexicon.storage import read_info
from litkg.model import RawDocument, Run, make_run
from litkg.settings import Linker, Settings
from litkg.shipped import PACKAGE
from litkg.workflow import Workflow
from tests.graphs import extractions
from tests.lexicon.tiny import build_tiny_lexicon


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(home=tmp_path_factory.mktemp("home"))
    build_tiny_lexicon(made.lexicon_path)
    return made


def current(settings: Settings, **given: str) -> Run:
    return runs.current_run(read_info(settings.lexicon_path), settings, **given)


def test_the_same_settings_are_the_same_run_wherever_litkg_s_home_is(settings: Settings, tmp_path: Path) -> None:
    elsewhere = Settings(home=tmp_path, ncbi_email="a@b.org", store_url="bolt://other")
    build_tiny_lexicon(elsewhere.lexicon_path)
    assert current(settings) == current(elsewhere)


def test_a_run_names_no_place_and_no_time(settings: Settings) -> None:
    text = next(dump_extraction(replace(extractions()[0], run=current(settings))))
    assert str(settings.home) not in text
    assert str(Path.home()) not in text


@pytest.mark.parametrize("given", [{"ner_model": "lexicon"}, {"convention": "bc5cdr"}])
def test_settings_that_change_what_is_read_make_another_run(settings: Settings, given: dict[str, str]) -> None:
    assert current(settings, **given) != current(settings)


def test_another_linker_lexicon_model_or_code_makes_another_run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    base = current(settings)
    info = read_info(settings.lexicon_path)
    found = [base, current(replace(settings, linker=Linker.SCISPACY)), runs.current_run(replace(info, content_sha256="other"), settings)]
    with monkeypatch.context() as patch:
        patch.setattr(runs, "model_hash", lambda name: "other")
        found.append(current(settings))
    with monkeypatch.context() as patch:
        patch.setattr(runs, "reading_code_hash", lambda: "other")
        found.append(current(settings))
    assert len({run.id for run in found}) == len(found)


def test_the_path_of_a_model_of_one_s_own_stays_out(settings: Settings) -> None:
    assert dict(current(settings, ner_model="/home/me/models/mine").settings)["ner_model"] == "mine"


def test_a_workflow_says_what_read_its_documents(settings: Settings) -> None:
    with Workflow.open(settings) as workflow:
        made = workflow.extract(RawDocument(id="litkg.doc:1", title="", text="Anakinra decreases IL-6.", format="text"))
    assert made.run == current(settings)
    assert {item.extractor for item in made.evidence} <= set(made.run.extractors if made.run else ())


def test_every_extractor_of_the_code_is_named() -> None:
    written = {
        word
        for path in (PACKAGE / "nlp").rglob("*.py")
        for word in path.read_text(encoding="utf-8").split('"')
        if word.startswith("litkg.") and word[-2:] == "/1"
    }
    assert written == set(runs.EXTRACTORS)


def test_a_run_travels_with_the_extract_format() -> None:
    run = make_run(litkg="0.1.0", code="c", lexicon="l", extractors=("b", "a"), models={"x": "1"}, settings={"linker": "litkg"})
    lines = list(dump_extraction(replace(extractions()[0], run=run)))
    assert next(load_extractions(lines)).run == run
    document = json.loads(lines[0])
    document["run"] = None
    assert next(load_extractions([json.dumps(document), *lines[1:]])).run is None
    document["run"] = json.loads(lines[0])["run"] | {"code": "other"}
    with pytest.raises(InputError, match="its content hashes to"):
        next(load_extractions([json.dumps(document), *lines[1:]]))
