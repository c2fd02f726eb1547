# `make` lists the targets. Everything is installed into this folder (.venv, node_modules), except for the few
# system libraries that .ci/systempakete installs through apt.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PORT ?= 8000
ARGS ?=

# The first Python >= 3.11 that the machine has. Its system's own comes first, where it can make environments: one built
# from source often lacks the optimisations of a distribution.
AB_311 := sys.version_info >= (3, 11)
PYTHON ?= $(firstword $(shell /usr/bin/python3 -c 'import sys, importlib.util as i; \
	$(AB_311) and i.find_spec("ensurepip") and print("/usr/bin/python3")' 2>/dev/null) \
	$(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; $(AB_311) and print("$(p)")' 2>/dev/null)))
BIN := .venv/bin
MANAGE := KONZEPTWERK_DEBUG=1 $(BIN)/python manage.py

# WeasyPrint lays out text with Pango and subsets fonts with HarfBuzz.
SYSTEMPAKETE := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# What is installed has to be what was published: each lock holds the hashes of all files of each version.
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes
# uv and what lists the packages, apart from what they lock and list.
WERKZEUGE := .cache/werkzeuge

.PHONY: help start setup test schnell gruendlich bench lint typen sperre sbom clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

start: setup ## Install what is missing, load the examples, run server and worker: http://127.0.0.1:8000/ (PORT=… changes it)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable --verbosity 0
	@$(MANAGE) beispiele --zugaenge
	@printf '\nKonzeptwerk: http://127.0.0.1:%s/   (Ctrl-C stops it)\n\n' $(PORT)
# Ctrl-C, or the end of one of the two, ends both.
	@dienst= server=; \
	trap 'kill $$dienst $$server 2>/dev/null || :; wait' EXIT; \
	$(MANAGE) arbeite & dienst=$$!; \
	$(MANAGE) runserver 127.0.0.1:$(PORT) & server=$$!; \
	while kill -0 $$dienst && kill -0 $$server; do sleep 1; done 2>/dev/null; \
	echo "The server or the background worker has ended, and the other ends with it." >&2; \
	exit 1

setup: .venv/.installiert node_modules/.installiert ## Install what is missing, and no more
	@:

test: setup ## Run all tests (ARGS="-k zeitraum" passes arguments to pytest)
	@$(BIN)/pytest --numprocesses auto --dist loadgroup $(ARGS)

schnell: ## Run the tests that need neither a browser nor Java
	@$(MAKE) --no-print-directory test ARGS='-m "not browser and not java" $(ARGS)'

gruendlich: ## Run what generates its inputs, with many times as many of them
	@$(MAKE) --no-print-directory test ARGS='--gruendlich $(ARGS)'

bench: setup ## Run the benchmarks
	@$(BIN)/python -m tests.bench $(ARGS)

lint: setup ## Check style, lines of templates, types of scripts, import contracts, Python types and missing migrations
	@$(BIN)/ruff check .
	@$(BIN)/python -m tests.templatezeilen
	@PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/tsc
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@$(MANAGE) makemigrations --check --dry-run

typen: setup ## Name the modules that can be struck from the list of those whose types are not strict
	@$(BIN)/python -m tests.typen

sperre: $(WERKZEUGE)/.installiert ## Lock the packages of requirements/*.in anew (ARGS=--upgrade takes newer ones of what these need in turn)
	@sperre() { $(WERKZEUGE)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make sperre" $(ARGS) requirements/$$1.in --output-file $$2; }; \
	sperre laufzeit requirements.txt; \
	for name in entwicklung node werkzeuge; do sperre $$name requirements/$$name.txt; done

sbom: setup $(WERKZEUGE)/.installiert ## List all packages with their licences: build/sbom-python.json, build/sbom-npm.json (CycloneDX)
	@PATH="$$PATH:$(CURDIR)/$(BIN)" $(WERKZEUGE)/bin/python .ci/sbom.py

clean: ## Remove what was installed and cached; the data stays
	rm -rf .venv node_modules .cache build .hypothesis .import_linter_cache .pytest_cache .ruff_cache staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@[[ -n "$(PYTHON)" ]] || { echo "Konzeptwerk needs Python 3.11 or newer." >&2; exit 1; }
	@venv=$$($(PYTHON) -c 'import sys, importlib.util as i; i.find_spec("ensurepip") or print("python%d.%d-venv" % sys.version_info[:2])'); \
	.ci/systempakete $(SYSTEMPAKETE) $$venv
	@echo "Creating .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv

# The lock for development holds that of the product.
.venv/.installiert: requirements/entwicklung.txt | .venv/bin/python
	@echo "Installing the Python packages of $<"
	@$(BIN)/python $(PIP_INSTALL) -r $<
	@$(BIN)/python -c 'import weasyprint' || { echo "WeasyPrint does not find its system libraries; in Debian \
	they are: $(SYSTEMPAKETE)" >&2; exit 1; }
	@touch $@

node_modules/.installiert: package.json package-lock.json .npmrc | .venv/.installiert
	@if ! node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null || ! npm --version >/dev/null 2>&1; then \
		echo "Installing Node.js into .venv"; \
		$(BIN)/python $(PIP_INSTALL) -r requirements/node.txt; \
	fi
	@echo "Installing the front-end packages of package-lock.json"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error
	@touch $@

$(WERKZEUGE)/.installiert: requirements/werkzeuge.txt | .venv/bin/python
	@echo "Installing the Python packages of $< into $(WERKZEUGE)"
	@$(BIN)/python -m venv --clear $(WERKZEUGE)
	@$(WERKZEUGE)/bin/python $(PIP_INSTALL) -r $<
	@touch $@
