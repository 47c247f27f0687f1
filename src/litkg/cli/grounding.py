"""`litkg ground`: what a name may mean, best first, with the parts of each score."""

from __future__ import annotations

from typing import Annotated

import typer

from litkg.cli.console import JsonOption, print_json, print_rows
from litkg.cli.failures import FAILED, say
from litkg.cli.setup import LinkerOption, read_settings
from litkg.model import Category
from litkg.settings import Linker

_SHOWN = 5
_GUESSED = (Category.DRUG, Category.DISEASE, Category.GENE)
"""Kinds as which a name is tried that the lexicon does not have."""


def ground(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    context: Annotated[str, typer.Option("--context", metavar="TEXT", help="The text that it stands in; short forms that it defines count.")] = "",
    type_: Annotated[
        Category | None, typer.Option("--type", case_sensitive=False, help="What kind of thing a reader would say that it is, as a model's label does.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The most candidates to show.")] = _SHOWN,
    linker: LinkerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the concepts that a name may mean in a text, best first, and what each part of their scores adds; ends with 1 where there is none.

    The score is the probability that the concept is meant. Its parts add up to log odds, against the answer that no candidate is right. With --linker
    scispacy the score is the similarity of the nearest name, and has no parts.
    """
    from litkg.nlp.pipeline import LEXICON_ONLY
    from litkg.workflow import Workflow

    if not name.strip():
        raise typer.BadParameter("a name has a letter at least", param_hint="NAME")
    settings = read_settings(linker=linker)
    with Workflow.open(settings, ner_model=LEXICON_ONLY) as workflow:
        candidates = workflow.candidates(name, text=context, label=type_)[:limit]
        if not candidates and type_ is None:
            # In running text a model says of what kind a name is, and only then what it is near to is tried.
            guesses = [item for kind in _GUESSED for item in workflow.candidates(name, text=context, label=kind)]
            candidates = tuple(sorted(guesses, key=lambda item: -item.score)[:limit])
            if candidates:
                say(f"no concept is called {name!r}; what it may be as a drug, a disease or a gene:")
        if not candidates:
            nearest = "; ".join(f"{near} ({curie})" for curie, near, _ in workflow.lexicon.nearest(name))
            say(f"no concept is called {name!r}" + (f"; written much like it: {nearest}" if nearest else ""))
            raise typer.Exit(FAILED)
    found = [
        {
            "id": item.candidate.concept,
            "name": item.candidate.concept_name,
            "categories": list(item.candidate.categories),
            "score": item.score,
            "log_odds": item.log_odds,
            "reasons": list(item.reasons),
            "parts": [{"feature": part.feature, "value": round(part.value, 4), "adds": round(part.adds, 4), "reason": part.reason} for part in item.parts],
        }
        for item in candidates
    ]
    if as_json:
        print_json(found)
        return
    rows: list[dict[str, object]] = []
    if settings.linker is not Linker.LITKG:
        rows = [{"id": item.candidate.concept, "name": item.candidate.concept_name, "score": item.score, "why": "; ".join(item.reasons)} for item in candidates]
        print_rows(rows, as_json=False)
        return
    for item in candidates:
        rows.append({"id": item.candidate.concept, "name": item.candidate.concept_name, "score": item.score, "adds": item.log_odds, "part": "log odds"})
        rows += [
            {"id": "", "name": "", "score": None, "adds": round(part.adds, 2), "part": part.reason or part.feature}
            for part in sorted(item.parts, key=lambda part: -abs(part.adds))
            if part.adds or part.reason
        ]
    print_rows(rows, as_json=False, columns=("id", "name", "score", "adds", "part"))
