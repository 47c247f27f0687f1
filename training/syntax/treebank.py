"""The CRAFT treebank as articles, paragraphs and sentences.

Owns the reading of its CoNLL-U files. Licence of the annotations: CC BY 3.0 (Verspoor et al. 2012, BMC Bioinformatics 13:207).
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ARCHIVE = Path("CRAFT-treebank") / "conllu.tar.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A gold token; `head` counts from 0 in its sentence and is its own place for the root."""

    text: str
    lemma: str
    tag: str
    head: int
    label: str
    space: bool


Sentence = tuple[Word, ...]
Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article: its PubMed id and its paragraphs in text order."""

    id: str
    paragraphs: tuple[Paragraph, ...]


def read_articles(corpora: Path) -> Iterator[Article]:
    """Yield the articles of the treebank under `corpora`, in the order of their ids."""
    with tarfile.open(corpora / ARCHIVE) as archive:
        for member in sorted((item for item in archive.getmembers() if item.name.endswith(".conllu")), key=lambda item: Path(item.name).name):
            content = archive.extractfile(member)
            if content is not None:
                yield Article(id=Path(member.name).stem, paragraphs=_parse(content.read().decode("utf-8")))


def headings_apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield the parts of a paragraph that end with a sentence that no mark ends: a heading, a row of a table.

    The treebank does not say where the lines of the article ended, so its headings stand in one paragraph with what follows.
    """
    part: list[Sentence] = []
    for sentence in paragraph:
        part.append(sentence)
        if not _MARKED.search("".join(word.text for word in sentence)):
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


_MARKED = re.compile(r"[.!?:;][\"”’')\]]*$")


def _parse(content: str) -> tuple[Paragraph, ...]:
    paragraphs: list[list[Sentence]] = []
    for block in content.strip().split("\n\n"):
        lines = block.split("\n")
        if not paragraphs or any(line.startswith("# newpar") for line in lines):
            paragraphs.append([])
        paragraphs[-1].append(tuple(_word(line.split("\t")) for line in lines if not line.startswith("#")))
    return tuple(tuple(paragraph) for paragraph in paragraphs)


def _word(fields: list[str]) -> Word:
    place, head = int(fields[0]) - 1, int(fields[6]) - 1
    return Word(text=fields[1], lemma=fields[2], tag=fields[4], head=place if head < 0 else head, label=fields[7], space="SpaceAfter=No" not in fields[9])
