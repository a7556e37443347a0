# make          set up and run the main job: build the graph and its pages
# make test     set up and run all checks that are quick (ruff, mypy, pytest)
# make test-all the same and the long tests (browser, slow)
# make help     all targets
#
# Another Python than the first suitable one found: make PYTHON=python3.12

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell ./scripts/find-python)

.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:
.PHONY: demo setup setup-dev java-tools check format test test-long test-all dist clean distclean help

demo: setup ## Set up, build the graph and its pages, say where to open them
	$(BIN)/kg build

setup: $(VENV)/.installed ## Make .venv with what kg needs

setup-dev: $(VENV)/.installed-dev ## Make .venv with what developers need as well

$(VENV)/.installed: pyproject.toml constraints.txt scripts/make-venv
	./scripts/make-venv "$(PYTHON)" $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt hatchling editables
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt setuptools
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	touch $@

java-tools: ## Fetch the jars that some tests ask (Java 17, Maven); without them those tests skip
	./scripts/fetch-java-tools

check: setup-dev ## ruff and mypy --strict on src and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup-dev ## Put imports and layout in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: check ## All quick checks: ruff, mypy, unit and contract tests
	$(BIN)/pytest -n auto --dist loadfile -m "not browser and not slow"

test-long: setup-dev ## The tests that make test leaves out (they need Chromium)
	$(BIN)/pytest -m "browser or slow"

test-all: test test-long ## Everything

dist: setup-dev ## Wheel and sdist into dist/
	$(BIN)/python -m build --no-isolation

clean: ## Remove what builds and tests made
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Remove the environment and the jars too
	rm -rf $(VENV) .tools

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-12s %s\n' "$$name" "$$text"; done
