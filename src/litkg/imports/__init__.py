"""Reads graphs back in: litkg's own JSON Lines, and KGX files of any resource, as extractions that a store loads like papers.

Owns the reading; refuses stores: extractions come out, a document at a time.
"""
