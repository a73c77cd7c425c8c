"""Python, as pytest runs it."""

from adr_lsp.sources.language import Language
from adr_lsp.sources.python.changing import definition_digest, what_changed
from adr_lsp.sources.python.reading import read
from adr_lsp.sources.python.vacuous import vacuity

PYTHON = Language(
    name="python",
    suffixes=(".py",),
    read=read,
    what_changed=what_changed,
    definition_digest=definition_digest,
    vacuity=vacuity,
)
