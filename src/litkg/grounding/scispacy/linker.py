"""scispaCy's EntityLinker in the place of litkg's own grounding: the nearest name by character trigrams, with no say of the text around it.

Owns how mentions reach its classes and what becomes of its answers; the index is `index.py`'s. Only names of the kind that a label says are searched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from litkg.grounding.features import candidate_of
from litkg.grounding.ground import ELLIPTICAL, long_form_of, ungrounded_concept
from litkg.grounding.scispacy.classes import CandidateGenerator, Entity, EntityLinker, KnowledgeBase, MentionCandidate
from litkg.grounding.scispacy.index import GroupNames, NameIndex
from litkg.grounding.score import ScoredCandidate
from litkg.grounding.surroundings import is_labelled
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.normalise import match_key
from litkg.lexicon.records import Candidate, NameKind
from litkg.model import GROUPS, Grounding, Mention

THRESHOLD = 0.7
"""The similarity above which a name counts, and `_NEIGHBOURS` how many names are asked for: scispaCy's own defaults."""
_NEIGHBOURS = 30
_MOST_KEPT = 50_000
SOURCE = "scispacy"
"""The source of the candidates."""


@dataclass(frozen=True, slots=True)
class _Name:
    """What is looked up for a mention: its text, and the long form that stands for it."""

    text: str
    long_form: str | None


class ScispacyLinker:
    """Grounds mentions by scispaCy's EntityLinker, one for each group of kinds, all on the names of one lexicon. Holds nothing of any document.

    `spacy`'s extensions `Doc._.abbreviations`, `Span._.long_form` and `Span._.kb_ents` are set, as scispaCy does.
    """

    def __init__(self, lexicon: Lexicon, index: NameIndex) -> None:
        self._lexicon = lexicon
        self._vocab = Vocab()
        if not Doc.has_extension("abbreviations"):
            Doc.set_extension("abbreviations", default=[])
        if not Span.has_extension("long_form"):
            Span.set_extension("long_form", default=None)
        self._generators = {group: _KeptCandidates(_generator(lexicon, index, names)) for group, names in index.groups.items()}
        self._linkers = {
            group: EntityLinker(
                candidate_generator=generator,
                resolve_abbreviations=True,
                k=_NEIGHBOURS,
                threshold=THRESHOLD,
                filter_for_definitions=False,
                max_entities_per_mention=_NEIGHBOURS,
            )
            for group, generator in self._generators.items()
        }

    @classmethod
    def open(cls, path: Path, lexicon: Lexicon) -> Self:
        """Return the linker on the index beside the lexicon in the folder `path`.

        Raises: LexiconError, with the command to run, where the index is missing, broken or of another lexicon.
        """
        return cls(lexicon, NameIndex.open(path, lexicon.info()))

    def ground(self, mentions: Sequence[tuple[Mention, tuple[Candidate, ...]]], *, abbreviations: Mapping[str, str], text: str) -> tuple[Grounding, ...]:
        """Return one grounding a mention, in the order given: the concept with the nearest name of its label's kind, of any kind where no model labelled it.

        A short form that the document defines is looked up by its long form. `text` says nothing here. Arguments as for `litkg.grounding.ground.Grounder`.
        """
        names = [_name(mention, candidates, abbreviations) for mention, candidates in mentions]
        ranked = self._ranked([(mention, name) for (mention, _), name in zip(mentions, names, strict=True)])
        return tuple(self._grounding(mention, name, options) for (mention, _), name, options in zip(mentions, names, ranked, strict=True))

    def rank(
        self, mention: Mention, candidates: tuple[Candidate, ...], *, abbreviations: Mapping[str, str], text: str, others: Sequence[Mention] = ()
    ) -> tuple[ScoredCandidate, ...]:
        """Return the concepts that have a name near enough, nearest first; the score is the similarity in (`THRESHOLD`, 1]. Arguments as in `ground`."""
        return self._ranked([(mention, _name(mention, candidates, abbreviations))])[0]

    def _ranked(self, wanted: Sequence[tuple[Mention, _Name]]) -> list[tuple[ScoredCandidate, ...]]:
        by_group: dict[str, dict[_Name, None]] = defaultdict(dict)
        for mention, name in wanted:
            for group in self._groups(mention):
                if match_key(name.text):
                    by_group[group][name] = None
        linked = {group: self._link(group, tuple(names)) for group, names in by_group.items()}
        return [_best_first(option for group in self._groups(mention) for option in linked.get(group, {}).get(name, ())) for mention, name in wanted]

    def _groups(self, mention: Mention) -> Sequence[str]:
        if not is_labelled(mention):
            return tuple(self._linkers)
        return (GROUPS[mention.label],) if GROUPS[mention.label] in self._linkers else ()

    def _link(self, group: str, names: Sequence[_Name]) -> dict[_Name, list[ScoredCandidate]]:
        """Return the answers for each name, from one Doc whose tokens are the names."""
        doc = Doc(self._vocab, words=[name.text for name in names], spaces=[True] * len(names))
        doc.ents = [Span(doc, place, place + 1, label=group) for place in range(len(names))]
        for span, name in zip(doc.ents, names, strict=True):
            span._.long_form = name.long_form
        self._linkers[group](doc)
        found = {}
        for span, name in zip(doc.ents, names, strict=True):
            nearest = self._generators[group].nearest_names(name.long_form or name.text)
            found[name] = [self._option(curie, float(score), nearest[curie], name) for curie, score in span._.kb_ents]
        return found

    def _option(self, curie: str, similarity: float, matched: str, name: _Name) -> ScoredCandidate:
        concept = self._lexicon.concept(curie)
        if concept is None:
            raise LookupError(f"the index has {curie} and the lexicon has no such concept")
        similarity = round(min(similarity, 1.0), 4)
        short_for = f", short for {name.long_form!r} in this document" if name.long_form else ""
        reason = f"{similarity:.2f} like {matched!r} by trigrams{short_for}"
        kind = NameKind.PREFERRED if matched.lower() == concept.name.lower() else NameKind.EXACT
        candidate = candidate_of(concept, matched=matched, kind=kind, source=SOURCE, exactness=similarity)
        return ScoredCandidate(candidate=candidate, score=similarity, features=(("similarity", similarity, reason),))

    def _grounding(self, mention: Mention, name: _Name, options: tuple[ScoredCandidate, ...]) -> Grounding:
        if options:
            return Grounding(mention=mention, concept=self._lexicon.concept(options[0].candidate.concept), score=options[0].score, reasons=options[0].reasons)
        shown = name.long_form or name.text
        concept = ungrounded_concept(shown, mention.label)
        reason = f"no name of the lexicon is {THRESHOLD} like {shown!r} by trigrams" if concept else "no letter or digit in the mention"
        return Grounding(mention=mention, concept=concept, score=0.0, reasons=(reason,))


class _KeptCandidates:
    """scispaCy's CandidateGenerator, whose answers are kept: papers repeat their names, and the linker passes on what was found but not by which name."""

    def __init__(self, generator: CandidateGenerator) -> None:
        self.kb = generator.kb
        self._generator = generator
        self._kept: dict[str, list[MentionCandidate]] = {}

    def __call__(self, texts: list[str], k: int) -> list[list[MentionCandidate]]:
        if len(self._kept) + len(texts) > _MOST_KEPT:
            self._kept.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept.update(zip(new, self._generator(new, k), strict=True))
        return [self._kept[text] for text in texts]

    def nearest_names(self, text: str) -> dict[str, str]:
        """Return by which name each concept was found for a text that was just asked for."""
        best = {}
        for candidate in self._kept[text]:
            best[candidate.concept_id] = min(zip(candidate.similarities, candidate.aliases, strict=True), key=lambda pair: (-pair[0], pair[1]))[1]
        return best


class _Entities(Mapping[str, Any]):
    """scispaCy's first view of a knowledge base: entities by concept id, made of the lexicon's concepts when asked for."""

    def __init__(self, lexicon: Lexicon, names: GroupNames) -> None:
        self._lexicon, self._names = lexicon, names

    def __getitem__(self, curie: str) -> Any:
        concept = self._lexicon.concept(curie)
        if concept is None or concept.id != curie:
            raise KeyError(curie)
        return Entity(concept.id, concept.name, list(concept.synonyms), list(concept.categories))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.ids.iterkeys())

    def __len__(self) -> int:
        return len(self._names.ids)


class _Owners(Mapping[str, set[str]]):
    """scispaCy's second view of a knowledge base: the ids of concepts by name."""

    def __init__(self, names: GroupNames) -> None:
        self._names = names

    def __getitem__(self, name: str) -> set[str]:
        return self._names.concepts(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.aliases.iterkeys())

    def __len__(self) -> int:
        return len(self._names.aliases)


class _Aliases(Sequence[str]):
    """The names by row."""

    def __init__(self, names: GroupNames) -> None:
        self._names = names

    def __getitem__(self, row: Any) -> Any:
        return self._names.name(row)

    def __len__(self) -> int:
        return len(self._names.aliases)


def _generator(lexicon: Lexicon, index: NameIndex, names: GroupNames) -> CandidateGenerator:
    knowledge = KnowledgeBase([])
    # Its own are dictionaries of all entities: half a million of them would take a minute and a gigabyte at each start.
    knowledge.cui_to_entity = _Entities(lexicon, names)
    knowledge.alias_to_cuis = _Owners(names)
    return CandidateGenerator(names.nearest(THRESHOLD), index.vectorizer, _Aliases(names), knowledge)


def _name(mention: Mention, candidates: tuple[Candidate, ...], abbreviations: Mapping[str, str]) -> _Name:
    if mention.component == ELLIPTICAL:
        # The text is but a piece of the name ("1β" for IL-1β), which is known from the candidates.
        return _Name(candidates[0].matched if candidates else mention.text, None)
    return _Name(" ".join(mention.text.split()), long_form_of(mention.text, abbreviations))


def _best_first(found: Iterable[ScoredCandidate]) -> tuple[ScoredCandidate, ...]:
    """Return the answers, nearest first, each concept once. Of equally near ones that whose preferred name it is goes first, then the first id: scispaCy leaves
    open which, and its trigrams do not tell capitals."""
    options = {option.candidate.concept: option for option in found}
    return tuple(sorted(options.values(), key=lambda option: (-option.score, option.candidate.kind, option.candidate.concept)))
