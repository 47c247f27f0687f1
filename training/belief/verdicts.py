"""What a corpus's gold says of a claim that litkg read: right, wrong, or nothing, where the corpus does not annotate such claims.

Owns what the labels of each corpus bear out (after src/litkg/nlp/pairs/labels.tsv). A label of two mentions that gives an effect without its sign
("Regulation", CPR:2) makes a signed claim wrong: annotators could have given one. SemRep's AFFECTS and INTERACTS_WITH are no such choice, and BioRED's
Association sums up a document: they say nothing of a sign. Denials are judged where a corpus marks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the gold says. `UNTOLD`: it has no such claims. `ABSENT`: a denial, of a pair of which the gold says nothing, as it would of a denial that it does
    not annotate. `TURNED`: it has no such claims, and states this one the other way round; as it can contradict such claims and never bear them out, they are
    counted apart."""

    RIGHT = "right"
    WRONG = "wrong"
    UNTOLD = "untold"
    ABSENT = "absent"
    TURNED = "turned round"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim as litkg read it; `subject` and `object` are kinds ("Gene"), `sign` is the assertion's, `symmetric` the predicate's."""

    predicate: str
    sign: int
    symmetric: bool
    subject: str
    object: str
    subject_aspect: str | None = None
    negated: bool = False


_UP, _DOWN = frozenset({"CPR:3", "CPR:5"}), frozenset({"CPR:4", "CPR:6"})
_CHEMPROT_EFFECTS = _UP | _DOWN | {"CPR:2", "CPR:7"}
_CHEMPROT_CONTACTS = _CHEMPROT_EFFECTS | {"CPR:8", "CPR:9"}
_SIGNED = frozenset({"increases", "decreases"})
_CHEMPROT_DENIED = frozenset({"CPR:10"})

_BIORED_KINDS = frozenset(
    frozenset(pair)
    for pair in (("Gene",), ("Gene", "Disease"), ("Gene", "Chemical"), ("Disease", "Chemical"), ("Chemical",), ("Disease", "Variant"), ("Chemical", "Variant"))
)
_BIORED_RELATED = frozenset({"Association", "Positive_Correlation", "Negative_Correlation", "Bind", "Conversion", "Drug_Interaction"})

_EVENT_SIGNS: Mapping[int, frozenset[str]] = {
    1: frozenset({"Positive_regulation"}),
    -1: frozenset({"Negative_regulation"}),
    0: frozenset({"Positive_regulation", "Negative_regulation", "Regulation"}),
}
_EVENT_PREDICATES = frozenset({"increases", "decreases", "affects", "causes", "prevents", "worsens"})
_EVENT_SUBJECTS: Mapping[str, frozenset[str]] = {
    "2011-ge": frozenset({"Gene"}),
    "2013-ge": frozenset({"Gene"}),
    "2013-pc": frozenset({"Gene", "Chemical"}),
    "2013-cg": frozenset({"Gene", "Chemical"}),
}
_EVENT_OBJECTS: Mapping[str, frozenset[str]] = {**_EVENT_SUBJECTS, "2013-cg": frozenset({"Gene", "Chemical", "Disease", "Process"})}
_LOSSES = frozenset({"loss_of_function", "decreased"})

_SEMREP: Mapping[str, frozenset[str]] = {
    "treats": frozenset({"TREATS"}),
    "prevents": frozenset({"PREVENTS"}),
    "causes": frozenset({"CAUSES"}),
    "has_adverse_event": frozenset({"CAUSES"}),
    "increases": frozenset({"STIMULATES", "AUGMENTS", "CAUSES", "PREDISPOSES"}),
    "decreases": frozenset({"INHIBITS", "DISRUPTS", "TREATS", "PREVENTS"}),
    "affects": frozenset(
        {"AFFECTS", "INTERACTS_WITH", "AUGMENTS", "DISRUPTS", "STIMULATES", "INHIBITS", "CAUSES", "TREATS", "PREVENTS", "PREDISPOSES", "PRODUCES"}
    ),
    "associated_with": frozenset({"ASSOCIATED_WITH", "PREDISPOSES", "COEXISTS_WITH", "AFFECTS", "CAUSES"}),
    "biomarker_of": frozenset({"ASSOCIATED_WITH", "PREDISPOSES", "DIAGNOSES", "AFFECTS", "CAUSES"}),
    "interacts_with": frozenset({"INTERACTS_WITH"}),
    "produces": frozenset({"PRODUCES"}),
    "compared_with": frozenset({"COMPARED_WITH"}),
    "form_of": frozenset({"ISA"}),
    "member_of": frozenset({"ISA", "PART_OF"}),
}
_UNSIGNED: Mapping[str, frozenset[str]] = {"semrep": frozenset({"AFFECTS", "INTERACTS_WITH"}), "biored": frozenset({"Association"})}
"""Labels that bear out no sign and exclude none."""
_WITHOUT_DENIALS = frozenset({"semrep", "bc5cdr", "biored"})


def judge(corpus: str, claim: Claim, forward: frozenset[str], backward: frozenset[str]) -> Verdict:
    """Return what the gold says of a claim, given its labels for subject and object in this order, and the other way round."""
    if corpus == "chemprot" and claim.subject == "Gene" and claim.object == "Chemical" and claim.predicate in _SIGNED and backward & (_UP | _DOWN):
        return Verdict.TURNED
    right = _bearing_out(corpus, claim)
    if right is None or (claim.negated and corpus in _WITHOUT_DENIALS):
        return Verdict.UNTOLD
    told = forward | backward if claim.symmetric or corpus == "biored" else forward
    borne_out = bool(told & right)
    denied = bool(told & (_CHEMPROT_DENIED | {f"not {label}" for label in right}))
    if claim.negated:
        return Verdict.RIGHT if denied else Verdict.WRONG if borne_out else Verdict.ABSENT
    if not borne_out and claim.sign and told & _UNSIGNED.get(corpus, frozenset()):
        return Verdict.UNTOLD
    return Verdict.RIGHT if borne_out else Verdict.WRONG


def _bearing_out(corpus: str, claim: Claim) -> frozenset[str] | None:
    """Return the labels that bear the claim out, None where the corpus cannot tell."""
    if corpus == "semrep":
        return None if claim.subject_aspect in _LOSSES else _SEMREP.get(claim.predicate)
    if corpus == "chemprot":
        return _chemprot(claim)
    if corpus == "bc5cdr":
        induced = claim.predicate in {"causes", "has_adverse_event"} and claim.sign > 0
        return frozenset({"CID"}) if induced and (claim.subject, claim.object) == ("Chemical", "Disease") else None
    if corpus == "biored":
        return _biored(claim)
    return _events(corpus, claim)


def _chemprot(claim: Claim) -> frozenset[str] | None:
    ends = (claim.subject, claim.object)
    if set(ends) != {"Chemical", "Gene"}:
        return None
    if claim.predicate == "interacts_with":
        return _CHEMPROT_CONTACTS
    if ends == ("Chemical", "Gene"):
        effects = _UP if claim.sign > 0 else _DOWN if claim.sign < 0 else _CHEMPROT_EFFECTS
        return effects if claim.predicate in {*_SIGNED, "affects"} else None
    return frozenset({"CPR:9"}) if claim.predicate in {"produces", "converts_to"} else None


def _biored(claim: Claim) -> frozenset[str] | None:
    if frozenset({claim.subject, claim.object}) not in _BIORED_KINDS or claim.predicate in {"form_of", "member_of"}:
        return None
    if claim.predicate == "compared_with":
        return frozenset({"Comparison"}) if (claim.subject, claim.object) == ("Chemical", "Chemical") else None
    if claim.predicate == "interacts_with":
        return frozenset({"Bind", "Drug_Interaction", "Association"})
    if claim.predicate in {"converts_to", "produces"}:
        return frozenset({"Conversion", "Positive_Correlation", "Association"})
    return {1: frozenset({"Positive_Correlation"}), -1: frozenset({"Negative_Correlation"}), 0: _BIORED_RELATED}[claim.sign]


def _events(corpus: str, claim: Claim) -> frozenset[str] | None:
    if claim.subject not in _EVENT_SUBJECTS[corpus] or claim.object not in _EVENT_OBJECTS[corpus] or claim.subject_aspect in _LOSSES:
        return None
    if claim.predicate == "interacts_with":
        return frozenset({"Binding"}) if {claim.subject, claim.object} <= {"Gene", "Chemical"} else None
    if claim.sign and claim.object == "Chemical":
        return None  # what is used up and what is made are both themes of a conversion that an enzyme catalyses
    return _EVENT_SIGNS[claim.sign] if claim.predicate in _EVENT_PREDICATES else None
