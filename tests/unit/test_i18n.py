"""The translator: texts, numbers, money, units and periods in five languages."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.i18n import LANGUAGES, Translator, match_language, translator
from observatory.i18n.catalog import Messages, load_messages

ALL = ("en", "zh-Hans", "zh-Hant", "ja", "ko")
languages = st.sampled_from(ALL)


def plain(text: str) -> str:
    """Spaces that do not break are a matter of layout, not of what is said."""
    return text.replace("\u00a0", " ")


def rows(*texts: str) -> list[tuple[str, str]]:
    return list(zip(ALL, texts, strict=True))


def test_languages_are_the_five_of_the_product() -> None:
    assert tuple(LANGUAGES) == ALL
    assert LANGUAGES["ja"].name == "日本語"
    assert [translator(lang).html_lang for lang in ALL] == list(ALL)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("ja", "ja"),
        ("JA-jp", "ja"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("en-GB", "en"),
        ("ko", "ko"),
        ("fr", None),
        ("", None),
        (None, None),
        ("x" * 100_000, None),
    ],
)
def test_match_language(wanted: str | None, expected: str | None) -> None:
    assert match_language(wanted) == expected


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError, match="fr"):
        translator("fr")


# Texts ------------------------------------------------------------------------------------


def japanese(**plain_texts: str) -> Translator:
    messages = Messages(
        plain={key.replace("_", " "): value for key, value in plain_texts.items()},
        plural={"{n} source": ("{n}件の出典",)},
    )
    data = Messages(plain={"papers": "論文"})
    return Translator("ja", messages, data)


def test_text_is_translated_and_filled() -> None:
    t = Translator("ja", Messages({"{who} leads": "首位は{who}"}), Messages())
    assert t("{who} leads", who="日本") == "首位は日本"


def test_missing_text_is_english() -> None:
    assert japanese()("No such text, {x}", x=3) == "No such text, 3"


def test_wrong_place_in_a_translation_falls_back_to_english() -> None:
    t = Translator("ja", Messages({"{who} leads": "首位は{wer}"}), Messages())
    assert t("{who} leads", who="Japan") == "Japan leads"


def test_a_value_is_not_read_as_a_pattern() -> None:
    assert translator("en")("Name: {name}", name="{evil} {0}") == "Name: {evil} {0}"


def test_a_place_without_value_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        translator("en")("{who} leads")


def test_plurals() -> None:
    en, ja = translator("en"), japanese()
    assert en.n("{n} source", "{n} sources", 1) == "1 source"
    assert en.n("{n} source", "{n} sources", 0) == "0 sources"
    assert en.n("{n} source", "{n} sources", 1234) == "1,234 sources"
    assert ja.n("{n} source", "{n} sources", 1) == "1件の出典"
    assert ja.n("{n} row", "{n} rows", 2) == "2 rows"


def test_data_texts_tell_their_language() -> None:
    t = japanese()
    assert (t.data("papers"), t.data_lang("papers")) == ("論文", "ja")
    assert (t.data("unheard of"), t.data_lang("unheard of")) == ("unheard of", "en")


def test_missing_catalogue_gives_english(tmp_path: Path) -> None:
    assert load_messages("ja", "messages", tmp_path).get("Sources") is None


def test_fuzzy_and_empty_entries_are_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "ko"
    folder.mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    body = (
        'msgid "good"\nmsgstr "좋음"\n\n#, fuzzy\nmsgid "guess"\nmsgstr "추측"\n\n'
        'msgid "empty"\nmsgstr ""\n\n'
        'msgid "{n} row"\nmsgid_plural "{n} rows"\nmsgstr[0] "{n}행"\n'
    )
    (folder / "messages.po").write_text(head + body, encoding="utf-8")
    messages = load_messages("ko", "messages", tmp_path)
    assert messages.get("good") == "좋음"
    assert messages.get("guess") is None
    assert messages.get("empty") is None
    assert messages.get_plural("{n} row", 5) == "{n}행"


# Numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "texts"),
    [
        (0, rows("0", "0", "0", "0", "0")),
        (45_210, rows(*["45,210"] * 5)),
        (99_999, rows(*["99,999"] * 5)),
        (999.96, rows(*["1,000"] * 5)),
        (123_456, rows("123,456", "12.3万", "12.3萬", "12.3万", "12.3만")),
        (999_999_999, rows("1 bn", "10亿", "10億", "10億", "10억")),
        (35e6, rows("35 m", "3,500万", "3,500萬", "3,500万", "3,500만")),
        (2.4e9, rows("2.4 bn", "24亿", "24億", "24億", "24억")),
        (1.2e12, rows("1.2 tn", "1.2万亿", "1.2兆", "1.2兆", "1.2조")),
        (-3.456e9, rows("−3.46 bn", "−34.6亿", "−34.6億", "−34.6億", "−34.6억")),
        (5.02e26, rows(*["5.02 × 10²⁶"] * 5)),
        (0.01234, rows(*["0.0123"] * 5)),
    ],
)
def test_compact(x: float, texts: list[tuple[str, str]]) -> None:
    assert [(lang, plain(translator(lang).compact(x))) for lang in ALL] == texts


def test_compact_long_english() -> None:
    assert plain(translator("en").compact(1.2e12, long=True)) == "1.2 trillion"
    assert translator("ja").compact(1.2e12, long=True) == "1.2兆"


def test_number_and_sig() -> None:
    t = translator("en")
    assert t.number(1234.567) == "1,234.57"
    assert t.number(2, 1) == "2.0"
    assert t.number(0.5) == "0.5"
    assert t.number(2.675, 2) == "2.68"  # as it is written, not as binary stores it
    assert t.sig(1_234_567) == "1,230,000"
    assert t.sig(63.44) == "63.4"
    assert t.signed(3) == "+3"
    assert t.signed(-3) == "−3"
    assert t.signed(0) == "0"


def test_percent() -> None:
    assert plain(translator("en").percent(63.44)) == "63.4 %"
    assert translator("ja").percent(63.44) == "63.4%"
    assert plain(translator("en").percent(0.034)) == "0.034 %"
    assert plain(translator("en").percent(63, 1)) == "63.0 %"
    assert plain(translator("en").signed_percent(11.24)) == "+11.2 %"


@pytest.mark.parametrize("missing", [None, math.nan, math.inf, Decimal("NaN"), object()])
def test_what_is_no_number_is_not_known(missing: object) -> None:
    t = translator("en")
    for method in (t.number, t.sig, t.compact, t.percent, t.signed, t.exact):
        assert method(missing) == "not known"  # type: ignore[operator]
    assert t.money(missing, "USD") == "not known"  # type: ignore[arg-type]
    assert t.value(missing, "percent") == "not known"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "currency", "texts"),
    [
        (2.4e9, "USD", rows("US$2.4 bn", "24亿美元", "24億美元", "24億米ドル", "24억 달러")),
        (5e9, "HKD", rows("HK$5 bn", "50亿港元", "50億港元", "50億香港ドル", "50억 홍콩달러")),
        (4.5e13, "KRW", rows("₩45 tn", "45万亿韩元", "45兆韓元", "45兆ウォン", "45조 원")),
        (-3e6, "JPY", rows("−JP¥3 m", "−300万日元", "−300萬日圓", "−300万円", "−300만 엔")),
        (7, "CHF", rows("CHF 7", "7 CHF", "7 CHF", "7 CHF", "7 CHF")),
    ],
)
def test_money(amount: float, currency: str, texts: list[tuple[str, str]]) -> None:
    assert [(lang, plain(translator(lang).money(amount, currency))) for lang in ALL] == texts


def test_money_exact() -> None:
    assert translator("en").money(1_234_567.5, "USD", compact=False) == "US$1,234,567.50"
    assert translator("en").money(1_234_567, "USD", compact=False) == "US$1,234,567"


# Values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "english", "third"),
    [
        ((63.4, "percent", "%"), "63.4 %", "63.4%"),
        ((71.2, "index 0-100", "index 0-100"), "71.2", "71.2"),
        ((3, "rank", "rank"), "3rd", "3位"),
        ((5e26, "FLOP", "FLOP"), "5 × 10²⁶ FLOP", "5 × 10²⁶ FLOP"),
        ((7000, "FLOP", "FLOP"), "7 × 10³ FLOP", "7 × 10³ FLOP"),
        ((1234.5, "PFLOP/s", "PFLOP/s"), "1,235 PFLOP/s", "1,235 PFLOP/s"),
        ((2.4, "USD billion", "USD billion", 1e9, "USD"), "US$2.4 bn", "24億米ドル"),
        ((2.4, "USD billion"), "US$2.4 bn", "24億米ドル"),
        ((30_000, "TWD million", "", 1_000_000, "TWD"), "NT$30 bn", "300億台湾ドル"),
        ((5, "CNY", "CNY", 1e8, "CNY"), "CN¥500 m", "5億人民元"),
        ((12.3, "HKD per share"), "HK$12.3 per share", "1株12.3香港ドル"),
        ((65.5, "INR per GPU-hour"), "₹65.5 per GPU-hour", "GPU1時間当たり65.5インドルピー"),
        (
            (7.6e9, "USD (constant 2021)", "USD, constant 2021", 1, "USD"),
            "US$7.6 bn (constant 2021)",
            "76億米ドル(2021年実質)",
        ),
        ((515_000, "persons"), "515,000 persons", "51.5万人"),
        ((35.2, "million persons"), "35.2 m persons", "3,520万人"),
        ((2100, "billion international dollars"), "2.1 tn international dollars", "2.1兆国際ドル"),
        ((1, "papers"), "1 paper", "論文1本"),
        ((2, "companies"), "2 companies", "2社"),
        ((12, "count"), "12", "12"),
        ((55, "gCO2e/kWh"), "55 gCO2e/kWh", "55 gCO2e/kWh"),
        ((2, "tier (1 best - 5)"), "tier 2 (1 best, 5 worst)", "階層2(1が最上位、5が最下位)"),
    ],
)
def test_value(arguments: tuple[object, ...], english: str, third: str) -> None:
    assert plain(translator("en").value(*arguments)) == english  # type: ignore[arg-type]
    assert plain(translator("ja").value(*arguments)) == third  # type: ignore[arg-type]


def test_value_styles() -> None:
    t = translator("en")
    assert t.value(63.4, "percent", style="bare") == "63.4"
    assert t.value(3, "rank", style="bare") == "3"
    assert t.value(71.2, "index 0-100", style="full") == "71.2 (index 0-100)"
    assert plain(t.value(2.4, "USD billion", style="bare")) == "2.4 bn"
    assert t.value(1_234_567, "papers", compact=False) == "1,234,567 papers"
    assert plain(t.value(37.1234, "percent", compact=False)) == "37.1234 %"


@pytest.mark.parametrize(
    ("value", "label", "text"),
    [
        ("1234567.80", "USD million", "1,234,567.80 USD million"),
        (1234567.8, "USD million", "1,234,567.8 USD million"),
        (0.1, "%", "0.1 %"),
        (12345, "count", "12,345"),
        ("-2.50", "", "−2.50"),
        ("5.02e26", "FLOP", "5.02 × 10²⁶ FLOP"),
        ("0.00001", "index 0-1", "0.00001 index 0-1"),
        ("about ten", "", "not known"),
    ],
)
def test_exact(value: float | str, label: str, text: str) -> None:
    assert plain(translator("en").exact(value, label)) == text


@pytest.mark.parametrize(
    ("x", "unit", "texts"),
    [
        (11.2, "percent", rows("+11.2 points", *["+11.2个百分点", "+11.2個百分點"],
                               "+11.2ポイント", "+11.2%p")),
        (-35, "papers", rows("−35 papers", "−35篇论文", "−35篇論文", "論文−35本", "논문 −35편")),
        (-2, "rank", rows("up 2 places", "上升2位", "上升2位", "2つ上昇", "2계단 상승")),
        (1, "rank", rows("down 1 place", "下降1位", "下降1位", "1つ下降", "1계단 하락")),
        (2.4, "USD billion", rows("+US$2.4 bn", "+24亿美元", "+24億美元", "+24億米ドル",
                                  "+24억 달러")),
    ],
)  # fmt: skip
def test_change(x: float, unit: str, texts: list[tuple[str, str]]) -> None:
    assert [(lang, plain(translator(lang).change(x, unit))) for lang in ALL] == texts


# Order and time ---------------------------------------------------------------------------


def test_ranks_and_ordinals() -> None:
    assert [translator(lang).rank(3, 11) for lang in ALL] == [
        "3rd of 11",
        "11个经济体中第3",
        "11個經濟體中第3",
        "11経済圏中3位",
        "11개 경제권 중 3위",
    ]
    assert translator("en").rank(1, 9, tied=True) == "joint 1st of 9"
    assert translator("ja").rank(1, 9, economies=False) == "9中1位"
    ordinals = [translator("en").ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)]
    assert ordinals == "1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th".split()


@pytest.mark.parametrize(
    ("period", "texts"),
    [
        ("2026", rows("2026", "2026年", "2026年", "2026年", "2026년")),
        ("2026-05", rows("May 2026", *["2026年5月"] * 3, "2026년 5월")),
        ("2026-05-04", rows("4 May 2026", *["2026年5月4日"] * 3, "2026년 5월 4일")),
        ("2026-Q1", rows("Q1 2026", "2026年第1季度", "2026年第1季", "2026年第1四半期",
                         "2026년 1분기")),
        ("2025-H2", rows("H2 2025", "2025年下半年", "2025年下半年", "2025年下半期",
                         "2025년 하반기")),
        ("FY2025", rows("FY2025", "2025财年", "2025會計年度", "2025年度", "2025 회계연도")),
        ("2025-01/2025-09", rows("Jan–Sep 2025", "2025年1月至9月", "2025年1月至9月",
                                 "2025年1月～9月", "2025년 1월~9월")),
        ("2013/2024", rows("2013–2024", "2013至2024年", "2013至2024年", "2013～2024年",
                           "2013~2024년")),
        ("2025-11/2026-02", rows("Nov 2025 – Feb 2026", "2025年11月至2026年2月",
                                 "2025年11月至2026年2月", "2025年11月～2026年2月",
                                 "2025년 11월~2026년 2월")),
    ],
)  # fmt: skip
def test_period(period: str, texts: list[tuple[str, str]]) -> None:
    assert [(lang, translator(lang).period(period)) for lang in ALL] == texts


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-Q5", "2025/", "/2025", "26"])
def test_what_is_no_period_stays_as_it_is(text: str) -> None:
    assert translator("ja").period(text) == text


def test_date() -> None:
    assert translator("en").date(date(2026, 5, 14)) == "14 May 2026"
    assert translator("en").date(datetime(2026, 5, 14, 9, 30)) == "14 May 2026"  # noqa: DTZ001
    assert translator("ko").date("2026-05-14T09:30:00Z") == "2026년 5월 14일"


def test_list() -> None:
    assert translator("en").list(["A"]) == "A"
    assert translator("en").list(["A", "B", "C"]) == "A, B and C"
    assert translator("ja").list(["A", "B", "C"]) == "A、B、C"
    assert translator("ko").list([]) == ""


# Properties -------------------------------------------------------------------------------

finite = st.floats(min_value=-1e300, max_value=1e300)
SIZES = {"tn": 12, "bn": 9, "m": 6, "万亿": 12, "亿": 8, "万": 4, "兆": 12, "億": 8, "萬": 4}
SIZES |= {"조": 12, "억": 8, "만": 4}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def read_back(text: str) -> float:
    """Read a compact number of any of the five languages."""
    text = plain(text).replace("−", "-").replace(",", "")
    if "×" in text:
        mantissa, power = text.split(" × 10")
        return float(f"{mantissa}e{power.translate(SUPERSCRIPTS)}")
    for unit in sorted(SIZES, key=len, reverse=True):
        if text.endswith(unit):
            return float(text.removesuffix(unit).strip()) * 10.0 ** SIZES[unit]
    return float(text)


@given(finite, languages)
def test_compact_says_the_number_to_three_digits(x: float, lang: str) -> None:
    assert math.isclose(read_back(translator(lang).compact(x)), x, rel_tol=0.00501)


@given(st.floats(1.01e-4, 9e14), st.sampled_from([1, -1]), languages)
def test_exact_loses_nothing(size: float, sign: int, lang: str) -> None:
    x = size * sign
    text = translator(lang).exact(x).replace("−", "-").replace(",", "")
    assert float(text) == x


@given(finite, languages, st.sampled_from(["percent", "USD billion", "papers", "rank", "FLOP"]))
def test_any_value_can_be_printed(x: float, lang: str, unit: str) -> None:
    t = translator(lang)
    for text in (t.value(x, unit), t.value(x, unit, compact=False), t.change(x, unit)):
        assert text
        assert "E+" not in text
        assert "-" not in text


@given(st.text(max_size=30), languages)
def test_any_text_is_a_period_or_stays(text: str, lang: str) -> None:
    assert translator(lang).period(text) is not None


@given(st.text(max_size=40))
def test_match_language_never_fails(text: str) -> None:
    assert match_language(text) in {None, *ALL}


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.text(), min_size=2))
def test_values_come_through_unchanged(values: dict[str, str]) -> None:
    assert translator("en")("{a}|{b}", **values) == f"{values['a']}|{values['b']}"


def test_the_unit_in_words_is_that_of_the_printed_number() -> None:
    """Nobody multiplies: a value of millions is printed whole, so its unit is the currency alone."""
    en, ko = translator("en"), translator("ko")
    kept = ("KRW million", "KRW million", 1e6, "KRW")
    assert en.value(52_700_000, *kept, style="full") == "₩52.7\u00a0tn"
    assert (en.unit(*kept), ko.unit(*kept)) == ("₩", "원")
    assert en.unit("USD billion", "USD billion", 1e9, "USD") == "US$"
    assert en.unit("million persons", "million persons") == "persons"
    assert en.unit("percent", "%") == "%"
