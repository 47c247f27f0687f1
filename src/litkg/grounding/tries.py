"""Another name to try for a mention, with the rule that made it and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Try:
    """Another name for a mention: `rule` names the feature that it scores by, `reason` says what was done."""

    name: str
    rule: str
    reason: str
