"""Values as plain text formats hold them: the columns that concepts and claims share, lists joined, control characters left out.

Owns what a concept and an edge show in formats without evidence; refuses to write files.
"""

from __future__ import annotations

import json

from litkg.stores.base import NodeRecord, Row
from litkg.stores.exports.reading import Claim

LIST_SEPARATOR = "|"
CONCEPT_COLUMNS = ("id", "name", "category", "categories", "grounded", "synonyms", "xrefs", "families")
ASSERTION_COLUMNS = (
    *("id", "subject", "predicate", "object", "aspect", "subject_aspect", "sign", "causal", "belief", "negated", "certainty"),
    *("n_support", "n_refute", "n_hedged", "first_year", "last_year"),
)
_CONTROL = dict.fromkeys(code for code in range(32) if chr(code) not in "\t\n\r") | dict.fromkeys((0xFFFE, 0xFFFF))


def concept_values(node: NodeRecord) -> Row:
    """Return what a concept has of `CONCEPT_COLUMNS`, in their order; lists are joined."""
    return {name: cell(node.properties[name]) for name in CONCEPT_COLUMNS if name in node.properties}


def claim_values(claim: Claim) -> Row:
    """Return what a claim has of `ASSERTION_COLUMNS`, in their order."""
    values = claim.properties | {"subject": claim.subject, "object": claim.object}
    return {name: cell(values[name]) for name in ASSERTION_COLUMNS if name in values}


def cell(value: object) -> object:
    """Return a value as one cell: a list joined with `|`, text without the characters that XML cannot hold."""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(clean(str(item)) for item in value)
    return clean(value) if isinstance(value, str) else value


def clean(text: str) -> str:
    r"""Return text without control characters.

    >>> clean("a\x00b\tc")
    'ab\tc'
    """
    return text.translate(_CONTROL)


def json_line(record: Row) -> str:
    """Return one line of compact JSON with sorted keys, the same for the same record."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
