# One command each; every target sets up what it needs. GNU Make 3.81 or newer.
PYTHON ?= python3
BIN := .venv/bin
SITE_READY := .venv/.site-ready
TEST_READY := .venv/.test-ready
AUDIT_READY := tests/audit/node_modules/.package-lock.json
# The few scripts that come from npm stand in the environment, beside the Python packages.
SCRIPTS := .venv/share/kuaibao
SCRIPTS_READY := $(SCRIPTS)/node_modules/.package-lock.json
# The bulletins' texts, for those who hold them: make site KUAIBAO_SOURCES=folder. The site never holds them.
SOURCES := $(if $(KUAIBAO_SOURCES),--sources $(KUAIBAO_SOURCES))
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet

.PHONY: help site serve check test mutate fuzz audit lint lock clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

site: $(SITE_READY) $(SCRIPTS_READY)  ## check all packages and build site/ (Chinese at /, English at /en/)
	$(if $(SOURCES),$(BIN)/kuaibao check $(SOURCES))
	$(BIN)/kuaibao build

serve: $(SITE_READY) $(SCRIPTS_READY)  ## live preview at http://127.0.0.1:8000
	$(BIN)/kuaibao serve

check: $(SITE_READY)  ## validate all packages and pages
	$(BIN)/kuaibao check $(SOURCES)

test: $(TEST_READY)  ## run every test
	$(BIN)/python -m pytest

mutate: $(TEST_READY)  ## corrupt the packages at random and report what is noticed; MUTANTS="--count 5000 --seed 7" for others
	PYTHONPATH=scripts:tests $(BIN)/python -m mutation $(SOURCES) $(MUTANTS)

fuzz: $(TEST_READY)  ## hostile input, MINUTES=10 for each target, from SEED=1; findings are saved in tests/findings/
	PYTHONPATH=tests $(BIN)/python tests/fuzz.py $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

audit: $(AUDIT_READY)  ## the long checks of the built site: every page type, Lighthouse, HTML, links, old browser (needs java)
	@command -v java >/dev/null || { echo "Java 17 or newer is needed; on Debian or Ubuntu: apt install default-jre-headless"; exit 2; }
	$(BIN)/python -m pytest tests/audit/audit_*.py

lint: $(TEST_READY)  ## style, types and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: $(SITE_READY)  ## resolve the dependencies anew (needs uv)
	$(LOCK) --upgrade --extra build -o requirements.txt
	$(LOCK) --upgrade --extra build --extra dev -c requirements.txt -o requirements-dev.txt
	$(BIN)/npm update --silent --package-lock-only

clean:  ## remove what was built and installed
	rm -rf .venv build site site-with-sources

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 site"; exit 2; }
	$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Python's venv module is incomplete; on Debian or Ubuntu: apt install python3-venv"; exit 2; }

$(SITE_READY): requirements.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

$(SCRIPTS_READY): package.json package-lock.json .npmrc | $(SITE_READY)
	mkdir -p $(SCRIPTS)
	cp package.json package-lock.json .npmrc $(SCRIPTS)
	$(BIN)/npm ci --silent --prefix $(SCRIPTS)
	touch $@

$(TEST_READY): requirements-dev.txt $(SITE_READY) $(SCRIPTS_READY)
	$(INSTALL) --require-hashes -r requirements-dev.txt
	touch $@

$(AUDIT_READY): tests/audit/package.json tests/audit/package-lock.json tests/audit/.npmrc tests/audit/requirements.txt $(TEST_READY)
	$(BIN)/npm ci --silent --prefix tests/audit
	$(INSTALL) --require-hashes --target tests/audit/node_modules/.lychee -r tests/audit/requirements.txt
	touch $@
