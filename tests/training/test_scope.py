"""Gold scopes read from a corpus of our own, and models fitted to toy choices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from training.scope.bioscope import GoldScope, read_bioscope
from training.scope.fit import Rows, fit_choice, fit_yes_no

XML = """<Annotation><DocumentSet><Document type="Biological_abstract"><DocID type="PMID">7</DocID>
<DocumentPart type="Title"><sentence id="S1">Zinc and fever.</sentence></DocumentPart>
<DocumentPart type="AbstractText"><sentence id="S2">It <xcope id="X1"><cue type="speculation" ref="X1">may</cue>
<xcope id="X2"><cue type="negation" ref="X2">neither</cue>
rise <cue type="negation" ref="X2">nor</cue> fall</xcope></xcope>.</sentence></DocumentPart></Document></DocumentSet></Annotation>
"""


def test_nested_scopes_and_cues_of_two_parts(tmp_path: Path) -> None:
    (tmp_path / "abstracts.xml").write_text(XML, encoding="utf-8")
    (abstract,) = read_bioscope(tmp_path)
    assert [abstract.text[start:end] for start, end in abstract.sentences] == ["Zinc and fever.", "It may\nneither\nrise nor fall."]
    doubt, denial = abstract.scopes
    assert doubt == GoldScope("speculation", ((19, 22),), 19, 44)
    assert [abstract.text[start:end] for start, end in denial.cues] == ["neither", "nor"]
    assert abstract.text[denial.start : denial.end] == "neither\nrise nor fall"
    assert 0 <= abstract.fold < 10


def test_choice_learns_the_feature_of_the_right_candidate() -> None:
    rows = Rows([["a", "x"], ["b", "x"], ["b"], ["a"], ["c", "a"], ["b", "c"]])
    model = fit_choice(rows, [2, 2, 2], [1, 0, 1], [0, 1], decay=0.1)
    left, right = model.scores([["a", "c"], ["b", "c"]])
    assert right > left


def test_yes_and_no_learns_from_the_chosen_rows_only() -> None:
    rows = Rows([["a"], ["a"], ["b"], ["b"], ["b"]])
    model = fit_yes_no(rows, [True, True, False, False, True], [0, 1, 2, 3], decay=0.1)
    yes, no, unknown = model.scores([["a"], ["b"], ["new"]])
    assert yes > 0 > no
    assert unknown == np.float64(0)
