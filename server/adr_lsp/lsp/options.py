"""What a client may set, validated."""

from __future__ import annotations

import logging
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

log = logging.getLogger(__name__)


class Options(BaseModel):
    """`initializationOptions`, and the section `adr-lsp` of the client's settings.

    `trusted` is whether the user trusts the workspace: only then does anything run. `display`
    chooses among verdicts only (`quiet`), with lenses (`normal`), and with all of it (`rich`).
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    trusted: bool = False
    display: Literal["quiet", "normal", "rich"] = "normal"
    run: Literal["onType", "onSave"] = "onType"
    diagnostics: Literal["open", "workspace"] = "open"


def read_options(raw: Any, before: Options | None = None) -> Options:
    """What can be used of the client's words; a value that is not allowed keeps the one before."""
    known = (before or Options()).model_dump()
    given = raw if isinstance(raw, dict) else {}
    for name in known.keys() & given.keys():
        try:
            known[name] = Options.model_validate({**known, name: given[name]}).model_dump()[name]
        except ValidationError:
            log.warning("option %s: %r is not allowed", name, given[name])
    return Options.model_validate(known)
