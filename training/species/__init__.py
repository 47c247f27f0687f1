"""Learns how species of genes are told."""
