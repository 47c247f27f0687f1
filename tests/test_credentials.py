"""Secrets: from the environment or a private file, never from an address, and never shown."""

from __future__ import annotations

import logging
import os
import traceback
from pathlib import Path

import pytest

from litkg.credentials import read_secret
from litkg.errors import InputError, LitkgError, StoreError
from litkg.settings import settings_from_environment
from litkg.sources.targets import parse_target
from litkg.stores import open_store
from tests.cli.conftest import Run, run, tiny_home

__all__ = ["run", "tiny_home"]

SECRET = "hush-hush-3141"


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    """Return a private file with the secret."""
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\nand a note\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_a_password_comes_from_a_private_file(secret_file: Path) -> None:
    settings = settings_from_environment({"NEO4J_PASSWORD_FILE": str(secret_file), "NCBI_API_KEY_FILE": str(secret_file)})
    assert (settings.neo4j_password, settings.ncbi_api_key) == (SECRET, SECRET)
    assert SECRET not in repr(settings)


def test_the_variable_goes_before_the_file(secret_file: Path) -> None:
    assert settings_from_environment({"NEO4J_PASSWORD": "other", "NEO4J_PASSWORD_FILE": str(secret_file)}).neo4j_password == "other"


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620, 0o602, 0o644, 0o777])
def test_a_file_that_others_can_read_or_write_is_refused_with_the_command(secret_file: Path, mode: int) -> None:
    secret_file.chmod(mode)
    with pytest.raises(InputError, match=f"run: chmod 600 {secret_file}") as caught:
        read_secret(secret_file, variable="NEO4J_PASSWORD_FILE")
    assert SECRET not in str(caught.value)


def test_what_is_no_file_with_a_password_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    (tmp_path / "large").write_bytes(b"x" * 10_000)
    for name in ("empty", "binary", "large"):
        (tmp_path / name).chmod(0o600)
    for name, message in {"missing": "cannot be read", "pipe": "no regular file", "empty": "no password", "binary": "UTF-8", "large": "too much"}.items():
        with pytest.raises(InputError, match=f"NEO4J_PASSWORD_FILE=.*{name}: .*{message}"):
            settings_from_environment({"NEO4J_PASSWORD_FILE": str(tmp_path / name)})


@pytest.mark.parametrize("scheme", ["bolt", "neo4j+s", "bolt+ssc", "http", "redis"])
def test_an_address_with_a_password_is_refused_and_the_password_not_shown(scheme: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StoreError, match="NEO4J_PASSWORD_FILE") as caught:
        open_store(f"{scheme}://neo4j:{SECRET}@127.0.0.1:1/graph")
    assert SECRET not in "".join(traceback.format_exception(caught.value)).replace("open_store(", "")
    assert SECRET not in caplog.text


def test_an_address_of_a_page_with_a_password_is_refused_and_the_password_not_shown() -> None:
    with pytest.raises(InputError, match=r"https://example\.org/x: an address with a user name or password") as caught:
        parse_target(f"https://me:{SECRET}@example.org/x")
    assert SECRET not in str(caught.value)


def test_no_command_shows_a_secret(run: Run, secret_file: Path) -> None:
    commands = (["doctor"], ["doctor", "--json"], ["stats"], ["stats", "--json"], ["cypher", "RETURN 1"], ["ingest", "missing.txt"])
    for words in commands:
        for environment in (
            {"NEO4J_PASSWORD": SECRET, "NCBI_API_KEY": SECRET, "NEO4J_URI": "bolt://127.0.0.1:1"},
            {"NEO4J_PASSWORD_FILE": str(secret_file), "NEO4J_URI": "bolt://127.0.0.1:1"},
            {"NEO4J_URI": f"bolt://neo4j:{SECRET}@127.0.0.1:1"},
            {"LITKG_STORE": f"neo4j+s://neo4j:{SECRET}@127.0.0.1:1", "LITKG_DEBUG": "1"},
        ):
            result = run(*words, **environment)
            assert result.exit_code != 0
            assert SECRET not in result.output
            assert result.exception is None or isinstance(result.exception, LitkgError | SystemExit)
            assert SECRET not in str(result.exception)
