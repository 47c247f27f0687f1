"""Tells what a target is that a user names: a path, PubMed ids, PMC ids, or an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from litkg.credentials import has_userinfo, without_userinfo
from litkg.errors import InputError


class TargetKind(StrEnum):
    """The kinds of target."""

    PATH = "path"
    PMID = "pmid"
    PMC = "pmc"
    URL = "url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target; `values` are ids without prefix and without doubles, or the one path or address."""

    kind: TargetKind
    values: tuple[str, ...]


def parse_target(target: str) -> Target:
    """Return what `target` names.

    Raises: InputError for a prefix with anything but numbers after it.

    >>> parse_target("PMID:12,0012, PMID:7").values
    ('12', '7')
    >>> parse_target("PMC:PMC99").kind
    <TargetKind.PMC: 'pmc'>
    """
    if re.match(r"https?://", target, re.IGNORECASE):
        if has_userinfo(target):
            raise InputError(f"{without_userinfo(target)}: an address with a user name or password in it: download the file, and name that")
        return Target(kind=TargetKind.URL, values=(target,))
    prefix = re.match(r"\s*(pmid|pmc)\s*:(?!//)", target, re.IGNORECASE)
    if prefix is None:
        return Target(kind=TargetKind.PATH, values=(target,))
    kind = TargetKind(prefix[1].lower())
    pieces = [piece.strip() for piece in target[prefix.end() :].split(",")]
    numbers = [re.fullmatch(r"(?:PMID:?|PMC:?(?:PMC)?)?0*([1-9]\d{0,9})", piece, re.IGNORECASE) for piece in pieces if piece]
    if not numbers or not all(numbers):
        raise InputError(f"{target}: not a list of ids: write {prefix[1].upper()}:123 or {prefix[1].upper()}:123,456")
    return Target(kind=kind, values=tuple(dict.fromkeys(number[1] for number in numbers if number)))
