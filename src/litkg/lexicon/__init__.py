"""Terms: building the lexicon from pinned sources, and looking names up in it."""
