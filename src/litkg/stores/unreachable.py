"""Says why no Neo4j server answers at an address: nothing is there, its certificate is not trusted, or it takes only encrypted connections.

Owns these three answers; refuses to talk Bolt.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

_PROBE_TIMEOUT_S = 2.0
_DEFAULT_PORT = 7687


def explain_no_answer(error: BaseException, url: str) -> str:
    """Return one line on why the server at `url` cannot be talked to, and what to do; `error` is what the driver raised."""
    parts = urlsplit(url)
    place = parts.hostname or "localhost", parts.port or _DEFAULT_PORT
    # A driver that asks for routes keeps the reason to itself, and so it is looked for again.
    for cause in (*_causes(error), *((_handshake_error(*place),) if parts.scheme.endswith("+s") else ())):
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = cause.verify_message or "it cannot be verified"
            return (
                f"the certificate of the server at {url} is not trusted ({reason}); name the file of the authority that signed it in SSL_CERT_FILE, "
                f"or, where nobody can come between, take {url.partition('://')[0].removesuffix('+s')}+ssc://, which trusts any certificate"
            )
        if isinstance(cause, ssl.SSLError):
            return f"the server at {url} does not speak TLS ({cause.reason or cause}); take {url.partition('+')[0]}:// for it, or turn TLS on there"
    if "+" not in parts.scheme and _listens(*place):
        return f"what listens at {url} does not answer in plain Bolt; if it takes encrypted connections only, write {parts.scheme}+s://, else mend NEO4J_URI"
    return f"no Neo4j server answers at {url}; start one with litkg neo4j start, or mend NEO4J_URI"


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__, *(item for item in cause.args if isinstance(item, BaseException))]


def _handshake_error(host: str, port: int) -> OSError | None:
    try:
        with socket.create_connection((host, port), timeout=_PROBE_TIMEOUT_S) as plain, ssl.create_default_context().wrap_socket(plain, server_hostname=host):
            return None
    except OSError as error:
        return error


def _listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_PROBE_TIMEOUT_S):
            return True
    except OSError:
        return False
