# make run      starts the site on this machine (PORT=8001 for another port, EMPTY=1 without the opening dossier)
# make curator  makes an account for a curator
# make test     runs every check; a part of them: make lint, test-sqlite, test-postgres, test-e2e
# make bench    measures long pages, large charts, suggestions, the claims browser and its files
#               (CLAIMS=1000000, SYSTEMS="floor site")
# make format   puts the Python code into the project's layout
# Each first sets up what it needs; scripts/ holds what does not fit on a line.

.PHONY: help run curator test lint test-sqlite test-postgres test-e2e bench format

help:
	@sed -n 's/^# //p' Makefile

run:
	@scripts/setup requirements.txt && exec .venv/bin/python -u scripts/run.py

curator:
	@scripts/setup requirements.txt && exec .venv/bin/python manage.py createsuperuser

test:
	@scripts/setup requirements-dev.txt && exec .venv/bin/python scripts/test.py

lint:
	@scripts/setup requirements-dev.txt && exec .venv/bin/python scripts/test.py lint

test-sqlite test-postgres test-e2e:
	@scripts/setup requirements-dev.txt && exec .venv/bin/python scripts/test.py $(@:test-%=%)

bench:
	@scripts/setup requirements-dev.txt && .venv/bin/python bench/reading.py && .venv/bin/python bench/pages.py && \
		.venv/bin/python bench/suggestions.py && \
		.venv/bin/python scripts/with_postgres.py .venv/bin/python bench/suggestions.py && \
		.venv/bin/python -m bench --claims $(or $(CLAIMS),$(N),100000) --systems $(SYSTEMS) && \
		exec .venv/bin/python -m bench.exports $(or $(CLAIMS),$(N),100000)

format:
	@scripts/setup requirements-dev.txt && .venv/bin/ruff check --fix && .venv/bin/ruff format
