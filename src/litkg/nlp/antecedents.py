"""What an anaphor may stand for: the mentions before it, by kind, number and place.

Owns the choice among candidates: kinds that a class noun admits, lists that a plural takes as one, the topic that "it" goes on with. Refuses to know which
words are anaphors; `anaphora` finds those. After centering theory (Grosz, Joshi and Weinstein 1995): a pronoun goes on with the subject of the sentence before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from litkg.model import Category, Grounding

Wanted = Callable[[Grounding], bool]
_DRUGLIKE = frozenset({Category.DRUG, Category.CHEMICAL})
MOLECULES = _DRUGLIKE | {Category.GENE, Category.CYTOKINE}
DISEASES = frozenset({Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT})
_ANTIBODY = re.compile(r"\w+mab\b|^anti-|antibod", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:\([^()]{1,30}\)\s*)?(?:,|,?\s*(?:and|or|as well as|plus|but also)|/)\s*(?:(?:the|also|either|with|then)\s+)?", re.IGNORECASE)


def _of(*categories: Category) -> Wanted:
    wanted = frozenset(categories)
    return lambda item: bool(item.concept and wanted & set(item.concept.categories))


def _is_antibody(item: Grounding) -> bool:
    return _of(Category.DRUG)(item) and bool(_ANTIBODY.search(item.mention.text))


def _is_other_protein(item: Grounding) -> bool:
    return _of(Category.GENE)(item) and not _of(Category.CYTOKINE)(item)


KINDS: dict[str, Wanted] = {
    "Cytokine": _of(Category.CYTOKINE),
    "Drug": _of(Category.DRUG),
    "Substance": _of(*_DRUGLIKE),
    "Molecule": _of(*MOLECULES),
    "Gene": _of(Category.GENE),
    "Protein": _is_other_protein,
    "Blocker": _of(Category.DRUG, Category.CHEMICAL, Category.GENE),
    "Antibody": _is_antibody,
    "Disease": _of(*DISEASES),
    "Cell": _of(Category.CELL_TYPE, Category.CELL_LINE),
    "Any": _of(*MOLECULES, *DISEASES, Category.CELL_TYPE),
}
"""What a class noun admits; "Protein" is for enzymes and receptors, which cytokines are not."""


def _start(item: Grounding) -> int:
    return item.mention.start


@dataclass(frozen=True, slots=True)
class Window:
    """The text, the mentions with concepts in text order, and the stretches that may hold an antecedent, nearest first."""

    text: str
    groundings: Sequence[Grounding]
    stretches: tuple[tuple[int, int], ...]

    def inside(self, stretch: tuple[int, int], wanted: Wanted) -> list[int]:
        """Return the mentions of the kind in the stretch, in text order."""
        start, end = stretch
        first = bisect_left(self.groundings, start, key=_start)
        last = bisect_left(self.groundings, end, lo=first, key=_start)
        return [at for at in range(first, last) if (item := self.groundings[at]).mention.end <= end and item.concept and wanted(item)]

    def concept(self, at: int) -> str:
        """Return the id of the concept of the mention."""
        concept = self.groundings[at].concept
        return concept.id if concept else ""

    def between(self, first: int, second: int) -> str:
        """Return the text between two mentions."""
        return self.text[self.groundings[first].mention.end : self.groundings[second].mention.start]


def nearest(window: Window, wanted: Wanted, noun: str) -> int | None:
    """Return the nearest mention of the kind, rather one that the text itself calls by the noun ("ketamine, a GRIN1 antagonist")."""
    for stretch in window.stretches:
        inside = window.inside(stretch, wanted)
        called = [at for at in inside if _is_called(window, at, noun)]
        if called or inside:
            return (called or inside)[-1]
    return None


def _is_called(window: Window, at: int, noun: str) -> bool:
    after = window.text[window.groundings[at].mention.end : window.groundings[at].mention.end + 60]
    return bool(re.match(rf"(?:,|\s+(?:is|was))\s+(?:an?|the)\s+[^,.;]{{0,40}}\b{noun}\b", after))


def foremost(window: Window, wanted: Wanted) -> int | None:
    """Return, in the nearest stretch that has any, the last mention of the concept that is named most often in the document: what the text is about."""
    for stretch in window.stretches:
        inside = window.inside(stretch, wanted)
        if inside:
            named = [item.concept.id for item in window.groundings if item.concept]
            counts = {concept: named.count(concept) for concept in {window.concept(at) for at in inside}}
            top = max(counts.values())
            return [at for at in inside if counts[window.concept(at)] == top][-1]
    return None


def topic(window: Window, wanted: Wanted) -> int | None:
    """Return the first mention of the kind in the nearest stretch that has any."""
    return next((inside[0] for stretch in window.stretches if (inside := window.inside(stretch, wanted))), None)


def group(window: Window, wanted: Wanted, size: int | None, *, may_be_one: bool = False, listed: bool = False) -> tuple[int, ...]:
    """Return the last list of mentions of the kind in the nearest stretch that has one, `size` of them where it is given; without a list and unless `listed`,
    all concepts of the kind there where they are `size` many, or, if `may_be_one`, a single one that is a plural itself ("T cells").

    Empty where there is none. Single mentions beside the anaphor do not hide a list in the sentence before, those of a sentence between do.
    """
    for number, stretch in enumerate(window.stretches):
        inside = window.inside(stretch, wanted)
        lists = [found for found in _lists(window, inside) if size in {None, len(found)}]
        if lists:
            return lists[-1]
        if listed:
            continue
        distinct = tuple({window.concept(at): at for at in inside}.values())
        if size is not None and len(distinct) == size:
            return distinct
        if may_be_one and len(distinct) == 1 and window.groundings[distinct[0]].mention.text.endswith("s"):
            return (inside[-1],)
        if inside and number:
            return ()
    return ()


def _lists(window: Window, inside: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the runs of two and more mentions that only commas and conjunctions part, the last two by a conjunction."""
    runs: list[list[int]] = []
    for at in inside:
        if runs and _JOINED.fullmatch(window.between(runs[-1][-1], at)) and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [tuple(run) for run in runs if len(run) > 1 and window.between(run[-2], run[-1]).strip() != ","]


def bearing(window: Window) -> int | None:
    """Return the disease that the people of the nearest stretch have: "patients with X", "twelve men had X"."""
    for stretch in window.stretches:
        for at in window.inside(stretch, KINDS["Disease"]):
            before = window.text[stretch[0] : window.groundings[at].mention.start]
            if _HAVING.search(before):
                return at
    return None


_HAVING = re.compile(
    r"\b(?:patients?|children|women|men|people|persons|adults|subjects|individuals|infants|boys|girls|adolescents|volunteers)\b[^.;]{0,25}?"
    r"\s(?:with|had|has|have|who had|suffering from|suffered from|diagnosed with|developed)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
