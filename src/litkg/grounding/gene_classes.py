"""Tells names of classes of genes from those of genes: vocabularies give "tyrosine kinase" and "membrane-bound" to single genes, which texts never mean.

Owns the words. A name is a class's where all its words are, and it has two of them or the one is a noun for what genes make.
"""

from __future__ import annotations

from functools import lru_cache

from litkg.lexicon.normalise import split_words

_NOUN_LINES = """
    adapter adaptor antigen atpase autoantigen channel chaperone coactivator corepressor effector enzyme glycoprotein gtpase helicase homodimer ion-
    channel isoform kinase ligand ligase metallopeptidase metalloprotease metalloproteinase molecule oncoprotein peptidase phosphatase phosphoprotein
    polypeptide progenitor protease protein proteinase receptor regulator repressor subunit transcript transporter
"""
_OTHER_LINES = """
    acid adhesion aspartic associated atp basic binding bound calcium cation cell cellular centrosomal channel chemokine coat core costimulatory
    coupled cycle cysteine cytokine cytoplasmic cytoskeletal cytosolic dependent developmental dna domain dual envelope extracellular factor finger g
    gated glycolytic golgi gtp helix hematopoietic heparin homeobox homeodomain hydrolase independent inducible induced inhibitor initiation integral
    interacting intracellular ion iron killer leucine like lipid loop lysosomal membrane metal microtubule migration mitochondrial motor muscle
    neuronal neurotrophic nuclear nucleotide oligodendrocyte orphan plasma potassium proteoglycan proton regulatory related repeat responsive
    ribosomal rich rna scaffold secreted secretory sensitive sequence serine shuttling signal signaling single sodium specific specificity splicing
    stranded surface synaptic threonine transcription transcriptional transducer translation transmembrane tyrosine ubiquitin vesicle voltage zinc
    zipper
"""
_NOUNS = frozenset(_NOUN_LINES.split())
_WORDS = _NOUNS | frozenset(_OTHER_LINES.split())


@lru_cache(maxsize=50_000)
def is_class_name(name: str) -> bool:
    """Tell whether a name is that of a class of genes.

    >>> is_class_name("Tyrosine Kinases"), is_class_name("membrane-bound"), is_class_name("GTPase")
    (True, True, True)
    >>> is_class_name("insulin receptor"), is_class_name("ubiquitin"), is_class_name("protein kinase C"), is_class_name("IL6")
    (False, False, False, False)
    """
    words = [name[piece.start : piece.end].lower() for piece in split_words(name)]
    stems = [word if word in _WORDS else word.removesuffix("s") for word in words]
    return bool(stems) and all(stem in _WORDS for stem in stems) and (len(stems) > 1 or stems[0] in _NOUNS)
