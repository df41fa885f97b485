# East Asia AI Observatory. `make help` lists the commands; needs bash and Python 3.11 or newer.
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test check build release site bench soak screenshots fuzz upgrade sbom audit lock catalogues clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## create .venv and install the pinned requirements
	@scripts/setup.sh run

run: ## build the database where needed and serve; PORT=8600 make run picks the port
	@scripts/run.sh

test: ## every check and test, in a browser too
	@scripts/test.sh

check: ## the quick checks: lint, types, layers, catalogues, data
	@scripts/setup.sh dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m observatory.i18n check
	$(PY) -m etl check

build: ## build the database from data/
	@scripts/setup.sh run
	$(PY) -m etl build

release: ## write the bundle of openly licensed rows into release/
	@scripts/setup.sh run
	$(PY) -m etl release

site: ## write the static edition into site/; SITE_ARGS="--lang en" limits it
	@scripts/setup.sh run
	@test -f var/current.json || $(PY) -m etl build
	$(PY) -m observatory.site $(SITE_ARGS)

bench: ## measure pages, filters, reruns, many readers, peers, build; BENCH_ARGS="--quick" repeats less
	@scripts/setup.sh dev
	$(PY) -m benchmarks $(BENCH_ARGS)

soak: ## readers come, move and leave for SOAK_MINUTES (30): does memory grow?
	@scripts/setup.sh dev
	$(PY) -m benchmarks.soak

screenshots: ## picture the pages into screenshots/
	@scripts/setup.sh dev
	$(PY) scripts/screenshots.py

fuzz: ## a million link strings and 3,000 bent links of pages; some 20 minutes
	@scripts/setup.sh dev
	FUZZ_TIMES=1000000 FUZZ_PAGES=3000 $(PY) -m pytest -q -o timeout=7200 tests/security/test_fuzz.py

upgrade: ## try the newest releases of what is required; needs the network; an hour or less
	@scripts/setup.sh dev
	$(PY) scripts/upgrade.py $(TESTS)

mutate: ## change a module in small ways and see which tests notice; MODULE=frontier SAMPLE=50
	@scripts/setup.sh dev
	@scripts/mutate.sh "$(MODULE)" --sample $(or $(SAMPLE),50)

sbom: ## the list of all parts with licences and hashes, as CycloneDX: var/sbom.json
	@scripts/setup.sh dev
	@$(PY) scripts/sbom.py

audit: ## known weaknesses of what is pinned, SBOM, secrets; needs the network
	@scripts/setup.sh dev
	@scripts/audit.sh

lock: ## pin requirements*.in anew, with hashes
	@scripts/lock.sh

catalogues: ## bring the translation catalogues up to date with the texts
	@scripts/setup.sh run
	$(PY) -m observatory.i18n update

clean: ## remove everything that these commands made
	rm -rf .venv var screenshots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
