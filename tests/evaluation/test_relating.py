"""Task relation on corpora: what counts at each unit and level, on cases small enough to count by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.evaluation.relating import NO_ID, OTHER_TYPES, UNMAPPED, UNSAID, evaluate_relations
from litkg.evaluation.relation_claims import given_groundings
from litkg.evaluation.relation_gold import LeftOut, RelationGold, Unit
from litkg.evaluation.relation_report import RelationReport
from litkg.evaluation.scores import Score
from litkg.model import Category, Certainty, Concept, Document, Evidence, Extraction, Grounding, Mention, RawDocument, Section, SectionKind, SourceMap
from litkg.predicates import make_assertion
from litkg.sources.gold import Gold, GoldMention, GoldRelation, split_identifiers

TEXT = "Gin caused gout, and WORT1 met gin. Rum treats gout."
GIN, GOUT, WORT, GIN2, RUM, GOUT2 = (0, 3), (11, 15), (21, 26), (31, 34), (36, 39), (47, 51)
CONCEPTS = {
    GIN: Concept(id="CHEBI:1", name="gin", categories=(Category.CHEMICAL,), xrefs=("MESH:D000001",)),
    GOUT: Concept(id="MONDO:1", name="gout", categories=(Category.DISEASE,), xrefs=("MESH:D000002",)),
    WORT: Concept(id="HGNC:1", name="WORT1", categories=(Category.GENE,), xrefs=("NCBIGene:7",)),
    RUM: Concept(id="CHEBI:3", name="rum", categories=(Category.DRUG,), xrefs=("MESH:D000003",)),
}
CONCEPTS |= {GIN2: CONCEPTS[GIN], GOUT2: CONCEPTS[GOUT]}
TYPES = {GIN: "Chemical", GOUT: "Disease", WORT: "Gene", GIN2: "Chemical", RUM: "Chemical", GOUT2: "Disease"}
KEYS = {GIN: "T1", GOUT: "T2", WORT: "T3", GIN2: "T4", RUM: "T5", GOUT2: "T6"}
IDS = {GIN: "D000001", GOUT: "D000002", WORT: "7", GIN2: "D000001", RUM: "D000003", GOUT2: "D000002"}

Place = tuple[int, int]
Row = tuple[Place, str, Place]
RAW = RawDocument(id="PMID:5", title="", text=TEXT, format="test")


def mentions(*, ids: bool) -> tuple[GoldMention, ...]:
    return tuple(
        GoldMention(
            document_id="PMID:5",
            start=place[0],
            end=place[1],
            text=TEXT[slice(*place)],
            type=TYPES[place],
            key=KEYS[place],
            identifiers=split_identifiers(IDS[place]) if ids else (),
        )
        for place in TYPES
    )


def things(*rows: tuple[str, str, str], negated: bool = False) -> RelationGold:
    """Return a gold of relations between ids."""
    relations = tuple(GoldRelation(document_id="PMID:5", type=label, subject=subject, object=object_, negated=negated) for subject, label, object_ in rows)
    return RelationGold(Gold(mentions=mentions(ids=True), relations=relations))


def places(*rows: Row, ids: bool = False, negated: Sequence[Row] = ()) -> RelationGold:
    """Return a gold of relations between mentions."""
    relations = tuple(
        GoldRelation(
            document_id="PMID:5",
            type=label,
            subject=KEYS[subject],
            object=KEYS[object_],
            subject_key=KEYS[subject],
            object_key=KEYS[object_],
            negated=(subject, label, object_) in negated,
        )
        for subject, label, object_ in (*rows, *negated)
    )
    return RelationGold(Gold(mentions=mentions(ids=ids), relations=relations))


def extraction(*rows: Row, negated: Sequence[Row] = (), state: str | None = None, found: Sequence[Place] = tuple(TYPES)) -> Extraction:
    """Return an extraction of TEXT that makes these claims, with `state` as the state of their subjects."""
    groundings = tuple(
        Grounding(
            mention=Mention(
                document_id="PMID:5",
                start=place[0],
                end=place[1],
                text=TEXT[slice(*place)],
                label=CONCEPTS[place].categories[0],
                component="by hand",
            ),
            concept=CONCEPTS[place],
            score=1.0,
            reasons=(),
        )
        for place in found
    )
    assertions, evidence = {}, []
    for number, (subject, predicate, object_) in enumerate((*rows, *negated)):
        made = make_assertion(CONCEPTS[subject].id, predicate, CONCEPTS[object_].id, subject_aspect=state)
        assertions[made.id] = made
        ends = (subject, object_) if made.subject == CONCEPTS[subject].id else (object_, subject)
        evidence.append(
            Evidence(
                id=f"ev:{number}",
                assertion_id=made.id,
                document_id="PMID:5",
                section=SectionKind.BODY,
                start=0,
                end=len(TEXT),
                text=TEXT,
                subject_mention=ends[0],
                object_mention=ends[1],
                negated=(subject, predicate, object_) in negated,
                certainty=Certainty.ASSERTED,
                confidence=0.9,
                extractor="by hand",
            )
        )
    return Extraction(
        document=Document(
            id="PMID:5",
            title="",
            text=TEXT,
            sections=(Section(kind=SectionKind.BODY, start=0, end=len(TEXT)),),
            source_map=SourceMap(segments=((0, 0, len(TEXT), len(TEXT)),)),
        ),
        concepts=tuple({concept.id: concept for concept in CONCEPTS.values()}.values()),
        groundings=groundings,
        assertions=tuple(assertions.values()),
        evidence=tuple(evidence),
        case_reports=(),
    )


def evaluated(gold: RelationGold, *made: Extraction) -> RelationReport:
    return evaluate_relations(gold, [RAW], made)


def counts(report: RelationReport, unit: str = "document") -> dict[str, tuple[int, int, int]]:
    """Return gold, found and right by level."""
    return {item.level: (item.score.gold, item.score.found, item.score.found_right) for item in report.scores if item.unit == unit}


def kinds(report: RelationReport) -> list[tuple[str, str]]:
    return [(error.kind.value, error.why) for error in report.errors]


CID = ("D000001", "CID", "D000002")


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        ((GIN, "has_adverse_event", GOUT), (1, 1, 1)),
        ((GIN, "causes", GOUT2), (1, 1, 1)),
        ((GIN, "treats", GOUT), (1, 1, 0)),
        ((GOUT, "affects", GIN), (1, 0, 0)),
        ((GIN, "associated_with", GOUT), (1, 0, 0)),
    ],
)
def test_levels_ask_for_the_pair_the_order_and_the_label(claim: Row, right: tuple[int, int, int]) -> None:
    found = counts(evaluated(things(CID), extraction(claim)))
    assert [found[level][2] for level in ("pair", "directed", "typed")] == list(right)
    assert found["pair"][:2] == found["directed"][:2] == (1, 1)


def test_a_thing_counts_once_a_document_wherever_it_is_named() -> None:
    report = evaluated(things(CID), extraction((GIN, "causes", GOUT), (GIN2, "causes", GOUT2), (GIN, "has_adverse_event", GOUT)))
    assert counts(report) == {"pair": (1, 1, 1), "directed": (1, 1, 1), "typed": (1, 2, 2)}


def test_claims_between_other_types_are_no_answers() -> None:
    report = evaluated(things(CID), extraction((GIN, "increases", WORT)))
    assert counts(report)["pair"] == (1, 0, 0)
    assert report.not_scored == ((OTHER_TYPES, 1),)
    assert report.types == ("Chemical-Disease",)


def test_what_no_label_of_the_gold_says_is_wrong_as_a_pair_and_left_out_as_typed() -> None:
    report = evaluated(things(CID), extraction((RUM, "treats", GOUT)))
    assert counts(report) == {"pair": (1, 1, 0), "directed": (1, 1, 0), "typed": (1, 0, 0)}
    assert report.not_scored == ((UNSAID, 1),)
    assert counts(evaluated(things(CID), extraction((RUM, "causes", GOUT))))["typed"] == (1, 1, 0)


def test_what_a_label_says_the_other_way_alone_no_label_says() -> None:
    report = evaluated(places((GIN, "CPR:3", WORT)), extraction((WORT, "increases", RUM), (RUM, "increases", WORT)))
    assert counts(report, "mentions") == {"pair": (1, 1, 0), "directed": (1, 2, 0), "typed": (1, 1, 0)}


def test_refutations_are_no_claims() -> None:
    report = evaluated(things(CID), extraction(negated=[(GIN, "causes", GOUT)]))
    assert counts(report)["pair"] == (1, 0, 0)
    assert (report.refuted, kinds(report)) == (1, [("denied", "")])


def test_a_relation_that_the_gold_denies_is_none_and_a_claim_of_it_wrong() -> None:
    report = evaluated(things(CID, negated=True), extraction((GIN, "causes", GOUT)))
    assert counts(report)["pair"] == (0, 1, 0)
    assert (report.denied, kinds(report)) == (1, [("spurious", "denied by the gold")])


@pytest.mark.parametrize(("state", "predicate"), [("loss_of_function", "decreases"), ("increased", "increases"), (None, "increases")])
def test_a_state_of_the_subject_turns_the_sign(state: str | None, predicate: str) -> None:
    gold = places((GIN, "CPR:3", WORT))
    assert counts(evaluated(gold, extraction((GIN, predicate, WORT), state=state)))["typed"] == (1, 1, 1)
    other = {"increases": "decreases", "decreases": "increases"}[predicate]
    assert counts(evaluated(gold, extraction((GIN, other, WORT), state=state)))["typed"] == (1, 1, 0)


def test_mentions_are_known_by_their_places_and_things_by_their_words_where_the_gold_has_no_ids() -> None:
    gold = places((GIN, "CPR:3", WORT))
    report = evaluated(gold, extraction((GIN2, "increases", WORT)))
    assert counts(report, "mentions")["pair"] == (1, 1, 0)
    assert counts(report)["pair"] == (1, 1, 1)


def test_things_are_known_by_ids_where_the_gold_has_them() -> None:
    assert counts(evaluated(places((GIN, "CPR:3", WORT), ids=True), extraction((GIN2, "increases", WORT))))["pair"] == (1, 1, 1)


def test_a_span_is_the_marked_name_of_its_type_that_it_overlaps() -> None:
    gold = places((GIN, "CPR:3", WORT))
    wide = replace(gold.mentions["5"][2], start=WORT[0] - 4)
    gold.mentions["5"][2] = wide
    assert counts(evaluated(gold, extraction((GIN, "increases", WORT))), "mentions")["typed"] == (1, 1, 1)


def test_labels_without_direction_are_scored_as_pairs() -> None:
    bound = places((GIN, "CPR:9", WORT), (RUM, "CPR:4", WORT))
    report = evaluated(bound, extraction((WORT, "interacts_with", GIN), (WORT, "decreases", RUM)))
    assert counts(report, "mentions") == {"pair": (2, 2, 2), "directed": (2, 2, 1), "typed": (2, 2, 1)}
    undirected = things(("D000002", "Positive_Correlation", "D000001"))
    report = evaluated(undirected, extraction((GIN, "causes", GOUT)))
    assert counts(report) == {"pair": (1, 1, 1), "typed": (1, 1, 1)}


def test_labels_that_the_table_lacks_are_pairs_and_left_out_as_typed() -> None:
    gold = places((GIN, "CPR:0", WORT), (RUM, "CPR:3", WORT))
    report = evaluated(gold, extraction((GIN, "increases", WORT)))
    assert counts(report, "mentions") == {"pair": (2, 1, 1), "directed": (2, 1, 1), "typed": (1, 0, 0)}
    assert (report.unmapped, report.not_scored) == ((("CPR:0", 1),), ((UNMAPPED, 1),))
    assert [(label.label, label.typed) for label in report.labels] == [("CPR:0", None), ("CPR:3", 0)]


def test_litkg_s_own_predicates_are_labels_that_mean_themselves() -> None:
    gold = places((GIN, "causes", GOUT), (RUM, "my_own_label", GOUT2))
    report = evaluated(gold, extraction((GIN, "causes", GOUT), (RUM, "treats", GOUT2)))
    assert counts(report, "mentions") == {"pair": (2, 2, 2), "directed": (2, 2, 2), "typed": (1, 1, 1)}
    assert report.unmapped == (("my_own_label", 1),)


def test_precision_is_told_of_a_label_whose_claims_no_other_could_have_said() -> None:
    gold = places((GIN, "CPR:3", WORT), (GIN2, "CPR:5", WORT), (RUM, "CPR:4", WORT))
    report = evaluated(gold, extraction((GIN, "increases", WORT), (RUM, "decreases", WORT), (GIN2, "decreases", WORT)))
    assert {label.label: label.precision for label in report.labels} == {"CPR:3": None, "CPR:4": 0.5, "CPR:5": None}
    assert {label.label: (label.pair, label.typed) for label in report.labels} == {"CPR:3": (1, 1), "CPR:4": (1, 1), "CPR:5": (1, 0)}
    assert report.predicates == (("decreases", 2, 1), ("increases", 1, 1))


def test_predicates_and_extractors_are_right_by_any_label_that_could_have_said_it() -> None:
    report = evaluated(things(CID), extraction((GIN, "causes", GOUT), (RUM, "has_adverse_event", GOUT)))
    assert report.predicates == (("causes", 1, 1), ("has_adverse_event", 1, 0))
    assert report.extractors == (("by hand", 2, 1),)
    assert [label.precision for label in report.labels] == [0.5]


def test_claims_of_things_without_an_id_of_the_gold_s_vocabularies_cannot_be_judged() -> None:
    bare = {place: replace(concept, xrefs=()) for place, concept in CONCEPTS.items()}
    made = replace(extraction((GIN, "causes", GOUT)), concepts=tuple({concept.id: concept for concept in bare.values()}.values()))
    report = evaluated(things(CID), made)
    assert counts(report)["pair"] == (1, 0, 0)
    assert report.not_scored == ((NO_ID, 1),)


def test_errors_say_why_a_relation_was_missed() -> None:
    gold = things(CID, ("D000003", "CID", "D000002"))
    assert kinds(evaluated(gold, extraction())) == [("missed", "not read"), ("missed", "not read")]
    apart = places((GIN, "CPR:3", WORT), (RUM, "CPR:3", WORT))
    assert kinds(evaluated(apart, extraction())) == [("missed", "not read"), ("missed", "no sentence")]
    assert kinds(evaluated(apart, extraction(found=(GIN, RUM)))) == [("missed", "no mention"), ("missed", "no mention")]


def test_errors_tell_direction_predicate_and_what_is_spurious() -> None:
    gold = places((GIN, "CPR:3", WORT), (GIN2, "CPR:4", WORT))
    report = evaluated(gold, extraction((WORT, "increases", GIN), (GIN2, "increases", WORT), (RUM, "decreases", WORT)))
    assert kinds(report) == [("wrong direction", ""), ("wrong predicate", ""), ("spurious", "")]
    assert [(error.label, error.subject, error.target, error.found) for error in report.errors] == [
        ("CPR:3", "Gin", "WORT1", ("increases, the other way",)),
        ("CPR:4", "gin", "WORT1", ("increases",)),
        ("", "Rum", "WORT1", ("decreases",)),
    ]
    assert [row[:4] for row in report.error_rows(1)] == [
        ("wrong predicate", "", "1", "CPR:4"),
        ("wrong direction", "", "1", "CPR:3"),
        ("spurious", "", "1", ""),
    ]


def test_relations_that_cannot_be_scored_are_counted_by_reason() -> None:
    gold = things(("D000001", "CID", "D000001"), ("D000001", "CID", "D000009"))
    assert gold.left_out == {LeftOut.ITSELF: 1, LeftOut.UNKNOWN_END: 1}
    relation = GoldRelation(document_id="PMID:5", type="CPR:3", subject="T1", object="T3", subject_key="T1", object_key="T3")
    unscored = RelationGold(Gold(mentions=mentions(ids=False), relations=(relation,)), types={})
    assert unscored.left_out == {LeftOut.TYPES: 1}
    assert not any(unscored.pairs.values())


def test_documents_without_an_extraction_count_as_empty() -> None:
    report = evaluated(things(CID))
    assert counts(report)["pair"] == (1, 0, 0)
    assert report.missing_documents == ("5",)


def test_given_mentions_are_concepts_of_their_own_where_mentions_are_related() -> None:
    gold = places((GIN, "CPR:3", WORT))
    found = given_groundings(gold, "PMID:5", look_up=lambda name: ())
    assert len({item.concept.id for item in found if item.concept}) == len(TYPES)
    by_id = given_groundings(things(CID), "PMID:5", look_up=lambda name: ())
    assert [item.concept.id for item in by_id if item.concept][:2] == ["MESH:D000001", "MESH:D000002"]
    assert {item.mention.label for item in by_id} == {Category.CHEMICAL, Category.DISEASE, Category.GENE}


CLAIMS = st.lists(
    st.tuples(st.sampled_from(list(TYPES)), st.sampled_from(["increases", "decreases", "causes", "interacts_with"]), st.sampled_from(list(TYPES))).filter(
        lambda row: CONCEPTS[row[0]].id != CONCEPTS[row[2]].id
    ),
    max_size=6,
)


@given(CLAIMS, CLAIMS)
def test_a_harder_level_finds_no_more_of_the_gold(rows: list[Row], claims: list[Row]) -> None:
    gold = places(*rows)
    report = evaluated(gold, extraction(*claims))
    for unit in gold.pairs:
        scores: dict[str, Score] = {item.level: item.score for item in report.scores if item.unit == unit.value}
        pair, typed = scores["pair"], scores.get("typed", Score())
        assert pair.gold_found <= pair.gold
        assert pair.found_right <= pair.found
        assert typed.gold_found <= typed.gold
        assert typed.found_right <= typed.found
        directed = scores.get("directed", pair)
        assert directed.recall * directed.gold <= directed.gold
    wrong = sum(error.kind.value == "spurious" for error in report.errors)
    finest = next(item.score for item in report.scores if item.unit == next(iter(gold.pairs)).value)
    assert wrong == finest.found - finest.found_right


@given(CLAIMS)
def test_saying_what_the_gold_says_is_all_right(rows: list[Row]) -> None:
    report = evaluated(places(*rows), extraction(*rows))
    assert all(item.score.f1 == 1.0 for item in report.scores if item.score.gold)
    assert report.errors == ()
    assert Unit.DOCUMENT.value in {item.unit for item in report.scores}
