"""What annotators meant by names."""

from __future__ import annotations

from pathlib import Path

import pytest

from litkg.grounding.ground import Grounder
from litkg.grounding.prior import load_prior, read_prior
from litkg.lexicon.lookup import Lexicon
from litkg.model import Category, Mention
from tests.lexicon.tiny import open_tiny_lexicon

LINES = ["# a comment", "low mood\tdisease\tMESH:D003866\t4", "Low moods\tdisease\tMESH:D001714\t1", "nostalgia\tdisease\tMESH:D000000\t2"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return open_tiny_lexicon(tmp_path_factory.mktemp("tiny") / "lexicon")


def test_spellings_of_one_name_are_counted_together() -> None:
    assert read_prior(LINES).counts("lowmood", "disease") == {"MESH:D003866": 4, "MESH:D001714": 1}
    assert read_prior(LINES).counts("lowmood", "gene") == {}


def test_a_name_that_the_lexicon_lacks_means_what_annotators_meant(tiny: Lexicon) -> None:
    mention = Mention(document_id="d", start=0, end=8, text="low mood", label=Category.DISEASE, component="model")
    (grounding,) = Grounder(tiny, prior=read_prior(LINES)).ground([(mention, ())], abbreviations={}, text="low mood")
    assert grounding.concept is not None
    assert grounding.concept.id == "MONDO:0002050"
    assert "named so in 4 of 5 annotated abstracts" in grounding.reasons


@pytest.mark.parametrize(("name", "label"), [("low mood", Category.GENE), ("nostalgia", Category.DISEASE)])
def test_other_kinds_and_ids_without_a_concept_count_for_nothing(tiny: Lexicon, name: str, label: Category) -> None:
    mention = Mention(document_id="d", start=0, end=len(name), text=name, label=label, component="model")
    (grounding,) = Grounder(tiny, prior=read_prior(LINES)).ground([(mention, ())], abbreviations={}, text=name)
    assert grounding.concept is not None
    assert not grounding.concept.grounded


def test_habits_of_annotators_do_not_outweigh_the_heading_of_just_that_name(tiny: Lexicon) -> None:
    habits = read_prior(["bipolar disorder\tdisease\tMESH:D003866\t40", "depression\tdisease\tMESH:D001714\t40"])

    def grounded(name: str) -> str | None:
        mention = Mention(document_id="d", start=0, end=len(name), text=name, label=Category.DISEASE, component="model")
        (grounding,) = Grounder(tiny, prior=habits).ground([(mention, ())], abbreviations={}, text=name)
        return grounding.concept.id if grounding.concept else None

    assert grounded("bipolar disorder") == "MONDO:0004985"
    assert grounded("depression") == "MONDO:0004985", "a synonym is no heading: there they do"


def test_habits_do_not_outweigh_the_name_of_a_family(tiny: Lexicon) -> None:
    habits = read_prior(["interleukin-1\tgene\tHGNC:6018\t40", "interleukin-1\tgene\tHGNC:6025\t1"])
    mention = Mention(document_id="d", start=0, end=13, text="interleukin-1", label=Category.GENE, component="model")
    ranked = Grounder(tiny, prior=habits).rank(mention, (), abbreviations={}, text="interleukin-1")
    assert [option.candidate.concept for option in ranked] == ["FPLX:IL1"]


def test_the_shipped_table_is_small_and_each_line_counts() -> None:
    table = load_prior().table
    assert len(table) > 1000
    assert all(number > 0 for counts in table.values() for number in counts.values())
    assert (Path(__file__).parents[2] / "src/litkg/grounding/prior.tsv").stat().st_size < 1_000_000
