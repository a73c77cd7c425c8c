"""Which request is answered by which feature."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from adr_lsp.features.actions import code_actions
from adr_lsp.features.code_lens import code_lenses
from adr_lsp.features.definition import definition, references
from adr_lsp.features.diagnostics import for_document
from adr_lsp.features.document_symbols import document_symbols
from adr_lsp.features.hover import hover
from adr_lsp.features.inlay_hints import inlay_hints
from adr_lsp.lsp.commands import COMMANDS
from adr_lsp.lsp.options import read_options
from adr_lsp.lsp.server import AdrServer

server = AdrServer()
for name, command in COMMANDS.items():
    server.command(name)(command)

KINDS = [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.Refactor]
WATCHED = ("**/*.{md,mdx,py}", "**/.adr-lsp/evidence/*.jsonl", "**/{pyproject,adr-lsp}.toml")


@server.feature(lsp.INITIALIZE)
def on_initialize(ls: AdrServer, params: lsp.InitializeParams) -> None:
    """Diagnostics are pulled only by a client that can be told to pull again."""
    ls.options = read_options(params.initialization_options)
    document, workspace = params.capabilities.text_document, params.capabilities.workspace
    pulls = document and document.diagnostic
    told = workspace and workspace.diagnostics and workspace.diagnostics.refresh_support
    usual = ls.options.diagnostics == "open" and ls.options.run == "onType"
    if pulls and told and usual:
        ls.publisher.pulls = True
        options = lsp.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False)
        ls.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(on_diagnostic)


@server.feature(lsp.INITIALIZED)
async def on_initialized(ls: AdrServer, _: lsp.InitializedParams) -> None:
    folders = [folder.uri for folder in ls.workspace.folders.values()]
    ls.open_folders(folders or [uri for uri in [ls.workspace.root_uri] if uri])
    workspace = ls.client_capabilities.workspace
    watched = workspace and workspace.did_change_watched_files
    if watched and watched.dynamic_registration:
        watchers = [lsp.FileSystemWatcher(glob) for glob in WATCHED]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = lsp.Registration("adr-lsp-files", method, options)
        await ls.client_register_capability_async(lsp.RegistrationParams([registration]))


@server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
async def on_files(ls: AdrServer, _: lsp.DidChangeWatchedFilesParams) -> None:
    ls.files_changed()


@server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
async def on_save(ls: AdrServer, params: lsp.DidSaveTextDocumentParams) -> None:
    ls.publisher.soon(params.text_document.uri)
    ls.files_changed()


@server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
async def on_configuration(ls: AdrServer, params: lsp.DidChangeConfigurationParams) -> None:
    """Clients that push settings send them here; `trusted` comes with the start alone."""
    settings = params.settings if isinstance(params.settings, dict) else {}
    section = settings.get("adr-lsp", {})
    given = {k: v for k, v in section.items() if k != "trusted"} if section else {}
    ls.options = read_options(given, ls.options)
    ls.publisher.everything()


async def on_diagnostic(
    ls: AdrServer, params: lsp.DocumentDiagnosticParams
) -> lsp.RelatedFullDocumentDiagnosticReport:
    items = await ls.answer(for_document, params)
    return lsp.RelatedFullDocumentDiagnosticReport(items or [])


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
async def on_hover(ls: AdrServer, params: lsp.HoverParams) -> Any:
    return await ls.answer(hover, params)


@server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
async def on_definition(ls: AdrServer, params: lsp.DefinitionParams) -> Any:
    return await ls.answer(definition, params)


@server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
async def on_references(ls: AdrServer, params: lsp.ReferenceParams) -> Any:
    return await ls.answer(references, params, declaration=params.context.include_declaration)


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
async def on_symbols(ls: AdrServer, params: lsp.DocumentSymbolParams) -> Any:
    return await ls.answer(document_symbols, params)


@server.feature(lsp.TEXT_DOCUMENT_CODE_LENS, lsp.CodeLensOptions(resolve_provider=False))
async def on_code_lens(ls: AdrServer, params: lsp.CodeLensParams) -> Any:
    return [] if ls.options.display == "quiet" else await ls.answer(code_lenses, params)


@server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
async def on_inlay_hint(ls: AdrServer, params: lsp.InlayHintParams) -> Any:
    place = ls.locate(params.text_document.uri)
    running = frozenset(place[0].running) if place else frozenset()
    return await ls.answer(inlay_hints, params, running=running)


@server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=KINDS))
async def on_code_action(ls: AdrServer, params: lsp.CodeActionParams) -> Any:
    return await ls.answer(code_actions, params)
