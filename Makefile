# make demo   builds a record from examples/ and shows what it holds
# make test   checks style, types and behaviour
# Both set up .venv first, from nothing but Python 3.11 or newer; the second time there is nothing to set up.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PAGES := $(sort $(wildcard examples/pages/*))
SOURCES := $(PAGES) $(shell find src -type f -not -name '*.pyc')

.DELETE_ON_ERROR:
.PHONY: demo test format constraints clean

demo: examples.onrecord
	@COLUMNS=$${COLUMNS:-80} $(BIN)/onrecord brief --record examples.onrecord

examples.onrecord: $(READY) $(SOURCES)
	@rm -f $@ $@-wal $@-shm
	@$(BIN)/onrecord build examples/pages --record $@

test: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# What .venv is made of: every package by version and hash, so that it is the same everywhere.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("OnRecord needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	@echo "Setting up .venv, once ..." >&2
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r constraints.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Remakes constraints.txt from pyproject.toml, with the newest versions.
constraints: $(READY)
	@$(BIN)/pip install -qq --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 \
		--no-annotate --no-header --extra dev --output-file constraints.txt pyproject.toml
	@touch $(READY)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis examples.onrecord*
