"""Names that share words with one that the lexicon does not know."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.grounding.candidates import SHARED_WORDS
from litkg.grounding.ground import Grounder
from litkg.grounding.likeness import likeness, likeness_parts
from litkg.grounding.name_search import NameSearch, write_name_search
from litkg.grounding.prior import read_prior
from litkg.grounding.score import ScoredCandidate, Weights
from litkg.grounding.word_index import WordIndex
from litkg.grounding.words import gene_stems, name_stems
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.storage import read_info
from litkg.model import Category, Mention
from tests.lexicon.tiny import TinyRow, build_tiny_lexicon

ROWS: tuple[TinyRow, ...] = (
    ("MONDO:0005240", "kidney disorder", "Disease", "renal disease|nephropathy", "MESH:D007674"),
    ("MONDO:0005154", "liver disorder", "Disease", "hepatic disease", "MESH:D008107"),
    ("MONDO:0002206", "kidney neoplasm", "Disease", "renal tumor", "MESH:D007680"),
    ("MONDO:0004648", "vascular calcification", "Disease", "calcification of arteries", "MESH:D061205"),
    ("HP:0010766", "Ectopic calcification", "Phenotype", "", "MESH:D002114"),
    ("CHEBI:22984", "calcium atom", "Chemical", "calcium", "MESH:D002118"),
    ("HGNC:8888", "PGAM1", "Gene", "phosphoglycerate mutase 1|brain phosphoglycerate mutase", "NCBIGene:5223"),
    ("HGNC:8889", "PGAM2", "Gene", "phosphoglycerate mutase 2|muscle-specific phosphoglycerate mutase", "NCBIGene:5224"),
    ("HGNC:6453", "KRT8", "Gene", "keratin 8|keratin, type II cytoskeletal", "NCBIGene:3856"),
    ("FPLX:PGAM", "PGAM", "Gene", "phosphoglycerate mutase", ""),
    ("CHEBI:9754", "grape seed proanthocyanidins", "Chemical", "", "MESH:C511402"),
)
NAMES = ("kidney disease", "chronic kidney disease", "liver disease", "kidney stone", "heart attack")
INDEX = WordIndex.build((number, name_stems(name)) for number, name in enumerate(NAMES))


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return Lexicon.open(build_tiny_lexicon(tmp_path_factory.mktemp("words") / "lexicon", ROWS))


def rank(lexicon: Lexicon, text: str, label: Category = Category.DISEASE, *, prior: tuple[str, ...] = (), search: bool = True) -> tuple[ScoredCandidate, ...]:
    mention = Mention(document_id="d", start=0, end=len(text), text=text, label=label, component="some_model")
    grounder = Grounder(lexicon, prior=read_prior(prior), search=NameSearch.build(lexicon) if search else None)
    return grounder.rank(mention, (), abbreviations={}, text=text)


def test_the_name_of_the_same_words_comes_first() -> None:
    best, *others = INDEX.search(name_stems("renal toxicity"), 3)
    assert (NAMES[best.number], round(best.score, 4)) == ("kidney disease", 1.0)
    assert [match.score for match in others] == sorted((match.score for match in others), reverse=True)


def test_common_words_alone_find_names_where_there_is_no_rarer_one() -> None:
    assert {NAMES[match.number] for match in INDEX.search(("+disorder",), 5)} == {"kidney disease", "chronic kidney disease", "liver disease"}


def test_the_same_words_come_first_however_many_names_share_the_rarer_one() -> None:
    names = [*(f"lung {number}th" for number in range(500)), "lung disease", *(f"{number}th disease" for number in range(7_000))]
    index = WordIndex.build((number, name_stems(name)) for number, name in enumerate(names))
    first, second = index.search(name_stems("toxicity of the lung"), 2)
    assert (names[first.number], round(first.score, 4), second.number) == ("lung disease", 1.0, 0)


def test_unknown_words_find_nothing_and_weigh_against_what_others_find() -> None:
    assert INDEX.search(("nostalgia",), 5) == []
    assert INDEX.search(("heart", "attack", "nostalgia"), 1)[0].score < 0.9


@given(st.lists(st.sampled_from(sorted({word for name in NAMES for word in name_stems(name)}))), st.integers(1, 6))
def test_scores_are_cosines_best_first_and_as_many_as_asked_for(words: list[str], limit: int) -> None:
    found = INDEX.search(words, limit)
    assert len(found) <= limit
    assert all(0 < match.score <= 1 for match in found)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


@pytest.mark.parametrize(
    ("name", "concept"), [("toxicity of the kidneys", "MONDO:0005240"), ("hepatic damage", "MONDO:0005154"), ("arterial calcification", "MONDO:0004648")]
)
def test_an_unknown_name_means_what_shares_its_words(lexicon: Lexicon, name: str, concept: str) -> None:
    best = rank(lexicon, name)[0]
    assert best.candidate.concept == concept
    assert any("shares words with" in reason for reason in best.reasons)
    assert concept not in [option.candidate.concept for option in rank(lexicon, name, search=False)[:1]]


def test_a_name_near_one_that_annotators_marked_means_what_they_meant(lexicon: Lexicon) -> None:
    found = rank(lexicon, "nephrotic alterations", prior=("nephrotic change\tdisease\tMESH:D007674\t3",), search=False)
    assert [option.candidate.concept for option in found] == ["MONDO:0005240"]
    assert any("which annotators marked" in reason for reason in found[0].reasons)


def test_a_name_that_the_lexicon_knows_is_not_searched_for(lexicon: Lexicon) -> None:
    assert [option.candidate.concept for option in rank(lexicon, "renal disease")] == ["MONDO:0005240"]


def test_chemicals_are_found_by_two_words_and_more(lexicon: Lexicon) -> None:
    assert rank(lexicon, "proanthocyanidin of grape seed", Category.CHEMICAL)[0].candidate.concept == "CHEBI:9754"


def test_indexes_are_those_of_the_lexicon_beside_them(tmp_path: Path, lexicon: Lexicon) -> None:
    path = build_tiny_lexicon(tmp_path / "lexicon", ROWS)
    assert NameSearch.open(path, read_info(path)) is None
    write_name_search(path)
    opened = NameSearch.open(path, read_info(path))
    assert opened is not None
    index = opened.of_group("disease")
    assert index is not None
    found = lexicon.name(int(index.names[index.search(name_stems("renal tumors"), 1)[0].number]))
    assert [candidate.concept for candidate in lexicon.lookup(found)] == ["MONDO:0002206"]
    assert opened.is_whole()
    assert opened.of_group("cell") is None
    build_tiny_lexicon(path, ROWS[1:])
    assert NameSearch.open(path, read_info(path)) is None


def test_an_index_without_genes_as_earlier_ones_are_serves_the_others_and_is_not_whole(tmp_path: Path) -> None:
    path = build_tiny_lexicon(tmp_path / "lexicon", ROWS)
    write_name_search(path)
    (path.with_name("lexicon.words") / "gene.marisa").unlink()
    opened = NameSearch.open(path, read_info(path))
    assert opened is not None
    assert not opened.is_whole()
    assert opened.of_group("gene") is None
    assert opened.of_group("disease") is not None


def test_an_unknown_name_of_a_gene_means_what_shares_its_words(lexicon: Lexicon) -> None:
    best = rank(lexicon, "mutase of phosphoglycerate in brain", Category.GENE)[0]
    assert best.candidate.concept == "HGNC:8888"
    assert any("shares words with" in reason for reason in best.reasons)


def test_a_familys_own_name_is_not_searched_for_its_members(lexicon: Lexicon) -> None:
    assert [option.candidate.concept for option in rank(lexicon, "phosphoglycerate mutases", Category.GENE)] == ["FPLX:PGAM"]


def test_other_numbers_letters_and_many_rivals_speak_against_a_gene() -> None:
    index = WordIndex.build((number, gene_stems(name)) for number, name in enumerate(("keratin 8 alpha", "keratin 7 beta")))
    alike = likeness("keratin 7 alpha chains", "keratin 8 beta", index, group="gene")
    named = {name for name, *_ in likeness_parts(alike._replace(rivals=3), "gene")}
    assert {"another number in the name", "another letter in the name", "asked for as several or a part", "others with as many of the words (log)"} <= named
    same = {name for name, *_ in likeness_parts(likeness("keratin 7 beta", "keratin 7 beta", index, group="gene"), "gene")}
    assert not {"another number in the name", "another letter in the name", "asked for as several or a part", "others with as many of the words (log)"} & same


def test_the_same_lexicon_gives_the_same_files(tmp_path: Path) -> None:
    found = []
    for folder in ("one", "two"):
        path = build_tiny_lexicon(tmp_path / folder / "lexicon", ROWS)
        write_name_search(path)
        found.append({file.name: file.read_bytes() for file in sorted(path.with_name("lexicon.words").iterdir())})
    assert found[0] == found[1]


def test_what_is_like_a_disease_is_not_that_disease(lexicon: Lexicon) -> None:
    assert "MONDO:0005240" in {item.candidate.concept for item in rank(lexicon, "severe renal disease")}
    assert "MONDO:0005240" not in {item.candidate.concept for item in rank(lexicon, "renal disease-like syndrome")}


def test_a_near_name_that_is_unlikely_is_no_answer(lexicon: Lexicon) -> None:
    text = "toxicity of the kidneys"
    mention = Mention(document_id="d", start=0, end=len(text), text=text, label=Category.DISEASE, component="some_model")
    weighed = {SHARED_WORDS: -9.0, "disease: both parts of the words": 5.0}
    grounder = Grounder(lexicon, prior=read_prior(()), search=NameSearch.build(lexicon), weights=Weights(weighed))
    (grounding,) = grounder.ground([(mention, ())], abbreviations={}, text=text)
    assert grounding.concept is not None
    assert not grounding.concept.grounded
    assert "hardly is 'kidney disorder' (MONDO:0005240)" in grounding.reasons[0]
