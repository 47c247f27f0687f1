"""Where litkg keeps its files and how it reaches services: one frozen record, built from the environment by the command line only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import platformdirs

from litkg.credentials import secret_of
from litkg.errors import InputError


class Linker(StrEnum):
    """Who chooses the concepts of mentions: litkg's own grounding, or scispaCy's EntityLinker on the same lexicon."""

    LITKG = "litkg"
    SCISPACY = "scispacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of one run. `neo4j_password` and `ncbi_api_key` never appear in its `repr`."""

    home: Path
    store_url: str = "./litkg-graph"
    neo4j_username: str = "neo4j"
    neo4j_password: str | None = field(default=None, repr=False)
    ncbi_base_url: str | None = None
    ncbi_api_key: str | None = field(default=None, repr=False)
    ncbi_email: str | None = None
    linker: Linker = Linker.LITKG

    @property
    def lexicon_path(self) -> Path:
        """The folder of the built lexicon."""
        return self.home / "lexicon"

    @property
    def download_path(self) -> Path:
        """The folder of pinned downloads."""
        return self.home / "downloads"

    @property
    def kept_path(self) -> Path:
        """The folder of what was worked out of graphs on servers and can be worked out again."""
        return self.home / "kept"


def settings_from_environment(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `LITKG_HOME`, `LITKG_STORE`, `NEO4J_URI`, `NEO4J_USERNAME`, `NEO4J_PASSWORD`, `NCBI_BASE_URL`,
    `NCBI_API_KEY`, `NCBI_EMAIL` and `LITKG_LINKER` ask for; `LITKG_STORE` goes before `NEO4J_URI`.

    `NEO4J_PASSWORD_FILE` and `NCBI_API_KEY_FILE` name files with these secrets, for their owner alone to read.
    Raises: InputError for a linker that there is not, and a file of a secret that others can read.
    """
    home = environ.get("LITKG_HOME")
    linker = environ.get("LITKG_LINKER") or Linker.LITKG
    if linker not in list(Linker):
        raise InputError(f"LITKG_LINKER={linker}: set it to {' or '.join(Linker)}, or unset it")
    return Settings(
        home=Path(home).expanduser() if home else Path(platformdirs.user_data_dir("litkg")),
        store_url=environ.get("LITKG_STORE") or environ.get("NEO4J_URI") or "./litkg-graph",
        neo4j_username=environ.get("NEO4J_USERNAME") or "neo4j",
        neo4j_password=secret_of(environ, "NEO4J_PASSWORD"),
        ncbi_base_url=environ.get("NCBI_BASE_URL") or None,
        ncbi_api_key=secret_of(environ, "NCBI_API_KEY"),
        ncbi_email=environ.get("NCBI_EMAIL") or None,
        linker=Linker(linker),
    )
