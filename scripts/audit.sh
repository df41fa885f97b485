#!/usr/bin/env bash
# Known weaknesses of what is pinned, and the list of all parts (SBOM) as CycloneDX.
# Asks PyPI's database of advisories over the network, so it is no part of the tests: run it weekly.
# Its tools live in an environment of their own, beside what the observatory runs with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tools=var/audit

if ! [ -x "$tools/bin/pip-audit" ] || ! [ -x "$tools/bin/cyclonedx-py" ]; then
  .venv/bin/python -m venv "$tools"
  "$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit cyclonedx-bom
fi

"$tools/bin/cyclonedx-py" requirements requirements.txt --output-reproducible \
  --output-format JSON --output-file var/sbom.json
echo "Wrote var/sbom.json: $(grep -c '"purl"' var/sbom.json) parts"

status=0
for file in requirements.txt requirements-dev.txt; do
  echo "Advisories for $file"
  "$tools/bin/pip-audit" --requirement "$file" --require-hashes --disable-pip --progress-spinner off || status=$?
done
.venv/bin/python scripts/secrets_scan.py || status=$?
exit "$status"
