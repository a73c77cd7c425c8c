"""XML from elsewhere, one element at a time: no entities of its own, no depth, no size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pyexpat import ExpatError, ParserCreate, errors

from adr_lsp.evidence.reports.model import Unreadable

LARGEST = 64 * 1024 * 1024
TOO_LARGE = Unreadable(f"it is larger than {LARGEST >> 20} MiB")
DEEPEST = 64
MOST_ELEMENTS = 2_000_000

Start = Callable[[str, Mapping[str, str]], None]


class _Refused(Exception):
    """What a report has no need of."""


def walk_xml(
    raw: bytes, start: Start, end: Callable[[str], None], text: Callable[[str], None]
) -> Unreadable | None:
    """Calls back for each element and its text; why it stopped, where the document is not whole.

    A DOCTYPE may name a system identifier, which is not fetched; one with declarations inside is
    refused, and so no entity is ever expanded.
    """
    if len(raw) > LARGEST:
        return TOO_LARGE
    depth = count = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST:
            raise _Refused(f"elements inside elements, deeper than {DEEPEST}")
        if count > MOST_ELEMENTS:
            raise _Refused(f"more than {MOST_ELEMENTS} elements")
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2])

    def doctype(_name: str, _system: object, _public: object, internal: int) -> None:
        if internal:
            raise _Refused("a DOCTYPE with declarations of its own")

    def entity(*_told: object) -> None:
        raise _Refused("a declaration of an entity")

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(raw, True)
    except _Refused as refused:
        return Unreadable(str(refused), parser.CurrentLineNumber)
    except ExpatError as fault:
        return Unreadable(errors.messages.get(fault.code, str(fault)), fault.lineno)
    except (ValueError, LookupError) as fault:  # an encoding that Python does not know
        return Unreadable(str(fault), 1)
    return None
