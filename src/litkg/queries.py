"""The canned queries: one `queries/NAME.cypher` each, with a header that says what it takes and returns.

Owns the header, the binding of parameters given as text, and the generated `queries/README.md`; refuses to know any store or to look up names.

The leading `//` lines of a file are TOML: `title`, `description`, `[returns]` (columns in order, one line of meaning each) and one
`[parameters.NAME]` for each parameter: `type`, `help`, `example`, and where they apply `default` (a parameter without one must be given),
`minimum` and `maximum`. A file without a statement names with `search` the search that answers in its place, over other
canned queries, alike on every store. `best_first` names the parameter that is the least belief of a row, in a query that returns the `limit` most believed
rows: it is asked for the sure ones first (`litkg.best_first`). `python -m litkg.queries` renews the README.
"""

from __future__ import annotations

import re
import shlex
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, cast, get_args

from litkg.best_first import sure_first
from litkg.datafiles import data_path
from litkg.errors import QueryError
from litkg.mechanisms import Ask, search_paths
from litkg.search_words import search_parameter

ParameterType = Literal["string", "concept", "words", "integer", "number", "boolean", "string list"]
Value = str | int | float | bool | tuple[str, ...]

PARAMETER_TYPES: tuple[str, ...] = get_args(ParameterType)
RENEW_COMMAND = "python -m litkg.queries"

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_NOT_CODE = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|//[^\n]*""")
_USED = re.compile(r"\$([A-Za-z_]\w*)")
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_HEADER_KEYS = frozenset({"title", "description", "search", "best_first", "returns", "parameters"})
_SEARCHES: Mapping[str, Callable[[Ask, Mapping[str, object]], Iterable[dict[str, object]]]] = {"mechanisms": search_paths}
_PARAMETER_KEYS = frozenset({"type", "help", "example", "default", "minimum", "maximum"})


class Readable(Protocol):
    """What a query needs of a store."""

    def run(self, query: str, params: Mapping[str, object] | None = None, *, timeout_s: float = ...) -> Iterator[dict[str, object]]:
        """Return the rows of a reading query."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a query takes. `default` None means that it must be given; a `concept` is a name that is resolved to an id before binding."""

    name: str
    type: ParameterType
    help: str
    example: Value
    default: Value | None = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the answer and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedQuery:
    """A query with its header; `statement` is the Cypher below it, "" where the search `search` answers over other queries.

    `best_first` is the parameter that bounds belief from below where the rows are the most believed ones.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    parameters: tuple[Parameter, ...]
    statement: str
    search: str | None = None
    best_first: str | None = None

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter `name`, None where there is none."""
        return next((item for item in self.parameters if item.name == name), None)

    def concept_parameters(self) -> tuple[str, ...]:
        """Return the parameters whose values are names to be resolved to concept ids."""
        return tuple(item.name for item in self.parameters if item.type == "concept")

    def example_command(self) -> str:
        """Return a command line that runs the query with the examples of its required parameters."""
        given = [f"--{item.name} {shlex.quote(_as_text(item.example))}" for item in self.parameters if item.required]
        return " ".join(["litkg query", self.name, *given])


@cache
def load_queries() -> dict[str, CannedQuery]:
    """Return all canned queries by name, sorted.

    Raises: QueryError for a file whose header or statement is wrong.
    """
    return {path.stem: parse_query(path.read_text(encoding="utf-8"), path.stem) for path in sorted(data_path("queries").glob("*.cypher"))}


def get_query(name: str) -> CannedQuery:
    """Return the canned query `name`.

    Raises: QueryError that lists what there is.
    """
    queries = load_queries()
    if name in queries:
        return queries[name]
    near = get_close_matches(name, queries, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise QueryError(f"no query {name!r}; {hint}there are: {', '.join(queries)}; see: litkg query")


def parse_query(text: str, name: str) -> CannedQuery:
    """Return the query that a file `name`.cypher holds.

    Raises: QueryError that names the file and what is wrong with it.
    """
    where = f"queries/{name}.cypher"
    if not _NAME.fullmatch(name):
        raise QueryError(f"{where}: a query is named by lower-case words joined by hyphens, not {name!r}")
    lines = text.splitlines()
    length = next((index for index, line in enumerate(lines) if not line.startswith("//")), len(lines))
    statement = "\n".join(lines[length:]).strip()
    try:
        header = tomllib.loads("\n".join(line.removeprefix("//").removeprefix(" ") for line in lines[:length]))
    except tomllib.TOMLDecodeError as error:
        raise QueryError(f"{where}: the leading // lines are not TOML: {error}") from error
    if unknown := sorted(header.keys() - _HEADER_KEYS):
        raise QueryError(f"{where}: unknown entry {unknown[0]!r} in the header; one of {', '.join(sorted(_HEADER_KEYS))}")
    search = _text(header, "search", where) if "search" in header else None
    if search is not None and search not in _SEARCHES:
        raise QueryError(f"{where}: unknown search {search!r}; one of {', '.join(_SEARCHES)}")
    if bool(statement) is (search is not None):
        raise QueryError(f"{where}: no statement below the header" if search is None else f"{where}: a statement and a search; one of them answers")
    returns, parameters = _table(header, "returns", where), _table(header, "parameters", where)
    query = CannedQuery(
        name=name,
        title=_text(header, "title", where),
        description=_text(header, "description", where),
        columns=tuple(Column(name=column, meaning=_text(returns, column, f"{where}, returns")) for column in returns),
        parameters=tuple(_parameter(key, _table(parameters, key, f"{where}, parameters"), where) for key in parameters),
        statement=statement,
        search=search,
        best_first=_text(header, "best_first", where) if "best_first" in header else None,
    )
    if not query.columns:
        raise QueryError(f"{where}: [returns] is missing: name each column and what it means")
    if search is None:
        _check_agreement(query, where)
    if query.best_first is not None:
        _check_best_first(query, where)
    return query


def bind(query: CannedQuery, values: Mapping[str, str]) -> dict[str, object]:
    """Return the parameters of a query from text: types checked, defaults filled in. A list is written with commas: `a,b`.

    Raises: QueryError for a parameter that is unknown, missing or of the wrong type or size.
    """
    for name in values:
        if query.parameter(name) is None:
            raise QueryError(f"{query.name} takes no parameter {name!r}; {_usage(query)}")
    return {item.name: _bound(query, item, values.get(item.name)) for item in query.parameters}


def run_query(store: Readable, query: CannedQuery, params: Mapping[str, object], *, timeout_s: float | None = None) -> Iterator[dict[str, object]]:
    """Return the rows of a query with the columns of its header; `params` as `bind` returns them.

    Raises: StoreError where the store refuses or takes too long.
    """
    if query.search is not None:
        return iter(_SEARCHES[query.search](_asker(store, timeout_s), params))
    if query.best_first is not None:
        return _best_first(store, query, query.best_first, params, timeout_s)
    return store.run(query.statement, params) if timeout_s is None else store.run(query.statement, params, timeout_s=timeout_s)


def ask(store: Readable, name: str, **given: object) -> list[dict[str, object]]:
    """Return the rows of the canned query `name`; a parameter that is not given, or is None, has its default."""
    query = get_query(name)
    return list(run_query(store, query, defaults(query) | {key: value for key, value in given.items() if value is not None}))


def defaults(query: CannedQuery) -> dict[str, object]:
    """Return the parameters of a query that have a default, with it."""
    return {item.name: item.default for item in query.parameters if item.default is not None}


def _asker(store: Readable, timeout_s: float | None) -> Ask:
    """Return what asks a search's queries, all within `timeout_s`."""
    left_s = _countdown(timeout_s)

    def ask(name: str, given: Mapping[str, object]) -> Iterator[dict[str, object]]:
        query = get_query(name)
        return run_query(store, query, defaults(query) | dict(given), timeout_s=left_s())

    return ask


def _best_first(store: Readable, query: CannedQuery, least: str, params: Mapping[str, object], timeout_s: float | None) -> Iterator[dict[str, object]]:
    left_s = _countdown(timeout_s)

    def ask(belief: float) -> Iterator[dict[str, object]]:
        seconds, given = left_s(), {**params, least: belief}
        return store.run(query.statement, given) if seconds is None else store.run(query.statement, given, timeout_s=seconds)

    return sure_first(ask, least=cast(float, params[least]), wanted=cast(int, params["limit"]))


def _countdown(timeout_s: float | None) -> Callable[[], float | None]:
    """Return what tells how much is left of a time limit from now on, a little where nothing is."""
    started = time.monotonic()
    return lambda: None if timeout_s is None else max(timeout_s - (time.monotonic() - started), 0.001)


def render_readme(queries: Mapping[str, CannedQuery]) -> str:
    """Return the text of `queries/README.md`: all queries in order, with their parameters and columns."""
    parts = [
        "# Canned queries",
        f"Generated from the headers of the files in this folder; renew it with `{RENEW_COMMAND}`.",
        "Every query runs unchanged on the embedded store and on Neo4j and gives the same rows in the same order.",
        "A file without a statement is answered by a search over other queries, the same on both stores.",
        "Parameters of type words take words of which all must be there, in any order; what belongs together stands in quotation marks.",
        "Parameters of type concept take names (`IL-1ra`) or ids (`HGNC:6000`) on the command line; ids in `litkg.queries.bind`.",
        "\n".join(["| query | answers |", "|---|---|", *(f"| [{query.name}](#{query.name}) | {_cell(query.title)} |" for query in queries.values())]),
    ]
    for query in queries.values():
        parts += [
            f"## {query.name}",
            f"**{query.title}.**\n{query.description}",
            f"    {query.example_command()}",
            "\n".join(
                [
                    "| parameter | type | default | meaning | example |",
                    "|---|---|---|---|---|",
                    *(
                        f"| `{item.name}` | {item.type} | {_default_cell(item)} | {_cell(item.help)} | `{_as_text(item.example)}` |"
                        for item in query.parameters
                    ),
                ]
            ),
            "\n".join(["| column | meaning |", "|---|---|", *(f"| `{column.name}` | {_cell(column.meaning)} |" for column in query.columns)]),
        ]
    return "\n\n".join(parts) + "\n"


def write_readme() -> Path:
    """Write `queries/README.md` and return its path."""
    path = data_path("queries") / "README.md"
    path.write_text(render_readme(load_queries()), encoding="utf-8")
    return path


def _parameter(name: str, row: Mapping[str, object], where: str) -> Parameter:
    place = f"{where}, parameter {name}"
    if not _IDENTIFIER.fullmatch(name):
        raise QueryError(f"{place}: a parameter is named by lower-case letters, digits and underscores")
    if unknown := sorted(row.keys() - _PARAMETER_KEYS):
        raise QueryError(f"{place}: unknown entry {unknown[0]!r}; one of {', '.join(sorted(_PARAMETER_KEYS))}")
    kind = _text(row, "type", place)
    if kind not in PARAMETER_TYPES:
        raise QueryError(f"{place}: unknown type {kind!r}; one of {', '.join(PARAMETER_TYPES)}")
    if "example" not in row:
        raise QueryError(f"{place}: 'example' is missing")
    parameter_type = cast(ParameterType, kind)
    return Parameter(
        name=name,
        type=parameter_type,
        help=_text(row, "help", place),
        example=_typed(row["example"], parameter_type, f"{place}, example"),
        default=_typed(row["default"], parameter_type, f"{place}, default") if "default" in row else None,
        minimum=_number(row, "minimum", place),
        maximum=_number(row, "maximum", place),
    )


def _typed(value: object, kind: ParameterType, where: str) -> Value:
    fits = {
        "string": isinstance(value, str),
        "concept": isinstance(value, str),
        "words": isinstance(value, str),
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "boolean": isinstance(value, bool),
        "string list": isinstance(value, list) and all(isinstance(item, str) for item in value),
    }
    if not fits[kind]:
        raise QueryError(f"{where}: {value!r} is no {kind}")
    if isinstance(value, list):
        return tuple(value)
    return float(cast(float, value)) if kind == "number" else cast(Value, value)


def _number(row: Mapping[str, object], key: str, where: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QueryError(f"{where}: {key} {value!r} is no number")
    return float(value)


def _check_agreement(query: CannedQuery, where: str) -> None:
    declared = {item.name for item in query.parameters}
    used = set(_USED.findall(_NOT_CODE.sub(" ", query.statement)))
    if used - declared:
        raise QueryError(f"{where}: used but not declared: {', '.join(f'${name}' for name in sorted(used - declared))}")
    if declared - used:
        raise QueryError(f"{where}: declared but not used: {', '.join(f'${name}' for name in sorted(declared - used))}")


def _check_best_first(query: CannedQuery, where: str) -> None:
    for name, kind in ((query.best_first or "", "number"), ("limit", "integer")):
        parameter = query.parameter(name)
        if parameter is None or parameter.type != kind or query.search is not None:
            raise QueryError(f"{where}: best_first takes a statement whose parameter {name!r} is of type {kind}")


def _bound(query: CannedQuery, parameter: Parameter, text: str | None) -> object:
    if text is None:
        if parameter.default is None:
            raise QueryError(f"{query.name} needs --{parameter.name} ({parameter.help}); {_usage(query)}")
        return list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
    value = _read(parameter, text.strip())
    if value is None:
        raise QueryError(f"{query.name}: --{parameter.name} takes {_expected(parameter)}, not {text!r}; for example: --{parameter.name} {_example(parameter)}")
    return value


def _read(parameter: Parameter, text: str) -> object:
    """Return the value that `text` stands for, None where it stands for none."""
    match parameter.type:
        case "string" | "concept":
            return text if text or parameter.default == "" else None
        case "words":
            return search_parameter(text)
        case "boolean":
            return True if text.lower() in _TRUE else False if text.lower() in _FALSE else None
        case "string list":
            return [item.strip() for item in text.split(",") if item.strip()] or None
    try:
        number = int(text) if parameter.type == "integer" else float(text)
    except ValueError:
        return None
    low = parameter.minimum if parameter.minimum is not None else float("-inf")
    high = parameter.maximum if parameter.maximum is not None else float("inf")
    return number if low <= number <= high else None


def _expected(parameter: Parameter) -> str:
    bounds = [f"{word} {limit:g}" for word, limit in (("at least", parameter.minimum), ("at most", parameter.maximum)) if limit is not None]
    words = {
        "string": "some text",
        "concept": "the name or id of a concept",
        "words": "words, those that belong together in quotation marks",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "string list": "values with commas between them",
    }
    return " ".join([words[parameter.type], " and ".join(bounds)]).strip()


def _usage(query: CannedQuery) -> str:
    return f"it takes {', '.join(item.name for item in query.parameters)}; for example: {query.example_command()}"


def _example(parameter: Parameter) -> str:
    return shlex.quote(_as_text(parameter.example))


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _table(row: Mapping[str, object], key: str, where: str) -> Mapping[str, object]:
    value = row.get(key, {})
    if not isinstance(value, dict):
        raise QueryError(f"{where}: {key!r} is no table, but {value!r}")
    return value


def _text(row: Mapping[str, object], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise QueryError(f"{where}: {key!r} is missing or is no text")
    return value.strip()


def _default_cell(parameter: Parameter) -> str:
    if parameter.default is None:
        return "required"
    return f"`{_as_text(parameter.default)}`" if parameter.default != "" else "any"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    write_readme()
