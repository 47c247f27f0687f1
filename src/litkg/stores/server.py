"""Runs a Neo4j Community server of one's own on this machine, out of Maven artefacts.

Owns fetching the jars, the configuration, the process and its record; refuses to talk Cypher. Neo4j Community is GPLv3: it is fetched by the
user's own Maven and started by the user's own Java, never shipped. Everything lives in one folder: `<version>/lib` the jars, `server/` the
configuration, data and logs, `server.json` the record of the running server (readable by its owner alone, since it holds the password).
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from litkg.errors import StoreError
from litkg.stores.jars import NEO4J_VERSION, RELEASES, Progress, Release, fetch_jars, find_java, say_nothing

READY_TIMEOUT_S = 120.0
STOP_TIMEOUT_S = 30.0
"""Stopping takes up to 11 s on two cores; what has not gone by then is killed."""

HEAP = "1g"
PASSWORD_FILE = "password"  # noqa: S105  (the name of the file)
USUAL_OPTIONS = ("-XX:+UseParallelGC",)
"""With a heap of this size the parallel collector takes a third of G1's processor time in a load, and the rest of the server goes a sixth faster."""

_OPENS = ("--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED")
_DEFAULT_PORTS = {"bolt": 7687, "http": 7474}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server. `url` is what `open_store` takes; `browser` the address of its HTTP interface."""

    pid: int
    version: str
    url: str
    browser: str
    username: str
    password: str = field(repr=False)
    folder: str

    def environment(self) -> dict[str, str]:
        """Return the variables that point litkg to this server; the password is in a file that only its owner can read."""
        return {"NEO4J_URI": self.url, "NEO4J_USERNAME": self.username, "NEO4J_PASSWORD_FILE": str(self.password_file)}

    @property
    def password_file(self) -> Path:
        """The file that holds the password, of mode 0600."""
        return Path(self.folder) / PASSWORD_FILE


def start_server(
    home: Path,
    *,
    version: str = NEO4J_VERSION,
    password: str | None = None,
    progress: Progress = say_nothing,
    java_options: tuple[str, ...] = USUAL_OPTIONS,
    settings: Mapping[str, str] | None = None,
    usual_ports: bool = True,
) -> Server:
    """Return the running server of the folder `home`, started where none runs: on 127.0.0.1, with authentication, the usual ports if they are free.

    With `usual_ports` false any free ports are taken: two servers that start at the same time would both find the usual ones free.

    `java_options` and `settings` (lines of neo4j.conf) are for a server with a purpose of its own, such as a short-lived one.
    `password` counts at the first start in a folder only (one is made up where it is None); later starts keep the first one.
    Raises: StoreError where Java or Maven is missing, the jars cannot be had, or the server does not come up.
    """
    running = server_status(home)
    if running is not None:
        return running
    if version not in RELEASES:
        raise StoreError(f"no Neo4j {version!r} here; choose one of {', '.join(RELEASES)}")
    release = RELEASES[version]
    java = find_java(release)
    jars = fetch_jars(home, release, progress=progress)
    folder = home / f"server-{version}"
    bolt, http = _free_port("bolt", usual=usual_ports), _free_port("http", usual=usual_ports)
    _write_configuration(folder, bolt=bolt, http=http, settings=settings or {})
    secret = _set_password(folder, java, jars, password)
    progress(f"starting Neo4j {version}")
    process = _start_process(folder, java, jars, release, java_options)
    server = Server(
        pid=process.pid,
        version=version,
        url=f"bolt://127.0.0.1:{bolt}",
        browser=f"http://127.0.0.1:{http}",
        username="neo4j",
        password=secret,
        folder=str(folder),
    )
    try:
        _wait_until_ready(process, bolt, folder)
        _write_private(_record_path(home), json.dumps(asdict(server), indent=1))
    except BaseException:
        _stop_process(process.pid)
        raise
    progress(f"Neo4j {version} is ready at {server.url}")
    return server


def stop_server(home: Path) -> bool:
    """Stop the server of the folder `home`; return whether one was running."""
    running = server_status(home)
    if running is None:
        return False
    _stop_process(running.pid)
    _record_path(home).unlink(missing_ok=True)
    return True


def server_status(home: Path) -> Server | None:
    """Return the running server of the folder `home`, None where none runs; forget a record whose process is gone."""
    path = _record_path(home)
    try:
        server = Server(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise StoreError(f"{path} is no record of a server: {error}; delete it, and stop a server that may still run by hand") from error
    if _is_ours(server.pid, server.folder):
        return server
    path.unlink(missing_ok=True)
    return None


def _record_path(home: Path) -> Path:
    return home / "server.json"


def _free_port(kind: str, *, usual: bool = True) -> int:
    for port in (_DEFAULT_PORTS[kind], 0) if usual else (0,):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StoreError("no free port on 127.0.0.1 for Neo4j; stop other servers and try again")


def _write_configuration(folder: Path, *, bolt: int, http: int, settings: Mapping[str, str]) -> None:
    from litkg.datafiles import data_path

    template = data_path("graph/neo4j/neo4j.conf").read_text(encoding="utf-8")
    for name in ("conf", "logs", "data", "import"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    text = template.replace("@BOLT_PORT@", str(bolt)).replace("@HTTP_PORT@", str(http))
    text += "".join(f"{name}={value}\n" for name, value in sorted(settings.items()))
    (folder / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")


def _set_password(folder: Path, java: Path, jars: Path, password: str | None) -> str:
    """Return the password of the server in `folder`, setting it by Neo4j's own admin tool before the very first start."""
    kept = folder / PASSWORD_FILE
    if kept.exists():
        return kept.read_text(encoding="utf-8").strip()
    secret = password or secrets.token_urlsafe(18)
    # In a file, since everyone can read the arguments of a process; the tool takes them from there as it takes them from a command line.
    arguments = folder / "first-password"
    quoted = secret.replace("\\", "\\\\").replace('"', '\\"')
    _write_private(arguments, f'dbms\nset-initial-password\n"{quoted}"\n')
    command = [str(java), "-cp", f"{jars}/*", "org.neo4j.cli.AdminTool", f"@{arguments}"]
    environment = os.environ | {"NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    finally:
        arguments.unlink(missing_ok=True)
    if done.returncode != 0:
        raise StoreError(f"Neo4j's admin tool refused to set the first password: {_last_line(done.stdout + done.stderr)}; delete {folder} and start again")
    _write_private(kept, secret)
    return secret


def _start_process(folder: Path, java: Path, jars: Path, release: Release, options: tuple[str, ...]) -> subprocess.Popen[bytes]:
    command = [str(java), f"-Xmx{HEAP}", *_OPENS, *options, "-cp", f"{jars}/*", release.main_class, f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"]
    with (folder / "logs" / "console.log").open("wb") as console:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, start_new_session=True)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    """Return once the server speaks Bolt: it opens the port before it does, so that a plain connection proves nothing."""
    log = folder / "logs" / "console.log"
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StoreError(f"Neo4j stopped at once: {_last_line(log.read_text(encoding='utf-8', errors='replace'))}; see {log}")
        if _speaks_bolt(port):
            return
        time.sleep(0.2)
    raise StoreError(f"Neo4j did not come up in {READY_TIMEOUT_S:g} s; see {log}")


def _speaks_bolt(port: int) -> bool:
    # Source: Bolt handshake, Neo4j Bolt protocol documentation: four magic bytes, four proposed versions; the answer is the version chosen.
    hello = bytes.fromhex("6060b017") + bytes.fromhex("00000405") + bytes(12)
    for context in (None, _unverified()):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1.0) as plain:
                connection = plain if context is None else context.wrap_socket(plain)
                connection.sendall(hello)
                if len(connection.recv(4)) == 4:
                    return True
        except OSError:
            continue
    return False


def _unverified() -> ssl.SSLContext:
    """Return what looks whether a server of one's own that takes only TLS is up; nothing else is sent to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _is_ours(pid: int, folder: str) -> bool:
    """Say whether `pid` is alive and is the server of `folder`: pids are used again."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return False
        command = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False).stdout
    return f"--home-dir={folder}" in command


def _stop_process(pid: int) -> None:
    _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while time.monotonic() < deadline:
        if not _alive(pid):
            return
        time.sleep(0.1)
    _signal(pid, signal.SIGKILL)
    while _alive(pid):
        time.sleep(0.05)


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _alive(pid: int) -> bool:
    try:
        # A child of this very process stays a zombie until it is waited for.
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text)
    partial.replace(path)


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no output"])[-1][:300]
