"""What tells one state of a Neo4j database from every other, as far as the server lets one know.

Owns the statements; refuses to guess. A bookmark names the database and its last transaction. Numbers of transactions come again when a dump is put back,
for which the database must be down: so the start of the server and of the database belong to it. In a cluster, where each question may be answered by
another server, nothing is known for sure.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import neo4j
from neo4j import exceptions

_DATABASE = "CALL db.info() YIELD id RETURN id"
_SERVERS = "SHOW DATABASES YIELD databaseID, serverID, lastStartTime WHERE databaseID = $id RETURN serverID AS server, toString(lastStartTime) AS started"
_STARTED = "CALL dbms.queryJmx('java.lang:type=Runtime') YIELD attributes RETURN attributes.StartTime.value AS started"

OpenSession = Callable[[], AbstractContextManager[neo4j.Session]]


def database_fingerprint(open_session: OpenSession) -> str | None:
    """Return what no other state of this or another database has, None where that is not known: in a cluster, and for users who may not ask."""
    try:
        with open_session() as session:
            (info,) = list(session.run(_DATABASE))
            servers = list(session.run(_SERVERS, {"id": info["id"]}))
            (runtime,) = list(session.run(_STARTED))
        with open_session() as session:
            session.run("RETURN 1").consume()
            bookmarks = session.last_bookmarks().raw_values
    except exceptions.ClientError:
        return None
    if len(servers) != 1 or not bookmarks or runtime["started"] is None:
        return None
    return " ".join([info["id"], servers[0]["server"], servers[0]["started"], str(runtime["started"]), *sorted(bookmarks)])
