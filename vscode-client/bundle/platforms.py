"""The platforms that VS Code has a package for, and which wheels run on each."""

from __future__ import annotations

import platform
import sys
import sysconfig
from dataclasses import dataclass

from packaging.tags import mac_platforms

OLDEST, NEWEST = 11, 14
PYTHONS = tuple(f"3.{minor}" for minor in range(OLDEST, NEWEST + 1))

# What VS Code itself asks for: glibc 2.28, musl 1.2, macOS 12.
GLIBC, MUSL, MACOS = 28, 2, (12, 0)
OLD_GLIBC = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform by VS Code's name: the tags of wheels for it, the best first, and what it
    answers to the markers of requirements."""

    name: str
    tags: tuple[str, ...]
    system: str
    machine: str

    def markers(self, python: str) -> dict[str, str]:
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "os_name": "nt" if self.system == "win32" else "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": {"win32": "Windows", "darwin": "Darwin"}.get(self.system, "Linux"),
            "platform_version": "",
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": self.system,
            "extra": "",
        }


def _glibc(machine: str) -> tuple[str, ...]:
    names = [[f"manylinux_2_{n}", *OLD_GLIBC.get(n, "").split()] for n in range(GLIBC, 4, -1)]
    return tuple(f"{name}_{machine}" for each in names for name in each)


def _musl(machine: str) -> tuple[str, ...]:
    return tuple(f"musllinux_1_{n}_{machine}" for n in range(MUSL, -1, -1))


def _mac(machine: str) -> tuple[str, ...]:
    return tuple(mac_platforms(MACOS, machine))


ALL = (
    Platform("linux-x64", _glibc("x86_64"), "linux", "x86_64"),
    Platform("linux-arm64", _glibc("aarch64"), "linux", "aarch64"),
    Platform("alpine-x64", _musl("x86_64"), "linux", "x86_64"),
    Platform("darwin-x64", _mac("x86_64"), "darwin", "x86_64"),
    Platform("darwin-arm64", _mac("arm64"), "darwin", "arm64"),
    Platform("win32-x64", ("win_amd64",), "win32", "AMD64"),
    Platform("win32-arm64", ("win_arm64",), "win32", "ARM64"),
)


def here() -> str:
    """What VS Code calls the platform that this runs on."""
    system = {"win32": "win32", "darwin": "darwin"}.get(sys.platform, "linux")
    if system == "linux" and "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or ""):
        system = "alpine"
    arm = platform.machine().lower() in ("arm64", "aarch64")
    return f"{system}-{'arm64' if arm else 'x64'}"
