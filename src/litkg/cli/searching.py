"""`litkg search`: concepts and sentences by their words."""

from __future__ import annotations

from typing import Annotated

import typer

from litkg.cli.console import JsonOption, Row, StoreOption, echo, print_json, print_rows
from litkg.cli.setup import open_graph, read_settings
from litkg.queries import bind, get_query, run_query

CONCEPT_COLUMNS = ("concept_id", "name", "matched", "category", "claims", "documents")
TEXT_COLUMNS = ("evidence_id", "text", "stance", "subject", "predicate", "object", "certainty", "document_id", "year")


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="Words, all of which must be there; words that belong together as one argument.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most concepts and most sentences shown.")] = 10,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find concepts by their names, and evidence by its text.

    A word is found in any case and only whole; "IL-6" finds "IL-6" and "il 6". The shortest name or text comes first. litkg query search-text and
    search-concepts give all columns. Ends with 0 where nothing is found, too.
    """
    text = " ".join(f'"{word}"' if " " in word and '"' not in word and len(words) > 1 else word for word in words)
    with open_graph(read_settings(store)) as graph:
        found: dict[str, list[Row]] = {}
        for name in ("search-concepts", "search-text"):
            canned = get_query(name)
            found[name] = list(run_query(graph, canned, bind(canned, {"words": text, "limit": str(limit)})))
    if as_json:
        print_json({"concepts": found["search-concepts"], "evidence": found["search-text"]})
        return
    print_rows(found["search-concepts"], as_json=False, columns=CONCEPT_COLUMNS, empty=f"no name has the words {text}")
    if found["search-concepts"] and found["search-text"]:
        echo("")
    print_rows(found["search-text"], as_json=False, columns=TEXT_COLUMNS, empty=f"no evidence has the words {text}")
