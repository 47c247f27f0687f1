"""Names written out in other ways: what is turned, and what must stay as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litkg.lexicon.variants import reordered, without_salt, written_variants


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("Leukemia, Lymphocytic, Chronic", "Chronic Lymphocytic Leukemia"),
        ("Lymphoma, Large B-Cell, Diffuse", "Diffuse Large B-Cell Lymphoma"),
        ("deficiency of acid maltase", "acid maltase deficiency"),
        ("acid maltase deficiency", "deficiency of acid maltase"),
        ("carcinoma of the gallbladder", "gallbladder carcinoma"),
        ("rotavirus infection", "infection with rotavirus"),
        ("Crohn's disease", "Crohns disease"),
        ("Crohn’s disease", "Crohns disease"),
    ],
)
def test_a_name_is_written_in_its_other_way(name: str, variant: str) -> None:
    assert variant in list(written_variants(name))


@pytest.mark.parametrize(
    "name",
    [
        "nausea, vomiting and pain",
        "Arthritis, Rheumatoid",
        "1,2-dibromoethane",
        "pain",
        "tumor necrosis factor",
        "infection due to tick bite",
        "deficiency of vitamin D and calcium",
        "factor of thought",
        "Spastic Paraplegia 4, Autosomal Dominant, Pure",
    ],
)
def test_other_names_have_no_variant(name: str) -> None:
    assert list(written_variants(name)) == []


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("labetalol hydrochloride", "labetalol"),
        ("Labetalol HCl", "Labetalol"),
        ("diclofenac sodium dihydrate", "diclofenac"),
        ("sodium chloride", None),
        ("calcium carbonate", None),
        ("zinc acetate", None),
        ("sodium nitroprusside", "nitroprusside"),
        ("disodium clodronate", "clodronate"),
        ("labetalol", None),
        ("lithium", None),
    ],
)
def test_a_salt_is_taken_off_a_drug_and_not_off_a_salt(name: str, bare: str | None) -> None:
    assert without_salt(name) == bare


@given(st.text(max_size=40))
def test_no_variant_is_the_name_itself_or_comes_twice(name: str) -> None:
    found = list(written_variants(name))
    assert name not in found
    assert len(found) == len(set(found))


@given(st.lists(st.sampled_from(["leukemia", "acute", "myeloid", "juvenile"]), min_size=3, max_size=4, unique=True))
def test_reordering_keeps_the_words(parts: list[str]) -> None:
    turned = reordered(", ".join(parts))
    assert turned is not None
    assert sorted(turned.split()) == sorted(parts)
