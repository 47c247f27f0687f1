"""Keeps what a model is measured on out of what it learns from: by PubMed id, and by sentence across corpora that name no PubMed ids.

A sentence counts by its letters and digits alone, in lower case, so tokenised and plain copies of one abstract agree. Sentences of under 8 words
do not count, nor do those that stand in three documents or more of a corpus: notices, headings, phrases of the trade.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MIN_WORDS = 8
BOILERPLATE_DOCUMENTS = 3

_END = re.compile(r"[.!?][\"')\]]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+")


def split_sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text by its marks and line ends alone, so that copies of a text are split alike; each has a word."""
    return (piece for piece in _END.split(text) if _WORD.search(piece))


def sentence_keys(text: str) -> Iterator[str]:
    """Yield the letters and digits of each sentence of at least `MIN_WORDS` words, in lower case."""
    for piece in split_sentences(text):
        words = _WORD.findall(piece)
        if len(words) >= MIN_WORDS:
            yield "".join(words).casefold()


@dataclass(slots=True)
class BlockList:
    """The PubMed ids and sentences of held-out documents, each with the corpora that hold it out."""

    pmids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sentences: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """For each sentence of held-out documents the documents that have it, by group: all with a PubMed id are one, other corpora are one each."""

    def hold_out(self, corpus: str, pmid: str | None, text: str) -> None:
        """Add a held-out document of a corpus. `see` counts it."""
        if pmid is not None:
            self.pmids[pmid].add(corpus)
        for key in sentence_keys(text):
            self.sentences[key].add(corpus)

    def see(self, corpus: str, document: str, pmid: str | None, text: str) -> None:
        """Count the held-out sentences that stand in any document, held out or not. All held-out documents must be in by then."""
        group, name = ("pmid", pmid) if pmid is not None else (corpus, document)
        for key in sentence_keys(text):
            if key in self.sentences:
                self.seen.setdefault(key, {}).setdefault(group, set()).add(name)

    def is_boilerplate(self, key: str) -> bool:
        """Return whether so many documents have the sentence that it says nothing of where it comes from."""
        return any(len(names) >= BOILERPLATE_DOCUMENTS for names in self.seen.get(key, {}).values())

    def reasons(self, pmid: str | None, text: str) -> Mapping[str, str]:
        """Return the corpora whose held-out part has this document, each with "pmid" or "sentence"; empty where it may be learnt from."""
        found: dict[str, str] = {}
        for key in sentence_keys(text):
            if key in self.sentences and not self.is_boilerplate(key):
                found.update(dict.fromkeys(self.sentences[key], "sentence"))
        if pmid is not None and pmid in self.pmids:
            found.update(dict.fromkeys(self.pmids[pmid], "pmid"))
        return found
