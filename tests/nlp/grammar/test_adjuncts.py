"""Adjuncts are folded into one node that every pattern steps over; what holds a name, or goes on, is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.grammar.adjuncts import fold_adjuncts
from litkg.nlp.grammar.nodes import Node
from tests.nlp.grammar.sentences import nodes_of


def folded(marked: str) -> list[str]:
    nodes = nodes_of(marked)
    text = marked.replace("{k:", "").replace("{d:", "").replace("{s:", "").replace("}", "")
    return [text[node.start : node.end] for node in fold_adjuncts(nodes) if node.tag == "PAREN"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{d:aspirin} reduced in eight of nine men the {k:IL-6}", ["in eight of nine men"]),
        ("{k:IL-6} rose in the blood.", ["in the blood"]),
        ("{k:IL-6} in the lung causes {s:asthma}", ["in the lung"]),
        ("{d:aspirin} may over many years reduce {k:IL-6}", ["over many years"]),
        ("{d:aspirin} lowered {k:IL-6} by about 30 % in mice.", ["by about 30 %", "in mice"]),
        ("{k:IL-6}, as all have seen by now, rises", [", as all have seen by now,"]),
        ("{k:IL-6} was, after a look at {s:gout}, lowered by {d:aspirin}", [", after a look at gout,"]),
        ("{d:aspirin} reduced, in mice and also in rats, {k:IL-6}", [", in mice and also in rats,"]),
        ("{k:IL-6}, a pyrogen, causes {s:fever}", [", a pyrogen,"]),
        ("{k:IL-6} was recruited to the joint by {k:TNF}", ["to the joint"]),
        # what holds a name or goes on
        ("{k:IL-6} rose in {s:gout}", []),
        ("{k:IL-6} rose in patients with {s:gout}", []),
        ("{k:IL-6} was lowered by treatment", []),
        ("an effect on growth in {s:gout}", []),
        ("{k:IL-6} rose in cultures of {k:TNF}", []),
        ("{d:aspirin}, but not in mice, helps", ["in mice"]),
        ("{k:IL-6}, {k:TNF}, and the rest, fell", []),
        ("in the lung {k:IL-6} rises", []),
    ],
)
def test_adjuncts_are_folded(marked: str, expected: list[str]) -> None:
    assert folded(marked) == expected


WORDS = [
    "{k:IL-6}",
    "{d:aspirin}",
    "was",
    "reduced",
    "by",
    "in",
    "the",
    "blood",
    "of",
    "mice",
    ",",
    "and",
    "8",
    "%",
    "may",
    "as",
    "we",
    "saw",
    "which",
    "not",
    ".",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16))
def test_folding_keeps_order_and_loses_no_character(words: list[str]) -> None:
    nodes = nodes_of(" ".join(words))
    after = fold_adjuncts(nodes)
    assert [inner for node in after for inner in _leaves(node)] == [(node.start, node.end) for node in nodes]
    assert fold_adjuncts(after) == after or len(fold_adjuncts(after)) < len(after)


def _leaves(node: Node) -> list[tuple[int, int]]:
    return [leaf for inner in node.inner for leaf in _leaves(inner)] if node.tag == "PAREN" else [(node.start, node.end)]
