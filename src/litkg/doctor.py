"""Looks at what litkg needs on this machine, and says of each thing whether it is there and what mends it.

Owns the checks; refuses to mend anything, and to reach for the network beyond a graph server that the settings name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from litkg.errors import LitkgError
from litkg.settings import Settings

PYTHONS = ((3, 11), (3, 12))
_PINNED = re.compile(r"([\w.-]+)==([\w.]+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The state of one thing. `needed` tells whether litkg cannot do its main job without it; `remedy` is empty where all is well."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True

    @property
    def state(self) -> str:
        """`ok`, `missing`, or `optional` for what is missing and can stay so."""
        return "ok" if self.ok else "missing" if self.needed else "optional"


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return the checks of everything, in the order in which a user would mend them."""
    return (
        check_python(sys.version_info[:2]),
        check_packages(requires("litkg") or (), _installed_version),
        check_lexicon(settings),
        check_store(settings),
        check_java(),
        check_maven(),
        check_ncbi(settings),
    )


def check_python(found: tuple[int, int]) -> Check:
    """Return whether this Python will do.

    >>> check_python((3, 13)).state
    'missing'
    """
    wanted = " or ".join(f"{major}.{minor}" for major, minor in PYTHONS)
    return Check(name="Python", ok=found in PYTHONS, detail=f"{found[0]}.{found[1]}", remedy="" if found in PYTHONS else f"install Python {wanted}")


def check_packages(requirements: Iterable[str], installed: Callable[[str], str | None]) -> Check:
    """Return whether each pinned requirement (`name==version`, extras left out) is installed in that version."""
    wrong, count = [], 0
    for requirement in requirements:
        pinned = _PINNED.match(requirement.strip())
        if pinned is None:
            continue
        count += 1
        found = installed(pinned[1])
        if found != pinned[2]:
            wrong.append(f"{pinned[1]} {found or 'missing'} (wanted {pinned[2]})")
    if wrong:
        return Check(name="packages", ok=False, detail=", ".join(wrong), remedy=f"{sys.executable} -m pip install --force-reinstall litkg")
    return Check(name="packages", ok=True, detail=f"{count} as pinned")


def check_lexicon(settings: Settings) -> Check:
    """Return whether the lexicon is built and of this version."""
    from litkg.lexicon.storage import BUILD_COMMAND, read_info

    try:
        info = read_info(settings.lexicon_path)
    except LitkgError as error:
        return Check(name="lexicon", ok=False, detail=str(error), remedy=BUILD_COMMAND)
    return Check(name="lexicon", ok=True, detail=f"{info.concepts:,} concepts at {settings.lexicon_path}")


def check_store(settings: Settings) -> Check:
    """Return whether the graph opens; a folder that is not there yet is no fault."""
    from litkg.stores import open_store

    try:
        with open_store(settings.store_url, username=settings.neo4j_username, password=settings.neo4j_password, create=False) as store:
            documents = sum(node.kind == "Document" for node in store.nodes())
    except LitkgError as error:
        server = "://" in settings.store_url
        remedy = "litkg neo4j start, or name another graph in LITKG_STORE" if server else "litkg ingest PATH makes it; or name another one in LITKG_STORE"
        return Check(name="graph", ok=False, detail=" ".join(str(error).split()), remedy=remedy, needed=server)
    return Check(name="graph", ok=True, detail=f"{documents} documents at {settings.store_url}")


def check_java() -> Check:
    """Return whether there is a Java that Neo4j runs on; only `litkg neo4j` needs it."""
    from litkg.stores.jars import INSTALL_COMMAND, NEO4J_VERSION, RELEASES, find_java

    try:
        return Check(name="Java", ok=True, detail=str(find_java(RELEASES[NEO4J_VERSION])), needed=False)
    except LitkgError:
        return Check(name="Java", ok=False, detail="none that Neo4j runs on; only litkg neo4j needs it", remedy=INSTALL_COMMAND, needed=False)


def check_maven() -> Check:
    """Return whether there is a Maven; only `litkg neo4j` needs it."""
    from litkg.stores.jars import INSTALL_COMMAND, find_maven

    try:
        return Check(name="Maven", ok=True, detail=str(find_maven()), needed=False)
    except LitkgError:
        return Check(name="Maven", ok=False, detail="none; only litkg neo4j needs it", remedy=INSTALL_COMMAND, needed=False)


def check_ncbi(settings: Settings) -> Check:
    """Return whether NCBI is told who asks; without it papers are fetched more slowly."""
    missing = [name for name, value in (("NCBI_EMAIL", settings.ncbi_email), ("NCBI_API_KEY", settings.ncbi_api_key)) if not value]
    if missing:
        remedy = " ".join(f"export {name}=..." for name in missing)
        return Check(name="NCBI", ok=False, detail="not set; PMID:n and PMC:n work, but more slowly", remedy=remedy, needed=False)
    return Check(name="NCBI", ok=True, detail="e-mail and API key are set", needed=False)


def _installed_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
