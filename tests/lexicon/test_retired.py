"""Ids that their source has withdrawn."""

from __future__ import annotations

from pathlib import Path

from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.retired import load_retired, read_retired
from tests.lexicon.tiny import TinyRow, build_tiny_lexicon

ROWS: tuple[TinyRow, ...] = (("CHEBI:9130", "sevoflurane", "Drug", "", "MESH:D000077149"), ("CHEBI:1", "other", "Drug", "", "MESH:C000001"))


def test_a_withdrawn_id_leads_to_the_current_concept_and_is_among_its_xrefs(tmp_path: Path) -> None:
    path = build_tiny_lexicon(tmp_path / "lexicon", ROWS)
    lexicon = Lexicon.open(path, retired={"MESH:C009250": "MESH:D000077149", "MESH:C000001": "MESH:D000077149", "MESH:C000002": "MESH:D999999"})
    concept = lexicon.concept("mesh:C009250")
    assert concept is not None
    assert (concept.id, concept.xrefs) == ("CHEBI:9130", ("MESH:C009250", "MESH:D000077149"))
    assert (other := lexicon.concept("MESH:C000001")) is not None
    assert other.id == "CHEBI:1", "an id that the lexicon has is not withdrawn"
    assert lexicon.concept("MESH:C000002") is None
    assert Lexicon.open(path, retired={}).concept("MESH:C009250") is None


def test_the_shipped_table_leads_from_records_to_other_ids_of_mesh() -> None:
    table = load_retired()
    assert read_retired(["# head", "MESH:C1\tMESH:D1\tname\n"]) == {"MESH:C1": "MESH:D1"}
    assert len(table) > 20
    assert all(old.startswith("MESH:C") and new.startswith("MESH:") and new not in table for old, new in table.items())
