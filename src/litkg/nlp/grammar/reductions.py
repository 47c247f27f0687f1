"""Reductions: how a level, a loss, a blocker or a treatment named beside a mention is folded into its phrase.

Each stage is a list of rules; a rule is a pattern over tags and a function from the matched nodes to one entity node. A new modifier is a new rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from litkg.model import Category
from litkg.nlp.grammar import lexis
from litkg.nlp.grammar.nodes import Node, Phrase, encode, pattern

MOLECULES = frozenset({Category.GENE, Category.CHEMICAL, Category.DRUG, Category.CYTOKINE})
DISEASES = frozenset({Category.DISEASE, Category.PHENOTYPE, Category.ADVERSE_EVENT})
_CHEMICALS = frozenset({Category.CHEMICAL, Category.DRUG})
"""A lack of a gene is a loss of its function, a lack of a substance a low level of it."""
CHANGE_SIGNS = {"INC": 1, "DEC": -1, "AFF": 0, "CAUSE": 1, "PREVENT": -1, "TREAT": -1, "WORSEN": 1, "PRODUCE": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the grammar may know of the mentions: concept id and main category, by mention index; `administered` are the ids of genes that are given as
    drugs; `recessive`: the sentence speaks of a recessive trait."""

    concepts: Sequence[str]
    categories: Sequence[Category]
    administered: frozenset[str] = frozenset()
    recessive: bool = False

    def kind(self, phrase: Phrase) -> str:
        """Return `molecule`, `disease` or the category's own name, of the phrase's first mention."""
        category = self.categories[phrase.mentions[0]]
        if category in MOLECULES:
            return "molecule"
        return "disease" if category in DISEASES else category.value

    def is_drug(self, phrase: Phrase) -> bool:
        """Return whether the phrase's first mention is a drug."""
        return self.categories[phrase.mentions[0]] is Category.DRUG


Groups = Mapping[str, tuple[Node, ...]]
Build = Callable[[Groups, Context], Phrase | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reduction: `source` is a pattern over tags whose group `e` is the entity that stays; `build` gives its new phrase, or None to leave all as it is."""

    name: str
    source: str
    build: Build


def _head(groups: Groups) -> Phrase:
    phrase = groups["e"][0].phrase
    assert phrase is not None  # noqa: S101  (group e always matches an entity node)
    return phrase


def _level(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    aspect = next((lexis.LEVEL_ASPECTS[node.lower] for node in groups["level"] if node.lower in lexis.LEVEL_ASPECTS), None)
    kind = context.kind(head)
    if kind == "disease":
        aspect = "severity" if aspect == "severity" else None
    elif aspect == "severity":
        aspect = None
    return replace(head, aspect=aspect or head.aspect)


def _effect(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    return replace(head, aspect="activity" if context.kind(head) == "molecule" else head.aspect)


def _adjective(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    if head.level is not None or head.change is not None:
        return None
    if head.given:
        return head  # "high doses of X": much of it is given, not found
    if groups["a"][0].lower in {"unopposed", "excess", "excessive"}:
        return replace(head, level=1)
    return replace(head, level=1 if groups["a"][0].tag == "UP" else -1)


_AMOUNTS = frozenset({"high", "higher", "low", "lower", "excess", "excessive", "unopposed"})


def _amount(groups: Groups, context: Context) -> Phrase | None:
    """Return X as found in some amount in "high X-induced Y", and leave "reduced X-induced Y" alone, where Y is what is reduced."""
    return _adjective(groups, context) if groups["a"][0].lower in _AMOUNTS else None


def _state(state: str) -> Build:
    def build(groups: Groups, context: Context) -> Phrase | None:
        head = _head(groups)
        if context.kind(head) == "disease":
            return None
        if state == "loss_of_function" and context.categories[head.mentions[0]] in _CHEMICALS and head.level is None:
            return replace(head, level=-1)
        return replace(head, state=state)

    return build


def _lost(groups: Groups, context: Context) -> Phrase | None:
    """Return X as lost in "X deficiency", and leave "X lacked" alone."""
    return None if groups["l"][0].lower in {"lacks", "lacked", "lacking"} else _state("loss_of_function")(groups, context)


def _variant(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    if context.kind(head) != "molecule":
        return None
    words = {word for name in ("pre", "v") for node in groups.get(name, ()) for word in node.lower.replace("-of-", "_of_").split()}
    words |= {word.replace("_of_", "-of-") for word in words}
    if words & lexis.GAIN_OF_FUNCTION_WORDS:
        return replace(head, state="gain_of_function")
    if words & lexis.LOSS_OF_FUNCTION_WORDS or context.recessive:
        return replace(head, state="loss_of_function")
    return replace(head, state="variant")


def _agent(sign: int) -> Build:
    def build(groups: Groups, context: Context) -> Phrase | None:
        head = _head(groups)
        return replace(head, agent=sign) if context.kind(head) != "disease" else None

    return build


def _given(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    return replace(head, given=True) if context.kind(head) in {"molecule", "CellType"} else None


def _lacking(groups: Groups, context: Context) -> Phrase | None:
    head, bearer = _head(groups), groups["c"][0].phrase
    if bearer is not None and context.kind(bearer) not in {"CellType", "CellLine", "Organism"}:
        return None
    return replace(head, state="loss_of_function") if context.categories[head.mentions[0]] in {Category.GENE, Category.CYTOKINE} else None


def _exposure(groups: Groups, context: Context) -> Phrase | None:
    """Return what cells or tissues are exposed to."""
    treated = groups["c"][0].phrase
    return _given(groups, context) if treated and context.kind(treated) in {"CellType", "CellLine", "Organism"} else None


_TAKING = frozenset(
    [
        "took",
        "take",
        "takes",
        "taking",
        "taken",
        "received",
        "receive",
        "receives",
        "receiving",
        "used",
        "use",
        "uses",
        "using",
        "ingested",
        "swallowed",
        "given",
        "prescribed",
    ]
)


def _taking(groups: Groups, context: Context) -> Phrase | None:
    return _given(groups, context) if any(node.lower in _TAKING for node in groups["v"]) else None


def _on_drug(groups: Groups, context: Context) -> Phrase | None:
    return _given(groups, context) if context.is_drug(_head(groups)) else None


def _responses(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    return head if context.kind(head) == "molecule" and groups["r"][0].lower.startswith("response") else None


def _sensitivity(sign: int) -> Build:
    def build(groups: Groups, context: Context) -> Phrase | None:
        """Return what something answers to, as its activity; resistance is a fall of it, and susceptibility to a disease the risk of it."""
        head, word = _head(groups), groups["r"][0]
        if context.kind(head) == "disease" and word.lower.startswith(("susceptibility", "vulnerability")):
            return replace(head, risk=True)
        if context.kind(head) != "molecule" or not word.lower.startswith(("respons", "sensitivity", "resistance", "insensitivity", "susceptibility")):
            return None
        return replace(head, aspect="activity", change=sign or head.change)

    return build


def _gene(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    return head if groups["n"][0].lower in {"gene", "genes", "gene,"} and context.categories[head.mentions[0]] is Category.GENE else None


def _stimulus(groups: Groups, context: Context) -> Phrase | None:
    return _given(groups, context) if "stimulation" in groups["n"][0].lower else None


def _borne(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    if context.kind(head) != "disease":
        return replace(head, borne=True) if head.state or head.level or head.given else None
    return replace(head, borne=True)


def _occurs(groups: Groups, context: Context) -> Phrase | None:
    return _head(groups)


def _risk(groups: Groups, context: Context) -> Phrase | None:
    return replace(_head(groups), risk=True)


_REMOVING = frozenset({"degrade", "break down", "deplete", "suppress", "repress", "inactivate"})


def _change(groups: Groups, context: Context) -> Phrase | None:
    head = _head(groups)
    trigger = groups["n"][0].trigger
    if trigger is not None and head.change == -1 and trigger.lemma in _REMOVING and not head.borne:
        return replace(head, change=1, blocked=False)  # "inhibition of X degradation"
    if trigger is None or trigger.kind not in CHANGE_SIGNS or head.change is not None or head.borne:
        return None
    sign = CHANGE_SIGNS[trigger.kind]
    if trigger.kind == "TREAT" and context.kind(head) != "disease":
        sign = 1
    if trigger.kind == "AFF" and groups["n"][0].lower == "dysregulation":
        sign = 0
    blocked = sign < 0 and (trigger.aspect == "activity" or groups["n"][0].lower in {"knockdown", "silencing", "suppression"})
    return replace(head, change=sign, blocked=blocked, aspect=head.aspect or (trigger.aspect if context.kind(head) != "disease" else "severity"))


_GAP = "<DET|X|ADV|NUM|PAREN|QUOTE>"
_OPENING = "(?:^|(?<=<COMMA|SEMI|REL|SUB|AND>))"
_ADJUNCT = f"(?:<WITH|BY|IN> {_GAP}{{0,3}} <E|BEARER>)"
STAGES: tuple[tuple[Rule, ...], ...] = (
    (
        Rule("blocker of", rf"<BLOCKER> <OF|AGAINST|TO> {_GAP}{{0,2}} (?P<e><E>)", _agent(-1)),
        Rule("stimulator of", rf"<STIMULATOR> <OF> {_GAP}{{0,2}} (?P<e><E>)", _agent(1)),
        Rule("anti-X", r"<ANTI> <HYPHEN>? (?P<e><E>) <HYPHEN>? <X>{0,2} <BLOCKER>?", _agent(-1)),
        Rule("X blocker", r"(?P<e><E>) <HYPHEN>? <BLOCKER>", _agent(-1)),
        Rule("X agonist", r"(?P<e><E>) <HYPHEN>? <STIMULATOR>", _agent(1)),
        Rule("X variants", r"(?P<pre><X|DOWN|UP>{0,3}) (?P<e><E>) <HYPHEN>? <X>? (?P<v><VARIANT>)", _variant),
        Rule("variants of X", rf"(?P<pre><X|DOWN|UP|LOSS>{{0,3}}) (?P<v><VARIANT>) (?:<OF|IN|VG>) {_GAP}{{0,3}} (?P<e><E>)", _variant),
        Rule("gene for X", rf"(?P<n><X>) (?:<FOR> | <X>) {_GAP}{{0,2}} (?P<e><E>)", _gene),
        Rule("mRNA for X", rf"(?P<level><LEVEL>) <FOR> {_GAP}{{0,2}} (?P<e><E>)", _level),
        Rule("cells that lack X", rf"(?P<c><E|BEARER>) <PAREN>? (?:<REL> <LACK|LOSS>|<LACK>) {_GAP}{{0,3}} (?P<e><E>)", _lacking),
        Rule("exposure of cells to X", rf"<GIVE|X> <OF> {_GAP}{{0,2}} (?P<c><E>) <PAREN>? <WITH|TO> {_GAP}{{0,3}} (?P<e><E>)", _exposure),
        Rule("patients who took X", rf"<BEARER> <REL> (?P<v><X|GV|VA|BE|HAVE|GIVEN|ADV>{{1,3}}) {_GAP}{{0,3}} (?P<e><E>)", _taking),
        Rule("patients on X", rf"<BEARER> <X>? <ON> {_GAP}{{0,3}} (?P<e><E>)", _on_drug),
        Rule("exposure to X", rf"<GIVE> <PAREN> (?:<WITH|TO|OF>) {_GAP}{{0,3}} (?P<e><E>)", _given),
        Rule("X loss", r"(?P<e><E>) <HYPHEN>? (?P<l><LOSS|LACK>) <BEARER>?", _lost),
        Rule("loss of X", rf"<LOSS> (?:<OF> <LEVEL>)? <OF|IN> {_GAP}{{0,3}} (?P<e><E>)", _state("loss_of_function")),
        Rule("lacking X", rf"<BEARER>? <LACK> {_GAP}{{0,3}} (?P<e><E>)", _state("loss_of_function")),
    ),
    (
        Rule("X levels", r"(?P<e><E>) <HYPHEN>? <X>{0,1} (?P<level><LEVEL>+)", _level),
        Rule("levels of X", rf"(?P<level><LEVEL>+ (?:<OF> <LEVEL>+)?) (?:<OF|IN>|<PAREN> <OF>) {_GAP}{{0,3}} (?P<e><E>)", _level),
        Rule("X effect", r"(?P<e><E>) <EFFECT> (?!<ON>)", _effect),
        Rule("effects of X", rf"<EFFECT> <OF> {_GAP}{{0,3}} (?P<e><E>) (?!<ON|IN|AGAINST>)", _effect),
        Rule("X responses", r"(?P<e><E>) (?P<r><RESPONSE>) (?!<TO>)", _responses),
        Rule("sensitivity to X", rf"(?P<r><RESPONSE|SENSITIVE>) <TO>? {_GAP}{{0,2}} (?P<e><E>)", _sensitivity(0)),
        Rule("resistance to X", rf"(?P<r><RESISTANT>) {_GAP}{{0,2}} (?P<e><E>)", _sensitivity(-1)),
        Rule("efficacy of X", rf"<EFFICACY> <OF> {_GAP}{{0,2}} (?P<e><E>) (?!<IN|FOR|AGAINST>)", _effect),
        Rule("X efficacy", r"(?P<e><E>) <EFFICACY> (?!<IN|FOR|AGAINST>)", _effect),
        Rule("high X", r"(?P<a><UP|DOWN>) <X|ADV|NUM>{0,3} (?P<e><E>) (?!<SUFF>)", _adjective),
        Rule("high X-induced", r"(?P<a><UP|DOWN>) <X|ADV|NUM>{0,3} (?P<e><E>) (?=<SUFF>)", _amount),
        Rule("X-treated", r"(?P<e><E>) <GIVEN> <BEARER>?", _given),
        Rule("treated with X", rf"<BEARER>? <GIVEN> <WITH|BY|TO>? {_GAP}{{0,3}} (?P<e><E>)", _given),
        Rule("treatment with X", rf"<GIVE> (?:<OF|WITH|BY|TO>) {_GAP}{{0,3}} (?P<e><E>)", _given),
        Rule("X treatment", r"(?P<e><E>) <HYPHEN>? <X>? <GIVE>+", _given),
        Rule("stimulation with X", rf"(?P<n><N>) (?:<BY|WITH>) {_GAP}{{0,3}} (?P<e><E>)", _stimulus),
        Rule("risk of X", rf"<RISK> (?:<OF|FOR>) {_GAP}{{0,3}} (?P<e><E>)", _risk),
        Rule("X risk", r"(?P<e><E>) <RISK>", _risk),
        Rule("onset of X", rf"<OCCUR> <OF> {_GAP}{{0,3}} (?P<e><E>)", _occurs),
        Rule("patients with X", r"<BEARER> <X>? (?:<WITH>|<X> <FROM>) (?:<DET|X|ADV|NUM|PAREN|UP|DOWN>){0,4} (?P<e><E>)", _borne),
        Rule("X patients", r"(?P<e><E>) <X>? <BEARER>", _borne),
    ),
    (
        Rule("increase in X", rf"(?P<n><N>) (?:<IN|OF>) {_GAP}{{0,3}} (?P<e><E>) (?!<ON|SUFF>)", _change),
        Rule("raising X", rf"{_OPENING} (?P<n><VG>) {_GAP}{{0,3}} (?P<e><E>) (?={_ADJUNCT}? <ADV>? <VA|BE|HAVE|MODAL|DO>)", _change),
        Rule("X increase", r"(?P<e><E>) <HYPHEN>? (?P<n><N>)(?!<OF>|<IN><DET|X|ADV|NUM>{0,3}<E>)", _change),
        Rule("high X", r"(?P<a><UP|DOWN>) <X|ADV|NUM>{0,3} (?P<e><E>) (?!<SUFF>)", _adjective),
        Rule("high X-induced", r"(?P<a><UP|DOWN>) <X|ADV|NUM>{0,3} (?P<e><E>) (?=<SUFF>)", _amount),
    ),
)


def apply_rules(rules: Sequence[Rule], nodes: list[Node], context: Context) -> list[Node]:
    """Return the nodes after each rule, in order, was applied wherever it fits."""
    codes = encode(nodes)
    for rule in rules:
        compiled = pattern(rule.source)
        position = 0
        while (match := compiled.search(codes, position)) is not None:
            groups = {name: tuple(nodes[match.start(name) : match.end(name)]) for name in compiled.groupindex if match.start(name) >= 0}
            phrase = rule.build(groups, context)
            if phrase is None:
                position = match.start() + 1
                continue
            nodes = fold(nodes, match.start(), match.end(), phrase)
            codes = encode(nodes)
            position = match.start()
    return nodes


def fold(nodes: list[Node], start: int, end: int, phrase: Phrase) -> list[Node]:
    """Return the nodes with those from `start` to `end` folded into one entity node."""
    covered = nodes[start:end]
    inner = tuple(node for outer in covered for node in (outer.inner or (outer,)))
    folded = Node(tag="E", start=covered[0].start, end=covered[-1].end, lower=" ".join(node.lower for node in covered), phrase=phrase, inner=inner)
    return [*nodes[:start], folded, *nodes[end:]]
