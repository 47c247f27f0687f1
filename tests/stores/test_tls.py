"""Encrypted connections, to a real Neo4j that takes no other, with a certificate made here; and to web servers."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from litkg.errors import NetworkError, StoreError
from litkg.sources.http import Patience, fetch_bytes
from litkg.stores import open_store
from litkg.stores.jars import NEO4J_VERSION
from litkg.stores.server import Server, start_server, stop_server
from tests.neo4j_server import JAVA_OPTIONS, SETTINGS, jars_of_tests

PASSWORD = "a password for tests only"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with `ca.crt`, and `private.key` and `public.crt` of a server on this machine that it signed."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to make certificates with")
    folder = tmp_path_factory.mktemp("certificates")
    (folder / "ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    for words in (
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=litkg-tests",
        "req -newkey rsa:2048 -nodes -keyout private.key -out server.csr -subj /CN=localhost",
        "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out public.crt -days 2 -extfile ext",
    ):
        subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def tls_server(authority: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server that takes encrypted connections only."""
    home = tmp_path_factory.mktemp("neo4j-tls")
    (home / NEO4J_VERSION).symlink_to(jars_of_tests().parent, target_is_directory=True)
    policy = {
        "server.bolt.tls_level": "REQUIRED",
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": str(authority),
        "dbms.ssl.policy.bolt.private_key": str(authority / "private.key"),
        "dbms.ssl.policy.bolt.public_certificate": str(authority / "public.crt"),
        "dbms.ssl.policy.bolt.client_auth": "NONE",
    }
    yield start_server(home, password=PASSWORD, java_options=JAVA_OPTIONS, settings=SETTINGS | policy, usual_ports=False)
    stop_server(home)


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_tls_is_taken_as_the_address_says(tls_server: Server, authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rest = tls_server.url.partition("://")[2]
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    for scheme in ("bolt+ssc", "neo4j+ssc"):
        with open_store(f"{scheme}://{rest}", password=PASSWORD) as store:
            assert list(store.run("RETURN 1 AS one")) == [{"one": 1}]
    for scheme in ("bolt+s", "neo4j+s"):
        with pytest.raises(StoreError, match=r"certificate of the server at .* is not trusted .*SSL_CERT_FILE.*\+ssc://"):
            open_store(f"{scheme}://{rest}", password=PASSWORD)
    with pytest.raises(StoreError, match=r"does not answer in plain Bolt; .* write bolt\+s://"):
        open_store(f"bolt://{rest}", password=PASSWORD)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.crt"))
    for scheme in ("bolt+s", "neo4j+s"):
        with open_store(f"{scheme}://{rest}", password=PASSWORD) as store:
            assert list(store.run("RETURN 1 AS one")) == [{"one": 1}]


@pytest.fixture
def web_server(authority: Path) -> Iterator[str]:
    """Yield the address of a web server with the certificate."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Words")

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "public.crt", authority / "private.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


def test_a_web_server_whose_certificate_is_not_trusted_is_not_read(web_server: str, authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch() -> bytes:
        return fetch_bytes(web_server, name="page", user_agent="litkg", limit_bytes=1000, patience=Patience(tries=1, sleep=lambda seconds: None)).body

    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NetworkError, match="the certificate of the server is not trusted"):
        fetch()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority / "ca.crt"))
    assert fetch() == b"Words"
