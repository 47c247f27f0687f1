"""The `litkg` command. Thin: each command reads its arguments, wires the stages together, and prints.

Exit codes: 0 done; 1 nothing useful was done, or an error; 2 a wrong option or argument; 130 stopped by Ctrl-C or SIGTERM.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line of this process and exit."""
    import sys
    import warnings

    from litkg.cli.app import app

    if not sys.warnoptions:
        # They are meant for who writes Python; what a user must know, litkg says in its own words. A filter would not do: spaCy sets its own.
        warnings.showwarning = _ignore_warning
    app()


def _ignore_warning(*arguments: object, **named: object) -> None:
    """Show nothing."""
