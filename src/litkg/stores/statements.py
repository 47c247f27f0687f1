"""The Cypher that changes a graph and dumps it, the same text for every store.

Owns fixed statements; values reach them only as parameters, and labels and relationship types only from the schema. Refuses to run anything.
"""

from __future__ import annotations

from functools import cache

from litkg.stores.schema import NodeType, load_schema

# Setting a property to itself takes the write lock of the node until the transaction ends, so that two loads that share a node count one after the other.
PUT_DOCUMENTS = """
UNWIND $rows AS row
MERGE (d:Document {id: row.id})
SET d.title = row.title, d.year = row.year, d.journal = row.journal, d.licence = row.licence, d.sha256 = row.sha256, d.retracted = row.retracted
"""
LOCK_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) SET d.sha256 = d.sha256"
LOCK_CONCEPTS = "UNWIND $ids AS id MATCH (c:Concept {id: id}) SET c.name = c.name"
LOCK_ASSERTIONS = "UNWIND $ids AS id MATCH (a:Assertion {id: id}) SET a.predicate = a.predicate"

DOCUMENTS_THERE = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.id AS id"
CONCEPTS_OF_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id})-[:MENTIONS]->(c:Concept) RETURN DISTINCT c.id AS id"
ASSERTIONS_OF_DOCUMENTS = """
UNWIND $ids AS id
MATCH (d:Document {id: id})<-[:FROM]-(e:Evidence)-[:SUPPORTS|REFUTES]->(a:Assertion)
RETURN DISTINCT a.id AS id
"""

DELETE_EVIDENCE = "UNWIND $ids AS id MATCH (d:Document {id: id})<-[:FROM]-(e:Evidence) DETACH DELETE e"
DELETE_CASE_REPORTS = "UNWIND $ids AS id MATCH (d:Document {id: id})<-[:FROM]-(r:CaseReport) DETACH DELETE r"
DELETE_MENTIONS = "UNWIND $ids AS id MATCH (d:Document {id: id})-[m:MENTIONS]->(c:Concept) DELETE m"
DELETE_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) DETACH DELETE d"
DELETE_CONCEPTS = "UNWIND $ids AS id MATCH (c:Concept {id: id}) DETACH DELETE c"
DELETE_ASSERTIONS = "UNWIND $ids AS id MATCH (a:Assertion {id: id}) DETACH DELETE a"

MERGE_CONCEPTS = "UNWIND $ids AS id MERGE (c:Concept {id: id})"
CONCEPT_RECORDS = """
UNWIND $ids AS id
MATCH (c:Concept {id: id})
RETURN c.id AS id, c.name AS name, c.categories AS categories, c.synonyms AS synonyms, c.xrefs AS xrefs, c.grounded AS grounded, c.families AS families
"""
CONCEPT_VARIANTS = """
UNWIND $ids AS id
MATCH (d:Document)-[m:MENTIONS]->(c:Concept {id: id})
RETURN c.id AS id, m.variant AS variant, count(*) AS documents
"""
MENTIONS_OF_CONCEPTS = "UNWIND $ids AS id MATCH (d:Document)-[m:MENTIONS]->(c:Concept {id: id}) RETURN c.id AS concept, d.id AS document, m.variant AS variant"
SET_CONCEPTS = """
UNWIND $rows AS row
MATCH (c:Concept {id: row.id})
SET c.name = row.name, c.category = row.category, c.categories = row.categories, c.synonyms = row.synonyms, c.xrefs = row.xrefs, c.grounded = row.grounded,
    c.families = row.families
"""
FAMILIES_OF_CONCEPTS = "UNWIND $ids AS id MATCH (c:Concept {id: id})-[:IN_FAMILY]->(f:Family) RETURN DISTINCT f.id AS id"
UNLINK_FAMILIES = "UNWIND $ids AS id MATCH (c:Concept {id: id})-[r:IN_FAMILY]->(f:Family) DELETE r"
MERGE_FAMILIES = "UNWIND $ids AS id MERGE (f:Family {id: id})"
LOCK_FAMILIES = "UNWIND $ids AS id MATCH (f:Family {id: id}) SET f.id = f.id"
LINK_FAMILIES = "UNWIND $rows AS row MATCH (c:Concept {id: row.concept}) MATCH (f:Family {id: row.family}) CREATE (c)-[:IN_FAMILY]->(f)"
FAMILIES_WITH_MEMBERS = "UNWIND $ids AS id MATCH (c:Concept)-[:IN_FAMILY]->(f:Family {id: id}) RETURN DISTINCT f.id AS id"
DELETE_FAMILIES = "UNWIND $ids AS id MATCH (f:Family {id: id}) DETACH DELETE f"
SET_VARIANTS = "UNWIND $rows AS row MATCH (d:Document {id: row.document})-[m:MENTIONS]->(c:Concept {id: row.concept}) SET m.variant = row.variant"
CREATE_MENTIONS = """
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MATCH (c:Concept {id: row.concept})
CREATE (d)-[m:MENTIONS]->(c)
SET m.count = row.count, m.variant = row.variant
"""

ASSERTIONS_THERE = "UNWIND $ids AS id MATCH (a:Assertion {id: id}) RETURN a.id AS id"
MERGE_ASSERTIONS = """
UNWIND $rows AS row
MERGE (a:Assertion {id: row.id})
SET a.predicate = row.predicate, a.aspect = row.aspect, a.subject_aspect = row.subject_aspect, a.sign = row.sign, a.causal = row.causal
"""
LINK_ASSERTIONS = """
UNWIND $rows AS row
MATCH (a:Assertion {id: row.id})
MATCH (s:Concept {id: row.subject})
MATCH (o:Concept {id: row.object})
MERGE (a)-[:SUBJECT]->(s)
MERGE (a)-[:OBJECT]->(o)
"""
CREATE_EVIDENCE = """
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
CREATE (e:Evidence {id: row.id})-[:FROM]->(d)
SET e.text = row.text, e.section = row.section, e.start = row.start, e.`end` = row.`end`,
    e.subject_start = row.subject_start, e.subject_end = row.subject_end, e.object_start = row.object_start, e.object_end = row.object_end,
    e.negated = row.negated, e.certainty = row.certainty, e.confidence = row.confidence, e.extractor = row.extractor,
    e.probability = row.probability,
    e.knowledge = row.knowledge,
    e.negation_text = row.negation_text, e.negation_start = row.negation_start, e.negation_end = row.negation_end,
    e.negation_scope_start = row.negation_scope_start, e.negation_scope_end = row.negation_scope_end,
    e.doubt_text = row.doubt_text, e.doubt_start = row.doubt_start, e.doubt_end = row.doubt_end,
    e.doubt_scope_start = row.doubt_scope_start, e.doubt_scope_end = row.doubt_scope_end,
    e.comparator_start = row.comparator_start, e.comparator_end = row.comparator_end
"""
LINK_SUPPORTING = "UNWIND $rows AS row MATCH (e:Evidence {id: row.id}) MATCH (a:Assertion {id: row.assertion}) CREATE (e)-[:SUPPORTS]->(a)"
LINK_REFUTING = "UNWIND $rows AS row MATCH (e:Evidence {id: row.id}) MATCH (a:Assertion {id: row.assertion}) CREATE (e)-[:REFUTES]->(a)"
LINK_CASE_REPORTS = """
UNWIND $rows AS row
MATCH (r:CaseReport {id: row.id})
MATCH (d:Document {id: row.document_id})
MATCH (drug:Concept {id: row.drug})
MATCH (event:Concept {id: row.event})
CREATE (r)-[:FROM]->(d)
CREATE (r)-[:REPORTS_DRUG]->(drug)
CREATE (r)-[:REPORTS_EVENT]->(event)
"""
EVIDENCE_OF_ASSERTIONS = """
UNWIND $ids AS id
MATCH (a:Assertion {id: id})<-[:SUPPORTS|REFUTES]-(e:Evidence)-[:FROM]->(d:Document)
RETURN a.id AS id, e.id AS evidence, d.id AS document, d.year AS year, e.negated AS negated, e.certainty AS certainty,
       coalesce(e.probability, e.confidence) AS probability
"""
# Three patterns rather than one: the embedded store starts a long pattern at its first node, here the concept with its thousands of assertions.
ENDS_OF_ASSERTIONS = """
UNWIND $ids AS id
MATCH (a:Assertion {id: id})
MATCH (a)-[:SUBJECT]->(s:Concept)
MATCH (a)-[:OBJECT]->(o:Concept)
RETURN a.id AS id, a.predicate AS predicate, a.sign AS sign, s.id AS subject, o.id AS object
"""
SET_SUMMARIES = """
UNWIND $rows AS row
MATCH (a:Assertion {id: row.id})
SET a.belief = row.belief, a.n_support = row.n_support, a.n_refute = row.n_refute, a.n_hedged = row.n_hedged,
    a.first_year = row.first_year, a.last_year = row.last_year, a.negated = row.negated, a.certainty = row.certainty
"""

DUMP_RELATIONSHIPS = """
MATCH (a)-[r]->(b)
RETURN type(r) AS type, labels(a) AS start_labels, a.id AS start_id, labels(b) AS end_labels, b.id AS end_id, properties(r) AS properties
"""
DUMP_NODES = "MATCH (n) RETURN labels(n) AS labels, n.id AS id, properties(n) AS properties"
CONCEPT_NODES = """
MATCH (c:Concept)
RETURN c.id AS id, c.name AS name, c.category AS category, c.categories AS categories, c.grounded AS grounded
ORDER BY id
"""
ASSERTION_EDGES = """
MATCH (s:Concept)<-[:SUBJECT]-(a:Assertion)-[:OBJECT]->(o:Concept)
RETURN s.id AS subject, o.id AS object, a.id AS id, a.predicate AS predicate, a.aspect AS aspect, a.subject_aspect AS subject_aspect, a.sign AS sign,
       a.causal AS causal, a.belief AS belief, a.n_support AS n_support, a.n_refute AS n_refute, a.n_hedged AS n_hedged,
       a.first_year AS first_year, a.last_year AS last_year, a.negated AS negated, a.certainty AS certainty
ORDER BY id
"""


@cache
def put_case_reports() -> str:
    """Return the statement that makes case report nodes from `$rows` with all their properties."""
    names = [name for name in load_schema().nodes["CaseReport"].properties if name != "id"]
    return "UNWIND $rows AS row MERGE (r:CaseReport {id: row.id}) SET " + ", ".join(f"r.{name} = row.{name}" for name in names)


@cache
def add_label(label: str) -> str:
    """Return the statement that gives the concepts of `$ids` a category label."""
    return f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}) SET c:{_category(label)}"


@cache
def drop_label(label: str) -> str:
    """Return the statement that takes a category label from the concepts of `$ids`."""
    return f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}) REMOVE c:{_category(label)}"


@cache
def put_edges(relationship: str) -> str:
    """Return the statement that makes or updates the edges between concepts of one predicate from `$rows`."""
    return (
        "UNWIND $rows AS row MATCH (s:Concept {id: row.subject}) MATCH (o:Concept {id: row.object}) "
        f"MERGE (s)-[r:{_predicate(relationship)} {{assertion_id: row.id}}]->(o) "
        "SET r.sign = row.sign, r.belief = row.belief, r.negated = row.negated, r.certainty = row.certainty"
    )


@cache
def delete_edges(relationship: str) -> str:
    """Return the statement that deletes the edges between concepts of one predicate that stand for the assertions of `$rows`."""
    return (
        "UNWIND $rows AS row "
        f"MATCH (s:Concept {{id: row.subject}})-[r:{_predicate(relationship)} {{assertion_id: row.id}}]->(o:Concept {{id: row.object}}) DELETE r"
    )


def _category(label: str) -> str:
    concept: NodeType = load_schema().nodes["Concept"]
    if label not in concept.labels:
        raise KeyError(f"{label!r} is no category label of graph/schema.toml")
    return label


def _predicate(relationship: str) -> str:
    if load_schema().relationships[relationship].predicate is None:
        raise KeyError(f"{relationship!r} does not stand for a predicate")
    return relationship
