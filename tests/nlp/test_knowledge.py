"""What a sentence brings: 72 sentences of our own, written before the rules, with the section they would stand in."""

from __future__ import annotations

import pytest

from litkg.model import Certainty, Knowledge, SectionKind
from litkg.nlp.knowledge import knowledge_of

R, B, H = Knowledge.RESULT, Knowledge.BACKGROUND, Knowledge.HYPOTHESIS
ABSTRACT, INTRO, RESULTS, DISCUSSION, TITLE, BODY = (
    SectionKind.ABSTRACT, SectionKind.INTRODUCTION, SectionKind.RESULTS, SectionKind.DISCUSSION, SectionKind.TITLE, SectionKind.BODY,
)  # fmt: skip

SENTENCES: list[tuple[Knowledge, SectionKind, int, str]] = [
    (B, ABSTRACT, 0, "Interleukin-6 is a pleiotropic cytokine that drives the acute-phase response."),
    (B, ABSTRACT, 0, "Ketamine relieves depression within hours."),
    (B, ABSTRACT, 0, "Tumour necrosis factor plays a key role in rheumatoid arthritis."),
    (B, ABSTRACT, 0, "Statins have been shown to lower C-reactive protein."),
    (B, ABSTRACT, 1, "Previous work linked low zinc with depression."),
    (B, ABSTRACT, 1, "It is well known that steroids suppress interleukin-2."),
    (B, ABSTRACT, 1, "Clozapine can cause agranulocytosis, which limits its use."),
    (B, ABSTRACT, 0, "Lithium is widely used to treat bipolar disorder."),
    (B, ABSTRACT, 1, "IL-17 is thought to drive psoriasis."),
    (R, ABSTRACT, 4, "Anakinra lowered serum IL-6 by 40% (p = 0.003)."),
    (R, ABSTRACT, 5, "We found that IL-10 reduced fever in these mice."),
    (R, ABSTRACT, 5, "Mice lacking IL-1R1 did not develop fever."),
    (R, ABSTRACT, 3, "Treatment with infliximab resulted in a fall of CRP."),
    (R, ABSTRACT, 6, "In conclusion, minocycline attenuates depressive symptoms after interferon."),
    (R, ABSTRACT, 7, "Our data demonstrate that TNF activates IDO."),
    (R, ABSTRACT, 7, "These findings suggest that IL-33 promotes fibrosis."),
    (R, ABSTRACT, 4, "No effect of celecoxib on IL-6 was observed."),
    (R, ABSTRACT, 3, "Rats given lead showed higher levels of TNF."),
    (R, ABSTRACT, 6, "Here we show that curcumin blocks NF-kB."),
    (H, ABSTRACT, 1, "We hypothesised that tocilizumab would reduce fatigue."),
    (H, ABSTRACT, 2, "The aim of this study was to determine whether zinc lowers IL-6."),
    (H, ABSTRACT, 2, "We investigated the effect of melatonin on TNF."),
    (H, ABSTRACT, 2, "To test whether IL-4 protects neurons, we treated cultures with it."),
    (H, ABSTRACT, 1, "Whether vitamin D prevents asthma is unknown."),
    (H, ABSTRACT, 2, "This trial examined if aspirin prevents colorectal cancer."),
    (B, INTRO, 0, "Depression is associated with raised IL-6 [1-3]."),
    (B, INTRO, 2, "Miller et al. reported that interferon-alpha induces depression."),
    (B, INTRO, 4, "Several studies have found higher CRP in patients with schizophrenia."),
    (B, INTRO, 1, "IL-1 beta activates the hypothalamic axis (Dunn, 2000)."),
    (B, INTRO, 3, "Indoleamine 2,3-dioxygenase converts tryptophan to kynurenine."),
    (B, INTRO, 5, "Minocycline inhibited microglia in earlier trials."),
    (H, INTRO, 9, "We therefore hypothesized that blocking TNF relieves fatigue."),
    (H, INTRO, 9, "In this study we asked whether anakinra lowers pain."),
    (R, INTRO, 10, "Here, we report that anakinra reduces pain in mice."),
    (R, INTRO, 11, "In the present study we show that IL-1 blockade lowers CRP."),
    (R, RESULTS, 1, "Etanercept reduced IL-6 levels (Figure 2)."),
    (R, RESULTS, 2, "IL-10 was not altered by the diet."),
    (R, RESULTS, 3, "As shown in Fig. 3, LPS induced TNF."),
    (R, RESULTS, 0, "Curcumin suppresses NF-kB in macrophages."),
    (R, RESULTS, 5, "Weight correlated with leptin (r = 0.61)."),
    (H, RESULTS, 4, "To examine whether IL-6 is required, we deleted it."),
    (B, RESULTS, 4, "Since LPS is known to induce TNF, we measured it."),
    (B, RESULTS, 6, "Previous studies have shown that PGE2 raises IL-10 [14]."),
    (H, RESULTS, 7, "We reasoned that IL-10 might suppress IL-12."),
    (R, DISCUSSION, 0, "In this study, anakinra lowered IL-6 in patients with gout."),
    (R, DISCUSSION, 1, "We observed that minocycline reduced pain."),
    (R, DISCUSSION, 0, "The main finding is that zinc lowers CRP."),
    (R, DISCUSSION, 3, "Our results indicate that IL-18 promotes apoptosis."),
    (R, DISCUSSION, 6, "In our cohort, fever was associated with IL-8."),
    (B, DISCUSSION, 4, "Consistent with our data, Smith et al. found that zinc lowers CRP."),
    (B, DISCUSSION, 5, "In rats, ketamine raised BDNF (Garcia et al., 2008)."),
    (B, DISCUSSION, 5, "It has been reported that statins reduce IL-6 [22,23]."),
    (B, DISCUSSION, 7, "TNF is known to activate IDO."),
    (B, DISCUSSION, 8, "Others have observed that IL-4 lowers IL-1."),
    (H, DISCUSSION, 9, "We speculate that IL-6 mediates the fatigue."),
    (H, DISCUSSION, 9, "Further studies are needed to determine whether zinc prevents relapse."),
    (H, DISCUSSION, 8, "One possible explanation is that cortisol suppresses IL-2."),
    (H, DISCUSSION, 8, "It is tempting to speculate that IL-33 drives itch."),
    (R, TITLE, 0, "Anakinra reduces fatigue in rheumatoid arthritis"),
    (R, TITLE, 0, "Interferon-induced depression in a patient with hepatitis C"),
    (H, TITLE, 0, "Does aspirin prevent depression?"),
    (R, SectionKind.CONCLUSION, 0, "Anakinra is effective against gout."),
    (R, SectionKind.CASE_REPORT, 3, "Two days after clozapine was started the patient developed fever."),
    (B, SectionKind.CASE_REPORT, 0, "Clozapine has been reported to cause fever."),
    (R, SectionKind.CAPTION, 0, "Effect of IL-6 blockade on CRP in mice (n = 8)."),
    (R, BODY, 3, "We found that IL-6 raised hepcidin."),
    (B, BODY, 4, "IL-6 has long been known to raise hepcidin."),
    (H, BODY, 5, "We propose that IL-6 raises hepcidin through STAT3."),
    (R, BODY, 5, "In our patients infliximab caused a rash."),
    (B, BODY, 6, "A meta-analysis of 12 trials found that statins lower CRP [8]."),
    (H, SectionKind.METHODS, 0, "The study was designed to test the effect of zinc on CRP."),
    (B, SectionKind.METHODS, 2, "LPS was chosen because it induces IL-6 [9]."),
]


@pytest.mark.parametrize(("expected", "section", "place", "text"), SENTENCES, ids=[str(number) for number in range(len(SENTENCES))])
def test_knowledge(expected: Knowledge, section: SectionKind, place: int, text: str) -> None:
    assert knowledge_of(text, section, place) is expected


def test_what_is_only_hypothesised_is_a_hypothesis() -> None:
    assert knowledge_of("IL-6 raised hepcidin.", RESULTS, 3, certainty=Certainty.HYPOTHESISED) is H


def test_there_are_sixty_sentences_and_each_kind_has_fifteen() -> None:
    kinds = [kind for kind, *_ in SENTENCES]
    assert len(kinds) >= 60
    assert min(kinds.count(kind) for kind in Knowledge) >= 15
