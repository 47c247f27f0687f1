"""The steps of cleaning: each takes a text with its map and gives another."""
