"""Measures relations and anaphora on the hand-made tables of the tests, kind by kind, in the two halves that a hash of the sentence makes.

    PYTHONPATH=. .venv/bin/python benchmarks/hand_made.py            figures
    PYTHONPATH=. .venv/bin/python benchmarks/hand_made.py --errors   and what is wrong in the half that may be looked at

The grammar was mended by the errors of the first half alone; those of the half that is held out are never shown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from tests.nlp import anaphora_table, direction

from litkg.model import Relation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    errors = parser.parse_args().errors
    outcomes = direction.outcomes(direction.read_table())
    print("direction and sign           rows  right  share  missed  extra  reversed  contrary")
    for name, part in _parts(outcomes):
        counts = [sum(map(bool, kind)) for kind in zip(*((o.missed, o.extra, o.reversed, o.flipped) for o in part), strict=True)]
        right = sum(outcome.is_right for outcome in part)
        print(f"{name:28} {len(part):4}  {right:5}  {right / len(part):5.3f}  {counts[0]:6}  {counts[1]:5}  {counts[2]:8}  {counts[3]:8}")
    readings = anaphora_table.readings(anaphora_table.read_texts())
    print("\nanaphora                     texts  precision  recall  f1     claims right")
    for name, some in _anaphora_parts(readings):
        right, wrong, missed = sum(f.right for f in some), sum(len(f.wrong) for f in some), sum(len(f.missed) for f in some)
        scores = [right / (right + wrong or 1), right / (right + missed or 1), 2 * right / (2 * right + wrong + missed or 1)]
        print(f"{name:28} {len(some):5}  {scores[0]:9.3f}  {scores[1]:6.3f}  {scores[2]:5.3f}  {sum(f.claims.is_right for f in some):5}")
    if errors:
        for reading in readings:
            if not reading.text.row.is_held_out and (reading.wrong or reading.missed):
                print(f"\n{reading.text.row.sentence}\n    wrong {reading.wrong} missed {reading.missed}")
        for outcome in [*outcomes, *(reading.claims for reading in readings)]:
            if not outcome.row.is_held_out and not outcome.is_right:
                print(f"\n{outcome.row.kind}: {outcome.row.sentence}")
                _print_errors(outcome)


def _parts(outcomes: Sequence[direction.Outcome]) -> Iterator[tuple[str, list[direction.Outcome]]]:
    yield "half looked at", [outcome for outcome in outcomes if not outcome.row.is_held_out]
    yield "half held out", [outcome for outcome in outcomes if outcome.row.is_held_out]
    yield "all", list(outcomes)
    for kind in dict.fromkeys(outcome.row.kind for outcome in outcomes):
        yield kind, [outcome for outcome in outcomes if outcome.row.kind == kind]


def _anaphora_parts(readings: Sequence[anaphora_table.Found]) -> Iterator[tuple[str, list[anaphora_table.Found]]]:
    yield "half looked at", [reading for reading in readings if not reading.text.row.is_held_out]
    yield "half held out", [reading for reading in readings if reading.text.row.is_held_out]
    yield "all", list(readings)
    for kind in dict.fromkeys(reading.text.row.kind for reading in readings):
        yield kind, [reading for reading in readings if reading.text.row.kind == kind]


def _print_errors(outcome: direction.Outcome) -> None:
    for claim in outcome.missed:
        states, predicates = "|".join(sorted(claim.states)), "|".join(sorted(claim.predicates))
        print(f"    missed {'!' * claim.negated}{claim.subject}[{states}] {predicates}{claim.aspect and '/'}{claim.aspect} {claim.object}")
    for relation in outcome.extra:
        turned = " REVERSED" * (relation in outcome.reversed) + " CONTRARY" * (relation in outcome.flipped)
        print(f"    extra {_shown(relation)}{turned}")


def _shown(relation: Relation) -> str:
    ends = [end.concept.id if end.concept else "" for end in (relation.subject, relation.object)]
    claim = f"{ends[0]}[{relation.subject_aspect}] {relation.predicate}/{relation.aspect} {ends[1]}"
    return f"{'!' * relation.negated}{relation.certainty.value}? {claim}"


if __name__ == "__main__":
    main()
