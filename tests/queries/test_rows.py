"""Each query on the little graph, with rows worked out by hand from the table in `tests.graphs`.

Beliefs: an evidence counts its certainty (asserted .85, probable .65, possible .35, hypothesised .15) times .9.
"""

from __future__ import annotations

import pytest

from litkg.queries import CannedQuery, bind, load_queries, run_query
from litkg.stores.base import GraphStore
from tests.graphs import ANAKINRA, ASSERTIONS, DEPRESSION, DIRA, IDO1, IL1B, IL1RN, IL6, METHOTREXATE, QUINTAMAB, SEROTONIN, extractions

ID = {name: assertion.id for name, assertion in ASSERTIONS.items()}
POSSIBLE, HYPOTHESISED, ASSERTED = 0.36, 0.18, 0.9
IDO_BELIEF = 0.9675  # 1 - .325 x .1
IL1B_BELIEF = 0.99  # 1 - .1 x .1
IL6_BELIEF = 0.09675  # (1 - .325 x .1) x .1
DEPRESSION_BELIEF = 0.936  # 1 - .1 x .64
ADVERSE_BELIEF = 0.219375  # .675 x .325
DIRA_BELIEF = 0.738  # .9 x .82

Expected = list[tuple[object, ...]]

CASES: dict[str, tuple[str, dict[str, str], tuple[str, ...], Expected]] = {
    "neighbours of IL6": (
        "neighbours",
        {"concept": IL6.id},
        ("category", "neighbour", "role", "predicate", "sign", "belief", "assertion_id"),
        [
            ("Disease", "depressive disorder", "subject", "associated_with", 0, DEPRESSION_BELIEF, ID["il6_with_depression"]),
            ("Drug", "quintamab", "object", "decreases", -1, HYPOTHESISED, ID["quintamab_lowers_il6"]),
            ("Gene", "IL1B", "object", "increases", 1, IL6_BELIEF, ID["il1b_raises_il6"]),
        ],
    ),
    "neighbours that are cytokines, a category beside the main one": (
        "neighbours",
        {"concept": IL6.id, "category": "Cytokine"},
        ("neighbour",),
        [("IL1B",)],
    ),
    "adverse events of anakinra": (
        "adverse-events",
        {"drug": ANAKINRA.id},
        ("event_id", "belief", "certainty", "negated", "n_support", "n_refute", "dechallenge", "rechallenge", "temporal_order"),
        [(DEPRESSION.id, ADVERSE_BELIEF, "probable", False, 1, 1, 1, 0, 1)],
    ),
    "a refuted adverse event is shown, and no other drug's case report with it": (
        "adverse-events",
        {"drug": METHOTREXATE.id},
        ("event_id", "belief", "certainty", "negated", "n_support", "n_refute", "dechallenge", "case_reports"),
        [(DEPRESSION.id, 0.0, "asserted", True, 0, 1, 0, [])],
    ),
    "case reports": (
        "case-reports",
        {"drug": ANAKINRA.id},
        (
            "drug",
            "event",
            "temporal_order",
            "dechallenge",
            "rechallenge",
            "alternative_cause_ruled_out",
            "dose",
            "time_to_onset",
            "outcome",
            "document_id",
            "year",
        ),
        [("anakinra", "depressive disorder", "yes", "yes", "unknown", "yes", "100 mg", "10 days", "recovered", "PMID:101", 2006)],
    ),
    "case reports of another drug": ("case-reports", {"drug": METHOTREXATE.id}, ("drug",), []),
    "drugs for DIRA, with what speaks against": (
        "drugs-for-disease",
        {"disease": DIRA.id},
        ("drug", "predicate", "belief", "n_support", "n_refute", "first_year", "last_year", "refuted_by", "opposed_by"),
        [
            (
                "anakinra",
                "treats",
                DIRA_BELIEF,
                1,
                1,
                2010,
                2020,
                [{"text": "It could be that anakinra does nothing for DIRA.", "certainty": "hypothesised", "document_id": "PMID:104"}],
                [],
            )
        ],
    ),
    "what IL1RN raises, then lowers": (
        "cytokine-effects",
        {"cytokine": IL1RN.id},
        ("effect", "object", "predicate", "aspect", "subject_aspect", "belief"),
        [
            ("raises", "IDO1", "increases", "activity", None, POSSIBLE),
            ("lowers", "IL1B", "decreases", "activity", None, IL1B_BELIEF),
            ("lowers", "deficiency of IL-1 receptor antagonist", "causes", None, "loss_of_function", ASSERTED),
            ("lowers", "serotonin", "decreases", None, None, POSSIBLE),
        ],
    ),
    "regulators of IL6, associations left out": (
        "regulators",
        {"concept": IL6.id},
        ("effect", "regulator_id", "aspect", "belief"),
        [("raises", IL1B.id, "secretion", IL6_BELIEF), ("lowers", QUINTAMAB.id, "expression", HYPOTHESISED)],
    ),
    "shared neighbours": (
        "shared-neighbours",
        {"first": IL1RN.id, "second": DEPRESSION.id},
        ("neighbour", "score", "first_claims", "second_claims"),
        [
            (
                "serotonin",
                POSSIBLE,
                [{"assertion_id": ID["il1rn_lowers_serotonin"], "predicate": "decreases", "sign": -1, "belief": POSSIBLE}],
                [{"assertion_id": ID["low_serotonin_causes_depression"], "predicate": "causes", "sign": -1, "belief": POSSIBLE}],
            ),
            (
                "anakinra",
                ADVERSE_BELIEF,
                [{"assertion_id": ID["anakinra_form_of_il1rn"], "predicate": "form_of", "sign": 0, "belief": ASSERTED}],
                [{"assertion_id": ID["anakinra_adverse_depression"], "predicate": "has_adverse_event", "sign": 1, "belief": ADVERSE_BELIEF}],
            ),
        ],
    ),
    "contradictions: none opposite here, the most evidence first": (
        "contradictions",
        {},
        ("kind", "assertion_id", "n_for", "n_against", "opposite_id"),
        [
            ("refuted", ID["il1b_raises_il6"], 2, 1, None),
            ("refuted", ID["anakinra_treats_dira"], 1, 1, None),
            ("refuted", ID["anakinra_adverse_depression"], 1, 1, None),
        ],
    ),
    "evidence, supporting and surest first": (
        "evidence",
        {"assertion": ID["il1b_raises_il6"]},
        ("stance", "text", "certainty", "confidence", "document_id", "year", "section", "start", "end", "subject_text", "object_text"),
        [
            ("supports", "IL-1β makes cells release IL-6.", "asserted", 0.9, "PMID:102", 2010, "body", 120, 151, "IL-1β", "IL-6"),
            ("supports", "IL-1β probably makes glia release IL-6.", "probable", 0.9, "PMID:104", 2020, "body", 0, 39, "IL-1β", "IL-6"),
            ("refutes", "In these cells IL-1β did not release any IL-6.", "asserted", 0.9, "PMID:103", 2015, "body", 28, 74, "IL-1β", "IL-6"),
        ],
    ),
    "best evidence of two claims, on both sides": (
        "evidence-of-claims",
        {"assertions": f"{ID['il1b_raises_il6']},{ID['il1rn_lowers_serotonin']}", "per_claim": "1"},
        ("assertion_id", "stance", "document_id"),
        [
            (ID["il1rn_lowers_serotonin"], "supports", "PMID:101"),
            (ID["il1b_raises_il6"], "supports", "PMID:102"),
            (ID["il1b_raises_il6"], "refutes", "PMID:103"),
        ],
    ),
    "a claim": (
        "claim",
        {"id": ID["no_il1rn_causes_dira"]},
        ("subject", "predicate", "aspect", "subject_aspect", "object_id", "sign", "belief", "n_support", "n_refute", "n_hedged", "negated", "first_year"),
        [("IL1RN", "causes", None, "loss_of_function", DIRA.id, -1, ASSERTED, 1, 0, 0, False, 2010)],
    ),
    "evidence by words, the shortest first": (
        "search-text",
        {"words": "RELEASE IL-6"},
        ("text", "stance", "subject", "predicate", "object", "document_id", "start", "end"),
        [
            ("IL-1β makes cells release IL-6.", "supports", "IL1B", "increases", "IL6", "PMID:102", 120, 151),
            ("IL-1β probably makes glia release IL-6.", "supports", "IL1B", "increases", "IL6", "PMID:104", 0, 39),
            ("In these cells IL-1β did not release any IL-6.", "refutes", "IL1B", "increases", "IL6", "PMID:103", 28, 74),
        ],
    ),
    "concepts by the words of any name": (
        "search-concepts",
        {"words": "receptor antagonist"},
        ("concept_id", "name", "matched", "category", "grounded", "claims", "documents"),
        [
            (IL1RN.id, "IL1RN", "IL-1 receptor antagonist", "Gene", True, 5, 3),
            (DIRA.id, "deficiency of IL-1 receptor antagonist", "deficiency of IL-1 receptor antagonist", "Disease", True, 2, 2),
        ],
    ),
    "most supported claims": (
        "most-supported",
        {"limit": "4"},
        ("assertion_id", "n_support", "belief"),
        [
            (ID["il1rn_lowers_il1b"], 2, IL1B_BELIEF),
            (ID["ido_lowers_serotonin"], 2, IDO_BELIEF),
            (ID["il6_with_depression"], 2, DEPRESSION_BELIEF),
            (ID["il1b_raises_il6"], 2, IL6_BELIEF),
        ],
    ),
    "newest claims": (
        "newest-assertions",
        {"limit": "3"},
        ("assertion_id", "first_year"),
        [(ID["quintamab_lowers_il6"], 2020), (ID["il6_with_depression"], 2015), (ID["il1rn_lowers_il1b"], 2010)],
    ),
    "newest claims of one predicate": (
        "newest-assertions",
        {"predicate": "causes"},
        ("assertion_id",),
        [(ID["no_il1rn_causes_dira"],), (ID["low_serotonin_causes_depression"],)],
    ),
    "documents that mention IL6": (
        "documents-mentioning",
        {"concept": IL6.id},
        ("document_id", "document_title", "year", "mentions", "claims"),
        [
            ("PMID:104", "Plans for an antibody", 2020, 3, 3),
            ("PMID:103", "No release in these cells", 2015, 2, 2),
            ("PMID:102", "A blocked signal: a review", 2010, 1, 1),
        ],
    ),
    "ungrounded names": (
        "ungrounded-mentions",
        {},
        ("concept_id", "name", "category", "mentions", "documents"),
        [(QUINTAMAB.id, "quintamab", "Drug", 1, 1)],
    ),
    "open discovery from IL1RN: serotonin is claimed already, depression and IL6 are not": (
        "open-discovery",
        {"start": IL1RN.id},
        ("target_id", "score", "best", "n_via", "net_sign", "shared_documents"),
        [(DEPRESSION.id, POSSIBLE, POSSIBLE, 1, 1, 2), (IL6.id, IL6_BELIEF, IL6_BELIEF, 1, -1, 2)],
    ),
    "a concept": (
        "concept",
        {"concept": IL1RN.id},
        ("name", "categories", "synonyms", "xrefs", "grounded", "documents", "mentions", "as_subject", "as_object", "case_reports"),
        [("IL1RN", ["Gene", "Cytokine"], ["IL-1 receptor antagonist", "IL-1ra"], ["NCBIGene:3557"], True, 3, 6, 4, 1, 0)],
    ),
    "names of concepts": (
        "concept-names",
        {"ids": f"{SEROTONIN.id},{IDO1.id}"},
        ("id", "name", "synonyms"),
        [(SEROTONIN.id, "serotonin", ["5-HT"]), (IDO1.id, "IDO1", ["IDO", "indoleamine 2,3-dioxygenase"])],
    ),
    "statistics": (
        "statistics",
        {},
        ("kind", "name", "count"),
        [
            ("document", "all", 4),
            ("concept", "all", 10),
            ("concept", "Gene", 4),
            ("concept", "Drug", 3),
            ("concept", "Disease", 2),
            ("concept", "Chemical", 1),
            ("claim", "all", 13),
            ("claim", "decreases", 4),
            ("claim", "causes", 2),
            ("claim", "has_adverse_event", 2),
            ("claim", "increases", 2),
            ("claim", "associated_with", 1),
            ("claim", "form_of", 1),
            ("claim", "treats", 1),
            ("evidence", "all", 20),
            ("evidence", "supports, asserted", 8),
            ("evidence", "supports, possible", 4),
            ("evidence", "supports, probable", 3),
            ("evidence", "refutes, asserted", 2),
            ("evidence", "refutes, hypothesised", 1),
            ("evidence", "refutes, probable", 1),
            ("evidence", "supports, hypothesised", 1),
            ("case report", "all", 1),
            ("mention", "all", sum(len(extraction.groundings) for extraction in extractions())),
        ],
    ),
    "steps out of two concepts, one direction of each kind": (
        "steps-from",
        {"concepts": f"{IL1RN.id},{SEROTONIN.id}", "breadth": "2"},
        ("concept_id", "other_id", "assertion_id", "sign", "belief", "backward"),
        [
            (SEROTONIN.id, DEPRESSION.id, ID["low_serotonin_causes_depression"], -1, POSSIBLE, False),
            (IL1RN.id, IL1B.id, ID["il1rn_lowers_il1b"], -1, IL1B_BELIEF, False),
            (IL1RN.id, DIRA.id, ID["no_il1rn_causes_dira"], -1, ASSERTED, False),
            (IL1RN.id, ANAKINRA.id, ID["anakinra_form_of_il1rn"], 1, ASSERTED, True),
        ],
    ),
    "steps into a concept": (
        "steps-to",
        {"concepts": DEPRESSION.id, "causal_only": "false"},
        ("concept_id", "other_id", "assertion_id", "sign", "belief", "backward"),
        [
            (DEPRESSION.id, IL6.id, ID["il6_with_depression"], 0, DEPRESSION_BELIEF, False),
            (DEPRESSION.id, SEROTONIN.id, ID["low_serotonin_causes_depression"], -1, POSSIBLE, False),
            (DEPRESSION.id, ANAKINRA.id, ID["anakinra_adverse_depression"], 1, ADVERSE_BELIEF, False),
        ],
    ),
    "claims by their ids": (
        "claims",
        {"assertions": f"{ID['il6_with_depression']},as:0"},
        ("assertion_id", "subject", "predicate", "object_id", "sign", "belief", "negated"),
        [(ID["il6_with_depression"], "IL6", "associated_with", DEPRESSION.id, 0, DEPRESSION_BELIEF, False)],
    ),
    "claims from one concept to another": (
        "claims-between",
        {"subject": METHOTREXATE.id, "object": DEPRESSION.id},
        ("sign", "belief", "negated", "predicate"),
        [(1, 0.0, True, "HAS_ADVERSE_EVENT")],
    ),
    "mechanism paths": (
        "mechanism-paths",
        {"start": IL1RN.id, "end": DEPRESSION.id},
        ("path", "net_sign", "weakest_belief", "hops"),
        [
            ("IL1RN -decreases-> serotonin -causes (decreased)-> depressive disorder", 1, POSSIBLE, 2),
            ("IL1RN -increases activity-> IDO1 -decreases abundance-> serotonin -causes (decreased)-> depressive disorder", 1, POSSIBLE, 3),
            ("IL1RN <-form_of- anakinra -has_adverse_event-> depressive disorder", 1, ADVERSE_BELIEF, 2),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_rows_are_those_worked_out_by_hand(case: str, little_store: GraphStore) -> None:
    name, values, columns, expected = CASES[case]
    query = load_queries()[name]
    assert set(columns) <= {column.name for column in query.columns}
    rows = list(run_query(little_store, query, bind(query, values)))
    assert [tuple(row[column] for column in columns) for row in rows] == expected


def test_every_query_has_rows_here() -> None:
    elsewhere = {"family", "runs"}  # test_family.py and tests/stores/test_runs.py: the little graph has no families and no records of runs
    assert {name for name, _, _, expected in CASES.values() if expected} | elsewhere == load_queries().keys()


@pytest.mark.parametrize("case", [case for case in CASES if CASES[case][3]])
def test_columns_are_those_of_the_header_and_hold_plain_values(case: str, little_store: GraphStore) -> None:
    name, values, _, _ = CASES[case]
    query = load_queries()[name]
    for row in run_query(little_store, query, bind(query, values)):
        assert list(row) == [column.name for column in query.columns]
        assert not any(_is_node(value) for value in row.values())


def test_case_report_criteria_come_with_the_words_that_give_them(little_store: GraphStore) -> None:
    query: CannedQuery = load_queries()["adverse-events"]
    (row,) = run_query(little_store, query, bind(query, {"drug": ANAKINRA.id}))
    reports = row["case_reports"]
    assert isinstance(reports, list)
    assert reports[0]["dechallenge"] == "yes"
    assert reports[0]["dechallenge_text"] == "the mood cleared when the injections ended"
    assert reports[0]["dose_value"] == "100 mg"
    assert reports[0]["rechallenge"] == "unknown"
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    assert [(quote["document_id"], quote["negated"]) for quote in quotes] == [("PMID:101", False), ("PMID:103", True)]


def test_a_claim_is_found_by_its_evidence_too(little_store: GraphStore) -> None:
    query = load_queries()["claim"]
    evidence = extractions()[1].evidence[0]
    (row,) = run_query(little_store, query, bind(query, {"id": evidence.id}))
    assert row["assertion_id"] == evidence.assertion_id


def _is_node(value: object) -> bool:
    return isinstance(value, dict) and value.keys() in ({"labels", "properties"}, {"type", "properties"})
