"""Another name to try for a mention, with the rule that made it and why."""

from __future__ import annotations

from typing import NamedTuple


class Try(NamedTuple):
    """Another name for a mention: `rule` names the feature that it scores by, `reason` says what was done."""

    name: str
    rule: str
    reason: str
