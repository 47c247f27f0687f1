"""The index of a lexicon's names that scispaCy's linker searches: character trigrams by TF-IDF, one part for each group of kinds that a label tells apart.

Owns its files, beside the lexicon, and how they are made. scispaCy's own builder refuses the SciPy that it is installed with, leaves names out and takes hours.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import marisa_trie
import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from litkg.errors import LexiconError
from litkg.grounding.beside import index_beside, is_index_of, is_stamped, writing_index
from litkg.grounding.scispacy.nearest import NearestRows
from litkg.lexicon.storage import LexiconInfo, read_info, read_names
from litkg.model import GROUPS

INDEX_COMMAND = "litkg lexicon index"
_ARRAYS = ("starts", "rows", "values", "owner_starts", "owners")


@dataclass(frozen=True, slots=True)
class GroupNames:
    """The names of one group's concepts: a row each of `aliases`, which `owners` lead to the concepts' places in `ids`."""

    aliases: marisa_trie.Trie
    arrays: Mapping[str, npt.NDArray[Any]]
    ids: marisa_trie.Trie

    def name(self, row: int) -> str:
        """Return the name in a row."""
        return str(self.aliases.restore_key(row))

    def concepts(self, name: str) -> set[str]:
        """Return the ids of the concepts that have a name. Raises: KeyError for an unknown one."""
        row = self.aliases[name]
        first, last = self.arrays["owner_starts"][row : row + 2].tolist()
        return {str(self.ids.restore_key(owner)) for owner in self.arrays["owners"][first:last].tolist()}

    def nearest(self, least: float) -> NearestRows:
        """Return the search among these names; see `NearestRows` for `least`."""
        return NearestRows(*(self.arrays[name] for name in ("starts", "rows", "values")), count=len(self.aliases), least=least)


class NameIndex:
    """The index of one lexicon, mapped from disk: a vectorizer for all names, and the names of each group."""

    def __init__(self, vectorizer: TfidfVectorizer, groups: Mapping[str, GroupNames]) -> None:
        self.vectorizer = vectorizer
        self.groups = groups

    @classmethod
    def open(cls, lexicon: Path, info: LexiconInfo) -> Self:
        """Return the index that `write_name_index` put beside a lexicon.

        Raises: LexiconError, with the command to run, where there is none, or it is another lexicon's, or broken.
        """
        folder = index_folder(lexicon)
        if not is_indexed(lexicon, info):
            state = "is of another lexicon" if is_stamped(folder) else "is missing"
            raise LexiconError(f"the index for scispaCy's linker {state} (at {folder}): run `{INDEX_COMMAND}`, or leave --linker scispacy out")
        try:
            terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
            vectorizer = _vectorizer(vocabulary={term: place for place, term in enumerate(terms)})
            vectorizer.idf_ = np.load(folder / "idf.npy", allow_pickle=False)
            ids = marisa_trie.Trie().mmap(str(folder / "ids.marisa"))
            groups = {group: _open_group(folder, group, ids) for group in _groups() if (folder / f"{group}.marisa").exists()}
        except (OSError, EOFError, ValueError, RuntimeError) as error:
            raise LexiconError(f"the index for scispaCy's linker at {folder} is broken ({error}): run `{INDEX_COMMAND} --force`") from error
        return cls(vectorizer, groups)


def is_indexed(lexicon: Path, info: LexiconInfo) -> bool:
    """Tell whether the index beside a lexicon is there, whole and of this very lexicon."""
    return is_index_of(index_folder(lexicon), info)


def index_folder(lexicon: Path) -> Path:
    """Return the folder of the index of a lexicon, which stands beside it."""
    return index_beside(lexicon, "scispacy")


def write_name_index(lexicon: Path, *, progress: Callable[[str], None]) -> None:
    """Index all names of a built lexicon, and write the index beside it; the same lexicon gives the same bytes. `progress` is told each step.

    Raises: LexiconError where the lexicon is missing, broken or of another version, or has no names.
    """
    info = read_info(lexicon)
    folder = index_folder(lexicon)
    with writing_index(folder, info):
        for old in folder.iterdir():
            old.unlink()
        progress("reading the lexicon's names")
        by_group, curies = _owners_by_name(lexicon)
        names = sorted(set().union(*by_group.values()))
        if not names:
            raise LexiconError(f"the lexicon at {lexicon} has no names to index: run `litkg lexicon build`")
        progress(f"counting the trigrams of {len(names):,} names")
        vectorizer = _vectorizer()
        vectors = vectorizer.fit_transform(names)
        terms = vectorizer.get_feature_names_out().tolist()
        (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        np.save(folder / "idf.npy", vectorizer.idf_, allow_pickle=False)
        ids = marisa_trie.Trie(sorted(curies))
        ids.save(str(folder / "ids.marisa"))
        place = {name: row for row, name in enumerate(names)}
        for group, owners in sorted(by_group.items()):
            progress(f"indexing {len(owners):,} names ({group})")
            aliases = marisa_trie.Trie(sorted(owners))
            aliases.save(str(folder / f"{group}.marisa"))
            rows = [aliases.restore_key(row) for row in range(len(aliases))]
            by_term = vectors[[place[name] for name in rows]].T.tocsr()
            by_term.sort_indices()
            owner_starts = np.cumsum([0, *(len(owners[name]) for name in rows)], dtype=np.int64)
            owner_ids = np.array([ids[curie] for name in rows for curie in sorted(owners[name])], dtype=np.uint32)
            arrays = (by_term.indptr.astype(np.int64), by_term.indices.astype(np.int32), by_term.data, owner_starts, owner_ids)
            for name, array in zip(_ARRAYS, arrays, strict=True):
                np.save(folder / f"{group}.{name}.npy", array, allow_pickle=False)


def _owners_by_name(lexicon: Path) -> tuple[dict[str, dict[str, set[str]]], set[str]]:
    """Return the ids of the concepts that have a name, by group and name, and all these ids. A concept of several kinds is in the group of each."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    curies = set()
    for concept, names in read_names(lexicon):
        curies.add(concept.id)
        for group in {GROUPS[category] for category in concept.categories}:
            for name in filter(str.strip, names):
                found[group][name].add(concept.id)
    return found, curies


def _vectorizer(vocabulary: Mapping[str, int] | None = None) -> TfidfVectorizer:
    """Return scispaCy's vectorizer, but for names in less than ten of whose trigrams it takes account: here every name can be found by all of its own."""
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32, vocabulary=vocabulary)


def _open_group(folder: Path, group: str, ids: marisa_trie.Trie) -> GroupNames:
    # As plain arrays: slices of `np.memmap` are slow to make.
    arrays = {name: np.asarray(np.load(folder / f"{group}.{name}.npy", mmap_mode="r", allow_pickle=False)) for name in _ARRAYS}
    return GroupNames(marisa_trie.Trie().mmap(str(folder / f"{group}.marisa")), arrays, ids)


def _groups() -> Sequence[str]:
    return sorted(set(GROUPS.values()))
