"""Only parameters reach Cypher: no statement is made of values, and what names and texts hold comes back as it went in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import litkg
from litkg.model import Category, Concept, Document, Extraction, Grounding, Mention, Section, SectionKind, SourceMap
from litkg.stores import open_store
from litkg.stores.base import GraphStore
from litkg.stores.embedded import EmbeddedStore

SOURCE = Path(litkg.__file__).parent
CYPHER = re.compile(r"\b(?:MATCH|MERGE|UNWIND|DETACH|CREATE|REMOVE)\b[^.,;]*[({$]|\b(?:CREATE|DROP) (?:CONSTRAINT|INDEX|FULLTEXT)\b")
FROM_THE_CLOSED_SET = {"stores", "doctor"}
"""Packages whose modules put labels, types and property names of graph/schema.toml into statements; anywhere else a statement is a constant."""
KNOWN = {"cli/exporting.py", "cli/importing.py"}
"""Modules outside them that were looked at: one counts nodes by the schema's labels, one names a query in an error message."""
EVIL = "Zq7"


def formatted_statements() -> list[tuple[str, ast.JoinedStr | ast.BinOp | ast.Call]]:
    """Return the places in litkg where text that looks like Cypher is put together with something else."""
    found: list[tuple[str, ast.JoinedStr | ast.BinOp | ast.Call]] = []
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add) and isinstance(node.left, ast.Constant):
                text = str(node.left.value)
            elif (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format" and isinstance(node.func.value, ast.Constant)
            ):
                text = str(node.func.value.value)
            else:
                continue
            if CYPHER.search(text):
                found.append((where, node))
    return found


def test_statements_are_put_together_of_names_of_the_schema_alone() -> None:
    found = formatted_statements()
    assert any(where == "stores/statements.py" for where, _ in found)  # or this test looks for the wrong thing
    outside = sorted({f"{where}:{node.lineno}" for where, node in found if where.split("/")[0] not in FROM_THE_CLOSED_SET and where not in KNOWN})
    assert outside == [], "a statement outside litkg.stores is a constant or a .cypher file, and its values are parameters"
    texts = [f"{where}:{node.lineno}" for where, node in found if isinstance(node, ast.Call)]
    assert texts == [], "no statement is made by format()"


def hostile(text: str) -> Extraction:
    """Return a document with one concept, `text` in all that names or describes them."""
    document = Document(
        id=f"litkg.doc:{text}",
        title=text,
        text=f"{text}.",
        sections=(Section(kind=SectionKind.BODY, start=0, end=len(text) + 1),),
        source_map=SourceMap(segments=((0, 0, len(text) + 1, len(text) + 1),)),
        journal=text,
        licence=text,
        sha256="0" * 64,
    )
    concept = Concept(id=f"litkg.text:{text}", name=text, categories=(Category.DRUG,), synonyms=(text,), xrefs=(text,), grounded=False)
    mention = Mention(document_id=document.id, start=0, end=len(text), text=text, label=Category.DRUG, component="tests")
    grounding = Grounding(mention=mention, concept=concept, score=1.0, reasons=(text,))
    return Extraction(document=document, concepts=(concept,), groundings=(grounding,), assertions=(), evidence=(), case_reports=())


_MARKS = ["'", '"', "`", "``", "{", "}", "$", "$id", "\\", "\\'", "\\u0027", "\n", "\r", "\x00", "\u2028", "\u202e", "//", "/*", "*/", ";", ")"]
_WORDS = ["}) DETACH DELETE n //", "' OR 1=1 //", "`) MATCH (n) DELETE n //", "CALL dbms.shutdown()", "null", "%s", "{0}", "\x1b[2J"]
PIECES = st.sampled_from([*_MARKS, *_WORDS, "\U0001f480", "\ufeff", "\u00e9", "e\u0301"])
TEXTS = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), min_size=1, max_size=6).map(lambda pieces: EVIL + "".join(pieces))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_hostile_names_and_texts_come_back_as_they_went_in(store: GraphStore, text: str) -> None:
    store.upsert([hostile(text)])
    ids = {"document": f"litkg.doc:{text}", "concept": f"litkg.text:{text}", "text": text}
    documents = "MATCH (d:Document {id: $document}) RETURN d.id AS id, d.title AS title, d.journal AS journal, d.licence AS licence"
    concepts = "MATCH (d:Document)-[:MENTIONS]->(c:Drug) WHERE c.name = $text AND $text IN c.synonyms RETURN c.id AS id, c.name AS name, c.synonyms AS synonyms"
    for run in (store.run, store.run_confined):
        assert list(run(documents, ids)) == [{"id": ids["document"], "title": text, "journal": text, "licence": text}]
        assert list(run(concepts, ids)) == [{"id": ids["concept"], "name": text, "synonyms": [text]}]
    assert store.remove(ids["document"])
    assert list(store.run("MATCH (n) WHERE n:Document OR n:Concept RETURN n.id AS id")) == []


def test_no_statement_of_a_load_holds_a_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: list[str] = []
    before = EmbeddedStore._execute

    def record(self: EmbeddedStore, statement: str, params: dict[str, object]) -> list[dict[str, object]]:
        statements.append(statement)
        return before(self, statement, params)

    monkeypatch.setattr(EmbeddedStore, "_execute", record)
    with open_store(tmp_path / "graph") as store:
        store.upsert([hostile(f"{EVIL}'`$x")])
        assert store.remove(f"litkg.doc:{EVIL}'`$x")
    assert len(statements) > 10
    assert not any(EVIL in statement for statement in statements)
