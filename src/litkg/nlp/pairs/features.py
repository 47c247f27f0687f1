"""What the linear model of pairs sees: words between and around two arguments, the way between them in the tree, and what they are.

Owns the features' names, which are part of the weights. Each feature belongs to a group; groups weigh alike however many features they have.
After the features of Miwa et al. 2010 (J Bioinform Comput Biol 8:131) and Mintz et al. 2009 (ACL), with clusters of words after Turian et al. 2010 (ACL).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from litkg.nlp.cues.parsed import ParsedSentence
from litkg.nlp.pairs.arguments import Argument, Path, path_between

GROUPS = ("words", "way", "way_clusters", "word_clusters", "names", "classes")
"""The groups, in the order of their numbers."""
NEAR = 16
"""Arguments with more words than this between them are too far apart for the order of these words to matter."""
_FEW = 5
_AROUND = 4
_MOST_IN_SEQUENCE = 6
_LEVEL, _COARSE, _FINE = 1, 0, 2
"""Places of the clusters' levels: the usual one, the coarsest, and the next finer."""
_CATEGORY = re.compile(r"~?[A-Z][A-Za-z]+$")


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with all its arguments and its words' clusters."""

    parsed: ParsedSentence
    arguments: Sequence[Argument]
    clusters: Sequence[tuple[int, ...]]
    shown: Sequence[str]
    """Each word as a feature shows it: its lemma, or "@" and the kind of an argument that has it."""


def scene_of(parsed: ParsedSentence, arguments: Sequence[Argument], clusters: Sequence[tuple[int, ...]]) -> Scene:
    """Return the sentence ready for `features_of`."""
    shown = list(parsed.lemmas)
    for argument in arguments:
        if argument.kind != "unknown":
            shown[argument.first : argument.last] = [f"@{argument.kind}"] * (argument.last - argument.first)
    return Scene(parsed, arguments, clusters, shown)


def features_of(scene: Scene, subject: int, object_: int) -> dict[str, int]:
    """Return the features of a pair of arguments, given by their numbers, each with its group's number."""
    pair = _Pair(scene, scene.arguments[subject], scene.arguments[object_])
    found: dict[str, int] = {}
    for number, group in enumerate((pair.words, pair.way, pair.way_clusters, pair.word_clusters, pair.names, pair.classes)):
        found.update(dict.fromkeys(group(), number))
    return found


class _Pair:
    def __init__(self, scene: Scene, subject: Argument, object_: Argument) -> None:
        self.parsed, self.clusters, self.scene = scene.parsed, scene.clusters, scene
        self.subject, self.object = subject, object_
        forward = (subject.first, subject.last) <= (object_.first, object_.last)
        self.order = "so" if forward else "os"
        left, right = (subject, object_) if forward else (object_, subject)
        self.between = range(left.last, right.first)
        self.before = [word for word in range(left.first - 1, left.first - 1 - _AROUND, -1) if word >= 0]
        self.after = [word for word in range(right.last, right.last + _AROUND) if word < len(self.parsed.words)]
        self.heads = tuple(self.parsed.head_of(item.first, item.last - 1) for item in (subject, object_))
        self.path: Path | None = path_between(self.parsed, *self.heads)

    def shown(self, word: int) -> str:
        """Return a word as a feature shows it: those of the pair by their roles."""
        if self.subject.first <= word < self.subject.last:
            return "@S"
        if self.object.first <= word < self.object.last:
            return "@O"
        return self.scene.shown[word]

    def words(self) -> Iterator[str]:
        order = self.order
        yield f"o|{order}"
        yield f"k|{self.subject.kind}|{self.object.kind}|{order}"
        between = [self.shown(word) for word in self.between]
        size = len(between)
        yield f"d|{size if size <= _FEW else _FEW + 1 + min(size, 40) // _FEW}|{order}"
        for word in between:
            yield f"m|{word}|{order}"
            yield f"M|{word}"
        if size <= NEAR:
            row = ["<", *between, ">"]
            for first, second in pairwise(row):
                yield f"b|{first}|{second}|{order}"
            for first, second, third in zip(row, row[1:], row[2:], strict=False):
                yield f"t|{first}|{second}|{third}|{order}"
        if size <= _FEW:
            yield f"a|{' '.join(between)}|{order}"
        for side, around in (("<", self.before), (">", self.after)):
            for distance, place in enumerate(around):
                yield f"n{side}|{self.shown(place)}|{order}"
                yield f"n{side}{distance}|{self.shown(place)}|{order}"
        others = sum(1 for item in self.scene.arguments if item.kind != "unknown" and item.first in self.between)
        yield f"e|{min(others, _AROUND)}|{order}"

    def way(self) -> Iterator[str]:
        labels, path = self.parsed.labels, self.path
        yield f"ls|{labels[self.heads[0]]}"
        yield f"lo|{labels[self.heads[1]]}"
        if path is None:
            return
        top = self.shown(path.top)
        up, down = self._labels(path.subject), self._labels(path.object)
        arms = (up[-1] if up else "-", down[-1] if down else "-")
        yield f"T|{top}"
        yield f"Tt|{self.parsed.tags[path.top]}|{'S' if not path.subject else 'O' if not path.object else '-'}"
        yield f"Tl|{labels[path.top]}"
        yield f"w|{'>'.join(up)}|{'<'.join(down)}"
        yield f"ws|{'>'.join(up)}"
        yield f"wo|{'<'.join(down)}"
        yield f"wT|{top}|{'>'.join(up)}|{'<'.join(down)}"
        yield f"wd|{min(len(path.subject) + len(path.object), 12)}"
        yield f"A|{arms[0]}|{arms[1]}"
        yield f"AT|{top}|{arms[0]}|{arms[1]}"
        yield f"As|{top}|{arms[0]}"
        yield f"Ao|{top}|{arms[1]}"
        for side, arm in (("s", path.subject), ("o", path.object)):
            for word, above in zip(arm, (*arm[1:], path.top), strict=False):
                shown = self.shown(word)
                if word not in self.heads:
                    yield f"p|{side}|{shown}"
                    yield f"P|{shown}"
                yield f"pl|{side}|{shown}|{labels[word]}"
                yield f"pe|{side}|{shown}|{labels[word]}|{self.shown(above)}"
        row = [self.shown(word) for word in (*path.subject, path.top, *reversed(path.object)) if word not in self.heads]
        yield f"ps|{' '.join([shown for shown in row if not shown.startswith('@')][:_MOST_IN_SEQUENCE])}"
        for word, child in self._beside(path):
            yield f"c|{self.shown(child)}|{labels[child]}"
            yield f"cp|{self.shown(word)}|{self.shown(child)}"

    def way_clusters(self) -> Iterator[str]:
        path, clusters, labels = self.path, self.clusters, self.parsed.labels
        if path is None:
            return
        up, down = self._labels(path.subject), self._labels(path.object)
        sides = [*(("s", word) for word in path.subject), ("c", path.top), *(("o", word) for word in reversed(path.object))]
        sides = [(side, word) for side, word in sides if word not in self.heads]
        for side, word in sides:
            for level, cluster in enumerate(clusters[word]):
                yield f"xp{level}|{side}|{cluster}"
                yield f"xP{level}|{cluster}"
            if clusters[word]:
                yield f"xl|{side}|{labels[word]}|{clusters[word][_LEVEL]}"
        if clusters[path.top]:
            for level in (_LEVEL, _FINE):
                yield f"xa{level}|{clusters[path.top][level]}|{up[-1] if up else '-'}|{down[-1] if down else '-'}"
            yield f"xw|{clusters[path.top][_LEVEL]}|{'>'.join(up)}|{'<'.join(down)}"
        for level in (_COARSE, _LEVEL):
            row = [str(clusters[word][level]) if clusters[word] else "-" for _, word in sides]
            yield f"xs{level}|{' '.join(row[:_MOST_IN_SEQUENCE])}"
        for _, child in self._beside(path):
            if clusters[child]:
                yield f"xc|{clusters[child][_LEVEL]}|{labels[child]}"

    def word_clusters(self) -> Iterator[str]:
        clusters, order = self.clusters, self.order
        near = len(self.between) <= NEAR
        for word in self.between:
            for level, cluster in enumerate(clusters[word]):
                yield f"yM{level}|{cluster}"
                if near:
                    yield f"ym{level}|{cluster}|{order}"
        if near:
            for first, second in pairwise(self.between):
                if clusters[first] and clusters[second]:
                    for level in (_COARSE, _LEVEL):
                        yield f"yb{level}|{clusters[first][level]}|{clusters[second][level]}|{order}"
        for side, around in (("<", self.before), (">", self.after)):
            for word in around:
                if clusters[word]:
                    for level in (_LEVEL, _FINE):
                        yield f"yn{side}{level}|{clusters[word][level]}|{order}"

    def names(self) -> Iterator[str]:
        for role, argument, head in (("S", self.subject, self.heads[0]), ("O", self.object, self.heads[1])):
            lemmas = self.parsed.lemmas[argument.first : argument.last]
            last = lemmas[-1]
            for lemma in lemmas:
                yield f"N{role}|{lemma}"
            yield f"Nl{role}|{last}"
            yield f"N3{role}|{last[-3:]}"
            yield f"N4{role}|{last[-4:]}"
            yield f"Nw{role}|{' '.join(lemmas)}"
            yield f"Ns{role}|{_shape(self.parsed.words[argument.last - 1])}"
            for word in range(argument.first, argument.last):
                for level, cluster in enumerate(self.clusters[word]):
                    yield f"Nc{role}{level}|{cluster}"
                    if word == head:
                        yield f"Nh{role}{level}|{cluster}"
        first, second = (self.clusters[head] for head in self.heads)
        if first and second:
            yield f"NN1|{first[_LEVEL]}|{second[_LEVEL]}"
            yield f"NN0|{first[_COARSE]}|{second[_COARSE]}|{self.order}"

    def classes(self) -> Iterator[str]:
        for role, argument in (("S", self.subject), ("O", self.object)):
            for name in sorted(argument.classes.named):
                yield f"C{role}|{name}"
        for first in filter(_CATEGORY.match, self.subject.classes.named):
            for second in filter(_CATEGORY.match, self.object.classes.named):
                yield f"CC|{first}|{second}"

    def _labels(self, arm: Sequence[int]) -> list[str]:
        # What is coordinated stands where the first of its list does.
        return [label for word in arm if (label := self.parsed.labels[word]) != "conj"]

    def _beside(self, path: Path) -> Iterator[tuple[int, int]]:
        ways = {*self.parsed.ancestors(self.heads[0]), *self.parsed.ancestors(self.heads[1])}
        for word in (*path.subject, path.top, *path.object):
            for child in self.parsed.children[word]:
                if child not in ways:
                    yield word, child


def _shape(text: str) -> str:
    return re.sub(r"[a-z]+", "x", re.sub(r"[A-Z]+", "X", re.sub(r"\d+", "0", text)))[:6]
