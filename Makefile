# Everything one can do here, one line each: type `make`.
# Works with the make of Debian and of macOS (GNU make 3.81).

PYTHON ?= python3
PY := .venv/bin/python
# One dependency comes as source: what it is built with is among the locked packages too.
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --no-build-isolation --use-pep517
NPM := $(PY) hatch_build.py npm
FRONT_ENDS := ui_static snippet

.NOTPARALLEL:
.PHONY: help run demo dev setup build browser test lint tests e2e faults oracle contract bench soak wheel frozen package smoke screenshots openapi lock clean

help: ## list all this
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

# --- what must be there first: each step leaves a file or folder and is not repeated while that is fresh ---

.venv/pyvenv.cfg:
	@scripts/make-venv "$(PYTHON)"

.build/run: .venv/pyvenv.cfg pyproject.toml requirements/run.txt requirements/build.txt
	@echo "Installing Analytiq's Python packages (the first time takes a minute)"
	@$(PIP) --require-hashes -r requirements/build.txt
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --editable .
	@mkdir -p .build && touch $@

.build/dev: .build/run requirements/dev.txt
	@echo "Installing the tools for tests and checks"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

.build/node: .build/run requirements/node.txt
	@$(PY) hatch_build.py has-node || { echo "Installing Node.js"; $(PIP) --require-hashes -r requirements/node.txt; }
	@touch $@

%/node_modules: %/package.json %/package-lock.json | .build/node
	@echo "Installing the packages of $*"
	@$(NPM) $* ci --no-audit --no-fund --loglevel=error
	@touch $@

sources = $(wildcard $(1)/*.*) $(shell find $(1)/src $(1)/public -type f 2>/dev/null)
ui_static/dist: $(call sources,ui_static) $(wildcard docs/*.md) | ui_static/node_modules
snippet/dist: $(call sources,snippet) | snippet/node_modules
ui_static/dist snippet/dist:
	@echo "Building $(@D)"
	@$(NPM) $(@D) run build --silent
	@touch $@

browser: .build/dev .build/node
	@$(WITH_NODE) scripts/find-browser > .build/browser

# --- what one can do ---

setup: .build/dev build ## install everything into this folder, nothing outside it

build: $(FRONT_ENDS:=/dist) ## build the dashboard and the snippet

run: .build/run build ## start Analytiq: a window where there is a display, else it prints its address
	@$(PY) -m appliance

demo: .build/run build ## start Analytiq with a site of made-up visitors
	@$(PY) -m appliance demo

dev: setup ## start Analytiq with data of its own, and a dashboard that follows your edits
	@ANALYTIQ_DATA_DIR="$${ANALYTIQ_DATA_DIR:-.build/data}" $(PY) -m appliance serve & \
		trap "kill $$! 2>/dev/null" EXIT INT TERM; $(NPM) ui_static run dev

# $(call stage,NAME,COMMAND): a heading, and after a failure the name of what failed.
stage = @printf '\n== %s\n' '$(1)'; $(2) || { printf '\nFAILED: %s\n' '$(1)' >&2; exit 1; }
# Playwright brings a Node.js of its own, which wants a library that a bare Debian lacks: it is given ours.
WITH_NODE = PLAYWRIGHT_NODEJS_PATH="$$($(PY) hatch_build.py node-path)"
WITH_BROWSER = $(WITH_NODE) CHROMIUM="$$(cat .build/browser)"

test: lint tests ## check everything: style, types, all tests, in a real browser too

lint: setup ## check style and types, and ask for known vulnerabilities of packages
	$(call stage,ruff check,$(PY) -m ruff check .)
	$(call stage,ruff format,$(PY) -m ruff format --check .)
	$(call stage,mypy,$(PY) -m mypy)
	$(call stage,dashboard lint,$(NPM) ui_static run lint --silent)
	$(call stage,snippet lint,$(NPM) snippet run lint --silent)
	$(call stage,known vulnerabilities,$(PY) scripts/vulnerabilities.py)

tests: setup browser ## run all tests without the checks of style
	$(call stage,dashboard tests,$(NPM) ui_static run test --silent)
	$(call stage,snippet tests,$(WITH_BROWSER) $(NPM) snippet run test --silent)
	$(call stage,pytest,$(WITH_BROWSER) PYTEST_DEBUG_TEMPROOT="$$(scripts/test-folder)" $(PY) -m pytest -n 2 --dist worksteal)

e2e: setup browser ## run only the tests that drive a browser
	$(call stage,pytest -m browser,$(WITH_BROWSER) $(PY) -m pytest -m browser)

faults: setup ## break everything for longer than `make test` does: kills, full disks, hostile clients
	$(call stage,pytest tests/faults,FAULTS=long $(PY) -m pytest tests/faults -s)

oracle: setup ## compute the numbers of 5 000 random logs a second way, and compare (an hour)
	$(call stage,pytest tests/test_oracle.py,ORACLE_EXAMPLES="$${ORACLE_EXAMPLES:-5000}" $(PY) -m pytest tests/test_oracle.py -s)

contract: setup ## ask for what the HTTP contract describes, three hundred times each, and hold every answer against it
	$(call stage,pytest tests/web/test_contract.py,CONTRACT_EXAMPLES="$${CONTRACT_EXAMPLES:-300}" $(PY) -m pytest tests/web/test_contract.py)

soak: setup ## run for twenty minutes at 300 events a second, with dashboards and live views open
	@PYTHONPATH=. $(PY) bench/soak.py

bench: setup ## measure how many events a second are taken, and how soon reports answer (needs wrk; 20 minutes)
	@PYTHONPATH=. $(PY) bench/ingest.py 20 5
	@PYTHONPATH=. $(PY) bench/reports.py

wheel: setup ## pack everything into one wheel, in build/
	@$(PY) -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir build .
	@ls build/*.whl

COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

screenshots: setup browser ## take the pictures of the README anew, from the demo
	$(call stage,screenshots,$(WITH_BROWSER) $(PY) scripts/screenshots.py)

openapi: .build/dev ui_static/node_modules ## write down the HTTP contract, and the dashboard's types with it
	@$(PY) -c 'import json; from appliance.web.openapi import document; print(json.dumps(document(), indent=1))' \
		> docs/openapi.json
	@$(NPM) ui_static run types --silent

# On Linux the system's own Python is packed: GTK's bindings, which come from the system, fit no other.
PACKED_PYTHON ?= $(or $(wildcard /usr/bin/python3),$(PYTHON))
PACKER := .build/packer/bin/python

.build/packer/ready: requirements/build.txt requirements/run.txt requirements/package.txt
	@echo "Installing what packs the program"
	@"$(PACKED_PYTHON)" -m venv --clear .build/packer
	@for group in build run package; do \
		$(PACKER) -m pip --disable-pip-version-check --quiet install --no-build-isolation --use-pep517 \
			--require-hashes -r requirements/$$group.txt || exit 1; done
	@touch $@

frozen: .build/packer/ready build ## pack the program with all it needs: a folder and a single file, in dist/
	@scripts/freeze $(PACKER)

package: frozen ## pack installers for this Linux, in build/packages/
	@packaging/linux/make $(PACKER) build/packages

smoke: frozen browser ## start the packed programs, send events, open the window, stop
	$(call stage,smoke,$(WITH_BROWSER) scripts/smoke $(PY))

lock: .venv/pyvenv.cfg ## write down again which version of each Python package is used
	@$(PIP) uv
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group dev --group build --constraints requirements/run.txt \
		--output-file requirements/dev.txt
	$(COMPILE) --group build --constraints requirements/dev.txt --output-file requirements/build.txt
	$(COMPILE) --group package --constraints requirements/dev.txt --output-file requirements/package.txt
	$(COMPILE) --group node --output-file requirements/node.txt

clean: ## remove everything made in this folder (your data lives elsewhere)
	rm -rf .venv .build build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -rf $(FRONT_ENDS:=/dist) $(FRONT_ENDS:=/node_modules)
	find appliance tests -name __pycache__ -type d -prune -exec rm -rf {} +
