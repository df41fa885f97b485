"""One cursor a query against one connection for all: many threads ask the same question.

Run by itself (``python -m benchmarks.cursors shared|own``) because the wrong way may end the
process. Prints answers, wrong answers and errors.
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import duckdb

from observatory.db import queries
from observatory.db.connect import Databases, builds_folder, statement

THREADS = 8
ASKED = 400
QUERY = "economy_known"


def main(way: str) -> None:
    """Ask for the known values of every economy from many threads and compare with one thread."""
    db = Databases(builds_folder()).get()
    ids = [str(code) for code in db.query("economies")["economy_id"]]
    text, name = statement(QUERY), QUERY

    def parameters(code: str) -> dict[str, object]:
        return {"economy": code, "as_of": queries.NOW}

    right = {code: db.query(name, **parameters(code)).iloc[0, 0] for code in ids}

    def ask(number: int) -> str:
        code = ids[number % len(ids)]
        try:
            if way == "shared":
                # What not to do: the connection holds one result, that of whoever asked last.
                found = db._connection.execute(text, parameters(code)).df()
            else:
                found = db.query(name, **parameters(code))
        except (duckdb.Error, RuntimeError, SystemError):
            return "error"
        return (
            "right"
            if found is not None and len(found) and found.iloc[0, 0] == right[code]
            else "wrong"
        )

    with ThreadPoolExecutor(THREADS) as pool:
        seen = Counter(pool.map(ask, range(ASKED)))
    print(seen["right"], seen["wrong"], seen["error"])


if __name__ == "__main__":
    main(sys.argv[1])
