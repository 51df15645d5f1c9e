# make app: install what it needs, serve the front end.   make test: install what it needs, run every test.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
CORPUS ?= $(SCAMCHECK_CORPUS)
SECONDS ?= 1800
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help app test fuzz lint train measure clean
help:
	@echo "make app [HOST=127.0.0.1] [PORT=8501]   serve the front end"
	@echo "make test                               run every test"
	@echo "make fuzz [SECONDS=1800]                fuzz the readers, guided by coverage"
	@echo "make lint                               style, types, import contracts"
	@echo "make train                              rebuild the model from data/"
	@echo "make measure CORPUS=FOLDER              measure on labelled real mail, write the figures"

$(VENV)/.app: constraints.txt pyproject.toml
	@PYTHON="$(PYTHON)" scripts/install.sh $(VENV) all
	@touch $@

$(VENV)/.dev: constraints.txt pyproject.toml
	@PYTHON="$(PYTHON)" scripts/install.sh $(VENV) dev
	@touch $(VENV)/.app $@

app: $(VENV)/.app
	@$(BIN)/scamcheck app --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	@scripts/install_browser.sh
	@scripts/install_reading_tools.sh
	@$(BIN)/python -m pytest

fuzz: $(VENV)/.dev
	@mkdir -p .fuzz
	$(BIN)/python tests/fuzz/fuzz_readers.py .fuzz tests/fuzz/seeds -max_total_time=$(SECONDS) -timeout=20 -max_len=20000

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

train: $(VENV)/.app
	$(BIN)/scamcheck train

measure: $(VENV)/.app
	@test -n "$(CORPUS)" || { echo "Say which folder: make measure CORPUS=FOLDER"; exit 2; }
	$(BIN)/python scripts/measure.py "$(CORPUS)"

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
