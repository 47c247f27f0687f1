"""A build of a small lexicon from made-up sources, in a process of its own: `python -m tests.lexicon.small_build FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest import mock

from litkg.grounding.spelling import write_near_names
from litkg.lexicon import build
from litkg.lexicon.headings import entry_term_crosswalks
from litkg.lexicon.merging import equal_name_crosswalks
from litkg.lexicon.normalise import match_key
from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category

_STEMS = ("velar", "morbid", "tarsal", "lumen", "cardine", "oculate", "renifer", "hepatine")
_SOURCES = (
    ("MONDO:000000{}", "mondo", Category.DISEASE, "{} fever"),
    ("HP:000000{}", "hp", Category.PHENOTYPE, "{} fevers"),
    ("DOID:{}", "doid", Category.DISEASE, "fever of {}"),
    ("MESH:D00000{}", "mesh", Category.DISEASE, "Fever, {}"),
    ("CHEBI:{}", "chebi", Category.CHEMICAL, "{}ol"),
    ("UNII:AAAAAAAAA{}", "unii", Category.DRUG, "{}ol"),
    ("MESH:C00000{}", "mesh_supplementary", Category.CHEMICAL, "{}ol sodium"),
    ("HGNC:{}", "hgnc", Category.GENE, "{}in 1"),
)


def small_sources() -> tuple[list[RawConcept], list[Crosswalk]]:
    """Return concepts of all kinds of source that share names, ids and parents, and what joins them."""
    raw = [
        RawConcept(
            id=curie.format(number),
            name=name.format(stem),
            categories=(category,),
            source=source,
            names=tuple((f"{stem}{ending}", kind) for ending, kind in ((" syndrome", NameKind.EXACT), ("-α", NameKind.RELATED), ("X1", NameKind.ABBREVIATION))),
            xrefs=(f"OMIM:10000{number}", f"CAS:100-0{number}-0"),
            parents=tuple(curie.format(other) for other in (1, 2) if other != number),
        )
        for number, stem in enumerate(_STEMS, start=1)
        for curie, source, category, name in _SOURCES
    ]
    keys = {concept.name: match_key(concept.name) for concept in raw}
    walks = [Crosswalk(f"DOID:{number}", f"MONDO:000000{number % 3 + 1}", "mondo") for number in range(1, 9)]
    walks += equal_name_crosswalks(raw, keys, left="mesh", right=frozenset({"mondo", "hp", "doid"}), source="equal name")
    walks += equal_name_crosswalks(raw, keys, left="unii", right=frozenset({"chebi", "mesh_supplementary"}), source="equal name")
    return raw, [*walks, *entry_term_crosswalks(raw)]


def main(folder: Path) -> None:
    """Build the lexicon and its index of spellings in `folder`; readers and downloads alone are left out."""
    with mock.patch.object(build, "load_resources", dict), mock.patch.object(build, "_read_all", lambda files, overlay, tell: small_sources()):
        build.build_lexicon(folder / "lexicon", folder / "downloads")
    write_near_names(folder / "lexicon")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
