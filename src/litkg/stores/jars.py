"""Has the jars of a Neo4j Community server, and the Java to run them.

Owns the pinned versions, the call of Maven and the search for Java; refuses to start anything but these.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from litkg.datafiles import data_path
from litkg.errors import StoreError

Progress = Callable[[str], None]
"""Told one line before each step that takes longer than a second."""

INSTALL_COMMAND = "sudo apt-get install openjdk-17-jre-headless maven"
"""What to type on Debian and Ubuntu where Java or Maven is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A version of Neo4j that litkg can fetch and start, with the Java versions that it runs on."""

    version: str
    main_class: str
    java: tuple[int, int]


RELEASES = {
    release.version: release
    for release in (
        Release(version="5.26.30", main_class="org.neo4j.server.CommunityEntryPoint", java=(17, 21)),
        Release(version="2026.08.1", main_class="org.neo4j.server.Neo4jCommunity", java=(21, 25)),
    )
}
NEO4J_VERSION = "5.26.30"
"""The version that is started unless another is named, and that the tests run on: the oldest line that litkg supports."""


def say_nothing(message: str) -> None:
    """Do nothing with a line of progress."""


def find_java(release: Release) -> Path:
    """Return a `java` that runs `release`: the one on the path, else one of those under /usr/lib/jvm.

    Raises: StoreError with the install command where there is none.
    """
    on_path = shutil.which("java")
    candidates = [Path(on_path)] if on_path else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    seen = []
    for java in candidates:
        major = _java_version(java)
        if major is not None and release.java[0] <= major <= release.java[1]:
            return java
        seen.append(f"{java} is {major}")
    oldest, newest = release.java
    found = f" ({'; '.join(seen)})" if seen else ""
    raise StoreError(f"Neo4j {release.version} needs Java {oldest} to {newest}, and there is none{found}; install it with: {INSTALL_COMMAND}")


def find_maven() -> Path:
    """Return Maven's `mvn`. Raises: StoreError with the install command where there is none."""
    maven = shutil.which("mvn")
    if maven is None:
        raise StoreError(f"Maven fetches Neo4j, and there is no mvn on the path; install it with: {INSTALL_COMMAND}")
    return Path(maven)


def fetch_jars(home: Path, release: Release, *, progress: Progress = say_nothing) -> Path:
    """Return the folder of the jars of `release` below `home`, fetched by Maven where it is not there yet.

    Raises: StoreError where Maven is missing or fails.
    """
    jars = home / release.version / "lib"
    if jars.is_dir():
        return jars
    maven = find_maven()
    progress(f"fetching Neo4j {release.version} with Maven (123 MB, once)")
    partial = home / release.version / f"lib.part-{os.getpid()}"
    shutil.rmtree(partial, ignore_errors=True)
    command = [str(maven), "-q", "-B", "-f", str(data_path("graph/neo4j/pom.xml")), f"-Dneo4j.version={release.version}"]
    command += ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={partial}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not any(partial.glob("*.jar")):
        shutil.rmtree(partial, ignore_errors=True)
        raise StoreError(f"Maven could not fetch Neo4j {release.version}: {_complaint(done.stdout + done.stderr)}; look at your network and at: {maven} -v")
    try:
        partial.rename(jars)
    except OSError:
        # Another process was faster; its jars are the same.
        shutil.rmtree(partial, ignore_errors=True)
    return jars


def _java_version(java: Path) -> int | None:
    try:
        shown = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', shown)
    return int(found[1]) if found else None


def _complaint(output: str) -> str:
    lines = [line for line in output.splitlines() if "[ERROR]" in line] or output.strip().splitlines() or ["no output"]
    return lines[0].replace("[ERROR]", "").strip()[:300]
