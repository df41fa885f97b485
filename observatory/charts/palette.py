"""The palette: every colour of the product, once, for screens, exports and tests.

`palette("light")` and `palette("dark")` hold hex colours, for figures and files. `palette("css")`
holds `var(--name)` references, so that SVG on a page follows the theme without being drawn
again; `css_variables("light"|"dark")` gives the values those names stand for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from observatory.charts.colour import readable

Theme = Literal["light", "dark"]
Mode = Literal["light", "dark", "css"]

ECONOMIES: Final = (
    *("CHN", "JPN", "KOR", "TWN", "HKG", "SGP", "IND"),
    *("VNM", "IDN", "MYS", "PHL", "THA", "AUS"),
)
"""Economies with a colour of their own. The first seven may share a chart in any mix."""

PILLARS: Final = (
    *("models", "compute", "capital", "adoption", "research", "talent", "governance"),
)

_SURFACES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "bg": ("#FBFAF7", "#12161B"),
        "panel": ("#FFFFFF", "#191E24"),
        "sunk": ("#F3F0E9", "#0D1014"),
        "focus": ("#E9E4D8", "#232A32"),
        "ink": ("#1B1F24", "#ECEAE4"),
        "ink2": ("#4A5058", "#B4B8BD"),
        "ink3": ("#676C73", "#8F959C"),
        "rule": ("#DDD8CC", "#333A43"),
        "hair": ("#EAE6DC", "#252B32"),
        "grid": ("#E4DFD3", "#2A313A"),
        "ctx": ("#B9B5AB", "#59616B"),
        "ctx2": ("#8E8C86", "#7C848E"),
        "usa": ("#3C4149", "#D5D8DC"),
        "ok": ("#1F6B4F", "#6FCB9F"),
        "ok-bg": ("#E7F1EA", "#14302A"),
        "warn": ("#8A4B00", "#F2B95C"),
        "warn-bg": ("#FBF0DC", "#33270F"),
        "bad": ("#A3262A", "#FF8F86"),
        "bad-bg": ("#F8E6E3", "#3A1B1C"),
        "seal": ("#C2452D", "#F0705A"),
    }
)
_ECONOMY: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {  # mark in light, text in light, mark and text in dark
        "CHN": ("#BF1F45", "#BF1F45", "#F24166"),
        "JPN": ("#332D93", "#332D93", "#6A83F2"),
        "KOR": ("#159773", "#108162", "#63CCB8"),
        "TWN": ("#8981DD", "#6F69B5", "#ECB8FE"),
        "HKG": ("#B3690E", "#A6610C", "#C8A209"),
        "SGP": ("#E95C9E", "#BB487E", "#DA5FB4"),
        "IND": ("#52590F", "#52590F", "#A5CF78"),
        "VNM": ("#169BBD", "#0F7C98", "#7CB2C9"),
        "IDN": ("#5F3122", "#5F3122", "#BA6E15"),
        "MYS": ("#423EC2", "#423EC2", "#B39BFD"),
        "PHL": ("#507051", "#507051", "#24935A"),
        "THA": ("#6E843A", "#657935", "#E5BB33"),
        "AUS": ("#D16558", "#B4564B", "#EC8F85"),
    }
)
_DASHES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GBR": "5 3",
        "FRA": "2 3",
        "DEU": "8 3",
        "CAN": "8 3 2 3",
        "ISR": "1 3",
        "ARE": "12 4",
    }
)
# Six steps from little to much. The dark list keeps the middle hues of the light one and runs
# from near the page to near white; the steps between were set evenly in lightness.
_SEQUENTIAL: Final[Mapping[Theme, tuple[str, ...]]] = MappingProxyType(
    {
        "light": ("#EFE9DB", "#D3DEDD", "#9FC0CA", "#35708A", "#1D516B", "#0A3049"),
        "dark": ("#1E2A33", "#1D4A62", "#35708A", "#6B9DB0", "#9FC0CA", "#CFE3EA"),
    }
)
_PILLAR: Final[Mapping[str, str]] = MappingProxyType(
    {
        "models": "#1D3F58",
        "compute": "#2F6580",
        "capital": "#5C8FA3",
        "adoption": "#9DBFC6",
        "research": "#B79E6B",
        "talent": "#D6C49A",
        "governance": "#8E8C86",
    }
)
# On the dark page the darkest pillar would sink into it: the two darkest are lifted.
_PILLAR_DARK: Final[Mapping[str, str]] = MappingProxyType(
    {**_PILLAR, "models": "#4A7696", "compute": "#3B86A8"}
)
_VERDICT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "corroborated": "#1F6B4F",
        "partly": "#7FA99A",
        "unverified": "#CFC9BC",
        "contradicted": "#A3262A",
    }
)
_VERDICT_DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_VERDICT,
        "corroborated": "#2E9E75",
        "unverified": "#59616B",
        "contradicted": "#E0524F",
    }
)


@dataclass(frozen=True, slots=True)
class Badge:
    """How a status or verdict word is shown: icon name, tokens of its ink and its ground."""

    icon: str
    ink: str
    ground: str


STATUS_BADGES: Final[Mapping[str, Badge]] = MappingProxyType(
    {
        "official": Badge("verified", "ok", "ok-bg"),
        "confirmed": Badge("done_all", "ok", "ok-bg"),
        "reported": Badge("article", "ink2", "sunk"),
        "company_claim": Badge("campaign", "ink2", "sunk"),
        "estimate": Badge("functions", "ink2", "sunk"),
        "disputed": Badge("call_split", "warn", "warn-bg"),
        "superseded": Badge("history", "ink3", "sunk"),
        "unchecked": Badge("help", "ink3", "sunk"),
    }
)
VERDICT_BADGES: Final[Mapping[str, Badge]] = MappingProxyType(
    {
        "corroborated": Badge("check_circle", "ok", "ok-bg"),
        "partly": Badge("contrast", "ink2", "sunk"),
        "unverified": Badge("help", "ink3", "sunk"),
        "contradicted": Badge("cancel", "bad", "bad-bg"),
    }
)


@dataclass(frozen=True)
class Palette:
    """Colours of one mode by name. Unknown economies, pillars and verdicts come back grey."""

    mode: Mode
    tokens: Mapping[str, str]

    def __getitem__(self, token: str) -> str:
        """Return a colour by its token, such as `ink2` or `eco-KOR-text`; KeyError if unknown."""
        return self.tokens[token]

    def economy(self, economy_id: str | None) -> str:
        """Return the colour of an economy's lines and dots."""
        if economy_id == "USA":
            return self.tokens["usa"]
        return self.tokens.get(f"eco-{economy_id}", self.tokens["ctx2"])

    def economy_bar(self, economy_id: str | None) -> str:
        """Return the colour of an economy's bars: the United States is plain grey as a bar."""
        return self.tokens.get(f"eco-{economy_id}", self.tokens["ctx2"])

    def economy_text(self, economy_id: str | None) -> str:
        """Return the colour of labels of an economy, at least 4.5 to 1 on the page."""
        if economy_id == "USA":
            return self.tokens["usa"]
        return self.tokens.get(f"eco-{economy_id}-text", self.tokens["ink2"])

    def on_economy(self, economy_id: str | None) -> str | None:
        """Return the ink for text inside a fill of an economy, None if the label goes outside."""
        return self.tokens.get(f"eco-{economy_id}-on")

    def dash(self, economy_id: str | None) -> str | None:
        """Return the dash of a comparator's line, such as `5 3`; None for a solid line."""
        return _DASHES.get(economy_id or "")

    @property
    def sequential(self) -> tuple[str, ...]:
        """Six fills from little to much."""
        return tuple(self.tokens[f"seq-{i}"] for i in range(6))

    @property
    def on_sequential(self) -> tuple[str, ...]:
        """The ink that reads on each of the six fills."""
        return tuple(self.tokens[f"seq-{i}-on"] for i in range(6))

    def pillar(self, pillar: str) -> str:
        """Return the colour of a pillar in contribution strips."""
        return self.tokens.get(f"pillar-{pillar}", self.tokens["ctx2"])

    def verdict(self, verdict: str) -> str:
        """Return the colour of a verdict in strips."""
        return self.tokens.get(f"verdict-{verdict}", self.tokens["ctx2"])


def _values(theme: Theme) -> dict[str, str]:
    """Every token of a theme with its hex colour."""
    dark = theme == "dark"
    values = {name: pair[dark] for name, pair in _SURFACES.items()}
    white, page = "#FFFFFF", _SURFACES["bg"][1]
    # Dark theme: the page colour reads on every fill. Light theme: white where it can, else ink.
    # The light ink misses 4.5 on Korea's green by a hair; the dark page colour reaches it.
    day = (white, _SURFACES["ink"][0], page)
    inks = (page, white) if dark else day
    for economy_id, (mark, text, night) in _ECONOMY.items():
        values[f"eco-{economy_id}"] = night if dark else mark
        values[f"eco-{economy_id}-text"] = night if dark else text
        if readable(mark, *day):
            values[f"eco-{economy_id}-on"] = readable(night if dark else mark, *inks) or page
    for step, fill in enumerate(_SEQUENTIAL[theme]):
        values[f"seq-{step}"] = fill
        values[f"seq-{step}-on"] = readable(fill, *day) or white
    pillars, verdicts = (_PILLAR_DARK, _VERDICT_DARK) if dark else (_PILLAR, _VERDICT)
    values.update({f"pillar-{name}": colour for name, colour in pillars.items()})
    values.update({f"verdict-{name}": colour for name, colour in verdicts.items()})
    return values


_BY_MODE: Final[Mapping[Mode, Palette]] = MappingProxyType(
    {
        "light": Palette("light", MappingProxyType(_values("light"))),
        "dark": Palette("dark", MappingProxyType(_values("dark"))),
        "css": Palette(
            "css",
            MappingProxyType({name: f"var(--{name})" for name in _values("light")}),
        ),
    }
)


def palette(mode: Mode) -> Palette:
    """Return the palette of a mode: `light`, `dark`, or `css` for references to variables."""
    return _BY_MODE[mode]


def css_variables(theme: Theme) -> dict[str, str]:
    """Return the CSS custom properties of a theme, such as `{"--ink2": "#4A5058"}`."""
    return {f"--{name}": colour for name, colour in _BY_MODE[theme].tokens.items()}
