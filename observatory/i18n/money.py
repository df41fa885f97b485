"""Amounts of money in the words of each language: `US$2.4 bn`, `24億米ドル`, `24억 달러`."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from observatory.i18n import formats
from observatory.i18n.languages import forms_of

# No bare "$" and no bare "¥": four dollars and two yens stand side by side on one page.
_SYMBOLS_EN: Final = {
    "AED": f"AED{formats.NBSP}",
    "AUD": "A$",
    "CAD": "C$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "IDR": "Rp",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "JP¥",
    "KRW": "₩",
    "MYR": "RM",
    "PHP": "₱",
    "SGD": "S$",
    "THB": "฿",
    "TWD": "NT$",
    "USD": "US$",
    "VND": "₫",
}
_NAMES: Final[dict[str, dict[str, str]]] = {
    "zh-Hans": {
        "AED": "阿联酋迪拉姆",
        "AUD": "澳元",
        "CAD": "加元",
        "CNY": "元人民币",
        "EUR": "欧元",
        "GBP": "英镑",
        "HKD": "港元",
        "IDR": "印尼盾",
        "ILS": "新谢克尔",
        "INR": "印度卢比",
        "JPY": "日元",
        "KRW": "韩元",
        "MYR": "马来西亚林吉特",
        "PHP": "菲律宾比索",
        "SGD": "新加坡元",
        "THB": "泰铢",
        "TWD": "元新台币",
        "USD": "美元",
        "VND": "越南盾",
    },
    "zh-Hant": {
        "AED": "阿聯迪拉姆",
        "AUD": "澳元",
        "CAD": "加元",
        "CNY": "元人民幣",
        "EUR": "歐元",
        "GBP": "英鎊",
        "HKD": "港元",
        "IDR": "印尼盾",
        "ILS": "新謝克爾",
        "INR": "印度盧比",
        "JPY": "日圓",
        "KRW": "韓元",
        "MYR": "馬來西亞令吉",
        "PHP": "菲律賓披索",
        "SGD": "新加坡元",
        "THB": "泰銖",
        "TWD": "元新台幣",
        "USD": "美元",
        "VND": "越南盾",
    },
    "ja": {
        "AED": "UAEディルハム",
        "AUD": "豪ドル",
        "CAD": "カナダドル",
        "CNY": "人民元",
        "EUR": "ユーロ",
        "GBP": "英ポンド",
        "HKD": "香港ドル",
        "IDR": "インドネシアルピア",
        "ILS": "新シェケル",
        "INR": "インドルピー",
        "JPY": "円",
        "KRW": "ウォン",
        "MYR": "マレーシアリンギット",
        "PHP": "フィリピンペソ",
        "SGD": "シンガポールドル",
        "THB": "タイバーツ",
        "TWD": "台湾ドル",
        "USD": "米ドル",
        "VND": "ベトナムドン",
    },
    "ko": {
        "AED": "UAE 디르함",
        "AUD": "호주달러",
        "CAD": "캐나다달러",
        "CNY": "위안",
        "EUR": "유로",
        "GBP": "파운드",
        "HKD": "홍콩달러",
        "IDR": "인도네시아 루피아",
        "ILS": "셰켈",
        "INR": "인도 루피",
        "JPY": "엔",
        "KRW": "원",
        "MYR": "링깃",
        "PHP": "필리핀 페소",
        "SGD": "싱가포르달러",
        "THB": "태국 밧",
        "TWD": "대만달러",
        "USD": "달러",
        "VND": "베트남 동",
    },
}
CURRENCIES: Final = frozenset(_SYMBOLS_EN)
"""Codes with a symbol and names of their own; any other code is printed as it is."""


def currency_name(code: str, lang: str) -> str:
    """Return the short mark of a currency: `US$` in English, `米ドル` in Japanese."""
    lang = forms_of(lang)
    if lang == "en":
        return _SYMBOLS_EN.get(code, code).strip()
    return _NAMES[lang].get(code, code)


def with_currency(text: str, code: str, lang: str) -> str:
    """Put the currency to a printed number: before it in English, after it in the others."""
    lang = forms_of(lang)
    if lang == "en":
        sign, digits = (text[0], text[1:]) if text[:1] in {formats.MINUS, "+"} else ("", text)
        return f"{sign}{_SYMBOLS_EN.get(code, code + formats.NBSP)}{digits}"
    space = formats.NBSP if lang == "ko" or code not in CURRENCIES else ""
    return f"{text}{space}{_NAMES[lang].get(code, code)}"


def money(amount: Decimal, code: str, lang: str, *, compact: bool = True) -> str:
    """Print an amount in whole units of its currency; not `compact` prints every digit."""
    if compact:
        return with_currency(formats.compact(amount, lang), code, lang)
    # 12.5 dollars are printed 12.50, 12 stay 12.
    text = formats.plain(amount, lang, 0 if amount == amount.to_integral_value() else 2)
    return with_currency(text, code, lang)
