"""Names for chemical symbols and formulas: elements and their ions, salts, small molecules, names with an isotope before them.

Owns the symbols, which are general knowledge of chemistry; refuses to say which concept a name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ELEMENT_LINES = """
    H=hydrogen He=helium Li=lithium Be=beryllium B=boron C=carbon N=nitrogen O=oxygen F=fluorine Ne=neon Na=sodium Mg=magnesium Al=aluminum
    Si=silicon P=phosphorus S=sulfur Cl=chlorine Ar=argon K=potassium Ca=calcium Ti=titanium V=vanadium Cr=chromium Mn=manganese Fe=iron Co=cobalt
    Ni=nickel Cu=copper Zn=zinc Ga=gallium Ge=germanium As=arsenic Se=selenium Br=bromine Kr=krypton Rb=rubidium Sr=strontium Y=yttrium Zr=zirconium
    Mo=molybdenum Tc=technetium Ru=ruthenium Rh=rhodium Pd=palladium Ag=silver Cd=cadmium In=indium Sn=tin Sb=antimony Te=tellurium I=iodine Xe=xenon
    Cs=cesium Ba=barium La=lanthanum Ce=cerium Gd=gadolinium W=tungsten Pt=platinum Au=gold Hg=mercury Tl=thallium Pb=lead Bi=bismuth Ra=radium
    Rn=radon U=uranium
"""
_ELEMENTS = dict(pair.split("=") for pair in _ELEMENT_LINES.split())
_METAL_LINE = "Li Na K Mg Ca Al Cr Mn Fe Co Ni Cu Zn Rb Sr Ag Cd Sn Cs Ba La Gd Hg Tl Pb Au"
_CATIONS = {symbol: _ELEMENTS[symbol] for symbol in _METAL_LINE.split()} | {"NH4": "ammonium", "H": "hydrogen"}
_ADJECTIVES = {"Fe": ("ferrous", "ferric"), "Cu": ("cupric", "cuprous"), "Hg": ("mercuric", "mercurous"), "Sn": ("stannous", "stannic")}
_ANIONS = {
    "F": "fluoride", "Cl": "chloride", "Br": "bromide", "I": "iodide", "O": "oxide", "S": "sulfide", "OH": "hydroxide", "CN": "cyanide", "NO2": "nitrite",
    "NO3": "nitrate", "CO3": "carbonate", "HCO3": "bicarbonate", "SO3": "sulfite", "SO4": "sulfate", "PO4": "phosphate", "ClO4": "perchlorate", "N3": "azide",
}  # fmt: skip
_MOLECULES = {
    "H2O": "water", "H2O2": "hydrogen peroxide", "NH3": "ammonia", "NH4": "ammonium", "CO": "carbon monoxide", "CO2": "carbon dioxide", "NO": "nitric oxide",
    "NO2": "nitrogen dioxide", "N2O": "nitrous oxide", "O2": "oxygen", "O2-": "superoxide", "O3": "ozone", "H2S": "hydrogen sulfide",
    "HCl": "hydrochloric acid", "H2SO4": "sulfuric acid", "HNO3": "nitric acid", "SO2": "sulfur dioxide", "CCl4": "carbon tetrachloride",
    "CHCl3": "chloroform", "CH4": "methane", "CS2": "carbon disulfide", "OsO4": "osmium tetroxide", "As2O3": "arsenic trioxide", "D2O": "deuterium oxide",
    "N2": "nitrogen", "H2": "hydrogen",
}  # fmt: skip
_BRACKETED = re.compile(r"\(([\d+−–-]+)\)")
_NO_SYMBOL = re.compile(r"[a-z]{2}")
"""Two small letters in a row, which no symbol of an element has."""
_CHARGE = re.compile(r"\d?[+−–-]{1,2}$|(?<=[+])$")
_SALT = re.compile(rf"^({'|'.join(sorted(_CATIONS, key=len, reverse=True))})\d?\(?({'|'.join(sorted(_ANIONS, key=len, reverse=True))})\)?\d?$")
_ISOTOPE_LINE = "2H 3H 11C 13C 14C 13N 15N 15O 18O 18F 22Na 32P 33P 35S 36Cl 42K 45Ca 51Cr 59Fe 64Cu 67Ga 68Ga 75Se 86Rb 111In 123I 124I 125I 131I 133Xe 201Tl"
_ISOTOPES = "|".join(
    rf"\(?{item.rstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')}\)?-?{item.lstrip('0123456789')}" for item in _ISOTOPE_LINE.split()
)
_ISOTOPE = re.compile(rf"^[(\[]?(?:{_ISOTOPES})[)\]]?-?(?=[A-Za-z(\[]{{3}})")


def spelled_out(formula: str) -> Iterator[str]:
    """Yield the names of what a symbol or formula stands for, the likelier first; nothing for what is neither.

    >>> list(spelled_out("Ca(2+)")), list(spelled_out("H2O")), list(spelled_out("ZnSO(4)")), list(spelled_out("HgCl2"))
    (['calcium'], ['water'], ['zinc sulfate'], ['mercury chloride', 'mercuric chloride', 'mercurous chloride'])
    >>> list(spelled_out("TNF")), list(spelled_out("no"))
    ([], [])
    """
    if _NO_SYMBOL.search(formula):
        return
    plain = _BRACKETED.sub(r"\1", formula.strip())
    bare = _CHARGE.sub("", plain)
    if (found := _MOLECULES.get(plain) or _MOLECULES.get(bare)) or (found := _ELEMENTS.get(bare)):
        yield found
    elif match := _SALT.match(bare):
        yield from (f"{cation} {_ANIONS[match[2]]}" for cation in (_CATIONS[match[1]], *_ADJECTIVES.get(match[1], ())))


def without_isotope(name: str) -> str | None:
    """Return the name without the isotope that it is labelled with; None where there is none.

    >>> without_isotope("[3H]-raclopride"), without_isotope("125I-iodopindolol"), without_isotope("3-methyladenine"), without_isotope("5-HT")
    ('raclopride', 'iodopindolol', None, None)
    """
    rest = _ISOTOPE.sub("", name)
    return rest if rest != name else None
