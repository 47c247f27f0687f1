# make demo   set everything up and run the main job on corpus/
# make test   set everything up and run every check and test
# Needs Python 3.11 or 3.12 and make; the tests of Neo4j need Java 17 and Maven too, and are skipped without them.

VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PYTHON ?= $(shell for name in python3.11 python3.12 python3 python; do \
	if $$name -c 'import sys; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12)])' 2>/dev/null; then echo $$name; break; fi; done)
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs lexicon tools lock clean python-check
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:  ## Show what make can do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 - \2/p' Makefile

demo: $(VENV)/.run.stamp lexicon  ## Set up, then show the main job on corpus/
	@$(BIN)/litkg demo

test: lint lexicon tools  ## Set up, then run every check and test
	$(BIN)/pytest -q -n $(WORKERS) --dist loadgroup

lint: $(VENV)/.dev.stamp  ## Check style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.dev.stamp  ## Write docs/cli.md and queries/README.md anew
	$(BIN)/python -m litkg.cli.reference
	$(BIN)/python -m litkg.queries

lexicon: $(VENV)/.run.stamp  ## Build the lexicon, where it is not built yet
	@$(BIN)/litkg lexicon build

tools: build/tools/kgx/.stamp build/tools/cytoscape/.stamp  ## Install what the tests of exports read them back with: KGX, igraph, cytoscape.js

# KGX asks for versions of click, numpy and others that litkg's own environment has not, so it has one of its own: build/tools/kgx/bin/python.
build/tools/kgx/.stamp: tools/kgx/requirements.txt | python-check
	@echo "Installing KGX, for the tests of exports (some 600 MB, once)"
	@$(PYTHON) -m venv build/tools/kgx
	@build/tools/kgx/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --requirement tools/kgx/requirements.txt
	@touch $@

build/tools/cytoscape/.stamp: tools/cytoscape/package.json tools/cytoscape/package-lock.json
	@mkdir -p build/tools/cytoscape && cp tools/cytoscape/package.json tools/cytoscape/package-lock.json build/tools/cytoscape/
	@if command -v npm >/dev/null; then npm --prefix build/tools/cytoscape ci --silent --no-audit --no-fund; else echo "npm is not there: cytoscape.js is not tested"; fi
	@touch $@

lock: | python-check  ## Pin every dependency anew in constraints.txt
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --disable-pip-version-check --editable '.[dev]'
	build/lock/bin/python -m pip freeze --exclude-editable > constraints.txt
	rm -rf build/lock

clean:  ## Remove what make made here (not the lexicon)
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache litkg-demo-graph

$(VENV)/.made.stamp: | python-check
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run.stamp: pyproject.toml constraints.txt | $(VENV)/.made.stamp
	@echo "Installing litkg and what it needs (some 700 MB, once)"
	@$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.dev.stamp: pyproject.toml constraints.txt | $(VENV)/.made.stamp
	@echo "Installing litkg, what it needs and what its tests need (some 800 MB, once)"
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $(VENV)/.run.stamp $@

python-check:
	@test -n "$(PYTHON)" || { echo "litkg needs Python 3.11 or 3.12, and found neither: install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12)])' \
		|| { echo "litkg needs Python 3.11 or 3.12, and $(PYTHON) is another, or is not there: name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "$(PYTHON) has no venv module: install it (Debian: apt-get install python3-venv)" >&2; exit 1; }
