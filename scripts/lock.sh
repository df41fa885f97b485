#!/usr/bin/env bash
# Pin requirements*.in with the hashes of all platforms. Run with the oldest supported Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh dev
.venv/bin/python -m pip install --quiet --disable-pip-version-check "pip-tools==7.6.2"
for name in requirements requirements-dev; do
  .venv/bin/pip-compile --quiet "$@" --generate-hashes --strip-extras --no-header \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
    --output-file "$name.txt" "$name.in"
done
