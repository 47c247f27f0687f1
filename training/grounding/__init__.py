"""Learns how grounding ranks: the weights of its features and how often names mean concepts, from annotated abstracts."""
