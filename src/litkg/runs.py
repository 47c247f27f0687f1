"""What reads a document, as a record that any edge can be traced to: litkg's reading code, models, lexicon, packages and settings.

Owns what counts as reading code and which packages and settings change what is read. Refuses clocks, hosts and paths: the same code, models and lexicon are
the same run wherever and whenever they read, so that the graph stays a function of its documents.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from litkg import __version__
from litkg.datafiles import data_path
from litkg.grounding.beside import index_beside, is_index_of
from litkg.lexicon.storage import LexiconInfo
from litkg.model import Run, make_run
from litkg.nlp.case_claims import CASE_EXTRACTOR
from litkg.nlp.comparisons import EXTRACTOR as NULLS_EXTRACTOR
from litkg.nlp.pairs.reading import EXTRACTOR as PAIR_EXTRACTOR
from litkg.nlp.relations import EXTRACTOR as PATTERN_EXTRACTOR
from litkg.settings import Settings
from litkg.shipped import MODELS, PACKAGE, model_hash, shipped_hashes

READING = ("sources", "nlp", "grounding", "lexicon", "assemble.py", "calibration.py", "curie.py", "model.py", "naranjo.py", "predicates.py", "workflow.py")
"""The modules and packages of litkg that decide what is read; what loads, asks and prints changes nothing of it."""

EXTRACTORS = (PATTERN_EXTRACTOR, PAIR_EXTRACTOR, NULLS_EXTRACTOR, CASE_EXTRACTOR)
PACKAGES = ("lxml", "numpy", "pdfminer.six", "rapidfuzz", "scispacy", "spacy")
"""Packages whose version can change what is read: parsers of the inputs, tokens, arithmetic, spelling."""

INDEXES = ("spelling", "words")
"""Indexes beside the lexicon without which fewer names get an id."""


def current_run(info: LexiconInfo, settings: Settings, *, ner_model: str | None = None, convention: str | None = None) -> Run:
    """Return the record of a workflow opened now with a lexicon and settings; `ner_model` and `convention` as `Workflow.open` takes them."""
    there = [name for name in INDEXES if is_index_of(index_beside(settings.lexicon_path, name), info)]
    return make_run(
        litkg=__version__,
        code=reading_code_hash(),
        lexicon=info.content_sha256,
        extractors=EXTRACTORS,
        models={name: model_hash(name) for name in MODELS},
        packages={name: _version(name) for name in PACKAGES},
        settings={
            "linker": settings.linker.value,
            "ner_model": _model_name(ner_model),
            "convention": convention or "none",
            "indexes": " ".join(there) or "none",
        },
    )


@cache
def reading_code_hash() -> str:
    """Return the SHA-256 over the reading code and its data, without the models, read once a process; the same whatever folder litkg is in."""
    models = shipped_hashes().keys()
    paths = [PACKAGE / name for name in READING]
    files = {path for place in paths for path in (place.rglob("*") if place.is_dir() else [place]) if path.is_file() and "__pycache__" not in path.parts}
    names = {path.relative_to(PACKAGE).as_posix(): path for path in files if path.suffix != ".md"}
    digest = hashlib.sha256()
    for name in sorted(names.keys() - models):
        digest.update(f"{name} {hashlib.sha256(names[name].read_bytes()).hexdigest()}\n".encode())
    digest.update(data_path("graph/predicates.tsv").read_bytes())
    return digest.hexdigest()


def _model_name(ner_model: str | None) -> str:
    """Return what finds mentions: litkg's own model, the lexicon, or an installed model with its version, without the folder that it may be in."""
    if ner_model is None:
        return "litkg"
    found = _version(ner_model)
    name = Path(ner_model).name
    return name if found == "none" else f"{name} {found}"


def _version(name: str) -> str:
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return "none"
