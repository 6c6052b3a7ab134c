# Two commands: `make book` builds the book into dist/, `make test` runs all tests. Both do all their own set-up.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: book test check install clean

book: $(VENV)/.ready
	$(BIN)/mathbook build

test: $(VENV)/.ready-dev tools/ace/node_modules/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadgroup -q

check: test

install: $(VENV)/.ready

# What Python's packages don't bring is looked at on each run: it takes a moment, and machines change.
.PHONY: system-book system-test
system-book:
	@PYTHON='$(PYTHON)' tools/system.sh book
system-test:
	@PYTHON='$(PYTHON)' tools/system.sh test

# pip is looked for, and not python: a venv that was left half made has the one without the other
$(BIN)/pip: | system-book
	$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.ready: pyproject.toml $(BIN)/pip | system-book
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml $(BIN)/pip | system-test
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.ready $@

# DAISY Ace brings a browser along if it is let; it finds ours
tools/ace/node_modules/.ready: tools/ace/package.json tools/ace/package-lock.json | system-test
	cd tools/ace && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent --no-audit --no-fund
	@touch $@

clean:
	rm -rf $(VENV) .mathbook .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tools/ace/node_modules
