# Targets for developers and CI. Needs make and Python 3.11 or newer; all other dependencies go into .venv.
PYTHON ?= python3
BIN := .venv/bin
CLIENTS_BIN := .venv-clients/bin
# The folder of source articles. Not everybody has them; evidence is verified only if the folder exists.
ARTICLES ?= ../shared/articles
# With uv on the search path, packages are installed in a tenth of the time; `make UV=` does without it.
UV ?= $(shell command -v uv)
PIP := -m pip --quiet --disable-pip-version-check install
INSTALL = $(if $(UV),$(UV) pip install --quiet --python $(1)/python,$(1)/python $(PIP)) --require-hashes
PYTEST := -m pytest -n 2 --dist worksteal
SLOW := browser or clients or cluster or fuzz or kill or load or office or proxy or start or tables or thorough
# The checks of CI, the longest first: they run side by side.
CHECKS := coverage test-slow types lint bench-check explorer-check contract data evidence
SIDE_BY_SIDE := --no-print-directory --keep-going --jobs 3 \
	$(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: help serve test test-slow test-all cluster-check image-check coverage clients check format lint types migrations contract
.PHONY: tables bench bench-check load catalogues screenshots explorer explorer-check data examples evidence seeds-articles
.PHONY: lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

serve: .venv/.installed ## install, then serve; PORT=9000 selects another port
	@$(BIN)/timeline serve $(if $(PORT),--port $(PORT))

test: .venv/.installed-dev ## run the tests, on SQLite and PostgreSQL, without the slow ones
	$(BIN)/python $(PYTEST) -m "not ($(SLOW) or image)"

test-slow: .venv/.installed-dev .venv-clients/.installed .venv-tables/.installed clients/node_modules/.installed ## run the slow tests: thorough ones, a browser, generated clients, fuzzing, kills, load, a proxy, starts, readers of tables
	$(BIN)/python $(PYTEST) -m "$(SLOW)"

test-all: .venv/.installed-dev ## run all tests; those of clients need `make clients`
	$(BIN)/python $(PYTEST)

coverage: .venv/.installed-dev ## run `make test`, and report lines and branches of app/ without a test
	@rm -f .coverage .coverage.*
	$(BIN)/coverage run $(PYTEST) -m "not ($(SLOW) or image)"
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

cluster-check: .venv/.installed-dev ## run the tests with a primary of PostgreSQL, two standbys and two servers, which they kill, and print the figures
	TEST_KILLS=timed $(BIN)/pytest -rs -s -m cluster

image-check: .venv/.installed-dev ## build the Docker image with buildah, from Debian packages, and run it
	$(BIN)/pytest -rs -m image tests/test_image.py

bench: .venv/.installed-dev .venv-bench/.installed ## measure the speed beside ceilings and peers (needs wrk), and write docs/performance.md; BENCH=--help lists options
	$(BIN)/python -m bench --write --datasette .venv-bench/bin/datasette $(BENCH)

bench-check: .venv/.installed-dev ## measure a little, and fail if a ratio of speed is far too low
	$(BIN)/python -m bench --check --events 200 --rounds 1 --seconds 1

load: .venv/.installed-dev ## load a server as its readers do, at rising rates; LOAD=--help lists options
	$(BIN)/python -m bench.load $(LOAD)

clients: .venv-clients/.installed clients/node_modules/.installed ## install the client generators

tables: .venv-tables/.installed ## install pandas, polars and DuckDB, which docs/recipes/tables.md shows

check: .venv/.installed-dev ## run everything that CI runs, side by side
	@begin=$$(date +%s); $(MAKE) $(SIDE_BY_SIDE) $(CHECKS) && result=passed || result=FAILED; \
	echo "check: $$result in $$(($$(date +%s) - begin)) s: $(CHECKS)"; [ $$result = passed ]

format: .venv/.installed-dev ## format the code
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

lint: .venv/.installed-dev ## check format, rules and spelling
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/codespell

types: .venv/.installed-dev ## check types
	$(BIN)/mypy

migrations: .venv/.installed-dev ## migrate up, check and down, on both engines
	$(BIN)/pytest tests/tables/test_migrations.py

contract: .venv/.installed-dev ## check that openapi.json matches the app
	$(BIN)/timeline openapi | diff -u openapi.json -

examples: .venv/.installed-dev ## regenerate the examples of the document and of the docs from a server over the seeds
	@$(BIN)/python -m tests.support.examples
	@$(BIN)/python -m tests.docs.refresh
	$(BIN)/timeline openapi > openapi.json
	@$(BIN)/python -m tests.support.client_models

screenshots: .venv/.installed-dev ## take pictures of the main pages in four languages (needs Debian's chromium and fonts-nanum)
	$(BIN)/python -m tests.support.screenshots

catalogues: .venv/.installed-dev ## collect the texts of the pages for translators, and compile their translations
	$(BIN)/python -m tests.support.catalogues

explorer: explorer/node_modules/.installed ## build the scripts of the pages and their map from explorer/ (needs Node.js)
	@cd explorer && npm run --silent build

explorer-check: explorer/node_modules/.installed ## check that the committed scripts and map are built from explorer/
	@built=$$(mktemp -d) && trap 'rm -r "$$built"' EXIT && cd explorer && npm run --silent build -- "$$built" && \
	for file in explorer.js desk.js map.json; do cmp "$$built/$$file" ../app/formats/pages/static/$$file || \
	{ echo "$$file is not built from explorer/: run make explorer"; exit 1; }; done

data: .venv/.installed ## check that no facts in the seeds contradict one another
	$(BIN)/timeline lint

evidence: .venv/.installed ## verify each span of evidence against its article
	@if [ -d "$(ARTICLES)" ]; then $(BIN)/timeline verify --articles "$(ARTICLES)"; \
	else echo "evidence not verified: no articles in $(ARTICLES)"; fi

seeds-articles: .venv/.installed-dev ## draft the articles of the seeds again, and compare the drafts with the reviewed records
	$(BIN)/python -m tests.support.seed_articles "$(ARTICLES)"

lock: ## pin every dependency with its hashes, in requirements*.txt
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile $(LOCK) --output-file requirements.txt pyproject.toml
	.venv-lock/bin/uv pip compile $(LOCK) --output-file requirements-dev.txt \
		--constraint requirements.txt --group dev pyproject.toml
	.venv-lock/bin/uv pip compile $(LOCK_FORM) --output-file requirements-clients.txt --group clients
	.venv-lock/bin/uv pip compile $(LOCK_FORM) --output-file requirements-bench.txt --group bench
	.venv-lock/bin/uv pip compile $(LOCK_FORM) --output-file requirements-tables.txt --group tables
	.venv-lock/bin/uv pip compile $(LOCK_FORM) --no-deps --no-annotate --output-file requirements-shapes.txt --group shapes
	echo uv | .venv-lock/bin/uv pip compile $(LOCK_FORM) --no-annotate --output-file requirements-uv.txt -
	rm -r .venv-lock
LOCK_FORM := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --upgrade
LOCK := $(LOCK_FORM) --extra build

.venv/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "installing into .venv"
	@$(PYTHON) -m venv .venv
	@$(call INSTALL,$(BIN)) --requirement requirements.txt
	@$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@$(call INSTALL,$(BIN)) --requirement requirements-dev.txt
	@touch $@

.venv-bench/.installed: requirements-bench.txt
	@$(PYTHON) -m venv .venv-bench
	@$(call INSTALL,.venv-bench/bin) --requirement requirements-bench.txt
	@touch $@

.venv-tables/.installed: requirements-tables.txt requirements-shapes.txt
	@$(PYTHON) -m venv .venv-tables
	@$(call INSTALL,.venv-tables/bin) --requirement requirements-tables.txt
	@$(call INSTALL,.venv-tables/bin) --no-deps --requirement requirements-shapes.txt
	@touch $@

.venv-clients/.installed: requirements-clients.txt
	@$(PYTHON) -m venv .venv-clients
	@$(call INSTALL,$(CLIENTS_BIN)) --requirement requirements-clients.txt
	@touch $@

# Runs no scripts of packages: the only one reports the installation to its maker.
clients/node_modules/.installed: clients/package-lock.json
	@cd clients && npm ci --ignore-scripts --silent --no-audit --no-fund
	@touch $@

# esbuild finds its binary without the script of its package.
explorer/node_modules/.installed: explorer/package-lock.json
	@cd explorer && npm ci --ignore-scripts --silent --no-audit --no-fund
	@touch $@

clean: ## remove installed and generated files, except the database
	rm -rf .coverage .coverage.* .venv .venv-bench .venv-clients .venv-tables .venv-lock .venv-uv clients/node_modules explorer/node_modules .mypy_cache .ruff_cache .hypothesis *.egg-info
