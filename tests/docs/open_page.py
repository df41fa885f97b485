"""Open a page of the copy of the house in the working folder under AppTest; print its HTML."""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.testing.v1 import AppTest


def main(slug: str, query: list[str]) -> None:
    """Run the app, go to the page with a query, print the bodies of its HTML elements."""
    at = AppTest.from_file(str(Path.cwd() / "app.py"), default_timeout=120).run()
    at.switch_page(f"pages/{slug}.py")
    for pair in query:
        name, _, value = pair.partition("=")
        at.query_params[name] = value
    at.run()
    for fault in at.exception:
        print("EXCEPTION", fault.message)
    for element in at.get("html"):
        body = element.proto.body
        if not body.startswith("<style>"):
            print(body)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
