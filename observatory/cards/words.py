"""Words for closed vocabularies, translated where they are shown."""

from __future__ import annotations

from observatory.i18n import Translator


def status_label(status: str, t: Translator) -> str:
    """One of the eight status words; anything else reads as Unchecked."""
    match status:
        case "official":
            return t("Official")
        case "confirmed":
            return t("Confirmed")
        case "reported":
            return t("Reported")
        case "company_claim":
            return t("Company claim")
        case "estimate":
            return t("Estimate")
        case "disputed":
            return t("Disputed")
        case "superseded":
            return t("Superseded")
        case _:
            return t("Unchecked")


def status_meaning(status: str, t: Translator) -> str:
    """What the status word promises, in a few words."""
    match status:
        case "official":
            return t("statistics office, statute, filing, exchange")
        case "confirmed":
            return t("two independent sources agree")
        case "reported":
            return t("one named, reliable source")
        case "company_claim":
            return t("the company says so")
        case "estimate":
            return t("modelled, method given")
        case "disputed":
            return t("sources disagree beyond tolerance")
        case "superseded":
            return t("a newer value exists")
        case _:
            return t("nobody has checked it yet")


def preset_label(preset: str, t: Translator) -> str:
    """The name of a group of economies."""
    match preset:
        case "all13":
            return t("All 13")
        case "east-asia":
            return t("East Asia")
        case "east-se-asia":
            return t("East and South-East Asia")
        case "asean6":
            return t("ASEAN six")
        case "third-way5":
            return t("Third-way five")
        case _:
            return preset
