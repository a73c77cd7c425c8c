"""Runs adr-lsp and writes down each process, connection, write and foreign code on the way.

Called as `audited.py LOG FOLDER ARGUMENT…`; what stands in LOG is one JSON list a line.
"""

import json
import os
import sys

log_path, folder, *arguments = sys.argv[1:]
log = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
NET = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto")
CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def note(event, args):
    if event in STARTS + NET + CHANGES or (
        event == "open" and isinstance(args[2], int) and args[2] & WRITES
    ):
        tell(event, args)
    elif event == "exec" and str(getattr(args[0], "co_filename", "")).startswith(folder):
        tell(event, [args[0].co_filename])


def tell(event, args):
    os.write(log, json.dumps([event, *map(str, args)]).encode() + b"\n")


sys.addaudithook(note)
sys.argv = ["adr-lsp", *arguments]
sys.path.pop(0)
from adr_lsp.__main__ import main  # noqa: E402

sys.exit(main())
