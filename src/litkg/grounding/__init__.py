"""Grounding: from a name in a text to a concept, with a score and its reasons."""
