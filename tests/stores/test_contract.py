"""What every store does, on the embedded one and on a real Neo4j alike."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litkg.belief import Observation, summarise
from litkg.errors import StoreError
from litkg.model import Category, Certainty, Concept, Evidence, Extraction
from litkg.queries import bind, load_queries, run_query
from litkg.stores import open_store
from litkg.stores.base import Counts, GraphStore
from litkg.stores.server import Server
from tests.graphs import ANAKINRA, ASSERTIONS, DEPRESSION, IL6, QUINTAMAB, extractions
from tests.neo4j_server import clear
from tests.stores import generated


def one(store: GraphStore, query: str, **params: object) -> dict[str, object]:
    rows = list(store.run(query, params))
    assert len(rows) == 1, rows
    return rows[0]


def test_upsert_counts_what_it_was_handed(store: GraphStore) -> None:
    assert store.upsert(extractions()) == Counts(documents=4, concepts=24, mentions=40, assertions=20, evidence=20, case_reports=1)


def test_shared_things_are_nodes_once(store: GraphStore) -> None:
    store.upsert(extractions())
    rows = store.run("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n ORDER BY label")
    assert {str(row["label"]): row["n"] for row in rows} == {
        "AdverseEvent": 1,
        "Assertion": 13,
        "CaseReport": 1,
        "Chemical": 1,
        "Concept": 10,
        "Cytokine": 3,
        "Disease": 2,
        "Document": 4,
        "Drug": 3,
        "Evidence": 20,
        "Gene": 4,
        "Graph": 1,
    }


def test_document_keeps_its_properties(store: GraphStore) -> None:
    store.upsert(extractions())
    assert one(store, "MATCH (d:Document {id: 'PMID:101'}) RETURN d.title AS title, d.year AS year, d.retracted AS retracted") == {
        "title": "Low mood under an injection: a letter",
        "year": 2006,
        "retracted": False,
    }


def test_concept_carries_its_categories_as_labels_and_property(store: GraphStore) -> None:
    store.upsert(extractions())
    row = one(
        store, "MATCH (c:Cytokine {id: $id}) RETURN c.name AS name, c.category AS category, c.categories AS categories, c.grounded AS grounded", id=IL6.id
    )
    assert row == {"name": "IL6", "category": "Gene", "categories": ["Gene", "Cytokine"], "grounded": True}


def test_ungrounded_concept_is_marked(store: GraphStore) -> None:
    store.upsert(extractions())
    rows = list(store.run("MATCH (c:Concept) WHERE NOT c.grounded RETURN c.id AS id"))
    assert rows == [{"id": QUINTAMAB.id}]


def test_assertion_sums_up_support_and_refutation(store: GraphStore) -> None:
    store.upsert(extractions())
    row = one(
        store,
        "MATCH (a:Assertion {id: $id}) "
        "RETURN a.n_support AS s, a.n_refute AS r, a.n_hedged AS h, a.first_year AS first, a.last_year AS last, a.belief AS belief",
        id=ASSERTIONS["il1b_raises_il6"].id,
    )
    belief = (1 - (1 - 0.9) * (1 - 0.75 * 0.9)) * (1 - 0.9)
    assert row == {"s": 2, "r": 1, "h": 1, "first": 2010, "last": 2020, "belief": pytest.approx(belief, abs=1e-6)}


def test_refuting_evidence_is_kept_as_evidence(store: GraphStore) -> None:
    store.upsert(extractions())
    rows = list(store.run("MATCH (e:Evidence)-[:REFUTES]->(a:Assertion) RETURN a.id AS id ORDER BY id"))
    names = ("anakinra_adverse_depression", "anakinra_treats_dira", "il1b_raises_il6", "methotrexate_adverse_depression")
    assert [row["id"] for row in rows] == sorted(ASSERTIONS[name].id for name in names)


def test_only_refuted_assertion_has_a_negated_edge(store: GraphStore) -> None:
    store.upsert(extractions())
    rows = list(
        store.run("MATCH (s:Concept)-[r:HAS_ADVERSE_EVENT]->(o:Concept) RETURN s.name AS name, r.negated AS negated, r.certainty AS certainty ORDER BY name")
    )
    assert rows == [
        {"name": "anakinra", "negated": False, "certainty": "probable"},
        {"name": "methotrexate", "negated": True, "certainty": "asserted"},
    ]


def test_loss_of_function_flips_the_sign(store: GraphStore) -> None:
    store.upsert(extractions())
    row = one(
        store, "MATCH (a:Assertion {id: $id}) RETURN a.sign AS sign, a.subject_aspect AS aspect, a.causal AS causal", id=ASSERTIONS["no_il1rn_causes_dira"].id
    )
    assert row == {"sign": -1, "aspect": "loss_of_function", "causal": True}


def test_evidence_leads_back_to_its_characters(store: GraphStore) -> None:
    first = extractions()[0]
    store.upsert([first])
    rows = list(store.run("MATCH (e:Evidence)-[:FROM]->(d:Document) RETURN e.text AS text, e.start AS start, e.`end` AS stop ORDER BY start"))
    spans = sorted(((item.text, item.start, item.end) for item in first.evidence), key=lambda span: span[1])
    assert [(row["text"], row["start"], row["stop"]) for row in rows] == spans
    assert all(first.document.text[start:stop] == text for text, start, stop in spans)


def test_case_report_keeps_answers_with_their_spans(store: GraphStore) -> None:
    store.upsert(extractions())
    row = one(
        store,
        "MATCH (drug:Concept)<-[:REPORTS_DRUG]-(r:CaseReport)-[:REPORTS_EVENT]->(event:Concept) "
        "RETURN drug.id AS drug, event.id AS event, r.dechallenge AS dechallenge, r.rechallenge AS rechallenge, r.dose_value AS dose, "
        "r.rechallenge_start AS none",
    )
    assert row == {"drug": ANAKINRA.id, "event": DEPRESSION.id, "dechallenge": "yes", "rechallenge": "unknown", "dose": "100 mg", "none": None}


def test_case_report_keeps_other_causes_and_naranjo_items(store: GraphStore) -> None:
    store.upsert(extractions())
    row = one(
        store,
        "MATCH (r:CaseReport) RETURN r.alternative_causes AS causes, r.alternative_causes_ruled_out AS ruled_out, r.naranjo_2 AS second, "
        "r.naranjo_2_points AS points, r.naranjo_4_start AS none, r.naranjo_lowest AS lowest, r.naranjo_highest AS highest",
    )
    assert row == {"causes": ["methotrexate"], "ruled_out": ["yes"], "second": "yes", "points": 2, "none": None, "lowest": 0, "highest": 13}


def test_adverse_events_show_a_case_report_that_no_claim_goes_with(store: GraphStore) -> None:
    first = extractions()[0]
    store.upsert([replace(first, assertions=(), evidence=())])
    query = load_queries()["adverse-events"]
    (row,) = run_query(store, query, bind(query, {"drug": ANAKINRA.id}))
    assert (row["event_id"], row["belief"], row["n_support"], row["assertion_id"], row["quotes"]) == (DEPRESSION.id, 0.0, 0, None, [])
    assert (row["outcomes"], row["naranjo"], row["other_causes"]) == (["recovered"], ["0 to 13"], [])


def test_two_documents_that_say_the_same_leave_two_evidences(store: GraphStore) -> None:
    store.upsert(extractions())
    rows = list(store.run("MATCH (a:Assertion {id: $id})<-[:SUPPORTS]-(e:Evidence) RETURN e.id AS id", {"id": ASSERTIONS["il1rn_lowers_il1b"].id}))
    assert len(rows) == 2


def test_loading_again_changes_nothing(store: GraphStore) -> None:
    store.upsert(extractions())
    before = store.checksum()
    for extraction in reversed(extractions()):
        store.upsert([extraction])
    assert store.checksum() == before


def test_batches_do_not_show(store: GraphStore, tmp_path: Path) -> None:
    store.upsert(extractions())
    with open_store(tmp_path / "other") as other:
        for extraction in reversed(extractions()):
            other.upsert([extraction])
        assert other.checksum() == store.checksum()


def test_replacing_a_document_leaves_nothing_of_what_it_said(store: GraphStore, tmp_path: Path) -> None:
    first, second, *_ = extractions()
    changed = replace(second, document=replace(first.document, title="Changed"), evidence=_moved(second, first.document.id))
    store.upsert([first])
    store.upsert([changed])
    with open_store(tmp_path / "other") as other:
        other.upsert([changed])
        assert other.checksum() == store.checksum()


def test_removing_and_adding_again_gives_the_same_graph(store: GraphStore) -> None:
    store.upsert(extractions())
    before = store.checksum()
    assert store.remove("PMID:102")
    assert store.checksum() != before
    store.upsert([extractions()[1]])
    assert store.checksum() == before


def test_removing_all_leaves_nothing(store: GraphStore) -> None:
    store.upsert(extractions())
    for extraction in extractions():
        assert store.remove(extraction.document.id)
    assert list(store.nodes()) == []
    assert list(store.relationships()) == []


def test_families_go_with_their_last_member(store: GraphStore) -> None:
    """A family is there as long as some concept is in it, whichever of its papers goes first."""

    def in_family(extraction: Extraction, *families: str) -> Extraction:
        return replace(extraction, concepts=tuple(replace(item, families=families if item.id == IL6.id else ()) for item in extraction.concepts))

    with_il6 = [item for item in extractions() if any(concept.id == IL6.id for concept in item.concepts)]
    families = "MATCH (c:Concept)-[:IN_FAMILY]->(f:Family) RETURN c.id AS member, f.id AS family ORDER BY family"
    store.upsert([in_family(item, "FPLX:A", "FPLX:B") for item in with_il6])
    assert [(row["member"], row["family"]) for row in store.run(families, {})] == [(IL6.id, "FPLX:A"), (IL6.id, "FPLX:B")]
    store.upsert([in_family(item, "FPLX:B") for item in with_il6])
    assert [row["id"] for row in store.run("MATCH (f:Family) RETURN f.id AS id", {})] == ["FPLX:B"]
    for item in with_il6:
        store.remove(item.document.id)
    assert list(store.run("MATCH (f:Family) RETURN f.id AS id", {})) == []


def test_removing_an_unknown_document_says_so(store: GraphStore) -> None:
    store.upsert(extractions()[:1])
    before = store.checksum()
    assert store.remove("PMID:999") is False
    assert store.checksum() == before


def test_a_role_given_by_one_document_goes_with_it(store: GraphStore) -> None:
    documents = extractions()
    plain = _with_concept(documents[2], replace(DEPRESSION, categories=(Category.DISEASE,)))
    store.upsert([documents[0], plain])
    query = "MATCH (c:Concept {id: $id}) RETURN c.categories AS categories"
    assert one(store, query, id=DEPRESSION.id) == {"categories": ["Disease", "AdverseEvent"]}
    store.remove(documents[0].document.id)
    assert one(store, query, id=DEPRESSION.id) == {"categories": ["Disease"]}
    assert list(store.run("MATCH (c:AdverseEvent) RETURN c.id AS id")) == []


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Concept {id: 'x'})",
        "MATCH (n:Document) SET n.title = 'x'",
        "MATCH (n:Document) DETACH DELETE n",
        "MERGE (n:Concept {id: 'x'}) RETURN n.id AS id",
        "CREATE INDEX some_index IF NOT EXISTS FOR (n:Document) ON (n.journal)",
        "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
        "lOaD /* '*/ csv FROM 'file:///etc/hostname' AS line RETURN line",
    ],
)
def test_run_refuses_to_write_or_to_read_files(store: GraphStore, query: str) -> None:
    store.upsert(extractions()[:1])
    before = store.checksum()
    with pytest.raises(StoreError):
        store.run(query)
    assert store.checksum() == before


def test_run_says_what_is_wrong_with_a_query(store: GraphStore) -> None:
    with pytest.raises(StoreError, match="query refused"):
        store.run("MATCH (n RETURN n")


def test_run_asks_for_a_missing_parameter(store: GraphStore) -> None:
    with pytest.raises(StoreError, match=r"[Pp]arameter"):
        store.run("RETURN $absent AS x")


def test_run_stops_at_its_time_limit(store: GraphStore) -> None:
    store.upsert(extractions())
    started = time.monotonic()
    with pytest.raises(StoreError, match="took longer than"):
        store.run("MATCH (a), (b), (c), (d), (e), (f) WHERE a.id + b.id + c.id + d.id + e.id = f.id RETURN count(*) AS n", timeout_s=0.5)
    assert time.monotonic() - started < 20


def test_run_gives_nodes_and_relationships_as_plain_values(store: GraphStore) -> None:
    store.upsert(extractions())
    row = one(store, "MATCH (d:Document {id: 'PMID:104'})-[m:MENTIONS]->(c:Concept {id: $id}) RETURN d, m, c", id=QUINTAMAB.id)
    assert row["m"] == {"type": "MENTIONS", "properties": {"count": 1}}
    assert row["c"] == {
        "labels": ["Concept", "Drug"],
        "properties": {
            "id": QUINTAMAB.id,
            "name": "quintamab",
            "category": "Drug",
            "categories": ["Drug"],
            "synonyms": [],
            "xrefs": [],
            "grounded": False,
            "n_documents": 1,
        },
    }


def test_documents_before_an_interrupt_are_saved_whole(store: GraphStore, tmp_path: Path) -> None:
    saved: list[str] = []

    def interrupted() -> Iterator[Extraction]:
        yield from extractions()[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.upsert(interrupted(), on_saved=saved.extend)
    assert saved == ["PMID:101", "PMID:102"]
    with open_store(tmp_path / "other") as other:
        other.upsert(extractions()[:2])
        assert other.checksum() == store.checksum()


def test_a_batch_that_fails_in_the_middle_leaves_nothing(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.upsert(extractions()[:2])
    before = store.checksum()
    with monkeypatch.context() as patch:
        patch.setattr("litkg.stores.loading._put_evidence", _fail)
        with pytest.raises(ZeroDivisionError):
            store.upsert(extractions()[2:])
    assert store.checksum() == before
    store.upsert(extractions()[2:])
    assert store.checksum() != before


def test_an_extraction_that_contradicts_itself_is_refused_before_it_is_loaded(store: GraphStore) -> None:
    first, second, *_ = extractions()
    with pytest.raises(StoreError, match="PMID:102: assertions without evidence"):
        store.upsert([first, replace(second, evidence=())])
    assert list(store.run("MATCH (d:Document) RETURN d.id AS id")) == [{"id": "PMID:101"}]


def test_networkx_has_one_signed_edge_an_assertion(store: GraphStore) -> None:
    store.upsert(extractions())
    graph = store.to_networkx()
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (10, 13)
    assertion = ASSERTIONS["ido_lowers_serotonin"]
    edge = graph.edges[assertion.subject, assertion.object, assertion.id]
    assert (edge["predicate"], edge["sign"], edge["n_support"], edge["certainty"]) == ("decreases", -1, 2, "asserted")
    assert graph.nodes[assertion.object]["name"] == "serotonin"


def test_applying_the_schema_twice_does_nothing(store: GraphStore) -> None:
    store.apply_schema()
    store.upsert(extractions())
    before = store.checksum()
    store.apply_schema()
    assert store.checksum() == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents=generated.collections, data=st.data())
def test_embedded_graph_is_a_function_of_its_documents(
    tmp_path_factory: pytest.TempPathFactory, documents: tuple[Extraction, ...], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("graphs")
    with open_store(folder / "one") as one_batch, open_store(folder / "other") as other:
        one_batch.upsert(documents)
        load_somehow(other, documents, data)
        assert other.checksum() == one_batch.checksum()
        assert_summaries_hold(other, documents)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents=generated.collections, data=st.data())
def test_neo4j_graph_is_the_embedded_graph(
    tmp_path_factory: pytest.TempPathFactory, neo4j_server: Server, neo4j_store: GraphStore, documents: tuple[Extraction, ...], data: st.DataObject
) -> None:
    clear(neo4j_server)
    load_somehow(neo4j_store, documents, data)
    with open_store(tmp_path_factory.mktemp("graphs") / "graph") as embedded:
        embedded.upsert(documents)
        assert neo4j_store.checksum() == embedded.checksum()


def load_somehow(store: GraphStore, documents: Sequence[Extraction], data: st.DataObject) -> None:
    """Load documents in a drawn order and batching, some twice, some after another reading of them, some removed in between."""
    for extraction in documents:
        if data.draw(st.booleans(), label="other reading first"):
            store.upsert([data.draw(generated.extractions(extraction.document.id))])
    order = data.draw(st.permutations([*documents, *data.draw(st.lists(st.sampled_from(documents), max_size=2) if documents else st.just([]))]))
    while order:
        size = data.draw(st.integers(1, len(order)), label="batch")
        batch, order = order[:size], order[size:]
        store.upsert(batch)
        if data.draw(st.booleans(), label="remove and add again"):
            store.remove(batch[0].document.id)
            store.upsert([batch[0]])


def assert_summaries_hold(store: GraphStore, documents: Sequence[Extraction]) -> None:
    surest: dict[str, tuple[Extraction, Evidence]] = {}
    for extraction in documents:
        for item in extraction.evidence:
            if item.id not in surest or surest[item.id][1].confidence < item.confidence:
                surest[item.id] = (extraction, item)
    observations: dict[str, list[Observation]] = {}
    for extraction, item in surest.values():
        observation = Observation(
            evidence_id=item.id,
            document_id=item.document_id,
            year=extraction.document.year,
            negated=item.negated,
            certainty=Certainty(item.certainty),
            probability=item.confidence,  # "drawn" is no reader that litkg has measured
        )
        observations.setdefault(item.assertion_id, []).append(observation)
    rows = list(store.run("MATCH (a:Assertion) RETURN a.id AS id, a.belief AS belief, a.n_support AS n_support, a.first_year AS first_year ORDER BY id"))
    expected = [(key, summarise(observations[key])) for key in sorted(observations)]
    assert rows == [{"id": key, "belief": item.belief, "n_support": item.n_support, "first_year": item.first_year} for key, item in expected]


def _moved(extraction: Extraction, document_id: str) -> tuple[Evidence, ...]:
    return tuple(replace(item, document_id=document_id, id=item.id + "x") for item in extraction.evidence)


def _with_concept(extraction: Extraction, concept: Concept) -> Extraction:
    return replace(extraction, concepts=tuple(concept if item.id == concept.id else item for item in extraction.concepts))


def _fail(*arguments: object) -> None:
    raise ZeroDivisionError
