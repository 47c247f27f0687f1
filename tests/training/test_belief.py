"""What a gold says of claims, and the arithmetic of calibration, on texts and numbers of our own."""

from __future__ import annotations

import io
import math
import tarfile
from pathlib import Path

import numpy as np
import pytest
from training.belief.calibrate import as_toml, denial_bounds, folds_of, held_out, measure_share, reading_of_row
from training.belief.collect import Row
from training.belief.documents import _read_chemprot, _read_pubtator, read_marked, without_nested
from training.belief.regression import Features, bins_of, calibration_error, effective_parameters, error_by_chance, fit, predict
from training.belief.verdicts import Claim, Verdict, judge
from training.relations.events import read_told
from training.relations.examples import Span

from litkg.calibration import parse_calibration
from litkg.sources.events import Stated as EventStated


def claim(predicate: str, sign: int, subject: str = "Chemical", object_: str = "Gene", *, aspect: str | None = None, negated: bool = False) -> Claim:
    symmetric = predicate in {"interacts_with", "associated_with"}
    return Claim(predicate=predicate, sign=sign, symmetric=symmetric, subject=subject, object=object_, subject_aspect=aspect, negated=negated)


VERDICTS = [
    ("chemprot", claim("decreases", -1), {"CPR:4"}, set(), "right"),
    ("chemprot", claim("decreases", -1), {"CPR:3"}, set(), "wrong"),
    ("chemprot", claim("decreases", -1), {"CPR:2"}, set(), "wrong"),
    ("chemprot", claim("affects", 0), {"CPR:2"}, set(), "right"),
    ("chemprot", claim("decreases", -1), set(), set(), "wrong"),
    ("chemprot", claim("decreases", -1, negated=True), {"CPR:10"}, set(), "right"),
    ("chemprot", claim("decreases", -1, negated=True), {"CPR:4"}, set(), "wrong"),
    ("chemprot", claim("decreases", -1, negated=True), set(), set(), "absent"),
    ("chemprot", claim("increases", 1, "Gene", "Chemical"), set(), {"CPR:3"}, "turned round"),
    ("chemprot", claim("increases", 1, "Gene", "Chemical"), set(), set(), "untold"),
    ("chemprot", claim("interacts_with", 0, "Gene", "Chemical"), set(), {"CPR:6"}, "right"),
    ("chemprot", claim("increases", 1, "Gene", "Gene"), set(), set(), "untold"),
    ("bc5cdr", claim("has_adverse_event", 1, "Chemical", "Disease"), {"CID"}, set(), "right"),
    ("bc5cdr", claim("causes", 1, "Chemical", "Disease"), set(), set(), "wrong"),
    ("bc5cdr", claim("treats", -1, "Chemical", "Disease"), {"CID"}, set(), "untold"),
    ("bc5cdr", claim("causes", 1, "Chemical", "Disease", negated=True), {"CID"}, set(), "untold"),
    ("biored", claim("treats", -1, "Chemical", "Disease"), set(), {"Negative_Correlation"}, "right"),
    ("biored", claim("causes", 1, "Gene", "Disease"), {"Association"}, set(), "untold"),
    ("biored", claim("causes", 0, "Gene", "Disease", aspect="variant"), {"Association"}, set(), "right"),
    ("biored", claim("increases", 1, "Gene", "Gene"), {"Negative_Correlation"}, set(), "wrong"),
    ("biored", claim("increases", 1, "Disease", "Disease"), set(), set(), "untold"),
    ("semrep", claim("treats", -1, "Chemical", "Disease"), {"TREATS"}, set(), "right"),
    ("semrep", claim("treats", -1, "Chemical", "Disease"), set(), {"TREATS"}, "wrong"),
    ("semrep", claim("decreases", -1), {"INTERACTS_WITH"}, set(), "untold"),
    ("semrep", claim("decreases", -1), {"NotValid"}, set(), "wrong"),
    ("2013-cg", claim("increases", 1, "Gene", "Process"), {"Positive_regulation"}, set(), "right"),
    ("2013-cg", claim("increases", 1, "Gene", "Process"), {"Regulation"}, set(), "wrong"),
    ("2013-pc", claim("decreases", -1, "Gene", "Chemical"), {"Positive_regulation"}, set(), "untold"),
    ("2011-ge", claim("increases", 1, "Gene", "Gene", negated=True), {"not Positive_regulation"}, set(), "right"),
    ("2011-ge", claim("increases", 1, "Gene", "Gene"), {"not Positive_regulation"}, set(), "wrong"),
    ("2011-ge", claim("increases", -1, "Gene", "Gene", aspect="loss_of_function"), set(), set(), "untold"),
    ("2011-ge", claim("interacts_with", 0, "Gene", "Gene"), set(), {"Binding"}, "right"),
    ("2011-ge", claim("associated_with", 0, "Gene", "Gene"), set(), set(), "untold"),
]


@pytest.mark.parametrize(("corpus", "told", "forward", "backward", "verdict"), VERDICTS)
def test_what_a_gold_says(corpus: str, told: Claim, forward: set[str], backward: set[str], verdict: str) -> None:
    assert judge(corpus, told, frozenset(forward), frozenset(backward)) == Verdict(verdict)


def test_nested_mentions_are_left_to_the_longest() -> None:
    assert without_nested([Span(3, 5, "Gene", "b"), Span(0, 9, "Gene", "a"), Span(9, 11, "Gene", "c")]) == (Span(0, 9, "Gene", "a"), Span(9, 11, "Gene", "c"))


def test_relations_of_mentions_hold_in_their_sentence(tmp_path: Path) -> None:
    text = "Nimesulide blocks COX-2.\tCOX-2 rose later, and nimesulide was stopped."
    title, _, abstract = text.partition("\t")
    (tmp_path / "x_abstracts.tsv").write_text(f"1\t{title}\t{abstract}\n", encoding="utf-8")
    entities = [("T1", "CHEMICAL", 0, 10), ("T2", "GENE-N", 18, 23), ("T3", "GENE-N", 25, 30), ("T4", "CHEMICAL", 47, 57)]
    (tmp_path / "x_entities.tsv").write_text("".join(f"1\t{key}\t{kind}\t{a}\t{b}\t{text[a:b]}\n" for key, kind, a, b in entities), encoding="utf-8")
    (tmp_path / "x_relations.tsv").write_text("1\tCPR:4\tY \tINHIBITOR\tArg1:T1\tArg2:T2\n", encoding="utf-8")
    (document,) = _read_chemprot(tmp_path / "x_", "train")
    assert document.text[: document.title_end] == "Nimesulide blocks COX-2."
    assert document.labels("nimesulide", "cox-2", 0, 24) == {"CPR:4"}
    assert document.labels("nimesulide", "cox-2", 25, len(text)) == frozenset()
    assert document.labels("cox-2", "nimesulide", 0, 24) == frozenset()


def test_relations_of_ids_hold_in_the_document(tmp_path: Path) -> None:
    path = tmp_path / "x.pubtator"
    path.write_text(
        "7|t|Lithium tremor\n7|a|It shook.\n7\t0\t7\tLithium\tChemical\tD1\n7\t8\t14\ttremor\tDisease\tD2|D3\n7\tCID\tD1\tD3\n\n",
        encoding="utf-8",
    )
    (document,) = _read_pubtator(path, "bc5cdr", "dev")
    assert [span.key for span in document.mentions] == ["MESH:D1", "MESH:D2|MESH:D3"]
    assert document.labels("MESH:D1", "MESH:D2|MESH:D3", 15, 24) == {"CID"}


def test_a_marked_sentence_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "SemRep-RC").mkdir()
    rows = "label,sentence,pmid,source\n"
    (tmp_path / "SemRep-RC/train.csv").write_text(
        rows + "TREATS,<s> aspirin </s> for <o> pain </o> and fever,5,x\nTREATS,<s> aspirin </s> for pain and <o> fever </o>,5,x\n", encoding="utf-8"
    )
    (tmp_path / "SemRep-RC/validation.csv").write_text(rows, encoding="utf-8")
    (sentence,) = read_marked(tmp_path)
    assert (sentence.text, len(sentence.pairs), sentence.group) == ("aspirin for pain and fever", 2, "5")


def test_processes_are_things_of_their_own(tmp_path: Path) -> None:
    archive = tmp_path / "standoff.tar.gz"
    texts = {
        "train/PMID-1.txt": "IL-6 reduces the block of angiogenesis.",
        "train/PMID-1.a1": "T1\tGene_or_gene_product 0 4\tIL-6\n",
        "train/PMID-1.a2": "T2\tNegative_regulation 5 12\treduces\nT3\tNegative_regulation 17 22\tblock\nT4\tBlood_vessel_development 26 38\tangiogenesis\n"
        "E1\tBlood_vessel_development:T4\nE2\tNegative_regulation:T3 Theme:E1\nE3\tNegative_regulation:T2 Theme:E2 Cause:T1\n",
    }
    with tarfile.open(archive, "w:gz") as tar:
        for name, text in texts.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))
    (told,) = read_told(archive, ("train",))
    assert told.mentions["T4"].kind == "Process"
    assert told.stated == {("T1", "T4"): EventStated("Positive_regulation", negated=False, speculated=False)}


def row(**given: object) -> Row:
    values: dict[str, object] = {
        "corpus": "bc5cdr", "part": "dev", "document": "1", "group": "1", "claim": "c", "sentence": "0-9", "extractor": "litkg.patterns/1",
        "predicate": "causes", "kinds": "Chemical Disease", "sign": 1, "subject_aspect": "", "negated": False, "certainty": "asserted", "knowledge": "result",
        "section": "abstract", "confidence": 0.75, "gap": 10, "length": 50, "verdict": "right",
    }  # fmt: skip
    return Row(**(values | given))  # type: ignore[arg-type]


def test_kinds_that_belief_does_not_tell_are_other() -> None:
    reading = reading_of_row(row(kinds="Organism Disease", subject_aspect="variant"))
    assert (reading.subject, reading.object, reading.subject_aspect) == ("other", "disease", "variant")


def test_an_article_is_whole_in_one_fold() -> None:
    folds = folds_of([row(group="12", corpus="bc5cdr"), row(group="12", corpus="biored"), *(row(group=str(number)) for number in range(40))])
    assert folds[0] == folds[1]
    assert len(set(folds.tolist())) > 1


def test_a_held_out_part_is_not_learned_from() -> None:
    examples = [{"always": 1.0, "f": float(number < 20)} for number in range(40)]
    right = np.array([float(number < 20) for number in range(40)])
    alike = held_out(examples, right, [number % 4 for number in range(40)], 1.0)
    apart = held_out(examples, right, [int(number < 20) for number in range(40)], 1.0)
    assert alike[:20].min() > alike[20:].max()
    assert apart[:20].max() < apart[20:].min()


def test_denials_are_bounded_by_what_the_gold_leaves_open() -> None:
    table = [row(negated=True, verdict=verdict) for verdict in ("right", "right", "wrong", "absent")] + [row()]
    assert denial_bounds(table) == {"right": 2, "wrong": 1, "absent": 1, "lowest": 0.5, "left out": 0.667, "highest": 0.75}


@pytest.mark.parametrize(("second_right", "low", "high"), [(0.8, 0.0, 0.05), (0.96, 0.9, 1.0)], ids=["adds_nothing", "adds_as_another_document"])
def test_the_share_is_what_further_sentences_add(second_right: float, low: float, high: float) -> None:
    rows, right = [], []
    for number in range(100):
        for sentence in ("0-9", "10-19"):
            rows.append(row(document=str(number), sentence=sentence))
            right.append(float(number < 100 * second_right))
    share = measure_share(rows, np.array(right), np.full(len(rows), 0.8))
    assert low <= share["share"] <= high


def test_the_regression_finds_what_made_the_data() -> None:
    random = np.random.default_rng(3)
    examples = [{"always": 1.0, "f": float(value)} for value in random.normal(size=4000)]
    chances = np.array([1 / (1 + math.exp(-(0.5 + example["f"]))) for example in examples])
    right = (random.random(4000) < chances).astype(float)
    features = Features(examples, ("always",))
    rows, penalties = features.matrix(examples), features.penalties(1.0)
    weights = fit(rows, right, penalties)
    assert weights == pytest.approx([0.5, 1.0], abs=0.1)
    assert calibration_error(predict(rows, weights), right) < 0.03
    assert 1.9 < effective_parameters(rows, weights, penalties) <= 2.0


def test_a_rare_feature_says_nothing() -> None:
    examples = [{"always": 1.0, "rare": 1.0}] * 3 + [{"always": 1.0, "usual": 1.0}] * 20
    features = Features(examples, ("always",))
    assert features.names == ["always", "usual"]
    assert features.penalties(3.0)[0] < features.penalties(3.0)[1] == 3.0


def test_calibration_error_by_hand() -> None:
    chances, right = np.array([0.2, 0.2, 0.9, 0.9]), np.array([0.0, 0.0, 1.0, 1.0])
    low, high = bins_of(chances, right, 2)
    assert list(low) == pytest.approx([2, 0.2, 0.0])
    assert list(high) == pytest.approx([2, 0.9, 1.0])
    assert calibration_error(chances, right, 2) == pytest.approx(0.15)
    assert 0 < error_by_chance(np.full(100, 0.7), 5) < 0.2


def test_the_file_that_is_written_can_be_read() -> None:
    calibration = parse_calibration(as_toml({"always": 0.5, "predicate causes": -0.25}, ["litkg.patterns/1"], 0.2, 100, 3.0))
    assert calibration.weights == {"always": 0.5, "predicate causes": -0.25}
    assert (calibration.measured, calibration.further_share) == (frozenset({"litkg.patterns/1"}), 0.2)
