#!/usr/bin/env bash
# Set up, build the database where its inputs changed, and serve on PORT or the first free port.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=.venv/bin/python

scripts/setup.sh run
# Before the build: a port that is taken should be said at once.
port=$("$python" scripts/port.py "${PORT:-}")

status=0
"$python" -m etl build || status=$?
if [ "$status" -ne 0 ]; then
  if [ ! -e var/current.json ]; then
    echo "The database could not be built (exit code $status) and there is no earlier one." >&2
    exit "$status"
  fi
  echo "The build failed (exit code $status): serving the last good database." >&2
fi

# The server prints its address.
exec "$python" -m observatory.ui.server --port "$port" --address "${ADDRESS:-127.0.0.1}"
