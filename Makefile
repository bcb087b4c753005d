# Targets for developers and CI. Needs make and Python 3.11 or newer; all other dependencies go into .venv.

PYTHON ?= python3
BIN := .venv/bin
CLIENTS_BIN := .venv-clients/bin
# The folder of source articles. Not everybody has them; evidence is verified only if the folder exists.
ARTICLES ?= ../shared/articles

.PHONY: serve test clients check format lint types migrations contract examples evidence lock clean

serve: .venv/.installed ## install, then serve; PORT=9000 selects another port
	@$(BIN)/timeline serve $(if $(PORT),--port $(PORT))

test: .venv/.installed-dev ## run the whole suite, on SQLite and PostgreSQL
	$(BIN)/pytest -n 2 --dist worksteal

clients: .venv-clients/.installed clients/node_modules/.installed ## install the client generators; afterwards `make test` tests the clients too

check: lint types contract migrations evidence clients test ## run everything that CI runs

format: .venv/.installed-dev ## format the code
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

lint: .venv/.installed-dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: .venv/.installed-dev
	$(BIN)/mypy

migrations: .venv/.installed-dev ## migrate up, check and down, on both engines
	$(BIN)/pytest tests/tables/test_migrations.py

contract: .venv/.installed-dev ## check that openapi.json matches the app
	$(BIN)/timeline openapi | diff -u openapi.json -

examples: .venv/.installed-dev ## regenerate the examples of the document and of the docs from a server over the seeds
	@$(BIN)/python -m tests.support.examples
	@$(BIN)/python -m tests.docs.refresh
	$(BIN)/timeline openapi > openapi.json

evidence: .venv/.installed ## verify each span of evidence against its article
	@if [ -d "$(ARTICLES)" ]; then $(BIN)/timeline verify --articles "$(ARTICLES)"; \
	else echo "evidence not verified: no articles in $(ARTICLES)"; fi

lock: ## pin every dependency with its hashes, in requirements*.txt
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile $(LOCK) --output-file requirements.txt pyproject.toml
	.venv-lock/bin/uv pip compile $(LOCK) --output-file requirements-dev.txt \
		--constraint requirements.txt --group dev pyproject.toml
	.venv-lock/bin/uv pip compile $(LOCK_FORM) --output-file requirements-clients.txt --group clients
	rm -r .venv-lock
LOCK_FORM := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --upgrade
LOCK := $(LOCK_FORM) --extra build

.venv/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "installing into .venv"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

.venv-clients/.installed: requirements-clients.txt
	@$(PYTHON) -m venv .venv-clients
	@$(CLIENTS_BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-clients.txt
	@touch $@

# Runs no scripts of packages: the only one reports the installation to its maker.
clients/node_modules/.installed: clients/package-lock.json
	@cd clients && npm ci --ignore-scripts --silent --no-audit --no-fund
	@touch $@

clean: ## remove installed and generated files, except the database
	rm -rf .venv .venv-clients .venv-lock clients/node_modules .mypy_cache .ruff_cache .hypothesis *.egg-info
