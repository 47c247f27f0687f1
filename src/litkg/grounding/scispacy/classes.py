"""scispaCy's classes, imported without loading nmslib, which litkg's index stands in for.

nmslib and scikit-learn each bring an OpenMP library that needs static thread-local storage, and so does kglite, the embedded store: glibc has room for
two of the three, and whichever comes last cannot be imported. Here nmslib is loaded at its first use, so that scispaCy's own indexes still work in a process
that has no kglite.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_NAME = "nmslib"


class _AtFirstUse(ModuleType):
    """A module that is loaded when something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            raise AttributeError(f"{self.__name__} is not loaded yet")  # the import system looks for attributes that modules need not have
        return getattr(import_module(self.__name__), name)


@contextmanager
def _nmslib_at_first_use() -> Iterator[None]:
    if _NAME in sys.modules:
        yield
        return
    dist = _AtFirstUse(f"{_NAME}.dist")
    dist.__dict__["FloatIndex"] = Any  # a type in annotations, nothing else
    stand_ins = {_NAME: _AtFirstUse(_NAME), dist.__name__: dist}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)


with _nmslib_at_first_use():
    from scispacy.candidate_generation import CandidateGenerator, MentionCandidate
    from scispacy.linking import EntityLinker
    from scispacy.linking_utils import Entity, KnowledgeBase

__all__ = ["CandidateGenerator", "Entity", "EntityLinker", "KnowledgeBase", "MentionCandidate"]
