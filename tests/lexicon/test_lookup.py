"""The lexicon from outside: open, look up, find in text, near names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.errors import LexiconError
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.records import Name, NameKind, TermSpan
from litkg.lexicon.storage import read_info, verify_content, write_lexicon
from litkg.model import Category, Concept
from tests.lexicon.tiny import build_tiny_lexicon, open_tiny_lexicon


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lexicon]:
    with open_tiny_lexicon(tmp_path_factory.mktemp("tiny") / "lexicon") as lexicon:
        yield lexicon


def find(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    """Return (text, best id) of each name found; the id is empty where there is no candidate."""
    return [(text[span.start : span.end], span.candidates[0].concept if span.candidates else "") for span in spans(lexicon, text)]


def spans(lexicon: Lexicon, text: str) -> tuple[TermSpan, ...]:
    return lexicon.find(text, [match.span() for match in re.finditer(r"\S+", text)])


@pytest.mark.parametrize("name", ["IL-1ra", "il1rn", "Interleukin 1 receptor antagonist", "interleukin-1–receptor antagonist"])
def test_names_of_one_gene_lead_to_it(tiny: Lexicon, name: str) -> None:
    assert tiny.lookup(name)[0].concept == "HGNC:6000"


def test_an_unknown_name_has_no_candidate(tiny: Lexicon) -> None:
    assert tiny.lookup("no such thing") == ()


def test_an_ambiguous_name_has_all_candidates(tiny: Lexicon) -> None:
    assert {candidate.concept for candidate in tiny.lookup("CAPS")} == {"HGNC:1426", "MONDO:0016168"}


@pytest.mark.parametrize("curie", ["MESH:D012701", "mesh:d012701", "CHEBI:28790", "chebi:28790"])
def test_any_id_leads_to_the_concept(tiny: Lexicon, curie: str) -> None:
    concept = tiny.concept(curie)
    assert concept is not None
    assert concept.id == "CHEBI:28790"


@pytest.mark.parametrize("curie", ["HGNC:1", "nonsense", "XX:1"])
def test_an_unknown_id_has_no_concept(tiny: Lexicon, curie: str) -> None:
    assert tiny.concept(curie) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Levels of IL-1ra rose.", [("IL-1ra", "HGNC:6000")]),
        ("interleukin-1β–driven rash", [("interleukin-1β", "HGNC:5992")]),
        ("an anakinra-related event", [("anakinra", "UNII:9013DUQ28K")]),
        ("IL-6-induced fevers", [("IL-6", "HGNC:6018"), ("fevers", "HP:0001945")]),
        ("the rheumatoid arthritis group", [("rheumatoid arthritis", "MONDO:0008383")]),
        ("major depressive disorder", [("major depressive disorder", "MONDO:0002009")]),
        ("deficiency of the interleukin-1–\nreceptor antagonist", [("deficiency of the interleukin-1–\nreceptor antagonist", "MONDO:0013021")]),
        ("TNF-a and IL-8", [("TNF-a", "HGNC:11892"), ("IL-8", "HGNC:6025")]),
        ("IDO (indoleamine 2,3-dioxygenase)", [("IDO", "HGNC:6059"), ("indoleamine 2,3-dioxygenase", "HGNC:6059")]),
        ("RA was treated", [("RA", "MONDO:0008383")]),
        ("Serum interleukin (IL)-6 rose", [("interleukin (IL)-6", "HGNC:6018")]),
        ("tumor necrosis factor (TNF)-α rose", [("tumor necrosis factor (TNF)-α", "HGNC:11892")]),
        ("interleukin-6 (Tab) 2", [("interleukin-6", "HGNC:6018")]),
        ("rheumatoid arthritis (RA) 5 years", [("rheumatoid arthritis", "MONDO:0008383"), ("RA", "MONDO:0008383")]),
        ("WAS and was", [("WAS", "HGNC:12731")]),
        ("Anakinra/methotrexate", [("Anakinra", "UNII:9013DUQ28K"), ("methotrexate", "CHEBI:44185")]),
    ],
)
def test_names_are_found_in_text(tiny: Lexicon, text: str, expected: list[tuple[str, str]]) -> None:
    assert find(tiny, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "it was done",
        "the patients had symptoms of the disease",
        "an anti-depression plan",
        "non-depression",
        "interleukins, not one",
        "methotrexateX",
        "xanakinra",
        "pain5",
        "ra",
        "depression2",
        "fe ver",
    ],
)
def test_what_is_no_name_is_not_found(tiny: Lexicon, text: str) -> None:
    assert find(tiny, text) == []


@pytest.mark.parametrize(
    ("text", "span", "category"),
    [
        ("soluble TNF receptor 1 rose", "TNF receptor 1", Category.GENE),
        ("an IL-6 inhibitor helped", "IL-6 inhibitor", Category.DRUG),
        ("TNF antagonists helped", "TNF antagonists", Category.DRUG),
    ],
)
def test_a_head_noun_makes_another_thing_of_a_gene(tiny: Lexicon, text: str, span: str, category: Category) -> None:
    (found,) = spans(tiny, text)
    assert (text[found.start : found.end], found.candidates, found.category) == (span, (), category)


def test_lists_are_not_joined_over_commas(tiny: Lexicon) -> None:
    assert [text for text, _ in find(tiny, "IL-2, IL-6, pain")] == ["IL-2", "IL-6", "pain"]


def test_words_outside_the_tokens_are_not_searched(tiny: Lexicon) -> None:
    assert tiny.find("pain and fever", [(0, 4)]) == spans(tiny, "pain")


@given(st.text(alphabet="IL-1ra TNFα,.()/'painWAS\n68βs", max_size=80))
def test_spans_are_in_order_apart_and_on_borders(text: str) -> None:
    last = 0
    for span in spans(_shared_tiny(), text):
        assert last <= span.start < span.end <= len(text)
        assert not (text[span.start].isalnum() and span.start and text[span.start - 1].isalnum())
        assert not (span.end < len(text) and text[span.end - 1].isalnum() and text[span.end].isalnum())
        last = span.end


_TINY: list[Lexicon] = []


@pytest.fixture(autouse=True, scope="module")
def _keep_tiny(tiny: Lexicon) -> None:
    _TINY[:] = [tiny]


def _shared_tiny() -> Lexicon:
    return _TINY[0]


def test_near_names_come_nearest_first(tiny: Lexicon) -> None:
    near = tiny.nearest("metothrexate", 3)
    assert near[0][:2] == ("CHEBI:44185", "methotrexate")
    assert [score for _, _, score in near] == sorted((score for _, _, score in near), reverse=True)


@pytest.mark.parametrize(("word", "known"), [("patients", True), ("anakinra", True), ("metothrexate", False), ("qwrtz", False)])
def test_words_are_known(tiny: Lexicon, word: str, known: bool) -> None:
    assert tiny.knows_word(word) is known


def test_a_missing_lexicon_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="litkg lexicon build"):
        Lexicon.open(tmp_path / "none")


def test_another_version_says_how_to_build_it(tmp_path: Path) -> None:
    path = build_tiny_lexicon(tmp_path / "lexicon")
    info = json.loads((path / "info.json").read_text())
    (path / "info.json").write_text(json.dumps({**info, "format_version": 0}))
    with pytest.raises(LexiconError, match=r"version 0.*litkg lexicon build"):
        Lexicon.open(path)


@pytest.mark.parametrize("name", ["keys.marisa", "records.npy", "concepts.bin"])
def test_a_cut_file_is_named(tmp_path: Path, name: str) -> None:
    path = build_tiny_lexicon(tmp_path / "lexicon")
    (path / name).write_bytes((path / name).read_bytes()[:-3])
    with pytest.raises(LexiconError, match=name):
        Lexicon.open(path)


def test_changed_bytes_are_found(tmp_path: Path) -> None:
    path = build_tiny_lexicon(tmp_path / "lexicon")
    data = bytearray((path / "names.bin").read_bytes())
    data[0] ^= 1
    (path / "names.bin").write_bytes(bytes(data))
    with pytest.raises(LexiconError, match="broken"):
        verify_content(path, read_info(path))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = build_tiny_lexicon(tmp_path / "one"), build_tiny_lexicon(tmp_path / "two")
    assert {file.name: file.read_bytes() for file in one.iterdir()} == {file.name: file.read_bytes() for file in two.iterdir()}


def test_a_folder_that_is_no_lexicon_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(LexiconError, match="holds no lexicon"):
        build_tiny_lexicon(tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize(
    ("name", "longer"),
    [
        ("interleukin-1 receptor", {"IL1RN"}),
        ("macrophage inflammatory", {"CCL3"}),
        ("interleukin", set()),
        ("WASP actin nucleation promoting factor", set()),
        ("", set()),
    ],
)
def test_longer_names_begin_with_the_words_of_a_name(tiny: Lexicon, name: str, longer: set[str]) -> None:
    assert {candidate.concept_name for candidate in tiny.beginning_with(name, limit=5)} == longer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lacks factor VIII today", ["factor VIII"]),
        ("lacks factor 8 today", ["factor 8"]),
        ("this is a factor. VIII is a gene", ["VIII"]),
        ("gene VIII is one", ["VIII"]),
    ],
)
def test_roman_numbers_after_a_kind_are_numbers_in_text(tmp_path: Path, text: str, expected: list[str]) -> None:
    rows = (("HGNC:1", "F8", "Gene", "coagulation factor VIII|factor VIII", ""), ("HGNC:2", "COX8A", "Gene", "VIII", ""))
    with Lexicon.open(build_tiny_lexicon(tmp_path / "lexicon", rows)) as lexicon:
        assert [found for found, _ in find(lexicon, text)] == expected


def test_a_gene_is_in_its_families_and_in_theirs(tmp_path: Path) -> None:
    genes = (("HGNC:1", "ZAP1"), ("FPLX:ZAP", "ZAP"), ("HGNC.GROUP:7", "zappers"), ("MESH:D000001", "Proteins"))
    concepts = [Concept(id=curie, name=name, categories=(Category.GENE,)) for curie, name in genes]
    parents = {"HGNC:1": ("FPLX:ZAP", "MESH:D000001"), "FPLX:ZAP": ("HGNC.GROUP:7",), "HGNC.GROUP:7": ("FPLX:ZAP",)}
    names = [Name(concept.id, concept.name, NameKind.PREFERRED, "hgnc") for concept in concepts]
    write_lexicon(tmp_path / "lexicon", concepts, names, parents=parents)
    with Lexicon.open(tmp_path / "lexicon") as lexicon:
        found = {curie: concept.families for curie, _ in genes if (concept := lexicon.concept(curie))}
    assert found == {"HGNC:1": ("FPLX:ZAP", "HGNC.GROUP:7"), "FPLX:ZAP": ("HGNC.GROUP:7",), "HGNC.GROUP:7": ("FPLX:ZAP",), "MESH:D000001": ()}


@pytest.mark.parametrize(
    ("text", "found"), [("given 9-MG daily", ["9-MG"]), ("given 9 mg daily", []), ("the 3-AT dose", ["3-AT"]), ("rose from 3 at noon", [])]
)
def test_a_number_with_a_unit_or_a_small_word_is_no_compound(tmp_path: Path, text: str, found: list[str]) -> None:
    rows = (("CHEBI:1", "9-methylguanine", "Chemical", "9-MG", ""), ("CHEBI:40036", "amitrole", "Chemical", "3-AT", ""))
    with Lexicon.open(build_tiny_lexicon(tmp_path / "lexicon", rows)) as lexicon:
        assert [name for name, _ in find(lexicon, text)] == found
