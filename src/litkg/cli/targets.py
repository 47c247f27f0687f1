"""Reads what the user names on the command line, and goes on past what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from litkg.errors import InputError, NetworkError
from litkg.sources.ncbi import NcbiClient
from litkg.sources.registry import OnSkip, Skip, open_target

if TYPE_CHECKING:
    from litkg.model import RawDocument
    from litkg.settings import Settings


def read_targets(targets: Sequence[str], settings: Settings, *, on_skip: OnSkip, on_warning: OnSkip) -> Iterator[RawDocument]:
    """Yield the documents of all targets, lazily and in their order; what cannot be read goes to `on_skip`."""
    client = NcbiClient(base_url=settings.ncbi_base_url, api_key=settings.ncbi_api_key, email=settings.ncbi_email)
    for target in targets:
        try:
            yield from open_target(target, client=client, on_skip=on_skip, on_warning=on_warning)
        except (InputError, NetworkError) as error:
            on_skip(Skip(path=target, reason=str(error)))
