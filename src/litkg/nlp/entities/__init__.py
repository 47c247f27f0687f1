"""The NER model: features of words, the network, decoding, and the conventions of the corpora that it learned from."""
