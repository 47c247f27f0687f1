"""Null results: the clauses of a sentence that say that no effect or no difference was found, and what was compared.

Owns the wording of null results in trials and experiments (no significant difference, did not differ, similar in both groups, P = 0.4); what they refute
is decided in `comparisons`. A p-value above .05 makes a clause null where no words do; one below it speaks against weak words ("similar", "not reach").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SIGNIFICANT = 0.05
_CUT = re.compile(
    r"""
    ;\s | :\s | (?<=[a-z\d)%\]])\.\s+(?=[A-Z]) | ,?\s+(?=(?:but|whereas|while|although|though|however|yet|despite|except)\b)
    | ,\s+(?=and\s+(?:there|no|did|was|were|had)\b)
    """,
    re.VERBOSE,
)
_CHANGE = (
    r"(?:differences?|effects?|changes?|impact|influence|benefits?|improvements?|reductions?|increases?|decreases?|associations?"
    r"|correlations?|relationships?|advantages?|interactions?"
    r"|variations?|alterations?|gain|loss|trends?|superiority)"
)
_STRONG = re.compile(
    rf"""
    \b(?:no|without(?:\ any)?|neither|nor|lack\ of(?:\ an?)?|absence\ of(?:\ an?)?|little|(?:did|do|does)\ not\ (?:find|show|reveal|detect|observe
      |demonstrate|have|produce|provide|result\ in)(?:\ an[y]?)?
       |(?:not|never)\ (?:any|an?))\s
       (?:[\w‐-]+\s){{0,4}}?(?:significant(?:ly)?\s)?(?:[\w‐-]+\s){{0,4}}?{_CHANGE}\b
    | \bno\ (?:more|less|greater|better|worse|higher|lower|longer|shorter)\b (?!\ than\ (?:\d|once|twice))
    | \b(?:not|n['’]t|neither|nor|never)\s(?:[\w‐-]+\s){{0,2}}?(?:statistically\s)?(?:significant|significantly|differ|differed|different|affect
      |affected|influence|influenced|change|changed|alter|altered|improve|improved
       |reduce|reduced|increase|increased|decrease|decreased|prevent|prevented|superior|effective|associated|correlated?|lower|raise|higher|achieve
         |reach|attain|modify|modified|vary|impact|enhance|enhanced|lead)\b
    | \b(?:non-?significant|nonsignificant|insignificant|unaffected|unchanged|unaltered|ineffective|statistically\ (?:equal|equivalent|similar))(?:ly)?\b
    | \bfail(?:ed|s|ure)?\ to\ (?:show|demonstrate|reach|achieve|improve|reduce|increase|decrease|prevent|lower|raise|affect|alter|produce|detect|find|meet)\b
    | \b(?:remained|stayed)\ (?:the\ same|stable|constant|similar|unchanged)\b | \bnon-?inferior\w*\b | \bno\ significance\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WEAK = re.compile(
    r"""
    \b(?:similar|similarly|comparable|equivalent|equally|identical|the\ same|as\ (?:effective|safe|well|good|efficacious|likely|often|high|low)\ as
      |equal|did\ not\ \w+|was\ not|were\ not|nor\ did|neither|tended|trend|tendency|marginal(?:ly)?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DOUBLE = re.compile(r"\bno(?:t only)\b|\bnot only\b|\bno (?:further|longer|doubt)\b", re.IGNORECASE)
_P_VALUE = re.compile(r"\bp(?:[- ]?values?)?\s*(?:(?P<sign>[<>=≤≥≈~]|&lt;|&gt;|was|of)\s*)+(?P<number>0?[.·]\d+|1(?:\.0+)?|0)\b", re.IGNORECASE)
_NS = re.compile(r"(?<![\w.])(?:NS|n\.s\.|N\.S\.)(?![\w])")
_BACK = re.compile(
    r"""
    (?:but|although|though|however,?|yet|and|while|whereas)?\s*
    (?: (?:this|these|those|the|such|they|it|there|none|both|neither)\s(?:[\w‐-]+\s){0,3}?(?:was|were|did|had|has|failed|remained|is
      |are)\b(?!\ not\ (?:affect|alter|change|reduce|increase|improve|prevent|lower))
      | (?:was|were|did|had|failed|not)\b (?!\ not\ (?:affect|alter|change|reduce|increase|improve|prevent|lower))
      | (?:with\s)?no\s(?:[\w‐-]+\s){0,3}?(?:difference|significance) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How a clause begins that speaks of what the clause before it names ("but this was not significant")."""
_INTERVAL = re.compile(r"\bCI\b[^()\[\]]{0,12}?[\[(]?\s*(?P<low>[-−–]?\d+(?:[.·]\d+)?)\s?%?\s?(?:to|–|-|,|and)\s?(?P<high>[-−+]?\d+(?:[.·]\d+)?)")
_RATIO = re.compile(r"\b(?:ratios?|relative risks?|RR|OR|HR|aOR|aHR|IRR|odds)\b")
_DIFFERENCE = re.compile(r"\b(?:differences?|changes?|reductions?|decline)\b|[-−]\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NullResult:
    """A clause `[start, end)` of a text that reports no effect or no difference, with the words that say so."""

    start: int
    end: int
    cue: tuple[int, int]


def find_nulls(text: str) -> list[NullResult]:
    """Return the null results among the clauses of a text, in order."""
    found: list[NullResult] = []
    before = 0
    for start, end in clauses(text):
        cue = _null_cue(text, start, end)
        if cue is not None:
            about = before if _BACK.match(text, start, end) else start
            found.append(NullResult(start=about, end=end, cue=cue))
        before = start
    return found


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between semicolons, colons and words of contrast, in order; together they hold the text."""
    start = 0
    for match in _CUT.finditer(text):
        before = text[start : match.start()]
        if before and before.count("(") <= before.count(")"):
            yield start, match.end()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _null_cue(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the words of a clause that report a null result, or None."""
    values = list(_p_values(text, start, end))
    significant = any(low for _, low in values)
    for strong in _STRONG.finditer(text, start, end):
        if not _DOUBLE.match(text, strong.start()):
            return strong.span()
    if (match := _NS.search(text, start, end)) and not significant:
        return match.span()
    if not significant and (interval := _open_interval(text, start, end)):
        return interval
    high = next((span for span, low in values if not low), None)
    if high is not None and not significant:
        return high
    if not significant and (match := _WEAK.search(text, start, end)):
        return match.span()
    return None


def _open_interval(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a confidence interval that holds the value of no effect: 1 of a ratio, 0 of a difference."""
    for match in _INTERVAL.finditer(text, start, end):
        low, high = (float(match[name].replace("·", ".").replace("−", "-").replace("–", "-")) for name in ("low", "high"))
        nothing = 1.0 if _RATIO.search(text, start, end) else 0.0 if _DIFFERENCE.search(text, start, end) else None
        if nothing is not None and low < nothing < high:
            return match.span()
    return None


def _p_values(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yield the span of each p-value, and whether it is a significant one."""
    for match in _P_VALUE.finditer(text, start, end):
        value = float(match["number"].replace("·", "."))
        above = match["sign"] in {">", "≥", "&gt;"}
        yield match.span(), value <= SIGNIFICANT and not (above and value >= 0.04)
