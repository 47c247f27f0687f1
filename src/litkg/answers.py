"""Answers that lead back to the text: mechanism paths with the sentences of each hop, and all that stands behind one claim or concept.

Owns what is asked of the store for these answers and how they read as plain lines; refuses to know any store, to look up names, and to print.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from litkg.errors import NameLookupError
from litkg.queries import Readable, ask

WIDTH = 100
"""Columns that plain lines keep to, but for a single word that is longer."""

SHOWN_TITLE = 60
"""Characters of a title that a plain line shows: enough to know the document, whose id follows."""

POINTING = frozenset(["this", "that", "these", "those", "the", "it", "its", "they", "their", "them", "such", "both", "which", "who", "a", "an", "each"])
"""First words of mentions that point back to a name instead of giving one."""

NET_SIGN = {1: "raises", -1: "lowers", 0: "direction not known"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The characters of a document that support or refute a claim; `start` and `end` are offsets into the document. `probability` is that of its having been
    read right, None in a graph loaded before it was measured."""

    evidence_id: str
    text: str
    document_id: str
    document_title: str
    year: int | None
    section: str
    start: int
    end: int
    certainty: str
    negated: bool
    confidence: float
    subject_text: str | None
    object_text: str | None
    negated_by: str | None = None
    doubted_by: str | None = None
    knowledge: str | None = None
    compared_text: str | None = None
    probability: float | None = None
    run_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A concept on a path; `spoken` is the name that the sentences of the path use most, where none of them uses `name`."""

    id: str
    name: str
    spoken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One claim of a path, with its best sentences. `backward` says that the path goes from the claim's object to its subject."""

    start: Stop
    end: Stop
    predicate: str
    aspect: str | None
    subject_aspect: str | None
    sign: int
    belief: float
    certainty: str
    negated: bool
    backward: bool
    assertion_id: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A chain of claims. `net_sign` is what more of the start does to the end; `weakest_belief` is that of the least believed hop; `cut` says that the
    search left steps of some concept out, so that there may be other chains."""

    hops: tuple[Hop, ...]
    net_sign: int
    weakest_belief: float
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An assertion with names, counts and sentences, supporting ones first and each side from the surest down."""

    assertion_id: str
    subject: Stop
    predicate: str
    aspect: str | None
    subject_aspect: str | None
    object: Stop
    sign: int
    belief: float
    certainty: str
    n_support: int
    n_refute: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptFacts:
    """What the graph knows of a concept."""

    id: str
    name: str
    categories: tuple[str, ...]
    synonyms: tuple[str, ...]
    xrefs: tuple[str, ...]
    grounded: bool
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that stands behind an id: one claim for a claim or a piece of evidence, all its claims for a concept."""

    id: str
    concept: ConceptFacts | None
    claims: tuple[Claim, ...]


def find_paths(
    store: Readable,
    start_id: str,
    end_id: str,
    *,
    max_hops: int = 4,
    causal_only: bool = True,
    with_refuted: bool = False,
    min_belief: float = 0.0,
    breadth: int | None = None,
    limit: int = 25,
    sentences_per_hop: int = 3,
) -> tuple[Path, ...]:
    """Return the mechanism paths between two concepts, best first: by the belief of the weakest hop, then by fewer hops.

    Each hop carries its surest sentences, up to `sentences_per_hop` for the claim and as many against it.
    `breadth` is how many steps are followed from one concept (None: the default of the query mechanism-paths, which tells what it means).
    Raises: StoreError where the store refuses or takes too long.
    """
    rows = ask(
        store,
        "mechanism-paths",
        start=start_id,
        end=end_id,
        max_hops=max_hops,
        causal_only=causal_only,
        with_refuted=with_refuted,
        min_belief=min_belief,
        breadth=breadth,
        limit=limit,
    )
    steps = [cast("list[dict[str, object]]", row["steps"]) for row in rows]
    sentences = _sentences(store, {str(step["assertion_id"]) for chain in steps for step in chain}, per_claim=sentences_per_hop)
    paths = []
    for row, chain in zip(rows, steps, strict=True):
        stops = _stops(row, chain, sentences)
        hops = tuple(_hop(step, stops[i], stops[i + 1], sentences.get(str(step["assertion_id"]), ())) for i, step in enumerate(chain))
        paths.append(Path(hops=hops, net_sign=cast(int, row["net_sign"]), weakest_belief=cast(float, row["weakest_belief"]), cut=bool(row["cut"])))
    return tuple(paths)


def explain(store: Readable, id_: str, *, max_claims: int = 100, max_sentences: int = 1000) -> Explanation:
    """Return the text behind a claim, a piece of evidence (the claim that it is of) or a concept (all its claims, most believed first).

    Raises: NameLookupError where nothing in the graph has the id, StoreError where the store refuses.
    """
    found = ask(store, "claim", id=id_)
    if found:
        claim_id = str(found[0]["assertion_id"])
        return Explanation(id=id_, concept=None, claims=(_claim(found[0], _sentences(store, {claim_id}, per_claim=max_sentences).get(claim_id, ())),))
    about = ask(store, "concept", concept=id_)
    if not about:
        raise NameLookupError(f"nothing in this graph has the id {id_!r}; ids are shown by litkg path, litkg query most-supported and litkg query concept")
    neighbours = ask(store, "neighbours", concept=id_, limit=max_claims)
    ids = sorted({str(row["assertion_id"]) for row in neighbours})
    sentences = _sentences(store, ids, per_claim=max_sentences)
    claims = [_claim(row, sentences.get(str(row["assertion_id"]), ())) for row in ask(store, "claims", assertions=ids, limit=max_claims)] if ids else []
    return Explanation(id=id_, concept=_facts(about[0]), claims=tuple(sorted(claims, key=lambda claim: (-claim.belief, claim.assertion_id))))


def format_path(path: Path, *, width: int = WIDTH) -> tuple[str, ...]:
    """Return a path as plain lines: the chain, what it amounts to, then each hop with its sentences and where they stand."""
    lines = [*_wrapped(_chain(path), "", "    ", width)]
    lines.append(f"    net sign {_signed(path.net_sign)} ({NET_SIGN[path.net_sign]})   weakest belief {path.weakest_belief:.2f}")
    for number, hop in enumerate(path.hops, 1):
        subject, object_ = (hop.end, hop.start) if hop.backward else (hop.start, hop.end)
        text = f"{_label(subject)} -{_predicate(hop.predicate, hop.aspect, hop.subject_aspect)}-> {_label(object_)}"
        lines += _wrapped(f"{number}. {text}", "  ", "     ", width)
        lines.append(f"     sign {_signed(hop.sign)}   {hop.certainty}   belief {hop.belief:.2f}   {hop.assertion_id}")
        for sentence in hop.sentences:
            lines += format_sentence(sentence, indent="     ", width=width)
    return tuple(lines)


def format_explanation(explanation: Explanation, *, width: int = WIDTH) -> tuple[str, ...]:
    """Return an explanation as plain lines: the concept where there is one, then each claim with its sentences."""
    lines: list[str] = []
    if explanation.concept is not None:
        facts = explanation.concept
        lines += _wrapped(f"{facts.name} ({facts.id})   {', '.join(facts.categories)}{'' if facts.grounded else '   not grounded'}", "", "    ", width)
        if facts.synonyms:
            lines += _wrapped(f"also called: {'; '.join(facts.synonyms)}", "    ", "      ", width)
        if facts.xrefs:
            lines += _wrapped(f"other ids: {', '.join(facts.xrefs)}", "    ", "      ", width)
        lines.append(f"    named {facts.mentions} times in {facts.documents} documents; {len(explanation.claims)} claims:")
    for claim in explanation.claims:
        head = f"{claim.subject.name} -{_predicate(claim.predicate, claim.aspect, claim.subject_aspect)}-> {claim.object.name}"
        lines += _wrapped(f"{head}   {claim.assertion_id}", "", "    ", width)
        lines.append(f"    sign {_signed(claim.sign)}   belief {claim.belief:.2f}   {claim.n_support} for, {claim.n_refute} against")
        for sentence in claim.sentences:
            lines += format_sentence(sentence, indent="    ", width=width)
    runs = sorted({sentence.run_id for claim in explanation.claims for sentence in claim.sentences if sentence.run_id is not None})
    if runs:
        lines += _wrapped(f"read in {', '.join(runs)} (litkg query runs: code, models, lexicon)", "", "    ", width)
    return tuple(lines)


def format_sentence(sentence: Sentence, *, indent: str = "", width: int = WIDTH) -> tuple[str, ...]:
    """Return a sentence as plain lines: its words in quotation marks, then certainty, whether it refutes, the words that say so, how likely it was read
    right, and where it stands."""
    doubt = f" ({sentence.doubted_by!r})" if sentence.doubted_by else ""
    denial = f" (negated by {sentence.negated_by!r})" if sentence.negated_by else ""
    known = f", {sentence.knowledge}" if sentence.knowledge in {"background", "hypothesis"} else ""
    compared = f", compared with {sentence.compared_text}" if sentence.compared_text else ""
    chance = "" if sentence.probability is None else f", read right {sentence.probability:.2f}"
    stance = f"{sentence.certainty}{doubt}{f', refutes{denial}' if sentence.negated else ''}{compared}{known}{chance}"
    year = f" ({sentence.year})" if sentence.year is not None else ""
    title = textwrap.shorten(sentence.document_title, SHOWN_TITLE, placeholder=" ...") or "untitled"
    where = f"{stance}   [{title}{year}, {sentence.section}, {sentence.start}-{sentence.end}, {sentence.document_id}]"
    return (*_wrapped(f'"{" ".join(sentence.text.split())}"', indent, indent + " ", width), *_wrapped(where, indent + "  ", indent + "    ", width))


def _sentences(store: Readable, assertion_ids: Iterable[str], *, per_claim: int) -> dict[str, tuple[Sentence, ...]]:
    ids = sorted(assertion_ids)
    found: dict[str, list[Sentence]] = {}
    if ids:
        for row in ask(store, "evidence-of-claims", assertions=ids, per_claim=per_claim, limit=2 * per_claim * len(ids)):
            found.setdefault(str(row["assertion_id"]), []).append(_sentence(row))
    return {key: tuple(value) for key, value in found.items()}


def _stops(row: Mapping[str, object], chain: list[dict[str, object]], sentences: Mapping[str, tuple[Sentence, ...]]) -> list[Stop]:
    """Return the concepts of a chain, each with the name that its own sentences give it."""
    ids = cast("list[str]", row["ids"])
    texts: dict[str, Counter[str]] = {concept: Counter() for concept in ids}
    for index, step in enumerate(chain):
        ends = (ids[index + 1], ids[index]) if step["backward"] else (ids[index], ids[index + 1])
        for sentence in sentences.get(str(step["assertion_id"]), ()):
            for concept, text in zip(ends, (sentence.subject_text, sentence.object_text), strict=True):
                if text is not None:
                    texts[concept][text] += 1
    return [Stop(id=concept, name=name, spoken=_spoken(texts[concept], name)) for concept, name in zip(ids, cast("list[str]", row["names"]), strict=True)]


def _spoken(texts: Counter[str], name: str) -> str | None:
    """Return the commonest of `texts` that names the concept otherwise than `name`, None where some text is the name itself."""
    naming = [text for text in texts if text.split() and text.split()[0].casefold() not in POINTING]
    if any(_bare(text) == _bare(name) for text in naming):
        return None
    return min(naming, key=lambda text: (-texts[text], len(text), text), default=None)


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _sentence(row: Mapping[str, object]) -> Sentence:
    return Sentence(
        evidence_id=str(row["evidence_id"]),
        text=str(row["text"]),
        document_id=str(row["document_id"]),
        document_title=str(row["document_title"] or ""),
        year=cast("int | None", row["year"]),
        section=str(row["section"]),
        start=cast(int, row["start"]),
        end=cast(int, row["end"]),
        certainty=str(row["certainty"]),
        negated=bool(row["negated"]),
        confidence=cast(float, row["confidence"]),
        subject_text=cast("str | None", row["subject_text"]),
        object_text=cast("str | None", row["object_text"]),
        negated_by=cast("str | None", row["negated_by"]),
        doubted_by=cast("str | None", row["doubted_by"]),
        knowledge=cast("str | None", row["knowledge"]),
        compared_text=cast("str | None", row["compared_text"]),
        probability=cast("float | None", row["probability"]),
        run_id=cast("str | None", row["run_id"]),
    )


def _hop(step: Mapping[str, object], start: Stop, end: Stop, sentences: tuple[Sentence, ...]) -> Hop:
    return Hop(
        start=start,
        end=end,
        predicate=str(step["predicate"]),
        aspect=cast("str | None", step["aspect"]),
        subject_aspect=cast("str | None", step["subject_aspect"]),
        sign=cast(int, step["sign"]),
        belief=cast(float, step["belief"]),
        certainty=str(step["certainty"]),
        negated=bool(step["negated"]),
        backward=bool(step["backward"]),
        assertion_id=str(step["assertion_id"]),
        sentences=sentences,
    )


def _claim(row: Mapping[str, object], sentences: tuple[Sentence, ...]) -> Claim:
    return Claim(
        assertion_id=str(row["assertion_id"]),
        subject=Stop(id=str(row["subject_id"]), name=str(row["subject"])),
        predicate=str(row["predicate"]),
        aspect=cast("str | None", row["aspect"]),
        subject_aspect=cast("str | None", row["subject_aspect"]),
        object=Stop(id=str(row["object_id"]), name=str(row["object"])),
        sign=cast(int, row["sign"]),
        belief=cast(float, row["belief"]),
        certainty=str(row["certainty"]),
        n_support=cast(int, row["n_support"]),
        n_refute=cast(int, row["n_refute"]),
        sentences=sentences,
    )


def _facts(row: Mapping[str, object]) -> ConceptFacts:
    return ConceptFacts(
        id=str(row["id"]),
        name=str(row["name"]),
        categories=tuple(cast("list[str]", row["categories"])),
        synonyms=tuple(cast("list[str]", row["synonyms"] or [])),
        xrefs=tuple(cast("list[str]", row["xrefs"] or [])),
        grounded=bool(row["grounded"]),
        documents=cast(int, row["documents"]),
        mentions=cast(int, row["mentions"]),
    )


def _chain(path: Path) -> str:
    parts = [_label(path.hops[0].start)]
    for hop in path.hops:
        words = _predicate(hop.predicate, hop.aspect, hop.subject_aspect)
        parts.append(f"<-{words}- {_label(hop.end)}" if hop.backward else f"-{words}-> {_label(hop.end)}")
    return " ".join(parts)


def _label(stop: Stop) -> str:
    return f"{stop.name} ({stop.spoken})" if stop.spoken else stop.name


def _predicate(predicate: str, aspect: str | None, subject_aspect: str | None) -> str:
    state = f" ({subject_aspect.replace('_', ' ')})" if subject_aspect else ""
    return f"{predicate.replace('_', ' ')}{f' {aspect}' if aspect else ''}{state}"


def _signed(sign: int) -> str:
    return f"{sign:+d}" if sign else "0"


def _wrapped(text: str, first: str, rest: str, width: int) -> Iterator[str]:
    yield from textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
