"""The index of names for scispaCy's linker: its files, and what becomes of it when the lexicon changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import LexiconError
from litkg.grounding.scispacy.index import NameIndex, index_folder, is_indexed, write_name_index
from litkg.lexicon.storage import read_info, write_lexicon
from tests.lexicon.tiny import build_tiny_lexicon


def silent(line: str) -> None:
    """Say nothing."""


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    return build_tiny_lexicon(tmp_path / "lexicon")


def test_names_lead_to_the_concepts_of_their_group_alone(lexicon: Path) -> None:
    write_name_index(lexicon, progress=silent)
    groups = NameIndex.open(lexicon, read_info(lexicon)).groups
    assert groups["gene"].concepts("CAPS") == {"HGNC:1426"}
    assert groups["disease"].concepts("CAPS") == {"MONDO:0016168"}
    assert {groups["gene"].name(row) for row in range(3)} <= set(groups["gene"].aliases)
    with pytest.raises(KeyError):
        groups["chemical"].concepts("CAPS")


def test_the_same_lexicon_gives_the_same_bytes(lexicon: Path) -> None:
    made = []
    for _ in range(2):
        write_name_index(lexicon, progress=silent)
        made.append({file.name: file.read_bytes() for file in index_folder(lexicon).iterdir()})
    assert made[0] == made[1]


def test_progress_names_each_step(lexicon: Path) -> None:
    steps: list[str] = []
    write_name_index(lexicon, progress=steps.append)
    assert steps[0] == "reading the lexicon's names"
    assert any("(disease)" in step for step in steps)


def test_a_missing_index_and_that_of_another_lexicon_name_the_command(lexicon: Path) -> None:
    with pytest.raises(LexiconError, match=r"is missing .*run `litkg lexicon index`"):
        NameIndex.open(lexicon, read_info(lexicon))
    write_name_index(lexicon, progress=silent)
    assert is_indexed(lexicon, read_info(lexicon))
    build_tiny_lexicon(lexicon, [("MONDO:1", "influenza", "Disease", "", "")])
    assert not is_indexed(lexicon, read_info(lexicon))
    with pytest.raises(LexiconError, match=r"is of another lexicon .*run `litkg lexicon index`"):
        NameIndex.open(lexicon, read_info(lexicon))


@pytest.mark.parametrize("name", ["terms.json", "idf.npy", "gene.rows.npy", "ids.marisa"])
def test_a_broken_index_names_the_command(lexicon: Path, name: str) -> None:
    write_name_index(lexicon, progress=silent)
    (index_folder(lexicon) / name).write_bytes(b"")
    with pytest.raises(LexiconError, match=r"is broken .*run `litkg lexicon index --force`"):
        NameIndex.open(lexicon, read_info(lexicon))


def test_a_lexicon_without_names_is_an_error(tmp_path: Path) -> None:
    write_lexicon(tmp_path / "lexicon", [], [])
    with pytest.raises(LexiconError, match="has no names"):
        write_name_index(tmp_path / "lexicon", progress=silent)
