"""The list of all parts the observatory runs with (SBOM), as CycloneDX: `python scripts/sbom.py [FILE]`.

Made from requirements.txt (name, version, hashes) and from what installed packages say of their
licences; needs no network. Writes var/sbom.json unless told otherwise; the same input gives the
same file.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(
    r"(?m)^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:[^\n]*\\\n\s+--hash=sha256:[0-9a-f]{64})*)"
)


def licences(name: str) -> list[dict[str, Any]]:
    """What an installed package says: an expression, else names; nothing where it is not installed."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    if expression := said.get("License-Expression"):
        return [{"expression": expression}]
    kinds = [one for one in said.get_all("Classifier") or [] if one.startswith("License ::")]
    names = [one.rpartition(" :: ")[2] for one in kinds] or [
        (said.get("License") or "").split("\n")[0]
    ]
    return [{"license": {"name": one[:100]}} for one in names if one]


def parts(requirements: str) -> list[dict[str, Any]]:
    """One component a pinned package, in order of the file."""
    found = []
    for name, version, hashes in PIN.findall(requirements):
        purl = f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{version}"
        found.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": version,
                "purl": purl,
                "hashes": [
                    {"alg": "SHA-256", "content": one}
                    for one in re.findall(r"sha256:([0-9a-f]{64})", hashes)
                ],
                "licenses": licences(name),
            }
        )
    return found


def bill(requirements: str) -> dict[str, Any]:
    """The whole document."""
    version = re.search(
        r'__version__ = "([^"]+)"', (ROOT / "observatory" / "__init__.py").read_text("utf-8")
    )
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, requirements)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "east-asia-ai-observatory",
                "version": version[1] if version else "",
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": parts(requirements),
    }


def main(arguments: list[str]) -> int:
    out = Path(arguments[0]) if arguments else ROOT / "var" / "sbom.json"
    made = bill((ROOT / "requirements.txt").read_text("utf-8"))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {out}: {len(made['components'])} parts")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
