# Every door into the house. `make help` lists them.

export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export NODE_OPTIONS := --use-system-ca
export PATH := $(PATH):/usr/local/sbin:/usr/sbin:/sbin

BIN := .venv/bin
INSTALLED := .venv/installed
CANDIDATES ?= 20000
PORT ?= 8000
SECONDS ?= 60
SEED ?= 1

.PHONY: help install demo test test-all test-rest check format bench faults messages lock
.DEFAULT_GOAL := help

help: ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12

install: $(INSTALLED) ## Make .venv with the command tvaers in it, and fetch the pages' assets

$(INSTALLED): pyproject.toml requirements.lock frontend/package-lock.json \
		src/tvaers/web/assets.py tests/web/checkers/package-lock.json
	@set -e; \
	python=$$(sh .ci/find-python); \
	uv=$$($$python .ci/find_uv.py); \
	[ -x $(BIN)/python ] || $$uv venv --quiet --no-python-downloads --python $$python .venv; \
	$$uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock; \
	$$uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m tvaers.web.assets
	@$(BIN)/python -m tests.web.qualweb
	@$(BIN)/python -m tvaers.matching.engine
	@touch $@

demo: install ## Serve the demo world on this machine (CANDIDATES=20000 PORT=8000)
	@$(BIN)/tvaers demo --candidates $(CANDIDATES) --port $(PORT)

test: install ## Run the tests
	@$(BIN)/pytest -n 2

test-all: test test-rest ## Run every test, the long ones too, and the suite on PostgreSQL 16

test-rest: install ## Run what `make test` leaves out
	@$(BIN)/pytest -n 2 -m long
	@TVAERS_POSTGRES=16 $(BIN)/pytest -n 2

check: install ## Check style, types, the import contract, sizes and migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/tvaers manage makemigrations --check --dry-run
	@$(BIN)/pytest -q tests/house

format: install ## Put all code into the house's shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: install ## Print the tables of speed and quality
	@$$($$(sh .ci/find-python) .ci/find_uv.py) pip install --quiet --python $(BIN)/python \
		--require-hashes -r benchmarks/requirements.lock \
		|| echo "The peers could not be installed; what is compared with them is skipped."
	@set -e; for bench in benchmarks/*.py; do [ -e "$$bench" ] && $(BIN)/python "$$bench"; done

faults: install ## Kill what runs under load, and look for what was lost (SECONDS=60 SEED=1)
	@$(BIN)/python -m tests.faults --seconds $(SECONDS) --seed $(SEED)

messages: install ## Gather the sentences of code and pages into the catalogues
	@$(BIN)/tvaers messages

lock: ## Pin all packages anew
	@$$($$(sh .ci/find-python) .ci/find_uv.py) pip compile --quiet --upgrade pyproject.toml \
		--group dev --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-annotate --no-header --output-file requirements.lock
	@$$($$(sh .ci/find-python) .ci/find_uv.py) pip compile --quiet --upgrade --constraint \
		requirements.lock --group bench --universal --generate-hashes --python-version 3.11 \
		--no-emit-index-url --no-annotate --no-header --output-file benchmarks/requirements.lock
