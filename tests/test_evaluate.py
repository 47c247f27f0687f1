"""Scores whose precision and recall are computed by hand on cases of a few claims and mentions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.errors import InputError
from litkg.evaluate import (
    ClaimReport,
    Score,
    evaluate_claims,
    evaluate_mentions,
    paper_paths,
    parse_gold,
    parse_traps,
    read_gold,
)
from litkg.evaluation.scores import squeeze, texts_meet
from litkg.model import (
    Category,
    Certainty,
    Concept,
    Document,
    Evidence,
    Extraction,
    Grounding,
    Mention,
    Section,
    SectionKind,
    SourceMap,
)
from litkg.predicates import make_assertion
from litkg.sources.gold import GoldMention

IL6 = Concept(id="HGNC:6018", name="IL6", categories=(Category.GENE, Category.CYTOKINE), xrefs=("NCBIGene:3569",))
CRP = Concept(id="HGNC:2367", name="CRP", categories=(Category.GENE,), xrefs=("NCBIGene:1401",))
DRUG = Concept(id="CHEBI:6030", name="isoniazid", categories=(Category.DRUG,), xrefs=("MESH:D007538",))
HARM = Concept(id="MONDO:0002251", name="hepatitis", categories=(Category.DISEASE,), xrefs=("MESH:D006505",))

Row = tuple[Concept, str, Concept, str | None, bool, str]
"""Subject, predicate, object, state of the subject, negated, sentence."""

HARM_ROW: Row = (DRUG, "has_adverse_event", HARM, None, False, "Isoniazid caused hepatitis.")
RAISE_ROW: Row = (IL6, "increases", CRP, None, False, "IL-6 raises CRP.")
DENY_ROW: Row = (CRP, "increases", IL6, None, True, "CRP does not raise IL-6.")
LACK_ROW: Row = (IL6, "decreases", CRP, "loss_of_function", False, "Lack of IL-6 lowers CRP.")


def extraction(rows: Sequence[Row] = (), *, document_id: str = "PMID:7", source: str = "", certainty: Certainty = Certainty.ASSERTED) -> Extraction:
    """Return an extraction that holds one claim a row, all of them in one certainty."""
    assertions, evidence = [], []
    for number, (subject, predicate, object_, state, negated, sentence) in enumerate(rows):
        assertion = make_assertion(subject.id, predicate, object_.id, subject_aspect=state)
        assertions.append(assertion)
        evidence.append(
            Evidence(
                id=f"ev:{number}",
                assertion_id=assertion.id,
                document_id=document_id,
                section=SectionKind.BODY,
                start=0,
                end=len(sentence),
                text=sentence,
                subject_mention=(0, 1),
                object_mention=(1, 2),
                negated=negated,
                certainty=certainty,
                confidence=0.9,
                extractor="by hand",
            )
        )
    return Extraction(
        document=Document(id=document_id, title="", text="", sections=(), source_map=SourceMap(segments=()), source=source),
        concepts=tuple({concept.id: concept for row in rows for concept in (row[0], row[2])}.values()),
        groundings=(),
        assertions=tuple({assertion.id: assertion for assertion in assertions}.values()),
        evidence=tuple(evidence),
        case_reports=(),
    )


def gold_lines(rows: Sequence[Row], *, document_id: str = "PMID:7", certainty: str = "asserted", optional: bool = False) -> list[str]:
    """Return the gold lines of one document with one claim a row."""
    lines: list[dict[str, object]] = [{"type": "document", "id": document_id}]
    for subject, predicate, object_, state, negated, sentence in rows:
        assertion = make_assertion(subject.id, predicate, object_.id, subject_aspect=state)
        ends = {concept.id: {"id": concept.id, "name": concept.name, "xrefs": []} for concept in (subject, object_)}
        lines.append(
            {
                "type": "assertion",
                "id": assertion.id,
                "subject": ends[assertion.subject],
                "predicate": predicate,
                "object": ends[assertion.object],
                "aspect": None,
                "subject_aspect": state,
                "sign": assertion.sign,
            }
        )
        lines.append(
            {
                "type": "evidence",
                "assertion_id": assertion.id,
                "document_id": document_id,
                "text": sentence,
                "negated": negated,
                "certainty": certainty,
                "optional": optional,
            }
        )
    return [json.dumps(line) for line in lines]


def trap_line(**parts: object) -> str:
    shape = {
        "type": "trap",
        "document_id": "PMID:7",
        "subject": None,
        "predicate": None,
        "object": None,
        "sign": None,
        "scope": "claim",
        "text": "",
        "why": "x",
    }
    return json.dumps(shape | parts)


def end(concept: Concept) -> dict[str, object]:
    return {"id": concept.id, "name": concept.name, "xrefs": []}


def report(found: Sequence[Row], gold: Sequence[Row]) -> ClaimReport:
    return evaluate_claims(parse_gold(gold_lines(gold)), [extraction(found)])


def level(result: ClaimReport, name: str) -> Score:
    return dict(result.levels)[name]


def test_score_of_nothing_is_zero_and_not_an_error() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0.0, 0.0, 0.0)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_scores_add_up_by_their_counts(counts: list[tuple[int, int]]) -> None:
    total = sum((Score(found=one + two, found_right=one, gold=one + two, gold_found=two) for one, two in counts), Score())
    assert (total.found, total.gold_found) == (sum(one + two for one, two in counts), sum(two for _, two in counts))
    assert 0 <= total.f1 <= 1


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("Caspase 1 activates inter leu-\nkin-1β.8 ", "caspase 1 activates interleukin-1β", True),
        ("interferon-α", "Interferon-alpha", True),
        ("IL-6 rose [...] in all patients.", "in all patients", True),
        ("IL-6 rose in mice.", "IL-6 fell in mice.", False),
        ("[...]", "IL-6 fell.", False),
        ("17", "IL-6 fell.", False),
    ],
)
def test_two_readings_of_one_sentence_meet(one: str, other: str, meet: bool) -> None:
    assert texts_meet(one, other) is meet


@given(st.text(), st.text())
def test_texts_meet_either_way_round(one: str, other: str) -> None:
    assert texts_meet(one, other) == texts_meet(other, one)


@given(st.text())
def test_squeezing_twice_changes_nothing(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


def test_strict_precision_and_recall_by_hand() -> None:
    """Three found, of which two are among the four of the gold: P 2/3, R 2/4, F1 4/7."""
    result = report([HARM_ROW, RAISE_ROW, (HARM, "causes", CRP, None, False, "?")], [HARM_ROW, RAISE_ROW, DENY_ROW, LACK_ROW])
    strict = level(result, "strict")
    assert (strict.precision, strict.recall) == (2 / 3, 2 / 4)
    assert strict.f1 == pytest.approx(4 / 7)


@pytest.mark.parametrize(
    ("found", "gold", "levels"),
    [
        (RAISE_ROW, RAISE_ROW, {"strict", "relaxed", "pair"}),
        ((IL6, "produces", CRP, None, False, "?"), RAISE_ROW, {"relaxed", "pair"}),
        ((CRP, "increases", IL6, None, False, "?"), RAISE_ROW, {"pair"}),
        ((IL6, "increases", CRP, None, True, "?"), RAISE_ROW, {"pair"}),
        ((IL6, "decreases", CRP, None, False, "?"), RAISE_ROW, {"pair"}),
        ((IL6, "increases", CRP, "increased", False, "?"), RAISE_ROW, {"strict", "relaxed", "pair"}),
        ((IL6, "increases", CRP, "loss_of_function", False, "?"), RAISE_ROW, {"pair"}),
        (RAISE_ROW, LACK_ROW, {"relaxed", "pair"}),
        (HARM_ROW, RAISE_ROW, set()),
    ],
)
def test_levels_at_which_two_claims_agree(found: Row, gold: Row, levels: set[str]) -> None:
    assert {name for name, score in report([found], [gold]).levels if score.gold_found} == levels


def test_ends_of_a_symmetric_predicate_agree_either_way_round() -> None:
    found: Row = (CRP, "associated_with", HARM, "loss_of_function", False, "?")
    gold: Row = (HARM, "associated_with", CRP, "loss_of_function", False, "?")
    assert level(report([found], [gold]), "strict").f1 == 1.0


def test_found_concept_agrees_through_its_xrefs() -> None:
    by_xref = replace(CRP, id="NCBIGene:1401", xrefs=("HGNC:2367",))
    assert level(report([(IL6, "increases", by_xref, None, False, "?")], [RAISE_ROW]), "strict").f1 == 1.0


def test_claim_counts_once_however_many_sentences_make_it() -> None:
    result = report([RAISE_ROW, (*RAISE_ROW[:5], "CRP is raised by IL-6.")], [RAISE_ROW])
    assert level(result, "strict") == Score(found=1, found_right=1, gold=1, gold_found=1)


def test_optional_claim_counts_for_nothing_found_or_missed() -> None:
    gold = parse_gold(gold_lines([RAISE_ROW], optional=True))
    assert [level(evaluate_claims(gold, [extraction(rows)]), "strict") for rows in ([RAISE_ROW], [])] == [Score(), Score()]


def test_document_that_the_gold_does_not_know_is_left_out() -> None:
    result = evaluate_claims(parse_gold(gold_lines([RAISE_ROW])), [extraction([RAISE_ROW]), extraction([HARM_ROW], document_id="PMID:8")])
    assert level(result, "strict").precision == 1.0


def test_missing_document_counts_as_empty_and_is_named() -> None:
    result = evaluate_claims(parse_gold(gold_lines([RAISE_ROW])), [])
    assert (level(result, "strict").recall, level(result, "strict").gold, result.missing_documents) == (0.0, 1, ("PMID:7",))


def test_document_is_known_by_the_name_of_its_file() -> None:
    gold = parse_gold(gold_lines([RAISE_ROW], document_id="letter.txt"))
    assert level(evaluate_claims(gold, [extraction([RAISE_ROW], source="papers/letter.txt")]), "strict").recall == 1.0


def test_predicates_are_scored_apart() -> None:
    result = report([HARM_ROW, RAISE_ROW], [RAISE_ROW, DENY_ROW])
    assert dict(result.predicates) == {
        "increases": Score(found=1, found_right=1, gold=2, gold_found=1),
        "has_adverse_event": Score(found=1, found_right=0, gold=0, gold_found=0),
    }


def test_certainty_is_compared_sentence_by_sentence() -> None:
    gold = parse_gold([*gold_lines([RAISE_ROW, HARM_ROW], certainty="possible")])
    result = evaluate_claims(gold, [extraction([RAISE_ROW, (*HARM_ROW[:5], "Another sentence says it.")], certainty=Certainty.PROBABLE)])
    assert (result.certainty_right, result.certainty_total) == (0, 1)
    assert [error.note for error in result.errors if error.kind == "certainty"] == ["possible, not probable"]


def test_errors_say_what_was_missed_and_what_stands_there_instead() -> None:
    result = report([(CRP, "increases", IL6, None, False, "?")], [RAISE_ROW])
    assert [(error.kind, error.claim, error.note) for error in result.errors] == [
        ("missed", "IL6 increases CRP", ""),
        ("spurious", "CRP increases IL6", "IL6 increases CRP"),
    ]


@pytest.mark.parametrize(
    ("trap", "row", "hit"),
    [
        (trap_line(subject=end(IL6), predicate="increases", object=end(CRP)), RAISE_ROW, True),
        (trap_line(subject=end(CRP), predicate="increases", object=end(IL6)), RAISE_ROW, False),
        (trap_line(subject=end(CRP), object=end(IL6)), RAISE_ROW, True),
        (trap_line(subject=end(HARM), object=end(IL6)), RAISE_ROW, False),
        (trap_line(object=end(CRP)), RAISE_ROW, True),
        (trap_line(subject=end(CRP), predicate="increases", object=end(IL6)), DENY_ROW, False),
        (trap_line(subject=end(IL6), predicate="decreases", object=end(CRP), sign=-1), LACK_ROW, False),
        (trap_line(subject=end(IL6), predicate="decreases", object=end(CRP), sign=1), LACK_ROW, True),
        (trap_line(scope="text", text="Read others: IL-6 raises CRP. More"), RAISE_ROW, True),
        (trap_line(scope="text", text="CRP does not raise IL-6."), DENY_ROW, True),
        (trap_line(scope="text", text="IL-6 raises nothing."), RAISE_ROW, False),
        (trap_line(document_id="PMID:8", object=end(CRP)), RAISE_ROW, False),
    ],
)
def test_traps_and_what_falls_into_them(trap: str, row: Row, hit: bool) -> None:
    result = evaluate_claims(parse_gold(gold_lines([])), [extraction([row])], traps=parse_traps([trap]))
    assert (result.traps_hit, result.traps) == (int(hit), 1)
    assert [error.kind for error in result.errors].count("trap") == int(hit)


def test_report_is_a_table_and_plain_values() -> None:
    result = report([RAISE_ROW], [RAISE_ROW])
    assert result.rows()[0] == ("strict", "1.000", "1.000", "1.000", "1", "1")
    assert all(len(row) == len(result.columns) for row in result.rows())
    assert json.loads(json.dumps(result.to_json()))["levels"]["strict"]["f1"] == 1.0
    assert result.summary() == "1 documents, 1 of 1 certainties right, 0 of 0 traps hit"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"predicate": "cures"}, "line 2: unknown predicate 'cures'"),
        ({"subject_aspect": "broken"}, "line 2: unknown subject_aspect 'broken'"),
        ({"aspect": "colour"}, "line 2: unknown aspect 'colour'"),
        ({"sign": 0}, "line 2: id as:.* write as:[0-9a-f]{20} and 1"),
        ({"type": "claim"}, "line 2: unknown type 'claim'"),
    ],
)
def test_bad_assertion_line_is_refused_with_its_place(change: dict[str, object], message: str) -> None:
    lines = gold_lines([RAISE_ROW])
    lines[1] = json.dumps(json.loads(lines[1]) | change)
    with pytest.raises(InputError, match=message):
        parse_gold(lines)


@pytest.mark.parametrize("line", ["{", "[]", "1", '{"id": "x"}'])
def test_line_that_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(InputError, match=r"line 1: "):
        parse_gold([line])


def test_evidence_before_its_assertion_is_refused() -> None:
    with pytest.raises(InputError, match="put the assertion first"):
        parse_gold([gold_lines([RAISE_ROW])[2]])


@pytest.mark.parametrize(("parts", "message"), [({"predicate": "cures"}, "unknown predicate"), ({"scope": "page"}, "unknown scope 'page'")])
def test_bad_trap_is_refused(parts: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_traps([trap_line(**parts)])


def test_gold_is_read_from_a_folder_and_errors_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(gold_lines([RAISE_ROW])), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(trap_line(), encoding="utf-8")
    gold, traps = read_gold(tmp_path)
    assert (gold.documents, len(gold.claims), len(traps)) == (("PMID:7",), 1, 1)
    (tmp_path / "c.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.jsonl, line 1"):
        read_gold(tmp_path)


def test_papers_lie_beside_the_folder_of_the_gold(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.jsonl").write_text('{"type": "document", "id": "x", "file": "papers/x.txt"}\n{"type": "document", "id": "y"}', encoding="utf-8")
    for path in (tmp_path / "gold", tmp_path / "gold" / "a.jsonl"):
        assert paper_paths(read_gold(path)[0], path) == [tmp_path.resolve() / "papers" / "x.txt"]


def test_missed_claim_is_shown_with_a_sentence_that_makes_it_beyond_doubt() -> None:
    lines = [*gold_lines([(*RAISE_ROW[:5], "Perhaps.")], optional=True), gold_lines([(*RAISE_ROW[:5], "Surely.")])[2]]
    assert [error.text for error in evaluate_claims(parse_gold(lines), []).errors] == ["Surely."]


def test_folder_without_gold_and_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.jsonl file"):
        read_gold(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")


TEXT = "Isoniazid caused hepatitis; IL-6 rose."


def mentioned(*mentions: tuple[int, int, Category, Concept | None], shift: int = 0) -> Extraction:
    """Return an extraction of TEXT with these mentions; raw offsets are `shift` further right than clean ones."""
    return Extraction(
        document=Document(
            id="PMID:7",
            title="",
            text=TEXT,
            sections=(Section(kind=SectionKind.BODY, start=0, end=len(TEXT)),),
            source_map=SourceMap(segments=((0, shift, len(TEXT), len(TEXT)),)),
        ),
        concepts=(),
        groundings=tuple(
            Grounding(
                mention=Mention(document_id="PMID:7", start=start, end=stop, text=TEXT[start:stop], label=label, component="by hand"),
                concept=concept,
                score=1.0,
                reasons=(),
            )
            for start, stop, label, concept in mentions
        ),
        assertions=(),
        evidence=(),
        case_reports=(),
    )


def gold_mention(start: int, stop: int, kind: str, *ids: str) -> GoldMention:
    return GoldMention(document_id="7", start=start, end=stop, text=TEXT[start:stop], type=kind, identifiers=ids)


GOLD_MENTIONS = (gold_mention(0, 9, "Chemical", "D007538"), gold_mention(17, 26, "Disease", "MESH:D006505"))


def test_spans_by_hand() -> None:
    """Found: the drug, half of the disease, a gene (a type that the gold lacks). Strict 1 of 2 and 1 of 2, relaxed 2 of 2."""
    ours = mentioned((0, 9, Category.DRUG, DRUG), (17, 20, Category.PHENOTYPE, HARM), (28, 32, Category.CYTOKINE, IL6))
    result = evaluate_mentions(GOLD_MENTIONS, [ours])
    scores = {(level_name, kind): score for level_name, kind, score in result.scores}
    assert scores["strict", "all"] == Score(found=2, found_right=1, gold=2, gold_found=1)
    assert scores["relaxed", "all"] == Score(found=2, found_right=2, gold=2, gold_found=2)
    assert scores["strict", "Disease"].f1 == 0.0


def test_spans_of_another_type_do_not_agree() -> None:
    result = evaluate_mentions(GOLD_MENTIONS[:1], [mentioned((0, 9, Category.DISEASE, None))])
    assert result.scores[0][2] == Score(found=0, found_right=0, gold=1, gold_found=0)


def test_spans_are_compared_in_the_input_as_it_was() -> None:
    gold = [replace(mention, start=mention.start + 3, end=mention.end + 3) for mention in GOLD_MENTIONS[:1]]
    assert evaluate_mentions(gold, [mentioned((0, 9, Category.DRUG, None), shift=3)]).scores[0][2].f1 == 1.0


def test_what_is_found_in_a_document_without_annotation_is_wrong() -> None:
    ours = mentioned((0, 9, Category.DRUG, None))
    other = replace(ours, document=replace(ours.document, id="PMID:8"))
    result = evaluate_mentions(GOLD_MENTIONS[:1], [ours, other], documents=["PMID:7", "PMID:8", "PMID:9"])
    assert (result.scores[0][2], result.documents, result.missing_documents) == (Score(found=2, found_right=1, gold=1, gold_found=1), 2, ("9",))


def test_a_type_can_be_scored_as_another_or_left_out() -> None:
    ours = mentioned((0, 9, Category.GENE, None), (17, 26, Category.DISEASE, None))
    result = evaluate_mentions(GOLD_MENTIONS, [ours], types={"chemical": "Gene"})
    assert (result.scores[0][2], result.left_out) == (Score(found=1, found_right=1, gold=1, gold_found=1), (("Disease", 1),))


def test_errors_by_hand() -> None:
    """The drug is right, the disease found in part and called a gene in part, IL-6 (no type of this gold) no error."""
    ours = mentioned((0, 9, Category.DRUG, DRUG), (17, 20, Category.PHENOTYPE, HARM), (20, 26, Category.DRUG, None), (28, 32, Category.CYTOKINE, IL6))
    result = evaluate_mentions(GOLD_MENTIONS, [ours])
    errors = [(error.kind.value, error.gold and error.gold.type, error.found and error.found.type) for error in result.errors]
    assert errors == [("boundary", "Disease", "Disease"), ("type", "Disease", "Chemical")]
    assert result.count_rows()[:2] == [("all", "gold", "1", "1", "0", "0", ""), ("all", "found", "1", "1", "1", "", "0")]
    parts = json.loads(json.dumps(result.to_json()))
    assert parts["counts"]["Disease"]["gold"] == {"correct": 0, "boundary": 1, "type": 0, "missed": 0}
    assert parts["errors"][0]["gold"] == {"start": 17, "end": 26, "text": TEXT[17:26], "type": "Disease"}
    assert parts["gold_types"] == ["Chemical", "Disease"]
    assert all(len(row) == len(result.error_columns) for row in result.error_rows(5))


def test_types_that_are_not_scored_are_counted_and_missing_documents_named() -> None:
    result = evaluate_mentions([*GOLD_MENTIONS, gold_mention(0, 3, "DomainMotif")], [])
    assert (result.left_out, result.missing_documents) == ((("DomainMotif", 1),), ("7",))
    assert "1 DomainMotif" in result.summary()
    assert all(len(row) == len(result.columns) for row in result.rows())
    assert json.loads(json.dumps(result.to_json()))["task"] == "ner"
