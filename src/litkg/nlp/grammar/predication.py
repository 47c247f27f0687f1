"""Decides what a found claim says in the closed vocabulary: predicate, aspect, subject aspect and sign, from its trigger class and the types of its ends."""

from __future__ import annotations

from dataclasses import dataclass

from litkg.model import Category, Certainty
from litkg.nlp.grammar.claims import Found
from litkg.nlp.grammar.nodes import Phrase
from litkg.nlp.grammar.reductions import DISEASES, MOLECULES
from litkg.predicates import load_predicates

_EFFECT = {"INC": 1, "DEC": -1, "CAUSE": 1, "AFF": 0, "TREAT": -1, "PREVENT": -1, "WORSEN": 1, "RISK": 1, "ADVERSE": 1, "PRODUCE": 1}
_CHANGING = frozenset({"INC", "DEC", "AFF", "WORSEN", "PRODUCE"})
"""Classes whose object is what changes: a drug that is given or a patient that has a disease is not the thing itself."""
_MASTERING = frozenset({"control"})
_FAVOURING = frozenset({"promote", "stimulate", "facilitate"})
_IN_TIME = frozenset({"event after", "event in treated"})
"""Rules whose wording gives an order in time and no cause."""
_NAMED_TOGETHER = frozenset({"drug event", "event of", "reaction to"})
_RESTORING = frozenset({"restore"})
"""Verbs that undo the fall that is their object."""
_RELIEVING = frozenset({"relieve", "alleviate", "ameliorate", "resolve", "ease", "cure"})
_LIFTING = frozenset({"relieve", "alleviate", "reverse", "correct"})
"""Verbs that undo the blockade that is their object."""
_DIRECTED = {1: "increases", -1: "decreases", 0: "affects"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim in the closed vocabulary; `at_most` is the most certainty that its wording can carry."""

    predicate: str
    aspect: str | None
    subject_aspect: str | None
    at_most: Certainty = Certainty.ASSERTED


def predicate_of(found: Found, subject: Category, object_: Category, *, administered: bool = False) -> Claim | None:
    """Return the claim, or None where the ends do not fit: what the trigger means depends on whether a molecule, a process or a disease is its object.

    "X-associated Y" says that X is suspected, not that it is the cause, and "Y after X" only gives the order in time: such wording bounds the certainty.
    """
    first, second = found.subject, found.object
    state = subject_aspect(first)
    drug = (subject is Category.DRUG or ((first.given or administered) and subject in MOLECULES)) and state not in {
        "loss_of_function",
        "variant",
        "increased",
        "decreased",
    }
    disease, molecule = object_ in DISEASES, object_ in MOLECULES
    kind = found.kind
    if kind == "ASSOC" and subject is Category.DRUG and object_ is Category.DRUG:
        return None  # drugs "associated with" drugs are given together
    if kind == "RELATED":
        kind = "ADVERSE" if drug and disease else "ASSOC"
    if disease and found.lemma in _MASTERING:
        kind = "TREAT"
    elif disease and found.lemma in _FAVOURING:
        kind = "CAUSE"
    name, aspect = None, None
    if kind in _CHANGING and (second.given or (second.borne and object_ in DISEASES)):
        return None
    if kind in {"ASSOC", "CORR", "BIND", "VERSUS", "MARKER", "MEMBER", "identity", "alias", "CONVERT", "EXPRESS"}:
        name = _static(found, subject, object_)
    elif kind in _EFFECT:
        name, aspect = _dynamic(found, kind, drug=drug, disease=disease, molecule=molecule, object_=object_)
    if name is None or not _fits(name, subject, object_):
        return None
    if (load_predicates()[name].symmetric or name == "biomarker_of") and state in {"increased", "decreased"}:
        state = None
    if name in {"form_of", "member_of", "compared_with", "interacts_with", "treats", "converts_to"}:
        state = None
    at_most = Certainty.ASSERTED
    if name == "has_adverse_event" and found.kind == "RELATED":
        at_most = Certainty.PROBABLE
    elif name in {"has_adverse_event", "causes"} and found.rule in _IN_TIME:
        at_most = Certainty.POSSIBLE
    elif name == "has_adverse_event" and found.rule in _NAMED_TOGETHER:
        at_most = Certainty.PROBABLE
    return Claim(predicate=name, aspect=aspect, subject_aspect=state, at_most=at_most)


def subject_aspect(phrase: Phrase) -> str | None:
    """Return the state of the subject that the phrase names: its loss, its variant, a lowered or raised level, or its blockade."""
    if phrase.agent is not None:
        return "loss_of_function" if phrase.agent < 0 else "gain_of_function"
    if phrase.state is not None:
        return phrase.state
    if phrase.blocked:
        return "loss_of_function"
    named = phrase.change if phrase.change is not None else phrase.level
    return {1: "increased", -1: "decreased"}.get(named) if named is not None else None


def _static(found: Found, subject: Category, object_: Category) -> str | None:
    both = subject in MOLECULES and object_ in MOLECULES
    first, second = found.subject, found.object
    match found.kind:
        case "ASSOC" | "CORR" | "RELATED":
            sign = found.sign
            if sign is None and second.risk and second.level is not None:
                return "positively_correlated_with" if second.level > 0 else "negatively_correlated_with"
            if sign is not None:
                for phrase in (first, second):
                    sign *= phrase.level or phrase.change or 1
                    sign *= -1 if phrase.state == "loss_of_function" else 1
            return {1: "positively_correlated_with", -1: "negatively_correlated_with"}.get(sign or 0, "associated_with")
        case "BIND":
            return "interacts_with" if both else None
        case "VERSUS":
            return "compared_with" if subject is Category.DRUG and object_ is Category.DRUG else None
        case "MARKER":
            return "biomarker_of"
        case "MEMBER":
            return "member_of"
        case "CONVERT":
            return "converts_to" if both else None
        case "EXPRESS":
            return "produces" if subject is Category.CELL_TYPE and object_ in MOLECULES else None
    plain = not any((phrase.state or phrase.change or phrase.agent) for phrase in (first, second))
    biologic = found.kind != "identity" or (subject in {Category.DRUG, Category.CHEMICAL} and object_ is Category.GENE)
    return "form_of" if both and plain and biologic else None


def _dynamic(found: Found, kind: str, *, drug: bool, disease: bool, molecule: bool, object_: Category) -> tuple[str | None, str | None]:
    """Return predicate and aspect of a claim that something changes."""
    target = found.object
    if kind == "PRODUCE" and (target.change is not None or target.level is not None):
        kind = "CAUSE"
    effect = _EFFECT[kind]
    aspect = target.aspect or found.aspect
    if kind == "TREAT" and not found.lemma and target.change == -1:
        effect = -1  # "used for the prevention of X", "effective in lowering X"
    elif target.change is not None:
        effect = 1 if found.lemma in _RESTORING and target.change < 0 else effect * target.change
    elif kind == "CAUSE" and target.level is not None:
        effect *= target.level
    if target.state == "loss_of_function" or target.agent == -1:
        effect = -effect
    if kind == "AFF" or target.change == 0:
        effect = 0
    if disease:
        return _on_disease(kind, effect, found, drug=drug)
    if kind == "CAUSE" and object_ is Category.BIOLOGICAL_PROCESS and effect > 0 and target.level is None and target.change is None:
        return "causes", None
    if kind == "PREVENT" and object_ is Category.BIOLOGICAL_PROCESS and target.change is None:
        return "prevents", None
    if kind in {"ADVERSE", "RISK", "WORSEN"} or found.lemma == "avoid":  # who avoids a drug does not take it
        return None, None
    if kind == "TREAT" and not (found.lemma in _LIFTING and target.blocked):
        return ("decreases", None) if object_ is Category.BIOLOGICAL_PROCESS and found.lemma in _RELIEVING else (None, None)
    if kind == "PRODUCE" and molecule and effect == 1:
        return "produces", None if found.aspect is None else "secretion"
    if aspect == "abundance" and object_ is Category.BIOLOGICAL_PROCESS:
        aspect = None  # a process has no amount beside itself: what "raises" it and what "increases" it say one thing
    return _DIRECTED[effect], None if aspect == "severity" else aspect


def _on_disease(kind: str, effect: int, found: Found, *, drug: bool) -> tuple[str | None, str | None]:
    subject, target = found.subject, found.object
    if effect == 0:
        return "affects", "severity" if target.aspect == "severity" else None
    if effect > 0:
        if kind == "WORSEN" or (target.change == 1 and target.aspect == "severity" and kind != "CAUSE"):
            return "worsens", "severity"
        if kind == "INC" and not target.risk:
            return ("worsens", "severity") if target.aspect == "severity" else ("increases", None)
        return ("has_adverse_event" if drug or kind == "ADVERSE" else "causes"), None
    if kind == "PREVENT" or target.risk or (found.rule == "group shows" and target.aspect != "severity"):
        return "prevents", None
    if (kind == "TREAT" or drug) and subject_aspect(subject) is None:
        return "treats", "severity" if target.aspect == "severity" else None
    return "decreases", "severity" if target.aspect == "severity" else None


def _fits(name: str, subject: Category, object_: Category) -> bool:
    row = load_predicates()[name]
    return (not row.domain or _plain(subject) in row.domain) and (not row.range or _plain(object_) in row.range)


_MAIN = {Category.CYTOKINE: Category.GENE, Category.ADVERSE_EVENT: Category.DISEASE}


def _plain(category: Category) -> str:
    return _MAIN.get(category, category).value
