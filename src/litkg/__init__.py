"""litkg: biomedical papers in, a graph of evidence out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litkg.stores import open_store

__version__ = "0.1.0"
__all__ = ["__version__", "open_store"]


def __getattr__(name: str) -> object:
    """Import `open_store` at its first use, so that importing litkg stays light."""
    if name == "open_store":
        from litkg.stores import open_store

        return open_store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
