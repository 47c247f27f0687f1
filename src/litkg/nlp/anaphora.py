"""Anaphora: "this cytokine", "both drugs", "the latter", "it", "their", "these patients" are given the mentions that they stand for.

Owns which expressions are anaphors: class nouns with their number, pronouns by their place in the clause, and the "it" that stands for nothing. Which mention
is meant is chosen in `antecedents`. How far back is the caller's to say; pronouns look no further than the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from litkg.model import Grounding
from litkg.nlp.antecedents import KINDS, MOLECULES, Window, bearing, foremost, group, nearest, topic
from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.lexis import ANAPHOR_NOUNS, DEFINITE_ANAPHORS

_NOUNS = "|".join(sorted(ANAPHOR_NOUNS, key=len, reverse=True))
_FUNCTION = r"(?:of|in|for|by|with|and|or|to|that|which|from|on|is|are|was|were|than|as|at|all|each|any|two|three|these|those|both|latter|former)\b"
_MODIFIERS = rf"(?:(?!{_FUNCTION})[\w'-]+\s+){{0,4}}?"
_SORTAL = re.compile(rf"\b(?P<det>this|that|the same|such an?|the)\s+{_MODIFIERS}(?P<noun>{_NOUNS})\b(?!\s*-)", re.IGNORECASE)
_SIZES = {"both": 2, "two": 2, "three": 3, "four": 4, "neither": 2}
_PLURAL = re.compile(
    rf"\b(?P<det>(?:both|all|each|either|any)(?:\s+of)?(?:\s+(?:these|those|the))?(?:\s+(?P<many>two|three|four))?|(?:these|those|the)\s+(?P<count>two|three|four)"
    rf"|these|those|(?<=neither )of\s+(?:these|those|the))\s+{_MODIFIERS}(?P<noun>{_NOUNS})s\b(?!\s*-)",
    re.IGNORECASE,
)
_BARE_BOTH = re.compile(r"(?<=[a-z] )both(?=\s*(?:[.;,]|$))")
_LATTER = re.compile(rf"\bthe\s+(?P<which>latter|former)(?:\s+(?P<noun>{_NOUNS}))?\b(?!\s*-)", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:these|those)\s+(?:\d+\s+|two\s+|three\s+)?(?:patients|children|women|men|adults|subjects|individuals|infants|people)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?P<word>it|they|them|its|their)\b(?=\s|[.,;)]|$)", re.IGNORECASE)
_LOST = re.compile(
    rf"(?:^|[.;,]\s+|\n)(?:\w+\s+)?(?:(?:the|an?|this|complete|partial|genetic)\s+){{0,2}}"
    rf"(?:{'|'.join(sorted(lexis.LOSSES))}|blockade|inhibition|neutrali[sz]ation|silencing|knockdown)\s+of\s+(?:[\w-]+\s+){{0,2}}$",
    re.IGNORECASE,
)
_LONGEST_LOSS = 80
_PRONOUNS = frozenset({"it", "they", "them", "its", "their"})
_ADJECTIVES = (
    r"(?:un)?(?:possible|important|necessary|difficult|easy|useful|essential|reasonable|worthwhile|hard|interesting|impossible|advisable|wise|best|safe|better)"
)
_AUXILIARY = (
    r"(?:is|was|has|had|been|be|should|can|may|must|might|could|would|will|cannot|seems?|seemed|appears?|appeared|remains?|remained|becomes?|became"
    r"|also|now|not|long|often|then|therefore|thus|still|yet|never|\w+ly)"
)
_EXPLETIVE = re.compile(
    rf"it\s+(?:{_AUXILIARY}\s+)+(?:\w+\s+){{0,3}}?(?:that|whether|if|how|why|when|who)\b"
    rf"|it\s+(?:{_AUXILIARY}\s+)+(?:{_ADJECTIVES}|decided|planned|agreed|intended|chosen|hoped|possible)\s+(?:\w+\s+){{0,3}}?to\b"
    rf"|it\s+(?:{_AUXILIARY}\s+)+(?:unclear|clear|(?:not\s+)?known|unknown|uncertain|likely|unlikely|{_ADJECTIVES})\b(?!\s+(?:to|as|for|by)\b)"
    r"|it\s+remains\s+to\s+be\b|it\s+(?:takes|took|rained|snowed|rains|follows|turned\s+out|turns\s+out|happens|happened)\b"
    r"|it\s+(?:showed|shows|suggested|suggests|indicated|indicates|seems|seemed|appears|appeared)\s+that\b",
    re.IGNORECASE,
)
_OBJECT_BEFORE = lexis.word_set("by with from to for after on of against")
_CLAUSE = re.compile(r"[,;:]\s|\s(?:and|but|whereas|while|although|though|because|since|which|that)\s", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:because|since|when|while|although|though|if|as|after|before|in|on|at|within|during|by|with|under|later|then|thus|hence|therefore|however|moreover"
    r"|furthermore|also|indeed|conversely|again|here|there|once|for|from|to|through|and|but|so|\w+ly)\b",
    re.IGNORECASE,
)
_OWNED = "|".join(sorted(lexis.LOSSES | lexis.INTERVENTIONS | frozenset(lexis.LEVEL_ASPECTS)))
_POSSESSED = re.compile(
    rf"(?:its|their)\s+(?:(?:genetic|pharmacological|selective|systemic|specific|complete|partial|chronic|serum|plasma|increased|reduced|elevated|direct|inhibitory"
    rf"|stimulatory|main|most|common|known|long-term|combined)\s+){{0,2}}(?:side|adverse|effects?|actions?|{_OWNED}"
    r"|blockade|inhibition|neutrali[sz]ation|antagonism|suppression|induction|activation|overexpression|silencing|knockdown|inhibitors?|antagonists?|efficacy)\b",
    re.IGNORECASE,
)
_AFTER_DISEASE = lexis.word_set(
    "is was has had may can resolved improved worsened responds responded remitted recurred subsided cleared disappeared flared relapsed"
)


@dataclass(frozen=True, slots=True)
class Anaphor:
    """An expression at `[start, end)` that stands for the mentions with the indices `antecedents`, at least one, in text order.

    `lost`: "it" goes on with "the absence of X", and stands for that.
    """

    start: int
    end: int
    antecedents: tuple[int, ...]
    lost: bool = False


def find_anaphors(text: str, sentence: tuple[int, int], earlier: Sequence[tuple[int, int]], groundings: Sequence[Grounding]) -> tuple[Anaphor, ...]:
    """Return the anaphors of a sentence with their antecedents, in text order; none overlaps another or a mention.

    `earlier` are the sentences that may hold an antecedent, nearest last; `groundings` those of the document in text order. "the drug" needs an antecedent;
    a class noun with a mention inside it ("the drug anakinra", "the TNF gene") is no anaphor.
    """
    found: list[Anaphor] = []
    resolved: dict[tuple[int, int], tuple[int, ...]] = {}
    named = Window(text, groundings, ()).inside(sentence, lambda item: True)
    taken = [(groundings[at].mention.start, groundings[at].mention.end) for at in named]
    for start, end, antecedents in _expressions(text, sentence, tuple(earlier), groundings, resolved):
        apposed = end if text[start:end].lower() in _PRONOUNS else end + 2  # "the drug anakinra"
        if antecedents and not any(start < last and first < apposed for first, last in taken):
            lost = text[start:end].lower() == "it" and bool(_LOST.search(text[: groundings[antecedents[0]].mention.start][-_LONGEST_LOSS:]))
            found.append(Anaphor(start, end, antecedents, lost))
            taken.append((start, end))
            resolved[(start, end)] = antecedents
    return tuple(sorted(found, key=lambda anaphor: anaphor.start))


def _expressions(
    text: str,
    sentence: tuple[int, int],
    earlier: tuple[tuple[int, int], ...],
    groundings: Sequence[Grounding],
    resolved: Mapping[tuple[int, int], tuple[int, ...]],
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Yield expressions with what they stand for, class nouns before pronouns: `resolved` are those of them that were taken by then."""
    start, end = sentence

    def window(until: int, back: int | None = None) -> Window:
        before = tuple(reversed(earlier))
        return Window(text, groundings, ((start, until), *(before if back is None else before[:back])))

    for match in _LATTER.finditer(text, start, end):
        kind = KINDS[ANAPHOR_NOUNS[match["noun"].lower()]] if match["noun"] else KINDS["Any"]
        pair = group(window(match.start(), 1), kind, 2, listed=True) or group(window(match.start(), 1), kind, 2)
        yield *match.span(), pair and (pair[-1:] if match["which"].lower() == "latter" else pair[:1])
    for match in _PLURAL.finditer(text, start, end):
        if not _ends_phrase(text, match.end(), end, definite=match["det"].lower().startswith("the")):
            continue
        words = match["det"].lower().split()
        size = next((_SIZES[word] for word in words if word in _SIZES), None)
        yield *match.span(), group(window(match.start()), KINDS[ANAPHOR_NOUNS[match["noun"].lower()]], size, may_be_one=words[0] in {"these", "those"})
    for match in _BARE_BOTH.finditer(text, start, end):
        yield *match.span(), group(window(match.start()), KINDS["Any"], 2)
    for match in _SORTAL.finditer(text, start, end):
        yield *match.span(), _sortal(text, match, end, window(match.start()))
    for match in _PEOPLE.finditer(text, start, end):
        disease = bearing(window(match.start(), 1))
        yield *match.span(), () if disease is None else (disease,)
    for match in _PRONOUN.finditer(text, start, end):
        if not _EXPLETIVE.match(text, match.start(), end):
            yield *match.span(), _pronoun(text, match, sentence, earlier[-1:], groundings, resolved)


def _sortal(text: str, match: re.Match[str], end: int, window: Window) -> tuple[int, ...]:
    noun = match["noun"].lower()
    definite = match["det"].lower() in {"the", "such a", "such an"}
    if (definite and noun not in DEFINITE_ANAPHORS) or not _ends_phrase(text, match.end(), end, definite=definite):
        return ()
    kind = KINDS[ANAPHOR_NOUNS[noun]]
    chosen = foremost(window, kind) if ANAPHOR_NOUNS[noun] == "Molecule" else nearest(window, kind, noun)
    return () if chosen is None else (chosen,)


_DEFINED = lexis.word_set("for that which whose called known named termed between responsible")
"""Words that go on to say which one is meant: it need not have been named before."""


def _ends_phrase(text: str, at: int, end: int, *, definite: bool) -> bool:
    """Return whether the noun is the head of its phrase: "the protein content of" and "this condition of storage" speak of other things."""
    after = re.match(r"\s+([\w'-]+)", text[at:end])
    if after is None:
        return True
    word = after[1].lower()
    if word == "of" or (definite and word in _DEFINED):
        return False
    return not (definite and word in lexis.LEVEL_ASPECTS) and word not in {"content", "extract", "assay", "lysate", "fraction", "intake"}


def _pronoun(
    text: str,
    match: re.Match[str],
    sentence: tuple[int, int],
    before: tuple[tuple[int, int], ...],
    groundings: Sequence[Grounding],
    resolved: Mapping[tuple[int, int], tuple[int, ...]],
) -> tuple[int, ...]:
    word, start = match["word"].lower(), sentence[0]
    here = (start, match.start())
    window = Window(text, groundings, (here, *before))
    if word in {"its", "their"} and not _POSSESSED.match(text, match.start(), sentence[1]):
        return ()
    if word in {"they", "them", "their"}:
        return group(window, KINDS["Any"], None, may_be_one=True)
    molecules = KINDS["Molecule"]
    if word == "its":
        owner = window.inside(here, molecules)
        if owner and text[groundings[owner[-1]].mention.end : match.start()].strip() in {"and", "or"}:
            return (owner[-1],)
        chosen = topic(window, molecules)
    elif (verb := _governor(text, match, start)) is not None:
        boundary = max((found.start() for found in _CLAUSE.finditer(text, start, match.start())), default=start)
        healed = any(form.trigger.kind in _HEALING for form in lexis.load_forms().get((verb,), ()))
        wanted = KINDS["Disease"] if healed else molecules
        named = [(groundings[at].mention.start, at) for at in window.inside((start, boundary), wanted)]
        named += [(span[0], at) for span, stood in resolved.items() if span[1] <= boundary for at in stood if wanted(groundings[at])]
        if named:
            chosen = _parallel(text, named) if verb in {"by", "via", "through"} else max(named)[1]
        else:
            chosen = nearest(Window(text, groundings, before), wanted, "it") if healed else topic(Window(text, groundings, before), wanted)
    elif not window.inside(here, molecules) and _has_own_subject(text[start : match.start()]):
        return ()
    else:
        chosen = _subject_topic(text, match.end(), window)
    return () if chosen is None else (chosen,)


def _subject_topic(text: str, after: int, window: Window) -> int | None:
    """Return the topic that "it" goes on with: the first molecule, or a disease before it where what is said fits one."""
    follows = re.match(r"\s+([\w'-]+)", text[after : after + 40])
    for stretch in window.stretches:
        inside = window.inside(stretch, KINDS["Any"])
        molecules = [at for at in inside if MOLECULES & set(_categories(window, at))]
        if not inside:
            continue
        first = inside[0]
        fits = not molecules or (follows is not None and follows[1].lower() in _AFTER_DISEASE)
        if KINDS["Disease"](window.groundings[first]) and fits and window.groundings[first].mention.start - stretch[0] <= _NEAR_START:
            return first
        if molecules:
            return molecules[0]
        return None
    return None


_NEAR_START = 25
"""Characters from the start of a sentence within which its subject begins."""


def _categories(window: Window, at: int) -> Sequence[object]:
    concept = window.groundings[at].concept
    return concept.categories if concept else ()


def _parallel(text: str, named: Sequence[tuple[int, int]]) -> int:
    """Return the agent that the clause before names with "by", else its subject: "A was reduced by B, and C was caused by it"."""
    agents = [at for start, at in named if re.search(r"\bby\s+(?:the\s+)?$", text[max(0, start - 10) : start])]
    return agents[-1] if agents else min(named)[1]


_HEALING = frozenset({"TREAT", "PREVENT", "WORSEN"})


def _governor(text: str, match: re.Match[str], start: int) -> str | None:
    """Return the verb or preposition whose object "it" is, None where it is a subject: after a conjunction or at the start of a clause."""
    before = re.search(r"([\w'-]+)(\s*)$", text[start : match.start()])
    if before is None:
        return None
    word = before[1].lower()
    if word in _OBJECT_BEFORE:
        opens = word in {"after", "for"} and re.match(r"\s+(?:is|was|had|has)\b", text[match.end() :])
        return None if opens else word
    is_verb = any(form.tag != "NN" for form in lexis.load_forms().get((word,), ())) or word in {"gave", "took", "received", "stopped", "stop", "take"}
    return word if is_verb else None


def _has_own_subject(before: str) -> bool:
    """Return whether a clause with a subject that is no mention comes before ("The syringe broke, and it"): "it" then goes on with that."""
    words = before.split()
    return len(words) > 2 and not _OPENING.match(before.strip())
