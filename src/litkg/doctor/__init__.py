"""Looks at what litkg needs on this machine, and says of each thing whether it is there and what mends it.

Owns the order of the checks; refuses to mend anything, and to reach for the network beyond a graph server that the settings name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import requires

from litkg.doctor.check import Check
from litkg.doctor.graph import check_graph
from litkg.doctor.installation import check_imports, check_java, check_maven, check_models, check_ncbi, check_packages, check_python, installed_version
from litkg.doctor.machine import check_disks, check_memory
from litkg.doctor.names import check_lexicon, check_linker, check_spelling, check_words
from litkg.settings import Settings

__all__ = ["Check", "examine"]


def examine(settings: Settings, *, deep: bool = False, progress: Callable[[str], None] = lambda message: None) -> tuple[Check, ...]:
    """Return the checks of everything, in the order in which a user would mend them.

    With `deep` every file of the lexicon is hashed and every node of the graph is looked at: seconds for the one, a minute a million evidences for the other.
    """
    progress("looking at the installation")
    checks = [check_python(sys.version_info[:2]), check_packages(requires("litkg") or (), installed_version), check_imports(installed_version), check_models()]
    progress("looking at the lexicon")
    checks += [check_lexicon(settings, deep=deep), check_spelling(settings), check_words(settings), check_linker(settings)]
    progress("looking at the graph")
    checks += check_graph(settings, deep=deep, progress=progress)
    checks += [*check_disks(settings), check_memory(), check_java(), check_maven(), check_ncbi(settings)]
    return tuple(checks)
