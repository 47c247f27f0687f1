"""A tiny lexicon built by hand, for tests of any part that needs names but not a million of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.records import Name, NameKind
from litkg.lexicon.storage import write_lexicon
from litkg.model import Category, Concept

TinyRow = tuple[str, str, str, str, str]
"""CURIE, name, categories parted by |, synonyms parted by |, xrefs parted by |. A synonym that opens with = needs its capitals;
one that opens with ~ is a related name, ranked low."""

TINY_ROWS: tuple[TinyRow, ...] = (
    ("HGNC:6000", "IL1RN", "Gene|Cytokine", "IL-1ra|interleukin-1 receptor antagonist|interleukin 1 receptor antagonist protein", "UniProt:P18510"),
    ("HGNC:5991", "IL1A", "Gene|Cytokine", "IL-1alpha|interleukin-1 alpha", ""),
    ("HGNC:5992", "IL1B", "Gene|Cytokine", "IL-1beta|interleukin-1 beta", ""),
    ("FPLX:IL1", "IL-1", "Gene|Cytokine", "interleukin-1", ""),
    ("HGNC:6001", "IL2", "Gene|Cytokine", "interleukin-2", ""),
    ("HGNC:6018", "IL6", "Gene|Cytokine", "interleukin-6", ""),
    ("HGNC:6025", "CXCL8", "Gene|Cytokine", "IL-8|interleukin-8", ""),
    ("HGNC:11892", "TNF", "Gene|Cytokine", "TNF-alpha|tumor necrosis factor alpha|tumor necrosis factor", ""),
    ("HGNC:10627", "CCL3", "Gene|Cytokine", "MIP-1alpha|macrophage inflammatory protein 1 alpha", ""),
    ("HGNC:6059", "IDO1", "Gene", "IDO|indoleamine 2,3-dioxygenase", ""),
    ("HGNC:16400", "NLRP3", "Gene", "cryopyrin|NALP3", ""),
    ("HGNC:1499", "CASP1", "Gene", "caspase 1|caspase-1", ""),
    ("HGNC:12731", "WAS", "Gene", "WASP actin nucleation promoting factor|=WAS", ""),
    ("HGNC:1426", "CADPS", "Gene", "=CAPS", ""),
    ("CHEBI:28790", "serotonin", "Chemical", "5-hydroxytryptamine|5-HT", "MESH:D012701"),
    ("CHEBI:27897", "tryptophan", "Chemical", "Trp", ""),
    ("UNII:9013DUQ28K", "anakinra", "Drug", "Kineret", ""),
    ("CHEBI:44185", "methotrexate", "Drug", "MTX", ""),
    ("CHEBI:8378", "prednisolone", "Drug", "", ""),
    ("CHEBI:3723", "citalopram", "Drug", "", ""),
    ("MONDO:0002050", "depressive disorder", "Disease", "depression|depressive symptoms", "MESH:D003866"),
    ("MONDO:0002009", "major depressive disorder", "Disease", "MDD|major depression", "MESH:D003865"),
    ("MONDO:0004985", "bipolar disorder", "Disease", "bipolar depression", "MESH:D001714"),
    ("MONDO:0008383", "rheumatoid arthritis", "Disease", "Arthritis, Rheumatoid|=RA", "MESH:D001172"),
    (
        "MONDO:0013021",
        "sterile multifocal osteomyelitis with periostitis and pustulosis",
        "Disease",
        "DIRA|deficiency of the interleukin-1 receptor antagonist",
        "",
    ),
    ("MONDO:0016168", "cryopyrin-associated periodic syndrome", "Disease", "=CAPS", ""),
    ("HP:0012531", "Pain", "Phenotype", "", ""),
    ("HP:0001945", "Fever", "Phenotype", "pyrexia", ""),
    ("CL:0000235", "macrophage", "CellType", "", ""),
    ("GO:0006954", "inflammatory response", "BiologicalProcess", "inflammation", ""),
    ("NCBITaxon:10090", "mouse", "Organism", "mice|Mus musculus", ""),
)


def build_tiny_lexicon(path: Path, rows: Iterable[TinyRow] = TINY_ROWS) -> Path:
    """Write a lexicon of `rows` to the folder `path` and return it."""
    concepts = []
    names = []
    for curie, name, categories, synonyms, xrefs in rows:
        texts = [text for text in synonyms.split("|") if text]
        plain = tuple(text.lstrip("=~") for text in texts)
        concepts.append(
            Concept(
                id=curie,
                name=name,
                categories=tuple(Category(item) for item in categories.split("|")),
                synonyms=plain,
                xrefs=tuple(sorted(item for item in xrefs.split("|") if item)),
            )
        )
        names.append(Name(curie, name, NameKind.PREFERRED, "tiny", name.isupper() and name.isalpha() and len(name) <= 4))
        for text in texts:
            kind = NameKind.RELATED if text.startswith("~") else NameKind.EXACT
            names.append(Name(curie, text.lstrip("=~"), kind, "tiny", text.startswith("=")))
    write_lexicon(path, concepts, names)
    return path


def open_tiny_lexicon(path: Path, rows: Iterable[TinyRow] = TINY_ROWS) -> Lexicon:
    """Write a lexicon of `rows` to the folder `path` and open it."""
    return Lexicon.open(build_tiny_lexicon(path, rows))
