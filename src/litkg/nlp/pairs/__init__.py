"""The model of pairs: two mentions of a sentence in, how likely each relation between them is out."""
