"""Biolink's names for what litkg says, both ways: categories, predicates, qualifiers.

Owns the mapping; refuses files. A core triple (subject, predicate, object) must stay true when its qualifiers are dropped, negation apart, as Biolink's
guidance on qualified statements asks. So a claim about a state of the subject ("lack of X causes Y") takes a weaker core predicate, and the full one stands in
`qualified_predicate`. Names were checked against Biolink Model 4.4.3, the one that KGX 2.7.0 pins.
Source: graph/predicates.tsv; Biolink Model, association slots and qualifiers, w3id.org/biolink.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litkg.model import Category
from litkg.predicates import ASPECTS, load_predicates

PREFIX = "biolink:"
ORIGINAL_PREFIX = "litkg:"
"""Before litkg's own predicates, in Biolink's slot `original_predicate`."""

CATEGORIES = {
    Category.DRUG: "biolink:Drug",
    Category.CYTOKINE: "biolink:Gene",
    Category.GENE: "biolink:Gene",
    Category.DISEASE: "biolink:Disease",
    Category.ADVERSE_EVENT: "biolink:DiseaseOrPhenotypicFeature",
    Category.CHEMICAL: "biolink:ChemicalEntity",
    Category.PHENOTYPE: "biolink:PhenotypicFeature",
    Category.CELL_TYPE: "biolink:Cell",
    Category.BIOLOGICAL_PROCESS: "biolink:BiologicalProcess",
    Category.ORGANISM: "biolink:OrganismTaxon",
    Category.CELL_LINE: "biolink:CellLine",
    Category.VARIANT: "biolink:SequenceVariant",
}
_ROLES = frozenset({Category.CYTOKINE, Category.ADVERSE_EVENT})
_READ_CATEGORIES = {name.removeprefix(PREFIX): category for category, name in CATEGORIES.items() if category not in _ROLES} | {
    **dict.fromkeys(("GeneOrGeneProduct", "GeneProduct", "Protein", "ProteinIsoform", "Polypeptide", "Transcript", "RNAProduct"), Category.GENE),
    **dict.fromkeys(("NoncodingRNAProduct", "MicroRNA", "SiRNA", "GeneFamily", "MacromolecularComplex"), Category.GENE),
    **dict.fromkeys(("SmallMolecule", "MolecularEntity", "ChemicalMixture", "MolecularMixture", "ComplexMolecularMixture"), Category.CHEMICAL),
    **dict.fromkeys(("ProcessedMaterial", "FoodAdditive", "Food", "EnvironmentalFoodContaminant", "NucleicAcidEntity"), Category.CHEMICAL),
    "ChemicalSubstance": Category.CHEMICAL,
    "DiseaseOrPhenotypicFeature": Category.DISEASE,
    **dict.fromkeys(("ClinicalFinding", "BehavioralFeature"), Category.PHENOTYPE),
    **dict.fromkeys(
        ("BiologicalProcessOrActivity", "MolecularActivity", "Pathway", "PhysiologicalProcess", "PathologicalProcess"), Category.BIOLOGICAL_PROCESS
    ),
    **dict.fromkeys(("Virus", "Bacterium", "CellularOrganism", "Mammal", "Human", "OrganismalEntity"), Category.ORGANISM),
}

_ASPECTS_OUT = ASPECTS - {"severity"}
"""Aspects that Biolink's enumeration has; severity it has not."""
_ASPECTS_IN: dict[str, str | None] = {**{name: name for name in _ASPECTS_OUT}, "synthesis": "abundance", "activity_or_abundance": None, "severity": "severity"}
_FORMS = {"loss_of_function": "loss_of_function_variant_form", "gain_of_function": "gain_of_function_variant_form", "variant": "genetic_variant_form"}
_FORMS_IN = {form: state for state, form in _FORMS.items()} | dict.fromkeys(("mutant_form", "polymorphic_form", "snp_form"), "variant")
_DIRECTIONS_IN = {"increased": "increased", "upregulated": "increased", "decreased": "decreased", "downregulated": "decreased"}

_CORE_OF_STATE = {
    **dict.fromkeys(("causes", "has_adverse_event", "worsens", "treats", "prevents", "produces"), "biolink:affects"),
    **dict.fromkeys(("converts_to", "interacts_with", "member_of"), "biolink:related_to"),
    **dict.fromkeys(("positively_correlated_with", "negatively_correlated_with"), "biolink:correlated_with"),
}
"""What is true of the subject as such where the claim is about a state of it; other predicates stay true as they are."""

_READ_PREDICATES = {
    **{row.biolink_predicate: row.name for row in load_predicates().values() if row.biolink_predicate not in ("biolink:affects", "biolink:related_to")},
    **dict.fromkeys(("biolink:affects", "biolink:regulates"), "affects"),
    **dict.fromkeys(("biolink:positively_regulates", "biolink:stimulates"), "increases"),
    **dict.fromkeys(("biolink:negatively_regulates", "biolink:disrupts"), "decreases"),
    **dict.fromkeys(("biolink:contributes_to", "biolink:gene_causes_condition"), "causes"),
    **dict.fromkeys(("biolink:has_side_effect",), "has_adverse_event"),
    **dict.fromkeys(("biolink:exacerbates",), "worsens"),
    **dict.fromkeys(("biolink:ameliorates_condition", "biolink:ameliorates"), "treats"),
    **dict.fromkeys(("biolink:prevents",), "prevents"),
    **dict.fromkeys(("biolink:physically_interacts_with", "biolink:directly_physically_interacts_with", "biolink:binds"), "interacts_with"),
    **dict.fromkeys(("biolink:correlated_with", "biolink:coexists_with", "biolink:genetically_associated_with"), "associated_with"),
    **dict.fromkeys(("biolink:gene_associated_with_condition", "biolink:condition_associated_with_gene"), "associated_with"),
    **dict.fromkeys(("biolink:occurs_together_in_literature_with",), "associated_with"),
}
_INVERSES = {
    "biolink:affected_by": "biolink:affects",
    "biolink:regulated_by": "biolink:regulates",
    "biolink:caused_by": "biolink:causes",
    "biolink:treated_by": "biolink:treats",
    "biolink:adverse_event_of": "biolink:has_adverse_event",
    "biolink:side_effect_of": "biolink:has_side_effect",
    "biolink:condition_exacerbated_by": "biolink:exacerbates_condition",
    "biolink:condition_ameliorated_by": "biolink:ameliorates_condition",
    "biolink:condition_prevented_by": "biolink:preventative_for_condition",
    "biolink:produced_by": "biolink:produces",
    "biolink:is_metabolite_of": "biolink:has_metabolite",
    "biolink:has_biomarker": "biolink:biomarker_for",
    "biolink:has_member": "biolink:member_of",
    "biolink:contribution_from": "biolink:contributes_to",
}
_OLD_STYLE = re.compile(r"biolink:(increases|decreases|affects)_(activity|abundance|expression|secretion|synthesis)_of")
"""Predicates of Biolink before version 3 said direction and aspect in their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an edge in Biolink's terms says in litkg's: `swapped` where the edge says it from its object; `notes` name qualifiers that were not kept."""

    predicate: str
    aspect: str | None = None
    subject_aspect: str | None = None
    swapped: bool = False
    notes: tuple[str, ...] = ()


def biolink_categories(categories: Iterable[str]) -> list[str]:
    """Return Biolink's classes for litkg's categories, once each; a role has none of its own beside the kind of thing that plays it.

    >>> biolink_categories(["Gene", "Cytokine"]), biolink_categories(["AdverseEvent"])
    (['biolink:Gene'], ['biolink:DiseaseOrPhenotypicFeature'])
    """
    known = [Category(name) for name in categories]
    kinds = [item for item in known if item not in _ROLES] or known
    return list(dict.fromkeys(CATEGORIES[item] for item in kinds))


def read_categories(classes: Iterable[str]) -> tuple[Category, ...]:
    """Return litkg's categories for Biolink's classes, in their order, none where litkg has none.

    >>> read_categories(["biolink:Protein", "biolink:NamedThing"])
    (<Category.GENE: 'Gene'>,)
    """
    found = (_READ_CATEGORIES.get(name.removeprefix(PREFIX)) for name in classes)
    return tuple(dict.fromkeys(item for item in found if item is not None))


def biolink_statement(predicate: str, aspect: str | None, subject_aspect: str | None) -> dict[str, str]:
    """Return the predicate and qualifiers of a claim, by Biolink's slot names, with litkg's own predicate as `original_predicate`.

    >>> biolink_statement("causes", None, "decreased")["predicate"]
    'biolink:affects'
    """
    row = load_predicates()[predicate]
    fields = {"predicate": row.biolink_predicate, "original_predicate": ORIGINAL_PREFIX + predicate}
    if row.biolink_qualified_predicate:
        fields |= {"qualified_predicate": row.biolink_qualified_predicate}
    if row.biolink_object_direction_qualifier:
        fields |= {"object_direction_qualifier": row.biolink_object_direction_qualifier}
    if aspect in _ASPECTS_OUT:
        fields |= {"object_aspect_qualifier": str(aspect)}
    if subject_aspect in _FORMS:
        fields |= {"subject_form_or_variant_qualifier": _FORMS[subject_aspect]}
    elif subject_aspect is not None:
        fields |= {"subject_direction_qualifier": subject_aspect}
    if subject_aspect is not None and predicate in _CORE_OF_STATE:
        fields |= {"predicate": _CORE_OF_STATE[predicate], "qualified_predicate": row.biolink_predicate}
    return fields


def read_statement(edge: Mapping[str, object]) -> Reading | None:
    """Return what the predicate and qualifiers of an edge say in litkg's closed set, None where its predicate has no counterpart.

    A qualifier that litkg cannot say is left out with a note, and with it the qualified predicate: the core triple alone is still true.
    """
    texts = {name: value for name, value in edge.items() if isinstance(value, str) and value}
    core = texts.get("predicate", "")
    core = core if core.startswith(PREFIX) else PREFIX + core
    swapped = core in _INVERSES
    core = _INVERSES.get(core, core)
    if swapped:
        texts = {_other_end(name): value for name, value in texts.items()}
    notes = tuple(sorted(f"{name} {texts[name]}" for name in texts if name.endswith("_qualifier") and not _says(name, texts[name])))
    lost = [note for note in notes if note.startswith(("object_aspect", "object_direction", "subject_form", "subject_direction"))]
    full = {} if lost else texts
    predicate, aspect = _predicate(core, full)
    if predicate is None:
        return None
    subject_aspect = _FORMS_IN.get(full.get("subject_form_or_variant_qualifier", "")) or _DIRECTIONS_IN.get(full.get("subject_direction_qualifier", ""))
    aspect = aspect or _ASPECTS_IN.get(full.get("object_aspect_qualifier", ""))
    return Reading(predicate=predicate, aspect=aspect, subject_aspect=subject_aspect, swapped=swapped, notes=notes)


def _predicate(core: str, texts: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return litkg's predicate, with the aspect where its name says one."""
    original = texts.get("original_predicate", "")
    if original.startswith(ORIGINAL_PREFIX) and original.removeprefix(ORIGINAL_PREFIX) in load_predicates():
        return original.removeprefix(ORIGINAL_PREFIX), None
    old = _OLD_STYLE.fullmatch(core)
    if old:
        return old[1], _ASPECTS_IN[old[2]]
    qualified = texts.get("qualified_predicate", "")
    name = _READ_PREDICATES.get(qualified if qualified.startswith(PREFIX) or not qualified else PREFIX + qualified) or _READ_PREDICATES.get(core)
    direction = _DIRECTIONS_IN.get(texts.get("object_direction_qualifier", ""))
    if direction and name in ("affects", "causes"):
        name = "increases" if direction == "increased" else "decreases"
    return name, None


def _says(name: str, value: str) -> bool:
    """Say whether litkg can keep a qualifier."""
    known: dict[str, Iterable[str]] = {
        "object_aspect_qualifier": _ASPECTS_IN,
        "object_direction_qualifier": _DIRECTIONS_IN,
        "subject_form_or_variant_qualifier": _FORMS_IN,
        "subject_direction_qualifier": _DIRECTIONS_IN,
        "subject_aspect_qualifier": _ASPECTS_IN,
    }
    return value in known.get(name, ())


def _other_end(name: str) -> str:
    if name.startswith("subject_"):
        return "object_" + name.removeprefix("subject_")
    return "subject_" + name.removeprefix("object_") if name.startswith("object_") else name
