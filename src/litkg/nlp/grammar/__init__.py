"""The relation grammar: words to tags, tags to phrases, phrases to claims, claims to predicates. Each module reads only those before it."""
