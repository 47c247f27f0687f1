"""The species of a named gene: its own spelling first, then the sentence, then the document; human where nothing is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.model import HUMAN_TAXON
from litkg.nlp.organisms import find_organisms
from litkg.nlp.species import species_of_genes
from litkg.nlp.species_features import FLY, MOUSE, RAT, YEAST, ZEBRAFISH


def species(text: str, *genes: str) -> list[int]:
    return [found.taxon for found in species_of_genes(text, [(text.index(gene), text.index(gene) + len(gene)) for gene in genes])]


@pytest.mark.parametrize(
    ("text", "gene", "taxon"),
    [
        ("IL6 rises in the evening.", "IL6", HUMAN_TAXON),
        ("Il6 rises in the evening. We bred mice.", "Il6", MOUSE),
        ("Sleep in mice. Il6 rises.", "Il6", MOUSE),
        ("Sleep in Wistar rats. Il6 rises.", "Il6", RAT),
        ("Sleep in zebrafish. The fish lack il6.", "il6", ZEBRAFISH),
        ("Mice were given hIL-6 at noon.", "hIL-6", HUMAN_TAXON),
        ("Sleep in mice. Cells were given mIL-6 at noon.", "mIL-6", MOUSE),
        ("Cells were given mTOR blockers.", "mTOR", HUMAN_TAXON),
        ("The mouse homologue of cryopyrin is larger.", "cryopyrin", MOUSE),
        ("Sleep in mice. Here human cryopyrin was used.", "cryopyrin", HUMAN_TAXON),
        ("Drosophila cryopyrin is unlike ours.", "cryopyrin", FLY),
        ("In patients cryopyrin was low. Mice were not studied, nor were mice bred.", "cryopyrin", HUMAN_TAXON),
        ("In mice and patients, IL6 rose. Patients slept.", "IL6", HUMAN_TAXON),
        ("A yeast two-hybrid screen found cryopyrin.", "cryopyrin", HUMAN_TAXON),
        ("Blots used mouse monoclonal antibodies. The bait was cryopyrin.", "cryopyrin", HUMAN_TAXON),
        ("Cryopyrin was made in E. coli.", "Cryopyrin", HUMAN_TAXON),
        ("Levels of cryopyrin rose with inflammation of the spleen and brain for days, and it signalled.", "cryopyrin", HUMAN_TAXON),
        ("Carcinoma cell lines took up IL6. One tumour grew in a mouse.", "IL6", HUMAN_TAXON),
        ("Knockout of Il6 in embryos. RAW264.7 cells were kept.", "Il6", MOUSE),
        ("Sleep of mice. We compared it with ScUap1 of Saccharomyces cerevisiae.", "ScUap1", YEAST),
    ],
)
def test_species_of_a_gene(text: str, gene: str, taxon: int) -> None:
    assert species(text, gene) == [taxon]


def test_each_gene_of_a_sentence_has_its_own_species() -> None:
    assert species("Human cryopyrin and murine caspase-1 were mixed.", "cryopyrin", "caspase-1") == [HUMAN_TAXON, MOUSE]


def test_organism_words_are_found_with_their_own_capitals() -> None:
    text = "Rats, Drosophila and a drosophila-like mouse"
    assert [(text[word.start : word.end], word.taxon) for word in find_organisms(text)] == [("Rats", RAT), ("Drosophila", FLY), ("mouse", MOUSE)]


def test_a_foreign_species_has_its_reasons() -> None:
    text = "Sleep in mice. Mouse cryopyrin was bred out of mice."
    (found,) = species_of_genes(text, [(21, 30)])
    assert found.taxon == MOUSE
    assert "named just before" in found.reasons


def test_a_study_of_men_is_of_man() -> None:
    (found,) = species_of_genes("Patients with carcinoma had IL6.", [(28, 31)])
    assert (found.taxon, found.reasons) == (HUMAN_TAXON, ())


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_every_gene_has_a_species_whatever_the_text(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    (found,) = species_of_genes(text, [(start, end)])
    assert found.taxon > 0
