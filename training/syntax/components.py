"""What training needs of spaCy: litkg's components, and a faster check of the batches that share an embedding."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from spacy.attrs import ORTH
from spacy.pipeline.tok2vec import Tok2VecListener
from spacy.tokens import Doc

import litkg.nlp.lemmas
import litkg.nlp.tokens  # noqa: F401


def _batch_id(inputs: Iterable[Doc]) -> int:
    return int(sum(doc.to_array(ORTH).sum(dtype=np.uint64) for doc in inputs))


# spaCy's own sums the same numbers token by token, which takes a tenth of the time of training.
Tok2VecListener.get_batch_id = staticmethod(_batch_id)  # type: ignore[method-assign]
