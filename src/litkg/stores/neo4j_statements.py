"""The Cypher by which Neo4j writes tables inside one transaction, nodes being found by the numbers that the server gave them.

Owns fixed statements; values reach them only as parameters, and labels and relationship types only from the schema. A number holds good inside the transaction
that learnt it and nowhere else: none is kept beyond it, none is stored. A node is found by its key once, and by its number for each of its relationships, which
takes the server a fifth of the time. As none of these could be done in a better way than by key or number, the server is told to keep its plans while a graph
grows.
"""

from __future__ import annotations

from functools import cache

from litkg.stores.schema import load_schema
from litkg.stores.statements import category_of, predicate_type, property_of

_KEEP_PLAN = "CYPHER replan=skip"


@cache
def number_nodes(label: str) -> str:
    """Return the statement that gives those of `$keys` that nodes of a label have, and the numbers of these nodes in the same order."""
    node = load_schema().nodes[label]
    return f"{_KEEP_PLAN} UNWIND $keys AS key MATCH (n:{node.label} {{{node.key}: key}}) RETURN collect(key) AS keys, collect(id(n)) AS numbers"


@cache
def create_nodes(label: str, names: tuple[str, ...], labels: tuple[str, ...], links: tuple[tuple[str, str], ...], *, numbered: bool) -> str:
    """Return the statement that makes nodes from `$rows`: the values of `names`, and then for each of `links` (type and label) the number of the other end.

    Without `names` one map of properties stands in their place. Where `numbered`, the statement gives keys and numbers of the nodes, as `number_nodes` does.
    """
    schema = load_schema()
    node = schema.nodes[label]
    first = len(names) or 1
    ends = "".join(f" MATCH (n{place}:{schema.nodes[end].label}) WHERE id(n{place}) = row[{place}]" for place, (_, end) in enumerate(links, start=first))
    relationships = "".join(f", (n)-[:{schema.relationships[kind].type}]->(n{place})" for place, (kind, _) in enumerate(links, start=first))
    further = "".join(f":{category_of(item)}" for item in labels)
    values = ", ".join(f"`{property_of(node, name)}`: row[{place}]" for place, name in enumerate(names))
    made = f"CREATE (n:{node.label}{further} {{{values}}}){relationships}" if names else f"CREATE (n:{node.label}{further}){relationships} SET n = row[0]"
    numbers = f" RETURN collect(n.{node.key}) AS keys, collect(id(n)) AS numbers" if numbered else ""
    return f"{_KEEP_PLAN} UNWIND $rows AS row{ends} {made}{numbers}"


@cache
def create_relationships(relationship: str, names: tuple[str, ...]) -> str:
    """Return the statement that makes relationships from `$rows`, lists of the numbers of both ends and then the values of `names`."""
    kind = load_schema().relationships[relationship]
    start, end = load_schema().nodes[kind.start[0]], load_schema().nodes[kind.end]
    values = ", ".join(f"`{property_of(kind, name)}`: row[{place}]" for place, name in enumerate(names, start=2))
    return (
        f"{_KEEP_PLAN} UNWIND $rows AS row MATCH (s:{start.label}) WHERE id(s) = row[0] MATCH (o:{end.label}) WHERE id(o) = row[1] "
        f"CREATE (s)-[:{kind.type} {{{values}}}]->(o)"
    )


@cache
def update_nodes(label: str, names: tuple[str, ...]) -> str:
    """Return the statement that sets `names` of nodes from `$rows`, lists of the number and the values."""
    node = load_schema().nodes[label]
    values = ", ".join(f"n.`{property_of(node, name)}` = row[{place}]" for place, name in enumerate(names, start=1))
    return f"{_KEEP_PLAN} UNWIND $rows AS row MATCH (n:{node.label}) WHERE id(n) = row[0] SET {values}"


@cache
def update_edges(relationship: str, names: tuple[str, ...]) -> str:
    """Return the statement that sets `names` of edges between concepts from `$rows`: lists of the assertion's id and the values."""
    kind = load_schema().relationships[predicate_type(relationship)]
    values = ", ".join(f"r.`{property_of(kind, name)}` = row[{place}]" for place, name in enumerate(names, start=1))
    return f"{_KEEP_PLAN} UNWIND $rows AS row MATCH ()-[r:{kind.type} {{assertion_id: row[0]}}]->() SET {values}"
