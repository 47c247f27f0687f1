"""Fixtures for all tests: the full lexicon, for tests marked `lexicon`. Tests may have a score shown at the end of the run."""

from __future__ import annotations

import os

import pytest

from litkg.errors import LexiconError
from litkg.lexicon.lookup import Lexicon
from litkg.settings import settings_from_environment


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """Open the built lexicon; where there is none the test is skipped with the command to run, and fails when CI is set."""
    try:
        return Lexicon.open(settings_from_environment(os.environ).lexicon_path)
    except LexiconError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests recorded under "gold score"; properties travel with the reports, from other processes too."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == "gold score" and report.when == "call":
                    terminalreporter.section(name)
                    terminalreporter.write_line(str(value))
