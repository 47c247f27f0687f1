"""A little graph that can be checked by hand: four invented documents, ten concepts, thirteen assertions, twenty evidences, one case report.

The sentences are invented; they are not claims about the world. `extractions()` gives the four documents in order:

    PMID:101  2006  a letter with a case report        PMID:103  2015  a study that contradicts
    PMID:102  2010  a review                           PMID:104  2020  a conference report, with an ungrounded name

| assertion (`ASSERTIONS` key)   | what it says                                             | sign | evidence: document certainty (- refutes)           |
|--------------------------------|----------------------------------------------------------|------|----------------------------------------------------|
| il1rn_raises_ido               | IL1RN increases IDO1, activity                           |  +1  | 101 possible                                       |
| ido_lowers_serotonin           | IDO1 decreases serotonin, abundance                      |  -1  | 101 probable, 102 asserted                         |
| low_serotonin_causes_depression| serotonin (decreased) causes depression                  |  -1  | 101 possible                                       |
| il1rn_lowers_serotonin         | IL1RN decreases serotonin                                |  -1  | 101 possible                                       |
| anakinra_adverse_depression    | anakinra has_adverse_event depression                    |  +1  | 101 probable, 103 -probable                        |
| methotrexate_adverse_depression| methotrexate has_adverse_event depression                |  +1  | 101 -asserted                                      |
| il1rn_lowers_il1b              | IL1RN decreases IL1B, activity                           |  -1  | 102 asserted, 103 asserted                         |
| no_il1rn_causes_dira           | IL1RN (loss_of_function) causes DIRA                     |  -1  | 102 asserted                                       |
| anakinra_treats_dira           | anakinra treats DIRA                                     |  -1  | 102 asserted, 104 -hypothesised                    |
| il1b_raises_il6                | IL1B increases IL6, secretion                            |  +1  | 102 asserted, 103 -asserted, 104 probable          |
| il6_with_depression            | IL6 associated_with depression (symmetric)               |   0  | 103 asserted, 104 possible                         |
| quintamab_lowers_il6           | quintamab (ungrounded) decreases IL6, expression         |  -1  | 104 hypothesised                                   |
| anakinra_form_of_il1rn         | anakinra form_of IL1RN                                   |   0  | 102 asserted                                       |

Case report of PMID:101: anakinra, depression; temporal order yes, dechallenge yes, rechallenge unknown, alternative cause ruled out
yes (methotrexate), dose 100 mg, time to onset ten days, outcome recovered; Naranjo items 2 and 3 yes. All confidences are 0.9.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from litkg.model import (
    AlternativeCause,
    Answer,
    Assertion,
    CaseReport,
    Category,
    Certainty,
    Concept,
    Criterion,
    Document,
    Evidence,
    Extraction,
    Grounding,
    Mention,
    NaranjoItem,
    Section,
    SectionKind,
    SourceMap,
    content_id,
)
from litkg.predicates import make_assertion

IL1RN = Concept(
    id="HGNC:6000",
    name="IL1RN",
    categories=(Category.GENE, Category.CYTOKINE),
    synonyms=("IL-1 receptor antagonist", "IL-1ra"),
    xrefs=("NCBIGene:3557",),
)
IDO1 = Concept(id="HGNC:6059", name="IDO1", categories=(Category.GENE,), synonyms=("IDO", "indoleamine 2,3-dioxygenase"))
IL1B = Concept(id="HGNC:5992", name="IL1B", categories=(Category.GENE, Category.CYTOKINE), synonyms=("IL-1β",))
IL6 = Concept(id="HGNC:6018", name="IL6", categories=(Category.GENE, Category.CYTOKINE), synonyms=("IL-6",))
SEROTONIN = Concept(id="CHEBI:28790", name="serotonin", categories=(Category.CHEMICAL,), synonyms=("5-HT",))
ANAKINRA = Concept(id="UNII:9013DUQ28K", name="anakinra", categories=(Category.DRUG,), synonyms=("Kineret",))
METHOTREXATE = Concept(id="CHEBI:44185", name="methotrexate", categories=(Category.DRUG,))
DEPRESSION = Concept(id="MONDO:0002050", name="depressive disorder", categories=(Category.DISEASE, Category.ADVERSE_EVENT), synonyms=("depression",))
DIRA = Concept(id="MONDO:0013029", name="deficiency of IL-1 receptor antagonist", categories=(Category.DISEASE,), synonyms=("DIRA",))
QUINTAMAB = Concept(id="litkg.text:quintamab", name="quintamab", categories=(Category.DRUG,), grounded=False)

CONCEPTS = {
    "IL-1ra": IL1RN,
    "IDO": IDO1,
    "IL-1β": IL1B,
    "IL-6": IL6,
    "serotonin": SEROTONIN,
    "anakinra": ANAKINRA,
    "methotrexate": METHOTREXATE,
    "depression": DEPRESSION,
    "DIRA": DIRA,
    "quintamab": QUINTAMAB,
}
"""Each concept by the one name that the texts below give it."""

ASSERTIONS: dict[str, Assertion] = {
    "il1rn_raises_ido": make_assertion(IL1RN.id, "increases", IDO1.id, aspect="activity"),
    "ido_lowers_serotonin": make_assertion(IDO1.id, "decreases", SEROTONIN.id, aspect="abundance"),
    "low_serotonin_causes_depression": make_assertion(SEROTONIN.id, "causes", DEPRESSION.id, subject_aspect="decreased"),
    "il1rn_lowers_serotonin": make_assertion(IL1RN.id, "decreases", SEROTONIN.id),
    "anakinra_adverse_depression": make_assertion(ANAKINRA.id, "has_adverse_event", DEPRESSION.id),
    "methotrexate_adverse_depression": make_assertion(METHOTREXATE.id, "has_adverse_event", DEPRESSION.id),
    "il1rn_lowers_il1b": make_assertion(IL1RN.id, "decreases", IL1B.id, aspect="activity"),
    "no_il1rn_causes_dira": make_assertion(IL1RN.id, "causes", DIRA.id, subject_aspect="loss_of_function"),
    "anakinra_treats_dira": make_assertion(ANAKINRA.id, "treats", DIRA.id),
    "il1b_raises_il6": make_assertion(IL1B.id, "increases", IL6.id, aspect="secretion"),
    "il6_with_depression": make_assertion(IL6.id, "associated_with", DEPRESSION.id),
    "quintamab_lowers_il6": make_assertion(QUINTAMAB.id, "decreases", IL6.id, aspect="expression"),
    "anakinra_form_of_il1rn": make_assertion(ANAKINRA.id, "form_of", IL1RN.id),
}


@dataclass(frozen=True)
class Claim:
    """A sentence with the assertion that it makes, and the names in it that stand for the two ends."""

    sentence: str
    assertion: str
    subject: str
    object: str
    certainty: Certainty = Certainty.ASSERTED
    negated: bool = False


def extraction(
    document_id: str,
    claims: tuple[Claim, ...],
    *,
    title: str,
    year: int | None,
    criteria: dict[str, tuple[str, str | None]] | None = None,
    concepts: dict[str, Concept] | None = None,
) -> Extraction:
    """Return the extraction of a document whose text is the sentences of `claims`; `criteria` (name: words, value) make a case report."""
    named = concepts or CONCEPTS
    text, evidence, groundings, starts = "", [], {}, []
    for claim in claims:
        starts.append(len(text))
        text += claim.sentence + " "
    document = _document(document_id, text.strip(), title=title, year=year)
    for claim, start in zip(claims, starts, strict=True):
        spans = {}
        for name in (claim.subject, claim.object):
            offset = start + claim.sentence.index(name)
            spans[name] = (offset, offset + len(name))
            groundings[spans[name]] = _grounding(document_id, spans[name], name, named[name])
        evidence.append(_evidence(document_id, claim, start, spans[claim.subject], spans[claim.object]))
    reports = (_case_report(document, criteria),) if criteria else ()
    found = tuple(groundings[span] for span in sorted(groundings))
    return Extraction(
        document=document,
        concepts=tuple(sorted({g.concept for g in found if g.concept}, key=lambda concept: concept.id)),
        groundings=found,
        assertions=tuple(sorted({ASSERTIONS[claim.assertion] for claim in claims}, key=lambda assertion: assertion.id)),
        evidence=tuple(sorted(evidence, key=lambda item: item.id)),
        case_reports=reports,
    )


def extractions() -> tuple[Extraction, ...]:
    """Return the four documents of the little graph."""
    return (
        extraction(
            "PMID:101",
            (
                Claim(
                    "A patient became low in mood ten days after the start of anakinra 100 mg, probably a depression due to it.",
                    "anakinra_adverse_depression",
                    "anakinra",
                    "depression",
                    Certainty.PROBABLE,
                ),
                Claim(
                    "The stable dose of methotrexate cannot explain the depression, and the mood cleared when the injections ended.",
                    "methotrexate_adverse_depression",
                    "methotrexate",
                    "depression",
                    negated=True,
                ),
                Claim("IL-1ra might raise the activity of IDO.", "il1rn_raises_ido", "IL-1ra", "IDO", Certainty.POSSIBLE),
                Claim("IDO likely drains serotonin.", "ido_lowers_serotonin", "IDO", "serotonin", Certainty.PROBABLE),
                Claim("A fall of serotonin may bring on depression.", "low_serotonin_causes_depression", "serotonin", "depression", Certainty.POSSIBLE),
                Claim("IL-1ra may thus lower serotonin.", "il1rn_lowers_serotonin", "IL-1ra", "serotonin", Certainty.POSSIBLE),
            ),
            title="Low mood under an injection: a letter",
            year=2006,
            criteria={
                "temporal_order": ("ten days after the start of anakinra", None),
                "dechallenge": ("the mood cleared when the injections ended", None),
                "alternative_cause_ruled_out": ("methotrexate cannot explain the depression", None),
                "dose": ("100 mg", "100 mg"),
                "time_to_onset": ("ten days after the start", "10 days"),
                "outcome": ("the mood cleared", "recovered"),
            },
        ),
        extraction(
            "PMID:102",
            (
                Claim("IDO depletes serotonin.", "ido_lowers_serotonin", "IDO", "serotonin"),
                Claim("IL-1ra blocks IL-1β.", "il1rn_lowers_il1b", "IL-1ra", "IL-1β"),
                Claim("Children who lack IL-1ra fall ill with DIRA.", "no_il1rn_causes_dira", "IL-1ra", "DIRA"),
                Claim("The drug anakinra cures DIRA.", "anakinra_treats_dira", "anakinra", "DIRA"),
                Claim("IL-1β makes cells release IL-6.", "il1b_raises_il6", "IL-1β", "IL-6"),
                Claim("The drug anakinra is a made form of IL-1ra.", "anakinra_form_of_il1rn", "anakinra", "IL-1ra"),
            ),
            title="A blocked signal: a review",
            year=2010,
        ),
        extraction(
            "PMID:103",
            (
                Claim("IL-1ra again blocked IL-1β.", "il1rn_lowers_il1b", "IL-1ra", "IL-1β"),
                Claim("In these cells IL-1β did not release any IL-6.", "il1b_raises_il6", "IL-1β", "IL-6", negated=True),
                Claim("IL-6 went along with depression.", "il6_with_depression", "IL-6", "depression"),
                Claim(
                    "It is unlikely that anakinra leads to depression.",
                    "anakinra_adverse_depression",
                    "anakinra",
                    "depression",
                    Certainty.PROBABLE,
                    negated=True,
                ),
            ),
            title="No release in these cells",
            year=2015,
        ),
        extraction(
            "PMID:104",
            (
                Claim("IL-1β probably makes glia release IL-6.", "il1b_raises_il6", "IL-1β", "IL-6", Certainty.PROBABLE),
                Claim("IL-6 may go along with depression.", "il6_with_depression", "IL-6", "depression", Certainty.POSSIBLE),
                Claim("We will test whether quintamab lowers IL-6 messages.", "quintamab_lowers_il6", "quintamab", "IL-6", Certainty.HYPOTHESISED),
                Claim("It could be that anakinra does nothing for DIRA.", "anakinra_treats_dira", "anakinra", "DIRA", Certainty.HYPOTHESISED, negated=True),
            ),
            title="Plans for an antibody",
            year=2020,
        ),
    )


def _document(document_id: str, text: str, *, title: str, year: int | None) -> Document:
    return Document(
        id=document_id,
        title=title,
        text=text,
        sections=(Section(kind=SectionKind.BODY, start=0, end=len(text)),),
        source_map=SourceMap(segments=((0, 0, len(text), len(text)),)),
        year=year,
        journal="Journal of Invented Results",
        licence="CC0-1.0",
        sha256=content_id("sha", text),
    )


def _grounding(document_id: str, span: tuple[int, int], name: str, concept: Concept) -> Grounding:
    mention = Mention(document_id=document_id, start=span[0], end=span[1], text=name, label=concept.categories[0], component="lexicon")
    return Grounding(mention=mention, concept=concept, score=1.0 if concept.grounded else 0.0, reasons=("by hand",))


def _evidence(document_id: str, claim: Claim, start: int, subject: tuple[int, int], object_: tuple[int, int]) -> Evidence:
    item = Evidence(
        id="",
        assertion_id=ASSERTIONS[claim.assertion].id,
        document_id=document_id,
        section=SectionKind.BODY,
        start=start,
        end=start + len(claim.sentence),
        text=claim.sentence,
        subject_mention=subject,
        object_mention=object_,
        negated=claim.negated,
        certainty=claim.certainty,
        confidence=0.9,
        extractor="by_hand",
    )
    return replace(item, id=content_id("ev", item.assertion_id, document_id, start, item.end, subject, object_, claim.negated, claim.certainty))


def _case_report(document: Document, criteria: dict[str, tuple[str, str | None]]) -> CaseReport:
    found = {
        name: Criterion(
            answer=Answer.YES,
            start=document.text.index(words),
            end=document.text.index(words) + len(words),
            text=words,
            value=value,
        )
        for name, (words, value) in criteria.items()
    }
    report = CaseReport(id=content_id("cr", document.id, ANAKINRA.id, DEPRESSION.id), document_id=document.id, drug=ANAKINRA.id, event=DEPRESSION.id)
    for name, criterion in found.items():
        report = replace(report, **{name: criterion})  # type: ignore[arg-type]
    cleared = found["alternative_cause_ruled_out"]
    cause = AlternativeCause(
        name="methotrexate", ruled_out=Answer.YES, start=cleared.start or 0, end=cleared.end or 0, text=cleared.text, concept=METHOTREXATE.id
    )
    items = {2: found["temporal_order"], 3: found["dechallenge"]}
    return replace(
        report,
        alternative_causes=(cause,),
        naranjo=tuple(NaranjoItem(number=number, answer=item.answer, start=item.start, end=item.end, text=item.text) for number, item in items.items()),
    )
