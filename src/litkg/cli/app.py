"""The command tree: which command is where, with its help."""

from __future__ import annotations

import typer

from litkg.cli import (
    analysis,
    backups,
    demo,
    exploring,
    exporting,
    grounding,
    hypothesising,
    importing,
    lexicons,
    loading,
    scoring,
    searching,
    servers,
    system,
    upgrading,
)
from litkg.cli.failures import FailingGroup

app = typer.Typer(
    name="litkg",
    cls=FailingGroup,
    help="Biomedical papers in, a graph of signed, sourced evidence out.\n\n"
    "Exit codes: 0 done; 1 nothing useful was done, or an error; 2 a wrong option; 130 stopped by Ctrl-C or SIGTERM.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
app.command()(demo.demo)
app.command()(loading.ingest)
app.command()(loading.extract)
app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False)(exploring.query)
app.command()(searching.search)
app.command()(exploring.path)
app.command()(exploring.explain)
app.add_typer(hypothesising.app, name="hypotheses")
app.command()(exploring.cypher)
app.command()(exporting.export)
app.command(name="import")(importing.import_files)
app.command()(importing.remove)
app.command()(analysis.stats)
app.command()(analysis.diff)
app.command()(analysis.checksum)
app.command()(upgrading.upgrade)
app.command()(backups.backup)
app.command()(backups.restore)
app.command()(scoring.evaluate)
app.command()(grounding.ground)
app.add_typer(lexicons.app, name="lexicon")
app.add_typer(servers.app, name="neo4j")
app.command()(system.doctor)
app.command()(system.version)
