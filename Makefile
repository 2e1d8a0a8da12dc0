# Two commands matter: `make chat` and `make test`. Both work on a fresh machine with Python 3.11+ and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
FOUND  := $(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help chat build test check format bench bench-peers evaluate lock clean discord slack

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t16

$(VENV)/.python:
	@if [ "$(FOUND)" != "True" ]; then echo "Careerbot needs Python 3.11 or newer; '$(PYTHON)' is not. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; fi
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.python requirements.lock pyproject.toml
	@echo "Installing (once; about a minute) …" >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable . >&2
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing what the tests need …" >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock >&2
	@touch $@

chat: $(VENV)/.runtime ## open the chat in the terminal
	@$(BIN)/careerbot chat

build: $(VENV)/.runtime ## build the knowledge database and the understanding's model
	@$(BIN)/careerbot knowledge build

discord: $(VENV)/.runtime ## run the bot on Discord (needs DISCORD_TOKEN)
	@$(BIN)/careerbot discord

slack: $(VENV)/.runtime ## run the bot on Slack by Socket Mode (needs two tokens)
	@$(BIN)/careerbot slack

test: $(VENV)/.dev ## run the tests
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## format, lint, types, layers, content, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/careerbot knowledge check
	$(BIN)/python -m pytest

format: $(VENV)/.dev ## format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: $(VENV)/.dev ## score the development questions
	$(BIN)/careerbot evaluate tests/evaluation/development.jsonl

bench: $(VENV)/.dev ## the benchmarks; figures of record stand in docs/benchmarks.md
	$(BIN)/python -m benchmarks

bench-peers: $(VENV)/.dev ## accuracy and speed beside other systems, on the same questions; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks.peers --write

lock: $(VENV)/.dev ## renew the lock files from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --no-header --no-emit-index-url pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --group dev --no-header --no-emit-index-url -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove what was built
	rm -rf $(VENV) .careerbot .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
