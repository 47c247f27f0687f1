"""Reads the texts that models may read without labels: for word vectors and distillation."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from training.split import held_out_fifth

_HEADING = re.compile(r"[A-Z][A-Z0-9 .,&/()'-]*:")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document without labels. `lines` are its paragraphs, or the whole of it; `held_out` marks one that models are measured on."""

    id: str
    corpus: str
    pmid: str | None
    lines: tuple[str, ...]
    held_out: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def read_trials(folder: Path) -> Iterator[Text]:
    """Yield the articles of trials, a paragraph a line, without the names of their sections."""
    with tarfile.open(folder / "unlabelled/trial_articles_text.tar.xz", "r:xz") as archive:
        for member in archive:
            handle = archive.extractfile(member) if member.isfile() and member.name.endswith(".txt") else None
            if handle is not None:
                lines = (_SPACE.sub(" ", line).strip() for line in io.TextIOWrapper(handle, encoding="utf-8", errors="replace"))
                paragraphs = tuple(line for line in lines if line and not _HEADING.fullmatch(line))
                yield Text(id=Path(member.name).stem, corpus="trials", pmid=None, lines=paragraphs)


def read_craft(folder: Path) -> Iterator[Text]:
    """Yield the articles of the CRAFT treebank, a paragraph a line; a fixed fifth is held out."""
    with tarfile.open(folder / "CRAFT-treebank/conllu.tar.gz", "r:gz") as archive:
        members = {Path(member.name).stem: member for member in archive.getmembers() if member.name.endswith(".conllu")}
        held_out = held_out_fifth(members)
        for name, member in sorted(members.items()):
            handle = archive.extractfile(member)
            if handle is None:
                continue
            paragraphs: list[str] = []
            for line in io.TextIOWrapper(handle, encoding="utf-8"):
                if line.startswith("# newpar"):
                    paragraphs.append("")
                elif line.startswith("# text = "):
                    sentence = _SPACE.sub(" ", line.removeprefix("# text = ")).strip()
                    if paragraphs:
                        paragraphs[-1] = f"{paragraphs[-1]} {sentence}".strip()
                    else:
                        paragraphs.append(sentence)
            yield Text(id=name, corpus="craft", pmid=name, lines=tuple(filter(None, paragraphs)), held_out=name in held_out)


def read_bioscope(folder: Path) -> Iterator[Text]:
    """Yield the abstracts of BioScope, one a line. Their ids are of MEDLINE, not of PubMed."""
    tree = etree.parse(str(folder / "BioScope/abstracts.xml"), etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))
    for node in tree.iter("Document"):
        sentences = (_SPACE.sub(" ", "".join(map(str, sentence.itertext()))).strip() for sentence in node.iter("sentence"))
        yield Text(id=(node.findtext("DocID") or "").strip(), corpus="bioscope", pmid=None, lines=(" ".join(filter(None, sentences)),))


def read_phee(folder: Path) -> Iterator[Text]:
    """Yield the sentences of PHEE, one a line; its development part is held out."""
    for part in ("train", "dev"):
        with (folder / f"PHEE/{part}.jsonl").open(encoding="utf-8") as handle:
            for record in map(json.loads, handle):
                name = str(record["id"])
                line = _SPACE.sub(" ", str(record["context"])).strip()
                yield Text(id=name, corpus="phee", pmid=name.partition("_")[0], lines=(line,), held_out=part == "dev")


SOURCES: dict[str, Callable[[Path], Iterator[Text]]] = {"craft": read_craft, "bioscope": read_bioscope, "phee": read_phee, "trials": read_trials}
