"""Readers: one module a format, each yields raw documents."""
