from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.ner.corpora import CORPORA, Corpus, read_chemprot, read_conll, read_parts, read_pubtator
from training.ner.documents import Document, choose_entities, place_name
from training.ner.leaks import BOILERPLATE_DOCUMENTS, BlockList, sentence_keys
from training.ner.prepare import Prepared, describe, prepare, write
from training.ner.unlabelled import SOURCES, Text
from training.split import held_out_fifth

from litkg.errors import InputError

SHARED = Path(__file__).parents[2].parent / "shared/corpora"
TYPES = {"Gene": "Gene", "Family": "GeneFamily"}
GENES = Corpus(name="genes", read=read_pubtator, train="genes.pubtator", dev=None, types=TYPES)
PAIRED = Corpus(name="paired", read=read_pubtator, train="train.pubtator", dev="dev.pubtator", types=TYPES)
TOLD = "Raised levels of the receptor went with slower healing of deep wounds."


def record(pmid: int, title: str, abstract: str, *rows: str) -> str:
    return "\n".join([f"{pmid}|t|{title}", f"{pmid}|a|{abstract}", *(f"{pmid}\t{row}" for row in rows)]) + "\n\n"


def entity_texts(document: Document) -> list[tuple[str, str]]:
    return [(document.text[start:end], kind) for start, end, kind in document.entities]


def no_texts(_folder: Path) -> Iterator[Text]:
    return iter(())


# Readers


def test_pubtator_offsets_count_on_through_the_abstract(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(record(7, "IL-6 in mice.", "We measured TNF.", "0\t4\tIL-6\tGene\t16193", "26\t29\tTNF\tGene\t21926"), encoding="utf-8")
    (document,) = read_pubtator(tmp_path / "a", GENES, "train")
    assert (document.id, document.pmid, document.text) == ("7", "7", "IL-6 in mice. We measured TNF.")
    assert entity_texts(document) == [("IL-6", "Gene"), ("TNF", "Gene")]


def test_names_that_miss_their_text_are_moved_or_dropped_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(record(7, "IL-6 in mice.", "We measured TNF.", "25\t28\tTNF\tGene\t1", "0\t4\tCCL2\tGene\t2"), encoding="utf-8")
    (document,) = read_pubtator(tmp_path / "a", GENES, "train")
    assert entity_texts(document) == [("TNF", "Gene")]
    assert document.dropped == {"moved to its text": 1, "text not at its offsets": 1}


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(record(7, "", ""), encoding="utf-8")
    with pytest.raises(InputError, match="7"):
        list(read_pubtator(tmp_path / "a", GENES, "train"))


def test_conll_documents_keep_the_spans_of_their_tags_with_one_space_between_sentences(tmp_path: Path) -> None:
    rows = [
        "-DOCSTART-\tO",
        "",
        "IL-6\tB-G",
        "-driven\tO",
        "growth\tO",
        ".\tO",
        "",
        "Both\tO",
        "NF-kappa\tB-G",
        "B\tI-G",
        "and\tO",
        "Jun\tB-G",
        "rose\tO",
        ".\tO",
        "",
    ]
    (tmp_path / "a").write_text("\n".join([*rows, *rows]) + "\n", encoding="utf-8")
    corpus = Corpus(name="c", read=read_conll, train="a", dev=None, types={"G": "Gene"})
    first, second = read_conll(tmp_path / "a", corpus, "train")
    assert first.text == second.text == "IL-6-driven growth. Both NF-kappa B and Jun rose."
    assert entity_texts(first) == entity_texts(second) == [("IL-6", "Gene"), ("NF-kappa B", "Gene"), ("Jun", "Gene")]
    assert (first.id, second.id, first.pmid) == ("train-1", "train-2", None)


def test_chemprot_offsets_count_the_tab_as_one_character(tmp_path: Path) -> None:
    (tmp_path / "x_abstracts.tsv").write_text("9\tOn IL-6.\tAspirin helps.\n", encoding="utf-8")
    (tmp_path / "x_entities.tsv").write_text("9\tT1\tGENE-Y\t3\t7\tIL-6\n9\tT2\tCHEMICAL\t9\t16\tAspirin\n", encoding="utf-8")
    corpus = Corpus(name="c", read=read_chemprot, train="x_", dev=None, types={"CHEMICAL": "Chemical", "GENE-Y": "Gene"})
    (document,) = read_chemprot(tmp_path / "x_", corpus, "train")
    assert document.text == "On IL-6. Aspirin helps."
    assert entity_texts(document) == [("IL-6", "Gene"), ("Aspirin", "Chemical")]


def test_a_corpus_without_a_development_part_holds_out_a_fixed_fifth(tmp_path: Path) -> None:
    (tmp_path / "genes.pubtator").write_text("".join(record(number, f"Title {number}.", "Text.") for number in range(1, 11)), encoding="utf-8")
    parts = read_parts(tmp_path, GENES)
    assert {document.id for document in parts["dev"]} == held_out_fifth(map(str, range(1, 11)))
    assert {document.part for document in parts["dev"]} == {"dev"}
    assert (len(parts["dev"]), len(parts["train"])) == (2, 8)


def test_a_document_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "train.pubtator").write_text(record(1, "One.", "Text.") * 2, encoding="utf-8")
    (tmp_path / "dev.pubtator").write_text(record(2, "Two.", "Text."), encoding="utf-8")
    assert [document.id for document in read_parts(tmp_path, PAIRED)["train"]] == ["1"]


# Entities


def test_of_entities_that_overlap_the_longest_stays() -> None:
    dropped: Counter[str] = Counter()
    found = [(0, 4, "Gene"), (0, 13, "Family"), (9, 18, "Gene"), (14, 18, "Gene"), (14, 18, "Gene"), (0, 4, "Cell")]
    assert choose_entities(found, TYPES, "IL-6 receptor bind", dropped) == ((0, 13, "GeneFamily"), (14, 18, "Gene"))
    assert dropped == {"overlaps a longer one": 2, "given twice": 1, "type Cell": 1}


def test_white_space_at_the_ends_of_a_span_is_cut_off() -> None:
    assert choose_entities([(0, 5, "Gene")], TYPES, "IL-6 rose", Counter()) == ((0, 4, "Gene"),)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["Gene", "Family", "Cell"]))))
def test_chosen_entities_are_sorted_apart_and_all_are_counted(found: list[tuple[int, int, str]]) -> None:
    dropped: Counter[str] = Counter()
    chosen = choose_entities(found, TYPES, "x" * 25, dropped)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(chosen))
    assert len(chosen) + sum(dropped.values()) == len(found)


@pytest.mark.parametrize(
    ("start", "end", "name", "place"),
    [
        (6, 9, "TNF", (6, 9)),
        (6, 9, "tnf", (6, 9)),
        (5, 8, "TNF", (6, 9)),
        (15, 18, "TNF", (14, 17)),
        (0, 3, "CCL2", None),
        (40, 43, "TNF", None),
        (0, 0, "", None),
    ],
)
def test_a_name_is_placed_at_its_nearest_copy(start: int, end: int, name: str, place: tuple[int, int] | None) -> None:
    assert place_name("Serum TNF and TNF receptors", start, end, name) == place


# Leaks


def test_sentences_agree_however_they_are_tokenised() -> None:
    plain = "Serum IL-6 (pg/ml) rose in nine of the patients. It fell."
    assert list(sentence_keys(plain)) == list(sentence_keys("serum IL - 6 ( pg / ml ) rose in nine of the patients . It fell .")) != []


def test_short_sentences_do_not_count() -> None:
    assert list(sentence_keys("The mechanism is not known. We studied it.")) == []


def test_training_documents_go_by_pmid_and_by_sentence(tmp_path: Path) -> None:
    (tmp_path / "dev.pubtator").write_text(record(1, "One.", f"First. {TOLD}"), encoding="utf-8")
    train = record(1, "Another title.", "Text.") + record(2, "Two.", f"Second. {TOLD}") + record(3, "Three.", "A text of its own.")
    (tmp_path / "train.pubtator").write_text(train, encoding="utf-8")
    prepared = prepare(tmp_path, corpora=[PAIRED], sources={})
    assert [document.id for document in prepared.parts["paired"]["train"]] == ["3"]
    assert prepared.left_out == {"paired": {"1": "paired pmid", "2": "paired sentence"}}
    assert [text.id for text in prepared.texts] == ["3"]


def test_a_sentence_of_three_documents_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "dev.pubtator").write_text(record(1, "One.", TOLD), encoding="utf-8")
    (tmp_path / "train.pubtator").write_text(record(2, "Two.", f"Second. {TOLD}") + record(3, "Three.", f"Third. {TOLD}"), encoding="utf-8")
    prepared = prepare(tmp_path, corpora=[PAIRED], sources={})
    assert [document.id for document in prepared.parts["paired"]["train"]] == ["2", "3"]


def test_copies_of_one_document_are_no_boilerplate() -> None:
    block = BlockList()
    block.hold_out("a", "1", TOLD)
    for corpus in ("a", "b", "c", "d"):
        block.see(corpus, "1", "1", TOLD)
    block.see("e", "first", None, TOLD)
    assert block.reasons(None, TOLD) == {"a": "sentence"}


def test_a_sentence_of_two_documents_without_pmids_still_counts() -> None:
    block = BlockList()
    block.hold_out("a", None, TOLD)
    for document in ("dev-1", "train-1"):
        block.see("a", document, None, TOLD)
    assert block.reasons(None, TOLD) == {"a": "sentence"}


def test_texts_without_labels_hold_nothing_held_out_and_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "dev.pubtator").write_text(record(1, "One.", f"First. {TOLD}"), encoding="utf-8")
    (tmp_path / "train.pubtator").write_text(record(3, "Three.", "A text of its own."), encoding="utf-8")

    def read(_folder: Path) -> Iterator[Text]:
        yield Text(id="p", corpus="t", pmid="1", lines=("Other words.",))
        yield Text(id="s", corpus="t", pmid=None, lines=("Before.", TOLD))
        yield Text(id="h", corpus="t", pmid=None, lines=("Held out here.",), held_out=True)
        yield Text(id="d", corpus="t", pmid=None, lines=("Three . A text of its own .",))
        yield Text(id="k", corpus="t", pmid=None, lines=("Free to read.", "All of it."))

    prepared = prepare(tmp_path, corpora=[PAIRED], sources={"t": read})
    assert [text.id for text in prepared.texts] == ["3", "k"]
    assert prepared.texts_left_out == {"t": {"p": "paired pmid", "s": "paired sentence", "h": "held out", "d": "same text as another"}}
    write(prepared, tmp_path / "out")
    assert (tmp_path / "out/unlabelled.txt").read_text(encoding="utf-8").splitlines() == ["Three. A text of its own.", "Free to read.", "All of it."]


# What is written


def test_written_records_and_report(tmp_path: Path) -> None:
    (tmp_path / "dev.pubtator").write_text(record(1, "One.", "First."), encoding="utf-8")
    (tmp_path / "train.pubtator").write_text(record(2, "IL-6 rose.", "It fell.", "0\t4\tIL-6\tGene\t1", "0\t4\tIL-6\tCell\t1"), encoding="utf-8")
    write(prepare(tmp_path, corpora=[PAIRED], sources={"none": no_texts}), tmp_path / "out")
    (line,) = (tmp_path / "out/paired.train.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == {"id": "2", "corpus": "paired", "part": "train", "text": "IL-6 rose. It fell.", "entities": [[0, 4, "Gene"]]}
    report = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    assert report["corpora"]["paired"]["train"] == {
        "documents": 1,
        "sentences": 2,
        "tokens": 8,
        "entities": {"Gene": 1},
        "on token borders, %": 100.0,
        "dropped": {"type Cell": 1},
    }


def test_an_entity_that_ends_inside_a_token_is_off_the_borders() -> None:
    document = Document(id="1", corpus="c", part="dev", text="mTNF TNF", pmid=None, entities=((1, 4, "Gene"), (5, 8, "Gene")))
    assert describe([document])["on token borders, %"] == 50.0


# The corpora themselves


@pytest.fixture(scope="module")
def real() -> Prepared:
    if not SHARED.is_dir():
        pytest.skip("needs the corpora in ../shared/corpora beside the checkout")
    return prepare(SHARED, sources={name: read for name, read in SOURCES.items() if name != "trials"})


def test_no_held_out_pmid_is_learnt_from(real: Prepared) -> None:
    held_out = {document.pmid for by_part in real.parts.values() for document in by_part["dev"]} - {None}
    learnt = {document.pmid for by_part in real.parts.values() for document in by_part["train"]} | {text.pmid for text in real.texts}
    assert len(held_out) > 1500
    assert held_out & learnt == set()


def test_no_held_out_sentence_is_learnt_from(real: Prepared) -> None:
    """Counted anew, without the block list: a shared sentence must be boilerplate."""
    held_out: dict[str, set[str]] = defaultdict(set)
    for by_part in real.parts.values():
        for document in by_part["dev"]:
            for key in sentence_keys(document.text):
                held_out[key].add(document.pmid or document.id)
    learnt: dict[str, set[str]] = defaultdict(set)
    training = [(document.pmid or document.id, document.text) for by_part in real.parts.values() for document in by_part["train"]]
    for name, content in [*training, *((text.id, text.text) for text in real.texts)]:
        for key in sentence_keys(content):
            if key in held_out:
                learnt[key].add(name)
    assert len(held_out) > 15000
    assert len(learnt) < 20
    assert [key for key in learnt if len(held_out[key] | learnt[key]) < BOILERPLATE_DOCUMENTS] == []


def test_each_corpus_keeps_its_parts_and_types(real: Prepared) -> None:
    for corpus in CORPORA:
        by_part = real.parts[corpus.name]
        for part in ("train", "dev"):
            kinds = {kind for document in by_part[part] for _, _, kind in document.entities}
            assert kinds == set(corpus.types.values()), (corpus.name, part)
        left_out = len(real.left_out[corpus.name])
        assert left_out <= (0.16 if corpus.name == "biored" else 0.05) * (left_out + len(by_part["train"])), corpus.name
