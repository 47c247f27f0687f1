"""scispaCy's linker on a tiny lexicon: near spellings, labels, short forms, reasons, and what it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.grounding.scispacy.classes import EntityLinker, KnowledgeBase
from litkg.grounding.scispacy.index import write_name_index
from litkg.grounding.scispacy.linker import ScispacyLinker
from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Grounding, Mention
from tests.lexicon.tiny import build_tiny_lexicon


@pytest.fixture(scope="module")
def linker(tmp_path_factory: pytest.TempPathFactory) -> ScispacyLinker:
    path = build_tiny_lexicon(tmp_path_factory.mktemp("home") / "lexicon")
    write_name_index(path, progress=lambda line: None)
    return ScispacyLinker.open(path, Lexicon.open(path))


def mention(text: str, label: Category | None = None, component: str = "") -> Mention:
    component = component or ("gold" if label else "litkg_lexicon")
    return Mention(document_id="litkg.doc:1", start=0, end=len(text), text=text, label=label or Category.CHEMICAL, component=component)


def ground(linker: ScispacyLinker, *mentions: Mention, **abbreviations: str) -> tuple[Grounding, ...]:
    return linker.ground([(item, ()) for item in mentions], abbreviations=abbreviations, text="")


def concepts(grounded: tuple[Grounding, ...]) -> list[str]:
    return [item.concept.id if item.concept else "" for item in grounded]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("interleukin 1 receptor antagonists", "HGNC:6000"),
        ("metothrexate", "CHEBI:44185"),
        ("Prednisolon", "CHEBI:8378"),
        ("depressive disorders", "MONDO:0002050"),
    ],
)
def test_near_spellings_are_found(linker: ScispacyLinker, text: str, expected: str) -> None:
    (found,) = ground(linker, mention(text))
    assert concepts((found,)) == [expected]
    assert 0.7 < found.score < 1


def test_reasons_give_similarity_and_name(linker: ScispacyLinker) -> None:
    (found,) = ground(linker, mention("pyrexia", Category.PHENOTYPE))
    assert (found.score, found.reasons) == (1.0, ("1.00 like 'pyrexia' by trigrams",))


@pytest.mark.parametrize(("label", "expected"), [(Category.GENE, "HGNC:1426"), (Category.DISEASE, "MONDO:0016168"), (Category.DRUG, "litkg.text:caps")])
def test_the_label_restricts(linker: ScispacyLinker, label: Category, expected: str) -> None:
    assert concepts(ground(linker, mention("CAPS", label))) == [expected]


def test_without_a_label_all_kinds_are_candidates(linker: ScispacyLinker) -> None:
    ranked = linker.rank(mention("CAPS"), (), abbreviations={}, text="")
    assert {option.candidate.concept for option in ranked} == {"HGNC:1426", "MONDO:0016168"}


@pytest.mark.parametrize("text", ["RIP", "RIPs"])
def test_a_short_form_is_looked_up_by_its_long_form(linker: ScispacyLinker, text: str) -> None:
    (found,) = ground(linker, mention(text, Category.DISEASE), RIP="cryopyrin associated periodic syndromes")
    assert concepts((found,)) == ["MONDO:0016168"]
    assert "short for 'cryopyrin associated periodic syndromes' in this document" in found.reasons[0]


def test_a_short_form_means_another_thing_in_another_document(linker: ScispacyLinker) -> None:
    first = ground(linker, mention("CAPS", Category.DISEASE), CAPS="bipolar disorder")
    assert concepts(first + ground(linker, mention("CAPS", Category.DISEASE))) == ["MONDO:0004985", "MONDO:0016168"]


def test_what_is_not_near_enough_is_ungrounded(linker: ScispacyLinker) -> None:
    unknown, nothing, short = ground(linker, mention("wombatinol", Category.DRUG), mention("--"), mention("WMB", Category.DRUG), WMB="wombatinol")
    assert concepts((unknown, nothing, short)) == ["litkg.text:wombatinol", "", "litkg.text:wombatinol"]
    assert unknown.reasons == ("no name of the lexicon is 0.7 like 'wombatinol' by trigrams",)
    assert (unknown.concept and unknown.concept.grounded, unknown.score) == (False, 0.0)


def test_a_piece_of_a_name_is_looked_up_by_the_whole(linker: ScispacyLinker) -> None:
    with_candidates = linker._lexicon.lookup("IL-1beta")
    (found,) = linker.ground([(mention("1β", Category.GENE, "litkg_ellipsis"), with_candidates)], abbreviations={}, text="")
    assert concepts((found,)) == ["HGNC:5992"]


def test_answers_come_in_the_order_of_the_mentions_and_always_the_same(linker: ScispacyLinker) -> None:
    asked = [mention(text) for text in ("serotonin", "CAPS", "qqqvvv", "Serotonin", "serotonin", "IL-8")]
    first = ground(linker, *asked)
    assert [item.mention for item in first] == asked
    assert concepts(first) == ["CHEBI:28790", "HGNC:1426", "litkg.text:qqqvvv", "CHEBI:28790", "CHEBI:28790", "HGNC:6025"]
    assert ground(linker, *reversed(asked)) == tuple(reversed(first))


def test_of_equally_near_names_the_preferred_one_wins(tmp_path: Path) -> None:
    rows = [("MONDO:1", "grippe", "Disease", "influenza", ""), ("MONDO:2", "Influenza", "Disease", "", "")]
    path = build_tiny_lexicon(tmp_path / "lexicon", rows)
    write_name_index(path, progress=lambda line: None)
    made = ScispacyLinker.open(path, Lexicon.open(path))
    assert concepts(ground(made, mention("influenza", Category.DISEASE))) == ["MONDO:2"]


def test_scispacys_own_classes_do_the_work(linker: ScispacyLinker) -> None:
    for own in linker._linkers.values():
        assert type(own) is EntityLinker
        assert type(own.kb) is KnowledgeBase
    entity = linker._linkers["gene"].kb.cui_to_entity["HGNC:1499"]
    assert (entity.canonical_name, entity.types) == ("CASP1", ["Gene"])
