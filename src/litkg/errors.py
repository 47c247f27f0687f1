"""The errors that litkg raises. Each message says what is wrong, where, the value seen, and what to try next."""

from __future__ import annotations


class LitkgError(Exception):
    """Base of all litkg errors; the command line prints it as one line and exits with 1."""


class InputError(LitkgError, ValueError):
    """A document that cannot be read: empty, broken, encrypted, too large, or of no known format."""


class LexiconError(LitkgError):
    """The lexicon is missing, broken or of another version."""


class ResourceError(LitkgError):
    """A pinned resource cannot be had, or its checksum differs."""


class NameLookupError(LitkgError, LookupError):
    """A name that is unknown or ambiguous; `candidates` are (CURIE, name) pairs, best first."""

    def __init__(self, message: str, *, candidates: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class StoreError(LitkgError):
    """A graph store that cannot be opened, is down, is locked, or refuses a statement."""


class SchemaVersionError(StoreError):
    """A graph of another version of the schema, or a database of other data that litkg does not write to unasked."""


class RowLimitError(StoreError):
    """An answer that was cut: its first `max_rows` rows were given, and there are more."""

    def __init__(self, message: str, *, max_rows: int) -> None:
        super().__init__(message)
        self.max_rows = max_rows


class QueryError(LitkgError, ValueError):
    """A canned query with a bad header, or a parameter that is missing, unknown or of the wrong type."""


class NetworkError(LitkgError):
    """A remote service that does not answer, or answers with an error, after all tries."""


class CurieError(LitkgError, ValueError):
    """A string that is not a CURIE with a known prefix."""


class PipelineError(LitkgError):
    """A spaCy pipeline that cannot be built: an unknown model, or components that do not fit."""
