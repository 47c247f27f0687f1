"""GraphML of concepts and one edge an assertion, written as it is read; networkx, igraph, Gephi and yEd read it.

Owns the XML. Lists are joined with `|`; what is unknown is left out. Source: GraphML Primer and its attribute extension, graphml.graphdrawing.org.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from litkg.stores.base import GraphStore, Row
from litkg.stores.exports.reading import read_claims, read_concepts
from litkg.stores.exports.values import ASSERTION_COLUMNS, CONCEPT_COLUMNS, claim_values, clean, concept_values

_TYPES = {
    "grounded": "boolean",
    "causal": "boolean",
    "negated": "boolean",
    "sign": "long",
    "belief": "double",
    **dict.fromkeys(("n_support", "n_refute", "n_hedged", "first_year", "last_year"), "long"),
}
_ENDS = frozenset({"id", "subject", "object"})


def write_graphml(store: GraphStore, handle: TextIO) -> None:
    """Write the concepts and assertions as a directed GraphML graph; an edge has the id of its assertion."""
    handle.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    handle.write(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
    )
    for domain, columns in (("node", CONCEPT_COLUMNS), ("edge", ASSERTION_COLUMNS)):
        for name in columns:
            if name not in _ENDS:
                handle.write(f'  <key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{_TYPES.get(name, "string")}"/>\n')
    handle.write('  <graph edgedefault="directed">\n')
    for node in read_concepts(store):
        handle.write(f"    <node id={quoteattr(clean(node.id))}>\n")
        handle.writelines(_data("node", concept_values(node)))
        handle.write("    </node>\n")
    for claim in read_claims(store):
        ends = f"source={quoteattr(clean(claim.subject))} target={quoteattr(clean(claim.object))}"
        handle.write(f"    <edge id={quoteattr(clean(claim.id))} {ends}>\n")
        handle.writelines(_data("edge", claim_values(claim)))
        handle.write("    </edge>\n")
    handle.write("  </graph>\n</graphml>\n")


def _data(domain: str, values: Row) -> Iterable[str]:
    for name, value in values.items():
        if name not in _ENDS:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            # A reader of XML makes a line feed of a bare carriage return.
            yield f'      <data key="{domain}_{name}">{escape(text, {chr(13): "&#13;"})}</data>\n'
