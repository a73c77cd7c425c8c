"""Runs the server as one who may do only what the rights of files allow, whoever starts it."""

import ctypes
import os
import sys

DROP_FOR_GOOD = 24  # PR_CAPBSET_DROP
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2

libc = ctypes.CDLL(None)
for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
    libc.prctl(DROP_FOR_GOOD, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
