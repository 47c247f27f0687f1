"""Identifiers: the prefixes that litkg knows, how each is written, and where it leads.

Owns parsing, normal spelling and links. A CURIE is a plain string everywhere else; this module is the one place that takes it apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from litkg.errors import CurieError


@dataclass(frozen=True, slots=True)
class Prefix:
    """A namespace: its spelling in litkg, the pattern of its local ids, a link template with `{id}`, other spellings (folded)."""

    name: str
    pattern: str
    link: str | None = None
    aliases: tuple[str, ...] = ()


_OBO = "http://purl.obolibrary.org/obo/"
_ALL = (
    Prefix("HGNC", r"\d+", "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:{id}"),
    Prefix("HGNC.GROUP", r"\d+", "https://www.genenames.org/data/genegroup/#!/group/{id}", ("hgnc.genegroup", "hgnc.genefamily", "hgnc_group")),
    Prefix("FPLX", r"[A-Za-z0-9_]+", "https://identifiers.org/fplx:{id}", ("famplex",)),
    Prefix("MONDO", r"\d{7}", _OBO + "MONDO_{id}"),
    Prefix("HP", r"\d{7}", "https://hpo.jax.org/browse/term/HP:{id}", ("hpo",)),
    Prefix("DOID", r"\d+", "https://disease-ontology.org/term/DOID:{id}", ("do",)),
    Prefix("CHEBI", r"\d+", "https://www.ebi.ac.uk/chebi/CHEBI:{id}"),
    Prefix("MESH", r"[CDQ]\d{6,9}", "https://id.nlm.nih.gov/mesh/{id}", ("msh",)),
    Prefix("UNII", r"[A-Z0-9]{10}", "https://precision.fda.gov/uniisearch/srs/unii/{id}"),
    Prefix("GO", r"\d{7}", "https://amigo.geneontology.org/amigo/term/GO:{id}"),
    Prefix("CL", r"\d{7}", _OBO + "CL_{id}"),
    Prefix("NCBITaxon", r"\d+", "https://www.ncbi.nlm.nih.gov/datasets/taxonomy/{id}/", ("taxon", "taxid", "ncbi_taxid")),
    Prefix("NCBIGene", r"\d+", "https://www.ncbi.nlm.nih.gov/gene/{id}", ("egid", "entrez", "entrezgene", "geneid", "ncbigene")),
    Prefix("UniProt", r"[A-Z0-9]{6,10}(-\d+)?", "https://www.uniprot.org/uniprotkb/{id}", ("up", "uniprotkb")),
    Prefix("OMIM", r"\d{6}", "https://omim.org/entry/{id}", ("mim",)),
    Prefix("OMIMPS", r"\d{6}", "https://omim.org/phenotypicSeries/PS{id}"),
    Prefix("Orphanet", r"\d+", "https://www.orpha.net/en/disease/detail/{id}", ("orpha", "ordo")),
    Prefix("EFO", r"\d{7}", "http://www.ebi.ac.uk/efo/EFO_{id}"),
    Prefix("NCIT", r"C\d+", _OBO + "NCIT_{id}", ("ncit",)),
    Prefix("UMLS", r"C\d{7}", "https://uts.nlm.nih.gov/uts/umls/concept/{id}", ("umls_cui", "cui")),
    Prefix("CAS", r"\d{2,7}-\d\d-\d", "https://commonchemistry.cas.org/detail?cas_rn={id}"),
    Prefix("PMID", r"\d+", "https://pubmed.ncbi.nlm.nih.gov/{id}/", ("pubmed",)),
    Prefix("PMC", r"PMC\d+", "https://pmc.ncbi.nlm.nih.gov/articles/{id}/", ("pmcid",)),
    Prefix("DOI", r"10\.\d+/\S+", "https://doi.org/{id}"),
    Prefix("litkg.text", r"\S+"),
    Prefix("litkg.doc", r"\S+"),
)
PREFIXES: Mapping[str, Prefix] = MappingProxyType({prefix.name: prefix for prefix in _ALL})
"""All prefixes by their spelling in litkg."""
_BY_FOLDED: Mapping[str, Prefix] = MappingProxyType({spelling.casefold(): prefix for prefix in _ALL for spelling in (prefix.name, *prefix.aliases)})
_UPPER_IDS = frozenset({"MESH", "UNII", "UniProt", "NCIT", "PMC", "UMLS"})


def parse_curie(text: str) -> tuple[str, str]:
    """Return prefix and local id of a CURIE, both in litkg's spelling.

    Raises: CurieError for an unknown prefix or a local id that does not fit it.

    >>> parse_curie("hgnc:6000"), parse_curie("MeSH:d003863"), parse_curie("CHEBI:CHEBI:28790"), parse_curie("PMC:123")
    (('HGNC', '6000'), ('MESH', 'D003863'), ('CHEBI', '28790'), ('PMC', 'PMC123'))
    """
    before, colon, local = text.strip().partition(":")
    prefix = _BY_FOLDED.get(before.casefold())
    if not colon or prefix is None:
        known = ", ".join(sorted(PREFIXES))
        raise CurieError(f"{text!r} is not a CURIE with a known prefix: write PREFIX:ID, with one of {known}")
    if local.casefold().startswith(f"{prefix.name.casefold()}:"):
        local = local.partition(":")[2]
    if prefix.name in _UPPER_IDS:
        local = local.upper()
    if prefix.name == "PMC" and local.isdigit():
        local = f"PMC{local}"
    if not re.fullmatch(prefix.pattern, local):
        raise CurieError(f"{text!r}: {local!r} is no id of {prefix.name}, which look like {prefix.pattern}")
    return prefix.name, local


def normalise_curie(text: str) -> str:
    """Return a CURIE in litkg's spelling.

    Raises: CurieError as `parse_curie`.

    >>> normalise_curie("mondo:0002050")
    'MONDO:0002050'
    """
    prefix, local = parse_curie(text)
    return f"{prefix}:{local}"


def is_curie(text: str) -> bool:
    """Tell whether `text` is a CURIE with a known prefix.

    >>> is_curie("HGNC:6000"), is_curie("IL-1ra"), is_curie("ratio 2:1")
    (True, False, False)
    """
    try:
        parse_curie(text)
    except CurieError:
        return False
    return True


def curie_link(curie: str) -> str | None:
    """Return the web address that shows what a CURIE names; None for litkg's own ids.

    Raises: CurieError as `parse_curie`.

    >>> curie_link("PMID:1")
    'https://pubmed.ncbi.nlm.nih.gov/1/'
    """
    prefix, local = parse_curie(curie)
    template = PREFIXES[prefix].link
    return template.format(id=local) if template else None
