"""Checked claims as schema.org ClaimReview, one object a claim."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

# "Unverified" is no place between right and wrong: it carries its word and no number.
_RATING: Final = {"contradicted": 1, "partly": 2, "corroborated": 3}
_BEST: Final = 3


def claim_review(
    row: Mapping[str, Any],
    source: Mapping[str, Any] | None,
    *,
    word: str,
    document: str,
    address: str,
    lang: str,
) -> dict[str, Any]:
    """One claim. ``row`` has claim_id, statement, verdict, evidence, checked_on; ``word`` is the verdict
    in ``lang``; ``source`` has title, publisher, url; ``address`` is where the claim is shown."""
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": word}
    if row["verdict"] in _RATING:
        rating |= {"ratingValue": _RATING[row["verdict"]], "bestRating": _BEST, "worstRating": 1}
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "identifier": str(row["claim_id"]),
        "url": address,
        "inLanguage": lang,
        "datePublished": str(row["checked_on"])[:10],
        "author": {"@type": "Organization", "name": "East Asia AI Observatory"},
        "claimReviewed": str(row["statement"]),
        "itemReviewed": {
            "@type": "Claim",
            "inLanguage": "en",
            "appearance": {"@type": "CreativeWork", "name": document},
        },
        "reviewRating": rating,
        "reviewBody": str(row["evidence"]),
    }
    if source is not None:
        cited: dict[str, Any] = {"@type": "CreativeWork", "name": str(source["title"])}
        if source.get("publisher"):
            cited["publisher"] = {"@type": "Organization", "name": str(source["publisher"])}
        if source.get("url"):
            cited["url"] = str(source["url"])
        review["citation"] = [cited]
    return review


def claim_reviews(
    rows: Sequence[Mapping[str, Any]],
    sources: Mapping[str, Mapping[str, Any]],
    *,
    word: Callable[[str], str],
    document: Callable[[str], str],
    address: Callable[[str], str],
    lang: str,
) -> bytes:
    """A JSON-LD file of claims in the order given; UTF-8, the same input gives the same bytes."""
    reviews = [
        claim_review(
            row,
            sources.get(str(row["source_id"])),
            word=word(str(row["verdict"])),
            document=document(str(row["document"])),
            address=address(str(row["row_id"])),
            lang=lang,
        )
        for row in rows
    ]
    return json.dumps(reviews, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
