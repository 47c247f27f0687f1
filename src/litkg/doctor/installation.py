"""Checks of what is installed: Python, packages, the models that ship with litkg, and what optional parts need.

Owns which versions will do; refuses to install anything.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from litkg.doctor.check import Check
from litkg.errors import LitkgError
from litkg.settings import Settings
from litkg.shipped import MODELS, faults

PYTHONS = ((3, 11), (3, 12))
IMPORTED = ("numpy", "scikit-learn", "scipy", "thinc")
"""Packages that litkg imports itself and that come with spaCy and scispaCy, without a version of litkg's own choice."""

_PINNED = re.compile(r"([\w.-]+)==([\w.]+)$")


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


def check_imports(installed: Callable[[str], str | None], constraints: Path | None = None) -> Check:
    """Return the versions of packages that litkg uses and others bring; where a checkout's `constraints.txt` is there, whether they are the tested ones.

    Other versions work as long as those packages keep their promises, so that none is needed in the one that was tested.
    """
    path = constraints or Path(__file__).resolve().parents[3] / "constraints.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    pinned = {name.lower(): version for name, separator, version in (line.partition("==") for line in lines) if separator}
    found = {name: installed(name) for name in IMPORTED}
    wrong = [f"{name} {has or 'missing'} (tested with {pinned[name]})" for name, has in found.items() if name in pinned and has != pinned[name]]
    absent = [f"{name} missing" for name, has in found.items() if has is None and name not in pinned]
    if wrong or absent:
        remedy = f"{sys.executable} -m pip install --constraint {path} litkg" if wrong else f"{sys.executable} -m pip install --force-reinstall litkg"
        return Check(name="imports", ok=False, detail=", ".join((*wrong, *absent)), remedy=remedy, needed=any(has is None for has in found.values()))
    return Check(name="imports", ok=True, detail=", ".join(f"{name} {has}" for name, has in found.items()))


def check_models() -> Check:
    """Return whether the models that ship with litkg are there, byte for byte."""
    found = faults()
    if found:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        return Check(name="models", ok=False, detail="; ".join(found[:3]) + more, remedy=f"{sys.executable} -m pip install --force-reinstall litkg")
    return Check(name="models", ok=True, detail=f"{', '.join(MODELS)} as shipped")


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


def installed_version(name: str) -> str | None:
    """Return the version of an installed package, None where it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
