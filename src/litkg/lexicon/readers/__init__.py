"""Readers of the lexicon's sources: each takes the bytes of a file and yields concepts or crosswalks as that source has them."""
