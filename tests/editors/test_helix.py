"""The form of the configuration for Helix, as far as it can be known without Helix."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import provision
from adr_lsp.lsp.options import ALLOWED
from lsp.client import client

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = tomllib.loads((provision.PROJECT / "editors" / "helix" / "languages.toml").read_text())
# What Helix 25.07 documents; it refuses a file with any other key.
OF_A_SERVER = {"args", "command", "config", "environment", "required-root-patterns", "timeout"}
OF_A_LANGUAGE = {
    *("auto-format", "auto-pairs", "block-comment-tokens", "comment-token", "comment-tokens"),
    *("debugger", "diagnostic-severity", "file-types", "formatter", "grammar", "indent"),
    *("injection-regex", "language-id", "language-servers", "name", "path-completion"),
    *("persistent-diagnostic-sources", "roots", "rulers", "scope", "shebangs", "soft-wrap"),
    *("text-width", "word-completion", "workspace-lsp-roots"),
}
# By what a server says of itself, where it has to; diagnostics need nothing said.
FEATURES = {
    "code-action": "codeActionProvider",
    "completion": "completionProvider",
    "diagnostics": None,
    "document-highlight": "documentHighlightProvider",
    "document-symbols": "documentSymbolProvider",
    "goto-definition": "definitionProvider",
    "goto-implementation": "implementationProvider",
    "goto-reference": "referencesProvider",
    "hover": "hoverProvider",
    "inlay-hints": "inlayHintProvider",
    "rename-symbol": "renameProvider",
    "workspace-command": "executeCommandProvider",
    "workspace-symbols": "workspaceSymbolProvider",
}
# The servers that Helix itself configures for these languages, in its order.
OWN = {
    "markdown": ["marksman", "markdown-oxide"],
    "python": ["ty", "ruff", "jedi", "pylsp"],
    "typescript": ["typescript-language-server"],
    "javascript": ["typescript-language-server"],
    "tsx": ["typescript-language-server"],
    "jsx": ["typescript-language-server"],
    "rust": ["rust-analyzer"],
    "go": ["gopls", "golangci-lint-lsp"],
    "java": ["jdtls"],
}


def servers(language: dict[str, Any]) -> list[dict[str, Any]]:
    return [s if isinstance(s, dict) else {"name": s} for s in language["language-servers"]]


def test_only_keys_that_helix_knows() -> None:
    assert set(GIVEN) == {"language", "language-server"}
    assert all(set(server) <= OF_A_SERVER for server in GIVEN["language-server"].values())
    assert all(set(language) <= OF_A_LANGUAGE for language in GIVEN["language"])
    for language in GIVEN["language"]:
        for server in servers(language):
            assert set(server) <= {"name", "only-features", "except-features"}


def test_each_language_keeps_its_own_servers() -> None:
    """A list takes the place of Helix's, so it names those too."""
    kept = {
        language["name"]: [s["name"] for s in servers(language) if s["name"] != "adr-lsp"]
        for language in GIVEN["language"]
    }
    assert kept == OWN
    for language in GIVEN["language"]:
        assert "adr-lsp" in [server["name"] for server in servers(language)]


def test_the_server_starts_as_configured_and_has_what_is_named(tmp_path: Path) -> None:
    (given,) = GIVEN["language-server"].values()
    assert given["command"] == "adr-lsp"
    assert all(value in ALLOWED[name] for name, value in given["config"].items())
    named = {
        f for each in GIVEN["language"] for s in servers(each) for f in s.get("only-features", ())
    }
    with client(cwd=tmp_path) as server:
        has = server.initialize(tmp_path, **given["config"])["capabilities"]
    assert named <= set(FEATURES)
    assert {name for name in named if FEATURES[name] and not has.get(FEATURES[name])} == set()
