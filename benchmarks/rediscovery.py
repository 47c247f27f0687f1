"""Measures whether a discovery that was made later is among the first hypotheses of the papers before it.

    python benchmarks/rediscovery.py papers FILE ... --output papers.xml
    litkg ingest papers.xml --store GRAPH
    python benchmarks/rediscovery.py ranks --store GRAPH --until 1985 --from "Raynaud disease" --category Drug --category Chemical \
        --target "fish oil" --target "eicosapentaenoic acid" --term "blood viscosity" --term "platelet aggregation"

`papers` turns lines of PMID|year|title|abstract (plain or gzip, NULL where there is none) into PubMed XML. `ranks` tells, with the defaults that litkg ships
and beside them with each method of `litkg hypotheses evaluate`, the rank of each target among the hypotheses about the start of these categories, and the rank
of each term among what joins the start with the first target. Nothing of any one case is in here, and nothing was tuned to one.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from litkg.cli.hypothesis_source import open_source
from litkg.cli.setup import read_settings
from litkg.hypotheses.evaluation import METHODS
from litkg.hypotheses.proposing import Discovery

EVERYTHING = 1_000_000


def read_papers(files: Sequence[Path]) -> Iterator[tuple[str, str, str, str]]:
    """Yield id, year, title and abstract of each line."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            for line in lines:
                pmid, year, title, abstract = line.rstrip("\n").split("|", 3)
                yield pmid, year, title, abstract


def as_pubmed_xml(papers: Iterator[tuple[str, str, str, str]]) -> bytes:
    """Return PubMed's XML of the papers."""
    root = etree.Element("PubmedArticleSet")
    for pmid, year, title, abstract in papers:
        citation = etree.SubElement(etree.SubElement(root, "PubmedArticle"), "MedlineCitation")
        etree.SubElement(citation, "PMID").text = pmid
        article = etree.SubElement(citation, "Article")
        if year != "NULL":
            date = etree.SubElement(etree.SubElement(etree.SubElement(article, "Journal"), "JournalIssue"), "PubDate")
            etree.SubElement(date, "Year").text = year
        etree.SubElement(article, "ArticleTitle").text = title
        if abstract != "NULL":
            etree.SubElement(etree.SubElement(article, "Abstract"), "AbstractText").text = abstract
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def ranks(options: argparse.Namespace) -> dict[str, object]:
    """Return the ranks of targets by method, and those of terms by the defaults; None where one is not found at all."""
    with open_source(read_settings(options.store)) as source:
        start, *targets = (source.concept_id(name) for name in (options.start, *options.target))
        terms = {name: source.concept_id(name) for name in options.term}
        discovery = Discovery(source.table, until_year=options.until, hierarchy=source.hierarchy)

    def places(**search: str) -> dict[str, int | None]:
        found = discovery.open_discovery(start, categories=options.category, limit=EVERYTHING, routes_shown=1, **search)
        at = {item.object: item.rank for item in found}
        return {name: at.get(target) for name, target in zip(options.target, targets, strict=True)} | {"of": len(found)}

    joining = discovery.closed_discovery(start, targets[0], limit=EVERYTHING)
    at = {term.id: rank for rank, term in enumerate(joining.linking_terms, 1)}
    methods = {
        name: places(metric=search.metric, path_aggregate=search.path_aggregate, link_aggregate=search.link_aggregate) for name, search in METHODS.items()
    }
    return {"targets": {"as shipped": places()} | methods, "terms": {name: at.get(term) for name, term in terms.items()} | {"of": len(at)}}


def main() -> None:
    """Read the options, and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    papers = commands.add_parser("papers")
    papers.add_argument("files", nargs="+", type=Path)
    papers.add_argument("--output", type=Path, required=True)
    ranking = commands.add_parser("ranks")
    ranking.add_argument("--store")
    ranking.add_argument("--until", type=int)
    ranking.add_argument("--from", dest="start", required=True)
    ranking.add_argument("--category", action="append", default=[])
    ranking.add_argument("--target", action="append", required=True)
    ranking.add_argument("--term", action="append", default=[])
    options = parser.parse_args()
    if options.command == "papers":
        options.output.write_bytes(as_pubmed_xml(read_papers(options.files)))
        return
    print(json.dumps(ranks(options), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
