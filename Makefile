# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

# Each target sets up what it needs. The two that matter: make report, make test.

PYTHON ?= python3
VENV ?= .venv
MODELS ?= examples/models
EXAMPLES := $(if $(filter examples/models examples/models/ ./examples/models,$(MODELS)),--catalogue examples/catalogue)
ARGS ?= $(EXAMPLES)
BIN := $(VENV)/bin
WORKERS ?= auto

.PHONY: help report test lint format data docs docs-check index index-check wheel-test bench-identify clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

report: $(VENV)/.installed ## Scan MODELS (default: the examples) and write modelscan-report.html
	$(BIN)/modelscan report $(MODELS) $(ARGS)

test: $(VENV)/.dev browser openssh ## Run all tests
	$(BIN)/pytest -q -n $(WORKERS)

coverage: $(VENV)/.dev browser openssh ## Run all tests and print branch coverage
	$(BIN)/pytest -q -n $(WORKERS) --cov --cov-report=term-missing:skip-covered

lint: $(VENV)/.dev ## Check style, types and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

data: $(VENV)/.dev ## Write the stores of licenses/ and rules/, by which these are read fast
	$(BIN)/python -m scanner.stores

docs: $(VENV)/.dev ## Write the generated parts of README and docs/
	$(BIN)/python docs/generate.py

pictures: $(VENV)/.dev browser ## Take the pictures of README and docs/ again
	$(BIN)/python docs/pictures.py

docs-check: $(VENV)/.dev ## Fail when the generated parts are not what the commands give
	$(BIN)/python docs/generate.py --check

index: $(VENV)/.dev ## Rebuild the index of licence texts (fetches ScanCode's data, runs none of it)
	$(BIN)/python -m scanner.identify.build

index-check: $(VENV)/.dev ## Rebuild the index and compare it with the committed one
	$(BIN)/python -m scanner.identify.build --check

wheel-test: $(VENV)/.dev ## Build the wheel; run the main job and the marked tests from it, outside the checkout
	.ci/wheel-test $(BIN)/python

bench-identify: $(VENV)/.dev $(VENV)-scancode/bin/scancode ## Print the bars of identification, beside ScanCode
	$(BIN)/python benchmarks/identify.py --scancode $(VENV)-scancode/bin/python

$(VENV)-scancode/bin/scancode:
	$(PYTHON) -m venv $(VENV)-scancode
	$(VENV)-scancode/bin/pip install --quiet 'scancode-toolkit==32.5.0' 'pluggy==1.5.0'

clean: ## Remove what the other targets made
	rm -rf $(VENV) $(VENV)-scancode build dist modelscan-report.html .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: browser coverage openssh pictures
browser:
	@.ci/browser

openssh:
	@.ci/openssh

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 2; }
	$(BIN)/pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --editable . --group dev
	@touch $@ $(VENV)/.installed
