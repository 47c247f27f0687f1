"""Turns what goes wrong into one line on standard error and an exit code; the place where every command's errors end."""

from __future__ import annotations

import os
import sys

import typer
from typer._click import Context  # typer carries its own click, and a group gets that one's context
from typer.core import TyperGroup

from litkg.cli.console import echo
from litkg.errors import LitkgError

FAILED = 1
STOPPED = 130
"""128 and the number of the signal, as shells count."""

GOES_ON = "what was loaded stays, and the same command goes on from there"


class FailingGroup(TyperGroup):
    """A group of commands whose errors are one line each; with `LITKG_DEBUG=1` they are tracebacks."""

    def invoke(self, ctx: Context) -> object:
        """Run the command. Raises: typer.Exit with the exit code for what goes wrong."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read the output has gone, as `head` does; writing on would fail again when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            say(f"stopped; {GOES_ON}")
            raise typer.Exit(STOPPED) from None
        except (LitkgError, OSError) as error:
            if os.environ.get("LITKG_DEBUG") == "1":
                raise
            say(one_line(error))
            raise typer.Exit(FAILED) from None


def say(message: str) -> None:
    """Write one line to standard error."""
    echo(f"litkg: {message}", err=True)


def one_line(error: Exception) -> str:
    """Return the message of an error without line breaks.

    >>> one_line(PermissionError(13, "Permission denied", "out/x"))
    'out/x: permission denied'
    """
    if isinstance(error, OSError) and error.strerror and not isinstance(error, LitkgError):
        what = error.strerror[:1].lower() + error.strerror[1:]
        return f"{error.filename}: {what}" if error.filename else what
    return " ".join(str(error).split()) or type(error).__name__
