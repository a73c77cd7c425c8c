"""Starts the bundled server with the libraries that are made for this interpreter.

    python launch.py --can-run     # prints this Python's version; 3: one line says why it cannot
    python launch.py [WORDS]       # adr-lsp's own

Any Python can read this file, so that a wrong one is told so. The folders of `libs` say which can
run the server: `cp311` holds what is compiled for CPython 3.11, `abi3` and `py` what all share.
"""
# ruff: noqa: PTH100, PTH118, PTH120, PTH208, UP031

import os
import sys

UNFIT = 3
LIBS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "libs")


def implementation():
    found = getattr(sys, "implementation", None)
    return found.name if found is not None else "cpython"


def version():
    return "%d.%d.%d" % sys.version_info[:3]


def supported():
    """The versions of CPython that something is compiled for, the oldest first."""
    return sorted(int(name[len("cp3") :]) for name in os.listdir(LIBS) if name.startswith("cp3"))


def reason():
    """Why this interpreter cannot run the server; empty if it can."""
    minors = supported()
    ends = sorted({minors[0], minors[-1]})
    needs = "needs CPython " + " to ".join("3.%d" % minor for minor in ends)
    if implementation() != "cpython":
        return "%s; found %s %s" % (needs, implementation(), version())
    if sys.version_info[0] != 3 or sys.version_info[1] not in minors:
        newer = sys.version_info[:2] > (3, minors[-1])
        what = ", which is newer than this version of adr-lsp" if newer else ""
        return "%s; found %s%s" % (needs, version(), what)
    if not is_compiled_for_it():
        suffix = extension_suffix()
        return "this package is for another machine or build of Python than %s" % suffix
    return ""


def extension_suffix():
    """What the names of modules compiled for this very interpreter end in."""
    from importlib.machinery import EXTENSION_SUFFIXES

    return EXTENSION_SUFFIXES[0]


def is_compiled_for_it():
    for _, _, files in os.walk(compiled()):
        if any(name.endswith(extension_suffix()) for name in files):
            return True
    return False


def compiled():
    return os.path.join(LIBS, "cp3%d" % sys.version_info[1])


def main():
    why = reason()
    if why:
        sys.stderr.write("adr-lsp: %s (%s)\n" % (why, sys.executable))
    if sys.argv[1:] == ["--can-run"]:
        print(why or version())
    if why or sys.argv[1:] == ["--can-run"]:
        return UNFIT if why else 0
    os.environ["ADR_LSP_LIBS"] = LIBS  # for recorders, in an interpreter that lacks what they use
    sys.path[:0] = [os.path.join(LIBS, "py"), os.path.join(LIBS, "abi3"), compiled()]
    from adr_lsp.__main__ import main as serve

    return serve()


if __name__ == "__main__":
    sys.exit(main())
