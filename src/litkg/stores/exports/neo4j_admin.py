"""Files for Neo4j's bulk importer, `neo4j-admin database import full`, with the command that reads them and the statements to run after it.

Owns the files: headers, data, `import.sh`, `finish.cypher`. Refuses to run the importer. Pages follow each other in the order of their ids, the lines of a page
in that of their text; a page at a time is held, or a few.
"""

from __future__ import annotations

import shlex
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from litkg.stores.base import GraphStore, Row, WritesCsv
from litkg.stores.exports.bulk_rows import EMPTY_LISTS, Lines, has_empty_texts, made_lines, stored_lines
from litkg.stores.exports.bulk_tables import IGNORED, Table, Use, bulk_tables
from litkg.stores.schema import load_schema, neo4j_statements, neo4j_word_statements

PAGE_ROWS = 50_000
"""Rows in a page, some 15 megabytes of evidence."""

THREADS = 2
"""The embedded store writes CSV outside Python's lock, so that two pages are made at once."""

SCRIPT = "import.sh"
FINISH = "finish.cypher"


def write_neo4j_admin(store: GraphStore, folder: Path, *, tell: Callable[[str], None] = lambda name: None) -> dict[str, int]:
    """Write the files into `folder` and return how many rows each data file has; `tell` is told the name of a file for each page of it.

    Raises: StoreError for a list that the importer could not read back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = list(bulk_tables(store))
    counts = dict.fromkeys((table.name for table in tables), 0)
    emptied: set[tuple[str, str]] = set()
    multiline = False
    with ExitStack() as files:
        handles = {}
        for table, lines in _pages(store, tables):
            if not lines.rows:
                continue
            if table.name not in handles:
                handles[table.name] = files.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8", newline=""))
            handles[table.name].write(lines.text)
            counts[table.name] += lines.rows
            emptied |= lines.emptied
            multiline = multiline or lines.multiline
            tell(table.name)
    uses = [(table, use) for table in tables if counts[table.name] for use in table.uses]
    for table, use in uses:
        (folder / f"{use.name}-header.csv").write_text(header(table, use), encoding="utf-8")
    (folder / SCRIPT).write_text(_script(uses, multiline=multiline), encoding="utf-8")
    (folder / SCRIPT).chmod(0o755)
    (folder / FINISH).write_text(_finish(emptied), encoding="utf-8")
    return counts


def header(table: Table, use: Use) -> str:
    """Return the line that tells the importer what each column of a file is for one use."""
    return ",".join(use.fields.get(column.name, IGNORED) for column in table.columns) + "\n"


def import_arguments(folder: Path) -> list[str]:
    """Return the words that `import.sh` of a folder gives to neo4j-admin for the database neo4j; run there, its file names are right."""
    return shlex.split((folder / SCRIPT).read_text(encoding="utf-8").replace("\\\n", " ").partition("exec neo4j-admin ")[2].replace('"$@"', "neo4j"))


def _pages(store: GraphStore, tables: Iterable[Table]) -> Iterator[tuple[Table, Lines]]:
    """Yield the pages of all tables, in order; where the store makes CSV itself, a few are made ahead."""
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[tuple[Table, Row, Future[Lines | None] | None]] = deque()
        for table in tables:
            fast = isinstance(store, WritesCsv) and not table.has_lists()
            may_be_empty = fast and has_empty_texts(store, table)
            for page in table.pages(store, size=PAGE_ROWS):
                made = pool.submit(stored_lines, store, table, page, may_be_empty=may_be_empty) if isinstance(store, WritesCsv) and fast else None
                waiting.append((table, page, made))
                if len(waiting) > 2 * THREADS:
                    yield _finished(store, *waiting.popleft())
        while waiting:
            yield _finished(store, *waiting.popleft())


def _finished(store: GraphStore, table: Table, page: Row, made: Future[Lines | None] | None) -> tuple[Table, Lines]:
    lines = made.result() if made is not None else None
    return table, made_lines(store, table, page) if lines is None else lines


def _script(uses: list[tuple[Table, Use]], *, multiline: bool) -> str:
    options = ["--id-type=string", "--array-delimiter=U+001F", *(["--multiline-fields=true"] if multiline else [])]
    for table, use in uses:
        files = f"{use.name}-header.csv,{table.name}.csv"
        options.append(f"{use.option}={use.argument}={files}" if use.argument else f"{use.option}={files}")
    lines = " \\\n  ".join(map(shlex.quote, options))
    return (
        "#!/bin/sh\n"
        "# Makes a Neo4j database of this folder: stop the server, run this on its machine, start it, then run finish.cypher.\n"
        "# The first word is the database, neo4j where there is none; what follows goes to neo4j-admin, such as --overwrite-destination.\n"
        'cd "$(dirname "$0")" || exit 1\n'
        "[ $# -gt 0 ] || set -- neo4j\n"
        # The name of the database must come first: the last option takes any number of files.
        f'exec neo4j-admin database import full "$@" \\\n  {lines}\n'
    )


def _finish(lists: set[tuple[str, str]]) -> str:
    version = load_schema().version
    statements = [*neo4j_statements().values(), *neo4j_word_statements().values()]
    statements.append(f"MERGE (g:{version.label} {{{version.key}: '{version.id}'}}) SET g.schema_version = {version.schema_version}")
    for key in sorted(lists):
        kind, name = key
        value, condition = EMPTY_LISTS[key]
        statements.append(f"MATCH (n:{kind}) WHERE {condition} CALL (n) {{ SET n.{name} = {value} }} IN TRANSACTIONS OF 10000 ROWS")
    return "".join(f"{statement};\n" for statement in statements)


def finish_statements(folder: Path) -> list[str]:
    """Return the statements of `finish.cypher` of a folder, to be run one by one, each in a transaction of its own."""
    return [line.rstrip(";") for line in (folder / FINISH).read_text(encoding="utf-8").splitlines() if line]
