"""Writes a name out in the other ways in which texts write it, where no match key can make them meet: turned round, re-ordered, without an apostrophe.

Owns the table of patterns. Each holds across a vocabulary; none knows a name. A variant ranks below what a source says, so that two concepts which meet in
one are told apart by their own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from litkg.lexicon.normalise import inverted

_TURNED_HEAD_LINES = """
    abnormality abscess agenesis aneurysm aplasia atresia atrophy calcification cancer carcinoma cyst defect deficiency deformity degeneration dilatation
    disorder disease dislocation dysfunction dysplasia embolism excess fibrosis fracture hemorrhage hernia hyperplasia hypertrophy hypoplasia infarction
    infection inflammation injury insufficiency ischemia lesion lymphoma malformation neoplasm necrosis obstruction occlusion paralysis perforation prolapse
    rupture sarcoma spasm stenosis stricture thrombosis toxicity tumor tumour ulcer
"""
_TURNED_HEADS = frozenset(_TURNED_HEAD_LINES.split())
"""Nouns that take what they are of before or after them: "deficiency of X" is "X deficiency"."""
_OF_WITH = {"infection": "with"}
_OF = re.compile(r"^(\w+?)(s?) (?:of|with|in) (?:the )?((?:[\w-]+ ){0,3}[\w-]+)$")
_HEAD_LAST = re.compile(r"^((?:[\w-]+ ){0,2}[\w-]+) (\w+?)(s?)$")
_LINKING = re.compile(r"\b(?:and|or|of|with|without|in|due|to|by|from|the|not|other|type|for)\b|\d", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=[a-z])['’]s(?= )")
_PART = re.compile(r"[A-Za-z][\w'’-]*(?: [A-Za-z][\w'’-]*){0,3}")
_MOST_PARTS = 4
_SALT_LINES = """
    acetate anhydrous benzoate besylate bisulfate bitartrate bromide calcium carbonate chloride citrate decanoate diacetate dihydrate dihydrochloride
    diphosphate dipropionate disodium edisylate enanthate esylate fluoride fumarate gluconate hbr hcl hemihydrate hydrobromide hydrochloride hydroiodide
    iodide isethionate lactate lithium magnesium maleate meglumine mesilate mesylate methanesulfonate monohydrate napsylate nitrate oxalate palmitate pamoate
    phosphate potassium propionate salicylate sodium stearate succinate sulfate sulphate tartrate tosylate trihydrate trihydrochloride tromethamine valerate
    xinafoate zinc
"""
_SALTS = frozenset(_SALT_LINES.split())
"""Words for salts, hydrates and esters that end the name of a drug: the form in which it is given."""
_METAL_LINE = "aluminum ammonium barium bismuth cadmium cobalt copper cupric ferric ferrous gold iron lead manganese mercury nickel silver strontium zinc"
_METALS = frozenset(_METAL_LINE.split())
"""What the name of an inorganic salt begins with: zinc acetate is no form of zinc."""


_COMMON_SALTS = (
    "hydrochloride",
    "sodium",
    "maleate",
    "citrate",
    "sulfate",
    "mesylate",
    "tartrate",
    "hydrobromide",
    "acetate",
    "potassium",
    "bromide",
    "besylate",
)
_CATION = re.compile(r"^(?:di|tri)?(?:sodium|potassium|calcium|magnesium|lithium) (?=[a-z]{5,}\w* ?\w*$)", re.IGNORECASE)


_RECEPTOR_SYMBOL = re.compile(r"^([A-Z]{2,5}(?:-?\d{1,2})?)-?R(\d{0,2})$")
_LIGAND_LETTERS = 3
"""Letters and digits of the shortest ligand that a symbol without a number is taken apart for."""


def written_variants(name: str) -> Iterator[str]:
    """Yield the other ways to write a name, each once and none the name itself.

    >>> list(written_variants("Leukemia, Myeloid, Acute")), list(written_variants("Deficiency of the factor X-like enzyme"))
    (['Acute Myeloid Leukemia'], ['factor X-like enzyme deficiency'])
    >>> list(written_variants("Crohn's disease")), list(written_variants("nausea, vomiting, and pain"))
    (['Crohns disease'], [])
    """
    found = dict.fromkeys((_without_apostrophe(name), reordered(name), _turned(name)))
    yield from (text for text in found if text is not None and text != name)


def reordered(name: str) -> str | None:
    """Return "Acute Myeloid Leukemia" for "Leukemia, Myeloid, Acute": the parts of a heading of two commas and more in the order of speech; None for
    other names.

    >>> reordered("Lymphoma, Large B-Cell, Diffuse"), reordered("Arthritis, Rheumatoid"), reordered("1,2-dibromoethane")
    ('Diffuse Large B-Cell Lymphoma', None, None)
    """
    if name.count(", ") < 2:
        return None
    parts = name.split(", ")
    if not 3 <= len(parts) <= _MOST_PARTS or inverted(name) or not all(_PART.fullmatch(part) for part in parts) or _LINKING.search(name):
        return None
    return " ".join(reversed(parts))


def receptor_spelled_out(symbol: str) -> str | None:
    """Return "TNF receptor 1" for the symbol "TNFR1", "IL-6 receptor" for "IL-6R": a receptor as texts call it after its ligand; None for other symbols.

    >>> [receptor_spelled_out(symbol) for symbol in ("TNFR1", "LDLR", "IL-6R", "BAR", "AR")]
    ['TNF receptor 1', 'LDL receptor', 'IL-6 receptor', None, None]
    """
    match = _RECEPTOR_SYMBOL.match(symbol)
    return f"{match[1]} receptor {match[2]}".strip() if match and (len(match[1]) >= _LIGAND_LETTERS or match[2]) else None


def without_salt(name: str) -> str | None:
    """Return the name of a drug without the salt or hydrate that ends it, or the metal that begins it; None where there is none.

    >>> without_salt("sildenafil citrate"), without_salt("diclofenac sodium dihydrate"), without_salt("sodium"), without_salt("sodium chloride")
    ('sildenafil', 'diclofenac', None, None)
    """
    words = _CATION.sub("", name).split()
    kept = list(words)
    while len(kept) > 1 and kept[-1].lower() in _SALTS:
        kept.pop()
    return None if " ".join(kept) == name or kept[0].lower() in _SALTS | _METALS or len(kept[0]) < 4 else " ".join(kept)


def of_salts(name: str) -> tuple[str, ...]:
    """Return the names of a drug's commonest salts.

    >>> of_salts("calmazine")[:2]
    ('calmazine hydrochloride', 'calmazine sodium')
    """
    return tuple(f"{name} {salt}" for salt in _COMMON_SALTS)


def _without_apostrophe(name: str) -> str | None:
    found = _POSSESSIVE.sub("s", name) if "'" in name or "’" in name else name
    return found if found != name else None


def _turned(name: str) -> str | None:
    first, _, _ = name.partition(" ")
    _, _, last = name.rpartition(" ")
    if first.lower().rstrip("s") not in _TURNED_HEADS and last.rstrip("s") not in _TURNED_HEADS:
        return None
    lower = name[:1].lower() + name[1:]
    if (match := _OF.match(lower)) and match[1].lower() in _TURNED_HEADS and not _LINKING.search(match[3]):
        return f"{match[3]} {match[1]}{match[2]}"
    if (match := _HEAD_LAST.match(name)) and match[2] in _TURNED_HEADS and not _LINKING.search(match[1]):
        return f"{match[2]}{match[3]} {_OF_WITH.get(match[2], 'of')} {match[1]}"
    return None
