"""The treebank as training data, on a treebank of our own."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path

import pytest
from spacy.vocab import Vocab
from training.syntax.lemmas import learn_lemmas
from training.syntax.prepare import to_doc, train_docs
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


def test_training_documents_lose_no_word(article: Article) -> None:
    words = [word.text for paragraph in article.paragraphs for sentence in paragraph for word in sentence]
    assert [token.text for doc in train_docs(Vocab(), [article] * 3) for token in doc if token.text.strip()] == words * 3


def test_line_ends_take_the_place_of_blanks_only(article: Article) -> None:
    doc = to_doc(Vocab(), article.paragraphs, random.Random(1))
    assert doc.text.split() == ["Results", "Mice", "slept.", "They", "woke."]


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
