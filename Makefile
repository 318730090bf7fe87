# Tend on one page: `make run` starts the app, `make test` checks everything, `make check` in under
# a minute what can be checked without companies and pages: style, types, walls and quick tests.
# A fresh clone needs Python 3.11 or newer, make, and pip or uv; nothing else.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
HOST ?= 127.0.0.1
PORT ?= 8501
BIN := .venv/bin
# Three at a time on two processors, as tests wait for servers and browsers a third of their time; who has
# done its share takes tests from the others.
TOGETHER := -q -n 3 --dist worksteal
# DuckDB plans by many small pieces of memory: glibc keeps more of them at hand for the next statement,
# which takes 7 % off an import. Elsewhere nobody reads it.
PYTEST := GLIBC_TUNABLES=glibc.malloc.tcache_count=2000 $(BIN)/python -m pytest $(TOGETHER)
# What Python compiles is kept, also where the surroundings forbid it: each reading process, server
# and worker of the tests would compile all of it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check lint style types layers sql pytest rollup coverage format docs pins audit editor vega clean

run: .venv/.app
	$(BIN)/python -m streamlit run app.py --server.address $(HOST) --server.port $(PORT) --server.headless true

# What reads the code works beside the tests, which wait a part of their time, and says its word after them.
test: .venv/.tests .venv/.browser .venv/.proxy .venv/.postgres
	@nice $(MAKE) --no-print-directory lint > .venv/lint.log 2>&1 & lint=$$!; \
	$(PYTEST); tests=$$?; \
	wait $$lint; linted=$$?; \
	cat .venv/lint.log; exit $$((tests | linted))

# Quick are the walls, and the files that say so of themselves.
check: .venv/.tests
	$(MAKE) --no-print-directory -j 2 lint
	$(PYTEST) tests/walls $$(grep -rl '^pytestmark = pytest.mark.quick' tests)

lint: style types layers sql

style: .venv/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.tests
	$(BIN)/mypy

layers: .venv/.tests
	$(BIN)/lint-imports --no-logo

sql: .venv/.tests
	$(BIN)/sqlfluff lint queries --processes 2

pytest: .venv/.tests .venv/.browser .venv/.proxy .venv/.postgres
	$(PYTEST)

# The roll-up of raw logs on a local Spark cluster: not part of `make test`, as Spark is 317 MB. Where it
# is there (`SPARK_HOME`, or from an earlier time), `make test` has these tests, too.
rollup: .venv/.tests .venv/.spark
	$(PYTEST) tests/stories/rollup

# All tests once more, and how much of the code they reach: not part of `make test`, it is slower.
coverage: .venv/.tests .venv/.browser .venv/.proxy .venv/.postgres
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(TOGETHER)
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

format: .venv/.tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix queries --processes 2

# What docs and the query index say is written by the code itself.
docs: .venv/.tests
	$(BIN)/python -m docs.generate

# Ask for the newest packages that fit pyproject.toml, and pin every one of them with the hashes of its
# files (needs uv). `python .ci/pins.py --keep` only adds what is new.
pins: .venv/.tests
	$(BIN)/python .ci/pins.py

# Once a week: style and what is known to be unsafe (as in `make lint`), secrets and licences, and
# whether anything is known against the pinned packages. Error 3 says that this was not asked.
audit: style
	$(BIN)/python -m pytest -q tests/walls/test_setup.py tests/walls/test_licences.py
	$(BIN)/python .ci/audit.py

# The notebook's editor: CodeMirror as one file, kept in the repository (needs node and npm). The
# installer of one of its packages is not run: nothing but what the lock names is.
editor:
	npm --prefix .ci/editor ci --ignore-scripts
	npm --prefix .ci/editor run bundle

# What draws the charts of the review file: Vega as one file, kept in the repository.
vega: .venv/.tests
	$(BIN)/python .ci/vega.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second run installs nothing.
.venv/.app: requirements.txt
	sh .ci/install "$(PYTHON)" requirements.txt
	touch $@

.venv/.tests: .venv/.app requirements-dev.txt
	sh .ci/install "$(PYTHON)" requirements-dev.txt
	touch $@

.venv/.browser: .venv/.tests tests/kit/browser.py
	$(BIN)/python -m tests.kit.browser
	touch $@

.venv/.proxy: .venv/.tests tests/kit/tools/proxy.py
	$(BIN)/python -m tests.kit.tools.proxy
	touch $@

.venv/.spark: .venv/.tests tests/kit/tools/spark.py tests/kit/tools/spark.pin
	$(BIN)/python -m tests.kit.tools.spark
	touch $@

.venv/.postgres: .venv/.tests tests/kit/tools/postgres.py
	$(BIN)/python -m tests.kit.tools.postgres
	touch $@
