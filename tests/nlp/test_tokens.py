"""Tokens of the trained models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from litkg.nlp.tokens import TreebankTokenizer, find_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("IL-6/STAT3-induced", "IL - 6 / STAT3 - induced"),
        ("anti-TNF-α (5 mg/kg) wasn't given.", "anti - TNF - α ( 5 mg / kg ) was n't given ."),
        ("Smith et al. saw it (Fig. 1), e.g. at 0.05 or 1,200.", "Smith et al. saw it ( Fig. 1 ) , e.g. at 0.05 or 1,200 ."),
        ("We gave IL-1. The rats slept.", "We gave IL - 1 . The rats slept ."),
        ("C. elegans cannot, vitamin C. But Ca2+ at 37 °C", "C. elegans can not , vitamin C . But Ca2+ at 37 °C"),
        ("We cannot (Cannot; cannot) e.g. (can) vs. K+ in U.S, Fig, it’s", "We can not ( Can not ; can not ) e.g. ( can ) vs. K+ in U . S , Fig , it ’s"),
        ("refs 12,13 on Sjögren's E13.5", "refs 12 , 13 on Sjögren 's E13.5"),
    ],
)
def test_splits_as_the_treebank_does(text: str, tokens: str) -> None:
    assert [text[start:end] for start, end in find_tokens(text)] == tokens.split()


@given(st.text(alphabet=st.sampled_from(" \n\tab1.-'’,+Cn't/α°"), max_size=60))
def test_loses_no_character(text: str) -> None:
    assert TreebankTokenizer(Vocab())(text).text == text
