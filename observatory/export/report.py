"""Reporting a number: what the report says, and the address that opens it filled in.

Where reports go is configured, never assumed: an issue tracker's page for a new issue, a pattern
with `{title}` and `{body}`, or `mailto:` and an address. Without any, the text can be copied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from observatory.i18n import Translator

MAX_ADDRESS: Final = 3800
_MAIL: Final = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def title(receipt: Mapping[str, Any], t: Translator) -> str:
    """The subject of a report."""
    row = str(receipt.get("row_id") or "")
    what = t.parts(
        [_text(receipt, "entity_name"), _text(receipt, "title"), _text(receipt, "period")]
    )
    return t("Row {id}: {what}", id=row, what=what[:120]) if what else t("Row {id}", id=row)


def body(receipt: Mapping[str, Any], address: str, build: str, t: Translator) -> str:
    """The text of a report: the row as shown, and room for what is wrong."""
    source: Mapping[str, Any] = receipt.get("source") or {}
    lines = [
        (t("What is wrong, and what says so:"), " "),
        (t("Row"), _text(receipt, "row_id")),
        (t("Shown value"), t.parts([_text(receipt, "value_text_exact"), _text(receipt, "unit")])),
        (t("Status"), _text(receipt, "status")),
        (t("Source"), t.parts([_text(source, "title"), _text(source, "url")])),
        (t("Where in it"), _text(receipt, "locator")),
        (t("Build"), build),
        (t("Link"), address),
    ]
    said = [f"{name} {value}".rstrip() if value == " " else t.colon.join((name, value))
            for name, value in lines if value]  # fmt: skip
    return "\n".join([said[0], "", "", *said[1:]])


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return "" if value is None or value != value else str(value).strip()


def address(configured: str, subject: str, text: str) -> str:
    """The configured address with subject and text filled in; empty where it cannot be used.

    The text is cut so that browsers and servers take the address.
    """
    given = configured.strip()
    if not usable(given):
        return ""
    while True:
        made = _fill(given, quote(subject, safe=""), quote(text, safe=""))
        if len(made) <= MAX_ADDRESS or not text:
            return made if len(made) <= MAX_ADDRESS else ""
        text = text[: len(text) * 3 // 4]


def usable(configured: str) -> bool:
    """Whether a configured address is one of the three kinds."""
    if _MAIL.fullmatch(configured):
        return True
    try:
        parts = urlsplit(configured)
    except ValueError:
        return False
    return (
        parts.scheme in ("https", "http")
        and bool(parts.netloc)
        and not re.search(r"\s", configured)
    )


def _fill(given: str, subject: str, text: str) -> str:
    if given.startswith("mailto:"):
        return f"{given}?subject={subject}&body={text}"
    if "{title}" in given or "{body}" in given:
        return given.replace("{title}", subject).replace("{body}", text)
    base, mark, anchor = given.partition("#")
    names = (
        ("issue%5Btitle%5D", "issue%5Bdescription%5D")
        if "/-/issues/new" in base
        else ("title", "body")
    )
    joint = "&" if "?" in base else "?"
    return f"{base}{joint}{names[0]}={subject}&{names[1]}={text}{mark}{anchor}"
