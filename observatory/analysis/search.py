"""Finding things by name: an index of names in any script, ranked with RapidFuzz.

An `Entry` is a thing with its names. The index folds every name once (`search_fold`); a query is
folded in the same way, compared with all names at once, and each thing stands where its best name
stands. Nothing here knows what a page or a language is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from observatory.analysis.search_fold import fold, has_syllables, is_han, reading, sound, squash

MAX_QUERY: Final = 100
"""Signs of a query that are read; the rest is left out."""
GOOD: Final = 66.0
"""From this likeness on a name answers the query."""
NEAR: Final = 46.0
"""From this likeness on a name is offered where nothing answers."""
CERTAIN: Final = 100.0
"""With an answer of this likeness, names that are only close are no answers."""
ENOUGH: Final = 4
"""With so many names that hold the query at the start of a word, slips are not looked for."""
NEAREST: Final = 8
"""How many are offered where nothing answers."""

NameKind = Literal["name", "native", "short", "brand", "former", "ticker", "id", "reading", "text"]
How = Literal["exact", "start", "word", "inside", "words", "close", "sound"]
Floats = npt.NDArray[np.float32]

# What a name of a kind is worth beside the thing's own name.
_KIND: Final[dict[str, float]] = {"former": -1, "id": -5, "reading": -14, "text": -8}


_SPOKEN: Final = frozenset({"name", "short", "brand", "former"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing; `language` is a BCP 47 tag, or empty where it has none."""

    text: str
    kind: NameKind = "name"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that can be found.

    `weight` (0 to 1) is how much is on file about it and decides between equally good matches;
    `prior` is added to its scores; `known` is the first day on which it was known.
    """

    kind: str
    id: str
    names: tuple[Name, ...]
    weight: float = 0.0
    prior: float = 0.0
    known: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A found thing: its place in the entries, the name that matched, how, and how alike.

    `likeness` is about the name alone, 112 for the very name; `score` adds what the thing and the
    kind of name are worth, and gives the order.
    """

    at: int
    score: float
    likeness: float
    name: Name
    how: How


@dataclass(slots=True)
class _Names:
    """Parallel lists over all names."""

    owner: list[int] = field(default_factory=list)
    name: list[Name] = field(default_factory=list)
    spaced: list[str] = field(default_factory=list)
    tight: list[str] = field(default_factory=list)


class _Joined:
    """Many texts as one, so that a part is looked for in all of them at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n" + "\n".join(texts)
        sizes = [len(text) + 1 for text in texts]
        self._starts = np.cumsum([0, *sizes[:-1]]) if sizes else np.zeros(0, dtype=np.int64)

    def having(self, part: str) -> npt.NDArray[np.bool_]:
        """Which texts hold a part; a line feed before it stands for the start of a text."""
        found = np.zeros(len(self._starts), dtype=bool)
        places: list[int] = []
        at = self._text.find(part)
        while at >= 0:
            places.append(at)
            at = self._text.find(part, at + 1)
        found[np.searchsorted(self._starts, places, side="right") - 1] = True
        return found


class Index:
    """All names, folded. Safe to share between threads: it never changes."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        found = _Names()
        sounds: list[str] = []
        sounding: list[int] = []
        for at, entry in enumerate(self.entries):
            # What is on file in kana or Hangul is found as it is written.
            silent = any(has_syllables(name.text) for name in entry.names)
            for name, spaced in _forms(entry.names):
                found.owner.append(at)
                found.name.append(name)
                found.spaced.append(spaced)
                found.tight.append(squash(spaced))
                heard = "" if silent or name.kind not in _SPOKEN else sound(spaced)
                if len(heard) >= 3:
                    sounding.append(len(found.owner) - 1)
                    sounds.append(heard)
        self._names = found
        self._owner = np.array(found.owner, dtype=np.int64)
        self._length = np.array([len(text) for text in found.tight] or [0], dtype=np.float32)
        self._bonus = np.array(
            [
                _KIND.get(name.kind, 0.0) + self.entries[at].prior + 3 * self.entries[at].weight
                for at, name in zip(found.owner, found.name, strict=True)
            ],
            dtype=np.float32,
        )
        self._spaced, self._tight = _Joined(found.spaced), _Joined(found.tight)
        self._sounds, self._sounding = sounds, np.array(sounding, dtype=np.int64)
        self._short_sound = np.array([len(text) < 4 for text in sounds], dtype=bool)
        self._spoken = [found.tight[place] for place in sounding]
        self._strict = np.array([name.kind in ("ticker", "id") for name in found.name], dtype=bool)

    def __len__(self) -> int:
        return len(self.entries)

    def search(
        self,
        query: str,
        *,
        kinds: frozenset[str] | None = None,
        as_of: date | None = None,
        close: bool = True,
    ) -> list[Hit]:
        """Things that a query names, best first: those that answer it, else near ones.

        `kinds` limits the search; things not known by `as_of` are left out; names that only look
        or sound alike too unless `close`. An empty list for a query without a letter or digit.
        Never raises.
        """
        spaced = fold(query[:MAX_QUERY])[:MAX_QUERY].strip()
        if not spaced or not self._names.owner:
            return []
        likeness, hows = self._likeness(query[:MAX_QUERY], spaced, close=close)
        near = np.flatnonzero(likeness >= NEAR)
        scores = likeness[near] + self._bonus[near]
        best: dict[int, Hit] = {}
        for index in np.argsort(-scores, kind="stable"):
            place = int(near[index])
            at = int(self._owner[place])
            if at not in best and self._wanted(at, kinds, as_of):
                name, how = self._names.name[place], _HOWS[hows[place]]
                best[at] = Hit(at, float(scores[index]), float(likeness[place]), name, how)
        hits = list(best.values())
        answers = [hit for hit in hits if hit.likeness >= GOOD]
        if not answers:
            return sorted(hits, key=lambda hit: -hit.likeness)[:NEAREST]
        if max(hit.likeness for hit in answers) >= CERTAIN:
            return [hit for hit in answers if hit.how not in ("close", "sound", "words")] or answers
        return answers

    def _wanted(self, at: int, kinds: frozenset[str] | None, as_of: date | None) -> bool:
        entry = self.entries[at]
        if kinds is not None and entry.kind not in kinds:
            return False
        return as_of is None or entry.known is None or entry.known <= as_of

    def _likeness(
        self, query: str, spaced: str, *, close: bool
    ) -> tuple[Floats, npt.NDArray[np.int8]]:
        """How alike every name is, and by which rule that came about (index into `_HOWS`)."""
        names, tight = self._names, squash(spaced)
        size = len(tight)
        # How much of the name the query covers.
        cover = np.minimum(size / np.maximum(self._length, 1), 1).astype(np.float32)
        scores = np.zeros(len(names.owner), dtype=np.float32)
        hows = np.full(len(names.owner), _CLOSE, dtype=np.int8)

        def raise_to(values: Floats, how: int) -> None:
            higher = values > scores
            scores[higher] = values[higher]
            hows[higher] = how

        han = is_han(tight)
        start, word, inside = self._places(spaced, tight, han)
        raise_to(np.where(inside, 74 + 8 * cover, 0).astype(np.float32), _INSIDE)
        raise_to(np.where(word, 85 + 8 * cover, 0).astype(np.float32), _WORD)
        raise_to(np.where(start, 92 + 8 * cover, 0).astype(np.float32), _START)
        if " " in spaced:
            raise_to(np.where(self._words(spaced), 84 + 8 * cover, 0).astype(np.float32), _WORDS)
        raise_to(np.where(start & (self._length == size), 112, 0).astype(np.float32), _EXACT)
        if not close or scores.max() >= CERTAIN + 10 or np.count_nonzero(scores >= 85) >= ENOUGH:
            # The very name is there, or many that begin so: nobody asked for one that is close.
            return scores, hows
        # Similarity of the whole: typing slips, left out and added signs.
        if size >= (2 if han else 4):
            raise_to(self._blurred(_compare(tight, names.tight, fuzz.ratio, 60) * 0.9), _CLOSE)
        # The name holds the query with a slip.
        if size >= (3 if han else 5):
            part = _compare(spaced, names.spaced, fuzz.partial_ratio, 60)
            part = np.where(self._length >= size, part, 0)
            raise_to(self._blurred(np.maximum(part - 8, 0) * 0.8 + 7 * cover), _CLOSE)
        # Some words of the query, in any order.
        if " " in spaced:
            some = _compare(spaced, names.spaced, fuzz.token_set_ratio, 64)
            raise_to(self._blurred(some * 0.72 * np.minimum(self._length / size, 1)), _CLOSE)
        if has_syllables(query):
            raise_to(self._heard(query), _SOUND)
        return scores, hows

    def _places(
        self, spaced: str, tight: str, han: bool
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Where the query stands in each name: at its start, at the start of a word, inside."""
        start = self._tight.having("\n" + tight)
        word = self._spaced.having(" " + spaced) | self._spaced.having("\n" + spaced)
        if len(tight) < (2 if han else 3):
            return start, word, np.zeros_like(start)
        # Across the space between two words of a name only where the query has a space too.
        inside = (self._tight if " " in spaced else self._spaced).having(tight)
        # Signs stand without spaces: a part of a name in signs is a word of it.
        return start, (word | inside) if han else word, inside

    def _words(self, spaced: str) -> npt.NDArray[np.bool_]:
        """Which names have, for each word of the query, a word that begins with it."""
        parts = sorted(spaced.split(), key=len, reverse=True)
        found = self._spaced.having(parts[0])
        for place in np.flatnonzero(found):
            words = self._names.spaced[place].split()
            found[place] = all(any(word.startswith(part) for word in words) for part in parts)
        return found

    def _blurred(self, values: npt.NDArray[Any]) -> Floats:
        """Likeness by similarity: a ticker or an id is the right one or another one."""
        return np.where(self._strict, 0, values).astype(np.float32)

    def _heard(self, query: str) -> Floats:
        """Likeness by sound for a query in kana or Hangul: by its consonants, then by all of it."""
        scores = np.zeros(len(self._names.owner), dtype=np.float32)
        said = reading(query)
        heard = sound(said)
        if len(heard) >= 3 and self._sounds:
            bones = _compare(heard, self._sounds, fuzz.ratio)
            whole = _compare(squash(said), self._spoken, fuzz.ratio)
            enough = bones >= np.where(self._short_sound, 100, 80)
            scores[self._sounding] = np.where(enough, 0.5 * bones + 0.35 * whole + 4, 0)
        return scores


_HOWS: Final[tuple[How, ...]] = ("exact", "start", "word", "inside", "words", "close", "sound")
_EXACT, _START, _WORD, _INSIDE, _WORDS, _CLOSE, _SOUND = range(len(_HOWS))


def _compare(query: str, texts: Sequence[str], scorer: Any, least: float = 0) -> Floats:
    """Likeness of a query with every text, 0 below `least`: what is far apart is given up early."""
    found: Floats = process.cdist(
        [query], texts, scorer=scorer, dtype=np.float32, score_cutoff=least
    )[0]
    return found


def _forms(names: Iterable[Name]) -> list[tuple[Name, str]]:
    """Each name with its folded form, readings after them; a form that stands twice once."""
    found: dict[str, Name] = {}
    for name in names:
        spaced = fold(name.text)
        if spaced:
            found.setdefault(spaced, name)
    for name in list(found.values()):
        said = reading(name.text) if name.kind != "text" else ""
        if said and said not in found:
            found[said] = Name(name.text, "reading", name.language)
    return [(name, spaced) for spaced, name in found.items()]


def weight(facts: float, most: float) -> float:
    """How much is on file as a number from 0 to 1, on a logarithmic scale."""
    if facts <= 0 or most <= 1:
        return 0.0
    return min(math.log1p(facts) / math.log1p(most), 1.0)


_SUFFIX: Final = {
    "HKEX": "HK", "SSE": "SH", "SZSE": "SZ", "TWSE": "TW", "TPEX": "TWO", "KRX": "KS", "KOSDAQ": "KQ",
    "TSE": "T", "NSE": "NS", "BSE": "BO", "ASX": "AX", "SGX": "SI", "SET": "BK", "IDX": "JK",
}  # fmt: skip


def ticker_forms(ticker: str) -> list[str]:
    """The ways a ticker is written: `HKEX:2513` also as `2513.HK`, `02513.HK` and `2513`."""
    exchange, colon, code = ticker.partition(":")
    if not colon or not code:
        return [ticker]
    forms = [ticker, code]
    suffix = _SUFFIX.get(exchange.upper().split()[0] if exchange.strip() else "")
    if suffix:
        forms.append(f"{code}.{suffix}")
        if suffix == "HK" and code.isdigit():
            short = code.lstrip("0")
            forms += [short, f"{short}.HK", f"{short.zfill(4)}.HK", f"{short.zfill(5)}.HK"]
    return list(dict.fromkeys(forms))
