"""An acquirer for tests: it keeps the contract of `Gateway` and fails when it is told to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from ledger.capture import DeclinedError, GatewayTimeoutError, KeyReusedError
from ledger.money import Money


class Fault(Enum):
    """What goes wrong with one call."""

    NONE = auto()
    REQUEST_LOST = auto()
    REPLY_LOST = auto()
    DECLINED = auto()


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that was taken from a card."""

    key: str
    amount: Money
    reference: str


class ScriptedGateway:
    """Takes one fault per call from its script; without one, it answers."""

    def __init__(self, script: Iterable[Fault] = ()) -> None:
        self.script = list(script)
        self.charges: list[Charge] = []
        self.calls = 0

    def charge(self, key: str, amount: Money) -> str:
        """Charge once per key, whatever becomes of the reply."""
        self.calls += 1
        fault = self.script.pop(0) if self.script else Fault.NONE
        if fault is Fault.REQUEST_LOST:
            raise GatewayTimeoutError(key)
        if fault is Fault.DECLINED:
            raise DeclinedError(key)
        charge = self._charge(key, amount)
        if fault is Fault.REPLY_LOST:
            raise GatewayTimeoutError(key)
        return charge.reference

    def _charge(self, key: str, amount: Money) -> Charge:
        for charge in self.charges:
            if charge.key == key and charge.amount != amount:
                raise KeyReusedError(key)
            if charge.key == key:
                return charge
        self.charges.append(Charge(key, amount, f"ch_{len(self.charges) + 1}"))
        return self.charges[-1]
