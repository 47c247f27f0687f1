"""A TCP proxy between a Bolt driver and a Neo4j server that can be told to cut, to stall, and to swallow the answer to a commit.

Owns connections and the one message that it knows, COMMIT; refuses to read any other. Its address stays when the server behind it starts again elsewhere.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from enum import Enum, auto
from urllib.parse import urlsplit

COMMIT = bytes.fromhex("0002b0120000")
"""Source: Bolt protocol, messages: a chunk of two bytes, a structure without fields and with the signature 0x12, the end of the message."""


class Fault(Enum):
    """What happens at a commit."""

    BEFORE = auto()
    """It is not passed on, and the connection is cut: the server rolls back."""
    AFTER = auto()
    """It is passed on; the server's answer is not, and the connection is cut: the client cannot know."""
    AT_ONCE = auto()
    """It is passed on, and the connection is cut at once: either may happen."""
    STALL = auto()
    """It is passed on two seconds later."""


class Proxy:
    """A running proxy. `faults` are used up one at a time, a commit each."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.faults: list[Fault] = []
        self.bytes_until_cut: int | None = None
        self.commits = 0
        self.committing = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The address that clients use."""
        return f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        """Close all connections."""
        for connection in list(self._open):
            _close(connection)
        self._open.clear()

    def close(self) -> None:
        """Stop listening, and close all connections."""
        _close(self._listener)
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                parts = urlsplit(self.target)
                server = socket.create_connection((parts.hostname, parts.port), timeout=5)
                server.settimeout(None)
            except OSError:
                _close(client)
                continue
            self._open |= {client, server}
            swallow = threading.Event()
            threading.Thread(target=self._to_server, args=(client, server, swallow), daemon=True).start()
            threading.Thread(target=self._to_client, args=(server, client, swallow), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket, swallow: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while content := client.recv(65536):
                if COMMIT in content:
                    self.commits += 1
                    self.committing = True
                    fault = self.faults.pop(0) if self.faults else None
                    if fault is Fault.BEFORE:
                        break
                    if fault is Fault.STALL:
                        time.sleep(2)
                    if fault is Fault.AFTER:
                        swallow.set()
                    server.sendall(content)
                    if fault is Fault.AT_ONCE:
                        break
                    continue
                if self.bytes_until_cut is not None:
                    self.bytes_until_cut -= len(content)
                    if self.bytes_until_cut <= 0:
                        self.bytes_until_cut = None
                        break
                server.sendall(content)
        _close(client)
        _close(server)

    def _to_client(self, server: socket.socket, client: socket.socket, swallow: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while content := server.recv(65536):
                self.committing = False
                if swallow.is_set():
                    break
                client.sendall(content)
        _close(client)
        _close(server)


@contextlib.contextmanager
def proxy_to(url: str) -> Iterator[Proxy]:
    """Give a proxy to the server at `url`, closed in the end."""
    proxy = Proxy(url)
    try:
        yield proxy
    finally:
        proxy.close()


def _close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
