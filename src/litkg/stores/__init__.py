"""Graph stores behind one protocol: an embedded one in a folder, and Neo4j."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from litkg.credentials import has_userinfo, without_userinfo
from litkg.errors import StoreError
from litkg.stores.base import Counts, GraphStore

__all__ = ["Counts", "GraphStore", "graph_folder", "open_store"]

NEO4J_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def open_store(
    url: str | Path,
    *,
    username: str | None = None,
    password: str | None = None,
    create: bool = True,
    any_version: bool = False,
    on_wait: Callable[[str], None] | None = None,
) -> GraphStore:
    """Return the store at `url`: a Neo4j server for `neo4j://`, `neo4j+s://`, `bolt://` and their kin, else a folder on this machine.

    `username` (default `neo4j`) and `password` are for a server. With `create` a missing folder is made at the first write; without it, it is an error.
    With `any_version` a graph of another version of the schema is opened too, for who brings it up to date or looks what is wrong with it.
    `on_wait` is told, in one line, when a load waits for a server that went away, and when it goes on.
    Raises: StoreError where the store cannot be opened, SchemaVersionError for a graph of another version.
    """
    scheme, separator, _ = str(url).partition("://")
    if has_userinfo(str(url)):
        raise StoreError(
            f"{without_userinfo(str(url))}: the address had a user name or password in it, which others can read from there; leave them out, and set "
            "NEO4J_USERNAME and NEO4J_PASSWORD, or NEO4J_PASSWORD_FILE with the name of a file of mode 0600"
        )
    if separator and scheme in NEO4J_SCHEMES:
        from litkg.stores.neo4j import Neo4jStore

        return Neo4jStore(str(url), username=username or "neo4j", password=password, any_version=any_version, on_wait=on_wait)
    if separator and scheme != "file":
        raise StoreError(f"unknown kind of store {scheme!r} in {url}; name a folder, or one of {', '.join(f'{name}://' for name in NEO4J_SCHEMES)}")
    from litkg.stores.embedded import EmbeddedStore

    return EmbeddedStore(_folder(url), create=create, any_version=any_version)


def graph_folder(url: str | Path) -> Path | None:
    """Return the folder of the embedded graph at `url`, whether or not it is there; None where `url` is a server's."""
    scheme, separator, _ = str(url).partition("://")
    return None if separator and scheme != "file" else _folder(url)


def _folder(url: str | Path) -> Path:
    return Path(str(url).removeprefix("file://")).expanduser()
