"""The words that carry relations: trigger verbs with their forms, and the closed word classes of the relation grammar.

Owns `data/triggers.tsv` (one verb a row, its class, the aspect it names, its nouns) and the tables of words below. Refuses to know how they combine.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word that relates: `kind` is its class (INC, DEC, CAUSE, AFF, ...), `aspect` what it changes of its object, if the verb says so."""

    lemma: str
    kind: str
    aspect: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form: `tag` is VB (base), VBZ, VBD (past or participle), VBN, VBG or NN."""

    trigger: Trigger
    tag: str


_VOWELS = "aeiou"


def inflect(lemma: str, flag: str = "") -> dict[str, str]:
    """Return the forms of an English verb as form -> tag; `flag` holds irregular `past,participle,gerund`, or a letter pair that says it doubles.

    >>> sorted(inflect("reduce"))
    ['reduce', 'reduced', 'reduces', 'reducing']
    >>> inflect("lead to", "led to,led to,leading to")["led to"]
    'VBD'
    """
    head, _, tail = lemma.partition(" ")
    rest = f" {tail}" if tail else ""
    third = head[:-1] + "ies" if head.endswith("y") and head[-2] not in _VOWELS else head + ("es" if head.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if "," in flag:
        past, participle, gerund = flag.split(",")
        if not gerund.endswith(rest):
            gerund += rest
        forms = {past: "VBD", gerund: "VBG"}
        forms.setdefault(participle, "VBN")
    else:
        stem = head + head[-1] if len(flag) == 2 else head
        if stem.endswith("e"):
            past, gerund = stem + "d", stem[:-1] + "ing"
        elif stem.endswith("y") and stem[-2] not in _VOWELS:
            past, gerund = stem[:-1] + "ied", stem + "ing"
        else:
            past, gerund = stem + "ed", stem + "ing"
        forms = {past + rest: "VBD", gerund + rest: "VBG"}
    forms[third + rest] = "VBZ"
    forms[lemma] = "VB"
    return forms


@cache
def load_forms() -> dict[tuple[str, ...], tuple[Form, ...]]:
    """Return every form of every trigger, as a tuple of lower-case words, with the readings it may have (verb before noun)."""
    table: dict[tuple[str, ...], list[Form]] = {}
    text = files("litkg.nlp.grammar").joinpath("data/triggers.tsv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines(), delimiter="\t"):
        trigger = Trigger(lemma=row["lemma"], kind=row["class"], aspect=row["aspect"] or None)
        for form, tag in inflect(row["lemma"], row["forms"]).items():
            for spelling in {form, form.replace("-", " ")}:
                table.setdefault(tuple(spelling.split()), []).append(Form(trigger, tag))
        for noun in filter(None, row["nouns"].split(",")):
            for number in {noun, noun if noun.endswith("s") else noun + "s"}:
                table.setdefault((number,), []).append(Form(trigger, "NN"))
    return {words: tuple(sorted(forms, key=lambda form: form.tag == "NN")) for words, forms in table.items()}


def word_set(text: str) -> frozenset[str]:
    """Return the words of a blank-separated list."""
    return frozenset(text.split())


DETERMINERS = word_set(
    "the a an this these that those its their his her our your each all both any some several many most another such other either one two three"
)
BE = word_set("is are was were be been being 're remains remained became becomes become")
HAVE = word_set("has have had having")
DO = word_set("does do did")
MODALS = word_set("may might could can would should will must")
NEGATIONS = word_set("not n't never cannot hardly")
NEGATIVE_DETERMINERS = word_set("no without")
RELATIVES = word_set("which that who whose whereby")
SUBORDINATORS = word_set(
    "because although though whereas while when if whether unless but however yet so since despite notwithstanding nevertheless "
    "nonetheless furthermore moreover"
)
PREPOSITIONS = {
    **dict.fromkeys(["of"], "OF"),
    **dict.fromkeys(["by", "via", "through"], "BY"),
    **dict.fromkeys(["in", "within", "among", "amongst", "throughout"], "IN"),
    **dict.fromkeys(["with"], "WITH"),
    **dict.fromkeys(["to", "towards", "toward"], "TO"),
    **dict.fromkeys(["from"], "FROM"),
    **dict.fromkeys(["for"], "FOR"),
    **dict.fromkeys(["on", "upon"], "ON"),
    **dict.fromkeys(["after", "following", "during"], "AFTER"),
    **dict.fromkeys(["between"], "BETWEEN"),
    **dict.fromkeys(["against"], "AGAINST"),
    **dict.fromkeys(["than"], "THAN"),
    **dict.fromkeys(["as"], "AS"),
    **dict.fromkeys(["before", "at", "under", "into", "over", "about", "per", "until", "across", "above", "below", "toward", "onto"], "PREP"),
}
LEVEL_ASPECTS = {
    **dict.fromkeys(
        ["level", "levels", "concentration", "concentrations", "amount", "amounts", "content", "count", "counts", "titer", "titers", "abundance"], "abundance"
    ),
    **dict.fromkeys(
        [
            "accumulation",
            "availability",
            "quantity",
            "quantities",
            "number",
            "numbers",
            "percentage",
            "proportion",
            "frequency",
            "frequencies",
            "pool",
            "differentiation",
            "proliferation",
            "expansion",
            "recruitment",
            "infiltration",
            "survival",
            "production",
            "synthesis",
            "biosynthesis",
            "generation",
            "formation",
        ],
        "abundance",
    ),
    **dict.fromkeys(["expression", "mrna", "transcription", "transcript", "transcripts", "translation"], "expression"),
    **dict.fromkeys(["secretion", "release", "output", "efflux"], "secretion"),
    **dict.fromkeys(["activity", "activities", "function", "functions", "signaling", "signalling", "pathway"], "activity"),
    **dict.fromkeys(
        ["severity", "score", "scores", "symptom", "symptoms", "progression", "intensity", "burden", "features", "manifestations", "signs"], "severity"
    ),
}
"""Nouns that name what of a thing is meant, and the aspect that they name."""

BEARERS = word_set(
    "patients patient individuals subjects people persons children adults women men mice rats animals cells carriers infants volunteers "
    "participants those survivors males females cases cohort woman man boy girl infant child"
    " neonate neonates newborns adolescents adolescent elderly volunteer population"
)
"""Nouns for who bears a disease or is given a drug."""

OCCURRENCES = word_set(
    "development onset occurrence incidence prevalence episode episodes recurrence diagnosis presence course pathogenesis "
    "pathophysiology appearance emergence case form forms"
)
"""Nouns that say that a thing occurs, and add nothing to it."""

INTERVENTIONS = word_set(
    "treatment treatments therapy therapies administration injection injections infusion infusions use dose doses dosage exposure "
    "supplementation monotherapy introduction initiation regimen course prescription intake ingestion"
)
"""Nouns that say that a drug is given."""

GIVEN = word_set(
    "treated given receiving received administered stimulated injected exposed incubated challenged infused supplemented prescribed "
    "taking starting initiating beginning fed dosed"
)
"""Participles that say that what follows was given."""

LOSSES = word_set(
    "absence withdrawal discontinuation cessation removal"
    " shortage scarcity lack loss deficiency deficiencies deletion knockout knock-out ablation insufficiency inactivation haploinsufficiency"
)
LOSS_ADJECTIVES = word_set("lacking deficient null knockout knock-out -/-")
VARIANTS = word_set("mutation mutations variant variants polymorphism polymorphisms allele alleles mutant mutants genotype snp snps haplotype haplotypes")
LOSS_OF_FUNCTION_WORDS = word_set(
    "truncating nonsense frameshift null loss-of-function inactivating recessive biallelic deleterious homozygous deletion deletions "
    "hypomorphic missing knockout loss"
)
GAIN_OF_FUNCTION_WORDS = word_set("gain-of-function activating constitutively hypermorphic gain")
UP_ADJECTIVES = word_set(
    "increased elevated high higher raised excess excessive enhanced greater upregulated up-regulated augmented overexpressed unopposed heightened"
)
DOWN_ADJECTIVES = word_set(
    "decreased reduced low lower lowered diminished impaired deficient downregulated down-regulated suppressed depleted attenuated insufficient less"
    " fewer poor perturbed disturbed inadequate defective dysfunctional"
)
BLOCKERS = word_set("inhibitor inhibitors antagonist antagonists blocker blockers antibody antibodies neutralizer suppressor suppressors")
STIMULATORS = word_set("agonist agonists activator activators inducer inducers stimulator stimulators mimetic mimetics")
ANAPHOR_NOUNS = {
    **dict.fromkeys(["cytokine", "interleukin", "chemokine", "interferon"], "Cytokine"),
    **dict.fromkeys(["drug", "agent", "medication", "medicine"], "Drug"),
    **dict.fromkeys(["compound", "amine", "neurotransmitter", "transmitter", "metabolite", "amino acid", "steroid", "vitamin", "mineral"], "Substance"),
    **dict.fromkeys(["substance", "molecule"], "Molecule"),
    **dict.fromkeys(["protein", "gene", "factor", "ligand", "peptide", "hormone"], "Gene"),
    **dict.fromkeys(["enzyme", "receptor", "kinase", "phosphatase", "protease", "caspase", "channel", "transporter", "transcription factor"], "Protein"),
    **dict.fromkeys(["antagonist", "inhibitor", "blocker", "agonist", "activator"], "Blocker"),
    **dict.fromkeys(["antibody", "monoclonal antibody"], "Antibody"),
    **dict.fromkeys(["cell", "lymphocyte", "leukocyte", "phagocyte"], "Cell"),
    **dict.fromkeys(["disease", "disorder", "syndrome", "illness", "condition", "symptom", "complication"], "Disease"),
}
"""Class nouns that stand for something named before, and which of the kinds of `antecedents` it must be."""

DEFINITE_ANAPHORS = word_set(
    "drug cytokine chemokine antagonist agent compound enzyme neurotransmitter disease disorder substance receptor kinase hormone antibody inhibitor"
    " blocker amine"
)
"""Those of them that stand for something named before with "the" alone."""

ERGATIVE = word_set(
    "increase decrease rise fall drop decline improve worsen resolve accelerate expand change surge climb accumulate wane dwindle plummet "
    "deteriorate flare clear heal diminish lessen slow intensify"
)
"""Verbs whose subject may be what changes ("IL-6 rose")."""

CHAIN = word_set(
    "shown found reported known thought believed likely able unlikely seem seems seemed appear appears appeared tend tends tended used "
    "observed demonstrated proven intended meant"
    " proved suggested considered hypothesized hypothesised proposed expected suspected said capable begins began continue continues "
    "continued sufficient required needed act acts acted"
    " designed ability potential capacity tendency works work worked serves serve served started reported"
)
"""Words between a subject and an infinitive or gerund that do the work."""

ADVERBS = word_set(
    "also then thus thereby hence therefore still even further directly both only again often rapidly more less much very well almost "
    "nearly later soon once together alone not-only too"
)
CITATIONS_AND_FIGURES = word_set("fig fig. figure table ref refs. et al al.")
