"""The Cypher that changes a graph and dumps it, the same text for every store.

Owns fixed statements; values reach them only as parameters, and labels and relationship types only from the schema. Refuses to run anything.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from litkg.stores.schema import NodeType, RelationshipType, load_schema

End = Literal["subject", "object"]
"""An end of an edge between concepts."""

# Setting a property takes the lock of the node until the transaction ends: loads come one after the other, and a second one reads what the first has written.
LOCK_GRAPH = "MATCH (g:Graph {id: 'litkg'}) SET g.writer = true REMOVE g.writer"

DOCUMENTS_THERE = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.id AS id"
MENTIONS_OF_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id})-[m:MENTIONS]->(c:Concept) RETURN c.id AS id, m.variant AS variant, count(*) AS documents"
ASSERTIONS_OF_DOCUMENTS = """
UNWIND $ids AS id
MATCH (d:Document {id: id})<-[:FROM]-(e:Evidence)-[:SUPPORTS|REFUTES]->(a:Assertion)
RETURN DISTINCT a.id AS id
"""

RUNS_OF_DOCUMENTS = """
UNWIND $ids AS id
MATCH (d:Document {id: id})-[:READ_IN]->(r:Run)
OPTIONAL MATCH (d)<-[:FROM]-(e:Evidence)
RETURN r.id AS id, count(DISTINCT d) AS documents, count(e) AS evidence
"""
RUN_COUNTS = "UNWIND $ids AS id MATCH (r:Run {id: id}) RETURN r.id AS id, r.n_documents AS n_documents, r.n_evidence AS n_evidence"
DELETE_RUNS = "UNWIND $ids AS id MATCH (r:Run {id: id}) DETACH DELETE r"

DELETE_EVIDENCE = "UNWIND $ids AS id MATCH (d:Document {id: id})<-[:FROM]-(e:Evidence) DETACH DELETE e"
DELETE_CASE_REPORTS = "UNWIND $ids AS id MATCH (d:Document {id: id})<-[:FROM]-(r:CaseReport) DETACH DELETE r"
DELETE_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) DETACH DELETE d"
DELETE_CONCEPTS = "UNWIND $ids AS id MATCH (c:Concept {id: id}) DETACH DELETE c"
DELETE_ASSERTIONS = "UNWIND $ids AS id MATCH (a:Assertion {id: id}) DETACH DELETE a"

CONCEPT_RECORDS = """
UNWIND $ids AS id
MATCH (c:Concept {id: id})
RETURN c.id AS id, c.name AS name, c.categories AS categories, c.synonyms AS synonyms, c.xrefs AS xrefs, c.grounded AS grounded, c.families AS families,
       c.n_documents AS n_documents, c.variants AS variants
"""
MENTIONS_OF_CONCEPTS = "UNWIND $ids AS id MATCH (d:Document)-[m:MENTIONS]->(c:Concept {id: id}) RETURN c.id AS concept, d.id AS document, m.variant AS variant"
FAMILIES_OF_CONCEPTS = "UNWIND $ids AS id MATCH (c:Concept {id: id})-[:IN_FAMILY]->(f:Family) RETURN DISTINCT f.id AS id"
UNLINK_FAMILIES = "UNWIND $ids AS id MATCH (c:Concept {id: id})-[r:IN_FAMILY]->(f:Family) DELETE r"
FAMILIES_THERE = "UNWIND $ids AS id MATCH (f:Family {id: id}) RETURN f.id AS id"
FAMILIES_WITH_MEMBERS = "UNWIND $ids AS id MATCH (c:Concept)-[:IN_FAMILY]->(f:Family {id: id}) RETURN DISTINCT f.id AS id"
DELETE_FAMILIES = "UNWIND $ids AS id MATCH (f:Family {id: id}) DETACH DELETE f"
SET_VARIANTS = "UNWIND $rows AS row MATCH (d:Document {id: row.document})-[m:MENTIONS]->(c:Concept {id: row.concept}) SET m.variant = row.variant"

ASSERTION_SUMMARIES = """
UNWIND $ids AS id
MATCH (a:Assertion {id: id})
RETURN a.id AS id, a.belief AS belief, a.n_support AS n_support, a.n_refute AS n_refute, a.n_hedged AS n_hedged, a.first_year AS first_year,
       a.last_year AS last_year, a.negated AS negated, a.certainty AS certainty, a.support_doubt AS support_doubt, a.refute_doubt AS refute_doubt
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
RETURN a.id AS id, a.predicate AS predicate, a.aspect AS aspect, a.subject_aspect AS subject_aspect, a.sign AS sign, s.id AS subject, o.id AS object
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
def create_relationships(relationship: str, names: tuple[str, ...]) -> str:
    """Return the statement that makes relationships from `$rows`, lists of the keys of both ends and then the values of `names`."""
    kind = load_schema().relationships[relationship]
    start, end = load_schema().nodes[kind.start[0]], load_schema().nodes[kind.end]
    values = ", ".join(f"`{property_of(kind, name)}`: row[{place}]" for place, name in enumerate(names, start=2))
    return (
        f"UNWIND $rows AS row MATCH (s:{start.label} {{{start.key}: row[0]}}) MATCH (o:{end.label} {{{end.key}: row[1]}}) "
        f"CREATE (s)-[:{kind.type} {{{values}}}]->(o)"
    )


@cache
def update_nodes(label: str, names: tuple[str, ...]) -> str:
    """Return the statement that sets `names` of nodes from `$rows`, lists of the key and the values."""
    node = load_schema().nodes[label]
    values = ", ".join(f"n.`{property_of(node, name)}` = row[{place}]" for place, name in enumerate(names, start=1))
    return f"UNWIND $rows AS row MATCH (n:{node.label} {{{node.key}: row[0]}}) SET {values}"


@cache
def update_edges_at(end: End, relationship: str, names: tuple[str, ...]) -> str:
    """Return the statement that sets `names` of edges between concepts from `$rows`: lists of the keys of the ends, the assertion's id and the values.

    It looks at all edges of one end of each.
    """
    key = {"subject": "{id: row[0]})-", "object": "{id: row[1]})<-"}[end]
    other = {"subject": "->(:Concept {id: row[1]})", "object": "-(:Concept {id: row[0]})"}[end]
    return f"UNWIND $rows AS row MATCH (:Concept {key}{_edge(relationship)}{other} SET {_edge_values(relationship, names)}"


@cache
def update_edges_of(end: End, relationship: str, names: tuple[str, ...]) -> str:
    """Return the statement that sets `names` of many edges of one concept, `$id`, in one look at all of them.

    `$ids` are those of the assertions, `$values0` and so on are maps from these ids to the values of each of `names`.
    """
    kind = load_schema().relationships[predicate_type(relationship)]
    left, right = {"subject": ("-", "->"), "object": ("<-", "-")}[end]
    values = ", ".join(f"r.`{property_of(kind, name)}` = $values{place}[r.assertion_id]" for place, name in enumerate(names))
    return f"MATCH (:Concept {{id: $id}}){left}[r:{kind.type}]{right}(:Concept) WHERE r.assertion_id IN $ids SET {values}"


def _edge(relationship: str) -> str:
    return f"[r:{load_schema().relationships[predicate_type(relationship)].type} {{assertion_id: row[2]}}]"


def _edge_values(relationship: str, names: tuple[str, ...]) -> str:
    kind = load_schema().relationships[predicate_type(relationship)]
    return ", ".join(f"r.`{property_of(kind, name)}` = row[{place}]" for place, name in enumerate(names, start=3))


@cache
def add_label(label: str) -> str:
    """Return the statement that gives the concepts of `$ids` a category label."""
    return f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}) SET c:{category_of(label)}"


@cache
def drop_label(label: str) -> str:
    """Return the statement that takes a category label from the concepts of `$ids`."""
    return f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}) REMOVE c:{category_of(label)}"


@cache
def delete_edges(relationship: str) -> str:
    """Return the statement that deletes the edges between concepts of one predicate that stand for the assertions of `$rows`."""
    return (
        "UNWIND $rows AS row "
        f"MATCH (s:Concept {{id: row.subject}})-[r:{predicate_type(relationship)} {{assertion_id: row.id}}]->(o:Concept {{id: row.object}}) DELETE r"
    )


def property_of(kind: NodeType | RelationshipType, name: str) -> str:
    """Return the name of a property of a kind of node or relationship.

    Raises: KeyError for one that is not in the schema.
    """
    if name not in kind.properties:
        raise KeyError(f"{name!r} is no property of {kind} in graph/schema.toml")
    return name


def category_of(label: str) -> str:
    """Return a label that concepts carry beside their own.

    Raises: KeyError for one that is not in the schema.
    """
    concept: NodeType = load_schema().nodes["Concept"]
    if label not in concept.labels:
        raise KeyError(f"{label!r} is no category label of graph/schema.toml")
    return label


def predicate_type(relationship: str) -> str:
    """Return a relationship type that stands for a predicate.

    Raises: KeyError for any other.
    """
    if load_schema().relationships[relationship].predicate is None:
        raise KeyError(f"{relationship!r} does not stand for a predicate")
    return relationship
