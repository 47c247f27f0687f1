"""Runs in the environment of KGX (build/tools/kgx), not in litkg's: validates KGX files by KGX's own validator, or reads them with KGX, without a network.

    python offline.py jsonl|tsv NODES EDGES [jsonl|tsv NODES EDGES ...]

prints a list as JSON, one object a pair of files: `errors`, KGX's report by level, kind of error and message; and what KGX read: how many nodes and edges,
the predicates, categories and publications, how many edges are negated.

KGX fetches the Biolink model and JSON-LD contexts from the web each time it starts; here the model and its prefixes are those of the wheel `biolink-model`
that is installed beside it, unchanged. benchmarks of KGX's own sinks can import this module first for the same reason.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout
from importlib.resources import files

import bmt.toolkit
from linkml_runtime.utils.schemaview import SchemaView

MODEL = files("biolink_model") / "schema" / "biolink_model.yaml"
PREFIXES = files("biolink_model") / "prefixmaps" / "biolink_model_prefix_map.json"


def go_offline() -> None:
    """Give KGX the installed model and prefixes instead of those on the web; call this before KGX is imported, which asks for them at once."""
    view = SchemaView(str(MODEL))

    def start(self: bmt.toolkit.Toolkit, schema: object = None, predicate_map: object = None) -> None:
        self.view = view
        self.pmap = {}

    bmt.toolkit.Toolkit.__init__ = start
    import kgx.config

    context = json.loads(PREFIXES.read_text(encoding="utf-8"))
    for name in ("biolink", "monarch_context", "obo_context"):
        kgx.config.jsonld_context_map[name] = context


def check(format_: str, files: list[str]) -> dict[str, object]:
    """Return what `kgx validate` finds wrong, and what KGX reads."""
    from kgx.cli.cli_utils import validate
    from kgx.transformer import Transformer

    errors = validate(inputs=files, input_format=format_, input_compression=None, output="/dev/null")
    transformer = Transformer()
    transformer.transform(input_args={"filename": files, "format": format_})
    graph = transformer.store.graph
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    return {
        "errors": errors,
        "nodes": len(nodes),
        "edges": len(edges),
        "predicates": sorted({str(data["predicate"]) for *_, data in edges}),
        "categories": sorted({name for _, data in nodes for name in data["category"]}),
        "negated": sum(str(data.get("negated")).lower() == "true" for *_, data in edges),
        "publications": sorted({name for *_, data in edges for name in data["publications"]}),
    }


if __name__ == "__main__":
    words = sys.argv[1:]
    with redirect_stdout(io.StringIO()):
        go_offline()
        answers = [check(words[at], words[at + 1 : at + 3]) for at in range(0, len(words), 3)]
    sys.stdout.write(json.dumps(answers, default=str) + "\n")
