"""Claims that nouns, copulas and prepositions make."""

from __future__ import annotations

import pytest

from litkg.nlp.grammar.claims import effect_kind
from litkg.nlp.grammar.clauses import ClauseReader
from litkg.nlp.grammar.nodes import pattern
from litkg.nlp.grammar.nominal import NOMINAL_RULES, SUFFIX_KINDS, read_nominal, side_claims
from tests.nlp.grammar.sentences import context_of, reduce_marked
from tests.nlp.marked import parse_marked


def claims_of(marked: str) -> set[tuple[str, str, str]]:
    """Return `(subject, kind, object)` of the claims of clauses, nominal patterns and phrases."""
    nodes, claims = reduce_marked(marked)
    names = [item.mention.text for item in parse_marked(marked)[1]]
    context = context_of(marked)
    reader = ClauseReader(nodes, context)
    found = [*reader.read(), *read_nominal(reader), *side_claims(claims, nodes, context)]
    return {(names[item.subject.mentions[0]], item.kind, names[item.object.mentions[0]]) for item in found}


@pytest.mark.parametrize(
    ("marked", "claims"),
    [
        ("the effect of {d:aspirin} on {k:IL-6}", {("aspirin", "AFF", "IL-6")}),
        ("the inhibitory effect of {d:aspirin} on {k:IL-6}", {("aspirin", "DEC", "IL-6")}),
        ("inhibition of {g:COX2} by {d:aspirin}", {("aspirin", "DEC", "COX2")}),
        ("an increase in {k:IL-6} after {d:aspirin}", {("aspirin", "INC", "IL-6")}),
        ("relief of {s:gout} by {d:aspirin}", {("aspirin", "TREAT", "gout")}),
        ("a role for {k:IL-6} in {s:gout}", {("IL-6", "AFF", "gout")}),
        ("a link between {k:IL-6} and {s:gout}", {("IL-6", "ASSOC", "gout")}),
        ("a link between {k:IL-6} and {k:TNF}", {("IL-6", "ASSOC", "TNF")}),
        ("a positive correlation between {k:IL-6} and {s:gout}", {("IL-6", "CORR", "gout")}),
        ("{d:aspirin} is effective in {s:gout}", {("aspirin", "TREAT", "gout")}),
        ("{d:aspirin} for the treatment of {s:gout}", {("aspirin", "TREAT", "gout")}),
        ("treatment of {s:gout} with {d:aspirin}", {("aspirin", "TREAT", "gout")}),
        ("the response of {s:gout} to {d:aspirin}", {("aspirin", "TREAT", "gout")}),
        ("side effects of {d:aspirin} include {s:ulcer}", {("aspirin", "ADVERSE", "ulcer")}),
        ("{s:ulcer} due to {d:aspirin}", {("aspirin", "CAUSE", "ulcer")}),
        ("{k:IL-6} is the cause of {s:fever}", {("IL-6", "CAUSE", "fever")}),
        ("{s:gout} is a risk factor for {s:ulcer}", {("gout", "RISK", "ulcer")}),
        ("{k:IL-6} is required for {s:fever}", {("IL-6", "INC", "fever")}),
        ("{k:IL-6} is a marker of {s:fever}", {("IL-6", "MARKER", "fever")}),
        ("{d:aspirin} versus {d:ibuprofen}", {("aspirin", "VERSUS", "ibuprofen")}),
        ("{k:IL-6}-induced {s:fever}", {("IL-6", "CAUSE", "fever")}),
        ("{k:IL-6}-related {s:fever}", {("IL-6", "RELATED", "fever")}),
        # false friends
        ("the effect of {d:aspirin} in {s:gout} was not asked", {("aspirin", "AFF", "gout")}),
        ("{d:aspirin} and {s:gout} were named", set()),
        ("{s:gout} in patients with {s:ulcer}", set()),
        ("the dose of {d:aspirin}", set()),
        ("{k:IL-6} in {s:gout}", set()),
    ],
)
def test_nouns_claim(marked: str, claims: set[tuple[str, str, str]]) -> None:
    assert claims_of(marked) == claims


@pytest.mark.parametrize(
    ("words", "target", "kind"),
    [
        ("an inhibitory", "molecule", "DEC"),
        ("a strong stimulatory", "molecule", "INC"),
        ("a beneficial", "disease", "TREAT"),
        ("a beneficial", "molecule", "AFF"),
        ("a protective", "disease", "PREVENT"),
        ("a", "disease", "AFF"),
        ("", "molecule", "AFF"),
    ],
)
def test_adjective_turns_an_effect(words: str, target: str, kind: str) -> None:
    assert effect_kind(words, target) == kind


@pytest.mark.parametrize("rule", NOMINAL_RULES, ids=[rule.name for rule in NOMINAL_RULES])
def test_rule_has_a_subject_and_an_object(rule: object) -> None:
    compiled = pattern(rule.source)  # type: ignore[attr-defined]
    assert {"s", "o"} <= set(compiled.groupindex)
    assert not compiled.match("")


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in NOMINAL_RULES}) == len(NOMINAL_RULES)
    assert all(kind.isupper() for kind in SUFFIX_KINDS.values())
