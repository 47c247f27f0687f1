from __future__ import annotations

from pathlib import Path

import pytest

from litkg.errors import InputError
from litkg.sources.pdf import parse_pdf
from litkg.sources.registry import read_path
from tests.sources.pdf_writer import Print, column, write_pdf
from tests.sources.shared import blocks_of, read_bytes

LEFT, RIGHT = 50, 310


def filler(topic: str, count: int) -> list[str]:
    """Return lines of one sentence each wide column can hold."""
    return [f"In line {number} of {topic} we tell that the level rose" for number in range(1, count)] + [f"and that {topic} came to its end."]


def paper() -> list[list[Print]]:
    """A paper of three pages in two columns, with running heads, a caption, a small table and references."""
    heads = [[Print(50, 815, "Journal of Made-up Medicine 2020", 8), Print(480, 30, f"Page {number} of 3", 8)] for number in (1, 2, 3)]
    first = [
        *column(50, 770, ["Interleukins and mood in a made-up", "cohort of forty mice"], size=18, bold=True, leading=22),
        Print(50, 725, "Ann Author, Bob Writer", 9),
        Print(50, 710, "Department of Tales, University of Somewhere", 7),
        Print(50, 685, "Abstract", 11, bold=True),
        *column(
            50,
            670,
            [
                "We asked whether an interleukin raises the level of a transmitter in forty mice that were kept in one room for a year, and we found",
                "that it did.",
            ],
        ),
        *column(LEFT, 620, ["Introduction"], size=12, bold=True),
        *column(LEFT, 604, filler("the left column", 35)),
        *column(RIGHT, 620, [*filler("the right column", 30), "The cytokine was meas-"]),
        Print(50, 60, "Published: 4 May 2020. This is an open access paper.", 7),
    ]
    second = [
        *column(LEFT, 780, ["ured in the blood of every mouse.", ""]),
        *column(LEFT, 740, ["Figure 1. Levels of the cytokine over", "a year in mice."], size=8, leading=10),
        *column(LEFT, 700, ["Results"], size=12, bold=True),
        *column(LEFT, 684, filler("the results", 30)),
        *column(RIGHT, 780, ["Table 1. Doses of the drug."], size=8),
        *[
            Print(RIGHT + 70 * place, 766 - 10 * row, text, 7)
            for row, cells in enumerate([("Drug", "mg", "Design"), ("One", "10", "Trial"), ("Two", "20", "Trial")])
            for place, text in enumerate(cells)
        ],
        *column(RIGHT, 700, filler("more results", 30)),
    ]
    third = [
        *column(LEFT, 780, ["Discussion"], size=12, bold=True),
        *column(LEFT, 764, filler("the discussion", 20)),
        *column(LEFT, 500, ["References"], size=12, bold=True),
        *column(LEFT, 484, ["1. Author A. A made-up title. J Tales 2001;1:2.", "2. Writer B. Another one. J Tales 2002;3:4."], size=8),
    ]
    return [page + head for page, head in zip((first, second, third), heads, strict=True)]


@pytest.fixture(scope="module")
def blocks(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    return blocks_of(read_bytes(tmp_path_factory.mktemp("pdf"), write_pdf(paper()))[0])


def kinds_with(blocks: list[tuple[str, str]], words: str) -> set[str]:
    return {kind for kind, text in blocks if words in text}


def test_title_and_year_come_from_the_first_page(tmp_path: Path) -> None:
    (document,) = read_bytes(tmp_path, write_pdf(paper()))
    assert document.title == "Interleukins and mood in a made-up cohort of forty mice"
    assert (document.year, document.format) == (2020, "pdf")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Interleukins and mood", "title"),
        ("Ann Author", "furniture"),
        ("Department of Tales", "furniture"),
        ("We asked whether", "abstract"),
        ("of the left column", "introduction"),
        ("of the right column", "introduction"),
        ("Journal of Made-up Medicine", "furniture"),
        ("Page 2 of 3", "furniture"),
        ("Published: 4 May", "furniture"),
        ("Figure 1. Levels", "caption"),
        ("a year in mice.", "caption"),
        ("Table 1. Doses", "caption"),
        ("Trial", "table"),
        ("of the results", "results"),
        ("of more results", "results"),
        ("of the discussion", "discussion"),
        ("J Tales 2002", "references"),
    ],
)
def test_each_part_has_its_kind(blocks: list[tuple[str, str]], words: str, kind: str) -> None:
    assert kinds_with(blocks, words) == {kind}


def test_columns_are_read_one_after_the_other(blocks: list[tuple[str, str]]) -> None:
    introduction = "\n".join(text for kind, text in blocks if kind == "introduction")
    assert introduction.index("the left column came to its end.") < introduction.index("In line 1 of the right column")


def test_a_paragraph_goes_on_over_the_page_break(blocks: list[tuple[str, str]]) -> None:
    assert any("The cytokine was meas-\nured in the blood" in text for _, text in blocks)


def test_headings_in_order(blocks: list[tuple[str, str]]) -> None:
    assert [text for kind, text in blocks if kind == "heading"] == ["Abstract", "Introduction", "Results", "Discussion", "References"]


def test_progress_is_told_page_by_page() -> None:
    seen: list[tuple[int, int]] = []
    parse_pdf(write_pdf(paper()), source="p", notify=print, on_page=lambda page, pages: seen.append((page, pages)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_letter_of_one_page_is_read(tmp_path: Path) -> None:
    page = [*column(50, 780, ["A letter on a drug and a mood"], size=16), *column(50, 740, filler("the letter", 20))]
    (document,) = read_bytes(tmp_path, write_pdf([page]))
    assert "In line 1 of the letter" in document.text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (write_pdf(paper())[:-3000], "truncated PDF"),
        (write_pdf(paper(), encrypted=True), "needs a password"),
        (write_pdf([[]]), "no text layer .* run OCR first"),
        (b"%PDF-1.4\nrubbish\nstartxref\n5\n%%EOF", "PDF"),
    ],
)
def test_says_what_is_wrong_with_a_file(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        list(read_path(path))
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("place", range(200, 3000, 350))
def test_damage_anywhere_is_an_input_error_or_read_past(tmp_path: Path, place: int) -> None:
    data = write_pdf(paper())
    (tmp_path / "a.pdf").write_bytes(data[:place] + b"\xff(<<[" * 8 + data[place + 40 :])
    try:
        documents = list(read_path(tmp_path / "a.pdf"))
    except InputError:
        return
    assert documents[0].format == "pdf"


def test_a_plain_letter_in_one_type_loses_nothing(tmp_path: Path) -> None:
    paragraphs = ["A drug and a low mood in one patient", "A woman came to our hospital with pain in both hands.", "She was given the drug, and she was sad."]
    page = [Print(50, 780 - 30 * number, text) for number, text in enumerate([*paragraphs, "References", "1. Author A. A made-up title. J Tales 2001."])]
    (document,) = read_bytes(tmp_path, write_pdf([page]))
    kinds = [("title", paragraphs[0]), ("None", paragraphs[1]), ("None", paragraphs[2])]
    assert blocks_of(document) == [*kinds, ("heading", "References"), ("references", "1. Author A. A made-up title. J Tales 2001.")]


def test_three_columns_are_read_from_left_to_right(tmp_path: Path) -> None:
    names = ["first", "second", "third"]
    page = [
        line for place, name in enumerate(names) for line in column(40 + 180 * place, 700, [f"Line {row} of the {name} one goes" for row in range(20)], size=8)
    ]
    head = Print(40, 760, "A title that runs across all of the columns", 18)
    text = read_bytes(tmp_path, write_pdf([[head, *page]]))[0].text
    assert [text.index(f"Line {row} of the {name}") for name in names for row in (0, 19)] == sorted(
        text.index(f"Line {row} of the {name}") for name in names for row in (0, 19)
    )


def test_a_caption_across_both_columns_stays_whole(tmp_path: Path) -> None:
    caption = column(50, 500, ["Figure 2. " + "The level of the cytokine in the blood of mice over time. " * 2, "Ends in a short line."], size=8, leading=10)
    above = [*column(LEFT, 780, filler("one", 15)), *column(RIGHT, 780, filler("two", 15))]
    below = [*column(LEFT, 440, filler("three", 15)), *column(RIGHT, 440, filler("four", 15))]
    document = read_bytes(tmp_path, write_pdf([[*above, *caption, *below]]))[0]
    assert next(text for kind, text in blocks_of(document) if kind == "caption").endswith("Ends in a short line.")
    places = [document.text.index(f"In line 1 of {name} ") for name in ("one", "two", "three", "four")]
    assert places == sorted(places)
