"""Sentences in our own words, each with all the claims that it makes: a claim too many fails as a claim too few does."""

from __future__ import annotations

import pytest

from litkg.model import Certainty
from litkg.nlp.relations import EXTRACTOR
from tests.nlp.marked import claims_of, relations_of

CASES: tuple[tuple[str, set[str]], ...] = (
    # active
    ("{d:Dexamethasone} suppresses {k:IL-6} secretion.", {"dexamethasone decreases/secretion il-6"}),
    ("{k:IL-4} activates {g:STAT6} in {t:B cells}.", {"il-4 increases/activity stat6"}),
    ("{d:Clozapine} can cause {s:agranulocytosis}.", {"possible? clozapine has_adverse_event agranulocytosis"}),
    ("{k:TNF} and {k:IL-1β} raise hepatic {g:CRP}.", {"il-1β increases/abundance crp", "tnf increases/abundance crp"}),
    ("{d:Lithium} significantly lowered serum {k:IL-2} ({k:TNF} was unchanged).", {"lithium decreases/abundance il-2"}),
    ("{s:Obesity} increases the risk of {s:asthma}.", {"obesity causes asthma"}),
    ("{k:IL-5}, which is produced by {t:mast cells}, activates {t:eosinophils}.", {"il-5 increases/activity eosinophils", "mast cells produces il-5"}),
    ("{k:IL-13}, a cytokine released in the airways, aggravates {s:asthma}.", {"il-13 worsens/severity asthma"}),
    ("{d:Sertraline} relieves the symptoms of {s:anxiety} in patients with {s:autism}.", {"sertraline treats autism", "sertraline treats/severity anxiety"}),
    ("{d:Metformin} reduces {k:IL-6} and improves {s:insulin resistance}.", {"metformin decreases il-6", "metformin treats insulin resistance"}),
    ("{d:Prazosin} has been shown to reduce {s:nightmares}.", {"prazosin treats nightmares"}),
    ("{g:LEP} deficiency leads to {s:obesity} and {s:infertility}.", {"lep[loss_of_function] causes infertility", "lep[loss_of_function] causes obesity"}),
    # passives
    ("{k:IL-8} secretion was inhibited by {d:colchicine}.", {"colchicine decreases/secretion il-8"}),
    ("{s:Gout} is treated with {d:allopurinol}.", {"allopurinol treats gout"}),
    ("{k:IFN-γ} was not altered by {d:fluoxetine}.", {"!fluoxetine affects ifn-γ"}),
    ("{c:Tyrosine} is converted to {c:dopamine} by {g:TH}.", {"th produces dopamine", "tyrosine converts_to dopamine"}),
    ("{s:Hepatitis} caused by {d:isoniazid} resolved.", {"isoniazid has_adverse_event hepatitis"}),
    ("{k:IL-17} levels decreased after treatment with {d:secukinumab}.", {"secukinumab decreases/abundance il-17"}),
    (
        "{k:IL-33} is released from {t:mast cells} and secreted by {t:keratinocytes}.",
        {"keratinocytes produces/secretion il-33", "mast cells produces/secretion il-33"},
    ),
    # nominalisations
    ("Inhibition of {g:COX2} by {d:celecoxib} improved {s:arthritis}.", {"celecoxib decreases/activity cox2", "cox2[loss_of_function] decreases arthritis"}),
    ("The effect of {d:ketamine} on {g:BDNF} expression was studied.", {"hypothesised? ketamine affects/expression bdnf"}),
    ("{d:Aspirin} had no effect on {k:IL-10}.", {"!aspirin affects il-10"}),
    ("None of the women with {s:uveitis} responded to {d:infliximab}.", {"!infliximab treats uveitis"}),
    ("None of the patients given {d:ritonavir} developed {s:hepatitis}.", {"!ritonavir has_adverse_event hepatitis"}),
    ("Women with {s:lupus} should avoid {d:hydralazine}.", set()),
    ("{d:Minocycline} exerts an inhibitory effect on {g:MMP9}.", {"minocycline decreases mmp9"}),
    ("A role for {k:IL-23} in {s:psoriasis} is established.", {"il-23 affects psoriasis"}),
    ("Knockdown of {g:SIRT1} increased {k:IL-6} expression.", {"sirt1[loss_of_function] increases/expression il-6"}),
    ("The increase in {k:IL-18} after {d:cisplatin} treatment was marked.", {"cisplatin increases il-18"}),
    ("{d:Pioglitazone} works by activating {g:PPARG}.", {"pioglitazone increases/activity pparg"}),
    # suffixes
    ("{k:TNF}-induced {k:IL-8} secretion was inhibited by {d:dexamethasone}.", {"dexamethasone decreases/secretion il-8", "tnf increases/secretion il-8"}),
    ("{d:Amiodarone}-induced {s:thyroiditis} is frequent.", {"amiodarone has_adverse_event thyroiditis"}),
    ("The {b:apoptosis}-inducing factor {g:TRAIL} was measured.", {"trail causes apoptosis"}),
    (
        "{d:Etanercept}-related adverse events were {s:rash} in two patients and {s:neutropenia}.",
        {"etanercept has_adverse_event neutropenia", "etanercept has_adverse_event rash"},
    ),
    ("{k:IL-10}-deficient mice develop {s:colitis}.", {"il-10[loss_of_function] causes colitis"}),
    ("{d:Naltrexone} prevented {d:morphine}-induced {s:constipation}.", {"morphine has_adverse_event constipation", "naltrexone prevents constipation"}),
    ("{c:MK-801}-induced {g:DAT}-mediated efflux was seen.", set()),
    (
        "{d:Tempol} brought about a reduction of {d:doxorubicin}-induced {s:cardiomyopathy}.",
        {"doxorubicin has_adverse_event cardiomyopathy", "tempol treats/severity cardiomyopathy"},
    ),
    (
        "Inhibition of {k:TNF}-induced {k:IL-8} release by {d:dexamethasone} was seen.",
        {"dexamethasone decreases/secretion il-8", "tnf increases/secretion il-8"},
    ),
    ("The anti-{s:seizure} effect of {d:carbamazepine} was strong.", {"carbamazepine treats seizure"}),
    ("Anti-{s:arthritis} {d:methotrexate} was given.", set()),
    ("Reduced {c:serotonin}-induced {s:aggression} was seen.", {"serotonin causes aggression"}),
    ("High {c:glucose}-induced {b:apoptosis} was seen.", {"glucose[increased] causes apoptosis"}),
    # states of the subject
    (
        "Loss of {g:FOXP3} leads to reduced {k:IL-10} and {s:autoimmunity}.",
        {"foxp3[loss_of_function] causes autoimmunity", "foxp3[loss_of_function] decreases il-10"},
    ),
    ("{k:IL-4}-deficient mice showed increased {k:IFN-γ} production.", {"il-4[loss_of_function] increases/abundance ifn-γ"}),
    ("Gain-of-function mutations in {g:NLRC4} cause {s:enterocolitis}.", {"nlrc4[gain_of_function] causes enterocolitis"}),
    ("Truncating mutations in {g:BRCA1} cause {s:breast cancer}.", {"brca1[loss_of_function] causes breast cancer"}),
    ("Mutations in {g:MEFV} cause {s:familial Mediterranean fever}.", {"mefv[variant] causes familial mediterranean fever"}),
    ("{k:TNF} inhibitors reduce {g:CRP}.", {"tnf[loss_of_function] decreases crp"}),
    ("{k:IL-6} blockade improves {s:anemia}.", {"il-6[loss_of_function] decreases anemia"}),
    ("Anti-{k:IL-5} antibodies reduced {s:asthma} exacerbations.", {"il-5[loss_of_function] decreases/severity asthma"}),
    ("A decrease in {c:dopamine} causes {s:parkinsonism}.", {"dopamine[decreased] causes parkinsonism"}),
    ("Elevated {k:IL-6} levels cause {s:fatigue}.", {"il-6[increased] causes fatigue"}),
    ("{g:CRP} was overproduced in cells from patients lacking {g:A20}.", {"a20[loss_of_function] increases/abundance crp"}),
    # identity and agents
    ("{d:Aldesleukin}, a recombinant {k:interleukin-2}, was given.", {"aldesleukin form_of interleukin-2"}),
    ("{d:Basiliximab} acts as an {g:IL2RA} antagonist.", {"basiliximab decreases/activity il2ra"}),
    ("The {k:TNF} inhibitor {d:infliximab} was safe.", {"infliximab decreases/activity tnf"}),
    ("{d:Rofecoxib}, a selective {g:COX2} inhibitor, was withdrawn.", {"rofecoxib decreases/activity cox2"}),
    ("{g:JAK} inhibitors such as {d:tofacitinib} were tested.", {"hypothesised? tofacitinib decreases/activity jak"}),
    # negation
    ("{d:Tocilizumab} failed to reduce {k:TNF}.", {"!tocilizumab decreases tnf"}),
    ("{d:Bupropion} was not associated with {s:seizures}.", {"!bupropion associated_with seizures"}),
    ("There was no association between {d:statins} and {s:dementia}.", {"!statins associated_with dementia"}),
    ("{k:IL-6} is not required for {s:arthritis}.", {"!il-6 increases arthritis"}),
    ("Neither {d:zinc} nor {d:selenium} reduced {g:CRP}.", {"!selenium decreases crp", "!zinc decreases crp"}),
    ("{d:Infliximab} reduced {g:CRP} but not {k:IL-10}.", {"!infliximab decreases il-10", "infliximab decreases crp"}),
    ("No {d:naproxen}-induced {s:bleeding} was seen.", {"!naproxen has_adverse_event bleeding"}),
    ("{d:Vitamin D} did not significantly lower {k:IL-6} levels.", {"!vitamin d decreases/abundance il-6"}),
    # certainty
    ("{k:IL-6} may cause {s:fatigue}.", {"possible? il-6 causes fatigue"}),
    ("{d:Statins} probably reduce {g:CRP}.", {"probable? statins decreases crp"}),
    ("We hypothesized that {d:minocycline} reduces {k:IL-1β}.", {"hypothesised? minocycline decreases il-1β"}),
    ("It remains unclear whether {k:IL-6} causes {s:depression}.", set()),
    ("These data suggest that {k:IL-17} drives {s:psoriasis}.", {"possible? il-17 causes psoriasis"}),
    ("Does {d:isotretinoin} cause {s:depression}?", {"hypothesised? isotretinoin has_adverse_event depression"}),
    (
        "A fall in {c:dopamine} levels induced by {d:reserpine} could explain {s:depression}.",
        {"possible? dopamine[decreased] causes depression", "possible? reserpine decreases/abundance dopamine"},
    ),
    ("{k:IL-6} may not cause {s:fatigue}.", {"!possible? il-6 causes fatigue"}),
    # correlation
    ("{s:Anxiety} severity correlated positively with {k:IL-6} concentrations.", {"anxiety positively_correlated_with il-6"}),
    ("{k:IL-10} was inversely correlated with {s:pain} scores.", {"il-10 negatively_correlated_with pain"}),
    ("{k:IL-6} levels were higher in patients with {s:sepsis} than in controls.", {"il-6 positively_correlated_with sepsis"}),
    ("{s:Sepsis} patients had lower {k:IL-2} levels than controls.", {"il-2 negatively_correlated_with sepsis"}),
    ("Men with {s:gout} had markedly increased evening levels of {k:IL-6}.", {"il-6 positively_correlated_with gout"}),
    ("Patients with {s:sepsis} have decreased {k:IL-2} in serum.", {"il-2 negatively_correlated_with sepsis"}),
    ("{d:Aspirin} had reduced {k:IL-6} by the third day.", {"aspirin decreases il-6"}),
    ("{s:Dementia} was associated with {g:APOE}.", {"dementia associated_with apoe"}),
    ("{g:PCT} is a biomarker of {s:sepsis}.", {"pct biomarker_of sepsis"}),
    ("A link between {s:obesity} and {k:IL-6} was found.", {"obesity associated_with il-6"}),
    # treats and adverse events
    ("{d:Etanercept} is effective in the treatment of {s:psoriasis}.", {"etanercept treats psoriasis"}),
    ("{d:Sertraline} and {d:fluoxetine} are used for {s:anxiety}.", {"fluoxetine treats anxiety", "sertraline treats anxiety"}),
    ("Patients with {s:gout} were treated with {d:febuxostat}.", {"febuxostat treats gout"}),
    ("The response of {s:myeloma} to {d:bortezomib} was rapid.", {"bortezomib treats myeloma"}),
    ("{s:Rash} after {d:amoxicillin} was seen.", {"possible? amoxicillin has_adverse_event rash"}),
    ("{s:Hepatitis} occurred two weeks after starting {d:isoniazid}.", {"possible? isoniazid has_adverse_event hepatitis"}),
    ("{d:Interferon alfa} causes {s:depression} in many patients.", {"interferon alfa has_adverse_event depression"}),
    ("Side effects of {d:lithium} include {s:tremor} and {s:polyuria}.", {"lithium has_adverse_event polyuria", "lithium has_adverse_event tremor"}),
    ("{s:Agranulocytosis} due to {d:clozapine} is rare.", {"clozapine has_adverse_event agranulocytosis"}),
    # chains and anaphora
    (
        "{k:IFN-γ} induces {g:IDO1}, thereby lowering {c:tryptophan}.",
        {"ido1 decreases/abundance tryptophan", "ifn-γ decreases/abundance tryptophan", "ifn-γ increases ido1"},
    ),
    ("{g:CASP1} cleaves {k:IL-18} precursor to its active form, {k:IL-18}.", {"casp1 increases/activity il-18"}),
    ("{k:TNF} was raised. // This cytokine activates {g:NFKB1}.", {"tnf increases/activity nfkb1"}),
    ("{d:Ketamine} was infused. // The drug increased {g:BDNF} and reduced {s:pain}.", {"ketamine increases bdnf", "ketamine treats pain"}),
    ("{d:Ketamine} is approved for {s:pain}, but it may also reduce {s:depression}.", {"ketamine treats pain", "possible? ketamine treats depression"}),
    ("{g:NLRC4} is mutated. // This protein forms a complex that stimulates {g:CASP4}.", {"nlrc4 increases casp4"}),
    # traps
    ("{d:Metformin}, compared with {d:glipizide}, lowered {k:IL-6}.", {"metformin compared_with glipizide", "metformin decreases/abundance il-6"}),
    ("In patients with {s:sepsis}, {d:hydrocortisone} decreased {k:IL-6}.", {"hydrocortisone decreases il-6"}),
    ("{d:Cisplatin} induces {g:Cx43} gap junction disassembly.", set()),
    ("{k:IL-6} and {g:CRP} were measured in {s:asthma}.", set()),
    ("{d:Aspirin} was stopped because of {s:ulcer}.", set()),
    ("{k:IL-10} suppresses and {k:IL-12} stimulates {k:IFN-γ} production.", {"il-10 decreases/abundance ifn-γ", "il-12 increases/abundance ifn-γ"}),
    ("{d:Lithium} inhibits {g:GSK3B} and {g:CDK5} phosphorylates {g:MAPT}.", {"lithium decreases/activity gsk3b"}),
    ("Patients received {d:prednisone} for {s:asthma} and had {s:diabetes}.", {"prednisone treats asthma"}),
    ("It is known that {s:asthma} is common.", set()),
    # found while reading papers
    ("Withdrawal of {d:carbamazepine} cleared the {s:rash}.", {"carbamazepine[decreased] decreases rash"}),
    ("{s:Rash} resolved after discontinuation of {d:carbamazepine}.", {"carbamazepine[decreased] decreases rash"}),
    (
        "Treatment with {d:rituximab} led to a reduction of {t:B cells} and {g:IgG} levels.",
        {"rituximab decreases b cells", "rituximab decreases/abundance igg"},
    ),
    ("The role of {k:IL-17} in {s:autism} is unclear.", set()),
    ("{d:Cefepime} was associated with {d:levofloxacin} in this arm.", set()),
    ("{t:Monocytes} were stimulated with {k:IL-3}.", set()),
    ("A 40-year-old woman with {s:epilepsy} was treated with {d:valproate}.", {"valproate treats epilepsy"}),
    ("{d:Quetiapine}, but not {d:haloperidol}, reduced {s:anxiety}.", {"!haloperidol treats anxiety", "quetiapine treats anxiety"}),
    ("{d:Riluzole} raised {g:BDNF}, whereas {d:memantine} did not.", {"!memantine increases/abundance bdnf", "riluzole increases/abundance bdnf"}),
    ("{d:Orlistat} is ineffective in {s:lipodystrophy}.", {"!orlistat treats lipodystrophy"}),
    ("We found no evidence that {d:aspartame} causes {s:seizures}.", {"!aspartame has_adverse_event seizures"}),
    ("It is unlikely that {k:IL-31} drives {s:asthma}.", {"!il-31 causes asthma"}),
    ("With {d:colchicine}, the {s:pericarditis} resolved.", {"colchicine treats pericarditis"}),
    ("{k:IL-34} is a predictor of {s:sepsis}.", {"il-34 biomarker_of sepsis"}),
    ("{d:Naproxen} neither reduced {k:IL-6} nor improved {s:pain}.", {"!naproxen decreases il-6", "!naproxen treats pain"}),
    ("A lack of {c:iron} causes {s:anemia}.", {"iron[decreased] causes anemia"}),
    (
        "{s:Hyponatremia} in a man with {s:epilepsy}, {s:gout} and {s:asthma} after {d:desmopressin} therapy.",
        {"possible? desmopressin has_adverse_event hyponatremia"},
    ),
    (
        "Effects of an inhibitor of {g:ACE} ({d:captopril}) on {s:renal failure}.",
        {"ace[loss_of_function] affects renal failure", "captopril decreases/activity ace"},
    ),
    ("The effect of {d:aspirin} on {s:status epilepticus}-associated cell loss was seen.", set()),
    ("{d:Rg1} restores the impairment of {b:learning} in rats.", {"rg1 increases/activity learning"}),
    ("The {d:lithium}-treated group had a lower incidence of {s:suicide}.", {"lithium prevents suicide"}),
    (
        "{d:Zinc} did not reduce {k:IL-6} or {k:TNF} (n=5), and it failed to lower {g:CRP}.",
        {"!zinc decreases il-6", "!zinc decreases tnf", "!zinc decreases/abundance crp"},
    ),
    ("High doses of {d:aldesleukin} often lead to {s:hypotension}.", {"aldesleukin has_adverse_event hypotension"}),
    (
        "{k:IL-6} and {k:TNF} raise {g:CRP} and {g:SAA1}.",
        {"il-6 increases/abundance crp", "il-6 increases/abundance saa1", "tnf increases/abundance crp", "tnf increases/abundance saa1"},
    ),
    ("In this study {d:aspirin} reduced {k:IL-6}.", {"aspirin decreases il-6"}),
    ("{k:IL-6} induces {g:TDO2}, diverting {c:tryptophan} from {c:serotonin}.", {"il-6 increases tdo2"}),
    ("{d:Anakinra}, a recombinant {g:IL1RN}, was given.", {"anakinra form_of il1rn"}),
    ("The {g:NLRP3} inflammasome, a {g:multiprotein complex}, was formed.", set()),
    ("{c:Tryptophan}, from which {c:serotonin} is made, is broken down by {g:IDO1}.", {"ido1 decreases/abundance tryptophan"}),
    (
        "{d:Zinc} lowered {k:IL-6}, reduced {g:CRP}, and raised {g:ALB}.",
        {"zinc decreases crp", "zinc decreases/abundance il-6", "zinc increases/abundance alb"},
    ),
    ("{k:IL-10}, to which {t:monocytes} respond, lowers {k:TNF}.", {"il-10 decreases/abundance tnf"}),
    ("{s:Anemia} was not reported to be linked to {d:lenalidomide} until now.", set()),
    ("{s:Edema} associated with {d:amlodipine} use was seen.", {"probable? amlodipine has_adverse_event edema"}),
    ("{s:Anemia} in a boy treated with {d:zidovudine} is described.", {"possible? zidovudine has_adverse_event anemia"}),
    ("A woman developed {s:tremor} while taking {d:valproate}.", {"possible? valproate has_adverse_event tremor"}),
    ("{d:Bleomycin} {s:pneumonitis} was seen twice.", {"probable? bleomycin has_adverse_event pneumonitis"}),
    ("{s:Allergy} to {d:penicillin} is common.", {"probable? penicillin has_adverse_event allergy"}),
    ("The {s:ototoxicity} of {d:gentamicin} was studied.", {"hypothesised? gentamicin has_adverse_event ototoxicity"}),
    ("{k:IL-2} ({d:aldesleukin}) was given.", {"aldesleukin form_of il-2"}),
    ("{d:Tributyrin} ({g:TC4}) was monitored.", set()),
    ("The {d:lithium}-induced {c:thyroxine} decline was seen.", {"lithium decreases thyroxine"}),
    ("{d:Aspirin} use was associated with a reduced risk of {s:colon cancer}.", {"aspirin negatively_correlated_with colon cancer"}),
    ("{s:Obesity} was associated with an increased risk of {s:gout}.", {"obesity positively_correlated_with gout"}),
    ("{d:Timolol} raised {b:skin temperature}.", {"timolol increases skin temperature"}),
    ("{b:Bleeding time} was prolonged by {d:fish oil}.", {"fish oil increases bleeding time"}),
    ("{d:Timolol} lowers {b:vascular resistance} and {g:REN}.", {"timolol decreases vascular resistance", "timolol decreases/abundance ren"}),
    ("The {b:hunger} stimulating peptide {g:GHRL} was measured.", {"ghrl increases hunger"}),
    ("The {b:blood pressure} lowering effect of {d:timolol} was strong.", {"timolol decreases blood pressure"}),
    ("{k:TNF} stimulating {b:lipolysis} was seen.", {"tnf increases lipolysis"}),
    ("{s:Oesophagitis} and decreased {b:lung capacity} were found in two men.", set()),
    ("{d:Zinc} and decreased {b:blood volume} lowered {g:CRP}.", {"blood volume[decreased] decreases/abundance crp"}),
    ("Nor was there any change in {b:sweating} after {d:timolol}.", {"!timolol affects sweating"}),
    ("Reducing {k:TNF} lowers {g:CRP}.", {"tnf[decreased] decreases/abundance crp"}),
    ("In mice, blocking {k:TNF} may raise {g:ALB}.", {"possible? tnf[loss_of_function] increases/abundance alb"}),
    ("Inhibiting {k:TNF} with {d:infliximab} lowers {g:CRP}.", {"infliximab decreases/activity tnf", "tnf[loss_of_function] decreases/abundance crp"}),
    ("{d:Zinc}, reducing {k:TNF}, lowers {g:CRP}.", {"zinc decreases/abundance crp"}),
    ("{d:Zinc} raised {g:CRP}, nor did {d:zinc} lower {k:IL-6}.", {"!zinc decreases/abundance il-6", "zinc increases/abundance crp"}),
)


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[marked for marked, _ in CASES])
def test_sentence_makes_these_claims_and_no_others(marked: str, expected: set[str]) -> None:
    assert claims_of(marked) == expected


def test_anaphor_evidence_spans_both_sentences() -> None:
    (relation,) = relations_of("{k:TNF} was raised. // This cytokine activates {g:NFKB1}.")
    assert relation.start == 0
    assert relation.subject.mention.text == "TNF"
    assert relation.extractor == EXTRACTOR


def test_endless_sentence_is_passed_over() -> None:
    assert relations_of("{k:TNF} activates {g:NFKB1} " + "and more words " * 20_000) == ()


def test_surest_wording_of_a_claim_stands_for_its_sentence() -> None:
    (relation,) = relations_of("{d:Sertraline}-induced {s:hyponatremia} was seen two weeks after starting {d:Sertraline}.")
    assert relation.certainty is Certainty.ASSERTED
