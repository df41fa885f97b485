"""The command line of the ETL run again and again without loading it anew: forked.py ARGUMENTS…

A line on the standard input starts a run in a process of its own, whose number comes first on the
output; the next line asks how it ended, with the sign that subprocess gives to a signal.
"""

from __future__ import annotations

import os
import sys

from etl.cli import main

for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            print(os.getpid(), flush=True)
            main(sys.argv[1:])
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            print("over", flush=True)
            os._exit(code)
    # Kept as it is until asked for, so that nobody else gets its number.
    sys.stdin.readline()
    _, status = os.waitpid(child, 0)
    print("ended", os.waitstatus_to_exitcode(status), flush=True)
