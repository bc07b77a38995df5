# setup  install what is missing        run    start everything, with demo data (DEMO=0: without)
# test   every check and test           bench  figures, one JSON object a line
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3 || echo python3)
VENV_PYTHON := .venv/bin/python
SETUP := $(PYTHON) -I config/services/setup.py

# Containers like to forbid compiled modules beside their sources; compiling a thousand of them in
# each process is half of its start, so they are kept with the environment that is ours.
ifdef PYTHONDONTWRITEBYTECODE
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled
endif

.PHONY: setup setup-dev run test bench lint lock

setup:
	@$(SETUP)
	@$(VENV_PYTHON) -m config.services.prepare

setup-dev:
	@$(SETUP) --dev

# The runner is told when make itself is killed, so that nothing is left behind.
run:
	@$(SETUP)
	@exec $(VENV_PYTHON) -m config.services.run --with-parent

lint: setup-dev
	@$(VENV_PYTHON) -m ruff check .
	@.venv/bin/lint-imports
	@$(VENV_PYTHON) -m mypy

test: lint
	@$(VENV_PYTHON) -m tests.plugins.chromium
	@$(VENV_PYTHON) -m pytest -n 2 --dist worksteal

bench: setup-dev
	@$(VENV_PYTHON) -m tests.bench

# Needs uv. Writes every version that requirements-dev.txt brings along.
lock:
	@{ echo "# Every version that requirements-dev.txt brings along; make lock writes this file."; \
	uv pip compile --no-config --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --quiet requirements-dev.txt; } > constraints.txt
