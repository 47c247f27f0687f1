"""What texts say for options, and which texts need not be read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litkg.grounding.context import Context
from litkg.grounding.features import AROUND, ELSEWHERE, NAMED, WAYS, Option, candidate_of
from litkg.grounding.score import Weighed, Weights, score_options
from litkg.grounding.surroundings import Surroundings
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.records import NameKind
from litkg.model import Category, Mention
from tests.lexicon.tiny import open_tiny_lexicon

CONCEPTS = ("HGNC:16400", "HGNC:1426", "MONDO:0016168", "MONDO:0004985", "UNII:9013DUQ28K")
TEXT = "CAPS is a periodic syndrome with mutations of cryopyrin, and no bipolar depression was seen; anakinra helped where NLRP3 was the antagonist's end."
NAMES = ("CAPS", "cryopyrin", "bipolar depression", "anakinra", "NLRP3")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return open_tiny_lexicon(tmp_path_factory.mktemp("tiny") / "lexicon")


def mention(text: str, label: Category) -> Mention:
    start = TEXT.index(text)
    return Mention(document_id="d", start=start, end=start + len(text), text=text, label=label, component="some_model")


def option(lexicon: Lexicon, curie: str, matched: str, rule: str = "") -> Option:
    concept = lexicon.concept(curie)
    assert concept is not None
    return Option(candidate_of(concept, matched=matched, kind=NameKind.EXACT, source="s"), matched, rule)


WEIGHTS = st.fixed_dictionaries({name: st.floats(-3, 3) for name in (AROUND, NAMED, *(ELSEWHERE + way for way in WAYS))})
OPTIONS = st.lists(st.tuples(st.sampled_from(CONCEPTS), st.floats(-4, 4), st.sampled_from(["", "another way"])), min_size=1, max_size=6)


@given(WEIGHTS, OPTIONS, st.sampled_from([Category.GENE, Category.DISEASE]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_not_sought_never_changes_which_is_first(
    tiny: Lexicon, drawn_weights: dict[str, float], drawn: list[tuple[str, float, str]], label: Category
) -> None:
    weights = Weights({"lasting": 1.0, **drawn_weights})
    context, asked = Context(tiny, weights), mention("CAPS", label)
    surroundings = Surroundings(TEXT, [mention(name, Category.GENE) for name in NAMES])
    options = [option(tiny, curie, "CAPS", rule) for curie, _, rule in drawn]
    weighed = [Weighed(item.candidate, (("lasting", value, ""),), value) for item, (_, value, _) in zip(options, drawn, strict=True)]
    scored = score_options(weighed, weights)
    sought = context.contested("CAPS", label, options, scored)
    read = [
        Weighed(item.candidate, item.features + here, weights.total(here, item.total))
        for item, here in zip(weighed, [context.features(asked, choice, surroundings) for choice in options], strict=True)
    ]
    in_full = score_options(read, weights)
    in_part = score_options([full if what else item for full, item, what in zip(read, weighed, sought, strict=True)] if sought else weighed, weights)
    assert in_full[0].log_odds - next(item.log_odds for item in in_full if item.candidate.concept == in_part[0].candidate.concept) <= 1e-3


def test_one_concept_alone_needs_no_text(tiny: Lexicon) -> None:
    options = [option(tiny, "MONDO:0016168", "CAPS")]
    scored = score_options([Weighed(options[0].candidate, (), 1.0)], Weights({}))
    assert Context(tiny, Weights({AROUND: 1.0})).contested("CAPS", Category.DISEASE, options, scored) == ()


def test_words_of_the_matched_name_are_not_looked_for(tiny: Lexicon) -> None:
    context = Context(tiny, Weights({}))
    whole = context.sought(option(tiny, "MONDO:0016168", "CAPS"), "CAPS", Category.DISEASE)
    part = context.sought(option(tiny, "MONDO:0016168", "periodic syndrome"), "periodic syndrome", Category.DISEASE)
    assert whole.words - part.words == {"periodic", "syndrome"}
    assert whole.way is None


def test_another_name_speaks_for_a_gene_alone(tiny: Lexicon) -> None:
    context, surroundings = Context(tiny, Weights({})), Surroundings(TEXT, [mention(name, Category.GENE) for name in NAMES])
    found = {label: context.features(mention("CAPS", label), option(tiny, "HGNC:16400", "CAPS"), surroundings) for label in (Category.GENE, Category.DISEASE)}
    assert [name for name, *_ in found[Category.GENE] if name.startswith(ELSEWHERE)] == [ELSEWHERE + WAYS[0]]
    assert not any(name.startswith(ELSEWHERE) for name, *_ in found[Category.DISEASE])
