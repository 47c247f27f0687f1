"""How well the relations that litkg reads agree with a corpus's own, at each of its units and at three levels.

- pair: which two are related at all, in any order and by any predicate;
- directed: subject and object as the gold has them; a label that has no direction is scored as a pair;
- typed: directed, and what the label says (`relation_gold.says`). Labels that the mapping table lacks are left out.

Owns what counts. Only claims between types that the gold annotates relations of are scored; refutations are no claims. A relation that the gold negates is
none: a claim of it is wrong. At the level "typed" a claim on a pair that the gold does not relate is wrong where some label of the gold could have said it
between such ends, and else left out; so is one on a pair whose labels are all left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import add

from litkg.evaluation.documents import local_id
from litkg.evaluation.relation_claims import FoundClaim, claims_of, named_in
from litkg.evaluation.relation_gold import GoldPair, RelationGold, Unit, documents_of, says, scored_types
from litkg.evaluation.relation_misses import Misses
from litkg.evaluation.relation_report import LabelScore, LevelScore, RelationError, RelationErrorKind, RelationReport
from litkg.evaluation.scores import Score
from litkg.model import Extraction, RawDocument
from litkg.nlp.pairs.meanings import Meaning

NO_ID = "of a thing without an id of the gold's vocabularies"
OTHER_TYPES = "between other types"
UNSAID = "by predicates that no label says (typed)"
UNMAPPED = "on pairs of labels without a predicate (typed)"

Ends = tuple[str, tuple[str, str] | frozenset[str]]
"""A document, and two ends in order or in none."""


def evaluate_relations(gold: RelationGold, documents: Sequence[RawDocument], extractions: Iterable[Extraction], *, given: bool = False) -> RelationReport:
    """Return the scores of `extractions` of the gold's `documents`, and all errors; documents that the gold does not know are left out, missing ones count as
    empty. `given` says that the mentions were the gold's."""
    wanted = tuple(documents_of(gold, [document.id for document in documents]))
    units = tuple(gold.pairs)
    claims: dict[Unit, list[FoundClaim]] = {unit: [] for unit in units}
    named: dict[Unit, dict[str, Collection[str]]] = {unit: {} for unit in units}
    seen = set()
    for extraction in extractions:
        name = local_id(extraction.document.id)
        if name in wanted:
            seen.add(name)
            for unit in units:
                claims[unit] += claims_of(extraction, gold, unit)
                named[unit][name] = named_in(extraction, gold, unit)
    compared = {unit: _Compared(gold.pairs[unit], claims[unit]) for unit in units}
    finest = compared[units[0]]
    return RelationReport(
        given=given,
        documents=len(seen),
        missing_documents=tuple(name for name in wanted if name not in seen),
        scores=tuple(score for unit, item in compared.items() for score in item.scores(unit)),
        labels=tuple(finest.labels()),
        types=tuple(sorted("-".join(sorted(types) * (3 - len(types))) for types in finest.types)),
        left_out=tuple(sorted((reason.value, count) for reason, count in gold.left_out.items())),
        unmapped=tuple(sorted(Counter(pair.label for pair in finest.pairs if pair.meaning is None).items())),
        denied=sum(pair.negated for pair in gold.pairs[units[0]]),
        not_scored=tuple(sorted(finest.not_scored.items())),
        refuted=len(finest.refuted),
        errors=tuple(finest.errors(Misses(gold, units[0], documents, named[units[0]]))),
    )


@dataclass(frozen=True, slots=True)
class _Hit:
    """A claim with the relations of the gold that are between its ends."""

    claim: FoundClaim
    pairs: tuple[GoldPair, ...]


@dataclass(frozen=True, slots=True)
class _Typed:
    """A claim that counts at the level typed, under a predicate."""

    predicate: str
    right: bool


class _Compared:
    """The relations of one unit with the claims on them."""

    def __init__(self, pairs: Sequence[GoldPair], claims: Iterable[FoundClaim]) -> None:
        self.types = scored_types(pairs)
        self.pairs = [pair for pair in pairs if not pair.negated]
        self._denied = _indexed(pair for pair in pairs if pair.negated)
        self._directed = scored_types(pair for pair in self.pairs if pair.directed)
        self._meanings: dict[tuple[str, str], set[Meaning]] = defaultdict(set)
        for pair in self.pairs:
            if pair.meaning is not None:
                ends = (pair.subject.type, pair.object.type)
                for types in {ends} if pair.directed else {ends, ends[::-1]}:
                    self._meanings[types].add(pair.meaning)
        self.not_scored: Counter[str] = Counter()
        self.refuted: list[FoundClaim] = []
        index = _indexed(self.pairs)
        groups: dict[Ends, list[_Hit]] = defaultdict(list)
        for claim in claims:
            if claim.types not in self.types:
                self.not_scored[OTHER_TYPES] += 1
            elif not claim.scorable:
                self.not_scored[NO_ID] += 1
            elif claim.negated:
                self.refuted.append(claim)
            elif claim.subject.key != claim.object.key:
                groups[claim.document_id, frozenset((claim.subject.key, claim.object.key))].append(_Hit(claim, _met(index, claim)))
        self._groups = list(groups.values())
        self._hits = [hit for group in self._groups for hit in group]
        self._refuted_pairs = {_unordered(pair) for claim in self.refuted for pair in _met(index, claim)}
        self._said = [item for group in self._groups for item in self._typed(group)]

    def scores(self, unit: Unit) -> Iterator[LevelScore]:
        """Yield the scores of all levels, those of typed by predicate too."""
        yield LevelScore(unit=unit.value, level="pair", score=self._pair_score())
        if self._directed:
            yield LevelScore(unit=unit.value, level="directed", score=self._directed_score())
        names = sorted({pair.meaning.predicate for pair in self.pairs if pair.meaning is not None})
        if names:
            yield LevelScore(unit=unit.value, level="typed", score=self._typed_score(None))
            yield from (LevelScore(unit=unit.value, level="typed", predicate=name, score=self._typed_score(name)) for name in names)

    def labels(self) -> Iterator[LabelScore]:
        """Yield a line for each label, by name."""
        predicates: dict[str, set[str]] = defaultdict(set)
        users: dict[str, set[str]] = defaultdict(set)
        for pair in self.pairs:
            predicates[pair.label].update([pair.meaning.predicate] if pair.meaning else [])
            users[pair.meaning.predicate if pair.meaning else ""].add(pair.label)
        for label, names in sorted(predicates.items()):
            own = [pair for pair in self.pairs if pair.label == label]
            hits = [(hit.claim, pair) for hit in self._hits for pair in hit.pairs if pair.label == label]
            found = reduce(add, (self._typed_score(name) for name in names), Score())
            yield LabelScore(
                label=label,
                predicates=tuple(sorted(names)),
                gold=len({_ends(pair) for pair in own}),
                pair=len({_ends(pair) for _, pair in hits}),
                directed=len({_ends(pair) for claim, pair in hits if _is_directed_right(claim, pair)}),
                typed=len({_ends(pair) for claim, pair in hits if _is_right(claim, pair)}) if names else None,
                precision=found.precision if found.found and all(users[name] == {label} for name in names) else None,
            )

    def errors(self, misses: Misses) -> Iterator[RelationError]:
        """Yield the errors of the gold's relations, in its order, then what is spurious."""
        claims: dict[tuple[str, Ends], list[tuple[FoundClaim, GoldPair]]] = defaultdict(list)
        for hit in self._hits:
            for pair in hit.pairs:
                claims[pair.label, _ends(pair)].append((hit.claim, pair))
        relations: dict[tuple[str, Ends], GoldPair] = {}
        for pair in self.pairs:
            relations.setdefault((pair.label, _ends(pair)), pair)
        for key, pair in relations.items():
            said = claims.get(key, [])
            kind = _error_kind(said) if said else RelationErrorKind.DENIED if _unordered(pair) in self._refuted_pairs else RelationErrorKind.MISSED
            if kind is not None:
                yield RelationError(
                    kind=kind,
                    document_id=pair.document_id,
                    why=misses.why(pair).value if kind is RelationErrorKind.MISSED else "",
                    label=pair.label,
                    subject=pair.subject.text,
                    target=pair.object.text,
                    found=tuple(sorted({_worded(claim, pair) for claim, _ in said})),
                    text=said[0][0].text if said else "",
                )
        for group in self._groups:
            if not any(hit.pairs for hit in group):
                claim = group[0].claim
                yield RelationError(
                    kind=RelationErrorKind.SPURIOUS,
                    document_id=claim.document_id,
                    why="denied by the gold" if _met(self._denied, claim) else "",
                    label="",
                    subject=claim.subject.text,
                    target=claim.object.text,
                    found=tuple(sorted({hit.claim.predicate for hit in group})),
                    text=claim.text,
                )

    def _pair_score(self) -> Score:
        return Score(
            found=len(self._groups),
            found_right=sum(any(hit.pairs for hit in group) for group in self._groups),
            gold=len({_unordered(pair) for pair in self.pairs}),
            gold_found=len({_unordered(pair) for hit in self._hits for pair in hit.pairs}),
        )

    def _directed_score(self) -> Score:
        parts = [part for group in self._groups for part in self._parts(group)]
        return Score(
            found=len(parts),
            found_right=sum(any(_is_directed_right(hit.claim, pair) for hit in part for pair in hit.pairs) for part in parts),
            gold=len({_ends(pair) for pair in self.pairs}),
            gold_found=len({_ends(pair) for hit in self._hits for pair in hit.pairs if _is_directed_right(hit.claim, pair)}),
        )

    def _parts(self, group: Sequence[_Hit]) -> list[list[_Hit]]:
        """Return the claims on a pair by direction; as one where no label has any between its ends, or no claim."""
        if not self._has_direction(group):
            return [list(group)]
        parts: dict[str, list[_Hit]] = defaultdict(list)
        for hit in group:
            if not hit.claim.symmetric:
                parts[hit.claim.subject.key].append(hit)
        return list(parts.values()) or [list(group)]

    def _has_direction(self, group: Sequence[_Hit]) -> bool:
        pairs = [pair for hit in group for pair in hit.pairs]
        return any(pair.directed for pair in pairs) if pairs else group[0].claim.types in self._directed

    def _typed(self, group: Sequence[_Hit]) -> Iterator[_Typed]:
        """Yield the claims on a pair that count at the level typed, once each."""
        has_direction = self._has_direction(group)
        parts: dict[tuple[object, ...], list[_Hit]] = defaultdict(list)
        for hit in group:
            claim = hit.claim
            parts[claim.subject.key if has_direction and not claim.symmetric else "", claim.predicate, claim.sign, claim.stated].append(hit)
        for part in parts.values():
            claim = part[0].claim
            pairs = [pair for hit in part for pair in hit.pairs]
            right = next((pair.meaning for hit in part for pair in hit.pairs if pair.meaning and _is_right(hit.claim, pair)), None)
            ends = (claim.subject.type, claim.object.type)
            sayable = {meaning for types in ({ends, ends[::-1]} if claim.symmetric else {ends}) for meaning in self._meanings.get(types, ())}
            covering = [meaning for meaning in sayable if _says(claim, meaning)]
            name = min((meaning.predicate != claim.predicate, meaning.predicate) for meaning in covering)[1] if covering else claim.predicate
            if right is not None:
                yield _Typed(right.predicate, True)
            elif pairs and all(pair.meaning is None for pair in pairs):
                self.not_scored[UNMAPPED] += 1
            elif pairs or covering:
                yield _Typed(name, False)
            else:
                self.not_scored[UNSAID] += 1

    def _typed_score(self, name: str | None) -> Score:
        said = [item for item in self._said if name in (None, item.predicate)]
        return Score(
            found=len(said),
            found_right=sum(item.right for item in said),
            gold=len({_typed_ends(pair, pair.meaning) for pair in self.pairs if pair.meaning and name in (None, pair.meaning.predicate)}),
            gold_found=len(
                {
                    _typed_ends(pair, pair.meaning)
                    for hit in self._hits
                    for pair in hit.pairs
                    if pair.meaning and name in (None, pair.meaning.predicate) and _is_right(hit.claim, pair)
                }
            ),
        )


def _indexed(pairs: Iterable[GoldPair]) -> dict[tuple[str, frozenset[str]], list[GoldPair]]:
    index: dict[tuple[str, frozenset[str]], list[GoldPair]] = defaultdict(list)
    for pair in pairs:
        for names in product(pair.subject.names, pair.object.names):
            index[pair.document_id, frozenset(names)].append(pair)
    return dict(index)


def _met(index: Mapping[tuple[str, frozenset[str]], Sequence[GoldPair]], claim: FoundClaim) -> tuple[GoldPair, ...]:
    """Return the relations between the ends of a claim, in any order, once each."""
    found = (
        pair for names in product(sorted(claim.subject.names), sorted(claim.object.names)) for pair in index.get((claim.document_id, frozenset(names)), ())
    )
    return tuple({id(pair): pair for pair in found}.values())


def _unordered(pair: GoldPair) -> Ends:
    return pair.document_id, frozenset((pair.subject.key, pair.object.key))


def _ends(pair: GoldPair) -> Ends:
    return (pair.document_id, (pair.subject.key, pair.object.key)) if pair.directed else _unordered(pair)


def _typed_ends(pair: GoldPair, meaning: Meaning) -> tuple[Ends, str]:
    return _ends(pair), meaning.predicate


def _is_directed_right(claim: FoundClaim, pair: GoldPair) -> bool:
    if not pair.directed:
        return True
    if claim.symmetric:
        return pair.meaning is not None and _says(claim, pair.meaning)
    return not (claim.subject.names.isdisjoint(pair.subject.names) or claim.object.names.isdisjoint(pair.object.names))


def _is_right(claim: FoundClaim, pair: GoldPair) -> bool:
    return pair.meaning is not None and _is_directed_right(claim, pair) and _says(claim, pair.meaning)


def _says(claim: FoundClaim, meaning: Meaning) -> bool:
    return says(meaning, claim.predicate, sign=claim.sign, stated=claim.stated)


def _error_kind(said: Sequence[tuple[FoundClaim, GoldPair]]) -> RelationErrorKind | None:
    """Return what is wrong with the claims on a relation, None where one of them is right as far as the label can be told."""
    directed = [(claim, pair) for claim, pair in said if _is_directed_right(claim, pair)]
    if not directed:
        return RelationErrorKind.WRONG_DIRECTION
    return None if any(pair.meaning is None or _is_right(claim, pair) for claim, pair in directed) else RelationErrorKind.WRONG_PREDICATE


def _worded(claim: FoundClaim, pair: GoldPair) -> str:
    state = "" if claim.stated else " (of a state of it)"
    order = "" if _is_directed_right(claim, pair) else ", in no order" if claim.symmetric else ", the other way"
    return f"{claim.predicate}{state}{order}"
