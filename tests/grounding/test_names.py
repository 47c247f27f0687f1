"""Names given by a user."""

from __future__ import annotations

import pytest

from litkg.errors import NameLookupError
from litkg.grounding.names import resolve_name
from litkg.lexicon.lookup import Lexicon
from tests.lexicon.tiny import TINY_ROWS, open_tiny_lexicon


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    rows = (*TINY_ROWS, ("HGNC:1", "AB1 gene", "Gene", "ZK9", ""), ("MONDO:0000009", "zk disease", "Disease", "ZK9", ""))
    return open_tiny_lexicon(tmp_path_factory.mktemp("tiny") / "lexicon", rows)


@pytest.mark.parametrize("name", ["IL-1ra", "il1rn", "HGNC:6000", "hgnc:6000", "uniprot:P18510", "interleukin-1 receptor antagonist"])
def test_name_and_id_lead_to_one_concept(tiny: Lexicon, name: str) -> None:
    assert resolve_name(tiny, name).id == "HGNC:6000"


def test_a_name_with_a_modifier_leads_to_the_concept(tiny: Lexicon) -> None:
    assert resolve_name(tiny, "serum IL6").id == "HGNC:6018"


def test_an_unknown_name_lists_the_nearest(tiny: Lexicon) -> None:
    with pytest.raises(NameLookupError, match="methotrexate") as caught:
        resolve_name(tiny, "metotrexat")
    assert caught.value.candidates[0][0] == "CHEBI:44185"


def test_an_unknown_id_is_named(tiny: Lexicon) -> None:
    with pytest.raises(NameLookupError, match="HGNC:99"):
        resolve_name(tiny, "hgnc:99")


def test_an_ambiguous_name_lists_its_candidates(tiny: Lexicon) -> None:
    with pytest.raises(NameLookupError, match="ambiguous") as caught:
        resolve_name(tiny, "ZK9")
    assert {curie for curie, _ in caught.value.candidates} == {"HGNC:1", "MONDO:0000009"}


@pytest.mark.parametrize("name", ["", "  ", "???"])
def test_a_name_of_nothing_is_unknown(tiny: Lexicon, name: str) -> None:
    with pytest.raises(NameLookupError, match="does not know"):
        resolve_name(tiny, name)
