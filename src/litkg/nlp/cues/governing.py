"""Whether a cue of negation denies what a word of its sentence states: a scope holds more than is denied ("did not alter the rise of X" denies no rise).

Owns the features of a cue and a trigger; the weights are taught on events that annotators marked as negated (training/scope).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

from litkg.errors import PipelineError
from litkg.nlp.cues.loglinear import LogLinear
from litkg.nlp.cues.model import NEGATION, WEIGHTS, CueScope
from litkg.nlp.cues.parsed import ParsedSentence


def governing_features(sentence: ParsedSentence, scope: CueScope, place: int) -> list[str]:
    """Return what says whether the cue denies what the word at `place` states."""
    head = sentence.head_of(*scope.parts[0])
    steps, up, down = sentence.way(sentence.ancestors(head), place)
    inside = scope.first <= place <= scope.last
    far = place - scope.parts[0][0]
    side = "after" if far > 0 else "before"
    tag, label, lemma = sentence.tags[place], sentence.labels[place], sentence.lemmas[place]
    return [
        "any",
        f"inside={inside}",
        f"inside={inside}/{side}/{min(abs(far), 12) // 2}",
        f"way={up}/{down}",
        f"steps={steps}/{down}",
        f"steps={steps}/{down}/{sentence.tags[head]}/{tag}",
        f"depth={steps}/{down.count('>') + bool(down)}/{inside}",
        f"cue={scope.phrase}",
        f"cue={scope.phrase}/{steps}/{down}",
        f"cue={scope.phrase}/{inside}",
        f"label={label}/{inside}",
        f"lemma={lemma}/{inside}",
        f"tag={tag}/{inside}/{side}",
    ]


LEAST = 0.6
"""Probability from which a trigger counts as denied: precision .88 and recall .40 of negated events (training/README.md)."""


class Denials:
    """Finds the cue that denies what a word states."""

    def __init__(self, model: LogLinear) -> None:
        self.model = model

    @classmethod
    def load(cls, folder: Path | None = None) -> Denials:
        """Return the model in `folder`, or else the one shipped with litkg.

        Raises: PipelineError where there is none.
        """
        path = (folder or Path(str(files("litkg.nlp.cues").joinpath(WEIGHTS)))) / "denials.npz"
        try:
            with np.load(path, allow_pickle=False) as arrays:
                return cls(LogLinear.of(arrays, "denials"))
        except (OSError, ValueError, KeyError) as error:
            raise PipelineError(f"no model of denials in {path} ({error}): reinstall litkg, or make it with `make -C training scope`") from error

    def find(self, sentence: ParsedSentence, scopes: Sequence[CueScope], place: int) -> tuple[CueScope, float] | None:
        """Return the cue that most likely denies what the word at `place` states, with the probability; None where there is no cue of negation."""
        denying = [scope for scope in scopes if scope.kind == NEGATION]
        if not denying:
            return None
        scores = self.model.scores([governing_features(sentence, scope, place) for scope in denying])
        best = int(scores.argmax())
        return denying[best], float(1 / (1 + np.exp(-scores[best])))
