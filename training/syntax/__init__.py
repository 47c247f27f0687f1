"""How litkg's tagger, lemmatiser, parser and sentence splitter are made from the CRAFT treebank."""
