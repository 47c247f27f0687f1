"""The main job on real papers: the same questions to the three seed papers (where they lie beside the checkout) and to the demo's papers, always."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from litkg.answers import find_paths
from litkg.datafiles import data_path
from litkg.grounding.names import resolve_name
from litkg.lexicon.lookup import Lexicon
from litkg.model import READ_SECTIONS, Answer, Assertion, Certainty, Evidence, Extraction
from litkg.settings import settings_from_environment
from litkg.stores import open_store
from litkg.workflow import Workflow, extract_paths

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
PAPERS = {"seeds": SEEDS, "corpus": data_path("corpus/papers")}

pytestmark = [pytest.mark.lexicon, pytest.mark.xdist_group("papers")]


@dataclass(frozen=True)
class Reading:
    """Some papers as litkg reads them."""

    lexicon: Lexicon
    extractions: tuple[Extraction, ...]

    def named(self, name: str) -> str:
        return resolve_name(self.lexicon, name).id

    def claims(
        self, subject: str, predicate: str, object_: str, *, state: str | None = None, any_state: bool = False
    ) -> list[tuple[Assertion, Evidence, Extraction]]:
        wanted = (self.named(subject), predicate, self.named(object_))
        return [
            (assertion, evidence, extraction)
            for extraction in self.extractions
            for assertion in extraction.assertions
            for evidence in extraction.evidence
            if evidence.assertion_id == assertion.id
            and (assertion.subject, assertion.predicate, assertion.object) == wanted
            and (any_state or assertion.subject_aspect == state)
        ]


@cache
def read(source: str) -> Reading:
    workflow = Workflow.open(settings_from_environment(os.environ))
    return Reading(workflow.lexicon, tuple(extraction for _, extraction in extract_paths([PAPERS[source]], workflow)))


@pytest.fixture(params=[pytest.param("seeds", marks=pytest.mark.seeds), "corpus"])
def papers(request: pytest.FixtureRequest, lexicon: Lexicon) -> Reading:
    if request.param == "seeds" and not SEEDS.is_dir():
        pytest.skip("the three seed papers are not beside this checkout (../shared/seeds)")
    return read(request.param)


@pytest.fixture
def seeds(lexicon: Lexicon) -> Reading:
    if not SEEDS.is_dir():
        pytest.skip("the three seed papers are not beside this checkout (../shared/seeds)")
    return read("seeds")


def hops(papers: Reading, tmp_path: Path) -> Iterator[list[tuple[str, str, int, frozenset[str]]]]:
    with open_store(str(tmp_path / "graph")) as store:
        store.apply_schema()
        store.upsert(papers.extractions)
        for path in find_paths(store, papers.named("IL-1ra"), papers.named("depression"), limit=50):
            yield [(hop.end.id, hop.predicate, hop.sign, frozenset(s.certainty for s in hop.sentences if not s.negated)) for hop in path.hops]


def test_path_from_il1ra_over_ido_and_serotonin_to_depression_is_hedged_at_each_hop(papers: Reading, tmp_path: Path) -> None:
    route = [papers.named(name) for name in ("IDO", "serotonin", "depression")]
    found = [path for path in hops(papers, tmp_path) if [hop[0] for hop in path] == route]
    assert any(all(certainties - {"asserted"} for *_, certainties in path) for path in found)


def test_letter_alone_asserts_no_hop_of_that_path(seeds: Reading, tmp_path: Path) -> None:
    route = [seeds.named(name) for name in ("IDO", "serotonin", "depression")]
    found = [path for path in hops(seeds, tmp_path) if [hop[0] for hop in path] == route]
    assert all("asserted" not in certainties for path in found for *_, certainties in path)


def test_il1ra_lowers_serotonin_and_low_serotonin_causes_depression(papers: Reading, tmp_path: Path) -> None:
    route = [papers.named(name) for name in ("serotonin", "depression")]
    signs = [[hop[2] for hop in path] for path in hops(papers, tmp_path) if [hop[0] for hop in path] == route]
    assert [-1, -1] in signs


def test_anakinra_is_a_probable_cause_of_depression(papers: Reading) -> None:
    certainties = {evidence.certainty for _, evidence, _ in papers.claims("anakinra", "has_adverse_event", "depression") if not evidence.negated}
    assert Certainty.PROBABLE in certainties
    assert Certainty.ASSERTED not in certainties


def test_case_report_tells_temporal_order_and_dechallenge(papers: Reading) -> None:
    reports = [
        report
        for extraction in papers.extractions
        for report in extraction.case_reports
        if (report.drug, report.event) == (papers.named("anakinra"), papers.named("depression"))
    ]
    assert len(reports) == 1
    (report,) = reports
    assert (report.temporal_order.answer, report.dechallenge.answer, report.alternative_cause_ruled_out.answer) == (Answer.YES, Answer.YES, Answer.YES)
    assert report.rechallenge.answer is not Answer.YES
    assert "100 mg" in (report.dose.value or "")


@pytest.mark.parametrize("drug", ["methotrexate", "prednisolone"])
def test_other_drugs_are_cleared_and_never_blamed(papers: Reading, drug: str) -> None:
    evidence = [evidence for _, evidence, _ in papers.claims(drug, "has_adverse_event", "depression")]
    assert evidence
    assert all(item.negated for item in evidence)


def test_misspelt_drug_is_the_drug(seeds: Reading) -> None:
    found = {
        item.mention.text
        for extraction in seeds.extractions
        for item in extraction.groundings
        if item.concept and item.concept.id == seeds.named("methotrexate")
    }
    assert found == {"methotrexate", "metothrexate"}


@pytest.mark.parametrize("disease", ["major depressive disorder", "bipolar depression"])
def test_interleukin_2_treats_both_depressions(papers: Reading, disease: str) -> None:
    assert [evidence for _, evidence, _ in papers.claims("interleukin-2", "treats", disease) if not evidence.negated]


def test_nothing_comes_from_teasers_references_tables_or_furniture(papers: Reading) -> None:
    for extraction in papers.extractions:
        unread = [(section.start, section.end) for section in extraction.document.sections if section.kind not in READ_SECTIONS]
        spans = [(item.start, item.end) for item in extraction.evidence] + [(item.mention.start, item.mention.end) for item in extraction.groundings]
        assert not [span for span in spans for start, end in unread if start < span[1] and span[0] < end]


def test_no_edge_is_about_the_teasers_subjects(papers: Reading) -> None:
    page = [extraction for extraction in papers.extractions if any(item.mention.text.lower().startswith("interleukin-2") for item in extraction.groundings)]
    ends = {end for extraction in page for assertion in extraction.assertions for end in (assertion.subject, assertion.object)}
    assert page
    assert not ends & {papers.named("SARS-CoV-2"), papers.named("systemic lupus erythematosus")}


def test_loss_of_il1rn_causes_dira(papers: Reading) -> None:
    found = papers.claims("IL1RN", "causes", "DIRA", state="loss_of_function")
    assert [assertion.sign for assertion, evidence, _ in found if not evidence.negated]
    assert all(assertion.sign == -1 for assertion, _, _ in found)


@pytest.mark.parametrize("disease", ["DIRA", "cryopyrin-associated periodic syndromes"])
def test_anakinra_treats_both_autoinflammatory_diseases(papers: Reading, disease: str) -> None:
    assert [evidence for _, evidence, _ in papers.claims("anakinra", "treats", disease) if not evidence.negated]


@pytest.mark.parametrize("event", ["injection-site reaction", "anaphylactic reaction"])
def test_anakinra_has_its_adverse_events(papers: Reading, event: str) -> None:
    assert [evidence for _, evidence, _ in papers.claims("anakinra", "has_adverse_event", event) if not evidence.negated]


def test_nlrp3_activates_caspase_1_which_activates_il1b(papers: Reading) -> None:
    assert [assertion for assertion, *_ in papers.claims("NLRP3", "increases", "caspase 1", any_state=True) if assertion.sign >= 0]
    assert papers.claims("caspase 1", "increases", "IL-1β") or papers.claims("caspase 1", "produces", "IL-1β")


@pytest.mark.parametrize("cytokine", ["IL-1α", "MIP-1α", "TNF-α", "IL-8", "IL-6"])
def test_absence_of_il1ra_raises_the_cytokine(papers: Reading, cytokine: str) -> None:
    found = [assertion for assertion, evidence, _ in papers.claims("IL-1ra", "increases", cytokine, state="loss_of_function") if not evidence.negated]
    assert found
    assert all(assertion.sign == -1 for assertion in found)


def test_every_offset_leads_to_the_very_characters(papers: Reading) -> None:
    for extraction in papers.extractions:
        text = extraction.document.text
        assert all(text[item.start : item.end] == item.text for item in extraction.evidence)
        assert all(text[item.mention.start : item.mention.end] == item.mention.text for item in extraction.groundings)
        assert all(item.start <= item.subject_mention[0] and item.object_mention[1] <= item.end for item in extraction.evidence)
