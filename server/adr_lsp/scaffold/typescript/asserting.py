"""What a test says must hold, in the words of its runner."""

from __future__ import annotations

from adr_lsp.scaffold.typescript.expression import WIDTH
from adr_lsp.scaffold.typescript.names import Names
from adr_lsp.value import dataclass

_STRICT = ("node:assert/strict", "assert/strict", "node:assert", "assert")
DEPTH = 8


@dataclass(slots=True)
class Asserting:
    """`runner` is vitest or node."""

    runner: str
    names: Names

    def equal(self, actual: str, expected: str) -> str:
        return self._stated(actual, "toEqual", "deepStrictEqual", expected)

    def unequal(self, actual: str, other: str) -> str:
        if self.runner == "vitest":
            return self._call(f"{self._expect(actual)}.not.toEqual", other)
        return self._call(f"{self._assert()}.notDeepStrictEqual", actual, other)

    def is_value(self, actual: str, expected: str) -> str:
        """For what is equal to nothing but itself: numbers, texts, truths."""
        return self._stated(actual, "toBe", "strictEqual", expected)

    def at_least(self, value: str, low: str) -> str:
        if self.runner == "vitest":
            return self._call(f"{self._expect(value)}.toBeGreaterThanOrEqual", low)
        return self._call(f"{self._assert()}.ok", f"{value} >= {low}")

    def at_most(self, value: str, high: str) -> str:
        if self.runner == "vitest":
            return self._call(f"{self._expect(value)}.toBeLessThanOrEqual", high)
        return self._call(f"{self._assert()}.ok", f"{value} <= {high}")

    def holds(self, condition: str) -> str:
        if self.runner == "vitest":
            return self._call(f"{self._expect(condition)}.toBe", "true")
        return self._call(f"{self._assert()}.ok", condition)

    def throws(self, call: str, error: str = "", *, is_async: bool = False) -> str:
        """The call refuses."""
        plain = call.removeprefix("await ")
        if self.runner == "vitest" and is_async:
            return self._call(f"await {self._expect(plain)}.rejects.toThrow", error)
        if self.runner == "vitest":
            return self._call(f"{self._expect(f'() => {_body(plain)}')}.toThrow", error)
        name = "rejects" if is_async else "throws"
        given = plain if is_async else f"() => {_body(plain)}"
        return self._call(f"{'await ' if is_async else ''}{self._assert()}.{name}", given, error)

    def never_throws(self, call: str, *, is_async: bool = False) -> str:
        plain = call.removeprefix("await ")
        if self.runner == "vitest":
            if is_async:
                return f"{call};"
            return self._call(f"{self._expect(f'() => {_body(plain)}')}.not.toThrow")
        if is_async:
            return self._call(f"await {self._assert()}.doesNotReject", plain)
        return self._call(f"{self._assert()}.doesNotThrow", f"() => {_body(plain)}")

    def _stated(self, actual: str, matcher: str, assertion: str, expected: str) -> str:
        if self.runner == "vitest":
            return self._call(f"{self._expect(actual)}.{matcher}", expected)
        return self._call(f"{self._assert()}.{assertion}", actual, expected)

    def _expect(self, actual: str) -> str:
        name = self.names.use("vitest", "expect")
        flat = f"{name}({actual})"
        return flat if len(flat) < WIDTH - DEPTH - 20 else f"{name}(\n  {actual},\n)"

    def _assert(self) -> str:
        known = self.names.known(_STRICT, "default") or self.names.known(_STRICT, "*")
        known = known or self.names.known(_STRICT, "strict")
        return known or self.names.use("node:assert/strict", "default", "assert")

    def _call(self, function: str, *arguments: str) -> str:
        given = [each for each in arguments if each]
        flat = f"{function}({', '.join(given)});"
        last = flat.rpartition("\n")[2]
        if len(last) <= WIDTH - DEPTH or not given:
            return flat
        return f"{function}(\n" + "".join(f"  {each},\n" for each in given) + ");"


def _body(call: str) -> str:
    """An arrow's body: an object literal needs brackets."""
    return f"({call})" if call.startswith("{") else call


def test_function(runner: str, names: Names) -> str:
    """`test` or `it`, as the file has it already."""
    module = {"vitest": ("vitest",), "node": ("node:test", "test")}[runner]
    for name in ("test", "it", "default"):
        known = names.known(module, name)
        if known:
            return known
    return names.use(module[0], "test")
