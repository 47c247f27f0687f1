"""The shipped model of cues and scopes: which words of a sentence deny or doubt something, and from where to where.

Owns the weights' file and the decisions; what the weights are is decided in training/scope. A scope is a stretch of words that holds its cue, as in BioScope
(Vincze et al. 2008, BMC Bioinformatics 9 S11:S9): it reaches to the right as far as the clause or phrase that the cue governs, and takes in the subject of a
passive or raising verb to the left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from litkg.errors import PipelineError
from litkg.nlp.cues.boundaries import CueBorders
from litkg.nlp.cues.detection import cue_features, find_candidates
from litkg.nlp.cues.loglinear import LogLinear
from litkg.nlp.cues.parsed import ParsedSentence

WEIGHTS = "weights"
FORMAT_VERSION = 1
NEGATION, SPECULATION = "negation", "speculation"
_PAIRS = {"neither": frozenset({"nor", "or"}), "either": frozenset({"or"})}
"""Cues of two parts with one scope."""
_IRREGULAR = {"think": "th(?:ink|ought)", "feel": "fe(?:el|lt)", "be": r"\w+"}
_TOO_COMMON = frozenset({"or"})
"""Phrases that are cues so seldom that a sentence is not parsed on their account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueScope:
    """A cue and its scope in a sentence, in words: `parts` are the first and last word of each part of the cue, `first` and `last` the scope's.

    `kind` is negation or speculation; `phrase` the cue's lemmas; `probability` that of being a cue.
    """

    kind: str
    parts: tuple[tuple[int, int], ...]
    first: int
    last: int
    phrase: str
    probability: float


class CueModel:
    """Finds cues and scopes. `phrases` gives each cue's lemmas its kind."""

    def __init__(self, phrases: Mapping[str, str], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self.phrases = phrases
        self._firsts = frozenset(phrase.split(" ")[0] for phrase in phrases)
        self._cues, self._lefts, self._rights = (LogLinear.of(arrays, name) for name in ("cue", "left", "right"))
        hinted = (r"\s+".join(map(_stem, phrase.split(" "))) for phrase in phrases if phrase not in _TOO_COMMON and re.fullmatch(r"[\w ]+", phrase))
        self._hint = re.compile(rf"\b(?:{'|'.join(sorted(hinted, reverse=True))})\b|n['’]t\b|\bcannot\b", re.IGNORECASE)

    @classmethod
    def load(cls, folder: Path | None = None) -> CueModel:
        """Return the model in `folder`, or else the one shipped with litkg.

        Raises: PipelineError where there is none.
        """
        folder = folder or Path(str(files("litkg.nlp.cues").joinpath(WEIGHTS)))
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if meta["format_version"] != FORMAT_VERSION:
                raise ValueError("it was made for another version of litkg")
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                return cls(meta["phrases"], arrays)
        except (OSError, ValueError, KeyError) as error:
            raise PipelineError(f"no model of cues in {folder} ({error}): reinstall litkg, or make it with `make -C training scope`") from error

    def may_hold_cue(self, text: str, start: int, end: int) -> bool:
        """Return whether a word that begins like a cue stands in the characters: where not, the sentence need not be parsed."""
        return self._hint.search(text, start, end) is not None

    def find(self, sentence: ParsedSentence) -> list[CueScope]:
        """Return the sentence's cues with their scopes, in text order."""
        return self.scopes(sentence, self.cues(sentence))

    def cues(self, sentence: ParsedSentence) -> list[tuple[str, tuple[tuple[int, int], ...], float]]:
        """Return `(kind, parts, probability)` of each cue, in text order. Candidates that overlap: the likelier stands."""
        candidates = list(find_candidates(sentence, self.phrases, self._firsts))
        chances = 1 / (1 + np.exp(-self._cues.scores([cue_features(sentence, first, last) for first, last, _ in candidates])))
        taken: set[int] = set()
        found = []
        for at in np.argsort(-chances, kind="stable").tolist():
            first, last, phrase = candidates[at]
            if chances[at] >= 0.5 and taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                found.append((self.phrases[phrase], ((first, last),), float(chances[at])))
        return _joined(sentence, sorted(found, key=lambda cue: cue[1]))

    def scopes(self, sentence: ParsedSentence, cues: Sequence[tuple[str, tuple[tuple[int, int], ...], float]]) -> list[CueScope]:
        """Return the cues with their scopes, in the order given."""
        found = []
        for kind, parts, probability in cues:
            borders = CueBorders(sentence, parts, kind, [(other, where[0][0]) for other, where, _ in cues if where != parts])
            first = borders.begin - int(self._lefts.scores(borders.lefts()).argmax())
            last = borders.end + int(self._rights.scores(borders.rights()).argmax())
            phrase = " ... ".join(" ".join(sentence.lemmas[low : high + 1]) for low, high in parts)
            found.append(CueScope(kind=kind, parts=parts, first=first, last=last, phrase=phrase, probability=probability))
        return found


def _joined(
    sentence: ParsedSentence, cues: Sequence[tuple[str, tuple[tuple[int, int], ...], float]]
) -> list[tuple[str, tuple[tuple[int, int], ...], float]]:  # fmt: skip
    """Return the cues with "neither" and its "nor" as one."""
    found: list[tuple[str, tuple[tuple[int, int], ...], float]] = []
    for kind, parts, probability in cues:
        word = sentence.lower[parts[0][0]]
        opener = next((at for at in reversed(range(len(found))) if len(found[at][1]) == 1 and word in _PAIRS.get(sentence.lower[found[at][1][0][0]], ())), None)
        if opener is None:
            found.append((kind, parts, probability))
        else:
            found[opener] = (found[opener][0], (*found[opener][1], *parts), min(found[opener][2], probability))
    return found


def _stem(lemma: str) -> str:
    """Return a pattern that the lemma's forms match, and few others."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    return re.escape(lemma) if len(lemma) <= 3 else rf"{re.escape(lemma.rstrip('ey'))}\w*"
