"""`litkg ground`: candidates with the parts of their scores."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_parts_add_up_to_the_log_odds(run: Run) -> None:
    result = run("ground", "IL-1ra", "--json")
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.stdout)
    assert found["id"] == "HGNC:6000"
    assert 0 < found["score"] <= 1
    assert sum(part["adds"] for part in found["parts"]) == pytest.approx(found["log_odds"], abs=0.01)
    assert any("exact synonym" in reason for reason in found["reasons"])


def test_the_context_defines_a_short_form(run: Run) -> None:
    result = run("ground", "CAPS", "--context", "Cryopyrin-associated periodic syndrome (CAPS) is rare.", "--json")
    assert json.loads(result.stdout)[0]["id"] == "MONDO:0016168"
    assert "short for" in result.stdout


@pytest.mark.parametrize(("kind", "expected"), [("gene", "HGNC:1426"), ("Disease", "MONDO:0016168")])
def test_the_type_decides(run: Run, kind: str, expected: str) -> None:
    result = run("ground", "CAPS", "--type", kind, "--json")
    assert json.loads(result.stdout)[0]["id"] == expected


def test_the_table_has_a_line_for_each_part(run: Run) -> None:
    lines = run("ground", "anakinra", "--type", "drug").stdout.splitlines()
    assert lines[0].split("\t") == ["id", "name", "score", "adds", "part"]
    assert lines[1].startswith("UNII:9013DUQ28K\tanakinra\t")
    assert any("preferred name" in line for line in lines[2:])


def test_an_id_of_any_source_is_its_concepts(run: Run) -> None:
    found = json.loads(run("ground", "uniprot:P18510", "--json").stdout)
    assert [(item["id"], item["score"]) for item in found] == [("HGNC:6000", 1.0)]
    assert run("ground", "UniProt:Q99999").exit_code == 1


def test_a_name_that_the_lexicon_lacks_is_tried_as_a_thing_of_some_kind(run: Run) -> None:
    result = run("ground", "unheard-of depression")
    assert result.exit_code == 0
    assert "MONDO:0002050" in result.stdout
    assert "may be" in result.stderr


def test_an_unknown_name_ends_with_1_and_names_the_nearest(run: Run) -> None:
    result = run("ground", "methotreksaate")
    assert result.exit_code == 1
    assert "methotrexate" in result.output


def test_an_empty_name_is_refused(run: Run) -> None:
    assert run("ground", " ").exit_code == 2
