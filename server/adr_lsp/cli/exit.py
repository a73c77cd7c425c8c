"""What the exit codes mean."""

from enum import IntEnum


class Exit(IntEnum):
    CLEAN = 0  # nothing at or above the threshold
    FINDINGS = 1
    USAGE = 2  # arguments, configuration, a missing path, no record
    FAULT = 3  # ours, or a tool that could not start


class Stop(Exception):
    """Ends the command with a message on stderr and an exit code."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code
