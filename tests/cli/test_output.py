"""What commands print: the same answer as a table, as lines and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from litkg import __version__
from litkg.stores import open_store
from tests.cli.conftest import Run
from tests.graphs import extractions
from tests.test_jsonl import schema


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Return the folder of the little graph."""
    path = tmp_path / "little"
    with open_store(path) as store:
        store.apply_schema()
        store.upsert(extractions())
    return path


def test_version(run: Run) -> None:
    assert run("version").stdout == f"{__version__}\n"
    assert json.loads(run("version", "--json").stdout) == {"version": __version__}


def test_store_comes_from_the_option_before_the_environment(run: Run, graph: Path) -> None:
    assert run("stats", LITKG_STORE=str(graph)).exit_code == 0
    assert run("stats", "--store", "nowhere", LITKG_STORE=str(graph)).exit_code == 1
    assert run("stats", "--store", graph, LITKG_STORE="nowhere").exit_code == 0


def test_stats_counts_what_is_there(run: Run, graph: Path) -> None:
    shape = json.loads(run("stats", "--store", graph, "--json").stdout)
    assert shape["nodes"]["Document"] == 4
    assert shape["nodes"]["Assertion"] == 13
    assert shape["evidence"]["SUPPORTS"] + shape["evidence"]["REFUTES"] == 20
    assert shape["concepts"]["not grounded"] == 1
    lines = run("stats", "--store", graph).stdout.splitlines()
    assert lines[0] == "what\tkind\tcount"
    assert "nodes\tDocument\t4" in lines


def test_cypher_reads_with_parameters(run: Run, graph: Path) -> None:
    statement = "MATCH (c:Concept {name: $name}) RETURN c.id AS id, $n AS n"
    result = run("cypher", statement, "--param", "name=IL6", "-p", "n=3", "--store", graph, "--json")
    assert json.loads(result.stdout) == [{"id": "HGNC:6018", "n": 3}]


@pytest.mark.parametrize(
    "statement", ["CREATE (n:Concept {id: 'x'})", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.name = 'x'", "no cypher", "RETURN $missing"]
)
def test_cypher_that_writes_or_is_wrong_is_one_line(run: Run, graph: Path, statement: str) -> None:
    before = run("stats", "--store", graph).stdout
    result = run("cypher", statement, "--store", graph)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert run("stats", "--store", graph).stdout == before


def test_cypher_parameter_without_a_value_is_refused(run: Run, graph: Path) -> None:
    assert "write NAME=VALUE" in run("cypher", "RETURN 1 AS a", "-p", "x", "--store", graph).stderr


def test_export_writes_files_of_one_kind_to_standard_output(run: Run, graph: Path) -> None:
    assert "<graphml" in run("export", "--store", graph).stdout
    assert len(run("export", "--store", graph, "--format", "jsonl").stdout.splitlines()) > 50
    assert len(json.loads(run("export", "--store", graph, "--format", "cytoscape").stdout)["elements"]["nodes"]) == 10


@pytest.mark.parametrize(
    ("name", "files"),
    [("csv", ["assertions.csv", "concepts.csv"]), ("kgx", ["edges.jsonl", "nodes.jsonl"]), ("kgx-tsv", ["edges.tsv", "nodes.tsv"])],
)
def test_export_of_several_files_needs_a_folder(run: Run, graph: Path, tmp_path: Path, name: str, files: list[str]) -> None:
    assert run("export", "--store", graph, "--format", name, "-o", "out").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == files
    assert run("export", "--store", graph, "--format", name).exit_code == 2


def test_export_for_the_bulk_importer_prints_its_command(run: Run, graph: Path, tmp_path: Path) -> None:
    result = run("export", "--store", graph, "--format", "neo4j-admin", "-o", "out")
    assert "import.sh neo4j --overwrite-destination" in result.stdout
    answer = json.loads(run("export", "--store", graph, "--format", "neo4j-admin", "-o", "out", "--json").stdout)
    assert (answer["rows"]["concept"], answer["left_out"]) == (10, 0)
    assert run("export", "--store", graph, "--format", "neo4j-admin").exit_code == 2


def test_diff_of_a_graph_with_itself_is_nothing(run: Run, graph: Path) -> None:
    result = run("diff", graph, graph)
    assert (result.exit_code, result.stdout) == (0, "the same graph\n")


def test_diff_shows_what_a_document_less_means(run: Run, graph: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "less") as store:
        store.apply_schema()
        store.upsert(extractions()[:3])
    result = run("diff", graph, "less", "--json")
    assert result.exit_code == 1
    changes = json.loads(result.stdout)["differences"]
    assert {"change": "-", "item": "Document PMID:104", "properties": []} in changes
    assert any(change["change"] == "~" and change["item"].startswith("Assertion") for change in changes)


def test_checksum_is_the_same_for_the_same_graph(run: Run, graph: Path) -> None:
    with open_store("other") as store:
        for extraction in reversed(extractions()):
            store.upsert([extraction])
        digest = store.checksum()
    assert run("checksum", "--store", graph).stdout == f"{digest}\n"
    assert json.loads(run("checksum", "--store", "other", "--json").stdout) == {"store": "other", "checksum": digest}


def test_lexicon_lookup_lists_candidates_best_first(run: Run) -> None:
    rows = json.loads(run("lexicon", "lookup", "CAPS", "--json").stdout)
    assert {row["id"] for row in rows} == {"HGNC:1426", "MONDO:0016168"}
    assert json.loads(run("lexicon", "lookup", "HGNC:6000", "--json").stdout)[0]["name"] == "IL1RN"


def test_lexicon_lookup_of_an_unknown_name_lists_the_nearest(run: Run) -> None:
    result = run("lexicon", "lookup", "anakinraa")
    assert result.exit_code == 1
    assert "anakinra (UNII:9013DUQ28K)" in result.stderr


def test_lexicon_info_counts(run: Run) -> None:
    assert json.loads(run("lexicon", "info", "--json").stdout)["concepts"] > 20
    assert "concepts" in run("lexicon", "info").stdout


def test_neo4j_status_without_a_server(run: Run, tmp_path: Path) -> None:
    result = run("neo4j", "status", "--json", LITKG_HOME=str(tmp_path))
    assert (result.exit_code, json.loads(result.stdout)) == (1, {"running": False})
    assert run("neo4j", "stop", LITKG_HOME=str(tmp_path)).exit_code == 0


def test_doctor_lists_every_check(run: Run, graph: Path) -> None:
    checks = json.loads(run("doctor", "--store", graph, "--json").stdout)
    installed, lexicon = ["Python", "packages", "imports", "models"], ["lexicon", "spelling", "words", "scispacy"]
    ours, others = ["graph", "schema", "counts", "home disk", "graph disk", "memory"], ["Java", "Maven", "NCBI"]
    assert [check["name"] for check in checks] == [*installed, *lexicon, *ours, *others]
    deep = json.loads(run("doctor", "--deep", "--store", graph, "--json").stdout)
    assert {check["name"] for check in deep} - {check["name"] for check in checks} == {"integrity"}


def test_extract_prints_lines_that_obey_the_schema(run: Run, letter: Path) -> None:
    result = run("extract", letter)
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    for line in lines:
        Draft202012Validator(schema()).validate(line)
    raw = letter.read_text(encoding="utf-8")
    mentions = [line for line in lines if line["type"] == "mention"]
    assert {"Anakinra", "depression", "IL-1ra"} <= {raw[mention["raw_start"] : mention["raw_end"]] for mention in mentions}
    assert {line["type"] for line in lines} >= {"document", "mention", "assertion", "evidence"}


def test_extract_of_pubtator_keeps_ids_and_offsets(run: Run, tmp_path: Path) -> None:
    text = "777|t|  A  note on   anakinra \n777|a|Anakinra  caused\u2003depression .\n"
    (tmp_path / "in.pubtator").write_text(text, encoding="utf-8")
    result = run("extract", "in.pubtator", "--format", "pubtator")
    lines = result.stdout.split("\n")
    assert "\n".join(lines[:2]) + "\n" == text
    joined = "\n".join(line.split("|", 2)[2] for line in lines[:2])
    rows = [line.split("\t") for line in lines[2:] if line.count("\t") == 5]
    assert [joined[int(row[1]) : int(row[2])] for row in rows] == [row[3] for row in rows] == ["anakinra", "Anakinra", "depression"]
    assert {row[0] for row in rows} == {"777"}


def test_extract_of_crlf_text_as_brat_gives_offsets_into_the_file(run: Run, tmp_path: Path) -> None:
    content = b"A note\r\n\r\nAnakinra caused\r\ndepression. IL-1ra lowers serotonin.\r\n"
    (tmp_path / "note.txt").write_bytes(content)
    assert run("extract", "note.txt", "--format", "brat", "-o", "out").exit_code == 0
    assert (tmp_path / "out" / "note.txt").read_bytes() == content
    marks = [line.split("\t") for line in (tmp_path / "out" / "note.ann").read_text(encoding="utf-8").splitlines() if line.startswith("T")]
    for _, where, name in marks:
        start, end = where.split(" ")[1:]
        assert content.decode()[int(start) : int(end)] == name
    assert {"Anakinra", "depression"} <= {name for *_, name in marks}


def test_extract_as_bioc_is_one_collection_in_a_file(run: Run, letter: Path, tmp_path: Path) -> None:
    assert run("extract", letter, letter, "--format", "bioc", "-o", "out.json").exit_code == 0
    assert len(json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["documents"]) == 2
    assert not list(tmp_path.glob("*.part"))


def test_ingest_twice_passes_over_what_is_there_and_force_reads_it_again(run: Run, letter: Path) -> None:
    first = json.loads(run("ingest", letter, "--store", "graph", "--json").stdout)
    assert (first["read"], first["already_there"]) == (1, 0)
    assert first["loaded"]["assertions"] > 0
    again = run("ingest", letter, "--store", "graph", "--json")
    assert again.exit_code == 0
    assert (json.loads(again.stdout)["read"], json.loads(again.stdout)["already_there"]) == (0, 1)
    forced = json.loads(run("ingest", letter, "--store", "graph", "--force", "--json").stdout)
    assert (forced["read"], forced["loaded"]) == (1, first["loaded"])


def test_changed_document_is_read_again(run: Run, tmp_path: Path) -> None:
    for sentence in ("Anakinra caused depression.", "Anakinra caused fever."):
        (tmp_path / "p.pubtator").write_text(f"9|t|A title\n9|a|{sentence}\n", encoding="utf-8")
        assert json.loads(run("ingest", "p.pubtator", "--store", "graph", "--json").stdout)["read"] == 1
    shape = json.loads(run("stats", "--store", "graph", "--json").stdout)
    assert shape["nodes"]["Document"] == 1


def test_evaluate_scores_mentions_of_a_pubtator_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.pubtator").write_text("5|t|Anakinra and fever\n5|a|\n5\t0\t8\tAnakinra\tChemical\tD053590\n", encoding="utf-8")
    report = json.loads(run("evaluate", "gold.pubtator", "--task", "ner", "--json").stdout)
    assert report["task"] == "ner"
    assert report["documents"] == 1


@pytest.mark.parametrize(("named", "place"), [({}, "p.txt"), ({"file": "papers/p.txt"}, "papers/p.txt")], ids=["beside the gold", "where the gold says"])
def test_evaluate_finds_the_papers(run: Run, tmp_path: Path, named: dict[str, str], place: str) -> None:
    concept = {"id": "UNII:9013DUQ28K", "name": "anakinra", "categories": ["Drug"], "xrefs": [], "grounded": True}
    event = {"id": "MONDO:0002050", "name": "depression", "categories": ["Disease"], "xrefs": [], "grounded": True}
    lines = [
        {"type": "document", "id": "p.txt", **named},
        {
            "type": "assertion",
            "id": "as:cda9732ba7215710f985",
            "subject": concept,
            "predicate": "causes",
            "object": event,
            "aspect": None,
            "subject_aspect": None,
            "sign": 1,
        },
        {
            "type": "evidence",
            "assertion_id": "as:cda9732ba7215710f985",
            "document_id": "p.txt",
            "text": "Anakinra caused depression.",
            "negated": False,
            "certainty": "asserted",
            "section": "body",
        },
    ]
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "p.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("A title\n\nAnakinra caused depression. It was given for years.\n", encoding="utf-8")
    result = run("evaluate", "gold", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["levels"]["pair"]["recall"] == 1.0
