# make run    sets everything up and serves the forum with its demo on http://127.0.0.1:8000 (PORT= changes the port)
# make test   sets everything up and runs every test that can run here (TESTS=tests/threads for some of them)
# make faults   runs the fault tests long, one night, and prints what they counted (ROWS="F3 F8", SOAK=6, KILLS=50)
# make pictures   photographs every page and state into var/pictures (README=1: the four of the README)

VENV := .venv
BIN := $(VENV)/bin
PYTHON_VERSION := $(shell cat .python-version)
PORT ?= 8000
WORKERS ?= 2
TESTS ?= tests
SOAK ?= 6
KILLS ?= 50
DATA_DIR ?= var
TEMPLATES = $(shell find templates -name "*.html")
export PORT DATA_DIR

.DEFAULT_GOAL := run
.PHONY: run dev test lint format pictures bench faults lock messages setup

run: setup $(DATA_DIR)/static.stamp
	@exec $(BIN)/python manage.py serve --prepare

dev: setup
	@DEVELOPING=1 exec $(BIN)/python manage.py serve --prepare --reload

test: setup
	@exec $(BIN)/python -m pytest --numprocesses $(WORKERS) $(TESTS)

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint templates --lint --quiet
	@$(BIN)/djade --check --target-version 6.1 $(TEMPLATES)
	$(BIN)/djhtml --check --tabwidth 2 templates
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format
	-@$(BIN)/djade --target-version 6.1 $(TEMPLATES)
	-$(BIN)/djhtml --tabwidth 2 templates

pictures: setup
	@$(BIN)/python -m tests.pictures

bench: setup
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.felt

# The fault tests, longer than in `make test`: killed servers and workers, cut lines, full disks, backups while writing.
# Start it in the evening: what each said stands in var/faults, the table at the end. MINUTES=60 ends a file that hangs.
# DATABASE_URL and REDIS_URL choose where; with neither SQLite and memory.
faults: setup
	@SOAK=$(SOAK) KILLS=$(KILLS) $(BIN)/python -m tests.faults $(ROWS)

# The newest versions that pyproject.toml allows, for every platform at once, each with its hash.
lock: setup
	$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --python-version $(PYTHON_VERSION) --upgrade \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements.lock

# Takes the words out of the sources into the catalogues of all languages. It needs GNU gettext.
messages: setup
	@$(BIN)/python manage.py makemessages

setup: $(VENV)/locked $(VENV)/catalogues

$(VENV)/locked: requirements.lock | $(BIN)/python
	@echo "Installing the locked dependencies; this happens once."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

# Translations are compiled here, where they are read; only their sources are kept.
$(VENV)/catalogues: $(VENV)/locked $(wildcard forum/locale/*/LC_MESSAGES/django.po)
	@$(BIN)/python manage.py compile_catalogues
	@touch $@

# pyenv and uv put a python of their own in front; a plain python3.13 or python3 does as well.
$(BIN)/python:
	@for python in python$(PYTHON_VERSION) python3 python; do \
		if $$python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(PYTHON_VERSION)")' 2>/dev/null; then \
			$$python -m venv $(VENV) && exit 0; \
			echo "Python is here but could not make an environment; see the lines above." >&2; exit 1; \
		fi; \
	done; \
	echo "Python $(PYTHON_VERSION) is needed and was not found. Install it (https://www.python.org, pyenv, uv) and try again." >&2; exit 1

# Collected again only when a file of ours or a dependency changed.
$(DATA_DIR)/static.stamp: $(VENV)/locked $(shell find forum/static cms/static -type f 2>/dev/null)
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@mkdir -p $(DATA_DIR) && touch $@
