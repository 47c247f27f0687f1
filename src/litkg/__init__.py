"""litkg: biomedical papers in, a graph of evidence out."""

__version__ = "0.1.0"
