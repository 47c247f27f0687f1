"""Small inputs in each format, in our own words: what the mutations start from, and the words that each format is made of."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from litkg.jsonl import dump_extraction
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.exports.jsonl import write_jsonl
from litkg.stores.exports.kgx import write_edges_jsonl, write_edges_tsv, write_nodes_jsonl, write_nodes_tsv
from tests.graphs import extractions
from tests.sources.pdf_writer import column, write_pdf

PART = b"\n=====\n"
"""Parts the files of formats that have several, so that one input is one string of bytes."""

_TEXT = (
    (
        "A short letter on injections\n\nOne patient took anakinra, and felt low after six weeks.\nMethotrexate had been stopped.\n\nReferences"
        "\n1. Nobody, N. (2020).\n"
    ),
    "Caf\xe9 na\xefve \u03b1-synuclein, IL\u20111\u03b2 \u2265 5 mg/kg; \u00b1 2.\r\nSecond line\ufb01ne.\r\n",
    "Methods We gave 10\n mg twice. Results Noth-\ning happened [1, 2].\n\nFig. 1. A curve.\n\nTable 1. Doses\n1 2 3\n4 5 6\n",
)
_PUBTATOR = (
    (
        "11|t|Anakinra and low mood\n11|a|A woman felt low under anakinra.\n11\t0\t8\tAnakinra\tChemical\tD053590\n11\tCID\tD053590\tD003866"
        "\n\n12|t|Two\n12|a|\n"
    ),
    "PMC5|t|One\r\nPMC5|a|IL-6 rose.\r\nPMC5\t4\t8\tIL-6\tGene\t3569|16193\r\n",
)
_CONLL = (
    "-DOCSTART-\tO\n\nIL-2\tB-DNA\ngene\tI-DNA\n(\tO\nV-\tS-protein\n)\tO\n.\tO\n\n-DOCSTART-\tO\n\nIt\tO\nrose\tO\n",
    "IL-6\tNN\tB-Gene\n-mediated\tJJ\tO\n``\tO\nfever\tE-Disease\n''\tO\n",
)
_BRAT = (
    b"Anakinra lowers IL-6.\nIt does so in mice.\n" + PART + b"T1\tChemical 0 8\tAnakinra\nT2\tGene 16 20\tIL-6\nT3\tNegative_regulation 9 15\tlowers\n"
    b"N1\tReference T1 MESH:D053590\tanakinra\nE1\tNegative_regulation:T3 Theme:T2 Cause:T1\nR1\tLowers Arg1:T1 Arg2:T2\nM1\tNegation E1"
    b"\n*\tEquiv T1 T2\n#1\tNote T1 x\n",
    b"One two three four\n"
    + PART
    + b"T1\tDrug 0 3;8 13\tOne three\nT2\tDrug 4 7\ttwo\nE1\tRegulation:T2 Theme:E2 Cause:E1\nE2\tBinding:T2 Theme:T1 Theme2:E1\n"
    b"A1\tSpeculation E1\n",
)
_CHEMPROT = (
    b"11\tA title\tAspirin lowers COX-2 here.\n12\tTwo\tNothing.\n"
    + PART
    + b"11\tT1\tCHEMICAL\t8\t15\tAspirin\n11\tT2\tGENE-Y\t23\t28\tCOX-2\n"
    + PART
    + b"11\tCPR:4\tY \tINHIBITOR\tArg1:T1\tArg2:T2\n",
)
_PUBMED = (
    (
        "<?xml version='1.0'?><!DOCTYPE PubmedArticleSet PUBLIC '-//NLM//DTD' 'https://example.org/x.dtd'><PubmedArticleSet><PubmedArticle><MedlineCitation>"
        "<PMID Version='1'>11</PMID><Article><Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue><Title>J</Title></Journal>"
        "<ArticleTitle>[Low mood under <i>anakinra</i>.]</ArticleTitle><Abstract><AbstractText Label='METHODS' NlmCategory='METHODS'>We aske"
        "d 10<sup>6</sup> people"
        "<xref ref-type='bibr'>1</xref>.</AbstractText><AbstractText>It &lt; 5 &alpha; fell.</AbstractText></Abstract><PublicationTypeList><"
        "PublicationType>Letter"
        "</PublicationType></PublicationTypeList></Article><KeywordList><Keyword>mood</Keyword></KeywordList></MedlineCitation></PubmedArticle>"
        "<DeleteCitation><PMID>3</PMID></DeleteCitation></PubmedArticleSet>"
    ),
    (
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>9</PMID><Book><BookTitle>B</BookTitle><PubDate><Year>1999</Year></PubDate></Book>"
        "<ArticleTitle>One</ArticleTitle><VernacularTitle>Eins</VernacularTitle><Abstract><AbstractText>Two.</AbstractText></Abstract></BookDocument>"
        "</PubmedBookArticle></PubmedArticleSet>"
    ),
)
_JATS = (
    (
        "<article xmlns:xlink='http://www.w3.org/1999/xlink' article-type='case-report'><front><journal-meta><journal-title-group><journal-t"
        "itle>J</journal-title>"
        "</journal-title-group></journal-meta><article-meta><article-id pub-id-type='pmc'>PMC5</article-id><title-group><article-title>Low mood<xref "
        "ref-type='fn'>*</xref></article-title></title-group><pub-date><year>2020</year></pub-date><permissions><license xlink:href='http://x.org/by/4.0'/>"
        "</permissions><related-article related-article-type='retraction'/><abstract><sec><title>Results</title><p>It fell.</p></sec></abstr"
        "act><kwd-group><kwd>a"
        "</kwd></kwd-group></article-meta></front><body><sec sec-type='methods'><title>Methods</title><p>We gave 10<sup>6</sup> units <xref "
        "ref-type='bibr'>[1]"
        "</xref>, as <xref ref-type='bibr'>Nobody</xref> did. <list><list-item><p>One</p></list-item></list> <inline-formula><alternatives><"
        "tex-math>x</tex-math>"
        "<math><mi>x</mi></math></alternatives></inline-formula><fig><label>Fig. 1</label><caption><p>A curve</p></caption></fig></p><table-"
        "wrap><label>T</label>"
        "<table><tr><th>a</th><td>b</td></tr></table><table-wrap-foot><p>n</p></table-wrap-foot></table-wrap><def-list><def-item><term>a</te"
        "rm><def><p>b</p></def>"
        "</def-item></def-list><boxed-text><p>Box</p></boxed-text></sec></body><back><ack><title>Thanks</title><p>All</p></ack><ref-list><re"
        "f><mixed-citation>N "
        "(2020) .</mixed-citation></ref></ref-list></back></article>"
    ),
)
_BIOC_XML = (
    (
        "<?xml version='1.0'?><collection><source>own</source><document><id>11</id><infon key='year'>2020</infon><passage><infon key='type'>title</infon>"
        "<offset>0</offset><text>Low mood</text><annotation id='T1'><infon key='type'>Disease</infon><infon key='identifier'>D003866</infon>"
        "<location offset='0' "
        "length='8'/><text>Low mood</text></annotation></passage><passage><infon key='type'>abstract</infon><offset>9</offset><sentence><off"
        "set>9</offset><text>Anakinra "
        "did it.</text><annotation id='T2'><infon key='type'>Chemical</infon><location offset='9' length='8'/></annotation></sentence></pass"
        "age><relation id='R1'>"
        "<infon key='type'>CID</infon><node refid='T2' role='subject'/><node refid='T1' role='object'/></relation></document></collection>"
    ),
)
_BIOC_JSON: dict[str, object] = {
    "source": "own",
    "documents": [
        {
            "id": "PMC5",
            "infons": {"year": 2020, "license": "CC0", "journal": "J;2020"},
            "passages": [
                {"infons": {"type": "title", "section_type": "TITLE"}, "offset": 0, "text": "Low mood", "annotations": []},
                {
                    "infons": {"type": "paragraph"},
                    "offset": 9,
                    "text": "",
                    "sentences": [
                        {"offset": 9, "text": "It fell.", "annotations": [{"id": "1", "infons": {"type": "Gene"}, "locations": [{"offset": 9, "length": 2}]}]}
                    ],
                    "relations": [{"infons": {"type": "x"}, "nodes": [{"refid": "1", "role": "a"}, {"refid": "1", "role": "b"}]}],
                },
            ],
        }
    ],
}
_WEBPAGE = (
    (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Low mood | Site</title><meta name='citation_title' content='Low mood'><scri"
        "pt>alert(1)</script>"
        "<meta name='date' content='2020-01-01'></head><body><nav class='menu'><a href='/'>Home</a></nav><article><h1>Low mood</h1><time dat"
        "etime='2020'>then</time>"
        "<p>One patient took the drug for six weeks and then felt low for another six weeks, as the letter says.</p><h2>Results</h2><p>The l"
        "evel fell to 10<sup>6"
        "</sup> after the second dose<sup><a href='#r1'>1</a></sup>, and it stayed there until the end of the year.</p><ul><li>One<br>two</l"
        "i></ul><table><tr><td>a"
        "</td><td>b</td></tr></table><figure><figcaption>A curve</figcaption></figure><div style='display: none' hidden>No</div></article><footer>x</footer>"
        "</body></html>"
    ),
)


def _pdf_seeds() -> tuple[bytes, ...]:
    page = column(72, 760, ["Low mood under an injection: a letter"], size=16) + column(
        72, 720, ["One patient took anakinra for six weeks and then felt low.", "Methotrexate had been stopped a year be-", "fore. The mood came back [1]."]
    )
    two = column(72, 700, ["Methods"], bold=True) + column(72, 680, ["We asked once."]) + column(320, 700, ["Table 1. Doses", "1 2 3"])
    return (write_pdf([page]), write_pdf([page, two], title="A letter of ours"), write_pdf([two], encrypted=True))


def _extract_seeds() -> tuple[bytes, ...]:
    return tuple("".join(f"{line}\n" for line in dump_extraction(item)).encode() for item in extractions()[:3])


def _graph_seeds() -> tuple[tuple[bytes, ...], bytes]:
    """Return KGX, as lines of JSON and as tables, and the dump of a little graph."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "graph") as store:
        store.upsert(extractions()[:3])

        def written(write: Callable[[GraphStore, TextIO], None]) -> bytes:
            text = StringIO(newline="")
            write(store, text)
            return text.getvalue().encode()

        kgx = tuple(written(nodes) + PART + written(edges) for nodes, edges in ((write_nodes_jsonl, write_edges_jsonl), (write_nodes_tsv, write_edges_tsv)))
        return kgx, written(write_jsonl)


_KGX = (
    b'{"id": "NCBIGene:1", "category": ["biolink:Gene"], "name": "one"}\n{"id": "MONDO:2", "category": ["biolink:Disease"], "xref": ["MESH:D2"]}\n'
    + PART
    + b'{"id": "e1", "subject": "NCBIGene:1", "predicate": "biolink:affects", "object": "MONDO:2", "object_aspect_qualifier": "activity", '
    b'"object_direction_qualifier": "increased", "qualified_predicate": "biolink:causes", "publications": ["PMID:1"], "has_confidence_score": 0.5}\n'
    b'{"subject": "MONDO:2", "predicate": "biolink:caused_by", "object": "NCBIGene:1", "negated": true, "agent_type": "manual_agent", '
    b'"knowledge_level": "prediction", "supporting_text": ["One causes two."], "primary_knowledge_source": "infores:somenet"}\n',
    b"id\tcategory\tname\txref\nCHEBI:3\tbiolink:SmallMolecule|biolink:ChemicalEntity\tthree\t\nHP:4\tbiolink:PhenotypicFeature\tfour\tMESH:D4|X:1\n"
    + PART
    + b"id\tsubject\tpredicate\tobject\tnegated\thas_confidence_score\tpublications\ne\tCHEBI:3\tbiolink:treats\tHP:4\tfalse\t.3\tPMID:1|PMID:2\n"
    b"f\tCHEBI:3\tbiolink:increases_expression_of\tHP:4\ttrue\t\t\n",
)


def _encoded(texts: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


_KGX_WRITTEN, _DUMP = _graph_seeds()
SEEDS: dict[str, tuple[bytes, ...]] = {
    "text": (*_encoded(_TEXT), _TEXT[1].encode("utf-16"), _TEXT[0].encode("cp1252")),
    "pdf": _pdf_seeds(),
    "pubmed": _encoded(_PUBMED),
    "jats": _encoded(_JATS),
    "bioc-xml": _encoded(_BIOC_XML),
    "bioc-json": (json.dumps(_BIOC_JSON).encode(), json.dumps(_BIOC_JSON["documents"]).encode()),
    "pubtator": _encoded(_PUBTATOR),
    "conll": _encoded(_CONLL),
    "brat": _BRAT,
    "chemprot": _CHEMPROT,
    "webpage": _encoded(_WEBPAGE),
    "extract": _extract_seeds(),
    "kgx": (*_KGX, *_KGX_WRITTEN),
    "dump": (_DUMP,),
}
"""By reader."""
SEEDS["any"] = (
    *tuple(seed for name in sorted(SEEDS) if name not in ("brat", "chemprot", "dump", "extract", "kgx") for seed in SEEDS[name]),
    gzip.compress(_PUBTATOR[0].encode(), mtime=0),
)

_XML_TOKENS = (
    "<!ENTITY x SYSTEM 'file:///etc/hostname'>",
    "&x;",
    "&#0;",
    "&#xD800;",
    "&amp;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x?>",
    "</",
    "/>",
    "<a",
    "xmlns='x'",
)
TOKENS: dict[str, tuple[str, ...]] = {
    "text": ("\n\n", "\r", "Fig. 1.", "Table 1", "References", "Abstract", "-\n", "[1]", "\f", "\u00ad", "doi:10.1/x"),
    "pdf": ("obj", "endobj", "stream\n", "endstream", "xref", "trailer", "startxref", "<<", ">>", "[", "]", "/Kids", "/Parent", "/Length 999999999",
        "/Count -1",
            "/Filter /FlateDecode", "/Filter /ASCII85Decode", "/Filter [/LZWDecode /LZWDecode]", "/JBIG2Decode", "1 0 R", "2 0 R", "/Encrypt",
            "/ObjStm", "/XRef",
            "/W [1 2 1]", "/Predictor 15", "/Columns 0", "/Prev 0", "BT", "ET", "Tj", "TJ", "Tf", "cm", "Do", "(", ")", "<feff>", "1e400",
            "/ToUnicode 6 0 R"),
    "pubmed": (*_XML_TOKENS, "<PubmedArticle>", "<PMID>", "<AbstractText>", "<sup>", "<Year>", "<DeleteCitation/>"),
    "jats": (*_XML_TOKENS, "<article>", "<sec>", "<p>", "<table>", "<xref ref-type='bibr'>", "<sup>10</sup>", "<list><list-item><p>", "<fig>", "<tr><td>"),
    "bioc-xml": (*_XML_TOKENS, "<document>", "<passage>", "<offset>-1</offset>", "<offset>999999999</offset>", "<location offset='x' length='1'/>",
        "<sentence>"),
    "bioc-json": ('"passages":', '"documents":', '"offset":', "[", "]", "{", "}", "null", "NaN", "1e999", "\\ud800", '"text":', '"infons":', "\\u0000"),
    "pubtator": ("11|t|", "11|a|", "|", "\t", "\n\n", "-1", "99999999999", "CID", "|t|"),
    "conll": ("\tO\n", "\tB-X\n", "\n\n", "-DOCSTART-", "``", "''", '"', "(", "/", "\t\t", "B-", "\u00b2"),
    "brat": ("T1\t", "R1\t", "E1\t", "E2", "Theme:E1", "Cause:E1", "*\tEquiv T1 T2", ";", "0 0", "9 1",
        "99999999999999999999", PART.decode(), "N1\tReference "),
    "chemprot": ("\t", "T1", "Arg1:", "CPR:10", PART.decode(), "-1", "\u00b2", "999999999999"),
    "webpage": ("<div>", "</div>", "<p>", "<table>", "<sup>", "<a href='#x'>", "<svg>", "<script>", "<!--", "&nbsp;", "&#0;", "<h1>", "<body>",
        "<meta charset=utf-7>",
                "<meta charset=idna>", "<br>", "hidden", "<plaintext>", "<frameset>"),
    "extract": ('{"type":"document"}', '"start":-1', '"end":99999999', "null", "NaN", "1e999", "\\ud800", "\\u0000", "[", "{", "\n",
        '"type":"case_report"', "true"),
    "kgx": ("\t", "|", "\n", PART.decode(), '"negated": "false"', '"id": null', '"subject": []', '"publications": {}', "biolink:", "infores:", "NaN", "1e999",
        '{"id": "X:1"}\n', '{"subject": "a", "object": "b"}\n', '"litkg_evidence": ["{}"]', "\\ud800", "\\u0000", "subject\tobject\n", "[", "{"),
    "dump": ('{"type":"graph","format_version":1}\n', '"format_version":2', '"kind":"Document"', '"relationship":"FROM"', '"properties":{}', '"labels":[]',
        '"start":-1', "null", "NaN", "1e999", "\\ud800", "\\u0000", "[", "{", "\n", "true"),
}  # fmt: skip
"""Pieces that each format is made of, and some that it must refuse."""
TOKENS["any"] = tuple(token for name in sorted(TOKENS) for token in TOKENS[name])
