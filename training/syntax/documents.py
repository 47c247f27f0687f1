"""The treebank as spaCy documents, to score against, and its sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from training.syntax.treebank import Article, Paragraph, Sentence, Word


def to_doc(vocab: Vocab, paragraphs: Sequence[Paragraph]) -> Doc:
    """Return the paragraphs as one document, with a token of two line ends between them, which hangs on the word before it."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    labels: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []

    def add_blank(text: str) -> None:
        words.append(text)
        spaces.append(False)
        tags.append("_SP")
        labels.append("dep")
        lemmas.append(text)
        heads.append(len(words) - 2)
        starts.append(False)

    for number, paragraph in enumerate(paragraphs):
        if number:
            spaces[-1] = False
            add_blank("\n\n")
        for sentence in paragraph:
            places: list[int] = []
            for word in sentence:
                places.append(len(words))
                words.append(word.text)
                tags.append(word.tag)
                labels.append("ROOT" if word.label == "root" else word.label)
                lemmas.append(word.lemma)
                heads.append(-1)
                starts.append(len(places) == 1)
                spaces.append(word.space or len(places) == len(sentence))
            for place, word in zip(places, sentence, strict=True):
                heads[place] = places[word.head]
    spaces[-1] = False
    return Doc(vocab, words=words, spaces=spaces, tags=tags, deps=labels, lemmas=lemmas, heads=heads, sent_starts=starts)


def sizes(articles: Iterable[Article]) -> dict[str, int]:
    """Return the numbers of articles, paragraphs, sentences and words."""
    articles = list(articles)
    paragraphs = [paragraph for article in articles for paragraph in article.paragraphs]
    sentences: list[Sentence] = [sentence for paragraph in paragraphs for sentence in paragraph]
    words: list[Word] = [word for sentence in sentences for word in sentence]
    return {"articles": len(articles), "paragraphs": len(paragraphs), "sentences": len(sentences), "words": len(words)}
