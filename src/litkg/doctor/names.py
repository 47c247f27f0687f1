"""Checks of the lexicon and of the indexes beside it.

Owns what each is for; refuses to build any.
"""

from __future__ import annotations

from litkg.doctor.check import Check
from litkg.errors import LitkgError
from litkg.lexicon.storage import BUILD_COMMAND, LexiconInfo, read_info, verify_content
from litkg.settings import Linker, Settings

_SHOWN = 12
"""Characters of a hash that a line shows."""


def check_lexicon(settings: Settings, *, deep: bool = False) -> Check:
    """Return whether the lexicon is built, of this version and whole; with `deep`, whether its content has its hash."""
    try:
        info = read_info(settings.lexicon_path)
        if deep:
            verify_content(settings.lexicon_path, info)
    except LitkgError as error:
        broken = "is broken" in str(error)
        return Check(name="lexicon", ok=False, detail=str(error), remedy=f"{BUILD_COMMAND} --force" if broken else BUILD_COMMAND)
    detail = f"{info.concepts:,} concepts, {info.names:,} names, {info.content_sha256[:_SHOWN]}, at {settings.lexicon_path}"
    return Check(name="lexicon", ok=True, detail=detail)


def check_spelling(settings: Settings) -> Check:
    """Return whether misspelt names can be read."""
    from litkg.grounding.spelling import NearNames

    info = _info(settings)
    there = info is not None and NearNames.open(settings.lexicon_path, info) is not None
    return _index("spelling", there, "index of near names", "no index of this lexicon: misspelt names are not found", f"{BUILD_COMMAND} --force")


def check_words(settings: Settings) -> Check:
    """Return whether names can be searched for by their words."""
    from litkg.grounding.name_search import NameSearch

    info = _info(settings)
    there = info is not None and NameSearch.open(settings.lexicon_path, info) is not None
    return _index("words", there, "index of names by their words", "no index of this lexicon: fewer names get an id", f"{BUILD_COMMAND} --force")


def check_linker(settings: Settings) -> Check:
    """Return whether scispaCy's linker has its index; needed only where the settings name that linker."""
    from litkg.grounding.scispacy.index import INDEX_COMMAND, is_indexed

    info = _info(settings)
    there = info is not None and is_indexed(settings.lexicon_path, info)
    needed = settings.linker is Linker.SCISPACY
    return _index("scispacy", there, "index for scispaCy's linker", "no index of this lexicon; only --linker scispacy needs it", INDEX_COMMAND, needed=needed)


def _info(settings: Settings) -> LexiconInfo | None:
    try:
        return read_info(settings.lexicon_path)
    except LitkgError:
        return None


def _index(name: str, there: bool, detail: str, missing: str, remedy: str, *, needed: bool = False) -> Check:
    return Check(name=name, ok=there, detail=detail if there else missing, remedy="" if there else remedy, needed=needed)
