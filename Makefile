# Everything here works in a fresh clone with Python 3.11 or newer, git and make; nothing else has to be installed.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
REPORT := build/report.html
CODE := $(wildcard pelican_async checks scripts tests examples bench)
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip -qq --no-input install
# The first of these that is new enough and can make virtual environments (some systems ship Python without that part).
PYTHONS := python3.13 python3.12 python3.11 python3
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
NO_PYTHON := No usable Python was found: it needs Python 3.11 or newer with venv (on Debian and Ubuntu, the package \
python3-venv). Install one, or name yours: make PYTHON=/path/to/python3

.PHONY: help
help: ## Say what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

.PHONY: install
install: $(VENV)/.installed ## Set up .venv, which leaves .venv/bin/pelican-async
	@echo "Ready: $(BIN)/pelican-async"

$(VENV)/.made:
	@set -e; python="$(PYTHON)"; \
	for candidate in $(if $(PYTHON),,$(PYTHONS)); do \
	    if "$$candidate" -c '$(USABLE)' >/dev/null 2>&1; then python="$$candidate"; break; fi; \
	done; \
	if ! "$$python" -c '$(USABLE)' >/dev/null 2>&1; then echo "$(NO_PYTHON)" >&2; exit 1; fi; \
	echo "Setting up $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what it needs"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developing: requirements-dev.txt $(VENV)/.installed
	@echo "Installing what its tests need"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.benchmarking: requirements-bench.txt $(VENV)/.developing
	@echo "Installing what its benchmarks need"
	@$(PIP) --require-hashes -r requirements-bench.txt
	@touch $@

$(VENV)/.fuzzing: requirements-fuzz.txt $(VENV)/.developing
	@echo "Installing what fuzzing needs"
	@$(PIP) --require-hashes -r requirements-fuzz.txt
	@touch $@

.PHONY: demo
demo: $(VENV)/.installed ## Run the service on the example collection, and say where the report is
	@mkdir -p $(dir $(REPORT))
	@$(BIN)/python -m examples.demo $(REPORT)

# Whoever is through takes tests from the others.
SIDE_BY_SIDE := --numprocesses auto --dist worksteal

.PHONY: test
test: $(VENV)/.developing ## Run all tests
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)

.PHONY: golden
golden: $(VENV)/.developing ## Compare with the golden results in GOLDEN_DIR
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m golden

.PHONY: golden-pipeline
golden-pipeline: $(VENV)/.developing ## Compare whole pipelines, on real services, with the golden results
	@$(BIN)/python -m pytest tests/golden/test_pipeline.py

.PHONY: wheel
wheel: $(VENV)/.developing ## Build the wheel for this system, its checks compiled, into dist/
	@mkdir -p dist
	@cp "$$(dirname "$$($(BIN)/python scripts/build_compiled.py)")"/*.whl dist/

SEED ?= 1
FAULTS ?= 16

.PHONY: chaos
chaos: $(VENV)/.developing ## Break everything by chance, as SEED=N says, FAULTS=M times, and compare with an undisturbed run
	@$(BIN)/python -m tests.chaos $(SEED) $(FAULTS)

MINUTES ?= 10

.PHONY: fuzz
fuzz: $(VENV)/.fuzzing ## Look for bytes and releases that break what must hold, for MINUTES=N (finds: build/fuzz)
	@$(BIN)/python -m tests.fuzz $(MINUTES)

.PHONY: bench
bench: $(VENV)/.benchmarking ## Measure what releases cost, all of it or WHAT="check_file ...", as docs/performance.md says
	@$(BIN)/python -m bench $(WHAT)

.PHONY: lint
lint: $(VENV)/.developing ## Look for mistakes and odd formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/yamllint --strict compose.yaml
	@$(BIN)/python scripts/check_sql.py

.PHONY: types
types: $(VENV)/.developing ## Check the types
	@$(BIN)/mypy $(CODE)

.PHONY: examples
examples: $(VENV)/.installed ## Make the example collection again
	@$(BIN)/python -m examples.generate

.PHONY: telephone-lengths
telephone-lengths: $(VENV)/.installed ## Write checks/telephone_lengths.py again, for another version of phonenumbers
	@$(BIN)/python scripts/generate_telephone_lengths.py

.PHONY: fields
fields: $(VENV)/.installed ## Make the walk over the fields again, after a change of checks/fields.toml
	@$(BIN)/python scripts/generate_fields.py

.PHONY: openapi
openapi: $(VENV)/.installed ## Write docs/openapi.json again, after a change of what the service answers
	@$(BIN)/python scripts/write_openapi.py

# Pins are made with the oldest Python that is supported, and with none of this machine's own settings for pip, so that
# the hashes are those of every file that anyone may get.
LOCK := .cache/lock/bin/pip-compile
COMPILE := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND='make lock' $(LOCK) --quiet --strip-extras \
    --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(UPGRADE)

.PHONY: lock
lock: $(LOCK) ## Pin the dependencies again (UPGRADE=--upgrade for the newest)
	@$(COMPILE) --extra embedded --build-deps-for editable -o requirements.txt pyproject.toml
	@$(COMPILE) --extra sentry --build-deps-for editable -c requirements.txt -o requirements-service.txt pyproject.toml
	@$(COMPILE) --extra dev --extra sentry -c requirements.txt -c requirements-service.txt -o requirements-dev.txt pyproject.toml
	@$(COMPILE) --extra bench -c requirements-dev.txt -o requirements-bench.txt pyproject.toml
	@$(COMPILE) --extra fuzz -c requirements-dev.txt -o requirements-fuzz.txt pyproject.toml

$(LOCK):
	@python3.11 -m venv .cache/lock
	@PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= .cache/lock/bin/pip --quiet install pip-tools

# It asks PyPI for known weaknesses of what is pinned; what couldn't be looked up counts as a failure.
AUDIT := .cache/audit/bin/pip-audit

.PHONY: audit
audit: $(AUDIT) ## Look for known weaknesses in what is pinned (needs PyPI)
	@for pins in requirements*.txt; do \
	    echo "$$pins"; PIP_CONFIG_FILE=/dev/null $(AUDIT) --strict --progress-spinner off --disable-pip --require-hashes -r "$$pins" || exit 1; \
	done

$(AUDIT):
	@python3.11 -m venv .cache/audit
	@PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= .cache/audit/bin/pip --quiet install pip-audit

.PHONY: clean
clean: ## Remove everything that was made here
	@rm -rf $(VENV) .cache build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
