"""`litkg evaluate --task relation` on a corpus: its documents read with its mentions or with litkg's own, and the report of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litkg.cli.console import counter
from litkg.cli.loading import Tally, extracting_from
from litkg.errors import InputError
from litkg.evaluate import RelationGold, RelationReport, evaluate_relations, given_groundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from litkg.model import Extraction
    from litkg.settings import Settings
    from litkg.sources.annotated import AnnotatedDocuments
    from litkg.workflow import Workflow


def read_relations(path: Path, annotated: AnnotatedDocuments, types: Mapping[str, str]) -> RelationGold:
    """Return the relations of a corpus.

    Raises: InputError, with what to do, for a gold without relations, and for one of which none can be scored.
    """
    gold = RelationGold(annotated.gold, types=types)
    if not annotated.gold.relations:
        told = "PubTator's lines of two ids, BioC's relations, brat's R and E lines, ChemProt's relations.tsv"
        raise InputError(f"{path}: this gold has no relations ({told}): score its mentions with --task ner, and their ids with --task link")
    if not any(gold.pairs.values()):
        reasons = ", ".join(f"{count} {reason.value}" for reason, count in sorted(gold.left_out.items()))
        names = ", ".join(sorted({mention.type for mention in annotated.gold.mentions})) or "none"
        raise InputError(f"{path}: no relation of this gold can be scored ({reasons}); its types are {names}: say what each is, such as --types NAME=Gene")
    return gold


def corpus_report(
    gold: RelationGold, annotated: AnnotatedDocuments, settings: Settings, tally: Tally, ner_model: str | None, convention: str | None, *, given: bool
) -> RelationReport:
    """Return the scores of what litkg reads in a corpus's documents, between its mentions where they are `given`."""
    documents, total = annotated.documents, len(annotated.documents)
    if not given:
        with extracting_from(documents, settings, tally, ner_model=ner_model, convention=convention, total=total) as pairs:
            return evaluate_relations(gold, documents, (extraction for _, extraction in pairs))
    from litkg.nlp.pipeline import LEXICON_ONLY
    from litkg.workflow import Workflow

    with Workflow.open(settings, ner_model=LEXICON_ONLY) as workflow, counter("reading", total) as tell:
        return evaluate_relations(gold, documents, _related(annotated, gold, workflow, tally, tell), given=True)


def _related(annotated: AnnotatedDocuments, gold: RelationGold, workflow: Workflow, tally: Tally, tell: Callable[[str], None]) -> Iterator[Extraction]:
    for raw in annotated.documents:
        tell(raw.source or raw.id)
        tally.read += 1
        yield workflow.relate(raw, given_groundings(gold, raw.id, look_up=workflow.lexicon.lookup))
