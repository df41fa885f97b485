"""How each language counts the things in the data: singular, plural, counters.

Kept beside the number formats and out of the catalogues, since a counter belongs to the number
and not to the label: the label `papers` alone is translated in data.po.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Noun:
    """English forms and a pattern that holds `{n}` for each other language."""

    singular: str
    plural: str
    patterns: dict[str, str]


def _noun(plural: str, hans: str, hant: str, ja: str, ko: str, singular: str = "") -> Noun:
    return Noun(
        singular or plural.removesuffix("s"),
        plural,
        {"zh-Hans": hans, "zh-Hant": hant, "ja": ja, "ko": ko},
    )


NOUNS: Final[dict[str, Noun]] = {
    noun.plural: noun
    for noun in (
        _noun("accounts", "{n}个账号", "{n}個帳號", "{n}アカウント", "계정 {n}개"),
        _noun("agents", "{n}个智能体", "{n}個智慧代理", "エージェント{n}件", "에이전트 {n}개"),
        _noun("applications", "{n}件申请", "{n}件申請", "出願{n}件", "출원 {n}건"),
        _noun("articles", "{n}篇论文", "{n}篇論文", "論文{n}本", "논문 {n}편"),
        _noun("authors", "{n}位作者", "{n}位作者", "著者{n}人", "저자 {n}명"),
        _noun("bills", "{n}部法案", "{n}部法案", "法案{n}件", "법안 {n}건"),
        _noun("cards", "{n}张卡", "{n}張卡", "{n}枚", "카드 {n}장"),
        _noun("clusters", "{n}个集群", "{n}個叢集", "{n}クラスター", "클러스터 {n}개"),
        _noun("companies", "{n}家公司", "{n}家公司", "{n}社", "기업 {n}곳", "company"),
        _noun("datasets", "{n}个数据集", "{n}個資料集", "データセット{n}件", "데이터셋 {n}개"),
        _noun("deals", "{n}笔交易", "{n}筆交易", "{n}件の取引", "거래 {n}건"),
        _noun("dimensions", "{n}个维度", "{n}個維度", "{n}項目", "{n}개 항목"),
        _noun("events", "{n}起事件", "{n}起事件", "{n}件", "{n}건"),
        # Exchanges with a model, not stock exchanges.
        _noun("exchanges", "{n}次交互", "{n}次互動", "やり取り{n}回", "대화 {n}건"),
        _noun("firms", "{n}家企业", "{n}家企業", "{n}社", "기업 {n}곳"),
        _noun("GPUs", "{n}块GPU", "{n}顆GPU", "GPU{n}基", "GPU {n}장"),
        _noun(
            "H100 equivalents",
            "{n}块H100等效",
            "{n}顆H100等效",
            "H100換算{n}基",
            "H100 환산 {n}장",
        ),
        _noun(
            "international dollars",
            "{n}国际元",
            "{n}國際元",
            "{n}国際ドル",
            "{n} 국제달러",
        ),
        _noun("languages", "{n}种语言", "{n}種語言", "{n}言語", "{n}개 언어"),
        _noun("laws", "{n}部法律", "{n}部法律", "法律{n}件", "법률 {n}건"),
        # Organisations, not persons.
        _noun("members", "{n}个成员", "{n}個成員", "会員{n}団体", "회원 {n}곳"),
        _noun("models", "{n}个模型", "{n}個模型", "{n}モデル", "모델 {n}개"),
        _noun("papers", "{n}篇论文", "{n}篇論文", "論文{n}本", "논문 {n}편"),
        _noun("patents", "{n}件专利", "{n}件專利", "特許{n}件", "특허 {n}건"),
        _noun("persons", "{n}人", "{n}人", "{n}人", "{n}명"),
        _noun("points", "{n}分", "{n}分", "{n}ポイント", "{n}점"),
        _noun(
            "points of 12",
            "{n}分（满分12分）",
            "{n}分（滿分12分）",
            "12点中{n}点",
            "12점 만점에 {n}점",
            "point of 12",
        ),
        _noun("projects", "{n}个项目", "{n}個專案", "{n}件のプロジェクト", "프로젝트 {n}개"),
        _noun("prompts", "{n}条提示", "{n}則提示", "プロンプト{n}件", "프롬프트 {n}개"),
        _noun("publications", "{n}篇出版物", "{n}篇出版物", "出版物{n}本", "출판물 {n}편"),
        _noun("pushes", "{n}次推送", "{n}次推送", "{n}回のプッシュ", "푸시 {n}회", "push"),
        _noun("racks", "{n}个机架", "{n}個機櫃", "{n}ラック", "랙 {n}개"),
        _noun(
            "repositories",
            "{n}个代码库",
            "{n}個程式碼庫",
            "{n}リポジトリ",
            "저장소 {n}개",
            "repository",
        ),
        _noun("rounds", "{n}轮", "{n}輪", "{n}ラウンド", "{n}라운드"),
        _noun("scenarios", "{n}个场景", "{n}個場景", "{n}シナリオ", "시나리오 {n}개"),
        _noun("systems", "{n}个系统", "{n}個系統", "{n}システム", "시스템 {n}개"),
        _noun("units", "{n}台", "{n}台", "{n}台", "{n}대"),
        _noun("works", "{n}篇成果", "{n}篇成果", "文献{n}件", "저작물 {n}편"),
    )
} | {
    "tier (1 best - 5)": Noun(
        "tier",
        "tier",
        {
            "en": "tier {n} (1 best, 5 worst)",
            "zh-Hans": "第{n}级（1最高，5最低）",
            "zh-Hant": "第{n}級（1最高，5最低）",
            "ja": "階層{n}(1が最上位、5が最下位)",
            "ko": "{n}등급(1 최고, 5 최저)",
        },
    )
}
"""By the unit's name in the data."""

SUFFIXES: Final[dict[str, dict[str, str]]] = {
    "per share": {
        "en": "{amount} per share",
        "zh-Hans": "每股{amount}",
        "zh-Hant": "每股{amount}",
        "ja": "1株{amount}",
        "ko": "주당 {amount}",
    },
    "per person": {
        "en": "{amount} per person",
        "zh-Hans": "人均{amount}",
        "zh-Hant": "人均{amount}",
        "ja": "1人当たり{amount}",
        "ko": "1인당 {amount}",
    },
    "per GPU-hour": {
        "en": "{amount} per GPU-hour",
        "zh-Hans": "每GPU小时{amount}",
        "zh-Hant": "每GPU小時{amount}",
        "ja": "GPU1時間当たり{amount}",
        "ko": "GPU 시간당 {amount}",
    },
    "constant 2021": {
        "en": "{amount} (constant 2021)",
        "zh-Hans": "{amount}（2021年不变价）",
        "zh-Hant": "{amount}（2021年固定價格）",
        "ja": "{amount}(2021年実質)",
        "ko": "{amount}(2021년 불변가격)",
    },
}
"""What follows a currency in a money unit, as a pattern around the amount."""
