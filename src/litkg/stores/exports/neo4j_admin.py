"""Files for Neo4j's bulk importer, `neo4j-admin database import full`, with the command that reads them and the statements to run after it.

Owns the files: headers, rows, `import.sh`, `finish.cypher`. Refuses to run the importer. Rows are in order of their ids; a page at a time is held, or a few.
Source: Neo4j Operations Manual 5, Import, "CSV header format". An empty field is null there and `""` an empty text; an empty list cannot be said, nor one that
holds an empty text alone, so `finish.cypher` puts back those that the schema has.
"""

from __future__ import annotations

import shlex
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Protocol, runtime_checkable

from litkg.errors import StoreError
from litkg.stores.base import WRITE_TIMEOUT_S, GraphStore, Row
from litkg.stores.exports.bulk_tables import IGNORED, Table, Use, bulk_tables
from litkg.stores.exports.reading import FIRST, LAST, id_ranges
from litkg.stores.schema import load_schema, neo4j_statements, neo4j_word_statements

ARRAY_DELIMITER = "\x1f"
"""ASCII's own unit separator: no name or sentence holds it."""

PAGE_ROWS = 100_000
"""Ids in a page, some 30 megabytes of evidence. The embedded store looks at every node of a kind for each page of it, so pages are large."""

THREADS = 2
"""The embedded store writes CSV outside Python's lock, so that two pages are made at once."""

SCRIPT = "import.sh"
FINISH = "finish.cypher"

_EMPTY_LISTS = {
    ("Concept", "synonyms"): ("[]", "n.synonyms IS NULL"),
    ("Concept", "xrefs"): ("[]", "n.xrefs IS NULL"),
    ("CaseReport", "alternative_causes_text"): ("['']", "n.alternative_causes IS NOT NULL AND n.alternative_causes_text IS NULL"),
    ("CaseReport", "alternative_causes_concept"): ("['']", "n.alternative_causes IS NOT NULL AND n.alternative_causes_concept IS NULL"),
}
"""The lists of the schema that may be empty, or hold one empty text, with what finds them after the import."""


@runtime_checkable
class WritesCsv(Protocol):
    """A store that makes CSV lines itself, without line of names, faster than rows."""

    def run_csv(self, statement: str, params: Row) -> str:
        """Return the rows of a reading statement; null and empty text look alike."""
        ...


def write_neo4j_admin(store: GraphStore, folder: Path, *, tell: Callable[[str], None] = lambda name: None) -> dict[str, int]:
    """Write the files into `folder` and return how many rows each data file has; `tell` is told the name of a file for each page of it.

    Raises: StoreError for a list that the importer could not read back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts, uses, lists, multiline = {}, [], set(), False
    for table in bulk_tables(store):
        writer = _Writer(store, table)
        path = folder / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            for page in writer.pages():
                handle.write(page)
                tell(table.name)
        counts[table.name] = writer.rows
        lists |= writer.emptied
        multiline = multiline or writer.multiline
        if not writer.rows:
            path.unlink()
        for use in table.uses if writer.rows else ():
            (folder / f"{use.name}-header.csv").write_text(header(table, use), encoding="utf-8")
            uses.append((table, use))
    (folder / SCRIPT).write_text(_script(uses, multiline=multiline), encoding="utf-8")
    (folder / SCRIPT).chmod(0o755)
    (folder / FINISH).write_text(_finish(lists), encoding="utf-8")
    return counts


def header(table: Table, use: Use) -> str:
    """Return the line that tells the importer what each column of a file is for one use."""
    return ",".join(use.fields.get(column.name, IGNORED) for column in table.columns) + "\n"


def import_arguments(folder: Path) -> list[str]:
    """Return the words that `import.sh` of a folder gives to neo4j-admin for the database neo4j; run there, its file names are right."""
    return shlex.split((folder / SCRIPT).read_text(encoding="utf-8").replace("\\\n", " ").partition("exec neo4j-admin ")[2].replace('"$@"', "neo4j"))


def field(value: object) -> str:
    r"""Return one value as the importer reads it back: null nothing, an empty text `""`, a number without exponent.

    >>> field(None), field(""), field("a,b"), field(1e-07), field(True), field(["a", "b"])
    ('', '""', '"a,b"', '0.0000001', 'true', 'a\x1fb')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    if isinstance(value, list):
        return _quoted(ARRAY_DELIMITER.join(field(item) if not isinstance(item, str) else item for item in value))
    return (_quoted(value) if value else '""') if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text


class _Writer:
    """Makes the pages of one table, and notes what they need of the importer."""

    def __init__(self, store: GraphStore, table: Table) -> None:
        self._store = store
        self._table = table
        self._statement = table.statement()
        self.rows = 0
        self.multiline = False
        self._check = True
        self.emptied: set[tuple[str, str]] = set()

    def pages(self) -> Iterator[str]:
        """Yield the lines of the table, page by page, in order; a few are made ahead."""
        ranges = id_ranges(self._store, self._table.kind, size=PAGE_ROWS)
        if not isinstance(self._store, WritesCsv) or self._table.has_lists():
            for low, high in ranges:
                yield self._slow({"low": low, "high": high})
            return
        source = self._store
        check = self._table.empty_texts()
        self._check = check is not None and source.run_csv(check, {"low": FIRST, "high": LAST}).strip() not in ("", "0")
        with ThreadPoolExecutor(THREADS) as pool:
            waiting: deque[tuple[Row, Future[str | None]]] = deque()
            for low, high in ranges:
                bounds: Row = {"low": low, "high": high}
                waiting.append((bounds, pool.submit(self._fast, source, bounds)))
                if len(waiting) > 2 * THREADS:
                    yield self._page(*waiting.popleft())
            while waiting:
                yield self._page(*waiting.popleft())

    def _page(self, bounds: Row, made: Future[str | None]) -> str:
        page = made.result()
        if page is None:
            return self._slow(bounds)
        lines = page.count("\n")
        if page.count('"'):
            # A quotation mark that a line leaves open goes on in the next one: a field with a line break.
            parts = page.split("\n")
            opened = sum(part.count('"') & 1 for part in parts)
            if opened or "\r" in page:
                return self._slow(bounds)
        self.rows += lines
        return page

    def _fast(self, source: WritesCsv, bounds: Row) -> str | None:
        """Return the lines of a range as the store makes them; None where it would take an empty text for null."""
        if self._check and source.run_csv(str(self._table.empty_texts()), bounds).strip() not in ("", "0"):
            return None
        return source.run_csv(self._statement, bounds)

    def _slow(self, bounds: Row) -> str:
        lines = []
        for row in self._store.run(self._statement, bounds, timeout_s=WRITE_TIMEOUT_S, max_rows=None):
            for name, value in row.items():
                if isinstance(value, list):
                    row[name] = self._list(name, value, row)
            line = ",".join(map(field, row.values()))
            self.multiline = self.multiline or "\n" in line or "\r" in line
            lines.append(line + "\n")
        self.rows += len(lines)
        return "".join(lines)

    def _list(self, name: str, value: list[object], row: Row) -> list[object] | None:
        """Return a list that the importer can read, None for one that `finish.cypher` puts back."""
        if name == ":LABEL":
            return sorted(value, key=str)
        if value in ([], [""]):
            put_back = _EMPTY_LISTS.get((self._table.kind, name))
            if put_back is None or put_back[0] != ("[]" if not value else "['']"):
                raise StoreError(f"{row.get('id')}: {name} is {value!r}, which Neo4j's importer cannot read; export with --format jsonl instead")
            self.emptied.add((self._table.kind, name))
            return None
        if any(isinstance(item, str) and ARRAY_DELIMITER in item for item in value):
            raise StoreError(f"{row.get('id')}: {name} holds the control character U+001F, which parts the items here; export with --format jsonl instead")
        return value


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
        value, condition = _EMPTY_LISTS[key]
        statements.append(f"MATCH (n:{kind}) WHERE {condition} CALL (n) {{ SET n.{name} = {value} }} IN TRANSACTIONS OF 10000 ROWS")
    return "".join(f"{statement};\n" for statement in statements)


def finish_statements(folder: Path) -> list[str]:
    """Return the statements of `finish.cypher` of a folder, to be run one by one, each in a transaction of its own."""
    return [line.rstrip(";") for line in (folder / FINISH).read_text(encoding="utf-8").splitlines() if line]
