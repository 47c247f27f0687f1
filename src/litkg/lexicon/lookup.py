"""The lexicon as the rest of litkg sees it: look a name up, find names in text, follow an id, list near names.

Maps the files of `storage.py` from disk: opening costs no reading. Refuses to decide between candidates; `grounding` does that.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

import marisa_trie
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from litkg.curie import normalise_curie
from litkg.errors import CurieError, LexiconError
from litkg.lexicon.finding import Finder, WordReader
from litkg.lexicon.gazetteer import Gazetteer
from litkg.lexicon.hierarchy import nearest_above
from litkg.lexicon.normalise import case_key, fold, folded_words, full_key, match_key, split_words
from litkg.lexicon.records import Candidate, NameKind, TermSpan
from litkg.lexicon.retired import load_retired
from litkg.lexicon.stopterms import load_common_words, load_stop_terms
from litkg.lexicon.storage import (
    BUILD_COMMAND,
    FAMILY_PREFIXES,
    MAX_KEY_LENGTH,
    PACKED_RECORD,
    LexiconInfo,
    concept_from_line,
    parents_from_line,
    read_info,
)
from litkg.model import Category, Concept

_CITATION_WORDS = frozenset({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Med", "Acta", "Acad", "Proc", "Comp", "Park"})
"""Words of dates, journals and addresses that are genes in capitals."""
_DATE = re.compile(r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[. ]+\d+")
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?\s+(?:[mnuµμ]?(?:g|mol|l|M)|mug|mcg|kg|at|by|in|of|on|to)")
"""A number with a unit or a small word after it, which but for the space is the name of a compound ("9 mg", "3 at")."""
_NEAREST_POOL = 40_000
"""Names looked at, at most, in one search for near names: some 20 ms."""


class Lexicon:
    """A built lexicon, open for reading. Safe to share between threads; use `open` and, where it matters, `with`."""

    def __init__(self, path: Path, info: LexiconInfo, *, retired: Mapping[str, str] | None = None) -> None:
        self._path = path
        self._info = info
        try:
            self._keys = marisa_trie.Trie().mmap(str(path / "keys.marisa"))
            self._heads = marisa_trie.Trie().mmap(str(path / "heads.marisa"))
            self._ids = marisa_trie.Trie().mmap(str(path / "ids.marisa"))
            arrays = {
                # As plain arrays: numpy's own class for mapped ones takes microseconds to read an item.
                name: np.asarray(np.load(path / f"{name}.npy", mmap_mode="r", allow_pickle=False))
                for name in ("records", "offsets", "id_concepts", "concept_offsets")
            }
            self._names = _map_bytes(path / "names.bin")
            self._concepts = _map_bytes(path / "concepts.bin")
        except (OSError, ValueError, RuntimeError) as error:
            raise LexiconError(f"the lexicon at {path} is broken ({error}): run `{BUILD_COMMAND}`") from error
        self._records = arrays["records"]
        self._packed = self._records.view(np.uint8).data
        self._offsets = arrays["offsets"]
        self._id_concepts = arrays["id_concepts"]
        self._concept_offsets = arrays["concept_offsets"]
        # Withdrawn ids that a lexicon still has are no withdrawn ids.
        retired = load_retired() if retired is None else retired
        current = {old: index for old, new in retired.items() if old not in self._ids and (index := self._index_in_file(new)) is not None}
        self._retired: Mapping[str, int] = current
        self._retired_ids = {index: tuple(old for old, at in current.items() if at == index) for index in set(current.values())}
        self._concept_at = lru_cache(maxsize=50_000)(self._read_concept)
        self._parents_at = lru_cache(maxsize=50_000)(self._read_parents)
        self._entries_at = lru_cache(maxsize=100_000)(self._read_entries)
        self._concept_of = lru_cache(maxsize=50_000)(self._find_concept)
        self._common_words = load_common_words()
        self._words = WordReader(self._heads, self._keys)
        self._finder = Finder(words=self._words, candidates=self._found, stop_terms=load_stop_terms())
        self._gazetteer = Gazetteer(words=self._words, classes=self._classes)

    @classmethod
    def open(cls, path: Path | str, *, retired: Mapping[str, str] | None = None) -> Self:
        """Return the lexicon in the folder `path`. `retired` are current ids by ids that their source has withdrawn, by default those that litkg ships;
        concepts have them among their xrefs.

        Raises: LexiconError, with the command to run, where it is missing, broken or of another version.
        """
        folder = Path(path)
        return cls(folder, read_info(folder), retired=retired)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Forget what was read; the files are unmapped with the last reference."""
        self._concept_at.cache_clear()
        self._parents_at.cache_clear()
        self._entries_at.cache_clear()
        self._concept_of.cache_clear()
        self._words.forget()

    def info(self) -> LexiconInfo:
        """Return counts, sources with licence and credit, version and content hash."""
        return self._info

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return the concepts that `name` may stand for, best first, each once; empty where the lexicon does not know it.

        Capitals count only through `exactness`: "was" finds WAS, marked down.
        """
        index = self._keys.get(match_key(name))
        return () if index is None else self._candidates(index, name, strict=False)

    def concept(self, curie: str) -> Concept | None:
        """Return the concept with this id, or with this id among its xrefs; None where there is none.

        Any spelling of the prefix will do ("hgnc:6000", "MeSH:D003863").
        """
        return self._concept_of(curie)

    def parents(self, curie: str) -> tuple[str, ...]:
        """Return the ids of the concepts that the sources file this one under, sorted: wider diseases and chemicals, the families of a gene; empty where
        there are none or the id is unknown."""
        index = self._index_of(curie)
        return () if index is None else self._parents_at(index)

    def broader(self, curie: str, prefixes: frozenset[str]) -> tuple[Concept, ...]:
        """Return the nearest concepts above this one that have an id with one of the prefixes ("MESH"), sorted by id; empty where none is near."""

        def has_id(above: str) -> bool:
            concept = self.concept(above)
            return concept is not None and any(item.partition(":")[0] in prefixes for item in (concept.id, *concept.xrefs))

        found = (self.concept(above) for above in nearest_above(curie, self.parents, has_id))
        return tuple(concept for concept in found if concept is not None)

    def find(self, text: str, token_spans: Sequence[tuple[int, int]], *, defined: frozenset[str] = frozenset()) -> tuple[TermSpan, ...]:
        """Return the names in `text`: longest first from the left, not overlapping, in order.

        A name begins and ends at a border of a token, or inside it at a hyphen, slash or other mark. `token_spans` are in order;
        what lies between them is not searched. Symbols of two or three letters that mean too much (PD, CAR) are found only where they are
        among `defined`, the short forms that the document defines.
        """
        return self._finder.find(text, token_spans, defined)

    def marks(self, text: str, token_spans: Sequence[tuple[int, int]]) -> npt.NDArray[np.uint8]:
        """Return the gazetteer marks of the tokens, of shape (tokens, `gazetteer.WIDTH`); `token_spans` are in order."""
        return self._gazetteer.marks(text, token_spans)

    def knows_word(self, word: str) -> bool:
        """Tell whether `word` is a common English word or a name that is written as one word."""
        folded = fold(word)
        if folded in self._common_words:
            return True
        key = match_key(word)
        return key in self._keys and any(_fits_breaks(word, text, frozenset()) for _, text, *_ in self._entries_at(self._keys[key]))

    def spelling(self, key: str) -> str | None:
        """Return how the lexicon writes the first name of a match key; None for a key that it has not."""
        return self._entries_at(self._keys[key])[0][1] if key in self._keys else None

    def nearest(self, name: str, limit: int = 5) -> tuple[tuple[str, str, float], ...]:
        """Return up to `limit` (CURIE, name, score in [0, 1]) of names that are written much like `name`, best first, a concept once.

        The search is bounded: names that share the first letters are looked at, 40,000 at most.
        """
        key = match_key(name)
        if not key or len(key) > 3 * MAX_KEY_LENGTH:
            return ()
        pool = self._pool(key)
        matches = process.extract(key, pool, scorer=fuzz.ratio, limit=limit * 6, score_cutoff=55)
        best: dict[str, tuple[str, str, float]] = {}
        for found, score, _ in matches:
            for candidate in self._candidates(self._keys[found], name, strict=False, near=True)[:2]:
                distance = OSA.normalized_similarity(key, found)
                entry = (candidate.concept, candidate.matched, round((score / 100 + distance) / 2, 4))
                if candidate.concept not in best or best[candidate.concept][2] < entry[2]:
                    best[candidate.concept] = entry
        return tuple(sorted(best.values(), key=lambda entry: (-entry[2], entry[1], entry[0]))[:limit])

    def beginning_with(self, name: str, limit: int = 60) -> tuple[Candidate, ...]:
        """Return the concepts of longer names that begin with the words of `name`, each name's by itself, in the order of their keys; empty where more
        than `limit` names begin with its letters."""
        pieces = split_words(name)
        key = "".join(piece.key for piece in pieces)
        beginning = list(islice(self._keys.iterkeys(key), limit + 1)) if key else []
        if len(beginning) > limit:
            return ()
        found: list[Candidate] = []
        for longer in beginning:
            if len(longer) > len(key):
                index = self._keys[longer]
                if any(len(key) in _all_breaks(entry[1]) for entry in self._entries_at(index)):
                    candidates = self._candidates(index, name, strict=False, near=True)
                    found += [item for item in candidates if len(key) in _all_breaks(item.matched)]
        return tuple(found)

    def names(self, categories: frozenset[Category]) -> Iterator[tuple[int, int, str]]:
        """Yield the names of the concepts that have one of the categories: the number of each, that of its concept, and the name as the lexicon writes it."""
        wanted = [f'"{category.value}"'.encode() for category in categories]
        ends = self._concept_offsets.tolist()
        blob = self._concepts.tobytes()
        fitting = []
        for start, end in pairwise(ends):
            opens = blob.index(b'"categories":[', start, end)
            listed = blob[opens : blob.index(b"]", opens, end)]
            fitting.append(any(item in listed for item in wanted))
        columns = [self._records[name].tolist() for name in ("concept", "name", "length")]
        for number, (concept, start, length) in enumerate(zip(*columns, strict=True)):
            if fitting[concept]:
                yield number, concept, str(self._names[start : start + length], "utf-8")

    def name(self, number: int) -> str:
        """Return the name that has a number of those that `names` yields."""
        _, start, length, *_ = PACKED_RECORD.unpack_from(self._packed, number * PACKED_RECORD.size)
        return str(self._names[start : start + length], "utf-8")

    def _pool(self, key: str) -> list[str]:
        pool: dict[str, None] = {}
        starts = [key[:length] for length in range(min(5, len(key)), 1, -1)]
        if len(key) >= 4:
            starts += [key[1] + key[0] + key[2:4], key[1:5], key[0] + key[2:5]]
        looked_at = chain.from_iterable(map(self._keys.iterkeys, starts))
        for found in islice(looked_at, _NEAREST_POOL):
            if abs(len(found) - len(key)) <= max(3, len(key)):
                pool.setdefault(found)
        return list(pool)

    def _found(self, key: str, surface: str) -> tuple[Candidate, ...]:
        return () if _DATE.fullmatch(surface) or _MEASURE.fullmatch(surface) else self._candidates(self._keys[key], surface, strict=True)

    def _classes(self, key: str, surface: str) -> tuple[frozenset[Category], frozenset[Category]]:
        loose = _categories(self._candidates(self._keys[key], surface, strict=False))
        return _categories(self._found(key, surface)) if loose else loose, loose

    def _candidates(self, key_index: int, surface: str, *, strict: bool, near: bool = False) -> tuple[Candidate, ...]:
        found: list[Candidate] = []
        breaks = _space_breaks(surface) if (strict and " " in surface) or "\n" in surface else frozenset()
        for concept_index, matched, kind, source, needs_case, weak in self._entries_at(key_index):
            if not near and surface != matched and not _same_but_number(surface, matched):
                continue
            exactness = _exactness(surface, matched)
            if strict and not (self._fits_case(surface, matched, kind, exactness) if needs_case else kind is not NameKind.BRAND or not surface.islower()):
                continue
            if strict and not _fits_breaks(surface, matched, breaks):
                continue
            concept = self._concept_at(concept_index)
            found.append(
                Candidate(
                    concept=concept.id,
                    concept_name=concept.name,
                    categories=concept.categories,
                    matched=matched,
                    kind=kind,
                    source=source,
                    exactness=exactness,
                    rank=len(found),
                    weak=weak,
                )
            )
        if len(found) > 1:
            found.sort(key=lambda candidate: (candidate.kind != NameKind.CURATED, candidate.exactness < 0.95, candidate.rank))
        return tuple(found)

    def _fits_case(self, surface: str, matched: str, kind: NameKind, exactness: float) -> bool:
        """Tell whether a symbol that needs its capitals has them, or is a symbol that is no word and is written with other capitals ("mTOR", "Bax")."""
        if exactness >= 0.97:
            return True
        if surface.islower() or surface in _CITATION_WORDS:
            return False
        return exactness == 0.93 or (kind <= NameKind.EXACT and len(surface) >= 3 and fold(case_key(matched)) not in self._common_words)

    def _read_concept(self, index: int) -> Concept:
        concept = concept_from_line(self._line(index))
        withdrawn = self._retired_ids.get(index)
        if not withdrawn and not concept.families:
            return concept
        families = self._with_families_of(concept.families) - {concept.id}
        return replace(concept, xrefs=tuple(sorted({*concept.xrefs, *withdrawn})) if withdrawn else concept.xrefs, families=tuple(sorted(families)))

    def _with_families_of(self, families: tuple[str, ...]) -> set[str]:
        """Return families and complexes, and those that these are in."""
        found = set(families)
        waiting = [*families]
        while waiting:
            above = {parent for parent in self.parents(waiting.pop()) if parent.startswith(FAMILY_PREFIXES)} - found
            found |= above
            waiting += above
        return found

    def _line(self, index: int) -> bytes:
        return bytes(self._concepts[self._concept_offsets.item(index) : self._concept_offsets.item(index + 1)])

    def _find_concept(self, curie: str) -> Concept | None:
        index = self._index_of(curie)
        return None if index is None else self._concept_at(index)

    def _index_of(self, curie: str) -> int | None:
        found = self._index_in_file(curie)
        if found is None and self._retired:
            try:
                return self._retired.get(normalise_curie(curie))
            except CurieError:
                return None
        return found

    def _index_in_file(self, curie: str) -> int | None:
        at = self._ids.get(curie)
        if at is None:
            try:
                at = self._ids.get(normalise_curie(curie))
            except CurieError:
                return None
        return None if at is None else self._id_concepts.item(at)

    def _read_parents(self, index: int) -> tuple[str, ...]:
        return parents_from_line(self._line(index))

    def _read_entries(self, key_index: int) -> tuple[tuple[int, str, NameKind, str, bool, bool], ...]:
        start, end = self._offsets.item(key_index) * PACKED_RECORD.size, self._offsets.item(key_index + 1) * PACKED_RECORD.size
        names, sources = self._names, self._info.source_names
        return tuple(
            [
                (concept, str(names[name : name + length], "utf-8"), _KINDS[kind], sources[source], bool(needs_case), bool(weak))
                for concept, name, length, kind, source, needs_case, weak in PACKED_RECORD.iter_unpack(self._packed[start:end])
            ]
        )


def _categories(candidates: Sequence[Candidate]) -> frozenset[Category]:
    return frozenset(category for candidate in candidates for category in candidate.categories)


def _map_bytes(path: Path) -> memoryview:
    if path.stat().st_size == 0:
        return memoryview(b"")
    with path.open("rb") as handle:
        return memoryview(mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))


_KINDS = {int(kind): kind for kind in NameKind}


def _exactness(surface: str, matched: str) -> float:
    if surface == matched:
        return 1.0
    seen, known = case_key(surface), case_key(matched)
    if seen == known:
        return 0.97
    if seen[1:] == known[1:] and seen[:1].lower() == known[:1].lower():
        return 0.95
    if seen.lower() == known.lower():
        return 0.9
    if seen[:-1] == known and seen[-1:] == "s":
        return 0.93
    return 0.85


def _same_but_number(surface: str, matched: str) -> bool:
    """Tell whether two names of one key differ in nothing but singular and plural: "simply" is not SIMPL though their stems meet."""
    seen, known = full_key(surface), full_key(matched)
    return seen == known or seen.endswith("s") or known.endswith("s")


def _fits_breaks(surface: str, matched: str, breaks: frozenset[int]) -> bool:
    """Tell whether running text may mean `matched` by its spaces: no words joined that the name does not part, none parted that it joins."""
    if breaks:
        return breaks <= _all_breaks(matched)
    return not (" " in matched.strip() and surface.isalpha())


def _space_breaks(text: str) -> frozenset[int]:
    """Return where, in the folded text, white space parts two letters."""
    pieces = split_words(text)
    found = set()
    length = 0
    for left, right in pairwise(pieces):
        length += len(left.key)
        gap = text[left.end : right.start]
        if any(char.isspace() for char in gap) and left.key[-1].isalpha() and right.key[0].isalpha():
            found.add(length)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def _all_breaks(text: str) -> frozenset[int]:
    return frozenset(accumulate(map(len, folded_words(text))))
