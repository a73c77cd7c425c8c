"""Where the selected tests stand among the crates of a package, and how cargo is told so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from adr_lsp.run.recording.content import read_regular
from adr_lsp.run.tool import Selected
from adr_lsp.run.tools.cargo.manifest import Package, Target
from adr_lsp.run.tools.cargo.modules import Modules, module_in, modules_of, split
from adr_lsp.run.tools.cargo.nextest import binary_id

LONGEST_COMMAND = 60_000
GENERATES = re.compile(
    rb"#\s*\[\s*(?:\w+\s*::\s*)*(?:rstest|test_case|case|parameterized|values)\b"
)
Located = Mapping[Selected, tuple[Target, str]]


class Layout:
    """`located`: the crate of each selected test, and its name there; those that stand in none
    of the crates are missing."""

    def __init__(self, root: Path, package: Package, tests: tuple[Selected, ...]) -> None:
        self.root = root
        self.package = package
        self.modules: dict[Target, Modules] = {}
        found = ((test, self._locate(test)) for test in tests)
        self.located: Located = {test: place for test, place in found if place}

    def _locate(self, test: Selected) -> tuple[Target, str] | None:
        path = (self.root / test.path).relative_to(self.package.folder).as_posix()
        for target in self.package.targets:
            module = module_in(self._modules(target), path)
            if module is not None:
                return target, "::".join(filter(None, (module, test.name)))
        return None

    def _modules(self, target: Target) -> Modules:
        if target not in self.modules:
            self.modules[target] = modules_of(self.package, target)
        return self.modules[target]

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        return tuple(dict.fromkeys(target for target, _ in self.located.values()))

    def target_at(self, path: str) -> Target | None:
        """The crate of a root file, as cargo names it."""
        return next((t for t in self.package.targets if t.path == path), None)

    def target_of(self, binary: str) -> Target | None:
        """The crate that nextest calls so."""
        targets = self.package.targets
        return next((t for t in targets if binary_id(self.package, t) == binary), None)

    def test(self, target: Target, name: str) -> tuple[str, str | None] | None:
        """A test of a crate as `path::name` of the format, and the case of it that a macro made."""
        place = split(self._modules(target), name)
        if place is None:
            return None
        path = (self.package.folder / place[0]).relative_to(self.root).as_posix()
        for selected in self.located:
            if selected.path == path and place[1].startswith(f"{selected.name}::"):
                return selected.id, f"[{place[1][len(selected.name) + 2 :]}]"
        return f"{path}::{place[1]}", None

    def words(self) -> tuple[str, ...]:
        """The package and its crates, for `cargo test` and `cargo nextest run`."""
        chosen = (
            ("--lib",) if target.kind == "lib" else (f"--{target.kind}", target.name)
            for target in self.targets
        )
        return ("--package", self.package.name, *(word for words in chosen for word in words))

    def filters(self) -> tuple[str, ...]:
        """What libtest is told to run; nothing where whole files are meant, or too many tests."""
        names = sorted({name for _, name in self.located.values()})
        whole = any(not test.name for test in self.located)
        if whole or sum(map(len, names)) > LONGEST_COMMAND:
            return ()
        return (*(() if self._generates() else ("--exact",)), *names)

    def expression(self) -> str:
        """What nextest is told to run."""
        written = " | ".join(self._expressions())
        return written if len(written) <= LONGEST_COMMAND else "all()"

    def _expressions(self) -> Iterator[str]:
        for target in self.targets:
            names = sorted(name for t, name in self.located.values() if t == target)
            chosen = (f"test(/^{_escaped(n)}(::|$)/)" if n else "all()" for n in names)
            tests = " | ".join(chosen)
            yield f"(binary_id(={binary_id(self.package, target)}) & ({tests}))"

    def _generates(self) -> bool:
        """Whether a macro makes several tests of one, which have longer names."""
        paths = {test.path for test in self.located}
        return any(GENERATES.search(read_regular(self.root / path) or b"") for path in paths)


def _escaped(name: str) -> str:
    return re.sub(r"([^\w:])", r"\\\1", name)
