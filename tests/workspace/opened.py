"""Runs adr-lsp and writes down each file and folder below a folder that is opened on the way.

Called as `opened.py LOG FOLDER ARGUMENT…`.
"""

import os
import sys

log_path, folder, *arguments = sys.argv[1:]
log = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note(event, args):
    if event in ("open", "os.scandir", "os.listdir") and str(args[0]).startswith(folder):
        os.write(log, f"{args[0]}\n".encode())


sys.addaudithook(note)
sys.path.pop(0)
from adr_lsp.cli.main import main  # noqa: E402

sys.exit(main(arguments))
