"""Parsed sentences made by hand: words with their heads and labels."""

from __future__ import annotations

from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.pairs.arguments import Argument

ASPIRIN = ParsedSentence(
    words=["Aspirin", "and", "zinc", "lowered", "serum", "TNF", "levels"],
    lemmas=["aspirin", "and", "zinc", "lower", "serum", "tnf", "level"],
    tags=["NN", "CC", "NN", "VBD", "NN", "NN", "NNS"],
    labels=["nsubj", "cc", "conj", "ROOT", "nmod", "nmod", "dobj"],
    heads=[3, 0, 0, 3, 6, 6, 3],
    spans=[(0, 7), (8, 11), (12, 16), (17, 24), (25, 30), (31, 34), (35, 41)],
)
"""Aspirin and zinc lowered serum TNF levels."""
ARGUMENTS = (Argument(0, 1, "Chemical"), Argument(2, 3, "Chemical"), Argument(5, 6, "Gene"))
