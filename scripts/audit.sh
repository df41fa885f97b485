#!/usr/bin/env bash
# Known weaknesses of what is pinned, the list of all parts (SBOM), secrets. Asks a database of
# advisories over the network, so it is no part of the tests: run it weekly and before a release.
# Its tool lives in an environment of its own, beside what the observatory runs with.
# Exit code 1: an advisory or a secret was found; 3: parts could not be asked about, so nobody knows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tools=var/audit

.venv/bin/python scripts/sbom.py
status=0
.venv/bin/python scripts/secrets_scan.py || status=$?

if ! [ -x "$tools/bin/pip-audit" ]; then
  .venv/bin/python -m venv "$tools"
  "$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit
fi
for file in requirements.txt requirements-dev.txt; do
  answer=var/advisories-$file.json
  rm -f "$answer"
  # Its own exit code is 0 also where it could ask about nothing.
  "$tools/bin/pip-audit" --requirement "$file" --require-hashes --disable-pip \
    --progress-spinner off --format json --output "$answer" 2>"$answer.log" || true
  .venv/bin/python - "$file" "$answer" <<'PYTHON' || { code=$?; [ "$status" -eq 1 ] || status=$code; }
import json, pathlib, sys

file, answer = sys.argv[1], pathlib.Path(sys.argv[2])
parts = json.loads(answer.read_text())["dependencies"] if answer.is_file() else []
weak = [part for part in parts if part.get("vulns")]
silent = [part["name"] for part in parts if "skip_reason" in part]
for part in weak:
    for one in part["vulns"]:
        fixed = ", ".join(one["fix_versions"]) or "no release yet"
        print(f"{file}: {part['name']} {part['version']}: {one['id']}, mended in {fixed}")
print(f"{file}: {len(parts) - len(silent)} parts asked about, {len(weak)} with advisories")
if not parts or silent:
    what = f"{len(silent)} of {len(parts)} parts" if parts else "any part"
    print(f"{file}: the database of advisories has no answer on {what}; it is not reached, or the "
          f"package index is a mirror without it. The reason is in {answer}.log", file=sys.stderr)
sys.exit(1 if weak else 3 if silent or not parts else 0)
PYTHON
done
exit "$status"
