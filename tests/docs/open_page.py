"""Open a page of the copy of the house in the working folder under AppTest, once for each query;
print its HTML, as a JSON list with a text for each."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import parse_qsl

from streamlit.testing.v1 import AppTest


def opened(slug: str, query: str) -> str:
    """Run the app, go to the page with a query; faults and the bodies of its HTML elements."""
    at = AppTest.from_file(str(Path.cwd() / "app.py"), default_timeout=120).run()
    at.switch_page(f"pages/{slug}.py")
    at.query_params.update(dict(parse_qsl(query)))
    at.run()
    parts = [f"EXCEPTION {fault.message}" for fault in at.exception]
    bodies = [str(element.proto.body) for element in at.get("html")]
    return "\n".join([*parts, *(body for body in bodies if not body.startswith("<style>"))])


if __name__ == "__main__":
    json.dump([opened(sys.argv[1], query) for query in sys.argv[2:]], sys.stdout)
