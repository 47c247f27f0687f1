"""How well case reports are read, field by field, against the vignettes: `python -m tests.nlp.cases.scoring [--errors]`.

An answer is right, wrong (another one), missed (unknown) or spurious (where the text gives none); one that is unknown on both sides is no
answer. Times and doses are right where one holds the other. Names in a list count one by one: right where all their words are found.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from litkg.model import Answer, CaseReport, Criterion, NaranjoItem
from litkg.naranjo import total_range
from tests.nlp.cases.reading import Expected, Vignette, cases, is_held_out, vignettes

FIELDS = (
    "pair",
    "temporal_order",
    "time_to_onset",
    "dechallenge",
    "rechallenge",
    "ruled_out",
    "not_ruled_out",
    "dose",
    "seriousness",
    "treatment",
    "outcome",
    "naranjo",
)
_SMALL = frozenset(["the", "a", "an", "of", "in", "for", "on", "and", "or", "any", "all", "no", "other"]) - {"other"}
Tally = dict[str, Counter[str]]


def verdicts(vignette: Vignette) -> Iterator[tuple[str, str, str, str]]:
    """Yield (field, verdict, expected, found) of one vignette; the verdict is right, wrong, missed or spurious."""
    found = cases(vignette["text"])
    for drug, event in vignette.get("absent", []):
        yield ("pair", "spurious", "", f"{drug} > {event}") if _report(found, drug, event) else ("pair", "absent", "", "")
    for expected in vignette["cases"]:
        report = _report(found, expected["drug"], expected["event"])
        yield "pair", "right" if report else "missed", f"{expected['drug']} > {expected['event']}", ", ".join(f"{d} > {e}" for d, e in found)
        yield from _compare(expected, report or CaseReport(id="", document_id="", drug="", event=""))


def _report(found: dict[tuple[str, str], CaseReport], drug: str, event: str) -> CaseReport | None:
    name = event.replace(" ", "_")
    fits = [report for (d, e), report in found.items() if d == drug.replace(" ", "_") and (e == name or e.endswith(f"_{name}") or name.endswith(f"_{e}"))]
    return fits[0] if fits else None


def _compare(expected: Expected, report: CaseReport) -> Iterator[tuple[str, str, str, str]]:
    answers: tuple[tuple[str, str, str, Callable[[str, str], bool]], ...] = (
        ("temporal_order", expected.get("temporal_order", ""), _answer(report.temporal_order), str.__eq__),
        ("time_to_onset", expected.get("time_to_onset", ""), report.time_to_onset.value or "", _overlaps),
        ("dechallenge", expected.get("dechallenge", ""), report.dechallenge.value or "", str.__eq__),
        ("rechallenge", expected.get("rechallenge", ""), report.rechallenge.value or "", str.__eq__),
        ("dose", expected.get("dose", ""), report.dose.value or "", _overlaps),
        ("outcome", expected.get("outcome", ""), report.outcome.value or "", str.__eq__),
    )
    for field, wanted, got, same in answers:
        verdict = _verdict(wanted, got, same=bool(wanted and got and same(wanted.lower(), got.lower())))
        if verdict:
            yield field, verdict, wanted, got
    causes = {answer: [cause.name for cause in report.alternative_causes if cause.ruled_out is answer] for answer in Answer}
    yield from _lists("ruled_out", expected.get("ruled_out", []), causes[Answer.YES])
    yield from _lists("not_ruled_out", expected.get("not_ruled_out", []), causes[Answer.NO])
    yield from _lists("seriousness", expected.get("seriousness", []), _listed(report.seriousness))
    yield from _lists("treatment", expected.get("treatment", []), _listed(report.treatment))
    items = expected.get("naranjo", {})
    found = {str(item.number): "not done" if item.answer is Answer.UNKNOWN else str(item.answer) for item in report.naranjo if item.start is not None}
    for number in sorted({*items, *found}, key=int):
        wanted, got = items.get(number, ""), found.get(number, "")
        yield "naranjo", _verdict(wanted, got, same=wanted == got), f"{number} {wanted}", f"{number} {got}"


def _verdict(wanted: str, got: str, *, same: bool) -> str:
    if not wanted and not got:
        return ""
    if not got:
        return "missed"
    return "right" if same else "wrong" if wanted else "spurious"


def _answer(criterion: Criterion) -> str:
    return "" if criterion.answer is Answer.UNKNOWN else str(criterion.answer)


def _listed(criterion: Criterion) -> list[str]:
    if criterion.answer is Answer.NO:
        return [criterion.value or "no"]
    return re.split(r"[,;] ", criterion.value) if criterion.value else []


def _overlaps(left: str, right: str) -> bool:
    return left in right or right in left


def _words(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", name.lower()) if word not in _SMALL}


def _lists(field: str, wanted: list[str], got: list[str]) -> Iterator[tuple[str, str, str, str]]:
    for name in wanted:
        yield field, "right" if _words([name]) <= _words(got) else "missed", name, "; ".join(got)
    for name in got:
        if not _words([name]) & _words(wanted):
            yield field, "spurious", "; ".join(wanted), name


def tally(chosen: Iterable[Vignette]) -> Tally:
    """Return per field how many answers are right, wrong, missed and spurious."""
    counts: Tally = {field: Counter() for field in FIELDS}
    for vignette in chosen:
        for field, verdict, _, _ in verdicts(vignette):
            counts[field][verdict] += 1
    return counts


def accuracy(counts: Counter[str]) -> float:
    """Return the share of right answers among all that the text or litkg gives, in [0, 1]; 1 where there are none."""
    total = sum(counts[verdict] for verdict in ("right", "wrong", "missed", "spurious"))
    return counts["right"] / total if total else 1.0


def ranges(chosen: Iterable[Vignette]) -> tuple[int, int, int]:
    """Return in how many cases found the range of Naranjo totals is the expected one, in how many it holds it, and how many there are."""
    equal, held, total = 0, 0, 0
    for vignette in chosen:
        found = cases(vignette["text"])
        for expected in vignette["cases"]:
            case = _report(found, expected["drug"], expected["event"])
            if case is None:
                continue
            wanted = total_range(_expected_items(expected))
            got = total_range(case.naranjo)
            equal, held, total = equal + (got == wanted), held + (got[0] <= wanted[0] and wanted[1] <= got[1]), total + 1
    return equal, held, total


def _expected_items(expected: Expected) -> Iterator[NaranjoItem]:
    for number, answer in expected.get("naranjo", {}).items():
        yield NaranjoItem(number=int(number), answer=Answer.UNKNOWN if answer == "not done" else Answer(answer), start=0, end=0, text="as expected")


def report(*, errors: bool) -> Iterator[str]:
    """Yield the table of both parts; with `errors`, what is not right in the part that may be studied."""
    for name, part in (("study", [v for v in vignettes() if not is_held_out(v)]), ("held out", [v for v in vignettes() if is_held_out(v)])):
        yield f"{name}: {len(part)} vignettes"
        for field, found in tally(part).items():
            yield f"  {field:<16} {accuracy(found):.2f}  " + "  ".join(f"{verdict} {found[verdict]}" for verdict in ("right", "wrong", "missed", "spurious"))
        total = accuracy(sum(tally(part).values(), Counter()))
        equal, held, count = ranges(part)
        yield f"  all answers      {total:.2f}  Naranjo range as expected in {equal}, holding it in {held} of {count} cases found"
        for vignette in part if errors and name == "study" else ():
            for field, verdict, wanted, got in verdicts(vignette):
                if verdict not in ("right", "absent"):
                    yield f"    {vignette['id']:<8} {field:<15} {verdict:<9} {wanted!r} / {got!r}"


if __name__ == "__main__":
    sys.stdout.write("\n".join([*report(errors="--errors" in sys.argv), ""]))
