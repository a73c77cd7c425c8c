"""Generated logs: records that break rules of several kinds, in several logs with namesakes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from adr_lsp.config import Config
from adr_lsp.snapshot import Snapshot
from rules.case import MemoryTree, snapshot

_LINES = [
    "See [there](gone.md).",
    "See [elsewhere](lost.md).",
    "- **INV-1**: A queue is usually short.",
    "- **INV-1**: A queue is fast.",
    "- **INV-2** *(nonsense)*: A queue holds 3 items.",
    "## Invariants",
    "- A queue never drops an item.",
    "<!-- adr-lsp: ignore-file ADL101 -->",
    "<!-- adr-lsp: ignore ADL103 agreed -->",
    "Supersedes ADR-0009",
    "",
]
_NAMES = ["0001-use-queues", "0001-use-streams", "0002-use-queues", "0003-x"]
_HEADS = ["# {}. Use queues", "# {}. Use `q`\n\nStatus: Proposed", "---\nstatus: [\n---\n# {}. X"]


@st.composite
def record(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.sampled_from(_LINES), max_size=7))
    head = draw(st.sampled_from(_HEADS)).format(draw(st.integers(1, 3)))
    return "\n\n".join([head, *lines]) + "\n"


def records() -> st.SearchStrategy[dict[str, bytes]]:
    """Files of one or two logs, by path."""
    paths = st.builds("{}/adr/{}.md".format, st.sampled_from(["a", "b"]), st.sampled_from(_NAMES))
    return st.dictionaries(paths, record().map(str.encode), min_size=1, max_size=5)


def root(
    files: dict[str, bytes], config: Config | None = None, baseline: str | None = None
) -> Snapshot:
    """A root of these records and tests; untouched without configuration and baseline."""
    config = config or Config()
    tree = MemoryTree(dict(files))
    made = snapshot(tree, {path for path in files if not path.endswith(".py")})
    if baseline is not None:
        tree.files[config.baseline] = baseline.encode()
    return replace(made, config=config, memo={})
