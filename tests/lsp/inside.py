"""Runs the server, and tells what it holds when asked. Two of its requests fail: `moniker` always,
`linkedEditingRange` when its line is 13."""

import asyncio
import os
import sys
import threading
from pathlib import Path

sys.path.pop(0)
from adr_lsp.lsp.handlers import server
from adr_lsp.workspace import Workspace
from adr_lsp.workspace.store import Store

passes, on_loop, read = 0, 0, 0
refresh, changed = Workspace.refresh, Store.changed
here = f"{Path.cwd()}{os.sep}"


def counted(self, **more):
    global passes, on_loop
    passes += 1
    on_loop += threading.current_thread() is threading.main_thread()
    return refresh(self, **more)


def looked(self):
    global on_loop
    on_loop += threading.current_thread() is threading.main_thread()
    return changed(self)


def heard(event, arguments):
    global read
    read += event == "open" and str(arguments[0]).startswith(here)


Workspace.refresh, Store.changed = counted, looked
sys.addaudithook(heard)


@server.feature("test/inside")
async def on_inside(ls, _):
    return {
        "passes": passes,
        "on loop": on_loop,
        "read": read,
        "tasks": len(asyncio.all_tasks()),
        "futures": len(ls.protocol._request_futures) + len(ls.protocol._result_types),
        "threads": threading.active_count(),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "documents": len(ls.session.places),
        "roots": len(ls.session.roots.all()),
        "memory": int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE"),
    }


@server.feature("textDocument/moniker")
async def on_moniker(ls, _):
    assert ls.session
    raise OSError(f"cannot read {Path.home()}/secret")


@server.feature("textDocument/linkedEditingRange")
async def on_linked(ls, params):
    assert ls.session and params.position.line != 13


sys.exit(server.serve())
