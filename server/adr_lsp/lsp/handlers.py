"""Which request is answered by which feature. A feature is imported when it is first asked for."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from adr_lsp.lsp.abilities import abilities_of
from adr_lsp.lsp.options import read_options
from adr_lsp.lsp.server import AdrServer
from adr_lsp.sources import SUFFIXES

server = AdrServer()

COMMANDS = ("adr-lsp.run", "adr-lsp.scaffold", "adr-lsp.showEvidence")
# Behind these something may begin that can be completed; letters begin it in every client.
TRIGGERS = ["#", "/", "`", "[", "(", ":", "*", "|", " ", "@", '"']
KINDS = [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.Refactor, "source.fixAll.adr-lsp"]
FOLLOWED = (
    "md,mdx,py,tla,cfg,rs,go,ts,tsx,js,jsx,java,kt,feature,png,svg,jpg,jpeg,gif,puml,drawio,pdf"
)
RENAMED = lsp.FileOperationRegistrationOptions(
    [
        lsp.FileOperationFilter(lsp.FileOperationPattern(f"**/*.{{{FOLLOWED}}}"), "file"),
        lsp.FileOperationFilter(
            lsp.FileOperationPattern("**/*", lsp.FileOperationPatternKind.Folder), "file"
        ),
    ]
)
_CODE = sorted({suffix[1:] for suffix in SUFFIXES if suffix.startswith(".")} - {"toml"})
WATCHED = (
    f"**/*.{{md,mdx,{','.join(_CODE)}}}",
    "**/.gitignore",
    "**/.adr-lsp/evidence/*.jsonl",
    "**/{pyproject,adr-lsp}.toml",
    "**/*baseline*.json",
)


async def on_command(ls: AdrServer, *_: Any) -> None:
    """Only its name is for pygls; the protocol hands commands to the session."""


for name in COMMANDS:
    server.command(name)(on_command)


@server.feature(lsp.INITIALIZE)
def on_initialize(ls: AdrServer, params: lsp.InitializeParams) -> None:
    """Diagnostics are pulled only by a client that can be told to pull again."""
    ls.options = read_options(params.initialization_options)
    ls.abilities = abilities_of(params.capabilities, makes_files=ls.options.makesFiles)
    usual = ls.options.diagnostics == "open" and ls.options.run == "onType"
    if ls.abilities.pulls and ls.abilities.asks_diagnostics and usual:
        ls.pulls = True
        options = lsp.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False)
        ls.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(on_diagnostic)


@server.feature(lsp.INITIALIZED)
def on_initialized(ls: AdrServer, _: lsp.InitializedParams) -> None:
    """Notifications are taken in as they come: what a later one says is not to be undone."""
    folders = [folder.uri for folder in ls.workspace.folders.values()]
    known = folders or [uri for uri in [ls.workspace.root_uri] if uri]
    ls.session.folders_changed(known, [])
    if ls.abilities.watches:
        watchers = [lsp.FileSystemWatcher(glob) for glob in WATCHED]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = lsp.Registration("adr-lsp-files", method, options)
        ls.client_register_capability(lsp.RegistrationParams([registration]))


@server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def on_files(ls: AdrServer, params: lsp.DidChangeWatchedFilesParams) -> None:
    if any(ls.session.concerns(event.uri) for event in params.changes):
        ls.session.files_changed()


@server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
def on_save(ls: AdrServer, params: lsp.DidSaveTextDocumentParams) -> None:
    ls.session.publisher.soon(params.text_document.uri)
    ls.session.files_changed()


@server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
def on_configuration(ls: AdrServer, params: lsp.DidChangeConfigurationParams) -> None:
    """Clients that push settings send them here; `trusted` comes with the start alone."""
    settings = params.settings if isinstance(params.settings, dict) else {}
    section = settings.get("adr-lsp")
    given = section if isinstance(section, dict) else {}
    kept = {name: value for name, value in given.items() if name != "trusted"}
    ls.options = read_options(kept, ls.options)
    ls.session.publisher.everything()


async def on_diagnostic(
    ls: AdrServer, params: lsp.DocumentDiagnosticParams
) -> lsp.RelatedFullDocumentDiagnosticReport:
    from adr_lsp.features.diagnostics import for_document

    items = await ls.session.answer(for_document, params)
    return lsp.RelatedFullDocumentDiagnosticReport(items or [])


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
async def on_hover(ls: AdrServer, params: lsp.HoverParams) -> Any:
    from adr_lsp.features.hover import hover

    return await ls.session.answer(hover, params)


@server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=TRIGGERS))
async def on_completion(ls: AdrServer, params: lsp.CompletionParams) -> Any:
    from adr_lsp.features.completion import completion

    return await ls.session.answer(completion, params, snippets=ls.abilities.snippets)


@server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
async def on_definition(ls: AdrServer, params: lsp.DefinitionParams) -> Any:
    from adr_lsp.features.definition import definition

    return await ls.session.answer(definition, params)


@server.feature(lsp.TEXT_DOCUMENT_IMPLEMENTATION)
async def on_implementation(ls: AdrServer, params: lsp.ImplementationParams) -> Any:
    from adr_lsp.features.implementation import implementation

    return await ls.session.answer(implementation, params)


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
async def on_highlight(ls: AdrServer, params: lsp.DocumentHighlightParams) -> Any:
    from adr_lsp.features.highlights import highlights

    return await ls.session.answer(highlights, params)


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_LINK, lsp.DocumentLinkOptions(resolve_provider=False))
async def on_links(ls: AdrServer, params: lsp.DocumentLinkParams) -> Any:
    from adr_lsp.features.document_links import document_links

    return await ls.session.answer(document_links, params)


@server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
async def on_folding(ls: AdrServer, params: lsp.FoldingRangeParams) -> Any:
    from adr_lsp.features.folding import folds

    return await ls.session.answer(folds, params)


@server.feature(lsp.TEXT_DOCUMENT_SELECTION_RANGE)
async def on_selection(ls: AdrServer, params: lsp.SelectionRangeParams) -> Any:
    from adr_lsp.features.selection_ranges import selection_ranges

    return await ls.session.answer(selection_ranges, params)


@server.feature(lsp.WORKSPACE_SYMBOL)
async def on_workspace_symbol(ls: AdrServer, params: lsp.WorkspaceSymbolParams) -> Any:
    from adr_lsp.features.workspace_symbols import workspace_symbols

    return await ls.session.everywhere(workspace_symbols, params.query)


@server.feature(lsp.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY)
async def on_hierarchy(ls: AdrServer, params: lsp.TypeHierarchyPrepareParams) -> Any:
    from adr_lsp.features.type_hierarchy import hierarchy_at

    return await ls.session.answer(hierarchy_at, params)


@server.feature(lsp.TYPE_HIERARCHY_SUPERTYPES)
async def on_supertypes(ls: AdrServer, params: lsp.TypeHierarchySupertypesParams) -> Any:
    from adr_lsp.features.type_hierarchy import supertypes

    return await ls.session.answer(supertypes, params, **_shown_before(params.item))


@server.feature(lsp.TYPE_HIERARCHY_SUBTYPES)
async def on_subtypes(ls: AdrServer, params: lsp.TypeHierarchySubtypesParams) -> Any:
    from adr_lsp.features.type_hierarchy import subtypes

    return await ls.session.answer(subtypes, params, **_shown_before(params.item))


def _shown_before(item: lsp.TypeHierarchyItem) -> dict[str, str]:
    """What an item is, as we said when we sent it."""
    data = item.data if isinstance(item.data, dict) else {}
    return {name: str(data.get(name, "")) for name in ("level", "key")}


@server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
async def on_references(ls: AdrServer, params: lsp.ReferenceParams) -> Any:
    from adr_lsp.features.definition import references

    declaration = params.context.include_declaration
    return await ls.session.answer(references, params, declaration=declaration)


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
async def on_symbols(ls: AdrServer, params: lsp.DocumentSymbolParams) -> Any:
    from adr_lsp.features.document_symbols import document_symbols

    return await ls.session.answer(document_symbols, params)


@server.feature(lsp.TEXT_DOCUMENT_CODE_LENS, lsp.CodeLensOptions(resolve_provider=False))
async def on_code_lens(ls: AdrServer, params: lsp.CodeLensParams) -> Any:
    return await ls.session.lenses.answer(params)


@server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
async def on_inlay_hint(ls: AdrServer, params: lsp.InlayHintParams) -> Any:
    from adr_lsp.features.inlay_hints import inlay_hints

    running = ls.session.running(params.text_document.uri)
    rich = ls.options.display == "rich"
    return await ls.session.answer(inlay_hints, params, running=running, rich=rich)


@server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
async def on_prepare_rename(ls: AdrServer, params: lsp.PrepareRenameParams) -> Any:
    from adr_lsp.features.rename import prepare_rename

    return await ls.session.answer(prepare_rename, params)


@server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
async def on_rename(ls: AdrServer, params: lsp.RenameParams) -> Any:
    from adr_lsp.features.rename import rename

    return await ls.session.answer(rename, params, name=params.new_name)


@server.feature(lsp.WORKSPACE_WILL_RENAME_FILES, RENAMED)
async def on_will_rename(ls: AdrServer, params: lsp.RenameFilesParams) -> Any:
    return await ls.session.files_renamed([(f.old_uri, f.new_uri) for f in params.files])


@server.feature("adr-lsp/tests")
async def on_tests(ls: AdrServer, _: Any) -> Any:
    from adr_lsp.lsp.testing import tree

    return await tree(ls.session)


@server.feature("adr-lsp/invariants")
async def on_invariants(ls: AdrServer, params: Any) -> Any:
    from adr_lsp.lsp.testing import invariants

    return await invariants(ls.session, params)


@server.feature("adr-lsp/coverage")
async def on_coverage(ls: AdrServer, params: Any) -> Any:
    from adr_lsp.lsp.testing import coverage

    return await coverage(ls.session, params)


@server.feature("adr-lsp/debug")
async def on_debug(ls: AdrServer, params: Any) -> Any:
    from adr_lsp.lsp.testing import debug

    return await debug(ls.session, params)


@server.feature(
    lsp.TEXT_DOCUMENT_CODE_ACTION,
    lsp.CodeActionOptions(code_action_kinds=KINDS, resolve_provider=True),
)
async def on_code_action(ls: AdrServer, params: lsp.CodeActionParams) -> Any:
    from adr_lsp.features.actions import AT_A_PLACE, code_actions

    asked = params.context.only
    only = AT_A_PLACE if asked is None else tuple(map(_name, asked))
    return await ls.session.answer(
        code_actions, params, only=only, defers=ls.abilities.resolves_edits
    )


@server.feature(lsp.CODE_ACTION_RESOLVE)
async def on_chosen(ls: AdrServer, params: lsp.CodeAction) -> lsp.CodeAction:
    """The edits of an action that was shown without them."""
    from adr_lsp.features.actions.write_scaffold import chosen

    data = params.data if isinstance(params.data, dict) else {}
    if params.edit is None and data:
        later = {name: str(data.get(name, "")) for name in ("key", "method")}
        params.edit = await ls.session.answer(chosen, params, **later)
    return params


def _name(kind: lsp.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, lsp.CodeActionKind) else kind
