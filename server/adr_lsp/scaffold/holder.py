"""Which parameter says who takes something, by its name in any language's spelling."""

from __future__ import annotations

import re

_HOLDER = re.compile(
    r"(?:.*_)?(?:owner|holder|client|worker|who|user|session|replica|node|process|caller|by|"
    r"person|member|driver|thread|task|customer|guest|candidate|actor|name)(?:_id)?\Z"
)


def names_holder(name: str) -> bool:
    """`owner`, `workerId`, `taken_by`."""
    return bool(_HOLDER.match(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()))
