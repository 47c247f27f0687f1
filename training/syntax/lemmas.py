"""Learns the lemmatiser's tables from words with tags and lemmas.

Words with digits are left out, since the treebank's lemmas of those are odd ("beta2" has the lemma "beta0"), and so are links
and numerals whose lemma is a mark of their kind ("#hlink#").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from litkg.nlp.lemmas import LONGEST_ENDING, SHARED, Lemmas
from training.syntax.treebank import Article, Word

Rule = tuple[int, str]
MOST_CUT = 5
"""Letters that a rule cuts off at most; a lemma further from its word is an exception."""
FEWEST = 2
"""Word forms that an ending must have."""


def counted_words(articles: Iterable[Article]) -> Iterator[Word]:
    """Yield the words whose lemmas are learned and scored: those without digits, whose lemma is no mark of a kind."""
    for article in articles:
        for paragraph in article.paragraphs:
            for sentence in paragraph:
                yield from (word for word in sentence if not any(sign.isdigit() for sign in word.text) and not word.lemma.startswith("#"))


def learn_lemmas(words: Iterable[Word]) -> Lemmas:
    """Return the tables: for each tag the shortest endings that foretell the lemma's, then the words for which they are wrong."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for word in words:
        counts[SHARED.get(word.tag, word.tag)][word.text.lower()][word.lemma.lower()] += 1
    endings = {}
    exceptions = {}
    for tag in sorted(counts):
        usual = {form: min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma)) for form, lemmas in counts[tag].items()}
        rules = _endings(usual)
        if rules:
            endings[tag] = rules
        learned = Lemmas(exceptions={}, endings={tag: rules})
        wrong = {form: lemma for form, lemma in sorted(usual.items()) if learned.find(form, tag) != lemma}
        if wrong:
            exceptions[tag] = wrong
    return Lemmas(exceptions=exceptions, endings=endings)


def _endings(usual: dict[str, str]) -> dict[str, Rule]:
    votes: dict[str, Counter[Rule]] = defaultdict(Counter)
    for form, lemma in usual.items():
        rule = _rule(form, lemma)
        if rule is not None:
            for length in range(min(LONGEST_ENDING, len(form) - 1) + 1):
                if length >= rule[0]:
                    votes[form[len(form) - length :]][rule] += 1
    kept: dict[str, Rule] = {}
    for ending in sorted(votes, key=lambda text: (len(text), text)):
        best = min(votes[ending], key=lambda rule: (-votes[ending][rule], rule))
        inherited = next((kept[ending[start:]] for start in range(1, len(ending) + 1) if ending[start:] in kept), (0, ""))
        if best != inherited and votes[ending][best] >= FEWEST and votes[ending][best] > votes[ending][inherited]:
            kept[ending] = best
    return kept


def _rule(form: str, lemma: str) -> Rule | None:
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    return (len(form) - shared, lemma[shared:]) if len(form) - shared <= MOST_CUT and shared else None
