"""Writes a graph for other programs, one module a format. The same graph gives the same bytes, whatever the store and however it was loaded.

Owns the formats; refuses to know any one database. All but GraphML, CSV and Cytoscape JSON, which hold concepts and one edge an assertion, lose no evidence.
"""
