"""What commands open: settings from the environment, the graph, the lexicon, and the whole way of a document."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from litkg.cli.failures import say
from litkg.settings import Linker, Settings, settings_from_environment

if TYPE_CHECKING:
    from litkg.stores import GraphStore


LinkerOption = Annotated[
    Linker | None,
    typer.Option(
        "--linker", help="Who chooses the concepts: litkg, or scispacy's EntityLinker (run litkg lexicon index first). Default: LITKG_LINKER, else litkg."
    ),
]


def read_settings(store: str | None = None, *, linker: Linker | None = None) -> Settings:
    """Return the settings of this run; `store` and `linker` go before the environment."""
    settings = settings_from_environment(os.environ)
    return replace(settings, store_url=store or settings.store_url, linker=linker or settings.linker)


def open_graph(settings: Settings, *, create: bool = False, any_version: bool = False) -> GraphStore:
    """Return the graph that the settings name, with `any_version` of another version of the schema, too.

    Raises: StoreError where it cannot be opened, is not there and is not to be made, or is of another version.
    """
    from litkg.stores import open_store

    return open_store(
        settings.store_url, username=settings.neo4j_username, password=settings.neo4j_password, create=create, any_version=any_version, on_wait=say
    )
