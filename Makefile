# What a person runs and what CI runs. `make demo` and `make test` each set up what they need, once.
# Needs Python 3.11 or later, the package index, and GNU make 3.81 (macOS) or later.

VENV := .venv
# Named after the folder too: a copied checkout does not run the program of the folder it was copied from.
STAMP := $(VENV)/.installed-$(shell pwd | cksum | cut -d ' ' -f 1)
PYTHON ?=
RUN := $(VENV)/bin/python -m
WORKERS ?= 2
# Tests start the program a thousand times: compiled once, whatever the machine's settings say.
export PYTHONDONTWRITEBYTECODE :=
BENCH ?=

.DEFAULT_GOAL := help
.PHONY: help demo test lint unit bench golden docs packed torture clean

help:
	@echo "make demo     prep, debrief and objection for a client of a sample book; asks at a terminal"
	@echo "make test     lint, types, import contracts and every test, with coverage"
	@echo "make lint     ruff, mypy, import contracts, playbooks"
	@echo "make bench    how long a rep waits, beside other tools and as the book grows; writes docs/performance.md;"
	@echo "              BENCH=--strict fails where something became slower, and writes no new baseline for it"
	@echo "make golden   write the golden outputs afresh; read the diff"
	@echo "make docs     write what the program says into the documents, and draw their pictures"
	@echo "make packed   learn the phrasings afresh, where they changed; an installation and make test do it too"
	@echo "make torture  the long tests that make test leaves out"
	@echo "make clean    remove all that these made"

demo: $(STAMP)
	@$(VENV)/bin/python demo/run.py

test: lint unit

lint: $(STAMP)
	$(RUN) ruff check .
	$(RUN) mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/salescoach --home $(VENV)/lint playbook lint

unit: packed
	$(RUN) pytest -n $(WORKERS) --dist loadgroup -m "not torture" --cov --cov-report=term

bench: $(STAMP)
	$(RUN) benchmarks.startup --write $(BENCH)
	$(RUN) benchmarks.compare --write $(BENCH)
	$(RUN) benchmarks.growth --write $(BENCH)

golden: $(STAMP)
	SALESCOACH_GOLDEN=write $(RUN) pytest -m "not torture" tests/golden; git --no-pager diff --stat -- tests/golden

docs: $(STAMP)
	$(RUN) docs.refresh
	$(RUN) docs.pictures.draw

packed: $(STAMP)
	@$(VENV)/bin/python hatch_build.py

torture: $(STAMP)
	HYPOTHESIS_PROFILE=torture $(RUN) pytest -n $(WORKERS) -m torture

clean:
	rm -rf $(VENV) .demo-home salescoach/packed .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov dist build
	find salescoach tests benchmarks demo -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python that is new enough and can make an environment; a name on the path may well be neither.
FIND_PYTHON = for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$python; break; fi; done

$(STAMP): pyproject.toml
	@set -e; python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
		echo "No Python 3.11 or later that can make an environment (module venv) was found." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; fi; \
	if [ ! -x $(VENV)/bin/python ] || [ ! -e $@ ]; then \
		echo "Setting up $(VENV) with $$($$python --version) ..."; $$python -m venv --clear $(VENV); fi
	@$(RUN) pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(RUN) pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@
