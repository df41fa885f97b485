"""Building HTML that cannot be broken by data: everything is escaped unless it is `Safe`.

Nothing here imports Streamlit. `observatory.ui.html.put` sends the result to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Safe:
    """HTML that is ready for the page. Make it with `h`, `join`, `svg` or `text`."""

    html: str

    def __add__(self, other: Safe) -> Safe:
        return Safe(self.html + other.html)

    def __bool__(self) -> bool:
        return bool(self.html)


Child = Safe | str | int | float | None
Attr = str | int | float | bool | None

# What Streamlit's sanitiser lets through and the app has a use for.
TAGS: Final = frozenset(
    "a abbr article aside b button caption code col colgroup dd details div dl dt em figcaption"
    " figure footer h1 h2 h3 h4 header hr i img input label li main nav ol p pre q s section small"
    " span strong sub summary sup table tbody td tfoot th thead time tr ul br wbr".split()
)
VOID: Final = frozenset({"br", "hr", "img", "input", "col", "wbr"})
_ATTR_NAME: Final = re.compile(r"^[a-z][a-z0-9-]*$")
_STYLE: Final = re.compile(r"^[\w\s:;,.()#%+*/-]*$")
_URL_ATTRS: Final = frozenset({"href", "src"})
# One plain address: what follows the question mark is the subject and text of the mail.
_MAIL: Final = re.compile(r"^mailto:[\w.+-]+@[\w.-]+(\?[^\s]*)?$", re.ASCII)
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f]")
MAX_URL: Final = 4000


def safe_url(url: str) -> str | None:
    """Return `url` if it is http, https, mailto one address, or relative to this site, else None."""
    if not url or len(url) > MAX_URL:
        return None
    bare = _CONTROL.sub("", url)
    if bare.startswith(("//", "\\", "/\\")):
        return None
    if bare.startswith(("/", "?", "#")):
        return bare
    if _MAIL.match(bare):
        return bare
    try:
        parts = urlsplit(bare)
    except ValueError:
        return None
    return bare if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def text(value: object) -> Safe:
    """Any value as text on the page: markup in it is shown, not obeyed."""
    return value if isinstance(value, Safe) else Safe(escape(str(value), quote=True))


def one_line(text: str) -> str:
    """The text with its spaces and breaks as single ones. A number stays bound to its unit:
    `str.split` would take the no-break space between them for any other."""
    return _SPACES.sub(" ", text).strip(" ")


def as_text(markup: str) -> Safe:
    """Markup as the text of an element. Its quotes stay: less to send, and to read for the browser."""
    return Safe(escape(markup, quote=False))


def join(parts: Iterable[Child], between: Child = "") -> Safe:
    """Parts one after another; None is left out."""
    gap = text(between).html
    return Safe(gap.join(text(part).html for part in parts if part is not None))


def _attribute(name: str, value: Attr) -> str:
    name = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if not _ATTR_NAME.match(name) or name.startswith("on"):
        raise ValueError(f"attribute not allowed: {name!r}")
    if value is True:
        # Streamlit's sanitiser keeps empty attributes; React needs none here.
        return f' {name}=""'
    if name in _URL_ATTRS:
        url = safe_url(str(value))
        return "" if url is None else f' {name}="{escape(url, quote=True)}"'
    if name == "style" and ("url(" in str(value) or not _STYLE.match(str(value))):
        raise ValueError(f"style not allowed: {value!r}")
    return f' {name}="{escape(str(value), quote=True)}"'


def h(tag: str, *children: Child, cls: str | None = None, **attributes: Attr) -> Safe:
    """One element. Children are escaped unless `Safe`; `data_receipt=` becomes `data-receipt`.

    Raises ValueError for a tag, attribute or style outside what the app uses.
    """
    if tag not in TAGS:
        raise ValueError(f"tag not allowed: {tag!r}")
    attrs = _attribute("class", cls) + "".join(_attribute(k, v) for k, v in attributes.items())
    if tag in VOID:
        return Safe(f"<{tag}{attrs}>")
    return Safe(f"<{tag}{attrs}>{join(children).html}</{tag}>")


_BOX: Final = re.compile(
    r'<svg xmlns="[^"]*" viewBox="0 0 (?P<w>[\d.]+) (?P<h>[\d.]+)" width="(?P<width>[\d.]+%?)"'
)


def svg(markup: str | Safe, cls: str | None = None) -> Safe:
    """An SVG drawing made by `observatory.charts`.

    Streamlit's sanitiser removes SVG elements, so the drawing travels as text and the desk
    script puts it in place before the browser paints (and drops scripts and handlers again).
    """
    source = markup.html if isinstance(markup, Safe) else markup
    # Its place is kept open until then: what stands below must not jump.
    box = _BOX.match(source)
    fixed = box and box["width"] != "100%"
    style = f"--b:{box['w']}/{box['h']}" + (f";--w:{box['w']}px" if fixed else "") if box else None
    name = f"obs-svg {cls}" if cls else "obs-svg"
    return h("span", as_text(source), cls=name, style=style, data_svg=True)


def icon(name: str, label: str | None = None) -> Safe:
    """A Material symbol; decorative unless it has a `label`."""
    shape = f"i i-{name.replace('_', '-')}"
    if label:
        return h("span", cls=shape, role="img", aria_label=label)
    return h("span", cls=shape, aria_hidden="true")


def swatch(economy_id: str) -> Safe:
    """The small square in an economy's colour; anything unknown gets the context grey."""
    known = re.fullmatch(r"[A-Z]{3}", economy_id) is not None
    colour = f"var(--eco-{economy_id},var(--ctx2))" if known else "var(--ctx)"
    return h("span", cls="sw", style=f"background:{colour}", aria_hidden="true")


def num(shown: Child, row_id: str | None, label: str | None = None, cls: str = "num") -> Safe:
    """A number that opens its receipt; without a row id it is plain text."""
    if not row_id:
        return h("span", shown, cls=f"{cls} plain")
    return h("button", shown, cls=cls, type="button", data_receipt=row_id, aria_label=label)


def href(path: str, **params: str | None) -> str:
    """A link inside the app: `href("economy", economy="KOR")` -> `/economy?economy=KOR`."""
    kept = [(key, value) for key, value in params.items() if value]
    query = urlencode(kept)
    return "/" + path.strip("/") + ("?" + query if query else "")


def link(label: Child, path: str, cls: str | None = None, **params: str | None) -> Safe:
    """A link to a page of the app that does not reload it; also works as an ordinary link."""
    return h("a", label, cls=cls or "go", href=href(path, **params), data_go=True)


def external(label: Child, url: str | None, cls: str | None = None) -> Safe:
    """A link out of the app; a url that is not allowed leaves the label as text."""
    if not url or safe_url(url) is None:
        return h("span", label, cls=cls)
    return h("a", label, cls=cls, href=url, target="_blank", rel="noopener noreferrer")


STATUS_ICONS: Final = {
    "official": "verified",
    "confirmed": "done_all",
    "reported": "article",
    "company_claim": "campaign",
    "estimate": "functions",
    "disputed": "call_split",
    "superseded": "history",
    "unchecked": "help",
}


def status_word(status: str, word: str, cls: str = "") -> Safe:
    """Icon and word of one of the eight statuses; `word` is already translated."""
    known = status if status in STATUS_ICONS else "unchecked"
    css = f"st st-{known.replace('_', '-')} {cls}".strip()
    return h("span", icon(STATUS_ICONS[known]), word, cls=css)
