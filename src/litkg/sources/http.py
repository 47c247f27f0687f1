"""Fetches bytes over HTTP with patience: rate limit, retries, a bound on size.

Owns when a failed call is tried again; refuses to know what the bytes mean. Secrets are taken out of every error and log line.
"""

from __future__ import annotations

import email.utils
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import requests

from litkg.errors import InputError, NetworkError
from litkg.sources.content import format_size

_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 1 << 16
_LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry", "requests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often and how long to try. Times in seconds; `sleep` and `clock` can be replaced in tests."""

    tries: int = 5
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A complete answer with status 200."""

    body: bytes
    content_type: str
    url: str


@dataclass(slots=True)
class RateLimit:
    """Spaces calls evenly: at most `per_second` of them."""

    per_second: float
    patience: Patience
    _next: float = field(default=0.0)

    def wait(self) -> None:
        """Sleep until the next call may start."""
        now = self.patience.clock()
        if now < self._next:
            self.patience.sleep(self._next - now)
            now = self._next
        self._next = now + 1 / self.per_second


def fetch_bytes(
    url: str,
    *,
    params: Mapping[str, str] | None = None,
    name: str,
    user_agent: str,
    limit_bytes: int,
    patience: Patience,
    rate: RateLimit | None = None,
    secrets: tuple[str, ...] = (),
    is_complete: Callable[[bytes], bool] = lambda _: True,
) -> Answer:
    """Return the answer to a GET request, after as many tries as `patience` allows; `name` is what errors call the target.

    A lost connection, a broken answer, one that `is_complete` refuses, 429 and 5xx are tried again, after the time that the server asks for.
    Raises: NetworkError after the last try, InputError for another status (the target is wrong, not the network) and for more than `limit_bytes`.
    """
    reason = ""
    for attempt in range(patience.tries):
        if rate is not None:
            rate.wait()
        asked: float | None = None
        try:
            with _without_secrets(secrets), requests.Session() as session:
                timeout = (patience.connect_timeout_s, patience.read_timeout_s)
                with session.get(url, params=params, headers={"User-Agent": user_agent}, timeout=timeout, stream=True) as response:
                    if response.status_code == requests.codes.ok:
                        body = _read_body(response, name, limit_bytes)
                        if is_complete(body):
                            return Answer(body=body, content_type=response.headers.get("Content-Type", ""), url=response.url)
                        reason = f"the answer is cut off after {len(body)} bytes"
                    elif response.status_code in _TRANSIENT:
                        reason = f"status {response.status_code} {response.reason}"
                        asked = _retry_after(response.headers.get("Retry-After"))
                    else:
                        words = " ".join(next(response.iter_content(300), b"").decode("utf-8", "replace").split())
                        raise InputError(redact(f"{name}: the server refuses with status {response.status_code} {response.reason}: {words[:200]}", secrets))
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema) as error:
            raise InputError(redact(f"{name}: not an address that can be fetched ({error})", secrets)) from None
        except requests.exceptions.TooManyRedirects:
            raise InputError(f"{name}: redirects in a circle") from None
        except (requests.exceptions.RequestException, OSError) as error:
            reason = _say(error)
        if attempt + 1 < patience.tries:
            backoff = patience.first_wait_s * 2**attempt
            patience.sleep(min(patience.longest_wait_s, max(backoff, asked or 0.0)))
    raise NetworkError(redact(f"{name}: no answer after {patience.tries} tries ({reason}): check the connection, or try again later", secrets))


def redact(text: str, secrets: tuple[str, ...]) -> str:
    """Return `text` with each secret replaced."""
    for secret in secrets:
        text = text.replace(secret, "***") if secret else text
    return text


def _read_body(response: requests.Response, name: str, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_content(_CHUNK):
        size += len(part)
        if size > limit:
            raise InputError(f"{name}: more than {format_size(limit)}: download it, split it, and name the file")
        parts.append(part)
    return b"".join(parts)


def _say(error: Exception) -> str:
    match error:
        case requests.exceptions.ConnectTimeout() | requests.exceptions.ReadTimeout():
            return "timed out"
        case requests.exceptions.SSLError():
            return "the certificate of the server is not trusted"
        case requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError():
            return "the answer broke off"
        case requests.exceptions.ConnectionError():
            return "cannot connect"
        case _:
            return type(error).__name__


def _retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, given as a number or a date."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when.tzinfo else None


class _Redact(logging.Filter):
    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage(), self._secrets), ()
        return True


@contextmanager
def _without_secrets(secrets: tuple[str, ...]) -> Iterator[None]:
    """Keep secrets out of what the HTTP libraries log meanwhile."""
    secrets = tuple(filter(None, secrets))
    guard = _Redact(secrets)
    for name in _LOGGERS if secrets else ():
        logging.getLogger(name).addFilter(guard)
    try:
        yield
    finally:
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(guard)
