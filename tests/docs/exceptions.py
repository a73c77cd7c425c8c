"""Commands in the docs that no test runs, each by its page and with the reason."""

from __future__ import annotations

INDEX = "the package is in no index yet"
ITSELF = "makes or needs .venv, and would run this test in itself; it is a target of the Makefile"
MINUTES = "takes minutes; it is a target of the Makefile"
MEASURES = "measures, or reads a copy of many repositories that is not here"
SAMPLE = "takes half a minute; `tests/cli/test_languages.py` runs the sample in each language"

NOT_RUN = {
    ("README.md", "pip install adr-lsp pytest"): INDEX,
    ("README.md", "make demo"): ITSELF,
    ("README.md", "make test"): ITSELF,
    ("docs/guides/first-invariant.md", "pip install adr-lsp pytest"): INDEX,
    ("vscode-client/walkthrough/server.md", "pip install adr-lsp"): INDEX,
    ("adrs-sample/README.md", "adr-lsp run"): SAMPLE,
    ("adrs-sample/README.md", "adr-lsp run --tool pytest"): SAMPLE,
    ("adrs-sample/README.md", "python -m pytest"): SAMPLE,
    ("benchmarks/README.md", "make bench"): MINUTES,
    ("benchmarks/README.md", ".venv/bin/python -m benchmarks check first --runs 9"): MEASURES,
    (
        "benchmarks/README.md",
        ".venv/bin/python -m benchmarks check --records 10000 --markdown",
    ): MEASURES,
    ("benchmarks/corpus/README.md", "make corpus"): MEASURES,
    ("benchmarks/corpus/README.md", ".venv/bin/python -m benchmarks.corpus status date"): MEASURES,
    ("benchmarks/corpus/README.md", ".venv/bin/python -m benchmarks.corpus --sample 10"): MEASURES,
}
