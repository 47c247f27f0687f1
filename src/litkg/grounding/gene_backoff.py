"""Other names to try for a gene that the lexicon does not know: written in another way, or without what says of it more than which gene it is.

Owns the rules, each general and each with its reason. A name is tried in the ways that keep its meaning first, then with parts left out; two steps may follow
each other ("thyroid hormone receptor a1 gene"). Refuses to look anything up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.grounding.tries import Try

_MOST_TRIES = 40
_LONGEST = 150
"""Letters of a name that is taken apart: no gene has longer ones, and some patterns take quadratic time."""
_STEPS = 3
_GREEK = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta", "e": "epsilon", "z": "zeta", "k": "kappa", "u": "mu", "w": "omega"}
_GREEK_WORD = "alpha|beta|gamma|delta|epsilon|zeta|kappa|sigma|theta|omega|mu|α|β|γ|δ|ε|ζ|κ|σ|θ|ω|μ"
_LETTER = re.compile(r"(?:(?<=[A-Z])|(?<=\d)|(?<=^)|(?<=[\s(-]))([abgdezkuw])(?=-?\d{0,2}(?:$|[\s)-]))")
"""A Latin letter where Greek is meant: "TNF-a", "receptor a1", "11b-hydroxylase"."""
_LEADING_GREEK = re.compile(rf"^({_GREEK_WORD})[\s-]*(\d?)[\s-]+(?=\S*[A-Z])(.+)$", re.IGNORECASE)
_ROMANS = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10", "XI": "11", "XII": "12"}
_ROMAN = re.compile(r"(?<=[\s-])(IX|IV|V?I{1,3}|V|XI{0,2}|X)(?=[A-Ea-e]?$|\s)")
_TYPE = re.compile(r"[\s-]+(?:(?:sub)?type|form|isoform|isozyme|isoenzyme|number|no\.)[\s-]+(?=(?:\d|[IVX]+\b|[A-Z]\b|[a-z]\b))", re.IGNORECASE)
_RECEPTOR = re.compile(r"(?<=[A-Z0-9])[\s-]+receptors?\b[\s-]*")
_RECEPTOR_LETTER = re.compile(rf"(?<=[A-Za-z0-9])R(?=[\s-]?(?:{_GREEK_WORD}|[12]\b|[IVX]+\b|$))")
_RECEPTOR_FOR = re.compile(r"^(?:an?\s+|the\s+)?receptor\s+(?:for|of)\s+(?:the\s+)?(.+)$", re.IGNORECASE)
_MICRO_RNA = re.compile(r"^(?:hsa-)?(?:miR|miRNA|microRNA|MIRN?|mir|Mir|pre-miR|pri-miR)-?(?=\d)|^(?:hsa-)?(?=[Ll]et-7)")
_COLLAGEN = re.compile(rf"^(?:pro-?)?({_GREEK_WORD})[\s-]?(\d)[\s-]?\(([IVX]+)\)(?:\s+(?:pro)?collagen|\s+chain)*$", re.IGNORECASE)
_HUMAN = re.compile(r"^(?:h|hum|Hum|hu|Hs)[\s-]?(?=[A-Z])|^(?:human|murine|mouse|rat|bovine|recombinant|Homo sapiens)\s+(?=\S)")
_NOUN = re.compile(
    r"[\s-]+(?:genes?|(?:glyco|phospho|onco|lipo)?proteins?|mRNAs?|antigens?|Ag|locus|loci|promoter|transcripts?|polypeptides?|isoforms?|homologu?e?s?|kinases?"
    r"|subunits?|chains?|precursors?|allele)$",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"^(?:s|r|rh|rm|p|[Pp]hospho-?)(?=[A-Z][A-Za-z]*-?[A-Z0-9])|^[sp](?=[A-Z][a-z]+$)|^(?:[Pp]re?pro|[Pp]ro|[Pp]re|[vc]|phospho|p)-(?=[A-Za-z])"
    r"|^p\d{2,3}(?=[A-Za-z]{3,})|^(?i:soluble|phosphorylated|mutant|wild[ -]type|total|activated|cleaved|recombinant|cytosolic|mitochondrial|plasma"
    r"|serum|circulating|urinary|salivary|intracellular|endogenous|exogenous)\s+"
)
_ISOFORM = re.compile(
    rf"(?<=\d)(?:[a-e]|[A-E]|v\d+|-?(?:{_GREEK_WORD})|tg|[LSp])$|(?<=[A-Z])v\d+$|(?<=[IVX])[ab]$|(?<=[\w)])[\s-](?:{_GREEK_WORD})$|(?<=[A-Z0-9])(?:-?GTP|-?GDP)$"
)


_BARE_WORD = re.compile(
    rf"(?!p\d\d)(?:(?i:{_GREEK_WORD}|(?:subunit|chain|type|receptor|protein|gene|factor|isoform|member|form|class|group)s?)|[IVX]+|[A-Za-z])?(?:\d[\d,]*[A-Za-z]?)?"
)
_TYPE_FIRST = re.compile(r"^(?:type|class)[\s-](\d|[IVX]+)\s+(.+)$", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"^([A-Za-z]\d[A-Za-z]?)\s+(\S+(?:\s+\S+)?)\s+(receptors?|channels?|transporters?)$", re.IGNORECASE)
_PART_OF = re.compile(r"^(?:the\s+)?((?:\S+[\s-])?(?:subunit|chain|polypeptide|peptide))s?\s+of\s+(?:the\s+)?(?:human\s+)?(.+)$", re.IGNORECASE)
WRITING = "another way to write it"


def gene_names(name: str) -> Iterator[Try]:
    """Yield the names to try, nearest first, each once, none the name itself: at most _MOST_TRIES."""
    seen = {name}
    if len(name) > _LONGEST:
        return
    level = [Try(name, "", "")]
    for _ in range(_STEPS):
        following: list[Try] = []
        for item in level:
            for step in _steps(item.name):
                if step.name in seen or len(step.name) < 2:
                    continue
                if len(seen) > _MOST_TRIES:
                    return
                seen.add(step.name)
                rule = step.rule if item.rule in ("", WRITING) else item.rule
                made = Try(step.name, rule, f"{item.reason}, {step.reason}" if item.reason else step.reason)
                yield made
                following.append(made)
        level = following


def is_bare(name: str) -> bool:
    """Tell whether a name has no word that names a gene: "alpha 1", "receptor beta".

    >>> is_bare("beta-2 subunit"), is_bare("beta-catenin")
    (True, False)
    """
    return all(map(_BARE_WORD.fullmatch, re.split(r"[\s-]+", name)))


def _steps(name: str) -> Iterator[Try]:
    for other in _written(name):
        if other != name:
            yield Try(other, WRITING, f"written {other!r}")
    for pattern, rule in ((_HUMAN, "without the species"), (_NOUN, "without the kind"), (_FORM, "without the form"), (_ISOFORM, "without the isoform")):
        if (rest := pattern.sub("", name).strip()) and rest != name and not is_bare(rest):
            yield Try(rest, rule, f"{rule}: {rest!r}")


def _written(name: str) -> Iterator[str]:
    """Yield a name in the other ways in which texts write it."""
    if match := _MICRO_RNA.match(name):
        yield "MIR" + name[match.end() :]
        return
    if _LETTER.search(name):
        yield _LETTER.sub(lambda match: ("" if match.start() == 0 or name[match.start() - 1] in " (-" else "-") + _GREEK[match[1]], name)
    if match := _COLLAGEN.match(name):
        yield f"collagen {match[1].lower()}-{match[2]}({match[3]}) chain"
    if _ROMAN.search(name):
        yield _ROMAN.sub(lambda match: _ROMANS[match[1]], name)
    if _TYPE.search(name):
        yield _TYPE.sub(" ", name)
    if match := _RECEPTOR_FOR.match(name):
        yield f"{match[1]} receptor"
    elif _RECEPTOR.search(name):
        yield _RECEPTOR.sub("R", name)
    elif _RECEPTOR_LETTER.search(name):
        yield _RECEPTOR_LETTER.sub(" receptor ", name).strip()
    if match := _TYPE_FIRST.match(name):
        yield f"{match[2]} type {match[1]}"
    if match := _NUMBER_FIRST.match(name):
        yield f"{match[2]} {match[1]} {match[3]}"
        yield f"{match[2]} {match[3]} {match[1]}"
    if match := _PART_OF.match(name):
        yield f"{match[2]} {match[1]}"
        yield match[2] + " " + re.sub(r"[\s-]+(?:subunit|chain|polypeptide|peptide)$", "", match[1])
    if match := _LEADING_GREEK.match(name):
        yield f"{match[3]} {match[1]}{match[2]}"
