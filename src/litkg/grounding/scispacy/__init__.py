"""scispaCy's entity linker on litkg's lexicon, as an alternative to litkg's own grounding."""
