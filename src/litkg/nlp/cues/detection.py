"""Which words may be cues of negation or speculation, and what speaks for it.

Owns candidates (the lemmas of cues that annotators marked, as phrases) and their features; the weights say which candidates are cues.
A list of phrases and a classifier after Velldal et al. 2012, Computational Linguistics 38(2):369.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from litkg.nlp.cues.parsed import ParsedSentence

LONGEST = 6
"""Words of a cue."""
_TELLING = frozenset({"nsubj", "nsubjpass", "mark", "auxpass", "aux", "neg", "dobj", "ccomp", "xcomp", "complm"})
_NEAR = 4


def phrase_of(sentence: ParsedSentence, first: int, last: int) -> str:
    """Return the lemmas of the words `[first, last]`."""
    return " ".join(sentence.lemmas[first : last + 1])


def find_candidates(sentence: ParsedSentence, phrases: Mapping[str, object], firsts: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the first and last word of each phrase in the sentence, with the phrase; they may overlap. `firsts` are the phrases' first lemmas."""
    for first, lemma in enumerate(sentence.lemmas):
        if lemma in firsts:
            for last in range(first, min(first + LONGEST, len(sentence.words))):
                if (phrase := phrase_of(sentence, first, last)) in phrases:
                    yield first, last, phrase


def cue_features(sentence: ParsedSentence, first: int, last: int) -> list[str]:
    """Return what says whether the words `[first, last]` are a cue here: the words around them, their place in the tree; each alone and with the phrase."""

    def lemma(place: int) -> str:
        return sentence.lemmas[place] if 0 <= place < len(sentence.lemmas) else "#"

    def tag(place: int) -> str:
        return sentence.tags[place] if 0 <= place < len(sentence.tags) else "#"

    labels = sentence.labels
    head = sentence.head_of(first, last)
    governor = sentence.heads[head]
    below = [place for place in sentence.children[head] if not first <= place <= last]
    beside = [place for place in sentence.children[governor] if place != head]
    found = [
        "phrase",
        f"form={' '.join(sentence.lower[first : last + 1])}",
        f"tag={tag(head)}",
        f"next={lemma(last + 1)}",
        f"next tag={tag(last + 1)}",
        f"next two={lemma(last + 1)} {lemma(last + 2)}",
        f"next tags={tag(last + 1)} {tag(last + 2)}",
        f"before={lemma(first - 1)}",
        f"tag before={tag(first - 1)}",
        f"two before={lemma(first - 2)} {lemma(first - 1)}",
        f"tags before={tag(first - 2)} {tag(first - 1)}",
        f"label={labels[head]}",
        f"governor={sentence.lemmas[governor]}/{labels[head]}",
        f"governor tag={sentence.tags[governor]}/{labels[head]}",
        f"below={'|'.join(sorted({labels[place] for place in below}))}",
        f"first={first == 0}",
        f"last={last >= len(sentence.words) - 2}",
    ]
    found += [f"child={labels[place]}" for place in below]
    found += [f"child tag={labels[place]}/{sentence.tags[place]}" for place in below]
    found += [f"child lemma={labels[place]}/{sentence.lemmas[place]}" for place in below if labels[place] in _TELLING]
    found += [f"beside={labels[place]}" for place in beside]
    found += [f"beside lemma={sentence.lemmas[place]}" for place in beside if labels[place] in {"neg", "aux", "cc", "preconj", "nsubj"}]
    found += [f"near={lemma(place)}" for place in range(first - _NEAR, last + _NEAR + 1) if not first <= place <= last]
    phrase = phrase_of(sentence, first, last)
    return found + [f"{phrase}~{name}" for name in found]
