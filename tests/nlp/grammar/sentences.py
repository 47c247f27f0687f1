"""Sentences with marked mentions as tagged or reduced nodes."""

from __future__ import annotations

from collections.abc import Sequence

from litkg.nlp.grammar.nodes import Node, Piece
from litkg.nlp.grammar.phrases import SideClaim, reduce_sentence
from litkg.nlp.grammar.reductions import Context
from litkg.nlp.grammar.tagging import tag_pieces
from litkg.nlp.relations import cut_pieces
from tests.nlp.marked import blank, parse_marked


def pieces_of(marked: str) -> tuple[str, list[Piece]]:
    """Return the text and its pieces."""
    text, groundings = parse_marked(marked)
    tokens = [(token.idx, token.idx + len(token)) for token in blank()(text) if not token.is_space]
    return text, cut_pieces(text, tokens, [(item.mention.start, item.mention.end, (at,)) for at, item in enumerate(groundings)])


def nodes_of(marked: str) -> list[Node]:
    """Return the tagged nodes."""
    return tag_pieces(*pieces_of(marked))


def tags_of(marked: str) -> str:
    """Return the tags, parted by blanks."""
    return " ".join(node.tag for node in nodes_of(marked))


def context_of(marked: str, *, recessive: bool = False) -> Context:
    """Return what the grammar may know of the mentions."""
    concepts = [item.concept for item in parse_marked(marked)[1] if item.concept]
    return Context(concepts=[concept.id for concept in concepts], categories=[concept.categories[0] for concept in concepts], recessive=recessive)


def reduce_marked(marked: str, *, recessive: bool = False) -> tuple[Sequence[Node], list[SideClaim]]:
    """Return the nodes with every phrase folded, and the claims of the phrases."""
    return reduce_sentence(nodes_of(marked), context_of(marked, recessive=recessive))
