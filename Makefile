# Each target first sets up what it needs; scripts/ holds what does not fit on a line.

.PHONY: help run texts curator test lint test-sqlite test-postgres test-e2e bench soak drill format lock

# Exact versions with the hashes of every platform's files. They stay as they are unless UPGRADE=1 asks for newer ones.
LOCK = .venv/bin/uv pip compile --quiet --no-config --universal --python-version 3.12 --generate-hashes \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

help: ## prints these lines
	@sed -n 's/^\([a-z0-9-]*\): ## /\1 /p' $(MAKEFILE_LIST) | while read -r target purpose; do \
		printf 'make %-14s %s\n' "$$target" "$$purpose"; done

run: ## starts the site on this machine (PORT=8001 for another port, EMPTY=1 without the opening dossier)
	@scripts/setup requirements.txt && exec .venv/bin/python -u scripts/run.py

texts: ## fetches the texts that may be kept (ALL=1 all); Ctrl-C stops it, the next time it goes on
	@scripts/setup requirements.txt && exec .venv/bin/python manage.py capture --missing $(if $(ALL),,--licensed)

curator: ## makes an account for a curator
	@scripts/setup requirements.txt && exec .venv/bin/python manage.py createsuperuser

test: ## runs every check
	@scripts/setup requirements-dev.txt && exec .venv/bin/python scripts/test.py

lint: ## runs the checks of types, templates, style, layout, migrations and deployment
	@scripts/setup requirements-dev.txt && exec .venv/bin/python scripts/test.py lint

test-sqlite: ## runs the tests on SQLite
test-postgres: ## runs the tests on PostgreSQL
test-e2e: ## runs the tests in a browser
test-sqlite test-postgres test-e2e:
	@scripts/setup requirements-dev.txt && exec .venv/bin/python scripts/test.py $(@:test-%=%)

bench: ## measures long pages, charts, suggestions, the claims browser, its files (CLAIMS=1000000, SYSTEMS="floor site")
	@scripts/setup requirements-dev.txt && .venv/bin/python bench/reading.py && .venv/bin/python bench/pages.py && \
		.venv/bin/python bench/suggestions.py && \
		.venv/bin/python scripts/with_postgres.py .venv/bin/python bench/suggestions.py && \
		.venv/bin/python -m bench --claims $(or $(CLAIMS),$(N),100000) --systems $(SYSTEMS) && \
		exec .venv/bin/python -m bench.exports $(or $(CLAIMS),$(N),100000)

soak: ## tries what is promised and notes the figures in docs (ROWS="backup load" ENGINES=sqlite tries some, notes none)
	@scripts/setup requirements-dev.txt && exec .venv/bin/python -m soak $(ROWS) \
		$(if $(ENGINES),--engines $(ENGINES)) $(if $(ROWS)$(ENGINES),,--write)

drill: ## takes a site of an earlier commit to the present and back under load (COMMITS="…", ENGINE=sqlite; it needs the history)
	@scripts/setup requirements-dev.txt && exec .venv/bin/python -m soak.drill $(if $(ENGINE),--engine $(ENGINE)) $(COMMITS)

format: ## puts the Python code into the project's layout
	@scripts/setup requirements-dev.txt && .venv/bin/ruff check --fix && .venv/bin/ruff format

lock: ## writes requirements*.txt from pyproject.toml (UPGRADE=1 takes the newest versions in range)
	@scripts/setup requirements-dev.txt && $(LOCK) pyproject.toml --output-file requirements.txt && \
		$(LOCK) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt && \
		$(LOCK) --group bench --output-file requirements-bench.txt
