"""Short forms that a document uses without defining them."""

from __future__ import annotations

import pytest

from litkg.grounding.ground import Grounder
from litkg.grounding.implied import has_initials, implied_names, is_short_form
from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Mention
from tests.lexicon.tiny import TinyRow, build_tiny_lexicon

ROWS: tuple[TinyRow, ...] = (
    ("MONDO:0019542", "acute liver failure", "Disease", "", "MESH:D017114"),
    ("HGNC:30651", "STON1-GTF2A1L", "Gene", "=ALF", ""),
    ("CHEBI:6541", "losartan", "Drug", "", "MESH:D019808"),
)


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return Lexicon.open(build_tiny_lexicon(tmp_path_factory.mktemp("implied") / "lexicon", ROWS))


def mention(text: str, start: int, label: Category) -> Mention:
    return Mention(document_id="d", start=start, end=start + len(text), text=text, label=label, component="some_model")


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("ALF", "acute liver failure", True),
        ("LOS", "losartan", True),
        ("DRMs", "desmin-related myopathy", True),
        ("P", "paracetamol", True),
        ("LOS", "loss", False),
        ("ALF", "chronic liver failure", False),
        ("IFX", "ifosfamide", False),
        ("", "fever", False),
    ],
)
def test_letters_run_through_the_name_from_its_first(short: str, name: str, fits: bool) -> None:
    assert bool(implied_names(short, [name])) is fits


def test_initials_are_those_of_all_words() -> None:
    assert has_initials("DRM", "desmin-related myopathy")
    assert not has_initials("ALF", "acute on chronic liver failure")
    assert not has_initials("P", "paracetamol")


def test_words_are_no_short_forms() -> None:
    assert not any(map(is_short_form, ("fever", "Acute liver", "", "Paracetamol")))


@pytest.mark.parametrize(
    ("long", "short", "label", "concept"),
    [("acute liver failure", "ALF", Category.DISEASE, "MONDO:0019542"), ("losartan", "LOS", Category.CHEMICAL, "CHEBI:6541")],
)
def test_an_undefined_short_form_means_the_name_beside_it(lexicon: Lexicon, long: str, short: str, label: Category, concept: str) -> None:
    text = f"{long} was seen; {short} was severe"
    mentions = [mention(long, 0, label), mention(short, text.index(short), label)]
    groundings = Grounder(lexicon).ground([(item, ()) for item in mentions], abbreviations={}, text=text)
    assert [item.concept.id for item in groundings if item.concept] == [concept, concept]
    assert f"may be short for {long!r} in this document" in groundings[1].reasons


def test_names_of_another_kind_are_not_meant(lexicon: Lexicon) -> None:
    text = "losartan and LOS"
    mentions = [mention("losartan", 0, Category.CHEMICAL), mention("LOS", 13, Category.DISEASE)]
    groundings = Grounder(lexicon).ground([(item, ()) for item in mentions], abbreviations={}, text=text)
    assert groundings[1].concept is None or not groundings[1].concept.grounded
