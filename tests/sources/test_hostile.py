"""Documents made to do harm: nothing is run, nothing is fetched, time and memory stay bounded, and each is passed over with its reason."""

from __future__ import annotations

import gzip
import os
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest

from litkg.cli.console import printable
from litkg.errors import InputError
from litkg.sources import safexml
from litkg.sources.content import Limits
from litkg.sources.pdf import parse_pdf
from litkg.sources.pdf_process import PdfProcess
from litkg.sources.pubmed import parse_pubmed
from litkg.sources.registry import Skip, read_path
from tests.sources.shared import read_bytes

LAUGHS = "".join(f"<!ENTITY l{number} '{f'&l{number - 1};' * 10}'>" for number in range(1, 10))
ROOTS = {
    "pubmed": "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>One {0}</ArticleTitle></Article></MedlineCitation>"
    "</PubmedArticle></PubmedArticleSet>",
    "jats": "<article><front><article-meta><title-group><article-title>One {0}</article-title></title-group></article-meta></front></article>",
    "bioc": "<collection><document><id>1</id><passage><offset>0</offset><text>One {0}</text></passage></document></collection>",
}
NAMES = {"pubmed": "PubmedArticleSet", "jats": "article", "bioc": "collection"}


@pytest.mark.parametrize("kind", ROOTS)
@pytest.mark.parametrize(
    "declared",
    [
        "[<!ENTITY l0 'ha'>" + LAUGHS + "]",
        "[<!ENTITY l9 '" + "ha" * 5000 + "'>]",
        "[<!ENTITY l9 SYSTEM 'file:///etc/hostname'>]",
        "[<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]",
        "[<!entity l9 'ha'>]",
    ],
    ids=["laughs", "quadratic", "file", "parameter", "lower case"],
)
def test_entities_of_a_files_own_are_refused(tmp_path: Path, kind: str, declared: str) -> None:
    text = f"<?xml version='1.0'?><!DOCTYPE {NAMES[kind]} {declared}>" + ROOTS[kind].format("&l9;" * 5000)
    for data in (text.encode(), text.encode("utf-16"), gzip.compress(text.encode())):
        with pytest.raises(InputError, match=r"refused|broken or truncated XML|binary content"):
            read_bytes(tmp_path, data)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    page = f"<html><head><base href='{address}/'><link rel='stylesheet' href='a.css'><script src='{address}/b.js'></script></head><body><img src='c.png'><p>"
    files = {
        "dtd": f"<?xml version='1.0'?><!DOCTYPE article SYSTEM '{address}/x.dtd'>" + ROOTS["jats"].format(""),
        "schema": ROOTS["jats"].replace("<article>", f"<article xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{address}/x'/>").format(""),
        "entity": f"<!DOCTYPE article [<!ENTITY x SYSTEM '{address}/x'>]>" + ROOTS["jats"].format("&x;"),
        "page": page + "One sentence of a page that is long enough to be taken for running text by its reader.</p></body></html>",
    }
    for text in files.values():
        try:
            read_bytes(tmp_path, text.encode())
        except InputError:
            continue
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)
    assert asked == []


@pytest.mark.parametrize("kind", ROOTS)
def test_elements_nested_without_end_are_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(InputError, match="broken or truncated XML"):
        read_bytes(tmp_path, ROOTS[kind].format("<i>" * 100_000 + "</i>" * 100_000).encode())


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nested too deep"):
        read_bytes(tmp_path, b'{"documents": ' + b"[" * 200_000 + b"]" * 200_000 + b"}")


def test_a_record_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safexml, "MAX_RECORD_BYTES", 1 << 20)
    small = "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>One</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    many = f"<PubmedArticleSet>{small * 9000}</PubmedArticleSet>".encode()
    assert len(many) > 1 << 20
    assert sum(1 for _ in parse_pubmed(BytesIO(many), source="x", notify=print)) == 9000
    endless = f"<PubmedArticleSet>{small}<PubmedArticle>{'<Junk/>' * 170_000}</PubmedArticle></PubmedArticleSet>".encode()
    documents = parse_pubmed(BytesIO(endless), source="x", notify=print)
    assert next(documents).title == "One"
    with pytest.raises(InputError, match="more than 1 MB of XML in one document"):
        next(documents)


def test_pages_with_elements_nested_or_repeated_without_end_are_read_in_time(tmp_path: Path) -> None:
    sentence = "One sentence of a page that is long enough to be taken for running text by its reader. "
    started = time.process_time()
    for tag in ("div", "a href='#'", "sup", "span", "li", "table><tr><td", "b", "p"):
        try:
            read_bytes(tmp_path, f"<!DOCTYPE html><html><body>{f'<{tag}>{sentence}' * 300}</body></html>".encode())
        except InputError:
            continue
    assert time.process_time() - started < 120  # minutes where time grows with the cube of the depth


def with_stream(content: bytes, *, before: bytes = b"/Filter /FlateDecode", page: bytes = b"", extra: tuple[bytes, ...] = ()) -> bytes:
    """Return a PDF of one page with `content` as its stream."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + page + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), before, content),
        *extra,
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))


PRINTED = b"BT /F1 12 Tf 72 700 Td (One patient took the drug for six weeks and felt low.) Tj ET\n"


def deflated_twice(size: int) -> bytes:
    """Return `size` zeros, deflated twice."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    return zlib.compress(once, 9)


def test_a_pdf_that_unpacks_to_gigabytes_is_refused_and_the_next_one_read() -> None:
    process = PdfProcess(max_memory=120 << 20)
    bomb = with_stream(deflated_twice(200 << 20), before=b"/Filter [/FlateDecode /FlateDecode]")
    assert len(bomb) < 1 << 16
    with pytest.raises(InputError, match="PDF"):
        process.extract_lines(bomb, source="bomb.pdf")
    sound = with_stream(zlib.compress(PRINTED))
    assert parse_pdf(sound, source="x", notify=print, extract=process.extract_lines).text.startswith("One patient")
    process.close()


def test_a_page_that_takes_too_long_is_refused() -> None:
    process = PdfProcess(page_timeout_s=1.5)
    list(process.extract_lines(with_stream(zlib.compress(PRINTED)), source="x").pages)
    crowded = with_stream(zlib.compress(b"BT /F1 12 Tf 72 700 Td " + b"(One patient took it.) Tj 0 0.01 Td " * 20_000 + b"ET"))
    with pytest.raises(InputError, match=r"a page that takes more than 1\.5 s"):
        process.extract_lines(crowded, source="x")
    assert "One patient" in process.extract_lines(with_stream(zlib.compress(PRINTED)), source="x").pages[0].lines[0].text
    process.close()


@pytest.mark.parametrize(
    "kids", [b"[2 0 R]", b"[2 0 R 3 0 R 2 0 R]", b"[" + b"3 0 R " * 20_000 + b"]"], ids=["itself", "itself and a page", "one page over and over"]
)
def test_pages_that_name_each_other_end(kids: bytes) -> None:
    data = with_stream(zlib.compress(PRINTED)).replace(b"/Kids [3 0 R]", b"/Kids " + kids)
    process = PdfProcess(page_timeout_s=20)
    try:
        assert "One patient" in parse_pdf(data, source="x", notify=print, extract=process.extract_lines).text
    except InputError as error:
        assert "PDF" in str(error)
    process.close()


def test_scripts_actions_and_files_inside_a_pdf_are_passed_over(tmp_path: Path) -> None:
    mark = tmp_path / "touched"
    actions = {
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>": b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        f"/OpenAction << /S /Launch /F (touch {mark}) >>".encode(): b"<< /S /Launch /F (sh) >>",
        b"/Names << /EmbeddedFiles << /Names [(x.exe) 6 0 R] >> >>": b"<< /Type /Filespec /F (x.exe) /EF << /F 5 0 R >> >>",
        b"/AA << /WC << /S /URI /URI (http://127.0.0.1:9/) >> >>": b"<< /S /URI /URI (http://127.0.0.1:9/) >>",
    }
    for page, extra in actions.items():
        (document,) = read_bytes(tmp_path, with_stream(zlib.compress(PRINTED), page=page, extra=(extra,)))
        assert document.text == "One patient took the drug for six weeks and felt low."
    assert not mark.exists()


def test_bombs_of_gzip_end_at_the_limit(tmp_path: Path) -> None:
    limits = Limits(unpacked=1 << 20, text=1 << 20)
    for head in (b"1|t|", b"%PDF-1.4\n", b'{"documents": [', b"<!DOCTYPE html>", b"Words "):
        path = tmp_path / "bomb"
        path.write_bytes(gzip.compress(gzip.compress(head + b"a" * 20_000_000)))
        with pytest.raises(InputError, match=r"more than 1 MB|refused"):
            list(read_path(path, limits=limits))


def test_what_is_no_file_or_lies_elsewhere_is_passed_over_with_a_reason(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "papers"
    (outside / "deep").mkdir(parents=True)
    folder.mkdir()
    (outside / "secret.txt").write_text("Secret")
    (outside / "deep" / "x.txt").write_text("Secret too")
    (folder / "a.txt").write_text("First")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "climb").symlink_to("../outside/deep", target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self").symlink_to("self")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "x.xml").mkdir()
    (folder / "x.xml" / "b.txt").write_text("Second")
    os.mkfifo(folder / "pipe.txt")
    with (folder / "sparse.bin").open("wb") as handle:
        handle.truncate(1 << 40)
    skips: list[Skip] = []
    titles = [document.title for document in read_path(folder, on_skip=skips.append, limits=Limits(text=1 << 20))]
    assert titles == ["First", "First", "Second"]
    reasons = {Path(skip.path).name: skip.reason for skip in skips}
    assert set(reasons) == {"climb", "link.txt", "pipe.txt", "self", "sparse.bin", "zero"}
    assert all("out of the folder" in reasons[name] for name in ("climb", "link.txt", "zero"))
    assert "Secret" not in str(skips)


def test_a_device_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"more than 1 MB|binary content"):
        list(read_path(Path("/dev/zero"), limits=Limits(text=1 << 20)))


def test_one_token_of_megabytes_is_read(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, b"A title\n\n" + b"x" * 20_000_000)
    assert len(document.text) == 20_000_009


@pytest.mark.parametrize("data", [b"Mood\x00 fell", b"\xff\xfe\x00\xd8", b"\xed\xa0\x80 mood", b"mood \xff\xff\xc3\xa9\xc3\xa9\xc3\xa9"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError):
        read_bytes(tmp_path, data)


def test_what_a_title_bids_a_terminal_is_written_out(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, "Low mood \x1b]0;gone\x07 and \u202eerutluc\u202c of cells: \x9b2J\n".encode() + b"A sentence of no interest. " * 300)
    shown = printable(document.title)
    assert shown == "Low mood \\u001b]0;gone\\u0007 and \\u202eerutluc\\u202c of cells: \\u009b2J"
