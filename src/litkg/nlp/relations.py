"""Relations of one sentence: mentions and words in, claims in the closed vocabulary with negation and certainty out.

Ties the grammar together: tags (`tagging`), phrases (`phrases`), clauses (`clauses`), predicates (`predication`), cues (`scope`) and anaphors (`anaphora`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from litkg.model import Category, Certainty, Cue, Grounding, Relation, SectionKind
from litkg.nlp.anaphora import find_anaphors
from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.claims import Found
from litkg.nlp.grammar.clauses import ClauseReader
from litkg.nlp.grammar.constructions import read_constructions
from litkg.nlp.grammar.nodes import Node, Phrase, Piece
from litkg.nlp.grammar.nominal import read_nominal, side_claims
from litkg.nlp.grammar.phrases import reduce_sentence
from litkg.nlp.grammar.predication import predicate_of
from litkg.nlp.grammar.reductions import Context
from litkg.nlp.grammar.tagging import tag_pieces
from litkg.nlp.scope import certainty_of, denial_of, is_open, is_said_unreported, is_unreported, weaker

EXTRACTOR = "litkg.patterns/1"
MAX_PIECES = 300
"""Sentences with more pieces are no sentences (flattened tables, lists of names): nothing is read in them."""
_WORDS = lexis.BEARERS | lexis.OCCURRENCES | lexis.INTERVENTIONS | (frozenset(lexis.LEVEL_ASPECTS) - {"proliferation", "differentiation"})
"""Words that the grammar needs as words, even where the lexicon knows them as names (mice, secretion)."""
_FEWEST_TABLE_TOKENS = 20
_TABLE_SHARE = 0.25
_HYPHENS = re.compile(r"[-–/]")
_RECESSIVE = re.compile(r"\b(?:recessive|truncating|nonsense|loss-of-function|frameshift)\b", re.IGNORECASE)
_PRIOR = {Certainty.ASSERTED: 0.75, Certainty.PROBABLE: 0.7, Certainty.POSSIBLE: 0.65, Certainty.HYPOTHESISED: 0.6}
"""Confidence that a pattern read the claim right, before calibration; doubt in the text costs a little, since hedged sentences are longer."""


def find_relations(
    text: str,
    sentence: tuple[int, int],
    tokens: Sequence[tuple[int, int]],
    groundings: Sequence[Grounding],
    earlier: Sequence[tuple[int, int]],
    section: SectionKind,
    *,
    administered: frozenset[str] = frozenset(),
) -> tuple[Relation, ...]:
    """Return the relations of the sentence, once each, as surely as it states them, in the order in which they were found.

    `tokens` are offsets of the sentence's tokens; `groundings` those of the document in text order; `earlier` the sentences before it in
    which an anaphor may find its antecedent; `administered` are ids of genes that the
    document's patients are given.
    """
    start, end = sentence
    mentions = {
        at: item
        for at, item in enumerate(groundings)
        if start <= item.mention.start and item.mention.end <= end and item.concept is not None and item.mention.text.lower() not in _WORDS
    }
    if len(tokens) > MAX_PIECES or is_open(text, start, end) or _is_tabular(text, tokens):
        return ()
    anaphors = find_anaphors(text, sentence, earlier, groundings)
    if len(mentions) + len(anaphors) < 2:
        return ()
    spans: list[tuple[int, int, tuple[int, ...]]] = [(item.mention.start, item.mention.end, (at,)) for at, item in mentions.items()]
    spans += [(anaphor.start, anaphor.end, anaphor.antecedents) for anaphor in anaphors]
    lost = {anaphor.start for anaphor in anaphors if anaphor.lost}
    pieces = [replace(piece, lost=piece.start in lost) if piece.mentions else piece for piece in cut_pieces(text, tokens, sorted(spans))]
    context = Context(
        concepts=[item.concept.id if item.concept else "" for item in groundings],
        categories=[item.concept.categories[0] if item.concept else Category.PHENOTYPE for item in groundings],
        administered=administered,
        recessive=bool(_RECESSIVE.search(text, start, end)),
    )
    nodes, claims = reduce_sentence(tag_pieces(text, pieces), context)
    question = text[start:end].rstrip(" \"'").endswith("?")
    reader = ClauseReader(nodes, context)
    found = [*reader.read(), *read_constructions(reader), *read_nominal(reader), *side_claims(claims, nodes, context)]
    relations = _relations(found, text, sentence, nodes, groundings, context, earlier, question=question, section=section)
    surest: dict[tuple[object, ...], Relation] = {}
    for relation in relations:
        known = surest.get(_key(relation))
        if known is None or weaker(relation.certainty, known.certainty) is not relation.certainty:
            surest[_key(relation)] = relation
    return tuple(surest.values())


def _is_tabular(text: str, tokens: Sequence[tuple[int, int]]) -> bool:
    """Return whether so many tokens are numbers that the stretch is a flattened table and not a sentence."""
    numbers = sum(text[start].isdigit() for start, _ in tokens)
    return len(tokens) >= _FEWEST_TABLE_TOKENS and numbers > _TABLE_SHARE * len(tokens)


def cut_pieces(text: str, tokens: Sequence[tuple[int, int]], mentions: Sequence[tuple[int, int, tuple[int, ...]]]) -> list[Piece]:
    """Return tokens and mentions in order: a mention, or an anaphor for some, is one piece, and a token that it cuts (`IL-6-induced`) leaves its rest as
    pieces split at hyphens."""
    pieces: list[Piece] = []
    position = tokens[0][0] if tokens else 0
    queue = list(mentions)
    for start, end in tokens:
        start = max(start, position)
        while queue and queue[0][0] < end:
            mention_start, mention_end, named = queue.pop(0)
            if mention_start < position:
                continue
            pieces.extend(_split(text, start, mention_start))
            pieces.append(Piece(mention_start, mention_end, named))
            position = start = mention_end
        if start < end:
            pieces.extend(_split(text, start, end) if pieces and pieces[-1].mentions and pieces[-1].end == start else [Piece(start, end)])
            position = max(position, end)
    return pieces


def _split(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the rest of a token beside a mention: hyphens are pieces of their own."""
    position = start
    for match in _HYPHENS.finditer(text, start, end):
        if match.start() > position:
            yield Piece(position, match.start())
        yield Piece(match.start(), match.end())
        position = match.end()
    if position < end and text[position:end].strip():
        yield Piece(position, end)


def _relations(
    found: Sequence[Found],
    text: str,
    sentence: tuple[int, int],
    nodes: Sequence[Node],
    groundings: Sequence[Grounding],
    context: Context,
    earlier: Sequence[tuple[int, int]],
    *,
    question: bool,
    section: SectionKind,
) -> Iterator[Relation]:
    for item in found:
        stated = (nodes[item.cue[0]].start, nodes[min(item.cue[1], len(nodes)) - 1].end)
        if is_unreported(nodes, item.cue) or is_said_unreported(text, sentence, stated):
            continue
        positions = [_holder(nodes, phrase) for phrase in (item.subject, item.object)]
        denial = denial_of(nodes, item.cue, positions[0], positions[1])
        negated = item.negated or denial is not None
        doubt = None
        granted = item.kind in {"identity", "alias"} or (item.rule.startswith("SUFF") and not question)
        if granted:
            certainty = Certainty.ASSERTED  # a name or "X-induced Y" is taken for granted, whatever the verb doubts
        else:
            certainty, doubt = certainty_of(text, nodes, item.cue, positions[1], question=question)
        pairs = [(first, second, negated) for first, second in product(item.subject.mentions, item.object.mentions)]
        pairs += [(first, second, True) for first, second in product(item.subject.excluded, item.object.mentions)]
        pairs += [(first, second, True) for first, second in product(item.subject.mentions, item.object.excluded)]
        for first, second, denied in pairs:
            if context.concepts[first] == context.concepts[second]:
                continue
            claim = predicate_of(item, context.categories[first], context.categories[second], administered=context.concepts[first] in context.administered)
            if claim is not None:
                span = _evidence_span(groundings[first], groundings[second], sentence, earlier)
                ends = (groundings[first], groundings[second])
                inside = [stated, *((end.mention.start, end.mention.end) for end in ends if sentence[0] <= end.mention.start < sentence[1])]
                yield Relation(
                    subject=ends[0],
                    predicate=claim.predicate,
                    object=ends[1],
                    aspect=claim.aspect,
                    subject_aspect=claim.subject_aspect,
                    negated=denied,
                    certainty=(level := weaker(certainty, claim.at_most)),
                    section=section,
                    start=span[0],
                    end=span[1],
                    confidence=_PRIOR[level],
                    extractor=EXTRACTOR,
                    trigger=None if granted else stated,
                    negation=_cue(text, denial, inside) if denied else None,
                    doubt=_cue(text, doubt, inside),
                )


def _cue(text: str, words: tuple[int, int] | None, governed: Sequence[tuple[int, int]]) -> Cue | None:
    """Return the words as a cue whose scope reaches over them and all that they govern."""
    if words is None:
        return None
    scope = (min(words[0], *(start for start, _ in governed)), max(words[1], *(end for _, end in governed)))
    return Cue(text=text[words[0] : words[1]], start=words[0], end=words[1], scope=scope)


def _evidence_span(subject: Grounding, object_: Grounding, sentence: tuple[int, int], earlier: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the sentence, begun where the earlier sentence begins that names what an anaphor stands for."""
    first = min(subject.mention.start, object_.mention.start)
    return min([sentence[0], *(start for start, end in earlier if start <= first < end)]), sentence[1]


def _holder(nodes: Sequence[Node], phrase: Phrase) -> int | None:
    return next((at for at, node in enumerate(nodes) if node.phrase is not None and set(phrase.mentions) & set(node.phrase.mentions)), None)


def _key(relation: Relation) -> tuple[object, ...]:
    return (relation.subject.concept, relation.predicate, relation.object.concept, relation.aspect, relation.subject_aspect, relation.negated)
