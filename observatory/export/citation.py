"""Citations of what the observatory shows and of the sources it rests on: text, BibTeX, RIS.

Pure functions on one value, `Citation`; any page, receipt or file can make one. Dates are
`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as they are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from observatory.i18n import Translator

NAME: Final = "East Asia AI Observatory"
Kind = Literal["dataset", "web", "paper", "news"]

_TEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "$": r"\$", "#": r"\#",
        "&": r"\&", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_RIS_TYPES: Final[Mapping[str, str]] = {
    "dataset": "DATA",
    "web": "ELEC",
    "paper": "RPRT",
    "news": "NEWS",
}
_SOURCE_KINDS: Final[Mapping[str, Kind]] = {"dataset": "dataset", "paper": "paper", "press": "news"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. `authors` are bodies, never split into first and last names.

    `published`: date of publication; `container`: the page or collection it stands in; `version`:
    build or edition; `accessed`: the day it was read; `note`: one more sentence.
    """

    key: str
    authors: tuple[str, ...]
    title: str
    published: str = ""
    container: str = ""
    version: str = ""
    url: str = ""
    accessed: str = ""
    note: str = ""
    language: str = ""
    kind: Kind = "web"

    @property
    def year(self) -> str:
        """Year of publication; empty where none is stated."""
        found = re.match(r"(?:FY)?(\d{4})", self.published)
        return found[1] if found else ""


def of_view(
    title: str,
    *,
    address: str,
    build_id: str,
    data_date: date | None,
    accessed: date,
    note: str = "",
) -> Citation:
    """A view of the observatory: which build, data of which day, the lasting link."""
    return Citation(
        key=slug("observatory", title, build_id),
        authors=(NAME,),
        title=title,
        published=data_date.isoformat() if data_date else "",
        version=build_id,
        url=address,
        accessed=accessed.isoformat(),
        note=note,
        kind="dataset",
    )


def of_source(source: Mapping[str, Any]) -> Citation:
    """An original source. Reads source_id, title, publisher, origin, edition, url, published,
    read_on, source_kind, language; what is missing is left out."""

    def text(name: str) -> str:
        value = source.get(name)
        return "" if value is None or value != value else str(value).strip()

    makers = tuple(part.strip() for part in text("origin").split(";") if part.strip())
    publisher = text("publisher")
    apart = bool(makers) and publisher not in makers
    return Citation(
        key=slug(text("source_id") or text("title")),
        authors=makers or ((publisher,) if publisher else ()),
        title=text("title"),
        published=text("published"),
        container=publisher if apart else "",
        version=text("edition"),
        url=text("url"),
        accessed=text("read_on")[:10],
        language=text("language"),
        kind=_SOURCE_KINDS.get(text("source_kind"), "web"),
    )


def slug(*parts: str) -> str:
    """A key of letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", "-".join(parts)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:80] or "source"


def plain(cited: Citation, t: Translator) -> str:
    """One line in the reader's language; titles and names stay as they are."""
    when = t.period(cited.published) if cited.published else t("no date stated")
    who = "; ".join(cited.authors)
    parts = [
        t("{who} ({when})", who=who, when=when) if who else when,
        cited.title,
        cited.container,
        (t("Build {id}", id=cited.version) if cited.authors == (NAME,) else
         t("Edition {name}", name=cited.version)) if cited.version else "",
        cited.note.rstrip("."),
        cited.url,
    ]  # fmt: skip
    said = ". ".join(part for part in parts if part)
    if cited.accessed:
        read = t("read {day}", day=t.date(cited.accessed))
        return f"{said} ({read})."
    return said + "."


def bibtex(cited: Citation) -> str:
    """A BibTeX record; corporate names are braced, so that they are not taken apart."""
    authors = " and ".join("{" + _tex(name) + "}" for name in cited.authors)
    fields = {
        "author": authors,
        "title": "{" + _tex(cited.title) + "}",
        "howpublished": _tex(cited.container),
        "year": cited.year,
        "month": cited.published[5:7] if re.match(r"\d{4}-\d{2}", cited.published) else "",
        "version": _tex(cited.version),
        "url": _url(cited.url),
        "urldate": cited.accessed,
        "note": _tex(cited.note),
        "language": _tex(cited.language),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{cited.key},\n{body}\n}}\n"


def ris(cited: Citation) -> str:
    """A RIS record, one tag a line, ended by ER."""
    lines = [("TY", _RIS_TYPES[cited.kind])]
    # A comma would make a body's name a surname and a first name.
    lines += [("AU", name.replace(",", " ") + ",") for name in cited.authors]
    lines += [
        ("TI", cited.title),
        ("T2", cited.container),
        ("ET", cited.version),
        ("PY", cited.year),
        ("DA", _ris_date(cited.published)),
        ("UR", _url(cited.url)),
        ("Y2", _ris_date(cited.accessed)),
        ("LA", cited.language),
        ("N1", cited.note),
    ]
    kept = [(tag, _line(value)) for tag, value in lines if value]
    return "\r\n".join(f"{tag}  - {value}" for tag, value in kept) + "\r\nER  - \r\n"


def _tex(value: str) -> str:
    return _line(value).translate(_TEX)


def _line(value: str) -> str:
    return re.sub(r"\s+", " ", value).strip()


def _url(value: str) -> str:
    """An address without what would end a field: braces, blanks, backslashes."""
    return re.sub(r"[\s{}\\]", lambda found: f"%{ord(found[0]):02X}", value)


def _ris_date(value: str) -> str:
    """`2026-03` as `2026/03/`: RIS writes year, month and day with all slashes."""
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$", value)
    if not found:
        return ""
    return f"{found[1]}/{found[2] or ''}/{found[3] or ''}"
