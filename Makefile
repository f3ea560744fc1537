# Fresh machine, two commands: `make refresh` and `make test`. Only python3 (3.11 or newer) and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLES ?= ../shared/examples
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
READERS := .readers/1.4/.ready .readers/1.5/.ready

# Byte code is kept: without it every command compiles its libraries anew.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(abspath $(BIN)):$(PATH)

.PHONY: help setup setup-dev setup-spark refresh test test-slow lint types dev examples mutations bench browser node plot lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# To run: what a refresh needs and nothing else. To develop: the tests and their tools on top of it.
$(VENV)/.ready: requirements.lock pyproject.toml
	@echo "set-up: $(VENV) from requirements.lock"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-index --no-build-isolation -e .
	@$(BIN)/python -m compileall -q dagster_project expectations
	@$(BIN)/python -m dagster_project.assets.dbt_run
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock | $(VENV)/.ready
	@echo "set-up: $(VENV) from requirements-dev.lock"
	@$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

.readers/%/.ready: tests/readers/duckdb-%.lock | $(VENV)/.ready
	@echo "set-up: a DuckDB $* reader for the tests"
	@$(PIP) install --require-hashes --no-deps --upgrade --target .readers/$* -r $<
	@touch $@

$(VENV)/.ready-spark: requirements-spark.lock | $(VENV)/.ready
	@echo "set-up: $(VENV) from requirements-spark.lock"
	@$(PIP) install --require-hashes --no-deps -r requirements-spark.lock
	@touch $@

setup: $(VENV)/.ready ## make .venv from the hashed lock file, with what a refresh needs

setup-dev: $(VENV)/.ready-dev ## add what the tests and benchmarks need, from a hashed lock file of its own

setup-spark: $(VENV)/.ready-spark ## add what `sluitend refresh --engine spark` needs, from a hashed lock file of its own; Java 17 beside it

refresh: setup ## read raw/, prove, judge and publish warehouse/sluitend.duckdb (ARGS="--raw DIR --home DIR")
	@sluitend refresh $(ARGS)

test: setup-dev $(READERS) ## the tests, about ten minutes on two idle cores
	@pytest $(ARGS)

test-slow: setup-dev $(READERS) ## the long tests: many readers, many kills, thousands of documents
	@pytest -m slow $(ARGS)

lint: setup-dev types ## format, lint and type check
	@ruff format --check . && ruff check .

types: setup-dev ## check types; which modules are not clean yet stands in pyproject.toml
	@mypy

dev: setup ## the Dagster pages on http://127.0.0.1:3000
	@sluitend dev $(ARGS)

examples: setup ## score the seventeen example tables (EXAMPLES=DIR)
	@if test -d $(EXAMPLES); then python $(EXAMPLES)/../tools/score_examples.py $(EXAMPLES) $(ARGS); \
	else echo "skipped: no examples at $(EXAMPLES)"; fi

mutations: setup-dev ## plant errors in every cell of every table and count what is found
	@sluitend bench mutations $(ARGS)

bench: setup-dev ## every benchmark, as ratios beside its baseline
	@sluitend bench all $(ARGS)

AXE := 4.14.1

browser: ## install Debian's Chromium (needs root) and axe-core (needs npm) for the tests of the page
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq chromium >/dev/null)
	@test -f .axe/package/axe.min.js || (mkdir -p .axe && cd .axe && npm pack --silent axe-core@$(AXE) >/dev/null \
	  && tar xzf axe-core-$(AXE).tgz)

node: setup ## the DuckDB drivers of npm, for the tests that read the published file with them (needs node and npm)
	@mkdir -p .readers/node && cp tests/readers/node/package*.json .readers/node/
	@npm ci --prefix .readers/node --silent --no-audit --no-fund
	@$(BIN)/python -c 'import pathlib; from dagster_project.reports import npm; npm.provide(pathlib.Path(".readers/npm"))'

PLOT := @observablehq/plot@0.6.17 d3@7.9.2 esbuild@0.28.2
DRAWN := plot, axisFy, axisX, axisY, barX, dot, gridX, gridY, lineY, ruleX
PLOTTED := dagster_project/reports/templates/plot.js

plot: ## renew what draws the pictures of the report: the marks used of Observable Plot, in one file (needs npm)
	@npm install --prefix .readers/plot --silent --no-audit --no-fund $(PLOT)
	@echo 'export { $(DRAWN) } from "@observablehq/plot";' > .readers/plot/in.js
	@sed '/\*\/$$/q' $(PLOTTED) > .readers/plot/plot.js
	@cd .readers/plot && npx esbuild in.js --bundle --minify --format=iife --global-name=Plot --target=es2022 \
	  --legal-comments=none --charset=ascii --log-level=error >> plot.js
	@cp .readers/plot/plot.js $(PLOTTED)

COMPILE := uv pip compile -q --universal --python-version 3.11 --no-strip-extras --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header pyproject.toml

lock: ## renew requirements.lock (to run), requirements-dev.lock (to develop) and requirements-spark.lock (a second engine); needs uv
	$(COMPILE) --extra build -o requirements.lock
	$(COMPILE) --extra build --extra dev --constraint requirements.lock -o requirements-dev.lock
	$(COMPILE) --extra build --extra spark --constraint requirements.lock -o requirements-spark.lock

clean: ## remove what set-up and runs have made, the warehouse excepted
	rm -rf $(VENV) .readers .axe dbt/target dbt/logs .pytest_cache .hypothesis .mypy_cache .ruff_cache *.egg-info
