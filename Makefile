# Everything a person types. `make demo` and `make test` are the two commands of the README.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
HOME_DIR ?= demo
PACKAGES := domain storage ingest anonymisation quality warehouse register pipelines portal toegangspeil

.PHONY: demo test test-long check lock clean help

help:
	@echo "make demo       made-up deliveries to a published release, in ./$(HOME_DIR)"
	@echo "make test       checks and everyday tests"
	@echo "make test-long  Spark, PostgreSQL, browser and endurance tests"
	@echo "make check      ruff, mypy, import contracts, docs examples"

$(VENV)/installed: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "python3.11 is needed: apt-get install python3.11 python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-test: $(VENV)/installed requirements-test.lock
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-test.lock
	touch $@

demo: $(VENV)/installed
	$(BIN)/toegangspeil demo --home $(HOME_DIR)

check: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest tests/docs

test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-long: $(VENV)/installed-test
	bash tests/install-for-long-tests.sh
	$(BIN)/python -m pytest -m slow --timeout 1500 -n 2 --dist loadfile

lock:
	for name in requirements requirements-test; do \
	  uv pip compile --python-version 3.11 --only-binary :all: --generate-hashes --no-strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-header --no-annotate $$name.in -c requirements.lock -o $$name.lock; done

clean:
	rm -rf $(HOME_DIR) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
