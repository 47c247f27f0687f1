"""To version 2: the version node, full-text search over names and evidence, and run records.

Owns nothing to change: indexes are made before the steps, the node after them, and what read a document before version 2 nobody wrote down.
"""

from __future__ import annotations

from litkg.stores.migrations.base import Change, Migration, Progress


def _apply(change: Change, progress: Progress) -> None:
    """Leave nodes and relationships as they are."""


VERSION_2 = Migration(version=2, title="a version node, full-text search, and room for run records", apply=_apply)
