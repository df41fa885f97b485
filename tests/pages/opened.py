"""Pages run in AppTest, what is read on them, and what must never be."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from streamlit.testing.v1 import AppTest

from observatory.cards.card_model import Card
from tests.conftest import ROOT

# A missing value that reached the reader as a word of the machine's.
SLIP = re.compile(r"(?<![\w-])(nan|None|NaT|<NA>|&lt;NA&gt;)(?![\w-])")
INFINITE = re.compile(r"(?<![\w-])inf(?![\w-])")


def open_page(slug: str, /, **query: str) -> AppTest:
    """A page as a reader of the link gets it, to look into and to go on with."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{slug}.py")
    return app.run()


def sound(app: AppTest) -> str:
    """The HTML of a page without its style sheet, after asking that nothing failed."""
    assert not app.exception
    parts = [str(element.proto.body) for element in app.get("html")]
    shown = " ".join(part for part in parts if not part.startswith("<style>"))
    # The class of a card or a page that could not be drawn, in any language.
    assert "is-error" not in shown
    return shown


@lru_cache(maxsize=24)
def shown(slug: str, /, **query: str) -> str:
    """The HTML of a page that nothing failed on; run once for all who only read it."""
    return sound(open_page(slug, **query))


def words(markup: str) -> str:
    """The text of markup."""
    return re.sub(r"<[^>]+>", " ", markup).replace("\u00a0", " ")


def told(slug: str, /, **query: str) -> str:
    """The text of a page that nothing failed on."""
    return words(shown(slug, **query))


def no_slip(text: str, *fine: str) -> str:
    """The text, after asking that nothing in it reads as a missing value but these phrases."""
    rest = text
    for phrase in fine:
        rest = rest.replace(phrase, "")
    assert not SLIP.search(rest), SLIP.search(rest)
    return text


def unpacked(markup: str) -> str:
    """Markup with its drawings, which travel as text, as elements."""
    return re.sub(
        r'(<span class="obs-svg[^>]*>)(.*?)(</span>)',
        lambda found: found[1] + html.unescape(found[2]) + found[3],
        markup,
    )


def sound_card(card: Card | None, *counts: str) -> Card | None:
    """A card that says where its values come from and lets no slip of the machine through.

    `counts`: ids of cards whose numbers are counts of rows, and open no receipt of their own.
    """
    if card is None:
        return None
    parts = [card.title, card.subtitle, card.caveat, getattr(card.body, "html", card.body) or ""]
    parts.append(card.after.html if card.after else "")
    no_slip(words(" ".join(str(part) for part in parts)))
    assert card.title
    if card.empty is None:
        assert card.sources, card.id
        assert card.statuses, card.id
        assert card.table is not None
        assert card.id in counts or (card.table.has_row_ids and card.table.row_ids()), card.id
    return card
