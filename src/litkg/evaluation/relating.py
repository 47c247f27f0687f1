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
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from litkg.evaluation.documents import local_id
from litkg.evaluation.relation_claims import FoundClaim, claims_of, named_in
from litkg.evaluation.relation_gold import GoldPair, RelationGold, Unit, documents_of, scored_types
from litkg.evaluation.relation_matching import Ends, Hit, claims_as, ends_of, indexed, is_directed_right, is_right, met, typed_ends, unordered
from litkg.evaluation.relation_misses import Misses
from litkg.evaluation.relation_report import LabelScore, LevelScore, RelationError, RelationErrorKind, RelationReport
from litkg.evaluation.scores import Score
from litkg.model import Extraction, RawDocument
from litkg.nlp.pairs.meanings import Meaning

NO_ID = "of a thing without an id of the gold's vocabularies"
OTHER_TYPES = "between other types"
UNSAID = "by predicates that no label says (typed)"
UNMAPPED = "on pairs of labels without a predicate (typed)"


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
        predicates=tuple(finest.predicates()),
        extractors=tuple(finest.extractors()),
        types=tuple(sorted("-".join(sorted(types) * (3 - len(types))) for types in finest.types)),
        left_out=tuple(sorted((reason.value, count) for reason, count in gold.left_out.items())),
        unmapped=tuple(sorted(Counter(pair.label for pair in finest.pairs if pair.meaning is None).items())),
        denied=sum(pair.negated for pair in gold.pairs[units[0]]),
        not_scored=tuple(sorted(finest.not_scored.items())),
        refuted=len(finest.refuted),
        errors=tuple(finest.errors(Misses(gold, units[0], documents, named[units[0]]))),
    )


@dataclass(frozen=True, slots=True)
class _Typed:
    """A claim that counts at the level typed, with the labels of the gold that could have said it between such ends, and who made it."""

    predicate: str
    right: bool
    labels: frozenset[str]
    extractors: frozenset[str]


class _Compared:
    """The relations of one unit with the claims on them."""

    def __init__(self, pairs: Sequence[GoldPair], claims: Iterable[FoundClaim]) -> None:
        self.types = scored_types(pairs)
        self.pairs = [pair for pair in pairs if not pair.negated]
        self._denied = indexed(pair for pair in pairs if pair.negated)
        self._directed = scored_types(pair for pair in self.pairs if pair.directed)
        self._meanings: dict[tuple[str, str], set[tuple[str, Meaning]]] = defaultdict(set)
        for pair in self.pairs:
            if pair.meaning is not None:
                ends = (pair.subject.type, pair.object.type)
                for types in {ends} if pair.directed else {ends, ends[::-1]}:
                    self._meanings[types].add((pair.label, pair.meaning))
        self.not_scored: Counter[str] = Counter()
        self.refuted: list[FoundClaim] = []
        index = indexed(self.pairs)
        groups: dict[Ends, list[Hit]] = defaultdict(list)
        for claim in claims:
            if claim.types not in self.types:
                self.not_scored[OTHER_TYPES] += 1
            elif not claim.scorable:
                self.not_scored[NO_ID] += 1
            elif claim.negated:
                self.refuted.append(claim)
            elif claim.subject.key != claim.object.key:
                groups[claim.document_id, frozenset((claim.subject.key, claim.object.key))].append(Hit(claim, met(index, claim)))
        self._groups = list(groups.values())
        self._hits = [hit for group in self._groups for hit in group]
        self._refuted_pairs = {unordered(pair) for claim in self.refuted for pair in met(index, claim)}
        self._said = [item for group in self._groups for item in self._typed(group)]

    def scores(self, unit: Unit) -> Iterator[LevelScore]:
        """Yield the scores of the levels, easiest first; a gold without any direction, or any predicate, lacks one."""
        yield LevelScore(unit=unit.value, level="pair", score=self._pair_score())
        if self._directed:
            yield LevelScore(unit=unit.value, level="directed", score=self._directed_score())
        if self._meanings:
            yield LevelScore(unit=unit.value, level="typed", score=self._typed_score())

    def predicates(self) -> Iterator[tuple[str, int, int]]:
        """Yield each predicate with the claims of it that count at the level typed, and how many of these are right."""
        for name in sorted({item.predicate for item in self._said}):
            own = [item.right for item in self._said if item.predicate == name]
            yield name, len(own), sum(own)

    def extractors(self) -> Iterator[tuple[str, int, int]]:
        """Yield each extractor with its claims that count at the level typed, and how many of these are right."""
        for name in sorted({name for item in self._said for name in item.extractors}):
            own = [item.right for item in self._said if name in item.extractors]
            yield name, len(own), sum(own)

    def labels(self) -> Iterator[LabelScore]:
        """Yield a line for each label, by name."""
        predicates: dict[str, set[str]] = defaultdict(set)
        for pair in self.pairs:
            predicates[pair.label].update([pair.meaning.predicate] if pair.meaning else [])
        for label, names in sorted(predicates.items()):
            own = [pair for pair in self.pairs if pair.label == label]
            hits = [(hit.claim, pair) for hit in self._hits for pair in hit.pairs if pair.label == label]
            said = [item for item in self._said if label in item.labels]
            yield LabelScore(
                label=label,
                predicates=tuple(sorted(names)),
                gold=len({ends_of(pair) for pair in own}),
                pair=len({ends_of(pair) for _, pair in hits}),
                directed=len({ends_of(pair) for claim, pair in hits if is_directed_right(claim, pair)}),
                typed=len({ends_of(pair) for claim, pair in hits if is_right(claim, pair)}) if names else None,
                precision=sum(item.right for item in said) / len(said) if said and all(item.labels == {label} for item in said) else None,
            )

    def errors(self, misses: Misses) -> Iterator[RelationError]:
        """Yield the errors of the gold's relations, in its order, then what is spurious."""
        claims: dict[tuple[str, Ends], list[tuple[FoundClaim, GoldPair]]] = defaultdict(list)
        for hit in self._hits:
            for pair in hit.pairs:
                claims[pair.label, ends_of(pair)].append((hit.claim, pair))
        relations: dict[tuple[str, Ends], GoldPair] = {}
        for pair in self.pairs:
            relations.setdefault((pair.label, ends_of(pair)), pair)
        for key, pair in relations.items():
            said = claims.get(key, [])
            kind = _error_kind(said) if said else RelationErrorKind.DENIED if unordered(pair) in self._refuted_pairs else RelationErrorKind.MISSED
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
                    why="denied by the gold" if met(self._denied, claim) else "",
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
            gold=len({unordered(pair) for pair in self.pairs}),
            gold_found=len({unordered(pair) for hit in self._hits for pair in hit.pairs}),
        )

    def _directed_score(self) -> Score:
        parts = [part for group in self._groups for part in self._parts(group)]
        return Score(
            found=len(parts),
            found_right=sum(any(is_directed_right(hit.claim, pair) for hit in part for pair in hit.pairs) for part in parts),
            gold=len({ends_of(pair) for pair in self.pairs}),
            gold_found=len({ends_of(pair) for hit in self._hits for pair in hit.pairs if is_directed_right(hit.claim, pair)}),
        )

    def _parts(self, group: Sequence[Hit]) -> list[list[Hit]]:
        """Return the claims on a pair by direction; as one where no label has any between its ends, or no claim."""
        if not self._has_direction(group):
            return [list(group)]
        parts: dict[str, list[Hit]] = defaultdict(list)
        for hit in group:
            if not hit.claim.symmetric:
                parts[hit.claim.subject.key].append(hit)
        return list(parts.values()) or [list(group)]

    def _has_direction(self, group: Sequence[Hit]) -> bool:
        pairs = [pair for hit in group for pair in hit.pairs]
        return any(pair.directed for pair in pairs) if pairs else group[0].claim.types in self._directed

    def _typed(self, group: Sequence[Hit]) -> Iterator[_Typed]:
        """Yield the claims on a pair that count at the level typed, once each."""
        has_direction = self._has_direction(group)
        parts: dict[tuple[object, ...], list[Hit]] = defaultdict(list)
        for hit in group:
            claim = hit.claim
            parts[claim.subject.key if has_direction and not claim.symmetric else "", claim.predicate, claim.sign, claim.stated].append(hit)
        for part in parts.values():
            claim = part[0].claim
            pairs = [pair for hit in part for pair in hit.pairs]
            right = any(is_right(hit.claim, pair) for hit in part for pair in hit.pairs)
            ends = (claim.subject.type, claim.object.type)
            sayable = {item for types in ({ends, ends[::-1]} if claim.symmetric else {ends}) for item in self._meanings.get(types, ())}
            labels = frozenset(label for label, meaning in sayable if claims_as(claim, meaning))
            if not right and pairs and all(pair.meaning is None for pair in pairs):
                self.not_scored[UNMAPPED] += 1
            elif right or pairs or labels:
                yield _Typed(claim.predicate, right, labels, frozenset(hit.claim.extractor for hit in part))
            else:
                self.not_scored[UNSAID] += 1

    def _typed_score(self) -> Score:
        return Score(
            found=len(self._said),
            found_right=sum(item.right for item in self._said),
            gold=len({typed_ends(pair, pair.meaning) for pair in self.pairs if pair.meaning}),
            gold_found=len({typed_ends(pair, pair.meaning) for hit in self._hits for pair in hit.pairs if pair.meaning and is_right(hit.claim, pair)}),
        )


def _error_kind(said: Sequence[tuple[FoundClaim, GoldPair]]) -> RelationErrorKind | None:
    """Return what is wrong with the claims on a relation, None where one of them is right as far as the label can be told."""
    directed = [(claim, pair) for claim, pair in said if is_directed_right(claim, pair)]
    if not directed:
        return RelationErrorKind.WRONG_DIRECTION
    return None if any(pair.meaning is None or is_right(claim, pair) for claim, pair in directed) else RelationErrorKind.WRONG_PREDICATE


def _worded(claim: FoundClaim, pair: GoldPair) -> str:
    state = "" if claim.stated else " (of a state of it)"
    order = "" if is_directed_right(claim, pair) else ", in no order" if claim.symmetric else ", the other way"
    return f"{claim.predicate}{state}{order}"
