"""Leads a name on the command line to a concept: one of the graph by its id, else one of the lexicon by any name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from litkg.errors import NameLookupError
from litkg.model import Category
from litkg.queries import bind, get_query, run_query

if TYPE_CHECKING:
    from litkg.settings import Settings
    from litkg.stores import GraphStore


def concept_id(graph: GraphStore, settings: Settings, name: str) -> str:
    """Return the id of the concept that `name` stands for.

    Raises: as `concept_id_among`.
    """
    return concept_id_among(partial(_holds, graph), settings, name)


def concept_id_among(holds: Callable[[str], bool], settings: Settings, name: str) -> str:
    """Return the id of the concept that `name` stands for, given which ids the graph holds.

    An id that the graph holds is taken as it is; so is a name that the lexicon lacks but some paper uses, whose concept is not grounded.
    Raises: NameLookupError with the nearest names where it is unknown, with the candidates where it is ambiguous; LexiconError without a lexicon.
    """
    if ":" in name and holds(name):
        return name
    from litkg.grounding.ground import ungrounded_concept
    from litkg.grounding.names import resolve_name
    from litkg.lexicon.lookup import Lexicon

    with Lexicon.open(settings.lexicon_path) as lexicon:
        try:
            return resolve_name(lexicon, name).id
        except NameLookupError:
            own = ungrounded_concept(name, Category.CHEMICAL)
            if own is None or lexicon.lookup(name) or not holds(own.id):
                raise
            return own.id


def _holds(graph: GraphStore, concept: str) -> bool:
    canned = get_query("concept-names")
    return any(run_query(graph, canned, bind(canned, {"ids": "_"}) | {"ids": [concept]}))
