from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.registry import read_path
from tests.sources.shared import blocks_of, read_bytes

RECORD = """<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><DateCompleted><Year>2021</Year></DateCompleted><Article>
<Journal><JournalIssue><PubDate><MedlineDate>2019 Jan-Feb</MedlineDate></PubDate></JournalIssue><Title>Journal of Made-up
 Medicine</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Abstract>{abstract}</Abstract>
<PublicationTypeList><PublicationType>{kind}</PublicationType></PublicationTypeList></Article>
<CommentsCorrectionsList><CommentsCorrections><PMID>999</PMID></CommentsCorrections></CommentsCorrectionsList>
<KeywordList><Keyword>cytokine</Keyword><Keyword>mood</Keyword></KeywordList></MedlineCitation></PubmedArticle>"""
PLAIN = "<AbstractText>IL-1<sub>β</sub> rose in\n  <i>vivo</i> with Ca<sup>2+</sup>.</AbstractText>"


def articles(*records: str) -> bytes:
    return f"<?xml version='1.0'?><!DOCTYPE PubmedArticleSet PUBLIC 'x' 'https://example.org/p.dtd'><PubmedArticleSet>{''.join(records)}</PubmedArticleSet>".encode()


def record(pmid: int = 7, title: str = "On IL-1 and mood.", abstract: str = PLAIN, kind: str = "Journal Article") -> str:
    return RECORD.format(pmid=pmid, title=title, abstract=abstract, kind=kind)


def test_reads_what_a_record_tells(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, articles(record()))
    assert (document.id, document.year, document.journal, document.retracted) == ("PMID:7", 2019, "Journal of Made-up Medicine", False)
    assert blocks_of(document) == [("title", "On IL-1 and mood."), ("abstract", "IL-1β rose in vivo with Ca2+."), ("furniture", "cytokine; mood")]
    assert document.text.startswith("On IL-1 and mood.\n\nIL-1β rose")


def test_labels_of_an_abstract_become_headings_and_sections(tmp_path: Path) -> None:
    parts = [("BACKGROUND", "BACKGROUND", "One."), ("PATIENTS AND TREATMENT", "METHODS", "Two."), ("FINDINGS", "", "Three."), ("ODD", "UNASSIGNED", "Four.")]
    abstract = "".join(f'<AbstractText Label="{label}" NlmCategory="{category}">{text}</AbstractText>' for label, category, text in parts)
    (document,) = read_bytes(tmp_path, articles(record(abstract=abstract)))
    assert blocks_of(document)[1:-1] == [
        ("heading", "BACKGROUND"),
        ("introduction", "One."),
        ("heading", "PATIENTS AND TREATMENT"),
        ("methods", "Two."),
        ("heading", "FINDINGS"),
        ("results", "Three."),
        ("heading", "ODD"),
        ("abstract", "Four."),
    ]


@pytest.mark.parametrize(("kind", "title"), [("Retracted Publication", "A title"), ("Journal Article", "RETRACTED: A title")])
def test_a_retracted_paper_is_marked(tmp_path: Path, kind: str, title: str) -> None:
    assert read_bytes(tmp_path, articles(record(kind=kind, title=title)))[0].retracted


def test_the_notice_of_a_retraction_is_not_itself_retracted(tmp_path: Path) -> None:
    assert not read_bytes(tmp_path, articles(record(kind="Retraction of Publication", title="Retraction of a trial")))[0].retracted


def test_brackets_of_a_translated_title_go(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, articles(record(title="[Fever and interleukin-6].")))[0].title == "Fever and interleukin-6."


def test_a_record_has_the_same_hash_in_any_file(tmp_path: Path) -> None:
    alone = read_bytes(tmp_path, articles(record(5)))
    among = read_bytes(tmp_path, articles(record(4), record(5), record(6)))
    assert alone[0].sha256 == among[1].sha256
    assert among[0].sha256 != among[1].sha256


def test_what_is_passed_over_is_told(tmp_path: Path) -> None:
    warnings: list[str] = []
    gone = "<DeleteCitation><PMID>1</PMID><PMID>2</PMID></DeleteCitation>"
    documents = read_bytes(tmp_path, articles(record(8, title="", abstract=""), record(9), gone), warnings=warnings)
    assert [document.id for document in documents] == ["PMID:9"]
    assert warnings[0] == "PMID:8 has neither title nor abstract: passed over"
    assert warnings[1].startswith("2 records are withdrawn")


def test_a_truncated_file_yields_its_whole_records_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_bytes(articles(record(1), record(2))[:-400])
    documents = read_path(path)
    assert next(documents).id == "PMID:1"
    with pytest.raises(InputError, match=r"cut\.xml: broken or truncated XML"):
        list(documents)


@pytest.mark.parametrize(
    "declaration",
    ['<!ENTITY lol "lol"><!ENTITY l2 "&lol;&lol;">', '<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY % p SYSTEM "http://127.0.0.1:9/e.dtd">'],
)
def test_refuses_entities_of_its_own(tmp_path: Path, declaration: str) -> None:
    data = f"<?xml version='1.0'?><!DOCTYPE PubmedArticleSet [{declaration}]><PubmedArticleSet>{record()}</PubmedArticleSet>".encode()
    for encoded in (data, data.decode().replace("?>", " encoding='UTF-16'?>", 1).encode("utf-16")):
        with pytest.raises(InputError, match="declares XML entities of its own"):
            read_bytes(tmp_path, encoded)


def test_named_characters_are_read_without_the_dtd(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, articles(record(title="TNF-&alpha; &amp; &unheard;")))[0].title == "TNF-α & &unheard;"


def test_a_large_gzipped_file_is_streamed(tmp_path: Path) -> None:
    """2,500 records of 9 KB each are 22 MB of XML: the process must stay far below that."""
    path = tmp_path / "baseline.xml.gz"
    body = "<AbstractText>" + "The level of the cytokine rose after the drug was given. " * 150 + "</AbstractText>"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"<PubmedArticleSet>")
        for number in range(1, 2501):
            file.write(record(number, abstract=body).encode())
        file.write(b"</PubmedArticleSet>")
    program = (
        "import resource, sys; from pathlib import Path; from litkg.sources.registry import read_path;"
        "start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "count = sum(1 for _ in read_path(Path(sys.argv[1])));"
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start)"
    )
    answer = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True).stdout.split()
    grown = int(answer[1]) // (1024 if sys.platform != "darwin" else 1024 * 1024)
    assert int(answer[0]) == 2500
    assert grown < 12, f"grew by {grown} MB"
