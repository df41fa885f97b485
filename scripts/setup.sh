#!/usr/bin/env bash
# Create .venv and install the pinned requirements: setup.sh run|dev
# A second time it only compares a stamp: the hash of the requirements file and the Python version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1:-run}" in
  run) requirements=requirements.txt ;;
  dev) requirements=requirements-dev.txt ;;
  *) echo "usage: scripts/setup.sh run|dev" >&2; exit 2 ;;
esac
python=.venv/bin/python

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
has_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

create_environment() {
  local candidate without_venv=""
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    usable "$candidate" || continue
    if has_venv "$candidate"; then
      echo "Creating .venv with $("$candidate" --version)"
      "$candidate" -m venv .venv
      return
    fi
    without_venv=${without_venv:-$candidate}
  done
  if [ -z "$without_venv" ]; then
    echo "No Python 3.11 or newer was found (looked for python3.13, python3.12, python3.11, python3)." >&2
    echo "Install one, or name it: PYTHON=/path/to/python make run" >&2
    exit 1
  fi
  if command -v virtualenv >/dev/null 2>&1; then
    echo "Creating .venv with virtualenv: $without_venv lacks the venv module"
    virtualenv --quiet --python "$without_venv" .venv
    return
  fi
  local version
  version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  echo "$without_venv (Python $version) lacks the venv module, which some systems package apart." >&2
  echo "On Debian or Ubuntu: sudo apt-get install python$version-venv (or python3-venv)" >&2
  exit 1
}

if ! { [ -x "$python" ] && usable "$python" && "$python" -m pip --version >/dev/null 2>&1; }; then
  # Left half-made by an interrupted run, or its Python is gone.
  rm -rf .venv
  create_environment
fi

wanted=$("$python" - "$requirements" <<'PYTHON'
import hashlib, pathlib, sys
print(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest(), sys.version.split()[0])
PYTHON
)
stamp=.venv/.installed-$requirements
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then
  exit 0
fi
echo "Installing $requirements (a minute or two the first time)"
"$python" -m pip install --quiet --disable-pip-version-check --no-input --no-cache-dir \
  --require-hashes -r "$requirements"
printf '%s\n' "$wanted" >"$stamp"
