"""Where the scope of a cue may begin and end, and what speaks for each place.

Owns the features of the two borders of a scope, which the weights turn into a choice among all words to the left of the cue and among all to its right.
What a border cuts off is told by the subtree that ends or begins there and by the way to it from the cue (after Velldal et al. 2012, who rank
constituents, and Read et al. 2012, *SEM: the same over dependencies).
"""

from __future__ import annotations

from collections.abc import Sequence

from litkg.nlp.cues.parsed import ParsedSentence

_VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_FRAME = frozenset({"nsubj", "nsubjpass", "auxpass", "xcomp", "ccomp", "dobj", "acomp", "attr", "expl", "oprd"})
"""Labels that show how a verb is used: passive, raising, with a clause."""
_TURNS = frozenset({"but", "whereas", "although", "however", "while", "though", "because", "since"})
_STOPS = frozenset({",", "(", ")", ";", ":", "."})


class CueBorders:
    """The borders that the scope of one cue may have. `parts` are the first and last words of the cue's parts; `others` those of the sentence's other cues,
    with their kinds: a list of `(kind, first word)`."""

    def __init__(self, sentence: ParsedSentence, parts: Sequence[tuple[int, int]], kind: str, others: Sequence[tuple[str, int]] = ()) -> None:
        self.sentence = sentence
        self.kind = kind
        self.begin, self.end = parts[0][0], parts[-1][1]
        self._others = others
        head = sentence.head_of(*parts[0])
        self._chain = sentence.ancestors(head)
        governor = sentence.heads[head]
        self._cue = "_".join("-".join(sentence.lemmas[first : last + 1]) for first, last in parts)
        self._tag, self._label = sentence.tags[head], sentence.labels[head]
        self._governor_tag, self._governor_label = sentence.tags[governor], sentence.labels[governor]
        self._governor_frame = self._frame(governor, head)
        self._frame_of_cue = self._frame(head, head)
        self._ways: dict[int, list[str]] = {}

    def lefts(self) -> list[list[str]]:
        """Return the features of each first word that the scope may have, from the cue's own to the sentence's first."""
        return [self._left(place) for place in range(self.begin, -1, -1)]

    def rights(self) -> list[list[str]]:
        """Return the features of each last word that the scope may have, from the cue's own to the sentence's last."""
        return [self._right(place) for place in range(self.end, len(self.sentence.words))]

    def _frame(self, place: int, but: int) -> str:
        labels = {self.sentence.labels[child] for child in self.sentence.children[place] if child != but}
        return "|".join(sorted(labels & _FRAME))

    def _node(self, name: str, node: int) -> list[str]:
        """Return how a word stands to the cue, as features that begin with `name`."""
        if node not in self._ways:
            self._ways[node] = self._standing(node)
        return [f"{name}{feature}" for feature in self._ways[node]]

    def _standing(self, node: int) -> list[str]:
        sentence = self.sentence
        steps, up, down = sentence.way(self._chain, node)
        kind = sentence.tags[node][:2]
        found = [
            f"way={up}/{down}",
            f"steps={steps}/{down}",
            f"word={sentence.labels[node]}/{kind}",
            f"cue={self._cue}/{steps}/{down}",
            f"tag={self._tag}/{self._label}/{steps}/{down}/{kind}",
            f"governor={self._cue}/{self._governor_tag}/{up}/{down}",
            f"frames={self._cue}/{self._governor_frame}/{self._frame_of_cue}/{steps}/{down}",
        ]
        if steps < len(self._chain):
            top = self._chain[steps]
            found.append(f"top={self._tag}/{steps}/{down}/{sentence.tags[top]}/{sentence.labels[top]}")
        return found

    def _left(self, place: int) -> list[str]:
        sentence = self.sentence
        away = int(place < self.begin)
        before = sentence.lower[place - 1] if place else "<s>"
        tag_before = sentence.tags[place - 1] if place else "<s>"
        found = [
            f"far={_bucket(self.begin - place)}",
            f"away={away}/{self._cue}",
            f"away={away}/{self._cue}/{self._label}/{self._tag}/{self._governor_frame}",
            f"away={away}/{self._label}/{self._tag}/{self._governor_tag}/{self._governor_frame}/{self._frame_of_cue}",
            f"away={away}/{self._cue}/{self._frame_of_cue}",
            f"away={away}/{self._cue}/{self._label}/{self._governor_tag}/{self._governor_label}",
            f"before={before}",
            f"word={sentence.lower[place]}",
            f"tags={tag_before}/{sentence.tags[place]}",
            f"tag before={tag_before}",
            f"tag={sentence.tags[place]}",
            f"before={before}/{self.kind}/{away}",
        ]
        if not away:
            return ["cue", *(f"0{name}" for name in found)]
        found += self._node("begins ", sentence.beginning[place])
        found += self._node("left out ", sentence.ending[place - 1]) if place else ["all"]
        between = range(place, self.begin)
        found += [
            f"commas={min(sum(sentence.words[at] == ',' for at in between), 2)}",
            f"verbs={min(sum(sentence.tags[at] in _VERBAL for at in between), 2)}",
            f"that={any(sentence.lower[at] == 'that' for at in between)}",
            f"marks={any(sentence.words[at] in ';:()' for at in between)}",
        ]
        return found

    def _right(self, place: int) -> list[str]:
        sentence = self.sentence
        words, count = sentence.lower, len(sentence.words)
        far = place - self.end
        following = words[place + 1] if place + 1 < count else "</s>"
        second = words[place + 2] if place + 2 < count else "</s>"
        tag, second_tag = (sentence.tags[at] if at < count else "</s>" for at in (place + 1, place + 2))
        is_last = place + 1 >= count or (place + 2 >= count and not following[0].isalnum())
        found = [
            f"far={_bucket(far)}",
            f"far={_bucket(far)}/{self._cue}",
            f"far={min(far, 1)}/{self._label}/{self._tag}",
            f"last={is_last}",
            f"last={is_last}/{self._cue}",
            f"last={is_last}/{self._label}/{self._tag}",
            f"next={following}",
            f"next={following}/{second}",
            f"next tags={tag}/{second_tag}",
            f"word={words[place]}",
            f"tags={sentence.tags[place]}/{tag}",
            f"next={following}/{self._cue}",
            f"next={following}/{second_tag}/{self.kind}",
        ]
        found += self._node("ends ", sentence.ending[place])
        return found + self._cut_off(place, following) + self._inside(place)

    def _cut_off(self, place: int, following: str) -> list[str]:
        """Return what the scope leaves out if it ends at `place`: what begins after it, a comma and a conjunction apart."""
        sentence = self.sentence
        count = len(sentence.words)
        after = place + 1
        if after < count and sentence.words[after] == ",":
            after += 1
        if after >= count:
            return ["nothing left"]
        mark = following if following in _STOPS else ""
        node = sentence.beginning[after]
        standing = self._node("left out ", node)
        head, label, word = sentence.heads[node], sentence.labels[node], sentence.lower[after]
        found = [
            *standing,
            *(f"{name}{mark}" for name in standing),
            f"left out word={word}/{label}/{mark}",
            f"left out of={sentence.tags[head]}/{label}/{mark}",
            f"hangs inside={self.begin <= head <= place}/{label}/{mark}/{word}",
            f"hangs before={head < self.begin}/{label}/{mark}",
        ]
        if sentence.tags[after] == "CC" and after + 1 < count:
            found += self._node("conjunct ", sentence.beginning[after + 1])
            found.append(f"conjunct tag={word}/{sentence.tags[after + 1]}")
        return found + [f"cue next={kind}/{self.kind}" for kind, first in self._others if first == after]

    def _inside(self, place: int) -> list[str]:
        """Return what lies between the cue and the end of the scope."""
        sentence = self.sentence
        between = range(self.end + 1, place + 1)
        words = sentence.words[self.begin : place + 1]
        opened = sum(word in ("(", "[") for word in words) - sum(word in (")", "]") for word in words)
        return [
            f"open brackets={opened}",
            f"commas={min(sum(sentence.words[at] == ',' for at in between), 3)}",
            f"verbs={min(sum(sentence.tags[at] in _VERBAL for at in between), 3)}/{self._tag}",
            f"turn={any(sentence.lower[at] in _TURNS for at in between)}",
            f"semicolon={any(sentence.words[at] in (';', ':') for at in between)}",
            *(f"cue inside={kind}/{self.kind}/{self._cue}" for kind, first in self._others if self.end < first <= place),
        ]


def _bucket(words: int) -> int:
    """Return a distance, the coarser the longer it is."""
    return next((border for border in (0, 1, 2, 3, 4, 6, 9, 15, 25) if words <= border), 26)
