"""Task link on cases small enough to count by hand: gold mentions after grounding, and documents end to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from litkg.evaluate import Given, LinkReport, evaluate_links
from litkg.evaluation.link_report import FOUND_KINDS, GOLD_ID_KINDS, MENTION_KINDS, LinkKind
from litkg.evaluation.scores import Score
from litkg.model import Category, Concept, Document, Extraction, Grounding, Mention, Section, SectionKind, SourceMap
from litkg.sources.gold import GoldMention, split_identifiers

DRUG = Concept(id="CHEBI:6030", name="isoniazid", categories=(Category.DRUG,), xrefs=("MESH:D007538", "UNII:V83O1VOZ8L"))
HARM = Concept(id="MONDO:0002251", name="hepatitis", categories=(Category.DISEASE,), xrefs=("MESH:D006505", "OMIM:114550", "OMIM:613095"))
LUNG = Concept(id="MONDO:0005249", name="pneumonia", categories=(Category.DISEASE,), xrefs=("MESH:D011014",))
IL6 = Concept(id="HGNC:6018", name="IL6", categories=(Category.GENE, Category.CYTOKINE), xrefs=("NCBIGene:3569",))
RARE = Concept(id="MONDO:0009999", name="rare hepatitis", categories=(Category.DISEASE,), xrefs=("DOID:1",))
UNKNOWN = Concept(id="litkg.text:hepatitis", name="hepatitis", categories=(Category.DISEASE,), grounded=False)
LEXICON = {name: concept for concept in (DRUG, HARM, LUNG, IL6, RARE) for name in (concept.id, *concept.xrefs)}
TEXT = "Isoniazid caused hepatitis; IL-6 rose."


def marked(start: int, end: int, kind: str, identifiers: str = "") -> GoldMention:
    return GoldMention(document_id="PMID:7", start=start, end=end, text=TEXT[start:end], type=kind, identifiers=split_identifiers(identifiers))


def extraction(*mentions: tuple[int, int, Category, Concept | None], shift: int = 0) -> Extraction:
    """Return an extraction of TEXT with these mentions; raw offsets are `shift` further right than clean ones."""
    groundings = tuple(
        Grounding(
            mention=Mention(document_id="PMID:7", start=start, end=end, text=TEXT[start:end], label=label, component="by hand"),
            concept=concept,
            score=1.0,
            reasons=(),
        )
        for start, end, label, concept in mentions
    )
    document = Document(
        id="PMID:7",
        title="",
        text=TEXT,
        sections=(Section(kind=SectionKind.BODY, start=0, end=len(TEXT)),),
        source_map=SourceMap(segments=((0, shift, len(TEXT), len(TEXT)),)),
    )
    return Extraction(document=document, concepts=(), groundings=groundings, assertions=(), evidence=(), case_reports=())


def score(gold: Sequence[GoldMention], given: Sequence[Given] = (), found: Extraction | None = None, *, human_genes: bool = False) -> LinkReport:
    extractions = [found] if found else None
    return evaluate_links(gold, given, extractions, concept_of=LEXICON.get, human_genes=human_genes)


def kind_of(identifiers: str, concept: Concept | None, *candidates: str, kind: str = "Disease", human_genes: bool = False) -> LinkKind | None:
    """Return what a mention with these ids is that was given `concept`, out of `candidates`; None where it is not scored."""
    mention = marked(17, 26, kind, identifiers)
    other = marked(28, 32, "Gene", "16193(Tax:10090)")
    report = score([mention, other], [Given(mention=mention, concept=concept, candidates=candidates)], human_genes=human_genes)
    return next(iter(report.given[0][1].kinds), None)


@pytest.mark.parametrize(
    ("identifiers", "concept", "candidates", "expected"),
    [
        ("D006505", HARM, (HARM.id,), LinkKind.CORRECT),
        ("OMIM:613095", HARM, (HARM.id,), LinkKind.CORRECT),
        ("D011014|D006505", HARM, (HARM.id,), LinkKind.CORRECT),
        ("D011014,D006505", HARM, (HARM.id,), LinkKind.CORRECT),
        ("-1|D006505", HARM, (HARM.id,), LinkKind.CORRECT),
        ("C999999", HARM, (HARM.id,), LinkKind.NOT_IN_LEXICON),
        ("C999999|D006505", None, (), LinkKind.NO_CANDIDATE),
        ("D006505", LUNG, (LUNG.id, HARM.id), LinkKind.WRONG_RANK),
        ("D006505", DRUG, (DRUG.id,), LinkKind.WRONG_TYPE),
        ("D006505", LUNG, (LUNG.id,), LinkKind.WRONG_CONCEPT),
        ("-1", HARM, (HARM.id,), None),
        ("", HARM, (HARM.id,), None),
    ],
)
def test_each_gold_mention_is_of_one_kind(identifiers: str, concept: Concept | None, candidates: tuple[str, ...], expected: LinkKind | None) -> None:
    assert kind_of(identifiers, concept, *candidates) is expected


@pytest.mark.parametrize(
    ("identifiers", "expected", "human"),
    [
        ("3569", LinkKind.CORRECT, LinkKind.CORRECT),
        ("16193(Tax:10090)", LinkKind.OTHER_SPECIES, None),
        ("16193(Tax:10090),3569", LinkKind.CORRECT, LinkKind.CORRECT),
        ("99999999", LinkKind.NOT_IN_LEXICON, LinkKind.NOT_IN_LEXICON),
    ],
)
def test_genes_of_other_species_are_wrong_unless_they_are_left_out(identifiers: str, expected: LinkKind, human: LinkKind | None) -> None:
    """The gold marks species, so a human gene that the lexicon lacks is wrong either way."""
    assert kind_of(identifiers, IL6, IL6.id, kind="Gene") is expected
    assert kind_of(identifiers, IL6, IL6.id, kind="Gene", human_genes=True) is human


def test_a_gene_marked_as_another_species_is_no_answer_where_human_genes_count() -> None:
    gold = [marked(28, 32, "Gene", "3569")]
    found = extraction((28, 32, Category.GENE, IL6))
    mouse = replace(found, groundings=tuple(replace(item, taxon=10090) for item in found.groundings))
    assert [dict(score(gold, found=item, human_genes=True).ends)["Gene"].score.found for item in (found, mouse)] == [1, 0]
    assert dict(score(gold, found=mouse).ends)["Gene"].score.found == 1


def test_a_concept_without_an_id_of_the_gold_answers_by_a_wider_one_where_asked() -> None:
    gold = [marked(17, 26, "Disease", "D006505")]
    given = [Given(mention=gold[0], concept=RARE, candidates=(RARE.id,))]
    found = extraction((17, 26, Category.DISEASE, RARE))
    for broader, right in ((None, 0), (lambda curie, prefixes: (HARM,), 1)):
        report = evaluate_links(gold, given, [found], concept_of=LEXICON.get, broader=broader)
        assert dict(report.given)["Disease"].kinds[LinkKind.CORRECT] == right
        assert dict(report.ends)["Disease"].score.gold_found == right


def test_ceilings_count_what_the_lexicon_holds_and_what_was_among_the_candidates() -> None:
    mentions = [marked(0, 9, "Chemical", identifiers) for identifiers in ("D007538", "D007538", "C999999", "-")]
    candidates = ((DRUG.id,), (), (), (DRUG.id,))
    given = [Given(mention=mention, concept=None, candidates=names) for mention, names in zip(mentions, candidates, strict=True)]
    report = score(mentions, given)
    (total, chemical) = report.given
    assert total[1] == chemical[1]
    assert (total[1].mentions, total[1].held, total[1].reachable, report.without_id) == (3, 2, 1, 1)
    assert all(len(row) == len(report.columns) for row in report.rows())


def test_a_concept_counts_once_a_document_and_is_right_by_any_of_its_ids() -> None:
    """Found: the drug (twice) and the hepatitis, which answers two of the gold's three diseases: P 2/2, R 3/4."""
    gold = [marked(0, 9, "Chemical", "D007538"), marked(17, 26, "Disease", "D006505|OMIM:114550"), marked(17, 26, "Disease", "D011014")]
    found = extraction((0, 9, Category.DRUG, DRUG), (0, 9, Category.DRUG, DRUG), (17, 26, Category.PHENOTYPE, HARM), (28, 32, Category.GENE, IL6))
    report = score(gold, found=found)
    ends = dict(report.ends)
    assert ends["all"].score == Score(found=2, found_right=2, gold=4, gold_found=3)
    assert ends["Disease"].score == Score(found=1, found_right=1, gold=3, gold_found=2)
    (error,) = report.errors
    assert (error.level, error.kind, error.document_id, error.gold) == ("gold", LinkKind.WRONG_CONCEPT, "PMID:7", (("MESH:D011014", "pneumonia"),))


def test_only_concepts_with_an_id_of_the_gold_s_vocabularies_are_answers() -> None:
    """The gold has MeSH ids alone, so a concept that has none is no answer, right or wrong; nor is one that is not grounded."""
    gold = [marked(17, 26, "Disease", "D006505")]
    for concept in (RARE, UNKNOWN, None):
        report = score(gold, found=extraction((17, 26, Category.DISEASE, concept)))
        assert report.ends[0][1].score == Score(found=0, found_right=0, gold=1, gold_found=0)
        assert [error.kind for error in report.errors] == [LinkKind.NO_CANDIDATE]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, LinkKind.NO_MENTION),
        ((0, 9, Category.DISEASE, HARM), LinkKind.CORRECT),
        ((17, 20, Category.DISEASE, LUNG), LinkKind.WRONG_CONCEPT),
        ((17, 26, Category.DRUG, DRUG), LinkKind.WRONG_TYPE),
    ],
)
def test_a_missed_id_says_what_stands_in_its_place(found: tuple[int, int, Category, Concept] | None, expected: LinkKind) -> None:
    report = score([marked(17, 26, "Disease", "D006505")], found=extraction(*([found] if found else [])))
    assert report.ends[0][1].gold == {expected: 1}


@pytest.mark.parametrize(
    ("gold", "expected"),
    [
        (("Disease", "D006505"), LinkKind.WRONG_CONCEPT),
        (("Disease", "-1"), LinkKind.NO_ID),
        (("Chemical", "D007538"), LinkKind.WRONG_TYPE),
        (None, LinkKind.SPURIOUS),
    ],
)
def test_a_wrong_concept_says_what_the_gold_has_in_its_place(gold: tuple[str, str] | None, expected: LinkKind) -> None:
    elsewhere = marked(28, 32, "Disease", "D009999")
    mentions = [elsewhere, *([marked(17, 26, *gold)] if gold else [])]
    report = score(mentions, found=extraction((17, 26, Category.DISEASE, LUNG)))
    assert dict(report.ends)["Disease"].found == {expected: 1}


def test_a_human_gene_found_for_another_species_is_wrong_even_where_human_genes_alone_are_scored() -> None:
    gold = [marked(28, 32, "Gene", "16193(Tax:10090)")]
    report = score(gold, found=extraction((28, 32, Category.GENE, IL6)), human_genes=True)
    assert report.ends[0][1].score == Score(found=1, found_right=0, gold=0, gold_found=0)
    assert report.ends[0][1].found == {LinkKind.OTHER_SPECIES: 1}
    assert "other species' genes: 1, left out" in report.summary()


def test_places_are_compared_in_the_input_as_it_was() -> None:
    gold = [marked(20, 29, "Disease", "D006505")]
    report = score(gold, found=extraction((17, 26, Category.DISEASE, LUNG), shift=3))
    assert report.ends[0][1].found == {LinkKind.WRONG_CONCEPT: 1}


def test_documents_without_extraction_are_missing_and_count_as_empty() -> None:
    gold = [marked(17, 26, "Disease", "D006505"), replace(marked(17, 26, "Disease", "D006505"), document_id="PMID:8")]
    report = score(gold, found=extraction((17, 26, Category.DISEASE, HARM)))
    assert (report.ends[0][1].score, report.missing_documents) == (Score(found=1, found_right=1, gold=2, gold_found=1), ("8",))


def test_kinds_of_a_side_add_up_to_it_and_tables_fit_their_heads() -> None:
    gold = [marked(0, 9, "Chemical", "D007538"), marked(17, 26, "Disease", "D006505"), marked(28, 32, "DomainMotif", "5")]
    report = score(gold, found=extraction((0, 9, Category.DRUG, DRUG), (17, 26, Category.DISEASE, LUNG)))
    for _, end in report.ends:
        assert (sum(end.gold.values()), sum(end.found.values())) == (end.score.gold, end.score.found)
        assert set(end.gold) <= set(GOLD_ID_KINDS)
        assert set(end.found) <= set(FOUND_KINDS)
    tables = [(report.end_rows(), report.end_columns), (report.count_rows(), report.count_columns), (report.error_rows(3), report.error_columns)]
    assert all(rows and all(len(row) == len(columns) for row in rows) for rows, columns in tables)
    assert report.left_out == (("DomainMotif", 1),)
    assert {kind.value for kind in MENTION_KINDS} <= set(report.columns)
