"""What the client can take, as it said in `initialize`; what it did not say it is not sent."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp
from pygls.capabilities import get_capability

from adr_lsp.value import dataclass


@dataclass(frozen=True, slots=True)
class Abilities:
    """Whether a client knows Markdown in a hover and beside a completion, edits of versions of
    documents, and so on. One that said nothing gets what every client must know."""

    markdown_hover: bool = False
    markdown_items: bool = False
    snippets: bool = False
    replaces: bool = False
    trees: bool = False
    related: bool = False
    code_pages: bool = False
    actions: bool = False
    resolves_edits: bool = False
    tooltips: bool = False
    versioned_edits: bool = False
    creates: bool = False
    makes_files: bool = False
    renames: bool = False
    applies: bool = False
    shows_documents: bool = False
    shows_progress: bool = False
    shows_health: bool = False
    watches: bool = False
    pulls: bool = False
    asks_diagnostics: bool = False
    asks_hints: bool = False
    asks_lenses: bool = False


def abilities_of(client: lsp.ClientCapabilities, *, makes_files: bool = False) -> Abilities:
    """`makes_files`: an edit of a file that is not there makes it, though the client knows no
    operation that does."""

    def says(path: str) -> Any:
        return get_capability(client, path, None)

    operations = says("workspace.workspace_edit.resource_operations") or ()
    deferred = says("text_document.code_action.resolve_support.properties") or ()
    return Abilities(
        markdown_hover=_markdown(says("text_document.hover.content_format")),
        markdown_items=_markdown(
            says("text_document.completion.completion_item.documentation_format")
        ),
        snippets=bool(says("text_document.completion.completion_item.snippet_support")),
        replaces=bool(says("text_document.completion.completion_item.insert_replace_support")),
        trees=bool(says("text_document.document_symbol.hierarchical_document_symbol_support")),
        related=_of_findings(client, "related_information"),
        code_pages=_of_findings(client, "code_description_support"),
        actions=says("text_document.code_action.code_action_literal_support") is not None,
        resolves_edits="edit" in deferred and bool(says("text_document.code_action.data_support")),
        tooltips=bool(says("text_document.document_link.tooltip_support")),
        versioned_edits=bool(says("workspace.workspace_edit.document_changes") or operations),
        creates=lsp.ResourceOperationKind.Create in operations,
        makes_files=makes_files,
        renames=lsp.ResourceOperationKind.Rename in operations,
        applies=bool(says("workspace.apply_edit")),
        shows_documents=bool(says("window.show_document.support")),
        shows_progress=bool(says("window.work_done_progress")),
        shows_health=bool(_experimental(client).get("serverStatusNotification")),
        watches=bool(says("workspace.did_change_watched_files.dynamic_registration")),
        pulls=says("text_document.diagnostic") is not None,
        asks_diagnostics=bool(says("workspace.diagnostics.refresh_support")),
        asks_hints=bool(says("workspace.inlay_hint.refresh_support")),
        asks_lenses=bool(says("workspace.code_lens.refresh_support")),
    )


def _markdown(formats: list[lsp.MarkupKind | str] | None) -> bool:
    return lsp.MarkupKind.Markdown in (formats or ())


def _of_findings(client: lsp.ClientCapabilities, ability: str) -> bool:
    """What a client knows of findings holds for those pushed and those pulled."""
    kinds = ("publish_diagnostics", "diagnostic")
    return any(get_capability(client, f"text_document.{kind}.{ability}", False) for kind in kinds)


def _experimental(client: lsp.ClientCapabilities) -> dict[str, Any]:
    given: Any = client.experimental
    return given if isinstance(given, dict) else {}
