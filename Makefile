# The one habit: `make run` shows the site, `make test` proves it. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest
# As many processes as cores; a file stays on one of them, so that what it builds once is built once.
PYTEST_OPTIONS ?= -n auto --dist loadfile
BROWSER_TESTS ?= tests/browser

# `make test` never leaves its own database, whatever a .env file or the shell says.
ON_SQLITE := DATABASE_URL=sqlite://:memory:
# What production asks for before it starts; none of it is a secret and none of it is reached.
AS_PRODUCTION := DJANGO_SETTINGS_MODULE=site_cocagne.settings.production \
	SECRET_KEY=of-no-use-but-long-enough-for-the-check-of-its-length-0123456789-abcdef \
	ALLOWED_HOSTS=www.example.org BASE_URL=https://www.example.org \
	DATABASE_URL=postgresql://nobody@localhost/nothing CACHE_URL=locmemcache:// EMAIL_URL=dummymail://

# Each step of a target is announced; the first that fails ends it.
define step
@printf '\n→ %s\n' '$(1)'
@$(1)
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-postgres test-browser test-production lint format messages guide-pictures bench lighthouse requirements audit clean environment tools

help: ## list these targets
	@echo "Usage: make TARGET, with one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) \
		| while IFS='|' read -r target text; do printf '  %-14s %s\n' "$$target" "$$text"; done

run: environment ## set the site up if need be and serve it; PORT=8000 by default
	@$(PY) manage.py run_site --port $(PORT)

test: lint ## lint, then the whole test suite on SQLite
	$(call step,$(ON_SQLITE) $(PYTEST) $(PYTEST_OPTIONS))

test-postgres: tools ## the same test suite on the PostgreSQL that DATABASE_URL names
	@$(PY) -m tests.postgres
	$(call step,$(PYTEST) $(PYTEST_OPTIONS))

test-browser: tools ## the tests that need this machine’s Chromium and nginx
	$(call step,$(ON_SQLITE) $(PYTEST) $(PYTEST_OPTIONS) -m browser $(BROWSER_TESTS))

test-production: tools ## two nodes behind nginx, broken on purpose: needs PostgreSQL, Redis and nginx installed, and root
	$(call step,FAULTS_REPORT=bench/results/faults.md $(PYTEST) -m production tests/production)

lint: tools ## style, types, direction of imports, templates, settings, migrations, translations
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target $(LINT)

# The slowest first; two at a time, each with all it says.
LINT := types style imports templates catalogues checks migrations deployment
.PHONY: $(LINT)
types:
	$(call step,$(PY) -m mypy)
style:
	$(call step,$(PY) -m ruff check .)
	$(call step,$(PY) -m ruff format --check .)
imports:
	$(call step,$(VENV)/bin/lint-imports --no-logo)
templates:
	$(call step,$(PY) -m djlint --lint --quiet templates)
catalogues:
	$(call step,$(PY) manage.py catalogues --check)
checks:
	$(call step,$(ON_SQLITE) $(PY) manage.py check --fail-level WARNING)
migrations:
	$(call step,$(ON_SQLITE) $(PY) manage.py makemigrations --check --dry-run)
	$(call step,$(ON_SQLITE) $(PY) manage.py lint_migrations)
deployment:
	@printf '\n→ %s\n' 'manage.py check --deploy --fail-level WARNING, with the production settings'
	@$(AS_PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

format: tools ## put the code in order
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

messages: tools ## bring the French catalogues in step with the code
	@$(PY) manage.py catalogues

guide-pictures: tools ## take the pictures of the editors' guide again, in a real browser
	@REMAKE_GUIDE_PICTURES=1 $(PY) -m pytest -q -m browser tests/browser/test_guide.py

bench: tools ## measure the site: on SQLite its pages, on the PostgreSQL of DATABASE_URL everything, into bench/results/
	@case "$$DATABASE_URL" in postgres*) $(PY) -m bench.round;; *) $(PY) -m bench;; esac

lighthouse: tools ## what Lighthouse says of five pages and what they weigh, as production serves them: needs npm, Chromium, nginx
	@$(PY) -m bench.look

requirements: ## compile the pinned requirements from requirements.in and requirements-dev.in
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" \
		&& "$$folder/bin/python" -m pip install --quiet uv \
		&& for name in requirements requirements-dev; do \
			UV_CUSTOM_COMPILE_COMMAND="make requirements" "$$folder/bin/uv" pip compile --quiet --universal \
				--python-version 3.11 --no-emit-index-url "$$name.in" --output-file "$$name.txt" || exit 1; \
		done

audit: ## known weaknesses of what requirements.txt names, where an advisory source can be reached
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" \
		&& "$$folder/bin/python" -m pip install --quiet pip-audit \
		&& "$$folder/bin/pip-audit" --no-deps --disable-pip --requirement requirements.txt

clean: ## remove the environment and what tools left; never the database or files of the site
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov test-results test-pictures
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find . -name '*.mo' -path '*/locale/*' -delete

# Not listed: what the others need first.
environment:
	@command -v $(PYTHON) >/dev/null || { echo "The site needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; exit 1; }
	@$(PYTHON) site_cocagne/prepare.py

tools:
	@command -v $(PYTHON) >/dev/null || { echo "The site needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; exit 1; }
	@$(PYTHON) site_cocagne/prepare.py --dev
