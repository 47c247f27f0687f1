"""Elliptical names in lists: "IL-1α, -1β and -6", "caspases 3 and 7", "breast and ovarian cancer", "type 1 and 2 diabetes".

Owns how the name of a conjunct is rebuilt from its neighbour's and where in the text its mention stands. Refuses any name that the lexicon does not know, and
any of another kind than its neighbour's.

A mention's span is the conjunct's own characters, without the hyphen that stands for what is left out: "1β" of "-1β", "breast" of "breast and ovarian cancer",
"hyper" of "hyper- and hypothyroidism". It says less than the rebuilt name, which its candidates have.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from litkg.lexicon.records import Candidate
from litkg.model import Category, Mention
from litkg.nlp.ner import Found, Terms, same_kind

ELLIPSIS_COMPONENT = "litkg_ellipsis"
_GREEK = "alpha|beta|gamma|delta|epsilon|zeta|kappa|theta|lambda|omega|[Α-ωϕ]"
_HYPHEN = "[-‐‑–−]"
_COORDINATOR = r"(?:and/or|and|or|nor|plus|&|versus|vs\.?|but\s+not|as\s+well\s+as)"
_AFTER = r"(?![\w%°])(?!-\w)(?![.,]\d)(?!\.\s[a-z])"
"""What follows no conjunct: more of a word, a decimal, a unit, "E. coli"."""
_BARE = rf"(?:\d{{1,2}}(?:{_GREEK})?|(?:{_GREEK})\d?|[IVX]{{2,4}}|[A-Z]\d{{0,2}})"
_SUFFIX = rf"(?:{_HYPHEN}[A-Za-z0-9Α-ωϕ]{{1,7}}|{_BARE}){_AFTER}"
_SEPARATOR = rf"(?:\s?,\s{{1,2}}(?:{_COORDINATOR}\s+)?|\s+{_COORDINATOR}\s+|\s?/\s?)"
_ITEM = re.compile(rf"(?P<separator>{_SEPARATOR})(?P<suffix>{_SUFFIX})")
_SEPARATOR_ONLY = re.compile(rf"\s?,?\s+{_COORDINATOR}\s+")
_LIST_OPENS = re.compile(rf"\s?[,/]|\s+{_COORDINATOR}\s")
_NUMBERED_HEAD = re.compile(rf"(?<=[a-z]s)(?:\s|{_HYPHEN})(?={_SUFFIX}{_SEPARATOR}{_SUFFIX})")
_HEAD_SUFFIX = re.compile(_SUFFIX)
_WORD = re.compile(r"[^\s,;:()\[\]/]+")
_RUN = re.compile(rf"(?P<number>\d+)|(?P<greek>{_GREEK})|(?P<letters>[A-Z]?[a-z]+|[A-Z]+)")
_COUNTS = re.compile(r"\s*([^\W\d_]+)")
_MAY_FOLLOW_LINES = """
    and or nor but as in on at by with from for to than via through during after before upon under within among between that which who while whereas when is are
    was were be been being can could may might did do does not also both respectively however levels level expression production secretion release signaling
    signalling mrna protein activity activation synthesis gene genes concentration genotype polymorphisms cytokines receptors pathway pathways deficiency
"""
_MAY_FOLLOW = frozenset(_MAY_FOLLOW_LINES.split())
"""What may stand after a bare number that is a name; after any other word "8" counts what follows."""
_BEFORE = re.compile(rf"(?:(?P<coordinator>\s*,?\s+{_COORDINATOR}\s+)|(?<=[^\W\d_])(?P<slash>/))$")
_BEFORE_CHARS = 16
_BEFORE_ENDS = ("and", "or", "plus", "&", "versus", "vs", "vs.", "not", "as")
_MODIFIER_CHARS = 100
_MODIFIER_WORDS = 4
_HEAD = re.compile(rf"[\s-]+(?!(?:{_GREEK})$)(?=.*[a-z]{{3}})")
"""Where the head of a name may begin: before a word, not where but a number or letter is left ("IGF-1", "vitamin D", "TNF-alpha")."""
_CLAUSE_BORDER = re.compile(r"[.;:()\[\]]\s|[()\[\]]|\n\s*\n")
_TYPED = re.compile(rf"([a-z]{{3,}})\s({_BARE})((?:\s?,\s(?:{_COORDINATOR}\s)?{_BARE})*\s?,?\s{_COORDINATOR}\s{_BARE})\s$")
_CONJUNCT = re.compile(rf"(?<![\w-]){_BARE}(?![\w-])")
_TYPE = re.compile(r"[0-9A-ZΑ-ω]")
_FUNCTION_WORD_LINES = """
    a an the of in on at to for by from with without into as than that this these those its his her their our and or nor not no both either neither between such
    is are was were be been has have had other some all any more most several many each per via versus vs
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LINES.split())
"""Words that begin no modifier and no name."""


@dataclass(slots=True)
class _Search:
    """One document's text, its mentions and what has been added so far."""

    document_id: str
    text: str
    found: Sequence[Found]
    terms: Terms
    starts: list[int] = field(default_factory=list)
    added: list[Found] = field(default_factory=list)

    def overlapping(self, start: int, end: int) -> list[Found]:
        """Return the mentions found that share a character with `[start, end)`."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        return [item for item in self.found[first : bisect_left(self.starts, end)] if item[0].end > start]

    def known(self, name: str, kinds: frozenset[Category]) -> tuple[Candidate, ...]:
        """Return the candidates for the name that are of one of the kinds."""
        return tuple(candidate for candidate in self.terms.lookup(name) if not candidate.weak and _fits(candidate.categories, kinds))

    def add(self, start: int, end: int, candidates: tuple[Candidate, ...]) -> None:
        label = candidates[0].categories[0]
        mention = Mention(document_id=self.document_id, start=start, end=end, text=self.text[start:end], label=label, component=ELLIPSIS_COMPONENT)
        self.added.append((mention, candidates))


def find_elliptical(document_id: str, text: str, token_spans: Sequence[tuple[int, int]], found: Sequence[Found], terms: Terms) -> list[Found]:
    """Return mentions of the conjuncts whose names are not whole in the text, in text order, none overlapping another; each has candidates.

    `found` are the document's mentions in text order, none overlapping; only text that `token_spans` cover is read. A conjunct that is a mention of its own
    kind stays one ("depression and anxiety disorder"). What is returned may overlap a mention found where that is plainly a fragment ("D1" of "cyclins D1 and
    E", the gene CD4 of "CD4+ and CD8+ T cells"): `merge_elliptical` puts the new one in its place.
    """
    search = _Search(document_id, text, found, terms, [mention.start for mention, _ in found])
    for mention, candidates in found:
        start, end = mention.start, mention.end
        if _LIST_OPENS.match(text, end):
            _read_head_first(search, mention.text, end, _kinds(mention, candidates))
        before = _before(text, start)
        if before is not None:
            _read_head_last(search, mention, candidates, before)
        elif start > 2 and _TYPE.fullmatch(text, start - 2, start - 1):
            _read_typed(search, mention, _kinds(mention, candidates))
    for match in _NUMBERED_HEAD.finditer(text):
        _read_plural_head(search, match.end())
    return _without_overlaps([item for item in search.added if _covered(item[0], token_spans)])


def merge_elliptical(found: Sequence[Found], added: Sequence[Found]) -> list[Found]:
    """Return both as one list in text order, none overlapping: what `find_elliptical` added takes the place of all that it overlaps."""
    taken = [(mention.start, mention.end) for mention, _ in added]
    starts = [start for start, _ in taken]

    def free(mention: Mention) -> bool:
        before = bisect_left(starts, mention.end)
        return before == 0 or taken[before - 1][1] <= mention.start

    return sorted([*(item for item in found if free(item[0])), *added], key=lambda item: (item[0].start, item[0].end))


def _kinds(mention: Mention, candidates: Sequence[Candidate]) -> frozenset[Category]:
    return frozenset({mention.label, *(candidates[0].categories if candidates else ())})


def _before(text: str, position: int) -> re.Match[str] | None:
    """Return the coordinator or slash that ends at `position`; the cheap test comes first since nearly no name has one."""
    nearby = text[max(0, position - 8) : position]
    if nearby[-1:] != "/" and not nearby.rstrip().endswith(_BEFORE_ENDS):
        return None
    return _BEFORE.search(text, max(0, position - _BEFORE_CHARS), position)


def _read_head_first(search: _Search, full_name: str, position: int, kinds: frozenset[Category], *, plural: bool = False) -> None:
    """Add the conjuncts after a full name that ends in a number, letter or Greek letter; after a `plural` head a number counts nothing."""
    conjuncts: list[tuple[int, int, tuple[Candidate, ...]]] = []
    may_count = closed = False
    hyphened_until = 0
    while match := _ITEM.match(search.text, position):
        start, end = match.span("suffix")
        suffix = match["suffix"]
        hyphened = not suffix[0].isalnum()
        if hyphened:
            start, suffix = start + 1, suffix[1:]
        candidates = _rebuilt(search, full_name, suffix, kinds, strict=not hyphened)
        if not candidates or not _may_stand(search, start, end, candidates, kinds, plain=hyphened):
            break
        conjuncts.append((start, end, candidates))
        hyphened_until = len(conjuncts) if hyphened else hyphened_until
        may_count = not (hyphened or plural or match["separator"] == "/") and suffix[0].isdigit()
        closed = closed or hyphened or "," not in match["separator"] or len(match["separator"].split()) > 1
        position = end
    if not conjuncts:
        return
    if not closed:
        after = _SEPARATOR_ONLY.match(search.text, position)
        closed = after is not None and bool(search.overlapping(after.end(), after.end() + 1))
    if not closed or (may_count and _counts(search.text, position)):
        conjuncts = conjuncts[:hyphened_until]
    for conjunct in conjuncts:
        search.add(*conjunct)


def _rebuilt(search: _Search, full_name: str, suffix: str, kinds: frozenset[Category], *, strict: bool) -> tuple[Candidate, ...]:
    """Return what the full name means with its end replaced by `suffix`: the end of like shape first; `strict` takes no other but that which opens alike."""
    shape = _shape(suffix)
    runs = [(match.start(), match.lastgroup) for match in _RUN.finditer(full_name)]
    cuts = [start for index, (start, kind) in enumerate(runs) if index and shape and kind == shape[0]]
    cuts.sort(key=lambda start: (_shape(full_name[start:]) != shape, -start))
    for cut in cuts:
        stem = full_name[:cut]
        if full_name[cut:] == suffix:
            return ()
        if sum(char.isalpha() for char in stem) < 2 or (strict and shape[0] == "letters" and not _letter_ends(full_name[cut:])):
            continue
        if candidates := search.known(stem + suffix, kinds):
            return candidates
    return ()


def _shape(text: str) -> tuple[str | None, ...]:
    return tuple(match.lastgroup for match in _RUN.finditer(text))


def _letter_ends(tail: str) -> bool:
    """Tell whether the end of a name is a letter, a Roman numeral or a letter with a number: "B", "IX", "D1", no word."""
    return re.fullmatch(_BARE, tail) is not None


def _counts(text: str, position: int) -> bool:
    """Tell whether a number that ends at `position` counts what follows: "8 weeks", "5 patients"."""
    match = _COUNTS.match(text, position)
    return match is not None and match[1].lower() not in _MAY_FOLLOW


def _may_stand(search: _Search, start: int, end: int, candidates: tuple[Candidate, ...], kinds: frozenset[Category], *, plain: bool = False) -> bool:
    """Tell whether a conjunct may be a mention: nothing is found there but fragments of it. `plain`: its hyphen says that it is the end of a name."""
    for mention, others in search.overlapping(start, end):
        if mention.start < start or mention.end > end:
            return False
        whole = (mention.start, mention.end) == (start, end)
        if whole and others and not plain and _fits(others[0].categories, kinds) and others[0].kind <= candidates[0].kind:
            return False
    return True


def _read_plural_head(search: _Search, position: int) -> None:
    """Add the conjuncts of "interleukins 1, 6 and 10", whose first number begins at `position`; the head's plural "s" and what parts it stand before."""
    text = search.text
    first = _HEAD_SUFFIX.match(text, position)
    if first is None:
        return
    suffix_start = position if text[position].isalnum() else position + 1
    suffix = text[suffix_start : first.end()]
    line = max(text.rfind("\n\n", 0, position), 0)
    words = list(_WORD.finditer(text, max(line, position - _MODIFIER_CHARS), position - 1))[-_MODIFIER_WORDS:]
    for word in words:
        name = text[word.start() : position - 2] + " " + suffix
        if word[0].lower() in _FUNCTION_WORDS or _crosses_border(text[word.start() : position]):
            continue
        candidates = tuple(candidate for candidate in search.terms.lookup(name) if not candidate.weak)
        if not candidates:
            continue
        start, end = word.start(), first.end()
        before = len(search.added)
        if all(start <= mention.start and mention.end <= end and (start, end) != (mention.start, mention.end) for mention, _ in search.overlapping(start, end)):
            _read_head_first(search, name, end, frozenset(candidates[0].categories), plural=True)
            if len(search.added) > before:
                search.add(start, end, candidates)
        return


def _crosses_border(text: str) -> bool:
    return "," in text or _CLAUSE_BORDER.search(text) is not None


def _read_head_last(search: _Search, mention: Mention, own: tuple[Candidate, ...], before: re.Match[str]) -> None:
    """Add the modifiers before a coordinator that share the last words of the name after it."""
    text = search.text
    lowest = max(0, before.start() - _MODIFIER_CHARS)
    for border in _CLAUSE_BORDER.finditer(text, lowest, before.start()):
        lowest = border.end()
    stop = before.start()
    most_words, parting = (_MODIFIER_WORDS, ",") if before["coordinator"] else (1, "/")
    kinds = _kinds(mention, own)
    concept = own[0].concept if own else None
    while stop > lowest:
        chunk = max(text.rfind(parting, lowest, stop) + 1, lowest)
        words = [match.span() for match in _WORD.finditer(text, chunk, stop)][-most_words:]
        conjunct = next((item for start, _ in words if (item := _modifier(search, start, words[-1][1], mention, kinds, concept))), None)
        if conjunct is None:
            return
        search.add(*conjunct)
        if text[chunk : conjunct[0]].strip():
            return
        stop = chunk - 1


def _modifier(
    search: _Search, start: int, end: int, mention: Mention, kinds: frozenset[Category], concept: str | None
) -> tuple[int, int, tuple[Candidate, ...]] | None:
    """Return the conjunct `[start, end)` with what it means before the last words of the mention; None where that is no other thing of its kind."""
    text = search.text
    if text[start:end].split()[0].lower() in _FUNCTION_WORDS:
        return None
    hanging = text[end - 1] in "-‐‑–−"
    stem = text[start : end - 1] if hanging else text[start:end]
    if not stem or not stem[0].isalnum():
        return None
    for name in _headed(stem, mention.text, hanging=hanging):
        candidates = search.known(name, kinds)
        if candidates and candidates[0].concept != concept:
            end -= hanging
            overlapping = search.overlapping(start, end)
            if any(other.start < start or other.end > end or (others and _own(other, others, kinds)) for other, others in overlapping):
                return None
            return start, end, candidates
    return None


def _headed(stem: str, name: str, *, hanging: bool) -> Iterator[str]:
    """Yield `stem` before each end of `name`, the longest first: its last words; after a hanging hyphen also ends of its first word."""
    if hanging:
        first = re.match(r"[^\W_]+", name)
        for cut in range(2, len(first[0]) - 3 if first else 0):
            yield stem + name[cut:]
    for match in _HEAD.finditer(name):
        yield f"{stem} {name[match.end() :]}"


def _read_typed(search: _Search, mention: Mention, kinds: frozenset[Category]) -> None:
    """Add the conjuncts of "type 1 and 2 diabetes", whose last word is the mention; the last conjunct takes the mention's place."""
    text = search.text
    match = _TYPED.search(text, max(0, mention.start - 60), mention.start)
    if match is None:
        return
    noun = match[1].removesuffix("s")
    spans = [match.span(2), *(item.span() for item in _CONJUNCT.finditer(text, match.start(3), match.end(3)))]
    named = [(start, end, search.known(f"{noun} {text[start:end]} {mention.text}", kinds)) for start, end in spans]
    if not all(candidates for _, _, candidates in named):
        return
    (first, *middle, last) = named
    search.add(match.start(1), first[1], first[2])
    for conjunct in middle:
        search.add(*conjunct)
    search.add(last[0], mention.end, last[2])


def _fits(categories: Iterable[Category], kinds: frozenset[Category]) -> bool:
    """Tell whether one of the categories is of the same broad kind as one of `kinds`."""
    return any(same_kind(left, right) for left in categories for right in kinds)


def _own(mention: Mention, candidates: tuple[Candidate, ...], kinds: frozenset[Category]) -> bool:
    """Tell whether a mention says enough alone beside names of these kinds: one of the same kind, and a thing beside a process ("IL-6 and IL-8 production")."""
    return Category.BIOLOGICAL_PROCESS in kinds or _fits(candidates[0].categories, kinds)


def _covered(mention: Mention, token_spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the mention lies where tokens lie."""
    index = bisect_right(token_spans, (mention.start, mention.end)) - 1
    touched = token_spans[max(index, 0) : index + 2]
    return any(start < mention.end and mention.start < end for start, end in touched)


def _without_overlaps(items: Sequence[Found]) -> list[Found]:
    """Return the items in text order, of those that overlap the longest."""
    kept: list[Found] = []
    for item in sorted(items, key=lambda item: (item[0].start, item[0].start - item[0].end)):
        if not kept or item[0].start >= kept[-1][0].end:
            kept.append(item)
    return kept
