"""Passwords and keys: from the environment, or from a file that nobody else can read; never from a command line, which every user of a machine can read.

Owns where secrets come from and what is refused; refuses to keep or print any.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from litkg.errors import InputError

_MAX_BYTES = 4096


def secret_of(environ: Mapping[str, str], name: str) -> str | None:
    """Return the secret in the variable `name`, else the one in the file that `<name>_FILE` names; None where neither is set.

    Raises: InputError for a file that is not there, that others can read, or that holds no secret.
    """
    if value := environ.get(name):
        return value
    path = environ.get(f"{name}_FILE")
    return read_secret(Path(path).expanduser(), variable=f"{name}_FILE") if path else None


def read_secret(path: Path, *, variable: str) -> str:
    """Return the first line of a file that only its owner can read. `variable` opens the error: what named the file.

    Raises: InputError with what to do.
    """
    where = f"{variable}={path}"
    try:
        # O_NONBLOCK: a pipe without a writer must not hold litkg up.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        raise InputError(f"{where}: cannot be read: {(error.strerror or str(error)).lower()}; put the password into that file, or unset {variable}") from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{where}: no regular file; put the password into one, and run chmod 600 on it")
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise InputError(f"{where}: others can read or write it (mode {stat.S_IMODE(status.st_mode):04o}); run: chmod 600 {path}")
        data = file.read(_MAX_BYTES + 1)
    try:
        secret = data.decode("utf-8").split("\n")[0].rstrip("\r")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: no text in UTF-8; write the password into it with an editor") from error
    if not secret or len(data) > _MAX_BYTES:
        raise InputError(f"{where}: holds {'no password' if not secret else 'too much for a password'} in its first line; write the password into it")
    return secret


def without_userinfo(url: str) -> str:
    """Return an address without the user name and password in it, to be shown.

    >>> without_userinfo("bolt://neo4j:hush@localhost:7687/graph")
    'bolt://localhost:7687/graph'
    """
    scheme, separator, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}"


def has_userinfo(url: str) -> bool:
    """Tell whether an address has a user name or password in it.

    >>> has_userinfo("bolt://neo4j:hush@localhost"), has_userinfo("bolt://localhost"), has_userinfo("./a@b")
    (True, False, False)
    """
    try:
        return "://" in url and "@" in urlsplit(url).netloc
    except ValueError:
        return "@" in url
