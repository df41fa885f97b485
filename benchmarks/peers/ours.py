"""The peers' page in the product: its server, frame and parts, ``benchmarks.peers.ours --port N``.

It stands in place of pages that have no filters of their own: at ``/method`` with drawings, as most
pages have them, at ``/changes`` with Plotly figures, as profiles and comparisons have them.
"""

from __future__ import annotations

from pathlib import Path

SLUG, FIGURES = "method", "changes"
PAGE = Path(__file__).with_name("ours_page.py")


def main() -> None:
    """Serve until stopped."""
    from observatory.ui import nav, server

    shipped = nav.Page.file.fget
    assert shipped is not None
    nav.Page.file = property(  # type: ignore[assignment, method-assign]
        lambda page: PAGE if page.slug in (SLUG, FIGURES) else shipped(page)
    )
    server.main()


if __name__ == "__main__":
    main()
