# What a person types: make run, make test; `make` alone lists the rest.
# Needs Python 3.11 or newer with pip, and make. Everything is installed into .venv, from hashed locks.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test laws check peers soak bench record lock clean

# The first Python that is new enough; `make run PYTHON=python3.13` names another.
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11 python; do \
	$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$candidate && break; done)

UV := uv==0.13.9
BIN := .venv/bin
LOCKED := .venv/.locked
# On every core; `make test EACH=` goes one by one.
EACH ?= -n logical --maxprocesses 8 --dist worksteal
PEERS := tests/peers
PEERS_LOCKED := .venv/.peers-locked
PEERS_NODE := $(PEERS)/node_modules/.package-lock.json

# A line of the environment or of .env that sets a credential. `serve` itself never falls back to playing: a server whose
# secrets got lost must say so.
CREDENTIAL := '^((SLACK_|MicrosoftApp)[A-Za-z_]+|HERALD_TEAMS_ANONYMOUS)=.'

# What has no place in the local workspace: emptied for `make demo`, also where .env or a file would set it.
REAL := SLACK_BOT_TOKEN SLACK_SIGNING_SECRET SLACK_APP_TOKEN SLACK_CLIENT_SECRET MicrosoftAppPassword \
	HERALD_PUBLIC_URL HERALD_HOST

# The rooms that exist, for mypy, which refuses a name that does not.
ROOMS := $(wildcard app.py adapters bot storage content tests bench)

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile

run: $(LOCKED) ## start Herald: with Slack when credentials are set, else the local workspace
	@exec $(BIN)/python app.py serve $$({ env; cat .env 2>/dev/null; } | grep -qE $(CREDENTIAL) || echo --local)

demo: $(LOCKED) ## start the local workspace, whatever credentials are set
	@exec env $(addsuffix =,$(REAL)) $(BIN)/python app.py serve --local

test: $(LOCKED) ## run the tests: no network, no service, no browser
	$(BIN)/pytest $(EACH)

LAWS ?= 10

laws: $(LOCKED) ## look for examples that break a law: new ones, LAWS times as many as in make test
	$(BIN)/pytest $(EACH) -m hypothesis --laws $(LAWS)

check: $(PEERS_LOCKED) ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(ROOMS)
	$(BIN)/lint-imports

peers: $(PEERS_LOCKED) $(PEERS_NODE) ## run against software of others, in a network namespace of its own
	$(PEERS)/alone $(BIN)/pytest $(PEERS)
	$(PEERS)/alone $(BIN)/pytest tests/faults
	$(PEERS)/alone $(BIN)/pytest $(EACH) --database postgresql tests/storage tests/bot tests/contracts tests/web
	$(PEERS)/alone $(BIN)/pytest --database postgresql tests/faults

# Minutes of mixed traffic on each database; the kills and the replicas take an hour beside it.
SOAK ?= 5

soak: $(PEERS_LOCKED) ## kill and freeze Herald while 1,000 cards go out and people press: SOAK=minutes of traffic
	$(PEERS)/alone $(BIN)/pytest --soak --minutes $(SOAK) tests/faults
	$(PEERS)/alone $(BIN)/pytest --soak --minutes $(SOAK) --database postgresql tests/faults

bench: $(PEERS_LOCKED) ## how fast the doors are, beside others: NAME=slack_press measures one; needs wrk
	$(BIN)/python -m bench $(NAME)

record: $(LOCKED) ## draw every golden card and the parity table again; read the difference before you commit it
	$(BIN)/pytest tests/golden tests/stories/test_parity.py --record

# Versions stay as they are; `make lock UPGRADE=--upgrade` takes the newest. A lock names no host.
lock: $(LOCKED) ## resolve what pyproject.toml asks for into the locks
	$(COMPILE) --all-extras pyproject.toml -o requirements.lock
	$(COMPILE) --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(COMPILE) --group pyproject.toml:peers -c requirements-dev.lock -o requirements-peers.lock
	cd $(PEERS) && npm install --package-lock-only --ignore-scripts --no-audit --no-fund && node lock.mjs
COMPILE = @$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)

clean: ## remove what make installed; data/ and .env stay
	rm -rf .venv $(PEERS)/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The stamp is written last, so an installation that was interrupted starts again.
$(LOCKED): requirements-dev.lock
	@test -n "$(PYTHON)" || { echo "Herald needs Python 3.11 or newer: https://www.python.org/downloads/" >&2; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(MAKE_VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV)
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements-dev.lock
	@touch $@

# Debian's Python comes without ensurepip, so pip is asked to install into the new environment from outside.
MAKE_VENV = { $(PYTHON) -m venv --clear .venv >/dev/null 2>&1 || { $(PYTHON) -m venv --clear --without-pip .venv \
	&& $(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install pip; }; }

$(PEERS_LOCKED): $(LOCKED) requirements-peers.lock
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements-peers.lock
	@touch $@

$(PEERS_NODE): $(PEERS)/package-lock.json
	@npm --prefix $(PEERS) ci --ignore-scripts --no-audit --no-fund
	@touch $@
