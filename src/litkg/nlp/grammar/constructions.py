"""Claims of constructions that part a verb's arguments: "protects X from Y", "sensitises X to Y", "was resistant to Y", "to lower Y we gave X".

One generator a construction, over folded phrases and the subjects that the clause reader found; a new construction is a new row of `CONSTRUCTIONS`.
Refuses plain verbs with subject and object, which `clauses` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from litkg.model import Category
from litkg.nlp.grammar.claims import KIND_OF_CHANGE, Found, effect_kind
from litkg.nlp.grammar.clauses import ClauseReader
from litkg.nlp.grammar.nodes import Phrase, pattern

_G = "<DET|X|ADV|NUM|UP|DOWN|PAREN|QUOTE>"
_ANYTHING = "[^" + pattern("<SEMI|END>").pattern[1:]
_SHIELDING = frozenset({"protect", "shield", "spare", "rescue"})
_SENSITISING = {"sensitise": "INC", "sensitize": "INC", "desensitise": "DEC", "desensitize": "DEC"}
_GIVING = frozenset(
    [
        "gave",
        "give",
        "gives",
        "given",
        "added",
        "administered",
        "begun",
        "began",
        "started",
        "used",
        "use",
        "received",
        "receives",
        "prescribed",
        "chosen",
        "instituted",
        "titrated",
        "applied",
        "injected",
        "infused",
        "offered",
        "introduced",
        "employed",
    ]
)
"""Verbs that say that a drug is given; "tested" and "studied" say only that it is looked at."""
_ERGATIVE_CHANGES = frozenset({"INC", "DEC", "CAUSE", "AFF", "TREAT", "PREVENT", "WORSEN"})


def read_constructions(reader: ClauseReader) -> Iterator[Found]:
    """Yield the claims of all constructions, one construction after the other."""
    for construction in CONSTRUCTIONS:
        yield from construction(reader)


def _protecting(reader: ClauseReader) -> Iterator[Found]:
    """Yield "X protects the heart from Y", "mice were protected from Y by X" and "X affords protection against Y"."""
    target = pattern(rf"(?:<E|X|DET|ADV|BEARER|UP|DOWN|NUM|PAREN|LEVEL|OF>){{0,6}} <FROM|AGAINST> {_G}{{0,4}} (?P<o><E>)")
    for at, node in enumerate(reader.nodes):
        lemma = node.trigger.lemma if node.trigger else ""
        if node.tag == "VP" and " " in lemma and lemma.split(" ")[0] in _SHIELDING:
            threat = reader.object_of(at)
            agent = reader.object_of(threat, after=frozenset({"BY"})) if threat is not None else None
            yield from _claim(reader, agent, "PREVENT", threat, (at, at + 1), "protected from")
            continue
        match = target.match(reader.codes, at + 1) if lemma.split(" ")[0] in _SHIELDING else None
        if match is None:
            continue
        object_ = match.start("o")
        if node.tag == "N":
            verb = at - 1
            while reader.tag_at(verb) in {"DET", "NO", "X", "ADV", "UP", "DOWN"}:
                verb -= 1
            if reader.tag_at(verb) in {"GV", "VA", "HAVE"}:
                yield from _claim(
                    reader, reader.subject_of(verb), "PREVENT", object_, (verb, at + 1), "affords protection", negated=reader.tag_at(at - 1) == "NO"
                )
        elif node.tag == "VP":
            yield from _claim(reader, reader.object_of(object_, after=frozenset({"BY"})), "PREVENT", object_, (at, at + 1), "protected from")
        elif " " not in lemma:
            subject = reader.subject_of(at)
            reader.ends[at] = (subject, object_)
            yield from _claim(reader, subject, "PREVENT", object_, (at, at + 1), "protects from")


def _sensitising(reader: ClauseReader) -> Iterator[Found]:
    """Yield "X sensitises tumours to Y": Y does more; without "to", X does more to its object."""
    target = pattern(rf"(?:<E|X|DET|ADV|BEARER|UP|DOWN|NUM|PAREN>){{0,5}} <TO> {_G}{{0,4}} (?P<o><E>)")
    for at, node in enumerate(reader.nodes):
        kind = _SENSITISING.get(node.trigger.lemma) if node.trigger else None
        if kind is None or node.tag not in {"VA", "VP"}:
            continue
        match = target.match(reader.codes, at + 1)
        object_ = match.start("o") if match else reader.object_of(at)
        if node.tag == "VP":
            subject = reader.object_of(object_ if match and object_ is not None else at, after=frozenset({"BY"}))
            object_ = object_ if match else reader.subject_of(at)
        else:
            subject = reader.subject_of(at)
        yield from _answering(reader, subject, kind, object_, (at, at + 1))


def _answering(reader: ClauseReader, subject: int | None, kind: str, object_: int | None, cue: tuple[int, int]) -> Iterator[Found]:
    """Yield that the subject makes something answer more (INC) or less (DEC) to the object: a disease or process then arises, or is held off."""
    target = reader.phrase_at(object_)
    if target is None:
        return
    molecule = reader.context.kind(target) in {"molecule", "CellType"}
    arising = {"INC": "CAUSE", "DEC": "PREVENT"}[kind]
    for found in _claim(reader, subject, kind if molecule else arising, object_, cue, "answers to"):
        yield replace(found, aspect="activity" if molecule else None)


def _resistant(reader: ClauseReader) -> Iterator[Found]:
    """Yield "mice that lack X were resistant to Y": of the state of X, since an animal by itself is no subject."""
    source = pattern(rf"<ADV|X|NEG>{{0,3}} (?P<r><RESISTANT|SENSITIVE>) {_G}{{0,3}} (?P<o><E>)")
    for at in range(len(reader.nodes)):
        if reader.tag_at(at) not in {"BE", "GV"}:
            continue
        match = source.match(reader.codes, at + 1)
        subject = reader.subject_of(at) if match else None
        phrase = reader.phrase_at(subject)
        if match is None or phrase is None or not (phrase.state or phrase.agent or phrase.given):
            continue
        target = reader.phrase_at(match.start("o"))
        if target is not None and reader.context.kind(target) == "molecule" and not reader.context.is_drug(target):
            continue  # "resistant to LPS" tells of what LPS does, not of LPS
        kind = "DEC" if reader.tag_at(match.start("r")) == "RESISTANT" else "INC"
        yield from _answering(reader, subject, kind, match.start("o"), (at + 1, match.start("r") + 1))


def _purposes(reader: ClauseReader) -> Iterator[Found]:
    """Yield "to lower Y we gave X", "X was added so as to avoid Y": what is given for a purpose is taken to serve it."""
    fronted = pattern(rf"(?:<SUB|AND|SEMI|COMMA>)? <TO> <ADV>? (?P<v><VA>) {_G}{{0,4}} (?:<LEVEL> <OF>)? <DET|X>{{0,2}} (?P<o><E>)")
    match = fronted.match(reader.codes)
    if match is not None:
        drug = next((at for at in range(match.end(), len(reader.nodes)) if _is_given(reader, at)), None)
        yield from _purpose(reader, drug, match.start("v"), match.start("o"))
    later = pattern(rf"<TO> <ADV>? (?P<v><VA>) {_G}{{0,4}} (?:<LEVEL> <OF>)? <DET|X>{{0,2}} (?P<o><E>)")
    for at in range(2, len(reader.nodes)):
        if reader.tag_at(at) != "TO" or (match := later.match(reader.codes, at)) is None:
            continue
        verb = next((place for place in range(at - 1, -1, -1) if reader.nodes[place].lower in _GIVING or reader.tag_at(place) in {"SEMI", "VA", "COMMA"}), None)
        if verb is None or reader.nodes[verb].lower not in _GIVING or ((verb, match.start("v")) in {(at - 1, at + 1)} and reader.nodes[verb].lower == "began"):
            continue
        drug = reader.subject_of(verb) if reader.tag_at(verb - 1) in {"BE", "ADV", "HAVE", "NEG"} else None
        if drug is None and reader.tag_at(verb - 1) not in {"BE", "HAVE"}:
            drug = next((place for place in range(verb + 1, at) if reader.phrase_at(place) is not None), None)
        yield from _purpose(reader, drug, match.start("v"), match.start("o"))


def _purpose(reader: ClauseReader, drug: int | None, verb: int, object_: int) -> Iterator[Found]:
    phrase, trigger = reader.phrase_at(drug), reader.nodes[verb].trigger
    if phrase is None or trigger is None or trigger.kind not in _ERGATIVE_CHANGES or reader.ends.get(verb, (None, None))[0] is not None:
        return
    if not (reader.context.is_drug(phrase) or phrase.given or reader.context.kind(phrase) == "molecule"):
        return
    for found in _claim(reader, drug, trigger.kind, object_, (verb, verb + 1), "purpose"):
        yield replace(found, aspect=trigger.aspect, lemma=trigger.lemma, subject=replace(found.subject, given=True))


def _is_given(reader: ClauseReader, at: int) -> bool:
    """Return whether the entity at `at` is what somebody gives or gets in its clause."""
    phrase = reader.phrase_at(at)
    if phrase is None or reader.context.kind(phrase) != "molecule":
        return False
    before = [node.lower.split(" ")[0] for node in reader.nodes[max(0, at - 4) : at]]
    after = [node.lower for node in reader.nodes[at + 1 : at + 4]]
    return phrase.given or any(word in _GIVING for word in [*before, *after])


def _included(reader: ClauseReader) -> Iterator[Found]:
    """Yield "genes repressed by X include Y": what is true of the class is said of its members."""
    source = pattern(
        rf"(?:^|<COMMA|SEMI|SUB|DET|UP|DOWN|ADV|NUM>) (?:<X|BEARER|LEVEL>){{1,3}} (?P<v><VP>) <ADV|PAREN>? <BY> {_G}{{0,3}} (?P<s><E>) <COMMA>? "
        rf"(?P<i><GV|VA|SUCH>) {_G}{{0,2}} (?P<o><E>)"
    )
    for match in source.finditer(reader.codes):
        trigger = reader.nodes[match.start("v")].trigger
        if trigger is None or (reader.tag_at(match.start("i")) != "SUCH" and not reader.nodes[match.start("i")].lower.startswith("include")):
            continue
        cue = (match.start("v"), match.start("v") + 1)
        for found in _claim(reader, match.start("s"), trigger.kind, match.start("o"), cue, "class of"):
            yield replace(found, aspect=trigger.aspect, lemma=trigger.lemma)


def _in_response(reader: ClauseReader) -> Iterator[Found]:
    """Yield "T cells make Y in response to X"."""
    source = pattern(rf"<PAREN>? (?P<a><AFTER>) {_G}{{0,3}} (?P<s><E>)")
    for at, (_, object_) in sorted(reader.ends.items()):
        trigger = reader.nodes[at].trigger
        product = reader.subject_of(at) if reader.tag_at(at) == "VP" else object_
        if trigger is None or trigger.kind not in {"PRODUCE", "EXPRESS"} or product is None:
            continue
        last = max([place for place in reader.ends[at] if place is not None] + [at])
        match = source.match(reader.codes, last + 1)
        if match is None or reader.nodes[match.start("a")].lower != "in response to":
            continue
        cause = reader.phrase_at(match.start("s"))
        if cause is not None and reader.context.kind(cause) == "molecule":
            for found in _claim(reader, match.start("s"), "INC", product, (at, at + 1), "in response to"):
                yield replace(found, aspect=trigger.aspect)


def _more_frequent(reader: ClauseReader) -> Iterator[Found]:
    """Yield "Y was more common with X" and "fewer patients on X than on Z had Y" of a drug and an event."""
    source = pattern(
        rf"(?P<o><E>) (?:<BE|HAVE|ADV|NUM|X|AS|NEG|DET|MODAL>){{1,8}} (?P<f><X>) <BEARER|AS|PREP|X>{{0,2}} <WITH|ON|AFTER|IN|GIVEN> {_G}{{0,3}} (?P<s><E>)"
    )
    for match in source.finditer(reader.codes):
        words = {node.lower for node in reader.nodes[match.start("o") + 1 : match.start("f") + 1]}
        if reader.nodes[match.start("f")].lower not in _FREQUENT:
            continue
        compared = bool(words & {"more", "less", "twice", "times", "commoner", "rarer", "equally", "half", "often"}) or any("fold" in word for word in words)
        kind = "PREVENT" if words & {"less", "rarer", "half"} else "CAUSE"
        if compared:
            yield from _drug_and_event(reader, match.start("s"), kind, match.start("o"), (match.start("f"), match.start("f") + 1))
    source = pattern(
        rf"(?P<f><DOWN|ADV|UP|X>?) <OF|DET>{{0,2}} (?:<BEARER> <X>?)? <ON|WITH|GIVEN|IN|TO>? {_G}{{0,3}} (?P<s><E>) <THAN> {_ANYTHING}{{1,6}}? "
        rf"(?P<v><HAVE|GV|VA>) {_G}{{0,3}} (?P<o><E>)"
    )
    for match in source.finditer(reader.codes):
        word = reader.nodes[match.start("f")].lower.split(" ")[0]
        if word in {"fewer", "more", "less"} and reader.tag_at(match.start("f") + 1) in {"BEARER", "OF", "DET", "THAN"}:
            kind = "CAUSE" if word == "more" else "PREVENT"
            yield from _drug_and_event(reader, match.start("s"), kind, match.start("o"), (match.start("v"), match.start("v") + 1))


_FREQUENT = frozenset({"common", "commoner", "frequent", "prevalent", "rarer", "rare", "infrequent", "likely"})


def _drug_and_event(reader: ClauseReader, subject: int, kind: str, object_: int, cue: tuple[int, int]) -> Iterator[Found]:
    first, second = reader.phrase_at(subject), reader.phrase_at(object_)
    if first is None or second is None or reader.context.kind(second) != "disease" or not (first.given or reader.context.is_drug(first)):
        return
    yield from _claim(reader, subject, kind, object_, cue, "more frequent")


def _unchanged(reader: ClauseReader) -> Iterator[Found]:
    """Yield "X left Y unchanged" and "Y was unaffected by X": X has no effect on Y."""
    left = pattern(rf"(?P<v><GV>) {_G}{{0,3}} (?P<o><E>) <ADV|PAREN>{{0,2}} (?P<u><X|ADV|GV>)")
    for match in left.finditer(reader.codes):
        if reader.nodes[match.start("v")].lower in {"left", "leaves", "leave"} and reader.nodes[match.start("u")].lower in _SAME:
            cue = (match.start("v"), match.start("v") + 1)
            yield from _claim(reader, reader.subject_of(match.start("v")), "AFF", match.start("o"), cue, "leaves unchanged", negated=True)
    stays = pattern(rf"(?P<o><E>) <PAREN>? (?:<BE|GV|HAVE|MODAL|ADV|X>){{1,3}} (?P<u><X|GV>) <PAREN>? <BY|AFTER|WITH|ON> {_G}{{0,3}} (?P<s><E>)")
    for match in stays.finditer(reader.codes):
        agent = reader.phrase_at(match.start("s"))
        if reader.nodes[match.start("u")].lower in _SAME and agent is not None and reader.context.kind(agent) != "disease":
            cue = (match.start("u"), match.start("u") + 1)
            yield from _claim(reader, match.start("s"), "AFF", match.start("o"), cue, "unchanged by", negated=True)


_SAME = frozenset({"unchanged", "unaffected", "unaltered", "untouched", "intact", "unmodified", "uninfluenced"})


def _countering(reader: ClauseReader) -> Iterator[Found]:
    """Yield "X blocked the inhibitory effect of Y on Z": X acts on Z against Y; where X strengthens the effect, with it."""
    source = pattern(rf"(?P<v><VA|VP|VG>) (?P<w>(?:<DET|X|ADV|UP|DOWN>){{0,4}}) <EFFECT|N> <OF> {_G}{{0,3}} <E> <ON> (?:{_G}|<LEVEL>|<OF>){{0,4}} (?P<o><E>)")
    for match in source.finditer(reader.codes):
        at = match.start("v")
        trigger = reader.nodes[at].trigger
        words = " ".join(node.lower for node in reader.nodes[match.start("w") : match.end("w")])
        target = reader.phrase_at(match.start("o"))
        own = {"DEC": -1, "PREVENT": -1, "TREAT": -1, "INC": 1}.get(trigger.kind if trigger else "")
        if own is None or target is None or reader.tag_at(at) != "VA":
            continue
        effect = {"DEC": -1, "INC": 1}.get(effect_kind(words, reader.context.kind(target)))
        if effect is not None:
            kind = KIND_OF_CHANGE[own * effect]
            yield from _claim(reader, reader.subject_of(at), kind, match.start("o"), (at, at + 1), "counters")


def _seen_with(reader: ClauseReader) -> Iterator[Found]:
    """Yield "Y seen with X" and "X, to which Y was ascribed" of a drug and an event."""
    seen = pattern(rf"(?P<o><E>) <BE|HAVE|ADV|MODAL|PAREN>{{0,3}} (?P<w><X|CHAIN|GV>) <PAREN>? <WITH|ON|AFTER> {_G}{{0,3}} (?P<s><E>)")
    ascribed = pattern(rf"(?P<s><E>) <COMMA>? <TO> <REL> {_G}{{0,3}} (?P<o><E>) <BE|HAVE|ADV|MODAL>{{1,3}} (?P<w><X|GV|VP|CHAIN>)")
    for source, words in ((seen, _SEEN), (ascribed, _ASCRIBED)):
        for match in source.finditer(reader.codes):
            if reader.nodes[match.start("w")].lower in words:
                cue = (match.start("w"), match.start("w") + 1)
                yield from _drug_and_event(reader, match.start("s"), "CAUSE", match.start("o"), cue)


_SEEN = frozenset({"seen", "observed", "noted", "encountered", "reported", "described", "occurring"})
_ASCRIBED = frozenset({"ascribed", "attributed", "assigned"})


def _following(reader: ClauseReader) -> Iterator[Found]:
    """Yield "Y followed X" of a disease and a drug, which is an order in time."""
    for at, node in enumerate(reader.nodes):
        if node.lower == "followed" and reader.tag_at(at + 1) != "BY" and reader.tag_at(at - 1) not in {"BE", "HAVE"}:
            subject, object_ = reader.subject_of(at), reader.object_of(at)
            event, drug = reader.phrase_at(subject), reader.phrase_at(object_)
            if event is not None and drug is not None and reader.context.kind(event) == "disease" and _administered(reader, drug):
                yield from _claim(reader, object_, "CAUSE", subject, (at, at + 1), "event after")


def _administered(reader: ClauseReader, phrase: Phrase) -> bool:
    return phrase.given or reader.context.categories[phrase.mentions[0]] is Category.DRUG


def _claim(
    reader: ClauseReader, subject: int | None, kind: str, object_: int | None, cue: tuple[int, int], rule: str, *, negated: bool = False
) -> Iterator[Found]:
    first, second = reader.phrase_at(subject), reader.phrase_at(object_)
    if first is not None and second is not None:
        yield Found(subject=first, kind=kind, object=second, cue=cue, rule=rule, negated=negated)


CONSTRUCTIONS: tuple[Callable[[ClauseReader], Iterator[Found]], ...] = (
    _protecting,
    _sensitising,
    _resistant,
    _purposes,
    _included,
    _in_response,
    _more_frequent,
    _unchanged,
    _countering,
    _seen_with,
    _following,
)
