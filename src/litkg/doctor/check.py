"""What one check says.

Owns its shape; refuses to check anything.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The state of one thing. `needed` tells whether litkg cannot do its main job without it; `remedy` is empty where all is well."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True

    @property
    def state(self) -> str:
        """`ok`, `missing`, or `optional` for what is missing and can stay so."""
        return "ok" if self.ok else "missing" if self.needed else "optional"
