"""Learns how likely a piece of evidence was read right, and measures it on held-out folds: `python -m training.belief.calibrate`.

Reads the table of `training.belief.collect`. Folds are by article over all corpora. Writes the calibration that litkg ships (src/litkg/calibration.toml),
training/belief/metrics.json and the reliability diagram.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from litkg.belief import doubt_left
from litkg.calibration import HIGHEST, PROBABILITY_DIGITS, Reading, features_of
from litkg.model import Certainty, Knowledge
from training.belief.collect import Row, read_table
from training.belief.diagram import draw
from training.belief.regression import (
    BINS,
    Features,
    Floats,
    bins_of,
    calibration_error,
    effective_parameters,
    error_by_chance,
    fit,
    log_loss,
    predict,
)

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parents[1] / "src" / "litkg" / "calibration.toml"
FOLDS = 10
PENALTIES = (1.0, 3.0, 10.0, 30.0)
FEWEST = 30
"""Groups with fewer evidences have no line in the tables, and readers with fewer are not measured."""
_FEWEST_A_BIN = 100
_MANY = 3
_FREE = ("always", "extractor ")
"""How often a reader is right at all is not drawn to what the others are."""
_DOCUMENT_LEVEL = frozenset({"bc5cdr", "biored"})
_SHARES = np.linspace(0, 1, 101)
_KINDS = frozenset({"gene", "chemical", "disease", "process"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evidence", type=Path, default=Path("training/build/belief/evidence.tsv"))
    arguments = parser.parse_args()
    table = read_table(arguments.evidence)
    rows = [row for row in table if row.verdict in {"right", "wrong"}]
    readers = Counter(row.extractor for row in rows)
    measured = sorted(name for name, count in readers.items() if count >= FEWEST)
    rows = [row for row in rows if row.extractor in measured]
    right = np.array([row.verdict == "right" for row in rows], dtype=float)
    examples = [features_of(reading_of_row(row)) for row in rows]
    penalty, chances = choose_penalty(examples, right, folds_of(rows))
    share = measure_share(rows, right, chances)
    report = figures(rows, right, chances) | {
        "left out": dict(sorted(Counter(f"{row.corpus} {row.verdict}" for row in table if row.verdict not in {"right", "wrong"}).items())),
        "denials": denial_bounds(table),
        "penalty": penalty,
        "weights": parameters(examples, right, penalty),
        "corpus left out": leave_out(examples, right, [row.corpus for row in rows], penalty),
        "further sentences": share,
    }
    weights = fit_named(examples, right, penalty)
    SHIPPED.write_text(as_toml(weights, measured, share["share"], len(rows), penalty), encoding="utf-8")
    (HERE / "metrics.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    groups = {"all": np.ones(len(rows), dtype=bool)} | {name: np.array([row.extractor == name for row in rows]) for name in measured}
    draw(HERE / "reliability.png", {name: bins_of(chances[mask], right[mask], bins_for(int(mask.sum()))) for name, mask in groups.items()})
    print(json.dumps(report, indent=1))


def reading_of_row(row: Row) -> Reading:
    """Return what litkg would know of the evidence."""
    subject, object_ = (kind if kind in _KINDS else "other" for kind in row.kinds.lower().split(" "))
    return Reading(
        extractor=row.extractor,
        predicate=row.predicate,
        subject=subject,
        object=object_,
        subject_aspect=row.subject_aspect or None,
        negated=row.negated,
        certainty=Certainty(row.certainty),
        knowledge=Knowledge(row.knowledge),
        confidence=row.confidence,
        gap=row.gap,
    )


def folds_of(rows: Sequence[Row]) -> Floats:
    """Return the fold of each row: articles are whole, in whatever corpora they are."""
    return np.array([int(hashlib.sha256(row.group.encode()).hexdigest(), 16) % FOLDS for row in rows])


def held_out(examples: Sequence[Mapping[str, float]], right: Floats, parts: Sequence[Any] | Floats, penalty: float) -> Floats:
    """Return for each example the probability by weights that were fitted without its part."""
    parts = np.asarray(parts)
    chances = np.zeros(len(right))
    for part in sorted(set(parts.tolist())):
        inside = parts == part
        known = [example for example, held in zip(examples, inside, strict=True) if not held]
        features = Features(known, _FREE)
        weights = fit(features.matrix(known), right[~inside], features.penalties(penalty))
        chances[inside] = predict(features.matrix([example for example, held in zip(examples, inside, strict=True) if held]), weights)
    return np.clip(chances, 1 - HIGHEST, HIGHEST).round(PROBABILITY_DIGITS)


def choose_penalty(examples: Sequence[Mapping[str, float]], right: Floats, folds: Floats) -> tuple[float, Floats]:
    """Return the penalty with the least loss on held-out folds, and the probabilities by it, each fold's by a penalty chosen on the other folds alone."""
    tried = {penalty: held_out(examples, right, folds, penalty) for penalty in PENALTIES}
    best = min(PENALTIES, key=lambda penalty: log_loss(tried[penalty], right))
    chances = np.zeros(len(right))
    for fold in range(FOLDS):
        inside = folds == fold
        own = min(PENALTIES, key=lambda penalty: log_loss(tried[penalty][~inside], right[~inside]))
        chances[inside] = tried[own][inside]
    return best, chances


def fit_named(examples: Sequence[Mapping[str, float]], right: Floats, penalty: float) -> dict[str, float]:
    """Return the weights by name, fitted on all."""
    features = Features(examples, _FREE)
    return {
        name: round(float(weight), 3) for name, weight in zip(features.names, fit(features.matrix(examples), right, features.penalties(penalty)), strict=True)
    }


def parameters(examples: Sequence[Mapping[str, float]], right: Floats, penalty: float) -> dict[str, float | int]:
    """Return how many weights there are, and how many free parameters they amount to under the penalty (Hastie et al. 2009, Elements, section 7.6)."""
    features = Features(examples, _FREE)
    rows, penalties = features.matrix(examples), features.penalties(penalty)
    return {"number": len(features.names), "effective": round(effective_parameters(rows, fit(rows, right, penalties), penalties), 1)}


def leave_out(examples: Sequence[Mapping[str, float]], right: Floats, corpora: Sequence[str], penalty: float) -> dict[str, Any]:
    """Return the figures where the corpus judged is not among those learned from: what annotators differ in, and litkg cannot know."""
    chances = held_out(examples, right, corpora, penalty)
    return {"all": score(chances, right)} | {
        name: score(chances[mask], right[mask]) for name in sorted(set(corpora)) for mask in (np.array([item == name for item in corpora]),)
    }


def bins_for(count: int) -> int:
    """Return ten bins, or fewer where they would be small."""
    return max(min(BINS, count // _FEWEST_A_BIN), 1)


def score(chances: Floats, right: Floats) -> dict[str, float | int]:
    """Return the figures of a group; `by chance` is the calibration error that perfect probabilities would show."""
    bins = bins_for(len(right))
    return {
        "evidence": len(right),
        "right": round(float(right.mean()), 3),
        "mean probability": round(float(chances.mean()), 3),
        "calibration error": round(calibration_error(chances, right, bins), 4),
        "by chance": round(error_by_chance(chances, bins), 4),
        "bins": bins,
        "Brier": round(float(((chances - right) ** 2).mean()), 4),
    }


def figures(rows: Sequence[Row], right: Floats, chances: Floats) -> dict[str, Any]:
    """Return the figures of held-out folds, of all and by what an evidence is; and the grammar's by predicate."""

    def by(key: Callable[[Row], str], least: int = FEWEST, among: Callable[[Row], bool] = lambda row: True) -> dict[str, Any]:
        names = Counter(key(row) for row in rows if among(row))
        return {
            name: score(chances[mask], right[mask])
            for name, count in sorted(names.items(), key=lambda item: (-item[1], item[0]))
            if count >= least
            for mask in (np.array([among(row) and key(row) == name for row in rows]),)
        }

    return {
        "all": score(chances, right),
        "by reader": by(lambda row: row.extractor),
        "by part": by(lambda row: row.part),
        "by corpus": by(lambda row: row.corpus),
        "by certainty": by(lambda row: row.certainty),
        "by predicate": by(lambda row: row.predicate),
        "denied": by(lambda row: "denied" if row.negated else "not denied"),
        "grammar by predicate": by(lambda row: row.predicate, 10, lambda row: row.extractor.startswith("litkg.patterns")),
        "grammar by predicate and ends": by(lambda row: f"{row.predicate}: {row.kinds}", 20, lambda row: row.extractor.startswith("litkg.patterns")),
    }


def denial_bounds(table: Sequence[Row]) -> dict[str, float | int]:
    """Return how many denials the gold bears out, contradicts, or is silent on, and the share that is right with the silent ones counted as wrong, left out,
    and counted as right."""
    count = Counter(row.verdict for row in table if row.negated)
    right, wrong, absent = count["right"], count["wrong"], count["absent"]
    return {
        "right": right,
        "wrong": wrong,
        "absent": absent,
        "lowest": round(right / max(right + wrong + absent, 1), 3),
        "left out": round(right / max(right + wrong, 1), 3),
        "highest": round((right + absent) / max(right + wrong + absent, 1), 3),
    }


def measure_share(rows: Sequence[Row], right: Floats, chances: Floats) -> dict[str, Any]:
    """Return how much a further sentence of a document adds, where the gold speaks of documents: the share that makes the verdicts on claims likeliest, and the
    precision of claims by their number of sentences beside what shares foretell."""
    claims = list(_claims(rows, right, chances))
    losses = {float(share): -sum(_log_chance(strengths, share, verdict) for strengths, verdict in claims) / len(claims) for share in _SHARES}
    best = min(losses, key=lambda share: (losses[share], share))
    told: dict[str, list[dict[str, float]]] = defaultdict(list)
    for strengths, verdict in claims:
        foretold = {name: -math.expm1(doubt_left(strengths, share)) for name, share in (("at 0", 0.0), ("at the share", best), ("at 1", 1.0))}
        told[str(len(strengths)) if len(strengths) < _MANY else f"{_MANY} or more"].append(foretold | {"right": float(verdict)})
    believed = np.array([-math.expm1(doubt_left(strengths, best)) for strengths, _ in claims])
    return {
        "share": round(best, 2),
        "loss": {name: round(losses[value], 4) for name, value in (("0", 0.0), ("best", best), ("1", 1.0))},
        "claims": {
            sentences: {"claims": len(items)} | {name: round(float(np.mean([item[name] for item in items])), 3) for name in items[0]}
            for sentences, items in sorted(told.items())
        },
        "belief of documents": score(believed, np.array([float(verdict) for _, verdict in claims])),
    }


def _claims(rows: Sequence[Row], right: Floats, chances: Floats) -> Iterator[tuple[list[float], bool]]:
    """Yield the probabilities of the evidence of each claim of a document, one a sentence, and whether the gold of the document bears the claim out."""
    strengths: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    verdicts: dict[tuple[str, str, str], bool] = {}
    for row, verdict, chance in zip(rows, right, chances, strict=True):
        if row.corpus in _DOCUMENT_LEVEL and not row.negated:
            key = (row.corpus, row.document, row.claim)
            strengths[key][row.sentence] = max(float(chance), strengths[key].get(row.sentence, 0.0))
            verdicts[key] = bool(verdict)
    for key, found in strengths.items():
        yield list(found.values()), verdicts[key]


def _log_chance(strengths: Sequence[float], share: float, verdict: bool) -> float:
    doubt = doubt_left(strengths, float(share))
    return math.log(-math.expm1(doubt)) if verdict else doubt


def as_toml(weights: Mapping[str, float], measured: Sequence[str], share: float, count: int, penalty: float) -> str:
    """Return the file's text, weights sorted by name."""
    lines = [
        "# How likely a piece of evidence was read right: weights of a logistic regression in log odds (calibration.py says what each stands for). Learned by",
        f"# training/belief from {count} evidences that litkg read in ChemProt, BC5CDR, BioRED, SemRep-RC and BioNLP-ST GE, PC and CG, mentions given, L2",
        f"# penalty {penalty:g}. Figures on held-out folds: training/README.md, training/belief/metrics.json. Made by make -C training belief.",
        f"measured = {json.dumps(list(measured))}",
        "# How much of what it would add alone a further sentence of the same document adds, measured on claims of documents.",
        f"further_share = {share:g}",
        "",
        "[weights]",
        *(f"{json.dumps(name)} = {weights[name]:g}" for name in sorted(weights)),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
