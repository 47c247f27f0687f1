"""Phrases: what is folded into a mention, and what it then says."""

from __future__ import annotations

import pytest

from litkg.nlp.grammar.nodes import Phrase
from tests.nlp.grammar.sentences import reduce_marked


def phrases_of(marked: str, *, recessive: bool = False) -> list[Phrase]:
    return [node.phrase for node in reduce_marked(marked, recessive=recessive)[0] if node.phrase]


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        ("{k:IL-6}", {}),
        ("{k:IL-6} levels", {"aspect": "abundance"}),
        ("serum levels of {k:IL-6}", {"aspect": "abundance"}),
        ("{k:IL-6} mRNA expression", {"aspect": "expression"}),
        ("the secretion of {k:IL-6}", {"aspect": "secretion"}),
        ("the severity of {s:fever}", {"aspect": "severity"}),
        ("the severity of {k:IL-6}", {"aspect": None}),
        ("high {k:IL-6}", {"level": 1}),
        ("low serum {k:IL-6}", {"level": -1}),
        ("an increase in {k:IL-6}", {"change": 1}),
        ("a reduction of {k:IL-6}", {"change": -1}),
        ("inhibition of {k:IL-6}", {"change": -1, "blocked": True, "aspect": "activity"}),
        ("{k:IL-6} deficiency", {"state": "loss_of_function"}),
        ("loss of {k:IL-6}", {"state": "loss_of_function"}),
        ("mice lacking {k:IL-6}", {"state": "loss_of_function"}),
        ("{g:MEFV} mutations", {"state": "variant"}),
        ("activating mutations of {g:NLRP3}", {"state": "gain_of_function"}),
        ("nonsense mutations in {g:BRCA1}", {"state": "loss_of_function"}),
        ("{k:TNF} inhibitors", {"agent": -1}),
        ("inhibitors of {k:TNF}", {"agent": -1}),
        ("anti-{k:TNF} antibodies", {"agent": -1}),
        ("{k:TNF} agonists", {"agent": 1}),
        ("treatment with {d:aspirin}", {"given": True}),
        ("{d:aspirin} therapy", {"given": True}),
        ("patients with {s:gout}", {"borne": True}),
        ("{s:gout} patients", {"borne": True}),
        ("the risk of {s:gout}", {"risk": True}),
        ("{s:gout} risk", {"risk": True}),
        ("the onset of {s:gout}", {}),
        ("{k:IL-6}, {k:TNF} and {k:IL-8}", {"mentions": (0, 1, 2), "list_noun": True}),
        ("cytokines ({k:IL-6}, {k:TNF})", {"mentions": (0, 1), "list_noun": True}),
    ],
)
def test_phrase_says(marked: str, says: dict[str, object]) -> None:
    (phrase,) = phrases_of(marked)
    expected = {name: getattr(Phrase(mentions=(0,)), name) for name in Phrase.__dataclass_fields__} | says
    assert {name: getattr(phrase, name) for name in expected} == expected


def test_variant_of_a_recessive_trait_is_a_loss() -> None:
    (phrase,) = phrases_of("{g:MEFV} mutations", recessive=True)
    assert phrase.state == "loss_of_function"


@pytest.mark.parametrize(
    ("marked", "count"),
    [
        ("{k:IL-6} and {s:fever}", 2),
        ("high {k:IL-6} and low {k:TNF}", 2),
        ("{k:IL-6} deficiency in {s:fever}", 2),
        ("a link between {k:IL-6} and {k:TNF}", 2),
        ("{k:IL-6} fell and {k:TNF} rose", 2),
        ("{k:TNF} inhibitors and {k:IL-6}", 2),
    ],
)
def test_unlike_things_are_not_folded_into_one(marked: str, count: int) -> None:
    assert len(phrases_of(marked)) == count


@pytest.mark.parametrize(
    ("marked", "claims"),
    [
        ("{k:IL-6}-induced {s:fever} is rare", [("SUFF induced", "il-6", "fever")]),
        ("{d:Aldesleukin}, a recombinant {k:interleukin-2}, was given", [("identity", "aldesleukin", "interleukin-2")]),
        ("the {k:TNF} inhibitor {d:infliximab} was given", [("agent", "infliximab", "tnf inhibitor")]),
        ("{d:Etanercept} ({d:Enbrel}) was given", []),
        ("{s:Gout}, {d:aspirin} and others were named", []),
    ],
)
def test_phrases_claim(marked: str, claims: list[tuple[str, str, str]]) -> None:
    _, found = reduce_marked(marked)
    assert [(claim.kind, claim.subject.lower, claim.object.lower) for claim in found] == claims


def test_offsets_of_a_folded_node_span_what_it_holds() -> None:
    nodes, _ = reduce_marked("the serum levels of {k:IL-6} fell")
    (node,) = [node for node in nodes if node.phrase]
    assert (node.start, node.end) == (10, 24)
    assert [part.lower for part in node.inner] == ["levels", "of", "il-6"]
