"""Reads ontologies: the JSON lists of names and relations that stand for MONDO, ChEBI, GO and DOID, and HPO's own OBO file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from litkg.lexicon.records import Crosswalk, NameKind, RawConcept
from litkg.model import Category

_DRUG_ROLE = "CHEBI:23888"
_ROLE = "CHEBI:50906"
_APPLICATION = "CHEBI:33232"
_HUMAN_METABOLITE = "CHEBI:77746"
_DISEASE_CHARACTERISTIC = "MONDO:0021125"
"""Root of the modifiers that MONDO keeps beside its diseases: rare, acute, inherited."""
_TOO_GENERAL = frozenset({"MONDO:0000001", "MONDO:0700096", "DOID:4", "DOID:0014667", "DOID:225"})
_XREF_PREFIXES = {
    "OMIM": "OMIM", "OMIMPS": "OMIMPS", "Orphanet": "Orphanet", "ORDO": "Orphanet", "EFO": "EFO", "NCIT": "NCIT", "NCI": "NCIT",
    "UMLS": "UMLS", "UMLS_CUI": "UMLS",
}  # fmt: skip
_PLAIN_XREF = re.compile(r"(UMLS:C\d{7})\b")
_FORMS = ("is_conjugate_acid_of", "is_conjugate_base_of", "is_tautomer_of")
_JOINED = {"MESH": "MESH", "MSH": "MESH", "DOID": "DOID"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Concepts of one ontology, and what they say of equal ids elsewhere."""

    concepts: tuple[RawConcept, ...]
    crosswalks: tuple[Crosswalk, ...]


def read_diseases(data: bytes, *, prefix: str) -> Ontology:
    """Return the diseases of MONDO or DOID with their cross-references to MeSH and DOID."""
    concepts = []
    crosswalks = []
    entries = _entries(data)
    parents = {_curie(prefix, entry["id"]): tuple(_curie(prefix, parent) for parent in entry.get("relations", {}).get("is_a", ())) for entry in entries}
    left_out = _below(_DISEASE_CHARACTERISTIC, parents) | _TOO_GENERAL
    for entry in entries:
        curie = _curie(prefix, entry["id"])
        if curie in left_out:
            continue
        joined, xrefs = _xrefs(entry)
        crosswalks += [Crosswalk(curie, other, prefix.lower()) for other in joined]
        concepts.append(_raw(entry, curie, (Category.DISEASE,), prefix.lower(), xrefs=xrefs, parents=parents[curie]))
    return Ontology(concepts=tuple(concepts), crosswalks=tuple(crosswalks))


def read_processes(data: bytes) -> Ontology:
    """Return GO's biological processes; activities and components are left out, for their names are those of genes."""
    concepts = tuple(
        _raw(entry, _curie("GO", entry["id"]), (Category.BIOLOGICAL_PROCESS,), "go", kind=NameKind.RELATED, parents=_related(entry, "GO", "is_a"))
        for entry in _entries(data)
        if entry.get("namespace") == "biological_process"
    )
    return Ontology(concepts=concepts, crosswalks=())


def read_chebi(data: bytes) -> Ontology:
    """Return chemicals, drugs and drug classes. A role is kept where it is a drug's; a body's own substance that is a drug too is a Chemical first."""
    entries = {entry["id"]: entry for entry in _entries(data)}
    parents = {curie: tuple(entry.get("relations", {}).get("is_a", ())) for curie, entry in entries.items()}
    roles = _below(_ROLE, parents)
    drug_roles = _below(_DRUG_ROLE, parents) | _drug_like(entries, roles)
    concepts = []
    for curie, entry in entries.items():
        if curie in roles and curie not in drug_roles:
            continue
        own = set(entry.get("relations", {}).get("has_role", ()))
        is_drug = curie in drug_roles or bool(own & drug_roles)
        if _HUMAN_METABOLITE in own and is_drug:
            categories: tuple[Category, ...] = (Category.CHEMICAL, Category.DRUG)
        else:
            categories = (Category.DRUG,) if is_drug else (Category.CHEMICAL,)
        forms = _related(entry, "CHEBI", *_FORMS)
        concepts.append(_raw(entry, curie, categories, "chebi", parents=parents[curie], forms=forms))
    return Ontology(concepts=tuple(concepts), crosswalks=())


def read_mesh_of_hpo(data: bytes) -> tuple[Crosswalk, ...]:
    """Return HPO's cross-references to MeSH."""
    return tuple(Crosswalk(_curie("HP", entry["id"]), other, "hp") for entry in _entries(data) for other in _xrefs(entry)[0])


def read_hpo(data: bytes) -> Iterator[RawConcept]:
    """Yield HPO's terms below "Phenotypic abnormality" with the kinds of their synonyms; modes of inheritance and modifiers are left out."""
    terms = [_stanza(block) for block in data.decode("utf-8").split("\n[Term]\n")[1:]]
    parents = {term["id"][0]: tuple(value.split(" ", 1)[0] for value in term.get("is_a", ())) for term in terms}
    kept = _below("HP:0000118", parents) - {"HP:0000118"}
    for term in terms:
        curie = term["id"][0]
        if curie not in kept or "is_obsolete" in term:
            continue
        names = []
        for synonym in term.get("synonym", ()):
            match = _SYNONYM.match(synonym)
            if match and "obsolete_synonym" not in match.group(3):
                kind = NameKind.EXACT if match.group(2) == "EXACT" else NameKind.RELATED
                names.append((match.group(1), NameKind.ABBREVIATION if "abbreviation" in match.group(3) else kind))
        xrefs = sorted({*(match.group(1) for xref in term.get("xref", ()) if (match := _PLAIN_XREF.match(xref))), *term.get("alt_id", ())})
        yield RawConcept(
            id=curie,
            name=term["name"][0],
            categories=(Category.PHENOTYPE,),
            source="hp",
            names=tuple(names),
            xrefs=tuple(xrefs),
            parents=parents[curie],
        )


_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)" (EXACT|RELATED|NARROW|BROAD)([^\[]*)')


def _entries(data: bytes) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(data)
    return [entry for entry in entries if entry.get("name")]


def _raw(
    entry: dict[str, Any],
    curie: str,
    categories: tuple[Category, ...],
    source: str,
    *,
    kind: NameKind = NameKind.EXACT,
    xrefs: tuple[str, ...] = (),
    parents: tuple[str, ...] = (),
    forms: tuple[str, ...] = (),
) -> RawConcept:
    names = tuple((str(text), kind) for text in entry.get("synonyms", ()))
    xrefs = tuple(sorted({*xrefs, *(_curie(curie.partition(":")[0], str(former)) for former in entry.get("alt_ids", ()))}))
    return RawConcept(id=curie, name=str(entry["name"]), categories=categories, source=source, names=names, xrefs=xrefs, parents=parents, forms=forms)


def _related(entry: dict[str, Any], prefix: str, *relations: str) -> tuple[str, ...]:
    """Return the ids that an entry's relations of these names lead to, sorted."""
    found = entry.get("relations", {})
    return tuple(sorted({_curie(prefix, str(other)) for relation in relations for other in found.get(relation, ())}))


def _xrefs(entry: dict[str, Any]) -> tuple[list[str], tuple[str, ...]]:
    joined = []
    others = []
    for xref in entry.get("xrefs", ()):
        space, local = str(xref["namespace"]), str(xref["id"])
        if space in _JOINED:
            joined.append(_curie(_JOINED[space], local))
        elif space in _XREF_PREFIXES:
            others.append(_curie(_XREF_PREFIXES[space], local))
    return sorted(joined), tuple(sorted(others))


def _curie(prefix: str, local: str) -> str:
    return local if local.startswith(f"{prefix}:") else f"{prefix}:{local}"


def _below(root: str, parents: dict[str, tuple[str, ...]]) -> set[str]:
    children: dict[str, list[str]] = {}
    for child, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(child)
    found = {root}
    waiting = [root]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


def _drug_like(entries: dict[str, dict[str, Any]], roles: Iterable[str]) -> set[str]:
    """Return roles that name a class of drugs though ChEBI files them elsewhere: "anti-inflammatory agent", "immunosuppressant"."""
    endings = ("drug", "agent", "antagonist", "agonist", "inhibitor", "suppressant", "antibiotic", "antidepressant", "analgesic")
    return {curie for curie in roles if str(entries[curie]["name"]).startswith(("anti", "immuno")) and str(entries[curie]["name"]).endswith(endings)}


def _stanza(block: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for line in block.split("\n\n", 1)[0].splitlines():
        key, _, value = line.partition(": ")
        fields.setdefault(key, []).append(value)
    return fields
