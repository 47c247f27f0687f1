"""Hypotheses from the literature: what nobody has linked yet, by what it is linked with.

Owns discovery over a graph in any store; refuses to load or change papers.
"""
