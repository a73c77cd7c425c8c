"""A shape as the text of a test."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Sequence

from adr_lsp.scaffold.templates import templates
from adr_lsp.scaffold.typescript.asserting import test_function
from adr_lsp.scaffold.typescript.draft import Argument, Draft, Shape
from adr_lsp.scaffold.typescript.expression import WIDTH, Expression, layout, one_line
from adr_lsp.scaffold.typescript.machine import Step, World, drawn_together, inside, source_of
from adr_lsp.scaffold.typescript.names import camel, plural

_LONG = 60
_SHORT = 30
_TITLE = 84
_LONGEST = 400
_EXAMPLE = re.compile(r"\b(?:for example|for instance|e\.g\.)", re.IGNORECASE)


def render(draft: Draft, shape: Shape, title: str) -> str:
    """The test's text in our own style; the imports that it needs are in `draft.names`."""
    library = "fc"
    if shape.template != "example":
        known = draft.names.known(["fast-check"], "*")
        library = known or draft.names.use("fast-check", "default", "fc")
    makes = {"machine": _machine, "property": _property}
    special = makes[shape.template](draft, shape) if shape.template in makes else {}
    is_async = draft.is_async
    text = templates("typescript").get_template(f"{shape.template}.ts.j2").render(
        {**shape.values, **special},
        **frame(draft, title),
        is_async=is_async,
        typed=draft.typed,
        notes=[comment(note) for note in draft.arbitraries.notes],
    )  # fmt: skip
    return tidied(text if library == "fc" else re.sub(r"(?<![\w.$])fc\.", f"{library}.", text))


def frame(draft: Draft, title: str) -> dict[str, object]:
    """What stands around every test: who it verifies, its title, and the line that skips it."""
    runner = draft.asserting.runner
    reason = f"not implemented: {draft.reference}"
    whole = title.removesuffix(": $name").rstrip(". ") == plain(draft.statement).rstrip(". ")
    return {
        "reference": draft.reference,
        "test": test_function(runner, draft.names),
        "title": f'"{title}"',
        "skipped": "{ skip: true }" if runner == "vitest" else f'{{ skip: "{reason}" }}',
        "stated": [] if whole else stated(draft.statement),
    }


def tidied(text: str) -> str:
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") + "\n"


def _property(draft: Draft, shape: Shape) -> dict[str, object]:
    shared, arguments = _shared(draft)
    arguments = arguments or [("", "fc.constant(null)")]
    flat = [one_line(a) for _, a in arguments]
    names = ", ".join(name for name, _ in arguments)
    kind = "fc.asyncProperty" if draft.is_async else "fc.property"
    callback = f"{'async ' if draft.is_async else ''}({names}) =>"
    hugged = f"{kind}({', '.join([*flat, callback])}"
    lines = (*draft.setup, *shape.lines)
    return {
        "shared": shared,
        "hugged": hugged if len(hugged) + 8 <= WIDTH else "",
        "property": kind,
        "callback": callback,
        "arbitraries": [layout(arbitrary, 8) for _, arbitrary in arguments],
        "body": "\n".join(lines),
    }


def _shared(draft: Draft) -> tuple[list[str], list[tuple[str, Expression]]]:
    """A long arbitrary that several arguments have, as a name that stands before."""
    sources = [one_line(argument.arbitrary) for argument in draft.arguments]
    found: dict[str, str] = {}
    lines = []
    for argument, source in zip(draft.arguments, sources, strict=True):
        if sources.count(source) > 1 and len(source) > _LONG and source not in found:
            name = found[source] = draft.names.local(_many(argument))
            lead = f"const {name} = "
            lines.append(f"{lead}{inside(layout(argument.arbitrary, 4, len(lead)), 4)};")
    arguments = [
        (argument.name, found.get(source, argument.arbitrary))
        for argument, source in zip(draft.arguments, sources, strict=True)
    ]
    return lines, arguments


def _many(argument: Argument) -> str:
    """A name for many values of a type."""
    name = argument.hint.short if argument.hint.is_own else argument.name
    return plural(camel(name)) if len(name) > 1 else "values"


def _machine(draft: Draft, shape: Shape) -> dict[str, object]:
    values = shape.values
    world, steps = values["world"], values["steps"]
    assert isinstance(world, World) and isinstance(steps, list)
    known: list[Step] = steps
    refusals = values.get("refusals", ())
    holders, model = values.get("holders"), values.get("model", "")
    keyed = not holders and any(step.key for step in known)
    shared, found = _shared_steps(draft, known)
    after = _after(str(holders) if holders else "", keyed=keyed)
    return {
        "make": "begin",
        "taken": ", ".join(_typed(draft, a) for a in world.given),
        "names": ", ".join(a.name for a in world.given),
        "world": {"lines": world.lines, "shown": world.shown},
        **_commands(draft, world),
        "makes_later": any("await " in line for line in world.lines),
        "opening": _opening(draft, str(values.get("model_type", "object")), keyed, holders),
        "after": after,
        "did": "const done = " if holders else "",
        "refused": _refused(refusals),
        "model": model,
        "shared": shared,
        "steps": [source_of(step, shared=found) for step in known],
    }  # fmt: skip


def _commands(draft: Draft, world: World) -> dict[str, object]:
    """The property over the steps, and what is drawn for the world that they begin with."""
    kind = "fc.asyncProperty" if draft.is_async else "fc.property"
    names = ", ".join([*(a.name for a in world.given), "steps"])
    drawn = [*(a.arbitrary for a in world.given), "commands"]
    callback = f"{'async ' if draft.is_async else ''}({names}) =>"
    hugged = f"{kind}({', '.join([*map(one_line, drawn), callback])}"
    return {
        "hugged": hugged if len(hugged) + 8 <= WIDTH else "",
        "property": kind,
        "callback": callback,
        "arbitraries": [layout(each, 8) for each in drawn],
    }


def _shared_steps(draft: Draft, steps: list[Step]) -> tuple[list[str], dict[str, str]]:
    """What several commands draw, as a name that stands before."""
    drawn = [drawn_together(step.arguments)[0] for step in steps if step.arguments]
    sources = [one_line(each) for each in drawn]
    found: dict[str, str] = {}
    lines = []
    for each, source in zip(drawn, sources, strict=True):
        if sources.count(source) > 1 and len(source) > _SHORT and source not in found:
            name = found[source] = draft.names.local("given")
            lines.append(f"const {name} = {inside(layout(each, 4, len(name) + 9), 4)};")
    return lines, found


def _opening(draft: Draft, model: str, keyed: bool, holders: object) -> str:
    """How the function that makes a command begins."""
    taken = [("name", ": string"), ("act", ": (world: World) => unknown")]
    if holders:
        taken += [("who", "?: unknown"), ("does", '?: "takes" | "gives"')]
    elif keyed:
        taken.append(("key", "?: unknown"))
    kind = "fc.AsyncCommand" if draft.is_async else "fc.Command"
    typed = [f"{name}{hint}" if draft.typed else name for name, hint in taken]
    returns = f": {kind}<{model}, World>" if draft.typed else ""
    flat = f"const step = ({', '.join(typed)}){returns} => ({{"
    if len(flat) + 4 <= WIDTH:
        return flat
    return "const step = (\n" + "".join(f"  {each},\n" for each in typed) + f"){returns} => ({{"


def _after(holders: str, *, keyed: bool) -> list[str]:
    """What the model learns of a call that was not refused."""
    if holders:
        return [
            'if (does === "takes" && done !== false) model.holders.add(who);',
            f'if (does === "gives" && done !== false) model.holders.{holders};',
        ]
    return ["if (key !== undefined) model.asked.add(key);"] if keyed else []


def _refused(names: object) -> str:
    found = names if isinstance(names, tuple) else ()
    return " || ".join(f"error instanceof {name}" for name in found)


def _typed(draft: Draft, argument: Argument) -> str:
    if not draft.typed:
        return argument.name
    return f"{argument.name}: {draft.arbitraries.written(argument.hint)}"


def plain(statement: str) -> str:
    """Words that can stand in a comment or between quotes."""
    shown = "".join(c if c.isprintable() and not _is_format(c) else " " for c in statement)
    text = re.sub(r"(?i)(adr-lsp|verifies)\s*:", r"\1", " ".join(shown.split()))
    return text or "The invariant has no statement yet."


def _is_format(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cs", "Co", "Cn")


def title_of(statement: str, others: Sequence[str] = ()) -> str:
    """The statement's own words; more of them where another's title begins the same."""
    own = _words(statement)
    rivals = [_words(other) for other in others]
    length = _TITLE
    while length < min(len(own), _LONGEST) and any(
        _cut(r, length) == _cut(own, length) for r in rivals
    ):
        length += 20
    return _cut(own, length)


def _words(statement: str) -> str:
    """Without what has a meaning in strings, titles of tests and links of records."""
    text = re.sub(r"[`\\|$%\[\]{}*<>#@]", "", plain(statement)).replace("::", ":")
    text = text.replace('"', "'")
    text = " ".join(_EXAMPLE.split(text, maxsplit=1)[0].split())
    return text.rstrip(" .,;:!(") or "the invariant"


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    short = text[: length + 1].rpartition(" ")[0] or text[:length]
    return short.rstrip(" ,;:.-–—(")


def stated(statement: str) -> list[str]:
    return textwrap.wrap(plain(statement), WIDTH - 3, break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip


def comment(note: str) -> str:
    """A note as `// TODO:` lines."""
    lines = textwrap.wrap(plain(note), WIDTH - 16, break_long_words=False, break_on_hyphens=False)
    return "// TODO: " + "\n//   ".join(lines)
