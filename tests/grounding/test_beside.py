"""Which index beside a lexicon is whole and its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from litkg.grounding.beside import index_beside, is_index_of, is_stamped, writing_index
from litkg.lexicon.storage import read_info
from tests.lexicon.tiny import build_tiny_lexicon


def test_an_index_is_of_the_lexicon_that_it_was_written_for(tmp_path: Path) -> None:
    build_tiny_lexicon(tmp_path / "lexicon")
    info = read_info(tmp_path / "lexicon")
    folder = index_beside(tmp_path / "lexicon", "things")
    assert folder == tmp_path / "lexicon.things"
    assert not is_index_of(folder, info)
    with writing_index(folder, info):
        assert folder.is_dir()
    assert is_index_of(folder, info)
    assert not is_index_of(folder, replace(info, content_sha256="0" * 64))


def test_an_index_that_is_half_written_is_none(tmp_path: Path) -> None:
    build_tiny_lexicon(tmp_path / "lexicon")
    info = read_info(tmp_path / "lexicon")
    folder = index_beside(tmp_path / "lexicon", "things")
    with writing_index(folder, info):
        pass
    with pytest.raises(OSError, match="disk"), writing_index(folder, info):
        raise OSError("the disk is full")
    assert not is_stamped(folder)
    assert not is_index_of(folder, info)
