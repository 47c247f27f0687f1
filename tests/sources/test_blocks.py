from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from litkg.model import SectionKind
from litkg.sources.blocks import BlockBuilder


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(SectionKind))))
def test_blocks_are_in_order_apart_and_hold_their_pieces(pieces: list[tuple[str, SectionKind]]) -> None:
    builder = BlockBuilder()
    for text, kind in pieces:
        builder.add(text, kind)
    kept = [(text.strip(), kind) for text, kind in pieces if text.strip()]
    assert [(builder.text[block.start : block.end], block.kind) for block in builder.blocks] == kept
    assert all(builder.text[before.end : after.start] == "\n\n" for before, after in zip(builder.blocks, builder.blocks[1:], strict=False))
