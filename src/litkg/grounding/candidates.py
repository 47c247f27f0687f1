"""Gathers what a mention may stand for: by its own name, by the long form that the document defines, by what annotators meant, by names near it.

Owns where candidates come from, each with its reason; refuses to prefer one to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from rapidfuzz.distance import OSA

from litkg.grounding.backoff import last_words, other_names
from litkg.grounding.features import LONG_FORM, PRIOR_SOURCE, Option, candidate_of, joining_id, label_fits, name_words
from litkg.grounding.gene_backoff import WRITING, gene_names
from litkg.grounding.gene_classes import is_class_name
from litkg.grounding.implied import has_initials
from litkg.grounding.likeness import beside_each_other, likeness
from litkg.grounding.name_search import NEAR_GROUPS, NameSearch
from litkg.grounding.prior import ANY_NAME, Counts
from litkg.grounding.spelling import NearNames
from litkg.grounding.synonymy import load_synonymy
from litkg.grounding.tries import Try
from litkg.grounding.words import name_stems, stems_of
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.normalise import full_key, match_key
from litkg.lexicon.records import Candidate, NameKind
from litkg.model import GROUPS, Category

_MIN_SHARED = 0.6
"""Share of a long form's words that a candidate's name must have for the long form to speak for it."""
_KINDS = (Category.GENE, Category.DISEASE, Category.DRUG)
_SURE_RULES = frozenset({"without brackets", "without the species", "without the kind", "without the form", WRITING, "without its salt"})
"""Rules that keep the meaning of a name whose kind nobody knows."""
LIKE_LONG_FORM = "name like the long form"
SHORT_FORM = "short form though its long form is unknown"
OWN_SYMBOL = "symbol besides its long form"
ITS_SHORT_FORM = "its short form in the document"
MISSPELLING = "misspelling"
WRITTEN_OUT = "symbol in it written out"
BEGINNING = "beginning of a longer name"
_LEAST_BEGINNING = 6
_SYMBOL = re.compile(r"([A-Za-z][A-Za-z0-9]{1,7}(?:-?\d{1,2})?)([\s-].*[a-z]{3}.*)")
_NOT_ITSELF = re.compile(r"associated|binding|interacting|regulat|inhibit|receptor|ligand|like|activat|related|induced|antagonist|homolog|domain|pseudogene")
"""Words of a longer name that make another thing of what it begins with."""
_MOST_MEANINGS = 4
_MOST_LONGER = 12
_GENES = frozenset({Category.GENE, Category.CYTOKINE})
INITIALS = "initials of a name in the document"
LETTERS = "letters of a name in the document"
HEAD_NOUN = "with its head noun"
SHARED_WORDS = "name of shared words"
ANNOTATED_WORDS = "annotated name of shared words"
_MOST_NAMES = 30
"""Names of shared words that are looked up."""
_MOST_SHARED = 10
"""Concepts that names of shared words lead to."""
_MOST_KEPT = 20_000
"""Names of shared words whose concepts are kept: what is like one name is like the next."""
_LIKE = frozenset({"like", "pseudo", "mim", "mimick", "resembl"})
"""Stems of words that make another disease of the one that they stand with."""
_MOST_ANNOTATED = 5
"""Annotated names of shared words."""


class Gatherer:
    """Gathers candidates from a lexicon, a prior and, where there is one, an index of names for misspellings."""

    def __init__(self, lexicon: Lexicon, prior: Counts, near: NearNames | None = None, search: NameSearch | None = None) -> None:
        self._lexicon = lexicon
        self._prior = prior
        self._near = near
        self._search = search
        self._lookup = lru_cache(maxsize=_MOST_KEPT)(lexicon.lookup)

    def gather(
        self,
        text: str,
        given: tuple[Candidate, ...],
        *,
        long_form: str | None,
        label: Category | None,
        implied: Sequence[str] = (),
        short_form: str | None = None,
    ) -> tuple[Option, ...]:
        """Return what a mention may stand for, the names nearest to its own first; a concept may come in several ways. `given` are the candidates that
        its own name has, `label` the category that a model gives it, `implied` names of the document that it may be short for. A gene is none of them by a
        name that a class of genes has."""
        return tuple(option for option in self._gather(text, given, long_form, label, implied, short_form) if not _is_by_class_name(option))

    def _gather(
        self, text: str, given: tuple[Candidate, ...], long_form: str | None, label: Category | None, implied: Sequence[str], short_form: str | None
    ) -> tuple[Option, ...]:
        options = [*self._by_long_form(text, given, long_form, label)] if long_form else [*self._by_name(text, given, label)]
        if label is None:
            return tuple(options or self._of_any_kind(long_form or text))
        name, group = long_form or text, GROUPS[label]
        fitting = [option for option in options if label_fits(label, option.candidate.categories)]
        if group in NEAR_GROUPS:
            if not any(self._is_joined(option, label) for option in fitting):
                options += self._with_likeness(tuple(self._near_names(name, group, label)), name, group)
        else:
            if not fitting:
                options += self._unknown(text, name, long_form, group, label, short_form)
            if group == "gene" and not any(self._is_joined(option, label) or option.candidate.concept.startswith("FPLX:") for option in options):
                options += self._first_known((item for item in gene_names(name) if item.rule == WRITING), label, joined=True) or [*self._by_beginning(name)]
        for longer in implied:
            options += self._by_implied(text, longer, label)
        return tuple(options)

    def _unknown(self, text: str, name: str, long_form: str | None, group: str, label: Category, short_form: str | None) -> Iterable[Option]:
        """Return what a name that the lexicon does not know stands for: by other ways to write it, else by its ends and by names that share words with it."""
        tries = chain(other_names(name, group), self._written_out(name, group))
        if long_form and group == "gene":
            tries = chain(tries, gene_names(text))
        if group != "gene":
            return self._first_known(chain(tries, self._slips(name, group), last_words(name, group)), label)
        short = [*self._by_short_form(short_form, label)] if short_form else []
        written = (item for item in gene_names(name) if item.rule == WRITING)
        if known := self._first_known(chain(tries, written), label) or [*self._by_beginning(name)]:
            return [*known, *short]
        near = [*self._sharing_words(name, group, label)]
        return [*short, *self._first_known(last_words(name, group), label), *self._with_likeness(near, name, group)]

    def _by_short_form(self, short: str, label: Category) -> Iterator[Option]:
        reason = f"{short!r} is short for it in this document"
        found = tuple(candidate for candidate in self._lexicon.lookup(short) if label_fits(label, candidate.categories))
        for candidate in found:
            yield Option(candidate, short, ITS_SHORT_FORM, reason)
        yield from self._annotated(short, found, label, ITS_SHORT_FORM, reason)

    def _by_implied(self, text: str, longer: str, label: Category) -> Iterator[Option]:
        """Yield what a name of the document stands for that the mention may be short for."""
        rule = INITIALS if has_initials(text, longer) else LETTERS
        reason = f"may be short for {longer!r} in this document"
        found = tuple(candidate for candidate in self._lexicon.lookup(longer) if label_fits(label, candidate.categories))
        for candidate in found:
            yield Option(candidate, longer, rule, reason)
        yield from self._annotated(longer, found, label, rule, reason)

    def _near_names(self, name: str, group: str, label: Category) -> Iterator[Option]:
        """Yield what names near this one stand for: those that rules make of it, slips of the pen, and names of the lexicon and of annotators that share
        words with it. All are candidates: which is meant, ranking decides by how like their names are."""
        for other in chain(other_names(name, group), self._slips(name, group), last_words(name)):
            found = tuple(self._of_try(other, label))
            yield from found
            if found and other.rule == HEAD_NOUN and name_stems(name) == name_stems(other.name):
                return  # "autoinflammatory disease" for the syndrome: another word for the same thing, whatever ids it has
        yield from self._sharing_words(name, group, label)
        yield from self._by_annotated(name, group, label)

    def _by_annotated(self, name: str, group: str, label: Category) -> Iterator[Option]:
        key = _key(name)
        for text in self._prior.similar(name, group, _MOST_ANNOTATED):
            if _key(text) != key:
                yield from self._annotated(text, (), label, ANNOTATED_WORDS, f"shares words with {text!r}, which annotators marked")

    def _sharing_words(self, name: str, group: str, label: Category) -> Iterator[Option]:
        index = self._search.of_group(group) if self._search is not None else None
        if index is None:
            return
        key = _key(name)
        seen: set[str] = set()
        for match in index.search(stems_of(name, group), _MOST_NAMES):
            text = self._lexicon.name(int(index.names[match.number]))
            if _key(text) == key:
                continue
            for candidate in self._lookup(text):
                if candidate.concept not in seen and label_fits(label, candidate.categories):
                    seen.add(candidate.concept)
                    yield Option(candidate, text, SHARED_WORDS, f"shares words with {text!r}")
            if len(seen) >= _MOST_SHARED:
                return

    def _with_likeness(self, options: Sequence[Option], name: str, group: str) -> list[Option]:
        """Return the options with how like their names are to the one asked for, and how many names lead to the concept of each."""
        index = self._search.of_group(group) if self._search is not None else None
        ways: dict[str, set[str]] = {}
        for option in options:
            ways.setdefault(option.candidate.concept, set()).add(option.name.lower())
        if group == "disease":
            # What is like influenza, or seems to be it, is not influenza.
            resembling = _LIKE.intersection(name_stems(name))
            options = [option for option in options if _LIKE.intersection(name_stems(option.candidate.matched)) == resembling]
        synonymy = load_synonymy() if group == "disease" else None
        alike = [
            likeness(name, option.candidate.matched, index, group=group, ways=len(ways[option.candidate.concept]), synonymy=synonymy) for option in options
        ]
        if group != "gene":
            return [option._replace(likeness=item) for option, item in zip(options, beside_each_other(alike), strict=True)]
        best: dict[str, float] = {}
        for option, item in zip(options, alike, strict=True):
            best[option.candidate.concept] = max(best.get(option.candidate.concept, 0.0), item.asked)
        return [
            option._replace(likeness=item._replace(rivals=sum([share >= item.asked for curie, share in best.items() if curie != option.candidate.concept])))
            for option, item in zip(options, alike, strict=True)
        ]

    def meant(self, group: str) -> Mapping[str, int]:
        """Return the ids that annotators gave any name of this group, each with the number of abstracts."""
        return self._prior.counts(ANY_NAME, group)

    def meanings(self, name: str, group: str) -> Mapping[str, int]:
        """Return the ids that annotators gave a name of this group, each with the number of abstracts."""
        key = _key(name)
        return self._prior.counts(key, group) if key else {}

    def _by_name(self, text: str, given: tuple[Candidate, ...], label: Category | None) -> Iterator[Option]:
        for candidate in given:
            yield _marked_if_misspelt(text, candidate)
        yield from self._annotated(text, given, label)

    def _annotated(self, name: str, known: tuple[Candidate, ...], label: Category | None, rule: str = "", reason: str = "") -> Iterator[Option]:
        """Yield the concepts that annotators meant by the name and that are not among those `known` by it."""
        if label is not None:
            meant = list(self.meanings(name, GROUPS[label]))
        else:
            groups = dict.fromkeys([GROUPS[candidate.categories[0]] for candidate in known])
            meant = [curie for group in groups for curie in self.meanings(name, group)]
        if not meant:
            return
        held = {curie for candidate in known for curie in self._ids(candidate)}
        for curie in meant:
            concept = self._lexicon.concept(curie) if curie not in held else None
            if concept is None or concept.id in held:
                continue
            held.add(concept.id)
            candidate = candidate_of(concept, matched=name, kind=NameKind.RELATED, source=PRIOR_SOURCE)
            yield Option(candidate, name, rule or PRIOR_SOURCE, reason)

    def _ids(self, candidate: Candidate) -> tuple[str, ...]:
        concept = self._lexicon.concept(candidate.concept)
        return (concept.id, *concept.xrefs) if concept else (candidate.concept,)

    def _by_long_form(self, text: str, given: tuple[Candidate, ...], long_form: str, label: Category | None) -> Iterator[Option]:
        """Yield what the long form stands for; where that is nothing of the label's kind, what a name near it stands for, and what the short form does:
        with a label where it is of that kind, without one where it is a gene's own symbol."""
        reason = f"short for {long_form!r} in this document"
        found = self._lexicon.lookup(long_form)
        options = [Option(candidate, long_form, LONG_FORM, reason) for candidate in found]
        options += self._annotated(long_form, found, label, LONG_FORM, reason)
        yield from options
        if label is not None and GROUPS[label] == "gene":
            known = {option.candidate.concept for option in options}
            for candidate in dict.fromkeys((*given, *self._lexicon.lookup(text))):
                if (
                    candidate.concept not in known
                    and candidate.kind <= NameKind.PREFERRED
                    and candidate.exactness >= 1
                    and label_fits(label, candidate.categories)
                ):
                    yield Option(candidate, text, OWN_SYMBOL, f"{reason}, and a symbol of its own")
        if any(label is None or label_fits(label, option.candidate.categories) for option in options):
            return
        words = name_words((long_form,))
        own = dict.fromkeys((*given, *self._lexicon.lookup(text)))
        for candidate in own:
            concept = self._lexicon.concept(candidate.concept)
            names = (concept.name, *concept.synonyms) if concept else ()
            if words and any(_shared(words, name_words((name,))) >= _MIN_SHARED for name in names):
                yield Option(candidate, text, LIKE_LONG_FORM, f"{reason}, which its names are near")
            elif _is_symbol(text, candidate) if label is None else label_fits(label, candidate.categories):
                yield Option(candidate, text, SHORT_FORM, f"{reason}, which the lexicon does not know")
        if label is not None:
            yield from self._annotated(text, tuple(own), label, SHORT_FORM, f"{reason}, which the lexicon does not know")

    def _first_known(self, names: Iterable[Try], label: Category, *, joined: bool = False) -> list[Option]:
        """Return what the first name stands for that means something of the label's kind; with `joined` something with an id that tables are joined by."""
        for other in names:
            options = [option for option in self._of_try(other, label) if not joined or self._is_joined(option, label)]
            if options:
                return options
        return []

    def _written_out(self, name: str, group: str) -> Iterator[Try]:
        """Yield a gene's name with the symbol that it begins with written out: "Epo receptor" is the erythropoietin receptor."""
        symbol = _SYMBOL.match(name)
        if group != "gene" or not symbol or symbol[1].islower():
            return
        first, rest = symbol[1], symbol[2]
        for candidate in self._lexicon.lookup(first)[:_MOST_MEANINGS]:
            concept = self._lexicon.concept(candidate.concept)
            if concept is not None and not _GENES.isdisjoint(concept.categories):
                for long in (concept.name, *concept.synonyms)[:_MOST_LONGER]:
                    if len(long) > len(first) and not long.isupper():
                        yield Try(f"{long}{rest}", WRITTEN_OUT, f"{first!r} is {long!r}")

    def _by_beginning(self, name: str) -> Iterator[Option]:
        """Yield the only gene whose longer names begin with this one: hepcidin is hepcidin antimicrobial peptide."""
        if len(name) < _LEAST_BEGINNING:
            return
        genes: dict[str, Candidate] = {}
        for candidate in self._lexicon.beginning_with(name):
            rest = candidate.matched[len(name) :].lower()
            if candidate.concept.startswith("HGNC:") and not _NOT_ITSELF.search(rest):
                genes.setdefault(candidate.concept, candidate)
        if len(genes) == 1:
            for candidate in genes.values():
                yield Option(candidate, name, BEGINNING, f"beginning of {candidate.matched!r}, and of no other gene's name")

    def _of_any_kind(self, name: str) -> Iterator[Option]:
        """Yield what the nearest other name that is known means, of whatever kind: for a name that nobody labels and the lexicon does not know as it stands."""
        for label in _KINDS:
            yield from self._first_known((other for other in other_names(name, GROUPS[label]) if other.rule in _SURE_RULES), label)

    def _slips(self, name: str, group: str) -> Iterator[Try]:
        """Yield the names that this one is a slip from; symbols of genes are too alike for that."""
        if self._near is None or group == "gene":
            return
        slips, names = self._near.nearest(_key(name))
        if not names:
            # The key has lost a plural ending, of which the slip may be a part ("arthrits").
            slips, names = self._near.nearest(_full_key(name))
        for key in names:
            other = self._lexicon.spelling(key) or key
            yield Try(other, f"{slips} slips of the pen", f"misspelling of {other!r}")

    def _is_joined(self, option: Option, label: Category) -> bool:
        concept = self._lexicon.concept(option.candidate.concept)
        return concept is not None and joining_id(concept, GROUPS[label]) is not None

    def _of_try(self, other: Try, label: Category) -> Iterator[Option]:
        found = tuple([candidate for candidate in self._lexicon.lookup(other.name) if label_fits(label, candidate.categories)])
        for candidate in found:
            if other.rule != "adjective" or candidate.kind <= NameKind.EXACT:
                yield Option(candidate, other.name, other.rule, other.reason)
        yield from self._annotated(other.name, found, label, other.rule, other.reason)


_key = lru_cache(maxsize=50_000)(match_key)
_full_key = lru_cache(maxsize=50_000)(full_key)


def _is_by_class_name(option: Option) -> bool:
    """Tell whether a gene was come by through a name such as "tyrosine kinase", which vocabularies and annotators give to single genes."""
    candidate = option.candidate
    return candidate.concept.startswith("HGNC:") and candidate.kind > NameKind.PREFERRED and is_class_name(candidate.matched)


def _is_symbol(text: str, candidate: Candidate) -> bool:
    """Tell whether the text is a gene's own symbol with a number in it, which hardly is short for anything else."""
    return (
        candidate.kind <= NameKind.PREFERRED and text == candidate.matched and len(text) >= 4 and text[-1].isdigit() and Category.GENE in candidate.categories
    )


def _marked_if_misspelt(text: str, candidate: Candidate) -> Option:
    key, known = _key(text), _key(candidate.matched)
    if key == known or OSA.distance(key, known, score_cutoff=2) > 2:
        return Option(candidate, candidate.matched)
    return Option(candidate, candidate.matched, MISSPELLING, f"misspelling of {candidate.matched!r}")


def _shared(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / max(len(words), len(others), 1)
