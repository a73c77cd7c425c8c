"""How a test file imports a module of the project: by path or alias, with or without suffix."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from adr_lsp.scaffold.typescript.code import Code
from adr_lsp.scaffold.typescript.settings import Alias
from adr_lsp.scaffold.typescript.syntax import TYPED

_MOST = 60
_SPECIFIER = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])([^"'\n]+)\1""")
_NO_CODE = re.compile(r"\.(?:json|css|scss|less|svg|png|html|vue|svelte|md|wasm)\Z|[./]\Z")
_SUFFIX = re.compile(r"\.[cm]?[jt]sx?\Z")
_COMPILED = {".ts": ".js", ".tsx": ".js", ".mts": ".mjs", ".cts": ".cjs"}
_RUNS_TYPES = re.compile(r"\bnode\b(?!.*(?:tsx|ts-node|--loader|--import|-r ))[^&|;\n]*--test")


class Specifiers:
    """How `test_path` names other files; `by_node` says that Node itself will read it."""

    def __init__(self, code: Code, test_path: str, *, by_node: bool, is_commonjs: bool) -> None:
        self.code, self.test_path = code, test_path
        self.by_node, self.is_commonjs = by_node, is_commonjs
        self.settings = code.settings(test_path)
        self._seen: tuple[Counter[str], list[str]] | None = None

    def of(self, path: str) -> str:
        """The specifier of a file, as the project's other files write them."""
        alias = self._aliased(path)
        if alias:
            return alias
        folder = posixpath.dirname(self.test_path) or "."
        relative = posixpath.relpath(path, folder)
        relative = relative if relative.startswith(".") else f"./{relative}"
        return self._with_suffix(relative, path)

    def _with_suffix(self, relative: str, path: str) -> str:
        stem, suffix = posixpath.splitext(relative)
        style = self._style(path)
        if style == "none":
            if posixpath.basename(stem) == "index" and stem not in ("./index", "../index"):
                return posixpath.dirname(stem)
            return stem
        return relative if style == "own" else stem + _COMPILED.get(suffix, suffix)

    def _style(self, path: str) -> str:
        """`own` (`.ts` for a `.ts`), `compiled` (`.js` for a `.ts`) or `none`."""
        habit = self.habit(path)
        if habit:
            return habit
        if not path.endswith(TYPED):
            return "none" if self.is_commonjs and path.endswith(".js") else "own"
        if self.settings.options.get("allowImportingTsExtensions") is True:
            return "own"
        if self.by_node and self._types_are_stripped():
            return "own"
        ways = (self.settings.option("moduleResolution"), self.settings.option("module"))
        if any(way.startswith("node") and way not in ("node", "node10") for way in ways):
            return "compiled"
        return "none"

    def _types_are_stripped(self) -> bool:
        loaders = {"tsx", "ts-node", "@swc-node/register", "esbuild-register", "ts-jest"}
        scripts = self.settings.scripts
        return bool(_RUNS_TYPES.search(scripts)) or not (loaders & self.settings.packages)

    def habit(self, path: str) -> str:
        """What most relative imports of the project's other files do; "" where there are none."""
        counted = self._written()[0]
        typed = path.endswith(TYPED)
        styles = {"none": counted["none"], "own": counted["own" if typed else "plain"]}
        styles["compiled" if typed else "own"] = counted["compiled" if typed else "plain"]
        best = max(styles, key=lambda style: styles[style])
        return best if styles[best] else ""

    def _written(self) -> tuple[Counter[str], list[str]]:
        """How relative imports end, and all specifiers that are not relative."""
        if self._seen is None:
            counted: Counter[str] = Counter()
            others: list[str] = []
            for path in self._files():
                for _, specifier in _SPECIFIER.findall(self.code.text(path)[:20_000]):
                    if specifier.startswith("."):
                        counted[self._kind(specifier, path)] += 1
                    else:
                        others.append(specifier)
            self._seen = counted, others
        return self._seen

    def _files(self) -> list[str]:
        below = f"{self.settings.folder}/" if self.settings.folder else ""
        inside = sorted(path for path in self.code.files if path.startswith(below))
        tests = [path for path in inside if re.search(r"\.(?:test|spec)\.\w+\Z", path)]
        return list(dict.fromkeys((*tests, *inside)))[:_MOST]

    def _kind(self, specifier: str, importer: str) -> str:
        suffix = _SUFFIX.search(specifier)
        if suffix is None:
            return "other" if _NO_CODE.search(specifier) else "none"
        if suffix[0] in TYPED:
            return "own"
        found = self.code.resolve(specifier, importer)
        return "compiled" if found and found.endswith(TYPED) else "plain"

    def _aliased(self, path: str) -> str | None:
        """By an alias, if the project's files use that alias."""
        used = self._written()[1]
        for alias in (*self.settings.subpaths, *self.settings.aliases):
            lead = alias.pattern.partition("*")[0]
            if not lead or not any(specifier.startswith(lead) for specifier in used):
                continue
            suffixed = any(specifier.startswith(lead) and _SUFFIX.search(specifier)
                           for specifier in used)  # fmt: skip
            for specifier in _turned(alias, path, suffixed=suffixed):
                if self.code.resolve(specifier, self.test_path) == path:
                    return specifier
        return None


def _turned(alias: Alias, path: str, *, suffixed: bool) -> Iterator[str]:
    """The specifiers that an alias gives for a file, as the others are written first."""
    forms = [_SUFFIX.sub("", path), _SUFFIX.sub(".js", path), path]
    for form in (*forms[1:], forms[0]) if suffixed else forms:
        for place in alias.paths:
            before, star, after = place.partition("*")
            fits = form.startswith(before) and form.endswith(after)
            if star and fits and len(form) >= len(before) + len(after):
                middle = form[len(before) : len(form) - len(after)]
                yield alias.pattern.replace("*", middle)
            elif not star and form == place:
                yield alias.pattern
