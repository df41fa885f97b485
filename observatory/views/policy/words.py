"""Words of laws and programmes: standings, levels, relations, roles, width of dates."""

from __future__ import annotations

from observatory.cards.markup import Child, Safe, h, join, swatch
from observatory.i18n import N_, Translator
from observatory.model.time import parse_period
from observatory.views import data_words, labels, links
from observatory.views.labels import clean
from observatory.views.measures import Catalogue
from observatory.views.policy.data import EVERYBODY, Book, Entry

_RULES = ("law", "regulation", "standard", "guideline", "dispute", "treaty")
_TOPICS = {
    "algorithms": N_("Algorithms"), "chips_export_control": N_("Chips and export control"),
    "compute": N_("Compute"), "content_labelling": N_("Content labelling"),
    "copyright": N_("Copyright"), "data_protection": N_("Data protection"),
    "finance": N_("Finance"), "generative_ai": N_("Generative AI"), "governance": N_("Governance"),
    "health": N_("Health"), "industry_support": N_("Industry support"),
    "international": N_("International"), "mobility": N_("Mobility"),
    "public_sector": N_("Public sector"), "safety": N_("Safety"), "security": N_("Security"),
    "skills_research": N_("Skills and research"), "standards": N_("Standards"),
}  # fmt: skip
_TONGUES = {"VNM": "vi", "IDN": "id", "MYS": "ms", "THA": "th", "CHN": "zh-Hans", "TWN": "zh-Hant",
            "HKG": "zh-Hant", "JPN": "ja", "KOR": "ko", "SGP": "zh-Hans"}  # fmt: skip


def topic(word: str, t: Translator) -> str:
    """Name of a topic."""
    return t(_TOPICS[word]) if word in _TOPICS else word


def state_group(word: str, t: Translator) -> str:
    """A standing as it heads a group of instruments of all kinds."""
    match word:
        case "in_force":
            return t("In force or running")
        case "ahead":
            return t("Date still to come")
        case "passed":
            return t("Passed or concluded")
        case "launched":
            return t("Launched")
        case "announced":
            return t("Announced")
        case "proposed":
            return t("Proposed or pending")
        case "paused":
            return t("Paused")
        case "pause_over":
            return t("Pause over")
        case "superseded":
            return t("Replaced or lapsed")
        case _:
            return t("Status not checked")


def held(word: str, end: str, t: Translator) -> str:
    """The standing of what another act suspends; ``end``: the period its pause ends in, empty if unknown."""
    if word == "pause_over":
        return t("Pause ended, {day}; what holds now is not on file", day=t.period(end))
    return t("Paused until {day}", day=t.period(end)) if end else t("Paused")


def state(entry: Entry, t: Translator) -> str:
    """The standing of one instrument on the day, in a word that fits its kind."""
    kind, word = entry.kind, entry.state
    if word in ("paused", "pause_over"):
        return held(word, entry.pause.end if entry.pause else "", t)
    match word:
        case "in_force":
            return t("In force") if kind in _RULES else t("Running")
        case "ahead":
            return t("Not yet in effect") if entry.effective else t("Date still to come")
        case "passed":
            return t("Passed") if kind in ("law", "regulation") else t("Concluded")
        case "proposed":
            return t("Pending") if kind == "dispute" else t("Proposed")
        case _:
            return state_group(word, t)


def level(word: str, t: Translator) -> str:
    """How much an economy's rules ask on a topic."""
    match word:
        case "binding":
            return t("Binding rule")
        case "coming":
            return t("Binding rule, not yet in effect")
        case "draft":
            return t("Draft rule")
        case "soft":
            return t("Guideline or standard")
        case "plan":
            return t("Plan or programme")
        case "other":
            return t("Body, agreement or dispute")
        case _:
            return t("nothing on file")


def binding(word: str, t: Translator) -> str:
    """What the source calls the force of an instrument of several parties."""
    match word:
        case "non_binding":
            return t("not binding")
        case "voluntary":
            return t("voluntary")
        case "political_guidance":
            return t("political guidance, not binding")
        case "standard":
            return t("standard, binding only where adopted")
        case "binding_regulation":
            return t("binding regulation")
        case "binding_on_parties":
            return t("binding on its parties")
        case _:
            return ""


def issued_by(entry: Entry, t: Translator) -> Safe | None:
    """The bodies that issue it, those with a page linked; what is read off its title says so."""
    found = []
    for one in entry.issuers:
        said = labels.org_name(one.name, one.native, one.language, t)
        name = h("span", said.main, lang="en")
        if one.org_id:
            name = h(
                "a",
                said.main,
                href=links.org(one.org_id),
                data_go=True,
                lang=said.main_lang or None,
            )
        found.append(
            join([name, h("span", t("from the title"), cls="muted") if one.by_rule else None], " ")
        )
    return join(found, ", ") if found else None


def relation(word: str, way: str, t: Translator) -> str:
    """Heading over related instruments, seen from the entry."""
    match (word, way):
        case ("supersedes", "out"):
            return t("Replaces")
        case ("supersedes", _):
            return t("Replaced by")
        case ("amends", "out"):
            return t("Changes")
        case ("amends", _):
            return t("Changed by")
        case ("implements", "out"):
            return t("Carries out")
        case ("implements", _):
            return t("Carried out by")
        case ("suspends", "out"):
            return t("Suspends")
        case ("suspends", _):
            return t("Suspended by")
        case ("ends", "out"):
            return t("End of")
        case ("ends", _):
            return t("Ends with")
        case (_, "out"):
            return t("Follows")
        case _:
            return t("Followed by")


def role(word: str, t: Translator) -> str:
    """Role of a party."""
    match word:
        case "issuer":
            return t("Issued by")
        case "signatory":
            return t("Signed by")
        case "partner":
            return t("Partner")
        case "target":
            return t("Aimed at")
        case _:
            return t("Party")


def actor(word: str, t: Translator) -> str:
    """Whose act it is."""
    match word:
        case "public":
            return t("Act of a state or public body")
        case "intergovernmental":
            return t("Act of several states")
        case _:
            return t("Company or research body: no act of a state")


def width(text: str, t: Translator) -> str:
    """How wide a date is, where it is no day; empty for a day."""
    return data_words.date_width(parse_period(text).precision, t)


def native_lang(entry: Entry) -> str:
    """Language of a native title, from its script or its economy; empty where neither tells."""
    text = clean(entry.row["title_native"])
    if any("가" <= sign <= "힣" for sign in text):
        return "ko"
    if any("ぁ" <= sign <= "ヿ" for sign in text):
        return "ja"
    han = any("一" <= sign <= "鿿" for sign in text)
    own = _TONGUES.get(entry.economy_id, "zh" if han else "")
    return own if han or not own.startswith(("zh", "ja", "ko")) else ""


def titles(entry: Entry, t: Translator) -> tuple[tuple[str, str], tuple[str, str]]:
    """(title, language) to read first, and the other one or two empty texts."""
    english, native = clean(entry.row["title"]), clean(entry.row["title_native"])
    tongue = native_lang(entry)
    if native and tongue and tongue.partition("-")[0] == t.lang.partition("-")[0]:
        return (native, tongue), (english, "en")
    return (english, "en"), (native, tongue)


def heading(entry: Entry, t: Translator, *, both: bool = True) -> Safe:
    """The title as a link to the policy's page, its native title beside it."""
    (main, tongue), (second, other) = titles(entry, t)
    parts: list[Child] = [
        h("a", main, href=links.policy(entry.id), data_go=True, cls="po-t",
          lang=tongue if tongue != t.lang else None)
    ]  # fmt: skip
    if both and second:
        parts.append(h("span", second, cls="native", lang=other or None))
    return join(parts)


def place(catalogue: Catalogue, code: str) -> Safe:
    """An economy with its colour, linked where it has a profile."""
    if code == EVERYBODY:
        return h("span", catalogue.t("Several parties"))
    name = catalogue.name(code)
    row = catalogue.economies.get(code, {})
    known = row and row["group_id"] not in ("aggregate", "other")
    return h(
        "span",
        swatch(code),
        h("a", name, href=links.economy(code), data_go=True) if known else name,
    )


def topics(book: Book, entry: Entry, t: Translator) -> str:
    """An entry's topics in a line."""
    return t.list([topic(word, t) for word in entry.topics]) if entry.topics else ""
