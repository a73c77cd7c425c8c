"""The features' values in the words of LSP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from adr_lsp.diagnostic import Diagnostic, Severity
from adr_lsp.features.actions.action import Action
from adr_lsp.features.authoring.refusal import Refusal
from adr_lsp.features.code_lens import CodeLens
from adr_lsp.features.completion.model import Completion, Completions, Kind
from adr_lsp.features.document_links import DocumentLink
from adr_lsp.features.document_symbols import Symbol
from adr_lsp.features.folding import Fold
from adr_lsp.features.highlights import Highlight
from adr_lsp.features.hover import Hover
from adr_lsp.features.inlay_hints import InlayHint
from adr_lsp.features.place import Location
from adr_lsp.features.renaming.model import Renameable
from adr_lsp.features.rule_page import page_url
from adr_lsp.features.selection_ranges import Selection
from adr_lsp.features.type_hierarchy import Level, Node
from adr_lsp.features.workspace_symbols import FoundSymbol, Named
from adr_lsp.lsp.abilities import Abilities
from adr_lsp.lsp.documents import Documents
from adr_lsp.lsp.fault import Refused
from adr_lsp.lsp.plain import plain
from adr_lsp.lsp.positions import position_to_client, range_to_client
from adr_lsp.snapshot import Snapshot
from adr_lsp.text import Change, Edit, Move, Position, Range, Text, decode

SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFORMATION: lsp.DiagnosticSeverity.Information,
    Severity.HINT: lsp.DiagnosticSeverity.Hint,
}

KINDS = {
    Kind.RECORD: lsp.CompletionItemKind.Reference,
    Kind.INVARIANT: lsp.CompletionItemKind.Constant,
    Kind.WORD: lsp.CompletionItemKind.EnumMember,
    Kind.FILE: lsp.CompletionItemKind.File,
    Kind.TEST: lsp.CompletionItemKind.Method,
    Kind.NAME: lsp.CompletionItemKind.Function,
    Kind.LABEL: lsp.CompletionItemKind.Keyword,
    Kind.SECTION: lsp.CompletionItemKind.Snippet,
}
SYMBOLS = {Named.RECORD: lsp.SymbolKind.Class, Named.INVARIANT: lsp.SymbolKind.Property}
LEVELS = {
    Level.LOG: lsp.SymbolKind.Namespace,
    Level.RECORD: lsp.SymbolKind.Class,
    Level.INVARIANT: lsp.SymbolKind.Property,
    Level.TEST: lsp.SymbolKind.Method,
}


@dataclass(frozen=True, slots=True)
class Converter:
    """Converts for one document of one snapshot, as far as the client is able to take it.

    `root` is spelled as the client does, `uris` are those that it gave to open documents.
    """

    root: Path
    path: str
    snapshot: Snapshot
    documents: Documents
    uris: Mapping[str, str]
    able: Abilities
    _texts: dict[str, Text] = field(default_factory=dict)

    def uri(self, path: str) -> str:
        return self.uris.get(path) or (self.root / path).as_uri()

    def text(self, path: str) -> Text:
        if path not in self._texts:
            self._texts[path] = self._text(path)
        return self._texts[path]

    def _text(self, path: str) -> Text:
        document = self.documents.get(self.uri(path))
        if document:
            return document.text
        record = self.snapshot.log.records.get(path)
        if record:
            return record.text
        return Text(decode(self.snapshot.tree.read(path) or b"")[0])

    def range(self, path: str, range: Range) -> lsp.Range:
        return range_to_client(self.text(path), range, self.documents.encoding)

    @singledispatchmethod
    def convert(self, value: Any) -> Any:
        if value is None:
            return None
        raise TypeError(f"no LSP form for {type(value).__name__}")

    @convert.register(list)
    def _(self, value: list[Any]) -> list[Any]:
        """What has no form that the client could take is left out."""
        return [form for item in value if (form := self.convert(item)) is not None]

    @convert.register
    def _(self, value: Hover) -> lsp.Hover:
        content = _markup(value.markdown, self.able.markdown_hover)
        return lsp.Hover(content, self.range(self.path, value.range))

    @convert.register
    def _(self, value: InlayHint) -> lsp.InlayHint:
        text = self.text(self.path)
        position = position_to_client(text, value.position, self.documents.encoding)
        return lsp.InlayHint(position, value.label, padding_left=True)

    @convert.register
    def _(self, value: CodeLens) -> lsp.CodeLens:
        arguments = [self.uri(self.path), *value.keys]
        command = lsp.Command(value.title, value.command, arguments=arguments)
        return lsp.CodeLens(self.range(self.path, value.range), command)

    @convert.register
    def _(self, value: Location) -> lsp.Location:
        return lsp.Location(self.uri(value.path), self.range(value.path, value.range))

    @convert.register
    def _(self, value: Completions) -> lsp.CompletionList:
        end = value.word_end
        items = [self._completion(place, item, end) for place, item in enumerate(value.items)]
        return lsp.CompletionList(is_incomplete=value.incomplete, items=items)

    def _completion(
        self, place: int, item: Completion, word_end: Position | None
    ) -> lsp.CompletionItem:
        """`place` keeps our order, whatever the client thinks of the words."""
        shown = _markup(item.documentation, self.able.markdown_items)
        kind = lsp.InsertTextFormat.Snippet if item.snippet else lsp.InsertTextFormat.PlainText
        return lsp.CompletionItem(
            label=item.label,
            kind=KINDS[item.kind],
            detail=item.detail or None,
            documentation=shown if item.documentation else None,
            sort_text=f"{place:04}",
            filter_text=item.fits or None,
            insert_text_format=kind,
            text_edit=self._typed(item, word_end),
        )

    def _typed(
        self, item: Completion, word_end: Position | None
    ) -> lsp.TextEdit | lsp.InsertReplaceEdit:
        """In the middle of a word the client's user chooses whether the rest of it stays; where
        none can choose, it goes."""
        insert = self.range(self.path, item.range)
        if word_end is None or item.range.start == item.range.end:
            return lsp.TextEdit(insert, item.text)
        whole = self.range(self.path, Range(item.range.start, word_end))
        if self.able.replaces:
            return lsp.InsertReplaceEdit(item.text, insert, whole)
        return lsp.TextEdit(whole, item.text)

    @convert.register
    def _(self, value: Highlight) -> lsp.DocumentHighlight:
        kinds = lsp.DocumentHighlightKind
        kind = kinds.Write if value.declares else kinds.Read
        return lsp.DocumentHighlight(self.range(self.path, value.range), kind)

    @convert.register
    def _(self, value: DocumentLink) -> lsp.DocumentLink:
        line = f"#L{value.line + 1}" if value.line else ""
        target = f"{self.uri(value.path)}{line}"
        tooltip = value.tooltip if self.able.tooltips else None
        return lsp.DocumentLink(self.range(self.path, value.range), target, tooltip)

    @convert.register
    def _(self, value: Fold) -> lsp.FoldingRange:
        kinds = lsp.FoldingRangeKind
        kind = kinds.Comment if value.comment else kinds.Region
        return lsp.FoldingRange(value.first, value.last, kind=kind)

    @convert.register
    def _(self, value: Selection) -> lsp.SelectionRange:
        grown: lsp.SelectionRange | None = None
        for range in reversed(value.ranges):
            grown = lsp.SelectionRange(self.range(self.path, range), grown)
        assert grown
        return grown

    @convert.register
    def _(self, value: FoundSymbol) -> lsp.WorkspaceSymbol:
        location = lsp.Location(self.uri(value.path), self.range(value.path, value.range))
        return lsp.WorkspaceSymbol(
            location,
            value.name,
            SYMBOLS[value.kind],
            container_name=value.within,
            data={"level": value.kind.value, "key": value.key},
        )

    @convert.register
    def _(self, value: Node) -> lsp.TypeHierarchyItem:
        return lsp.TypeHierarchyItem(
            name=value.name,
            kind=LEVELS[value.level],
            uri=self.uri(value.path),
            range=self.range(value.path, value.range),
            selection_range=self.range(value.path, value.selection),
            detail=value.detail,
            data={"level": value.level.value, "key": value.key},
        )

    @convert.register
    def _(self, value: Symbol) -> lsp.DocumentSymbol | lsp.SymbolInformation:
        if not self.able.trees:
            location = lsp.Location(self.uri(self.path), self.range(self.path, value.range))
            return lsp.SymbolInformation(location, value.name, lsp.SymbolKind.Property)
        return lsp.DocumentSymbol(
            name=value.name,
            kind=lsp.SymbolKind.Property,
            range=self.range(self.path, value.range),
            selection_range=self.range(self.path, value.selection),
            detail=value.detail,
        )

    @convert.register
    def _(self, value: Diagnostic) -> lsp.Diagnostic:
        related = [
            lsp.DiagnosticRelatedInformation(
                lsp.Location(self.uri(other.path), self.range(other.path, other.range)),
                other.message,
            )
            for other in (value.related if self.able.related else ())
        ]
        page = lsp.CodeDescription(page_url(value.code, value.name))
        return lsp.Diagnostic(
            range=self.range(value.path, value.range),
            message=value.message,
            severity=SEVERITIES[value.severity],
            code=value.code,
            code_description=page if self.able.code_pages else None,
            source="adr-lsp",
            related_information=related or None,
        )

    @convert.register
    def _(self, value: Action) -> lsp.CodeAction | None:
        later = value.later
        if not self.able.actions or not (later or self._can_write(value.edits)):
            return None
        return lsp.CodeAction(
            title=value.title,
            kind=value.kind,
            diagnostics=[self.convert(finding) for finding in value.mends] or None,
            edit=None if later else self.workspace_edit(value.edits),
            is_preferred=value.preferred or None,
            data=later and {"uri": self.uri(self.path), "key": later.key, "method": later.method},
        )

    @convert.register
    def _(self, value: Renameable) -> lsp.PrepareRenamePlaceholder:
        return lsp.PrepareRenamePlaceholder(self.range(self.path, value.range), value.name)

    @convert.register
    def _(self, value: Refusal) -> None:
        raise Refused(value.reason)

    @convert.register
    def _(self, value: Change) -> lsp.WorkspaceEdit:
        if value.moves and not self.able.renames:
            raise Refused("this editor renames no files; `adr-lsp renumber` does")
        return self.workspace_edit(value.edits, value.moves)

    def workspace_edit(
        self, edits: tuple[Edit, ...], moves: tuple[Move, ...] = ()
    ) -> lsp.WorkspaceEdit:
        """Edits by file, then renames; a file that is not there is created first."""
        if not self._can_write(edits):
            raise Refused("this editor creates no files; `adr-lsp scaffold` does")
        by_path: dict[str, list[lsp.TextEdit]] = {}
        for edit in edits:
            change = lsp.TextEdit(self.range(edit.path, edit.range), edit.new_text)
            by_path.setdefault(edit.path, []).append(change)
        if not self.able.versioned_edits:
            changes = {self.uri(path): found for path, found in by_path.items()}
            return lsp.WorkspaceEdit(changes=changes)
        steps: list[Any] = []
        for path, found in by_path.items():
            if self.able.creates and not self.snapshot.tree.exists(path):
                options = lsp.CreateFileOptions(ignore_if_exists=True)
                steps.append(lsp.CreateFile(self.uri(path), options=options))
            document = self.documents.get(self.uri(path))
            version = document.version if document else None
            identifier = lsp.OptionalVersionedTextDocumentIdentifier(self.uri(path), version)
            steps.append(lsp.TextDocumentEdit(identifier, found))
        steps += [lsp.RenameFile(self.uri(m.path), self.uri(m.new_path)) for m in moves]
        return lsp.WorkspaceEdit(document_changes=steps)

    def _can_write(self, edits: tuple[Edit, ...]) -> bool:
        """Whether the client can apply them: all files are there, or it makes those missing."""
        able = self.able.creates or self.able.makes_files
        return able or all(self.snapshot.tree.exists(edit.path) for edit in edits)


def _markup(markdown: str, knows: bool) -> lsp.MarkupContent:
    if knows:
        return lsp.MarkupContent(lsp.MarkupKind.Markdown, markdown)
    return lsp.MarkupContent(lsp.MarkupKind.PlainText, plain(markdown))


def together(edits: Sequence[lsp.WorkspaceEdit]) -> lsp.WorkspaceEdit | None:
    """Edits of several roots as one; they have no file in common."""
    if not edits:
        return None
    changes = {uri: found for edit in edits for uri, found in (edit.changes or {}).items()}
    steps = [step for edit in edits for step in edit.document_changes or ()]
    return lsp.WorkspaceEdit(changes=changes or None, document_changes=steps or None)
