"""Each reader as a function of bytes, and what must hold of all that it returns."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path

from litkg.curie import is_curie
from litkg.errors import LitkgError
from litkg.imports.outcome import Outcome
from litkg.imports.reading import read_graph_files
from litkg.jsonl import dump_extraction, load_extractions
from litkg.model import Extraction, RawDocument
from litkg.nlp.clean import clean
from litkg.sources import bioc, conll, pubtator
from litkg.sources.brat import read_pair
from litkg.sources.chemprot import Tables, read_chemprot
from litkg.sources.content import Limits, unwrap_bytes
from litkg.sources.gold import Gold
from litkg.sources.jats import parse_jats
from litkg.sources.pdf import parse_pdf
from litkg.sources.pdf_process import SHARED
from litkg.sources.pubmed import parse_pubmed
from litkg.sources.registry import read_stream
from litkg.sources.text import parse_text
from litkg.sources.webpage import parse_webpage
from litkg.stores.checking import check_extraction
from tests.fuzz.seeds import PART

SOURCE = "fuzz"
LIMITS = Limits(unpacked=1 << 20, text=1 << 20, fetched=1 << 20)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAX_CLEANED = 20_000
"""Characters over which a text is not cleaned too: that takes far longer than reading."""


def _quiet(line: str) -> None:
    assert "\n" not in line, f"a note of several lines: {line!r}"


def _text(data: bytes) -> None:
    _check([parse_text(data, source=SOURCE, notify=_quiet, limits=LIMITS)])


def _pdf(data: bytes) -> None:
    _check([parse_pdf(data, source=SOURCE, notify=_quiet)])


def _pubmed(data: bytes) -> None:
    _check(parse_pubmed(BytesIO(data), source=SOURCE, notify=_quiet))


def _jats(data: bytes) -> None:
    _check(parse_jats(BytesIO(data), source=SOURCE, notify=_quiet))


def _webpage(data: bytes) -> None:
    _check([parse_webpage(data, source=SOURCE, notify=_quiet)])


def _bioc_xml(data: bytes) -> None:
    documents = _check(bioc.parse_bioc_xml(BytesIO(data), source=SOURCE, notify=_quiet))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        _check_gold(bioc.read_annotations(data, source=SOURCE), documents)


def _bioc_json(data: bytes) -> None:
    documents = _check(bioc.parse_bioc_json(data, source=SOURCE, notify=_quiet))
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        _check_gold(bioc.read_annotations(data, source=SOURCE), documents)


def _pubtator(data: bytes) -> None:
    documents = _check(pubtator.parse_pubtator(data, source=SOURCE, notify=_quiet))
    _check_gold(pubtator.read_annotations(data, source=SOURCE), documents)


def _conll(data: bytes) -> None:
    documents = _check(conll.parse_conll(data, source=SOURCE, notify=_quiet))
    _check_gold(conll.read_annotations(data, source=SOURCE), documents)


def _brat(data: bytes) -> None:
    text, _, rows = data.partition(PART)
    folder = _folder()
    (folder / "a.txt").write_bytes(text)
    (folder / "a.a1").write_bytes(rows)
    pair = read_pair(folder / "a.a1", key="a", notify=_quiet, limits=LIMITS)
    _check_gold(Gold(mentions=pair.mentions, relations=pair.relations), _check([pair.document]))


def _chemprot(data: bytes) -> None:
    folder = _folder()
    paths = [folder / f"x_{name}.tsv" for name in ("abstracts", "entities", "relations")]
    for path, part in zip(paths, [*data.split(PART, 2), b"", b""], strict=False):
        path.write_bytes(part)
    documents, gold = read_chemprot(Tables(abstracts=paths[0], entities=paths[1], relations=paths[2]), limits=LIMITS)
    _check_gold(gold, _check(documents))


def _any(data: bytes) -> None:
    content = unwrap_bytes(data, source=SOURCE, limits=LIMITS)
    _check(read_stream(BytesIO(content), source=SOURCE, notify=_quiet, limits=LIMITS))


def _extract(data: bytes) -> None:
    for extraction in load_extractions(data.decode("utf-8", "replace").splitlines()):
        lines = list(dump_extraction(extraction))
        for line in lines:
            line.encode()
        assert list(load_extractions(lines)) == [extraction]
        _check_extraction(extraction)


def _kgx(data: bytes) -> None:
    _import(["nodes", "edges"], data.split(PART, 1))


def _dump(data: bytes) -> None:
    _import(["graph"], [data])


def _import(names: list[str], parts: list[bytes]) -> None:
    """Read files as `litkg import` does; what is read can be loaded, or says why not."""
    paths = [_folder() / f"{name}.of" for name, _ in zip(names, parts, strict=False)]
    for path, part in zip(paths, parts, strict=False):
        path.write_bytes(part)
    for extraction in read_graph_files(paths, Outcome()):
        # Imports have no text, so that there is no extract format of them.
        json.dumps(asdict(extraction), ensure_ascii=False).encode()
        _check_extraction(extraction)


# A page that takes longer is refused with an InputError, which is what is to be seen; waiting for two minutes each time is not.
SHARED.page_timeout_s = 3.0

READERS: dict[str, Callable[[bytes], None]] = {
    "any": _any,
    "bioc-json": _bioc_json,
    "bioc-xml": _bioc_xml,
    "brat": _brat,
    "chemprot": _chemprot,
    "conll": _conll,
    "dump": _dump,
    "extract": _extract,
    "jats": _jats,
    "kgx": _kgx,
    "pdf": _pdf,
    "pubmed": _pubmed,
    "pubtator": _pubtator,
    "text": _text,
    "webpage": _webpage,
}
"""Reads one input, and raises LitkgError where it cannot be read, AssertionError where what was read is not as it must be."""


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="litkg-fuzz-"))


def _check(documents: Iterable[RawDocument]) -> list[RawDocument]:
    found = []
    for document in documents:
        _check_document(document)
        found.append(document)
    return found


def _check_document(document: RawDocument) -> None:
    document.text.encode()
    for value in (document.id, document.title, document.journal or "", document.licence or "", document.source):
        value.encode()
        assert "\x00" not in value
    assert "\x00" not in document.text
    assert is_curie(document.id), f"no CURIE: {document.id!r}"
    assert document.text.strip()
    assert document.source == SOURCE or document.source.startswith(str(_folder()))
    assert _SHA256.fullmatch(document.sha256)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text), (block, end, len(document.text))
        end = block.end
    if len(document.text) <= _MAX_CLEANED:
        cleaned = clean(document, knows_word=lambda word: False)
        assert cleaned.id == document.id


def _check_gold(gold: Gold, documents: list[RawDocument]) -> None:
    for mention in gold.mentions:
        assert isinstance(mention.text, str)
    for relation in gold.relations:
        assert relation.subject is not None


def _check_extraction(extraction: Extraction) -> None:
    try:
        check_extraction(extraction)
    except LitkgError:
        return
    size = len(extraction.document.text)
    for grounding in extraction.groundings:
        assert 0 <= grounding.mention.start <= grounding.mention.end <= size
