#!/usr/bin/env bash
# Everything that must hold before a change is merged. Lint, types and layers are tests too
# (tests/unit/test_quality.py), so that pytest's closing line speaks for all of it.
# Arguments go to pytest. ALLOW_NO_BROWSER=1 skips browser tests where no browser can be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=.venv/bin/python

scripts/setup.sh dev
if browser=$("$python" scripts/browser.py); then
  export OBSERVATORY_BROWSER=$browser
else
  export OBSERVATORY_NO_BROWSER=1
fi
# Without compiled files each server and each command that tests start compiles all modules again.
unset PYTHONDONTWRITEBYTECODE
# Two workers keep two cores busy; more of them only stretch what browser tests wait for.
exec "$python" -m pytest -n "${TEST_WORKERS:-2}" --dist loadscope "$@"
