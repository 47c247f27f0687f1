"""The treebank as training data, on a treebank of our own."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path

import pytest
from spacy.vocab import Vocab
from training.ner.dataset import Words
from training.syntax.dataset import encode, pack, runs, with_own_tokens
from training.syntax.documents import to_doc
from training.syntax.lemmas import learn_lemmas
from training.syntax.treebank import ARCHIVE, Article, Word, headings_apart, read_articles

from litkg.nlp.syntax.model import set_sentence_starts

CONLLU = """\
# newdoc id = 1
# newpar id = 1-p0
# sent_id = 0
# text = Results
1\tResults\tresult\tNOUN\tNNS\t_\t0\troot\t_\t_

# sent_id = 1
# text = Mice slept.
1\tMice\tmouse\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tslept\tsleep\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar id = 1-p1
# sent_id = 2
# text = They woke.
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\twoke\twake\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


@pytest.fixture
def article(tmp_path: Path) -> Article:
    path = tmp_path / ARCHIVE
    path.parent.mkdir()
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("conllu/1.conllu")
        member.size = len(CONLLU.encode())
        archive.addfile(member, io.BytesIO(CONLLU.encode()))
    [read] = read_articles(tmp_path)
    return read


def test_articles_have_paragraphs_of_sentences(article: Article) -> None:
    assert article.id == "1"
    assert [[" ".join(word.text for word in sentence) for sentence in paragraph] for paragraph in article.paragraphs] == [
        ["Results", "Mice slept ."],
        ["They woke ."],
    ]


def test_headings_come_apart(article: Article) -> None:
    assert [len(part) for part in headings_apart(article.paragraphs[0])] == [1, 1]
    assert [len(part) for part in headings_apart(article.paragraphs[1])] == [1]


def test_document_keeps_the_tree_over_a_blank_line(article: Article) -> None:
    doc = to_doc(Vocab(), article.paragraphs)
    assert doc.text == "Results Mice slept.\n\nThey woke."
    assert [token.head.text for token in doc] == ["Results", "slept", "slept", "slept", ".", "woke", "woke", "woke"]
    assert [token.text for token in doc if token.is_sent_start] == ["Results", "Mice", "They"]


def test_runs_lose_no_sentence(article: Article) -> None:
    sentences = [sentence for paragraph in article.paragraphs for sentence in paragraph]
    assert [sentence for run in runs([article] * 3, random.Random(1)) for sentence in run] == sentences * 3


def test_rows_keep_sentences_whole_and_heads_inside_them(article: Article) -> None:
    words = Words()
    sentences = [sentence for paragraph in article.paragraphs for sentence in paragraph]
    encoded = [encode(sentence, words, ["NNS", "VBD", ".", "PRP"], ["root", "nsubj", "punct"]) for sentence in sentences]
    rows = pack([encoded[:2], encoded[2:]], 6)
    names = list(words.index)
    assert [[names[number] for number in row] for row in rows.words] == [["Results", "Mice", "slept", ".", "", ""], ["They", "woke", ".", "", "", ""]]
    assert rows.heads.tolist() == [[0, 2, 2, 2, 4, 5], [1, 1, 1, 3, 4, 5]]
    assert rows.sentences.tolist() == [[0, 1, 1, 1, -1, -1], [0, 0, 0, -1, -1, -1]]
    assert rows.labels[0].tolist() == [0, 1, 0, 2, -1, -1]
    assert rows.tags[1].tolist() == [3, 1, 2, -1, -1, -1]


def test_words_that_litkg_splits_or_joins_keep_their_arcs() -> None:
    gold = [("K", "NN", 3, "nsubj"), ("+", "SYM", 0, "punct"), ("did", "VBD", 3, "aux"), ("rise", "VB", 3, "root"), ("300-fold", "RB", 3, "advmod")]
    sentence = tuple(Word(text=text, lemma=text, tag=tag, head=head, label=label, space=text != "K") for text, tag, head, label in gold)
    found = with_own_tokens(sentence)
    assert [(word.text, word.tag, found[word.head].text, word.label) for word in found] == [
        ("K+", "NN", "rise", "nsubj"),
        ("did", "VBD", "rise", "aux"),
        ("rise", "VB", "rise", "root"),
        ("300", "", "fold", ""),
        ("-", "", "fold", ""),
        ("fold", "RB", "rise", "advmod"),
    ]


def test_sentence_starts_are_set_as_given(article: Article) -> None:
    doc = set_sentence_starts(to_doc(Vocab(), article.paragraphs), [(0, 7), (8, 19), (26, 30)])
    assert [token.text for token in doc if token.is_sent_start] == ["Results", "Mice", "woke"]


def word(text: str, lemma: str, tag: str) -> Word:
    return Word(text=text, lemma=lemma, tag=tag, head=0, label="root", space=True)


def test_lemmas_follow_endings_and_exceptions() -> None:
    forms = [("rats", "rat"), ("cats", "cat"), ("levels", "level"), ("studies", "study"), ("bodies", "body"), ("mice", "mouse")]
    learned = learn_lemmas(word(text, lemma, "NNS") for text, lemma in forms)
    assert [learned.find(text, "NNS") for text, _ in forms] == [lemma for _, lemma in forms]
    assert learned.find("therapies", "NNS") == "therapy"
    assert learned.find("dogs", "NNS") == "dog"
    assert dict(learned.exceptions["NNS"]) == {"mice": "mouse"}
