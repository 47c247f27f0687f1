"""The treebank as spaCy's training data: paragraphs as running text, so that where a sentence ends must be learned.

Usage: python -m training.syntax.prepare CORPORA BUILD. Writes BUILD/train.spacy, BUILD/dev.spacy and BUILD/split.json.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from training.split import held_out_fifth
from training.syntax.treebank import Article, Paragraph, Sentence, Word, read_articles

LONGEST = 150
"""Words of the longest sentence that is trained on; the 11 longer ones are tables and lists."""
MOST_WORDS = 60
"""Words after which a document that is trained on ends with its sentence, at most: the parser's oracle takes time that grows with their square."""
NEWLINES = 0.01
"""Share of the blanks of half the training documents that become line ends, as in text that is wrapped."""


def to_doc(vocab: Vocab, paragraphs: Sequence[Paragraph], chance: random.Random | None = None) -> Doc:
    """Return the paragraphs as one document, with a token of two line ends between them; `chance` makes some blanks line ends.

    White space hangs on the word before it, as in spaCy's own training data.
    """
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
                if spaces[-1] and chance is not None and len(places) < len(sentence) and chance.random() < NEWLINES:
                    spaces[-1] = False
                    add_blank("\n")
            for place, word in zip(places, sentence, strict=True):
                heads[place] = places[word.head]
    spaces[-1] = False
    return Doc(vocab, words=words, spaces=spaces, tags=tags, deps=labels, lemmas=lemmas, heads=heads, sent_starts=starts)


def train_docs(vocab: Vocab, articles: list[Article]) -> Iterator[Doc]:
    """Yield the training documents: runs of sentences of one or several paragraphs, half of them with some blanks made line ends."""
    chance = random.Random(4)
    for article in articles:
        run: list[list[Sentence]] = []
        limit, size = chance.randint(1, MOST_WORDS), 0
        for paragraph in article.paragraphs:
            run.append([])
            for sentence in paragraph:
                if len(sentence) > LONGEST:
                    continue
                run[-1].append(sentence)
                size += len(sentence)
                if size > limit:
                    yield _train_doc(vocab, run, chance)
                    run, limit, size = [[]], chance.randint(1, MOST_WORDS), 0
        if size:
            yield _train_doc(vocab, run, chance)


def _train_doc(vocab: Vocab, run: list[list[Sentence]], chance: random.Random) -> Doc:
    return to_doc(vocab, [tuple(paragraph) for paragraph in run if paragraph], chance if chance.random() < 0.5 else None)


def main(corpora: Path, build: Path) -> None:
    """Write the data and the split."""
    articles = list(read_articles(corpora))
    dev_ids = held_out_fifth([article.id for article in articles])
    train = [article for article in articles if article.id not in dev_ids]
    dev = [article for article in articles if article.id in dev_ids]
    vocab = Vocab()
    build.mkdir(parents=True, exist_ok=True)
    DocBin(docs=train_docs(vocab, train), store_user_data=False).to_disk(build / "train.spacy")
    DocBin(docs=(to_doc(vocab, (paragraph,)) for article in dev for paragraph in article.paragraphs), store_user_data=False).to_disk(build / "dev.spacy")
    split = {"held_out": sorted(dev_ids), "train": sizes(train), "dev": sizes(dev)}
    (build / "split.json").write_text(json.dumps(split, indent=2) + "\n", encoding="utf-8")
    print(json.dumps({key: split[key] for key in ("train", "dev")}))


def sizes(articles: Iterable[Article]) -> dict[str, int]:
    """Return the numbers of articles, paragraphs, sentences and words."""
    articles = list(articles)
    paragraphs = [paragraph for article in articles for paragraph in article.paragraphs]
    sentences: list[Sentence] = [sentence for paragraph in paragraphs for sentence in paragraph]
    words: list[Word] = [word for sentence in sentences for word in sentence]
    return {"articles": len(articles), "paragraphs": len(paragraphs), "sentences": len(sentences), "words": len(words)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
