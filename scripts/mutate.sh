#!/usr/bin/env bash
# Mutation tests: scripts/mutate.sh MODULE [--sample 50] [--seed 11]; docs/testing.md says what for.
# The tool lives in an environment of its own, on top of the one that the tests run in.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tools=var/mutate/tools

if ! [ -x "$tools/bin/mutmut" ]; then
  .venv/bin/python -m venv "$tools"
  "$tools/bin/python" -m pip install --quiet --disable-pip-version-check "mutmut==3.8.1"
  # What the project runs with is found after the tool's own packages.
  .venv/bin/python -c 'import site; print(site.getsitepackages()[0])' \
    >"$("$tools/bin/python" -c 'import site; print(site.getsitepackages()[0])')/project.pth"
fi
exec "$tools/bin/python" scripts/mutate.py "$@"
