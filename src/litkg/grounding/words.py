"""The words of a name as a search compares them: stems, one word for an organ's Latin and English names, one for the nouns that say no more than "disorder".

Owns these rules; refuses to know any name. What it makes equal is near, not the same: a search ranks it, a look-up would not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from litkg.lexicon.normalise import folded_words

DISORDER = "+disorder"
"""What stands for every noun that says only that something is wrong with what stands before it."""
_DISORDER_LINES = """
    abnormality aberration alteration anomaly complaint complication condition damage defect deficit derangement deterioration difficulty disability disease
    disorder disturbance dysfunction effect event finding handicap illness impairment impaired injury involvement lesion malfunction manifestation problem
    reaction sequela sickness symptom syndrome toxicity trouble
"""
_ORGANS_LINES = """
    renal=kidney hepatic=liver cardiac=heart myocardial=heart pulmonary=lung cerebral=brain ocular=eye ophthalmic=eye visual=vision cutaneous=skin dermal=skin
    dermatologic=skin gastric=stomach osseous=bone neural=nerve neurological=nerve neurologic=nerve splenic=spleen vascular=vessel auditory=hearing
    mammary=breast dental=tooth teeth=tooth vesical=bladder arterial=artery venous=vein hematologic=blood hematological=blood muscular=muscle
    tumor=neoplasm cancer=neoplasm malignancy=neoplasm carcinoma=neoplasm psychiatric=mental cranial=skull nasal=nose oral=mouth intestinal=intestine
    bowel=intestine lymphatic=lymph pancreatic=pancreas thyroidal=thyroid hypertensive=hypertension hypotensive=hypotension
"""
_STOP_WORDS = frozenset(
    ["a", "an", "and", "at", "by", "due", "for", "from", "in", "nos", "not", "of", "on", "or", "other", "s", "the", "to", "unspecified", "with", "without"]
)
_SUFFIX_LINES = """
    izations ization ations ation ions ion ically ical ics ic ially ial als al ously ous ives ive ing ness ities ity isms ism ists
    ist ents ent ants ant ences ence ances ance encies ency ancies ancy aries ary ories ory oids oid oses osis otic itides itis itic emias emia emic ias ia
    ies y ed es is e s
"""
_SUFFIXES = frozenset(_SUFFIX_LINES.split())
_LONGEST_SUFFIX = max(map(len, _SUFFIXES))
_MIN_STEM = 4
_PARTS = re.compile(r"([^\W\d_]{5,}|beta|zeta|mu)?(\d+)([^\W\d_]+)?")
"""A word of five letters and more, or a Greek letter, with a number after it; or a number with letters after it."""


@lru_cache(maxsize=100_000)
def name_stems(name: str) -> tuple[str, ...]:
    """Return the stems of a name's words in order, without words that say nothing.

    >>> name_stems("toxicity of the kidneys") == name_stems("disorder of kidney"), name_stems("cognitive") == name_stems("cognition")
    (True, True)
    >>> name_stems("Lesions, renal")
    ('+disorder', 'kidne')
    """
    return tuple([_stem(word) for word in folded_words(name) if word not in _STOP_WORDS])


def stems_of(name: str, group: str) -> tuple[str, ...]:
    """Return the stems by which names of a group (`prior.GROUPS`) are compared."""
    return gene_stems(name) if group == "gene" else name_stems(name)


@lru_cache(maxsize=100_000)
def gene_stems(name: str) -> tuple[str, ...]:
    """Return the stems of a gene's name: numbers stand apart from whole words and Greek letters, in symbols they stay.

    >>> gene_stems("kinase2A"), gene_stems("TNFR-1IC"), gene_stems("alpha1A channel"), gene_stems("CD40")
    (('kinas', '2', 'a'), ('tnfr', '1', 'ic'), ('alpha', '1', 'a', 'channel'), ('cd40',))
    """
    return tuple(stem for word in name_stems(name) for stem in _parted(word))


def _parted(stem: str) -> tuple[str, ...]:
    parts = _PARTS.fullmatch(stem)
    return tuple(_stem(part) for part in parts.groups() if part) if parts else (stem,)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    singular = word
    if word.endswith("ies") and len(word) > _MIN_STEM:
        singular = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _MIN_STEM:
        singular = word[:-1]
    if word in _DISORDERS or singular in _DISORDERS:
        return DISORDER
    return _stripped(_ORGANS.get(word) or _ORGANS.get(singular, singular))


def _stripped(word: str) -> str:
    for size in range(min(_LONGEST_SUFFIX, len(word) - _MIN_STEM), 0, -1):
        if word[-size:] in _SUFFIXES:
            return word[:-size]
    return word


_DISORDERS = frozenset(_DISORDER_LINES.split())
_ORGANS = {latin: name for latin, _, name in (pair.partition("=") for pair in _ORGANS_LINES.split())}
