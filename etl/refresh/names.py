"""Names of economies, organisations and models: exact after folding, else proposals only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from babel import Locale
from rapidfuzz import fuzz, process

from etl.refresh.curated import Curated

COVERED = ("east_asia_core", "south_east_asia", "middle_power", "comparator")
NEAR = 75
"""Proposals start at this likeness, of 100."""

# Spellings of statistics offices and data sets; each means one covered economy.
SPELLINGS: dict[str, str] = {
    "korea (republic of)": "KOR",
    "korea, rep.": "KOR",
    "korea, south": "KOR",
    "republic of korea": "KOR",
    "korea": "KOR",
    "south korea": "KOR",
    "taiwan, china": "TWN",
    "taiwan, province of china": "TWN",
    "chinese taipei": "TWN",
    "hong kong": "HKG",
    "hong kong sar, china": "HKG",
    "hong kong sar": "HKG",
    "china, hong kong sar": "HKG",
    "viet nam": "VNM",
    "vietnam": "VNM",
    "united states of america": "USA",
    "usa": "USA",
    "us": "USA",
    "united kingdom of great britain and northern ireland": "GBR",
    "uk": "GBR",
    "uae": "ARE",
    "china, people's republic of": "CHN",
    "people's republic of china": "CHN",
    "mainland china": "CHN",
}
# Names of other places that the language data spells otherwise, and groups of economies.
ELSEWHERE = frozenset(
    name.casefold()
    for name in (
        "Russian Federation", "Iran (Islamic Republic of)", "Iran, Islamic Rep.", "Turkey", "Türkiye",
        "Czech Republic", "Czechia", "Egypt, Arab Rep.", "Venezuela, RB", "Venezuela (Bolivarian Republic of)",
        "Bolivia (Plurinational State of)", "Lao PDR", "Lao People's Democratic Republic", "Syrian Arab Republic",
        "Korea, Dem. People's Rep.", "North Korea", "Macao SAR, China", "Macao", "Macau", "Macao SAR",
        "Multinational", "European Union", "World", "Cabo Verde", "Cote d'Ivoire", "Ivory Coast", "Côte d'Ivoire",
        "Congo, Dem. Rep.", "Congo, Rep.", "Gambia, The", "Bahamas, The", "Kyrgyz Republic", "Slovak Republic",
        "Yemen, Rep.", "Moldova (Republic of)", "Republic of Moldova", "Tanzania (United Republic of)",
        "West Bank and Gaza", "Palestine", "Palestine, State of", "Kosovo", "Myanmar", "Burma", "Swaziland",
        "Macedonia", "North Macedonia", "Brunei Darussalam", "Micronesia, Fed. Sts.", "St. Lucia", "Saint Lucia",
        "DR Congo", "Congo (DRC)", "Republic of Congo", "Congo", "Republic of the Congo", "Timor-Leste",
        "East Timor", "Curacao",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something on file whose name is like the unknown one."""

    id: str
    name: str
    score: int


def fold(text: str) -> str:
    """Width, case and spaces do not tell names apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def bare(text: str) -> str:
    """Letters and digits only: names equal in this are perhaps the same, never surely."""
    return "".join(char for char in fold(text) if char.isalnum())


def slug(text: str) -> str:
    """Readable identifier of a name: Latin letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120].strip("-")


class Names:
    """Look-ups over the curated tables; built once a run."""

    def __init__(self, curated: Curated) -> None:
        self.curated = curated

    @cached_property
    def covered(self) -> frozenset[str]:
        rows = self.curated.rows("economies")
        return frozenset(row["economy_id"] for row in rows if row["group"] in COVERED)

    @cached_property
    def _economies(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.curated.rows("economies"):
            if row["economy_id"] in self.covered:
                for value in (row["economy_id"], row["iso2"], row["name_en"]):
                    found[fold(value)] = row["economy_id"]
        return found | {
            name: economy for name, economy in SPELLINGS.items() if economy in self.covered
        }

    @cached_property
    def _elsewhere(self) -> frozenset[str]:
        territories = Locale("en").territories
        # ISO 3166 codes of three letters are not in Babel: any such code counts as a place.
        spoken = {fold(str(name)) for pair in territories.items() for name in pair}
        return ELSEWHERE | spoken | {name.replace("&", "and") for name in spoken}

    def economy(self, raw: str) -> tuple[bool, str | None]:
        """(whether it is a place we know of, the covered economy if it is one)."""
        key = fold(raw).removesuffix(" (the)")
        if key in self._economies:
            return True, self._economies[key]
        code = re.fullmatch(r"[A-Z]{3}|OWID_[A-Z0-9_]+", raw.strip())
        return bool(code) or key in self._elsewhere, None

    @cached_property
    def _organizations(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.curated.rows("organizations"):
            for name in (row["org_id"], row["name"], row["native_name"]):
                if name:
                    found.setdefault(fold(name), set()).add(row["org_id"])
        for row in self.curated.rows("names"):
            if row["kind"] != "ticker":
                found.setdefault(fold(row["name"]), set()).add(row["org_id"])
        return found

    def organization(self, raw: str) -> str:
        """The one organisation of exactly this name; empty where none or several have it."""
        found = self._organizations.get(fold(raw), set())
        return next(iter(found)) if len(found) == 1 else ""

    @cached_property
    def economy_of_org(self) -> dict[str, str]:
        return {row["org_id"]: row["economy_id"] for row in self.curated.rows("organizations")}

    @cached_property
    def models(self) -> dict[str, set[str]]:
        """Model ids by folded name, other names included."""
        found: dict[str, set[str]] = {}
        for row in self.curated.rows("models"):
            for name in (row["name"], row["native_name"]):
                if name:
                    found.setdefault(fold(name), set()).add(row["model_id"])
        for row in self.curated.rows("model_names"):
            found.setdefault(fold(row["name"]), set()).add(row["model_id"])
        return found

    def near(self, kind: str, raw: str, limit: int = 3) -> tuple[Suggestion, ...]:
        """What is on file under like names, best first."""
        pool: Iterable[tuple[str, str]]
        match kind:
            case "organization":
                pool = ((name, org) for name, orgs in self._organizations.items() for org in orgs)
            case "model":
                pool = ((name, key) for name, keys in self.models.items() for key in keys)
            case "economy":
                pool = ((name, key) for name, key in self._economies.items() if len(name) > 3)
            case "benchmark":
                pool = (
                    (fold(row["name"]), row["benchmark_id"])
                    for row in self.curated.rows("benchmarks")
                )
            case _:
                return ()
        pairs = list(pool)
        found = process.extract(
            fold(raw),
            [name for name, _ in pairs],
            scorer=fuzz.token_sort_ratio if kind == "economy" else fuzz.WRatio,
            score_cutoff=NEAR,
            limit=12,
        )
        best: dict[str, Suggestion] = {}
        for name, score, at in found:
            best.setdefault(pairs[at][1], Suggestion(pairs[at][1], name, round(score)))
        return tuple(best.values())[:limit]
