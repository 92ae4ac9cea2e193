# make demo   parse a report of the corpus and show what comes out
# make test   everything that is checked: ruff, mypy, pytest
# make bench  time and memory of the readers and the parser; nothing is asserted
#
# All make a virtual environment in .venv and need nothing but Python 3.11 or later.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$name; break; fi; done)
# Two workers are enough for the suite and do not crowd a small machine.
WORKERS ?= 2
REPORTS ?=
FOLDER ?= corpus

.PHONY: help demo test bench lint types pytest corpus golden-verify golden-update clean

help:
	@echo "make demo           parse a report of the corpus and show its records and JSON"
	@echo "make test           ruff, mypy and pytest"
	@echo "make bench          time and memory over the reports of a folder (FOLDER=corpus)"
	@echo "make corpus         render the reports of corpus/ (REPORTS=\"a b\"; PDF needs LibreOffice)"
	@echo "make golden-verify  compare the output with tests/golden (REPORTS=\"a b\")"
	@echo "make golden-update  write tests/golden anew (REPORTS=\"a b\")"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	$(BIN)/python tools/demo.py

test: lint types pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.installed-dev
	$(BIN)/mypy

pytest: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS)

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.benchmarks $(FOLDER)

corpus: $(VENV)/.installed-dev
	$(BIN)/python -m corpus.build $(REPORTS)

golden-verify: $(VENV)/.installed-dev
	$(BIN)/python -m tests.golden verify $(REPORTS)

golden-update: $(VENV)/.installed-dev
	$(BIN)/python -m tests.golden update $(REPORTS)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
