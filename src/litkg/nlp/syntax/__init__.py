"""litkg's own tagger, lemmatiser and dependency parser: a spaCy model trained on the CRAFT treebank (training/syntax), kept in `weights/`."""
