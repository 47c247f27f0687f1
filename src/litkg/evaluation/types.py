"""What types of mentions are scored, and as what: gold types of the corpora and categories of litkg on one list of names.

A corpus's own choices stay visible: a gold type that is not on the list is left out and counted, and `parse_types` changes the list for one run.
JNLPBA's DNA and RNA are left out, since they name stretches and molecules rather than genes; so are NLM-Gene's Cell, which holds types and
lines, and DomainMotif. FamilyName is a Gene, as its annotators count it among gene mentions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from litkg.errors import InputError
from litkg.model import Category

GOLD_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(["chemical", "chemicalentity", "drug", "simple_chemical", "amino_acid"], "Chemical"),
        **dict.fromkeys(["disease", "diseaseorphenotypicfeature", "phenotype", "adverseevent", "cancer", "pathological_formation"], "Disease"),
        **dict.fromkeys(["diseaseclass", "specificdisease", "compositemention", "modifier"], "Disease"),
        **dict.fromkeys(["gene", "geneorgeneproduct", "geneproduct", "gene_or_gene_product", "familyname"], "Gene"),
        **dict.fromkeys(["gene-y", "gene-n", "protein", "prge", "cytokine"], "Gene"),
        **dict.fromkeys(["species", "organism", "organismtaxon"], "Organism"),
        **dict.fromkeys(["cell_type", "celltype", "cltp"], "CellType"),
        **dict.fromkeys(["cell_line", "cellline", "clln"], "CellLine"),
        **dict.fromkeys(["variant", "sequencevariant", "mutation", "dnamutation", "proteinmutation", "snp"], "Variant"),
        **dict.fromkeys(["biologicalprocess"], "BiologicalProcess"),
    }
)
"""The type that a gold type is scored as, by its name in lower case (BC5CDR, NCBI Disease, BioRED, NLM-Gene, GNormPlus, ChemProt, JNLPBA, BioNLP CG, litkg)."""

CATEGORY_TYPES: Mapping[Category, str] = MappingProxyType(
    {
        Category.DRUG: "Chemical",
        Category.CHEMICAL: "Chemical",
        Category.DISEASE: "Disease",
        Category.PHENOTYPE: "Disease",
        Category.ADVERSE_EVENT: "Disease",
        Category.GENE: "Gene",
        Category.CYTOKINE: "Gene",
        Category.ORGANISM: "Organism",
        Category.CELL_TYPE: "CellType",
        Category.CELL_LINE: "CellLine",
        Category.VARIANT: "Variant",
        Category.BIOLOGICAL_PROCESS: "BiologicalProcess",
    }
)
"""The type that a category is scored as."""


def parse_types(text: str, *, gold_types: Collection[str]) -> Mapping[str, str]:
    """Return `GOLD_TYPES` with the changes in `text`, pairs `GOLD TYPE=TYPE` with commas between; nothing after `=` leaves a type out.

    Raises: InputError for a pair that is none, a type that `gold_types` lacks, and one that litkg does not score.

    >>> changed = parse_types("FamilyName=,DomainMotif=Gene", gold_types={"Gene", "FamilyName", "DomainMotif"})
    >>> changed.get("familyname"), changed.get("domainmotif")
    (None, 'Gene')
    """
    types = dict(GOLD_TYPES)
    known = {name.casefold() for name in gold_types}
    scored = tuple(dict.fromkeys(CATEGORY_TYPES.values()))
    for pair in filter(None, (piece.strip() for piece in text.split(","))):
        name, equals, wanted = (piece.strip() for piece in pair.partition("="))
        if not name or not equals:
            raise InputError(f"--types: {pair!r} is no pair: write FamilyName=Gene, or FamilyName= to leave a type out, with commas between")
        if name.casefold() not in known:
            raise InputError(f"--types: the gold has no type {name!r}; it has {', '.join(sorted(gold_types)) or 'none'}")
        if wanted and wanted not in scored:
            raise InputError(f"--types: {wanted!r} is no type that is scored; one of {', '.join(scored)}")
        types.pop(name.casefold(), None)
        if wanted:
            types[name.casefold()] = wanted
    return MappingProxyType(types)
