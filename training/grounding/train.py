"""Learns the weights and counts of grounding, and measures them on the training parts by cross-validation.

    .venv/bin/python -m training.grounding.train --corpora ../shared/corpora

Writes `weights.toml`, `prior.tsv` and the lexicon's `retired.tsv` into the package, and the figures into training/grounding/metrics.json. In cross-validation
counts, weights and withdrawn ids come from the other folds; where weights are fitted, an abstract's own counts are left out, since they would make the
counts look better than they are.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from litkg.evaluation.link_mentions import same_ids
from litkg.grounding.ground import Entry, Grounder
from litkg.grounding.name_search import NEAR_GROUPS, NameSearch
from litkg.grounding.prior import ANY_NAME, Counts, Prior
from litkg.grounding.score import Part, Weights
from litkg.grounding.spelling import NearNames
from litkg.grounding.surroundings import Surroundings
from litkg.lexicon.lookup import Lexicon
from litkg.lexicon.normalise import match_key
from litkg.lexicon.storage import FAMILY_PREFIXES
from litkg.model import GROUPS, Mention
from litkg.nlp.pipeline import LEXICON_ONLY, load_pipeline
from litkg.settings import settings_from_environment
from litkg.workflow import DocumentConcepts
from training.grounding.counts import Counted, commonest, count
from training.grounding.examples import FOLDS, Abstract, mentions_of, parts, read_abstracts
from training.grounding.fit import Choice, fit
from training.grounding.retired import learn_retired, renewed

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "litkg" / "grounding"
METRICS = Path(__file__).resolve().parent / "metrics.json"
RETIRED = PACKAGE.parent / "lexicon" / "retired.tsv"
RETIRED_HEAD = "# Ids that MeSH has withdrawn, the current id of each, and the name that annotators gave it. Made by training/grounding; sources in NOTICE.\n"
OF_UNKNOWN_KIND = 0.3
"""What a name counts for once more with its kind unknown: at 1 names of unknown kind are no better, and diseases whose kind is known .2 points worse."""
MOST_WORDS = 6
"""Words of a name in the shipped table."""
Make = Callable[..., Grounder]
"""Makes a grounder with a `prior` and `weights`."""
Scores = dict[tuple[str, str], Counter[bool]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--decay", type=float, default=1.0, help="how strongly weights are drawn to 0")
    parser.add_argument("--unmeasured", action="store_true", help="learn and write, without cross-validation")
    parser.add_argument("--dry", action="store_true", help="measure alone; write nothing")
    arguments = parser.parse_args()
    settings = settings_from_environment(os.environ)
    with Lexicon.open(settings.lexicon_path, retired={}) as lexicon:
        near, search = NearNames.open(settings.lexicon_path, lexicon.info()), NameSearch.open(settings.lexicon_path, lexicon.info())
        if near is None or search is None or not search.is_whole():
            raise SystemExit("the lexicon lacks its indexes of spellings and words: run `litkg lexicon build --force`")
        make = partial(Grounder, lexicon, near=near, search=search)
        abstracts = read_abstracts(arguments.corpora, lexicon, load_pipeline(lexicon, DocumentConcepts(lexicon), ner_model=LEXICON_ONLY))
        figures = {} if arguments.unmeasured else cross_validate(abstracts, lexicon, arguments.decay, make)
        for (corpus, kind), values in figures.items():
            print(f"{corpus}\t{kind}\t" + "\t".join(f"{name} {value}" for name, value in values.items()), flush=True)
        if arguments.dry:
            return
        retired = learn_retired(abstracts, lexicon)
        abstracts = renewed(abstracts, retired)
        counted = count(abstracts)
        weights = fit(choices(abstracts, lexicon, counted, make), decay=arguments.decay)
        lines = table(counted, lexicon, Weights(weights), make)
    (PACKAGE / "weights.toml").write_text(as_toml(weights, arguments.decay), encoding="utf-8")
    RETIRED.write_text(RETIRED_HEAD + "".join(f"{old}\t{new}\t{name}\n" for old, (new, name) in retired.items()), encoding="utf-8")
    (PACKAGE / "prior.tsv").write_text("".join(lines), encoding="utf-8")
    if arguments.unmeasured:
        return
    report = {
        "measure": "accuracy on gold mentions, %, by cross-validation over documents of the training parts",
        "folds": FOLDS,
        "documents": Counter(abstract.corpus for abstract in abstracts),
        "names in the prior": len(lines) - 2,
        "figures": [{"corpus": corpus, "type": kind, **values} for (corpus, kind), values in figures.items()],
    }
    METRICS.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def choices(abstracts: Iterable[Abstract], lexicon: Lexicon, counted: Counted, make: Make) -> list[Choice]:
    """Return the choices that each name with an id is, with its kind known and without, with counts that leave its own abstract out."""
    found = []
    shared = make(prior=counted.prior(), weights=Weights({}))
    for abstract in abstracts:
        own = counted.has(abstract.pmid)
        grounder = make(prior=counted.without(abstract.pmid), weights=Weights({})) if own else shared
        surroundings = Surroundings(abstract.text, [name.mention for name in abstract.names], abstract.abbreviations)
        for name in abstract.names:
            if name.ids:
                for mention, counts in ((name.mention, 1.0), (replace(name.mention, component="litkg_lexicon"), OF_UNKNOWN_KIND)):
                    choice = _choice(mention, name.ids, abstract.abbreviations, surroundings, grounder, lexicon)
                    if any(choice.right) or _is_judged(choice):
                        found.append(replace(choice, counts=counts))
        for mention in abstract.classes:
            entry = grounder.entry(mention, (), abstract.abbreviations, surroundings)
            if any(option.likeness is not None for option in entry.options):
                found.append(_as_class(mention, entry, surroundings, grounder))
    return found


def _as_class(mention: Mention, entry: Entry, surroundings: Surroundings, grounder: Grounder) -> Choice:
    """Return the choice that a name of a class of genes is: no gene is right, and the corpora do not say which family is."""
    parts = _parts(mention, entry, surroundings, grounder)
    genes = tuple(part for part, option in zip(parts, entry.options, strict=True) if not option.candidate.concept.startswith(FAMILY_PREFIXES))
    return Choice(genes, (False,) * len(genes))


def _parts(mention: Mention, entry: Entry, surroundings: Surroundings, grounder: Grounder) -> tuple[tuple[Part, ...], ...]:
    here = [grounder.text_features(mention, option, surroundings) for option in entry.options]
    return tuple(grounder.weights.parts(lasting.features + added) for lasting, added in zip(entry.weighed, here, strict=True))


def _choice(
    mention: Mention, ids: frozenset[str], abbreviations: Mapping[str, str], surroundings: Surroundings, grounder: Grounder, lexicon: Lexicon
) -> Choice:
    given = () if mention.component == "gold" else lexicon.lookup(mention.text)
    entry = grounder.entry(mention, given, abbreviations, surroundings)
    right = tuple(is_right(lexicon, option.candidate.concept, ids) for option in entry.options)
    return Choice(_parts(mention, entry, surroundings, grounder), right)


def _is_judged(choice: Choice) -> bool:
    """Tell whether a candidate has an id by which it could be right: what has none may be right, and the corpora cannot say so."""
    return any(part.feature == "id that tables are joined by" for parts in choice.options for part in parts)


def is_right(lexicon: Lexicon, curie: str, ids: frozenset[str]) -> bool:
    """Tell whether a concept has one of the ids."""
    concept = lexicon.concept(curie)
    return concept is not None and not same_ids(concept).isdisjoint(ids)


def cross_validate(abstracts: Sequence[Abstract], lexicon: Lexicon, decay: float, make: Make) -> dict[tuple[str, str], dict[str, float]]:
    """Return by corpus and type the accuracy and the share of names with a right candidate, in per cent. All that is learned, withdrawn ids too, comes from
    the other folds."""
    scores: dict[str, Scores] = {"all": defaultdict(Counter), "among candidates": defaultdict(Counter)}
    folds = []
    for others, own in parts(abstracts):
        retired = learn_retired(others, lexicon)
        folds.append((count(renewed(others, retired)), renewed(own, retired)))
    learned = [choices(own, lexicon, counted, make) for counted, own in folds]
    for number, (counted, own) in enumerate(folds):
        weights = Weights(fit(_others(learned, number), decay=decay))
        measure(own, lexicon, counted.prior(), weights, make, scores["all"], scores["among candidates"])
    return {
        key: {"mentions": scores["all"][key].total()} | {name: round(100 * found[key][True] / found[key].total(), 1) for name, found in scores.items() if found}
        for key in sorted(scores["all"])
    }


def _others(found: Sequence[Sequence[Choice]], own: int) -> list[Choice]:
    return [choice for number, part in enumerate(found) if number != own for choice in part]


def measure(abstracts: Iterable[Abstract], lexicon: Lexicon, prior: Counts, weights: Weights, make: Make, right: Scores, reachable: Scores) -> None:
    """Count which names are grounded right, and for which a right candidate was there."""
    grounder = make(prior=prior, weights=weights)
    for abstract in abstracts:
        surroundings = Surroundings(abstract.text, [name.mention for name in abstract.names], abstract.abbreviations)
        groundings = grounder.ground(mentions_of(abstract), abbreviations=abstract.abbreviations, text=abstract.text)
        for name, grounding in zip(abstract.names, groundings, strict=True):
            if not name.ids:
                continue
            concept = grounding.concept
            key = (abstract.corpus, name.kind)
            right[key][concept is not None and not same_ids(concept).isdisjoint(name.ids)] += 1
            options = grounder.entry(name.mention, (), abstract.abbreviations, surroundings).options
            reachable[key][any(is_right(lexicon, option.candidate.concept, name.ids) for option in options)] += 1


def table(counted: Counted, lexicon: Lexicon, weights: Weights, make: Make) -> list[str]:
    """Return the lines of the shipped table, sorted: a spelling of the name (empty where any counts), group, id, abstracts. Ids that the lexicon
    lacks are left out, and so are names of more than MOST_WORDS, which no other paper will use, and those seen in one abstract that are grounded so without
    the table."""
    grounder = make(prior=Prior(), weights=weights)
    rows = []
    for (key, group), found in counted.abstracts.items():
        spelling = commonest(counted.spellings[key, group])
        held = {curie: len(pmids) for curie, pmids in found.items() if lexicon.concept(curie) is not None}
        if key == ANY_NAME:
            rows += [f"\t{group}\t{curie}\t{number}\n" for curie, number in held.items() if group in NEAR_GROUPS]
            continue
        if match_key(spelling) != key or not held or len(spelling.split()) > MOST_WORDS:
            continue
        if sum(held.values()) == 1:
            label = next(category for category, name in GROUPS.items() if name == group)
            mention = Mention(document_id="", start=0, end=0, text=spelling, label=label, component="gold")
            best = grounder.rank(mention, (), abbreviations={}, text="")
            if best and is_right(lexicon, best[0].candidate.concept, frozenset(held)):
                continue
        rows += [f"{spelling}\t{group}\t{curie}\t{number}\n" for curie, number in held.items()]
    head = [
        "# How often names mean ids in annotated abstracts: name, kind of name, id, abstracts. Made by training/grounding; sources and licences in NOTICE.\n",
        "# A line without a name counts all names of the id. Names of one abstract that grounding resolves alike without this table are left out.\n",
    ]
    return head + sorted(rows)


def as_toml(weights: Mapping[str, float], decay: float) -> str:
    lines = [
        "# Weights of the features of candidates (features.py), in log odds. Learned by training/grounding from the training parts of BC5CDR, NCBI disease,",
        f"# GNormPlus, NLM-Gene and BioRED: a softmax over the candidates of each mention, L2 penalty {decay}. Figures: training/grounding/metrics.json.",
        "[weights]",
        *(f"{json.dumps(name, ensure_ascii=False)} = {weight}" for name, weight in sorted(weights.items())),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
