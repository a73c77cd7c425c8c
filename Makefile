# Everything that a fresh machine with Python 3.11+ needs is fetched from package registries.
#   make demo   runs the sample's tests and shows what they prove of its decisions
#   make demo-all  the same in Python, TypeScript and Rust, as far as this machine has their tools
#   make test   runs every test; tests of a tool that is missing are skipped, in CI they fail
#   make pictures  takes the screenshots in docs/pictures anew, in the editors themselves
#   make vsix   packages the VS Code extension with the server in it, for this platform, into dist/
#   make vsix-all  the same for every platform
#   make lock   renews which versions are bundled with it
#   make corpus reads real records, where a copy of them is at hand, and says how well

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
TOOLS := $(BIN)/python tests/provision.py

.PHONY: demo demo-all test pictures check vsix bench corpus clean

$(INSTALLED): pyproject.toml
	@echo "== making .venv and installing adr-lsp with its development tools into it"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $(INSTALLED)

SAMPLE := cd adrs-sample && PATH="$(CURDIR)/$(BIN):$(CURDIR)/.tools/bin:$$PATH"

demo: $(INSTALLED)
	@echo "== adrs-sample: run the tests in Python that its decisions name"
	$(SAMPLE) adr-lsp run --tool pytest
	@echo "== adrs-sample: what that proves of every invariant of the ledger"
	$(SAMPLE) adr-lsp --check --verdicts docs

demo-all: $(INSTALLED)
	@echo "== fetching node and what the package in TypeScript needs"
	$(TOOLS) node
	$(SAMPLE) npm install --prefix checkout --no-package-lock --no-audit --no-fund --loglevel=error
	@echo "== adrs-sample: run every test that its decisions name; what cannot start is named"
	$(SAMPLE) adr-lsp run || test $$? -eq 3
	@echo "== adrs-sample: what that proves of every invariant"
	$(SAMPLE) adr-lsp --check --verdicts || { echo "some of it was left out, as said above"; \
		command -v cargo >/dev/null && exit 1 || true; }

test: $(INSTALLED)
	@echo "== fetching the editors and toolchains that tests run into .tools"
	$(TOOLS)
	@echo "== format, lint, types"
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@echo "== tests"
	$(BIN)/python -m pytest -n auto --dist worksteal

pictures: $(INSTALLED)
	$(TOOLS)
	ADR_LSP_PICTURES=1 $(BIN)/python -m pytest tests/editors

check: $(INSTALLED)
	PATH="$(CURDIR)/$(BIN):$$PATH" adr-lsp --check --require-evidence

vsix: $(INSTALLED)
	$(TOOLS) node client
	$(BIN)/python vscode-client/bundle

vsix-all: $(INSTALLED)
	$(TOOLS) node client
	$(BIN)/python vscode-client/bundle --all

# Hypothesis is what tests import, in an environment of their own; Sorted Containers is what it needs.
LOCKED := vscode-client/bundled/requirements.txt

lock: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	$(BIN)/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url \
		--no-emit-package hypothesis --no-emit-package sortedcontainers --output-file $(LOCKED)

bench: $(INSTALLED)
	@echo "== fetching the tools that we compare ourselves with"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	$(TOOLS) node
	mkdir -p .tools/peers && cp benchmarks/package.json .tools/peers/
	cd .tools/peers && PATH="$(CURDIR)/.tools/bin:$$PATH" npm install --silent --no-audit --no-fund
	@echo "== measuring; at 10,000 records this takes minutes"
	$(BIN)/python -m benchmarks

corpus: $(INSTALLED)
	$(BIN)/python -m benchmarks.corpus

clean:
	rm -rf .venv .tools dist vscode-client/node_modules vscode-client/out
