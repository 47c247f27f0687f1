"""Names of immunology, psychiatry and pharmacology with the ids that a curator would give them, on the full lexicon."""

from __future__ import annotations

import re

import pytest

from litkg.grounding.names import resolve_name
from litkg.lexicon.lookup import Lexicon
from litkg.model import Category

pytestmark = pytest.mark.lexicon

TERMS = [
    ("IL-1ra", "HGNC:6000"),
    ("IL-1RA", "HGNC:6000"),
    ("il1rn", "HGNC:6000"),
    ("interleukin-1 receptor antagonist", "HGNC:6000"),
    ("interleukin-1–receptor antagonist", "HGNC:6000"),
    ("IL-1", "FPLX:IL1"),
    ("interleukin-1", "FPLX:IL1"),
    ("IL-1α", "HGNC:5991"),
    ("interleukin-1β", "HGNC:5992"),
    ("IL-1beta", "HGNC:5992"),
    ("IL-2", "HGNC:6001"),
    ("interleukin 2", "HGNC:6001"),
    ("IL-4", "HGNC:6014"),
    ("IL-6", "HGNC:6018"),
    ("interleukin-6", "HGNC:6018"),
    ("IL-8", "HGNC:6025"),
    ("CXCL8", "HGNC:6025"),
    ("IL-10", "HGNC:5962"),
    ("IL-17", "HGNC:5981"),
    ("TNF-α", "HGNC:11892"),
    ("tumor necrosis factor alpha", "HGNC:11892"),
    ("tumour necrosis factor-α", "HGNC:11892"),
    ("MIP-1α", "HGNC:10627"),
    ("macrophage inflammatory protein 1α", "HGNC:10627"),
    ("MCP-1", "HGNC:10618"),
    ("interferon-γ", "HGNC:5438"),
    ("IFN-gamma", "HGNC:5438"),
    ("interferon-α", "FPLX:IFNA"),
    ("GM-CSF", "HGNC:2434"),
    ("NF-κB", "FPLX:NFkappaB"),
    ("IDO", "HGNC:6059"),
    ("indoleamine 2,3-dioxygenase", "HGNC:6059"),
    ("cryopyrin", "HGNC:16400"),
    ("NALP3", "HGNC:16400"),
    ("NLRP3", "HGNC:16400"),
    ("caspase 1", "HGNC:1499"),
    ("caspase-1", "HGNC:1499"),
    ("C-reactive protein", "HGNC:2367"),
    ("CRP", "HGNC:2367"),
    ("BDNF", "HGNC:1033"),
    ("COL1A1", "HGNC:2197"),
    ("insulin", "HGNC:6081"),
    ("leptin", "HGNC:6553"),
    ("VEGF", "FPLX:VEGF"),
    ("serotonin", "CHEBI:28790"),
    ("5-HT", "CHEBI:28790"),
    ("tryptophan", "CHEBI:27897"),
    ("kynurenine", "CHEBI:28683"),
    ("quinolinic acid", "CHEBI:16675"),
    ("dopamine", "CHEBI:18243"),
    ("cortisol", "CHEBI:17650"),
    ("lipopolysaccharide", "CHEBI:16412"),
    ("anakinra", "UNII:9013DUQ28K"),
    ("Kineret", "UNII:9013DUQ28K"),
    ("methotrexate", "CHEBI:44185"),
    ("prednisolone", "CHEBI:8378"),
    ("prednisone", "CHEBI:8382"),
    ("citalopram", "CHEBI:3723"),
    ("clonazepam", "CHEBI:3756"),
    ("cyamemazine", "CHEBI:135379"),
    ("thalidomide", "CHEBI:9513"),
    ("minocycline", "CHEBI:50694"),
    ("ibuprofen", "CHEBI:5855"),
    ("etanercept", "CHEBI:4875"),
    ("tocilizumab", "MESH:C502936"),
    ("simvastatin", "CHEBI:9150"),
    ("paracetamol", "CHEBI:46195"),
    ("acetaminophen", "CHEBI:46195"),
    ("aspirin", "CHEBI:15365"),
    ("fluoxetine", "CHEBI:5118"),
    ("Prozac", "CHEBI:5118"),
    ("metformin", "CHEBI:6801"),
    ("antidepressants", "CHEBI:35469"),
    ("corticosteroids", "CHEBI:50858"),
    ("NSAIDs", "CHEBI:35475"),
    ("depression", "MONDO:0002050"),
    ("depressive symptoms", "MONDO:0002050"),
    ("depressive disorder", "MONDO:0002050"),
    ("major depressive disorder", "MONDO:0002009"),
    ("MDD", "MONDO:0002009"),
    ("bipolar disorder", "MONDO:0004985"),
    ("bipolar depression", "MONDO:0004985"),
    ("schizophrenia", "MONDO:0005090"),
    ("rheumatoid arthritis", "MONDO:0008383"),
    ("adult-onset Still's disease", "MONDO:0019355"),
    ("Crohn’s disease", "MONDO:0005011"),
    ("DIRA", "MONDO:0013021"),
    ("deficiency of the interleukin-1–receptor antagonist", "MONDO:0013021"),
    ("cryopyrin-associated periodic syndromes", "MONDO:0016168"),
    ("CAPS", "MONDO:0016168"),
    ("neonatal-onset multisystem inflammatory disease", "MONDO:0011776"),
    ("osteomyelitis", "MONDO:0005246"),
    ("psoriasis", "MONDO:0005083"),
    ("osteoarthritis", "MONDO:0005178"),
    ("asthma", "MONDO:0004979"),
    ("systemic lupus erythematosus", "MONDO:0007915"),
    ("type 2 diabetes", "MONDO:0005148"),
    ("type II diabetes", "MONDO:0005148"),
    ("anaphylaxis", "MONDO:0100053"),
    ("anaphylactic reaction", "MONDO:0100053"),
    ("injection-site reactions", "MESH:D000075662"),
    ("suicidal ideation", "HP:0031589"),
    ("fever", "HP:0001945"),
    ("pyrexia", "HP:0001945"),
    ("arthralgias", "HP:0002829"),
    ("myalgia", "HP:0003326"),
    ("fatigue", "HP:0012378"),
    ("pain", "HP:0012531"),
    ("macrophages", "CL:0000235"),
    ("T cells", "CL:0000084"),
    ("monocytes", "CL:0000576"),
    ("regulatory T cells", "CL:0000815"),
    ("type 17 helper T cells", "CL:0000899"),
    ("microglia", "CL:0000129"),
    ("inflammation", "GO:0006954"),
    ("apoptosis", "GO:0006915"),
    ("vasoconstriction", "GO:0042310"),
    ("sleep", "GO:0030431"),
    ("REM sleep", "GO:0042747"),
    ("blood pressure", "MESH:D001794"),
    ("blood viscosity", "MESH:D001809"),
    ("vascular resistance", "MESH:D014655"),
    ("heart rate", "MESH:D006339"),
    ("bleeding time", "MESH:D001760"),
    ("haematocrit", "MESH:D006400"),
    ("spreading cortical depression", "MESH:D013181"),
    ("body weight", "MESH:D001835"),
    ("mice", "NCBITaxon:10090"),
    ("Escherichia coli", "NCBITaxon:562"),
]


@pytest.mark.parametrize(("name", "curie"), TERMS)
def test_a_name_leads_to_the_expected_concept(lexicon: Lexicon, name: str, curie: str) -> None:
    assert resolve_name(lexicon, name).id == curie


@pytest.mark.parametrize(
    ("curie", "categories"),
    [
        ("HGNC:6000", (Category.GENE, Category.CYTOKINE)),
        ("HGNC:6025", (Category.GENE, Category.CYTOKINE)),
        ("FPLX:IL1", (Category.GENE, Category.CYTOKINE)),
        ("HGNC:16400", (Category.GENE,)),
        ("UNII:9013DUQ28K", (Category.DRUG,)),
        ("CHEBI:44185", (Category.DRUG,)),
        ("CHEBI:28790", (Category.CHEMICAL,)),
        ("MESH:D001794", (Category.BIOLOGICAL_PROCESS,)),
        ("MESH:D001835", (Category.PHENOTYPE,)),
    ],
)
def test_concepts_have_their_categories(lexicon: Lexicon, curie: str, categories: tuple[Category, ...]) -> None:
    concept = lexicon.concept(curie)
    assert concept is not None
    assert concept.categories == categories


@pytest.mark.parametrize(
    ("xref", "curie"),
    [
        ("MESH:D003866", "MONDO:0002050"),
        ("DOID:1596", "MONDO:0002050"),
        ("UniProt:P18510", "HGNC:6000"),
        ("NCBIGene:3557", "HGNC:6000"),
        ("MESH:D008727", "CHEBI:44185"),
        ("MESH:D001172", "MONDO:0008383"),
        ("MESH:D012701", "CHEBI:28790"),
        ("OMIM:180300", "MONDO:0008383"),
        ("OMIM:147620", "HGNC:6018"),
        ("UMLS:C0003873", "MONDO:0008383"),
        ("Orphanet:284130", "MONDO:0008383"),
        ("UNII:YL5FZ2Y5U1", "CHEBI:44185"),
        ("umls:c0003873", "MONDO:0008383"),
        ("CHEBI:18484", "CHEBI:90"),
        ("hgnc.genegroup:948", "FPLX:TLR"),
        ("MESH:D007378", "HGNC.GROUP:601"),
        ("MESH:C065679", "CHEBI:68556"),
    ],
)
def test_ids_of_other_sources_lead_to_the_concept(lexicon: Lexicon, xref: str, curie: str) -> None:
    concept = lexicon.concept(xref)
    assert concept is not None
    assert concept.id == curie


@pytest.mark.parametrize(
    ("curie", "family"),
    [
        ("HGNC:5992", "FPLX:IL1"),
        ("HGNC:6018", "HGNC.GROUP:601"),
        ("HGNC:5423", "FPLX:Interferon"),
        ("FPLX:IFNA", "FPLX:Interferon"),
        ("HGNC:11850", "FPLX:TLR"),
    ],
)
def test_genes_are_in_their_families_and_in_theirs(lexicon: Lexicon, curie: str, family: str) -> None:
    concept = lexicon.concept(curie)
    assert concept is not None
    assert family in concept.families


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MESH:D012148", "HP:5200426"),
        ("MESH:D010014", "MONDO:0043731"),
        ("MESH:D014717", "MONDO:0002317"),
        ("MESH:D018398", "HGNC:9213"),
        ("MESH:D007070", "HGNC:1698"),
        ("MESH:D000804", "HGNC:333"),
        ("FPLX:Interferon", "HGNC:6018"),
    ],
)
def test_different_things_are_not_merged(lexicon: Lexicon, one: str, other: str) -> None:
    first, second = lexicon.concept(one), lexicon.concept(other)
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert first.id not in second.families


@pytest.mark.parametrize(
    "text",
    [
        "The patients were not able to act on it, and we can set out all of it",
        "It was read by the group as a case of chance",
        "Yes, the rest was done in Sep 1 and on (1) and (2)",
        "Acta Med Park, Jun and Feb 10",
        "The treatment of the disease with the drug",
        "A movement of the voice on inhalation, and a sensation of eating at a week of gestation",
    ],
)
def test_plain_prose_holds_no_names(lexicon: Lexicon, text: str) -> None:
    spans = lexicon.find(text, [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)])
    assert [text[span.start : span.end] for span in spans] == []


def test_info_names_every_source_with_licence_and_credit(lexicon: Lexicon) -> None:
    sources = lexicon.info().sources
    assert {"HGNC", "MeSH", "MONDO", "ChEBI", "Human Phenotype Ontology", "Cell Ontology"} <= {source.name for source in sources}
    assert all(source.licence and source.credit and source.version for source in sources)
