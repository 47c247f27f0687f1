"""Tags of words, by what stands beside them; and the pieces that are tagged."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.grammar.nodes import CODES, TAGS, encode, pattern
from litkg.nlp.relations import cut_pieces
from tests.nlp.grammar.sentences import nodes_of, pieces_of, tags_of


@pytest.mark.parametrize(
    ("marked", "tags"),
    [
        ("{d:Aspirin} reduces {k:IL-6}.", "E VA E END"),
        ("{k:IL-6} was reduced by {d:aspirin}.", "E BE VP BY E END"),
        ("{d:Aspirin} has reduced {k:IL-6}.", "E HAVE VA E END"),
        ("{d:Aspirin} may reduce {k:IL-6}.", "E MODAL VA E END"),
        ("{d:Aspirin} did not reduce {k:IL-6}.", "E DO NEG VA E END"),
        ("a reduced {k:IL-6} level", "DET DOWN E LEVEL"),
        ("the reduction of {k:IL-6} by {d:aspirin}", "DET N OF E BY E"),
        ("an increase in {k:IL-6}", "DET N IN E"),
        ("{d:Aspirin} increases {k:IL-6}", "E VA E"),
        ("{k:IL-6}-induced {s:fever}", "E SUFF E"),
        ("{k:IL-6}-producing cells", "E SUFFA BEARER"),
        ("{k:IL-6}-deficient mice", "E LACK BEARER"),
        ("{k:IL-6} in response to {d:aspirin}", "E AFTER E"),
        ("{k:IL-6} as well as {k:TNF}", "E AND E"),
        ("{d:aspirin} and/or {d:zinc}", "E AND E"),
        ("{d:Aspirin} leads to {s:fever}", "E VA E"),
        ("{d:Aspirin} failed to help", "E FAIL X"),
        ("no effect of {d:aspirin} on {k:IL-6}", "NO EFFECT OF E ON E"),
        ("{d:Aspirin} (5 mg), however; it", "E LP NUM X RP COMMA SUB SEMI X"),
        ("activating mutations", "X VARIANT"),
        ("activating {g:NLRP3}", "VG E"),
        ("clearly 12 patients", "ADV NUM BEARER"),
        ("", ""),
    ],
)
def test_words_get_their_tags(marked: str, tags: str) -> None:
    assert tags_of(marked) == tags


@pytest.mark.parametrize(
    ("marked", "pieces"),
    [
        ("{k:IL-6}-induced {s:fever}", ["IL-6", "-", "induced", "fever"]),
        ("anti-{k:TNF} drugs", ["anti", "-", "TNF", "drugs"]),
        ("{k:IL-6}/{k:TNF} rise", ["IL-6", "/", "TNF", "rise"]),
        ("{k:IL-6}s rise", ["IL-6", "s", "rise"]),
        ("well-known {k:IL-6}", ["well-known", "IL-6"]),
        ("{s:major depressive disorder} is", ["major depressive disorder", "is"]),
        ("", []),
    ],
)
def test_mention_is_cut_out_of_its_token(marked: str, pieces: list[str]) -> None:
    text, found = pieces_of(marked)
    assert [text[piece.start : piece.end] for piece in found] == pieces


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), max_size=6).map(lambda found: sorted({(start, start + length) for start, length in found}))


@given(st.lists(st.integers(1, 6), max_size=10), SPANS)
def test_pieces_are_in_order_do_not_overlap_and_hold_each_mention_once(lengths: list[int], spans: list[tuple[int, int]]) -> None:
    tokens, position = [], 0
    for length in lengths:
        tokens.append((position, position + length))
        position += length + 1
    text = "x" * 60
    apart = [span for at, span in enumerate(spans) if all(span[0] >= earlier[1] for earlier in spans[:at])]
    inside = [span for span in apart if tokens and span[1] <= tokens[-1][1]]
    pieces = cut_pieces(text, tokens, [(*span, (at,)) for at, span in enumerate(inside)])
    assert all(first.end <= second.start for first, second in pairwise(pieces))
    assert all(piece.start < piece.end for piece in pieces)
    assert [(piece.start, piece.end) for piece in pieces if piece.mentions] == inside
    assert [piece.mentions for piece in pieces if piece.mentions] == [(at,) for at in range(len(inside))]


@given(
    st.lists(
        st.sampled_from(["{k:IL-6}", "{d:aspirin}", "reduces", "not", "by", "-", "(", ")", ",", "the", "increase", "in", "response", "to", "é"]), max_size=15
    )
)
def test_nodes_cover_the_text_in_order(words: list[str]) -> None:
    marked = " ".join(words)
    text, _ = pieces_of(marked)
    nodes = nodes_of(marked)
    assert all(first.end <= second.start for first, second in pairwise(nodes))
    assert {node.tag for node in nodes} <= set(TAGS)
    assert [node.phrase.mentions for node in nodes if node.phrase] == [(at,) for at in range(marked.count("{"))]
    assert len(encode(nodes)) == len(nodes)
    assert all(text[node.start : node.end] for node in nodes)


def test_pattern_matches_tags() -> None:
    found = pattern("(?P<e><E>) <AND|OR> <E>").search("".join(CODES[tag] for tag in ("DET", "E", "OR", "E")))
    assert found is not None
    assert (found.start(), found.end(), found.start("e")) == (1, 4, 1)


def test_pattern_with_an_unknown_tag_is_refused() -> None:
    with pytest.raises(KeyError, match="NOUN"):
        pattern("<NOUN>")


def test_tags_have_codes_of_their_own() -> None:
    assert len(set(CODES.values())) == len(TAGS) == len(set(TAGS))
