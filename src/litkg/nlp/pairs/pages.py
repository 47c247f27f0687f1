"""What a document holds that bears on whether a drug brings about a disease in it, sentence by sentence and as a whole.

Owns the features and their names, which are part of the weights of `documents`. After the features of Xu et al. 2016 (Database, baw036) and Gu et al. 2016
(Database, baw042): what sentences say of the pair and of its rivals, where and how often both are named, which disease is but a wider name for another, and the
words around them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement

NAME_SHARE, AROUND_SHARE, PRODUCT_SHARE = 0.3, 0.15, 0.2
"""How much features of names, of words around them and of products weigh beside all others."""
_MULTIPLIED = (
    "cid", "cid_any", "adverse_chance", "therapeutic_chance", "cid_other_drug", "cid_other_disease", "drug_share", "disease_share", "drugs", "diseases",
    "drug_named", "disease_named", "drug_in_title", "disease_in_title", "narrower",
)  # fmt: skip
"""Features whose products are features too."""
_LETTERS = re.compile(r"[a-z]+")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_REACH, _WORDS_AROUND = 50, 4
_LEAST = 1e-4

Key = str
PairKey = tuple[Key, Key]


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a drug (`kind` "Chemical") or a disease ("Disease"): which thing it names, in which sentence, from 0, and where in that."""

    key: Key
    kind: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says of a drug and a disease that it names: probabilities in [0, 1] that the one brings about the other (as BC5CDR and as PHEE annotate
    it), and that it is given for it."""

    pair: PairKey
    sentence: int
    cid: float
    adverse: float
    therapeutic: float


class Page:
    """A document's sentences, the mentions in them, and what each says of its pairs. `wider` gives the keys of what a thing is filed under."""

    def __init__(self, sentences: Sequence[str], named: Iterable[Named], told: Iterable[Told], wider: Callable[[Key], Collection[Key]]) -> None:
        self.sentences = sentences
        self._wider = wider
        self.where: dict[Key, list[int]] = defaultdict(list)
        self.drugs: list[Key] = []
        self.diseases: list[Key] = []
        self._named: dict[Key, list[Named]] = defaultdict(list)
        for item in named:
            if item.key not in self._named:
                (self.drugs if item.kind == "Chemical" else self.diseases).append(item.key)
            self._named[item.key].append(item)
            self.where[item.key].append(item.sentence)
        self.told: dict[PairKey, list[Told]] = defaultdict(list)
        for telling in told:
            self.told[telling.pair].append(telling)

    @cached_property
    def last(self) -> int:
        """The number of the last sentence with a mention of any kind."""
        return len(self.sentences) - 1

    @cached_property
    def best(self) -> Mapping[str, Mapping[PairKey, float]]:
        """The surest sentence's probability of each pair that shares one, by name of it."""
        return {name: {pair: max(getattr(item, name) for item in items) for pair, items in self.told.items()} for name in ("cid", "adverse", "therapeutic")}

    @cached_property
    def above(self) -> Mapping[Key, frozenset[Key]]:
        """Those of the document's drugs and diseases that each of them is filed under."""
        return {key: frozenset(self._wider(key)).intersection(self._named) - {key} for key in self._named}

    @cached_property
    def names(self) -> Mapping[Key, frozenset[str]]:
        """The words of each thing's names here."""
        return {key: frozenset(word for item in items for word in _LETTERS.findall(self._text(item).lower())) for key, items in self._named.items()}

    @cached_property
    def around(self) -> Mapping[Key, frozenset[str]]:
        """The words around each thing's mentions, by their side."""
        return {key: frozenset(word for item in items for word in self._beside(item)) for key, items in self._named.items()}

    def _text(self, item: Named) -> str:
        return self.sentences[item.sentence][item.start : item.end]

    def _beside(self, item: Named) -> Iterator[str]:
        sentence = self.sentences[item.sentence]
        before = _WORD.findall(sentence[max(0, item.start - _REACH) : item.start].lower())[-_WORDS_AROUND:]
        after = _WORD.findall(sentence[item.end : item.end + _REACH].lower())[:_WORDS_AROUND]
        for side, words, next_ in (("<", before, before[-1:]), (">", after, after[:1])):
            yield from (side + word for word in words)
            yield from (f"{side}1{word}" for word in next_)


def pairs_of(page: Page) -> list[PairKey]:
    """Return each drug of a document with each disease."""
    return [(drug, disease) for drug in page.drugs for disease in page.diseases]


def features_of_pair(page: Page, pair: PairKey) -> dict[str, float]:
    """Return the features of a drug and a disease. Those of pairs that share a sentence and of others have names of their own."""
    ending = "" if pair in page.told else ", apart"
    dense = dict(_dense(page, *pair))
    found = {name + ending: value for name, value in dense.items() if value}
    present = sorted((name, value) for name in _MULTIPLIED if (value := dense.get(name, 0.0)))
    for (first, x), (second, y) in combinations_with_replacement(present, 2):
        found[f"{first} x {second}{ending}"] = PRODUCT_SHARE * x * y
    for role, key in zip(("drug", "disease"), pair, strict=True):
        for word in page.names[key]:
            found[f"{role} {word}"] = found[f"{role} -{word[-4:]}"] = NAME_SHARE
        for word in page.around[key]:
            found[f"{role} {word}"] = found[f"{role} {word}{ending or ', together'}"] = AROUND_SHARE
    return found


def _dense(page: Page, drug: Key, disease: Key) -> Iterator[tuple[str, float]]:
    last, where = max(page.last, 1), page.where
    told = page.told.get((drug, disease), [])
    if told:
        chances = sorted((item.cid for item in told), reverse=True)
        yield "cid", _logit(chances[0])
        yield "cid_any", _logit(1 - math.prod(1 - chance for chance in chances))
        yield "cid_mean", _logit(sum(chances) / len(chances))
        if len(chances) > 1:
            yield "cid_second", _logit(chances[1])
            yield "has_second", 1.0
        yield "sentences", min(len(told), 6) / 6
        for place, inside in (("title", [item.cid for item in told if not item.sentence]), ("end", [item.cid for item in told if item.sentence >= last - 1])):
            if inside:
                yield f"cid_in_{place}", _logit(max(inside))
                yield f"together_in_{place}", 1.0
        for name in ("adverse", "therapeutic"):
            chance = page.best[name][drug, disease]
            yield f"{name}_chance", chance
            yield name, _logit(chance)
    rivals = {
        "other_drug": [(other, disease) for other in page.drugs if other != drug],
        "other_disease": [(drug, other) for other in page.diseases if other != disease],
    }
    for name, chance_of in page.best.items():
        for role, pairs in rivals.items():
            if chance := max((chance_of.get(pair, 0.0) for pair in pairs), default=0.0):
                yield f"{name}_{role}", _logit(chance)
                yield f"{name}_has_{role}", 1.0
    narrower = [other for other in page.diseases if disease in page.above[other]]
    wider = [other for other in page.diseases if other in page.above[disease]]
    for name, others in (("narrower", narrower), ("wider", wider)):
        yield name, float(bool(others))
        yield f"cid_{name}", max((page.best["cid"].get((drug, other), 0.0) for other in others), default=0.0)
    yield "drug_narrower", float(any(drug in page.above[other] for other in page.drugs))
    yield "drug_wider", float(bool(page.above[drug].intersection(page.drugs)))
    for role, key, keys in (("drug", drug, page.drugs), ("disease", disease, page.diseases)):
        counts = Counter({other: len(where[other]) for other in keys})
        yield f"{role}s", math.log(len(keys))
        yield f"{role}_named", math.log1p(counts[key])
        yield f"{role}_share", counts[key] / counts.total()
        yield f"{role}_in_title", float(0 in where[key])
        yield f"{role}_first", float(counts.most_common(1)[0][0] == key)
        yield f"{role}_at_end", float(max(where[key]) >= last - 1)
        yield f"{role}_since", min(where[key]) / last
    yield "both_in_title", float(0 in where[drug] and 0 in where[disease])
    apart = min(abs(first - second) for first in where[drug] for second in where[disease])
    yield "apart", min(apart, 6) / 6
    yield f"apart_{min(apart, 3)}", 1.0
    yield "only_drug", float(len(page.drugs) == 1)
    yield "drug_before", float(min(where[drug]) <= min(where[disease]))
    yield "between", float(_drugs_between(page, drug, disease, apart))
    yield "any", 1.0


def _drugs_between(page: Page, drug: Key, disease: Key, apart: int) -> int:
    """Return how many other drugs are named from one of the pair to the other, where these are nearest."""
    nearest = [sorted((first, second)) for first in page.where[drug] for second in page.where[disease] if abs(first - second) == apart]
    return min(sum(any(low <= at <= high for at in page.where[other]) for other in page.drugs if other != drug) for low, high in nearest)


def _logit(chance: float) -> float:
    chance = min(max(chance, _LEAST), 1 - _LEAST)
    return math.log(chance / (1 - chance)) / 3
