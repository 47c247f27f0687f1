from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import InputError
from tests.sources.shared import blocks_of, read_bytes

LONG = "The trial asked whether a small dose of the cytokine changes how patients answer to treatment over two months."
MORE = "Those who were given it felt better after five weeks, and the cells that keep inflammation in check had grown in number."
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>A cytokine and mood | Made-up News</title>
<meta property="article:published_time" content="2023-02-03"><meta property="og:site_name" content="Made-up News">
<script>var x = "not text";</script><style>p {{}}</style></head><body>
<div class="cookie-banner"><p>We use cookies so that this page knows who you are and what you like to read about, every day.</p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News and a long menu entry about other cytokines in the blood of mice</a></li></ul></nav>
<main><article><h1>A cytokine and mood</h1><div>Publication date: 3 February</div>
<p>{LONG}<sup><a href="#r1">1</a>,<a href="#r2">2</a></sup></p><h2>Results</h2><p>{MORE} It fell by 10<sup>3</sup> units<br>a day.</p>
<figure><img alt="x"><figcaption>Cells under a lens.</figcaption></figure>
<div class="share-buttons"><a href="#">Share on a network</a></div>
<h2>Read others</h2><p>Another drug raised the level of a hormone in a study of people who never sleep at night.</p>
</article></main><footer><p>Copyright of a publisher with a long name and an address that nobody needs to read here.</p></footer></body></html>"""


def test_keeps_the_article_and_leaves_the_furniture(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, PAGE.encode())
    assert (document.title, document.year, document.journal) == ("A cytokine and mood", 2023, "Made-up News")
    assert [(kind, text) for kind, text in blocks_of(document) if kind != "furniture"] == [
        ("title", "A cytokine and mood"),
        ("body", LONG),
        ("heading", "Results"),
        ("results", f"{MORE} It fell by 10^3 units a day."),
        ("caption", "Cells under a lens."),
    ]


@pytest.mark.parametrize("words", ["cookies", "menu entry", "Copyright", "not text"])
def test_what_is_not_the_article_is_gone(tmp_path: Path, words: str) -> None:
    assert words not in read_bytes(tmp_path, PAGE.encode())[0].text


@pytest.mark.parametrize("words", ["Publication date", "Share on", "Read others", "Another drug"])
def test_furniture_inside_the_article_is_marked(tmp_path: Path, words: str) -> None:
    assert {kind for kind, text in blocks_of(read_bytes(tmp_path, PAGE.encode())[0]) if words in text} == {"furniture"}


def test_loose_text_in_divisions_is_read(tmp_path: Path) -> None:
    page = f"<html><body><div>{LONG}<br><br><b>Second</b> {MORE}<p>{LONG}</p>Tail of the page that ends here, after all of it.</div></body></html>"
    texts = [text for _, text in blocks_of(read_bytes(tmp_path, page.encode())[0])]
    assert texts == [f"{LONG} Second {MORE}", LONG, "Tail of the page that ends here, after all of it."]


@pytest.mark.parametrize(
    ("head", "encoding", "warned"),
    [
        ('<meta charset="utf-8">', "utf-8", False),
        ('<meta charset="iso-8859-1">', "cp1252", False),
        ("", "utf-8", False),
        ("", "cp1252", True),
        ('<meta charset="utf-8">', "cp1252", True),
    ],
)
def test_letters_survive_whatever_the_encoding(tmp_path: Path, head: str, encoding: str, warned: bool) -> None:
    warnings: list[str] = []
    page = f"<html><head>{head}<title>x</title></head><body><p>Déjà vu – naïve: {LONG}</p></body></html>".encode(encoding)
    assert "Déjà vu – naïve" in read_bytes(tmp_path, page, warnings=warnings)[0].text
    assert bool(warnings) is warned


def test_a_page_that_scripts_make_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="without running text"):
        read_bytes(tmp_path, b"<html><head><title>App</title></head><body><div id='root'></div><script>go()</script></body></html>")
