"""The documents say what the program does: the reference is up to date, every command has help, every command line that is shown parses."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.testing import CliRunner

from litkg.cli.app import app
from litkg.cli.exploring import given_parameters
from litkg.cli.reference import commands, render
from litkg.errors import QueryError
from litkg.queries import bind, get_query

ROOT = Path(__file__).parent.parent
COMMANDS = dict(commands())
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def shown_commands(text: str) -> Iterator[str]:
    """Yield the `litkg ...` command lines in code blocks and code spans; what follows a `#` is a comment.

    >>> list(shown_commands("Run `litkg demo`, or:\\n\\n    litkg path A B  # why\\n\\nlitkg is good."))
    ['litkg path A B', 'litkg demo']
    """
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^(?: {4}|\t)(.*)$", text, re.MULTILINE)
    lines = [line.strip().removeprefix("$ ") for block in fenced for line in block.splitlines()] + [line.strip().removeprefix("$ ") for line in indented]
    spans = re.findall(r"`(litkg [^`\n]+)`", text)
    for line in [*lines, *spans]:
        if line.startswith("litkg "):
            yield re.sub(r"\s+#.*", "", line)


def shown() -> list[tuple[str, str]]:
    """Return (document, command line) for all documents of the project."""
    files = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "queries" / "README.md", ROOT / "corpus" / "README.md"]
    return [(file.name, line) for file in files if file.exists() and file.name != "cli.md" for line in shown_commands(file.read_text(encoding="utf-8"))]


def problem_of(line: str) -> str | None:
    """Return why a command line does not parse, None where it does; nothing is run."""
    words = shlex.split(re.split(r"\s[|>]\s", line)[0])
    known = next((words[:size] for size in (3, 2) if tuple(words[:size]) in COMMANDS), None)
    if known is None:
        return "no such command"
    rest = words[len(known) :]
    if isinstance(COMMANDS[tuple(known)], TyperGroup) and rest and not rest[0].startswith("-"):
        return f"no command {rest[0]}"
    if known == ["litkg", "query"]:
        return _query_problem([word for word in rest if word not in {"--json", "--help"}])
    options = {option for parameter in COMMANDS[tuple(known)].params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help", "-h"}
    unknown = [word for word in rest if word.startswith("-") and word.partition("=")[0] not in options and word != "-"]
    return f"no option {unknown[0]}" if unknown else None


def _query_problem(words: list[str]) -> str | None:
    if not words:
        return None
    try:
        values = given_parameters(words[1:])
        values.pop("store", None)
        if words[1:]:
            bind(get_query(words[0]), values)
        get_query(words[0])
    except QueryError as error:
        return str(error)
    return None


def test_reference_is_up_to_date() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == render(), "docs/cli.md is stale; renew it with: make docs"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_command_has_help_and_says_it(words: tuple[str, ...]) -> None:
    help_text = COMMANDS[words].help
    assert help_text
    assert help_text[0].isupper()
    result = CliRunner().invoke(app, [*words[1:], "--help"])
    assert result.exit_code == 0
    assert help_text.split("\n")[0].split()[0] in result.output


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_option_has_help(words: tuple[str, ...]) -> None:
    command = COMMANDS[words]
    silent = [name for parameter in command.params for name in parameter.opts if name.startswith("-") and not getattr(parameter, "help", None)]
    assert not silent


@pytest.mark.parametrize(("document", "line"), shown(), ids=lambda value: str(value)[:60])
def test_command_lines_that_are_shown_parse(document: str, line: str) -> None:
    assert problem_of(line) is None, f"{document} shows {line!r}: {problem_of(line)}"


@pytest.mark.parametrize(
    "line", ["litkg nothing", "litkg path A B --nothing", "litkg query nothing", "litkg query adverse-events --pill x", "litkg lexicon brew"]
)
def test_command_lines_that_would_not_run_are_noticed(line: str) -> None:
    assert problem_of(line) is not None


@pytest.mark.parametrize("file", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: str(path.name))
def test_links_between_documents_lead_somewhere(file: Path) -> None:
    broken = [target for target in _LINK.findall(file.read_text(encoding="utf-8")) if not (file.parent / target).exists()]
    assert not broken
