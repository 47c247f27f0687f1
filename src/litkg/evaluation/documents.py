"""Which document of a gold an extraction or annotation belongs to: PubTator files write `123` for `PMID:123`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from litkg.model import Extraction
from litkg.sources.gold import GoldMention


def by_document(gold: Iterable[GoldMention], documents: Iterable[str]) -> dict[str, list[GoldMention]]:
    """Return the annotations of each document by its local id, documents without any too."""
    found: dict[str, list[GoldMention]] = {local_id(name): [] for name in documents}
    for mention in gold:
        found.setdefault(local_id(mention.document_id), []).append(mention)
    return found


def known(extractions: Iterable[Extraction], wanted: Mapping[str, object]) -> Iterator[tuple[str, Extraction]]:
    """Yield the extractions of documents that are in `wanted`, with their local ids."""
    return ((name, extraction) for extraction in extractions if (name := local_id(extraction.document.id)) in wanted)


def local_id(document_id: str) -> str:
    """Return a document's id without its prefix.

    >>> local_id("PMID:123"), local_id("case_1")
    ('123', 'case_1')
    """
    return document_id.rpartition(":")[2]
