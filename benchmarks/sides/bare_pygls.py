"""The least that a pygls server can be: what `initialize` costs before any work of ours."""

from pygls.lsp.server import LanguageServer

LanguageServer("bare", "1").start_io()
