"""Trees built by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from litkg.nlp.cues.parsed import ParsedSentence


def sentence(words: str, heads: list[int], labels: str = "") -> ParsedSentence:
    names = words.split(" ")
    starts = [sum(len(name) + 1 for name in names[:at]) for at in range(len(names))]
    return ParsedSentence(
        words=names,
        lemmas=[name.lower() for name in names],
        tags=["NN"] * len(names),
        labels=labels.split(" ") if labels else ["dep"] * len(names),
        heads=heads,
        spans=[(start, start + len(name)) for start, name in zip(starts, names, strict=True)],
    )


DRUG = sentence("The drug did not lower IL-6", [1, 4, 4, 4, 4, 4], "det nsubj aux neg ROOT dobj")


def test_highest_subtree_that_begins_or_ends_at_a_word() -> None:
    assert DRUG.beginning == [4, 1, 2, 3, 4, 5]
    assert DRUG.ending == [0, 1, 2, 3, 4, 4]


def test_way_goes_up_and_then_down() -> None:
    assert DRUG.way(DRUG.ancestors(3), 0) == (1, "neg", "nsubj>det")
    assert DRUG.way(DRUG.ancestors(3), 3) == (0, "", "")


def test_head_of_a_phrase_hangs_outside_it() -> None:
    assert DRUG.head_of(0, 1) == 1
    assert DRUG.head_of(2, 3) == 2


def test_words_that_characters_touch() -> None:
    assert DRUG.places(4, 12) == (1, 2)
    assert DRUG.places(900, 901) is None


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    """Return heads without circles: each word hangs on one that stands earlier in a random order."""
    order = draw(st.permutations(range(draw(st.integers(1, 9)))))
    heads = list(order)
    for at, place in enumerate(order):
        heads[place] = order[draw(st.integers(0, at - 1))] if at else place
    return heads


@given(trees())
def test_every_word_is_reached_from_every_word(heads: list[int]) -> None:
    tree = sentence(" ".join("a" for _ in heads), heads)
    for place in range(len(heads)):
        chain = tree.ancestors(place)
        assert len(chain) == tree.depth[place] + 1
        for other in range(len(heads)):
            steps, _, down = tree.way(chain, other)
            assert steps + (down.count(">") + 1 if down else 0) >= abs(tree.depth[place] - tree.depth[other])
