"""Names of economies, organisations and closed vocabularies in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from observatory.i18n import Translator

_NAME_COLUMN = {
    "en": "name_en",
    "zh-Hans": "name_zh_hans",
    "zh-Hant": "name_zh_hant",
    "ja": "name_ja",
    "ko": "name_ko",
}
_OWN_LANGUAGE = {"CHN": "zh-Hans", "TWN": "zh-Hant", "HKG": "zh-Hant", "JPN": "ja", "KOR": "ko", "SGP": "en",
                 "AUS": "en", "USA": "en", "GBR": "en", "CAN": "en", "IND": "en", "PHL": "en"}  # fmt: skip


def clean(value: object) -> str:
    """Text of a cell; missing values of any kind are empty."""
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    shown = str(value)
    return "" if shown in ("<NA>", "NaT", "nan", "None") else shown


def economy_name(row: Mapping[str, Any], t: Translator) -> str:
    """Name of an economy, from a row with the five name columns."""
    own = _NAME_COLUMN.get(t.lang, "name_en")
    return clean(row.get(own)) or clean(row.get("name_en")) or clean(row.get("name"))


_WITH_ARTICLE = frozenset({"USA", "GBR", "PHL", "ARE"})


def in_sentence(economy_id: str, name: str, t: Translator) -> str:
    """Name of an economy inside a sentence: English puts an article before some."""
    return f"the {name}" if t.lang == "en" and economy_id in _WITH_ARTICLE else name


def sentence(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def native_economy_name(row: Mapping[str, Any], t: Translator) -> tuple[str, str]:
    """The economy's name in its own script and its language, or two empty texts.

    Empty where the reader's language is its own, or where no column holds its script.
    """
    language = _OWN_LANGUAGE.get(clean(row.get("economy_id")), "")
    if not language or language == t.lang or language == "en":
        return "", ""
    return clean(row.get(_NAME_COLUMN[language])), language


def title_in(row: Mapping[str, Any], t: Translator) -> tuple[str, str]:
    """Title of a text in the reader's script where its own is that, else in English; its language.

    Reads title, title_native and economy_id. Which language a native title is in follows from
    the economy; only East Asian scripts are used, since others may hold several languages.
    """
    own = _OWN_LANGUAGE.get(clean(row.get("economy_id")), "en")
    native = clean(row.get("title_native"))
    if native and own != "en" and own.partition("-")[0] == t.lang.partition("-")[0]:
        return native, own
    return clean(row.get("title")), "en"


@dataclass(frozen=True, slots=True)
class OrgName:
    """How to print an organisation: the main name, a second one beside it, their languages."""

    main: str
    second: str
    main_lang: str
    second_lang: str


def org_name(name: object, native: object, language: object, t: Translator) -> OrgName:
    """The sourced name in the reader's script first, else English with the native name beside it."""
    english, own, tag = clean(name), clean(native), clean(language)
    if own and tag and own != english:
        same = tag == t.lang or (tag.startswith("zh") and t.lang.startswith("zh"))
        return OrgName(own, english, tag, "en") if same else OrgName(english, own, "en", tag)
    return OrgName(english or own, "", "en", "")


def deal_kind(kind: str, t: Translator) -> str:
    """Kind of deal."""
    match kind:
        case "round":
            return t("Financing round")
        case "strategic":
            return t("Strategic investment")
        case "capex_plan":
            return t("Investment plan")
        case "cornerstone":
            return t("Cornerstone tranche of a listing")
        case "public_fund":
            return t("Public fund")
        case "grant":
            return t("Grant")
        case "m_and_a":
            return t("Merger or acquisition")
        case "debt":
            return t("Debt")
        case "budget":
            return t("Public budget")
        case _:
            return t("Other deal")


def commitment(word: str, t: Translator) -> str:
    """How firm the money is."""
    match word:
        case "pledged":
            return t("pledged")
        case "committed":
            return t("committed")
        case "closed":
            return t("closed")
        case _:
            return t("firmness not stated")


def stage(word: str, t: Translator) -> str:
    """Stage of a listing."""
    match word:
        case "rumoured":
            return t("Rumoured")
        case "planned":
            return t("Planned")
        case "tutoring":
            return t("Tutoring")
        case "filed":
            return t("Filed")
        case "hearing":
            return t("Hearing passed")
        case "priced":
            return t("Priced")
        case "listed":
            return t("Listed")
        case "postponed":
            return t("Postponed")
        case "lapsed":
            return t("Lapsed")
        case _:
            return t("Withdrawn")


def policy_kind(word: str, t: Translator) -> str:
    """Kind of policy instrument."""
    match word:
        case "law":
            return t("Law")
        case "regulation":
            return t("Regulation")
        case "standard":
            return t("Standard")
        case "guideline":
            return t("Guideline")
        case "strategy":
            return t("Strategy")
        case "plan":
            return t("Plan")
        case "programme":
            return t("Programme")
        case "institution":
            return t("Institution")
        case "partnership":
            return t("Partnership")
        case "treaty":
            return t("Treaty or declaration")
        case "dispute":
            return t("Dispute")
        case _:
            return t("Filing")


def policy_status(word: str, t: Translator) -> str:
    """Status of a policy as its source saw it."""
    match word:
        case "proposed":
            return t("Proposed")
        case "announced":
            return t("Announced")
        case "passed":
            return t("Passed")
        case "launched":
            return t("Launched")
        case "in_force":
            return t("In force")
        case _:
            return t("Replaced or lapsed")


def org_kind(word: str, t: Translator) -> str:
    """Kind of organisation."""
    match word:
        case "company":
            return t("Company")
        case "university":
            return t("University")
        case "government":
            return t("Government body")
        case "lab":
            return t("Laboratory")
        case "consortium":
            return t("Consortium")
        case _:
            return t("Non-profit body")


def layer(word: str, t: Translator) -> str:
    """Layer of the AI stack."""
    match word:
        case "chips":
            return t("Chips")
        case "compute":
            return t("Compute")
        case "models":
            return t("Models")
        case "applications":
            return t("Applications")
        case "robotics":
            return t("Robotics")
        case "governance":
            return t("Governance")
        case "research":
            return t("Research")
        case "capital":
            return t("Capital")
        case _:
            return t("layer not stated")


def domain(word: str, t: Translator) -> str:
    """Subject of indicators and claims."""
    match word:
        case "adoption":
            return t("Adoption")
        case "benchmarks":
            return t("Benchmarks")
        case "capital_markets":
            return t("Capital markets")
        case "compute":
            return t("Compute")
        case "context":
            return t("Background")
        case "governance":
            return t("Governance")
        case "investment":
            return t("Investment")
        case "models":
            return t("Models")
        case "readiness":
            return t("Readiness")
        case "research":
            return t("Research")
        case "semiconductors":
            return t("Semiconductors")
        case _:
            return t("Talent")


def pillar(word: str, t: Translator) -> str:
    """Pillar of the profile."""
    match word:
        case "adoption":
            return t("Adoption")
        case "talent":
            return t("Talent")
        case "context":
            return t("Context")
        case _:
            return layer(word, t)


def modality(word: str, t: Translator) -> str:
    """Main modality of a model or benchmark."""
    match word:
        case "text":
            return t("Text")
        case "multimodal":
            return t("Multimodal")
        case "image":
            return t("Image")
        case "video":
            return t("Video")
        case "audio":
            return t("Audio")
        case "code":
            return t("Code")
        case "embodied":
            return t("Embodied")
        case "safety":
            return t("Safety")
        case _:
            return t("Other")


def verdict(word: str, t: Translator) -> str:
    """Verdict on a claim."""
    match word:
        case "corroborated":
            return t("Corroborated")
        case "partly":
            return t("Partly right")
        case "contradicted":
            return t("Contradicted")
        case _:
            return t("Unverified")


def confidence(word: str, t: Translator) -> str:
    """Confidence of a row."""
    match word:
        case "high":
            return t("high")
        case "medium":
            return t("medium")
        case _:
            return t("low")


def chip_status(word: Any, t: Translator) -> str:
    """Whether a chip ships, as its source says."""
    match clean(word):
        case "shipping":
            return t("shipping")
        case "announced":
            return t("announced")
        case _:
            return t("not stated")


def half_format(word: Any, t: Translator) -> str:
    """The 16-bit number format of a throughput; empty where the source does not say."""
    match clean(word):
        case "fp16":
            return "FP16"
        case "bf16":
            return "BF16"
        case "fp16_or_bf16":
            return t("FP16 or BF16")
        case _:
            return ""


def cluster_status(word: str, t: Translator) -> str:
    """Status of an AI cluster."""
    match word:
        case "operational":
            return t("running")
        case "under_construction":
            return t("under construction")
        case "planned":
            return t("planned")
        case _:
            return t("closed down")
