"""Names of classes of genes, which name no gene."""

from __future__ import annotations

import pytest

from litkg.grounding.gene_classes import is_class_name


@pytest.mark.parametrize(
    "name",
    [
        "tyrosine kinase",
        "Nuclear proteins",
        "membrane-bound",
        "GTP-binding protein",
        "cell surface receptors",
        "helicase",
        "muscle specific",
        "zinc metallopeptidases",
    ],
)
def test_classes(name: str) -> None:
    assert is_class_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "IL6",
        "insulin",
        "ubiquitin",
        "growth hormone receptor",
        "protein kinase C",
        "protein S",
        "T cell receptor",
        "nerve growth factor",
        "DNA ligase 4",
        "iron",
    ],
)
def test_what_is_no_class(name: str) -> None:
    assert not is_class_name(name)
