# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Whole numbers in running text: in figures, in English words, with Chinese, Japanese or Korean units.

>>> [number.value for number in find("seven hundred million (700,000,000) users, or 7亿, or USD 1.5m")]
[700000000, 700000000, 1500000]

What can be read in two ways is not read: ``700.000`` (a decimal, or thousands), ``3.1`` (a version),
``one`` (a pronoun), ``Model-7B`` (a name), ``several million``, ``千万`` before a verb (by all means).
Law: a number that is written in any of the forms of ``tests/identify/test_numbers.py`` is read back.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from scanner.model.base import Value

MAX_VALUE = 10**15
"""Nothing that a licence counts is larger; it also keeps every value within 64 bits."""

_UNITS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_TEENS = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_LETTERS = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9}
_NUMERALS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | dict(
    zip("两兩壹贰貳叁參肆伍陆陸柒捌玖", (2, 2, 1, 2, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9), strict=True)
)
_PARTS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {
    "万": 10**4,
    "萬": 10**4,
    "만": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "억": 10**8,
    "兆": 10**12,
    "조": 10**12,
}

_FIGURES = (
    r"\d{1,3}(?:[,\uff0c]\d{3}){1,5}(?:\.\d{1,2})?"  # 1,000,000.00
    r"|\d{1,2}(?:,\d{2}){1,5},\d{3}"  # 10,00,000
    r"|\d{1,3}(?:\.\d{3}){2,5}(?:,\d{1,2})?"  # 1.000.000,00
    r"|\d{1,3}(?:['\u2019_\u00a0\u2009\u202f]\d{3}){1,5}"  # 1'000'000
    r"|\d{1,3}(?: \d{3}){2,5}|\d{1,3} 000"  # 1 000 000
    r"|\d{1,15}\.\d{1,6}|\d{1,15},\d{1,2}"  # 1.5 and 1,5: before a scale
    r"|\d{1,18}"
)
_SCALE = rf"[\s\u00a0-]{{0,4}}(?:{'|'.join(_SCALES)})s?(?![A-Za-z])"
_FIGURE = (
    rf"(?<![A-Za-z0-9_])(?<![A-Za-z0-9][-.,])(?P<figure>{_FIGURES})(?!\d)(?![.,']\d)"
    rf"(?:(?P<scale>{_SCALE})|(?P<letter>[kK]|[mM]{{1,2}}|[bB])(?![A-Za-z0-9])|(?![A-Za-z]))"
)
_CURRENCY_LETTER = re.compile(r"\s?(m{1,2}|b)(?![a-z0-9])", re.IGNORECASE)
_CURRENCY = re.compile(r"(?:[$€£¥₩₹]|\b[A-Za-z]{3})\s?\Z")

_CJK_DIGITS = "".join(_NUMERALS)
_CJK_UNITS = "".join(_PARTS) + "".join(_MYRIADS)
_CJK = (
    rf"(?<![A-Za-z0-9.,数數几幾多第约{_CJK_DIGITS}{_CJK_UNITS}])"
    rf"(?P<cjk>(?:\d{{1,15}}(?:[.,]\d{{1,3}}){{0,5}}\s?)?[{_CJK_DIGITS}{_CJK_UNITS}]"
    rf"(?:[{_CJK_DIGITS}{_CJK_UNITS}]|\d{{1,4}}(?=[{_CJK_UNITS}])){{0,40}}+)(?![\d{_CJK_DIGITS}{_CJK_UNITS}])(?<!千万(?=[不别別要勿]))"
)
_CJK_TOKEN = re.compile(rf"\d[\d.,]*|[{_CJK_DIGITS}{_CJK_UNITS}]")

_GAP = r"[\s-]{1,8}"
_UNIT, _TEEN, _TEN = "|".join(_UNITS), "|".join(_TEENS), "|".join(_TENS)
_BELOW_100 = rf"(?:(?:{_TEN})(?:{_GAP}(?:{_UNIT}))?|{_TEEN}|{_UNIT})"
_BELOW_1000 = (
    rf"(?:(?:a|{_BELOW_100}){_GAP}hundred\b(?:{_GAP}(?:and{_GAP})?{_BELOW_100}\b(?!{_GAP}hundred))?"
    rf"|{_BELOW_100}\b)"
)
_DESCENDING = ("trillion", "billion", "million", "thousand")


def _scaled(scales: tuple[str, ...]) -> str:
    """Return the pattern of a number in words: the first scale, then any smaller ones."""
    first, *smaller = scales
    tail = rf"(?:(?:,?{_GAP}(?:and{_GAP})?){_BELOW_1000}(?!{_GAP}(?:{'|'.join(_DESCENDING)}|hundred)\b))?"
    for scale in reversed(smaller):
        tail = rf"(?:(?:,?{_GAP}(?:and{_GAP})?){_BELOW_1000}{_GAP}{scale}\b)?{tail}"
    return rf"(?:a|{_BELOW_1000}){_GAP}{first}\b{tail}"


_WORDS = (
    r"(?<![A-Za-z])(?<!several )(?P<words>(?:half|(?:one|two|three|four|five) and a half) a? ?million\b|"
    + "|".join(_scaled(_DESCENDING[start:]) for start in range(len(_DESCENDING)))
    + rf"|{_BELOW_1000})(?![A-Za-z])"
)
_IN_FIGURES = re.compile(rf"{_CJK}|{_FIGURE}")
_IN_WORDS = re.compile(_WORDS, re.IGNORECASE)
_START = re.compile(
    rf"(?P<figures>[\d{_CJK_DIGITS}{_CJK_UNITS}]+)"
    rf"|(?:a(?=\s+[htmb])|half(?=\sa)|{_UNIT}|{_TEEN}|{_TEN})"
)
"""Where a number may begin; a cheap first look."""

_AGAIN = re.compile(r"\s{0,2}[(\uff08]\s?(?:[A-Z]{2,4})?\s?[$€£¥₩₹<>≤≥]?\s?\Z")
_CLOSED = re.compile(r"\s?[A-Z]{0,3}\s?[)\uff09]")


class Number(Value, frozen=True, kw_only=True):
    """A whole number and where it stands."""

    begin: int
    end: int
    value: int


def find(text: str) -> Iterator[Number]:
    """Yield the numbers of a text in order; one that is repeated in brackets is one number.

    It takes time in proportion to the text, and nothing in a text makes it fail.
    """
    last: Number | None = None
    for number in _single(text):
        if last is None:
            last = number
        elif last.value == number.value and _repeats(text, last, number):
            closing = _CLOSED.match(text, number.end)
            yield Number(begin=last.begin, end=closing.end() if closing else number.end, value=last.value)
            last = None
        else:
            yield last
            last = number
    if last is not None:
        yield last


def _repeats(text: str, last: Number, number: Number) -> bool:
    """Whether a number stands in brackets behind another."""
    between = text[last.end : min(number.begin, last.end + 16)]
    return (
        number.begin - last.end <= len(between)
        and _AGAIN.match(between) is not None
        and _CLOSED.match(text, number.end) is not None
    )


def _single(text: str) -> Iterator[Number]:
    lowered = text.lower()
    done = 0
    for start in _START.finditer(lowered if len(lowered) == len(text) else text):
        begin = start.start()
        if begin < done:
            continue
        match = (_IN_FIGURES if start["figures"] else _IN_WORDS).match(text, begin)
        if match is None:
            continue
        value, done = _read(match, text)
        if value is not None and value <= MAX_VALUE:
            yield Number(begin=begin, end=done, value=value)


def _read(match: re.Match[str], text: str) -> tuple[int | None, int]:
    """Return the value of what looks like a number, and where it ends."""
    if "words" in match.groupdict():
        return _words(match["words"].lower()), match.end()
    if match["cjk"]:
        return _cjk(match["cjk"]), match.end()
    return _figure(match, text)


def _figure(match: re.Match[str], text: str) -> tuple[int | None, int]:
    """Return the value of figures with what scales them, and where they end."""
    figure, letter, end = match["figure"], (match["letter"] or "").lower(), match.end()
    money = _CURRENCY.search(text[max(0, match.start() - 5) : match.start()]) is not None
    if money and not match["scale"] and not letter:
        spaced = _CURRENCY_LETTER.match(text, end)
        letter, end = (spaced[1].lower(), spaced.end()) if spaced else ("", end)
    if letter == "mm" and not money:
        return None, end
    scale = _SCALES[re.sub(r"[^a-z]", "", match["scale"]).removesuffix("s")] if match["scale"] else 1
    return _whole(figure, scale * _LETTERS.get(letter, 1), money=money), end


def _whole(figure: str, scale: int, *, money: bool) -> int | None:
    """Return figures times a scale, when that is a whole number and can be read in one way."""
    groups = re.split(r"[^\d]", figure)
    if len(groups) == 1:
        return int(figure) * scale
    fraction = ""
    grouped = len(groups) > 2 or (len(groups[-1]) == 3 and figure[len(groups[0])] != ".")  # noqa: PLR2004
    if not grouped or (len(groups[-1]) < 3 and figure[-len(groups[-1]) - 1] in ".,"):  # noqa: PLR2004
        fraction = groups.pop()
        if not grouped and scale == 1 and not (money and not int(fraction)):
            return None
    value = Fraction(int("".join(groups))) + (Fraction(int(fraction), 10 ** len(fraction)) if fraction else 0)
    value *= scale
    return int(value) if value.denominator == 1 else None


def _words(words: str) -> int | None:
    """Return the value of a number in English words; None for ``one`` alone."""
    if "half" in words:
        first = words.split(maxsplit=1)[0]
        return _UNITS.get(first, 0) * 10**6 + 5 * 10**5
    total = section = 0
    parts = re.findall(r"[a-z]+", words)
    for part in parts:
        if part == "hundred":
            section = (section or 1) * 100
        elif part in _SCALES:
            total += (section or 1) * _SCALES[part]
            section = 0
        else:
            section += _UNITS.get(part) or _TEENS.get(part) or _TENS.get(part) or 0
    return None if parts == ["one"] else total + section


def _cjk(run: str) -> int | None:
    """Return the value of a number with Chinese, Japanese or Korean units; None for what is no number."""
    total = section = Fraction(0)
    digit: Fraction | None = None
    units = 0
    for sign in _CJK_TOKEN.findall(run):
        if sign in _PARTS:
            if digit is None and units == 0 and sign in "千仟" and len(run) > 1 and run[1] not in "万萬":
                return None
            section += (1 if digit is None else digit) * _PARTS[sign]
        elif sign in _MYRIADS:
            section += digit or 0
            if not section and not total:
                return None
            total = total + section * _MYRIADS[sign] if section else total * _MYRIADS[sign]
            section = Fraction(0)
        else:
            if digit:
                return None
            digit = _digit(sign)
            if digit is None:
                return None
            continue
        digit, units = None, units + 1
    total += section + (digit or 0)
    return int(total) if units and len(run) > 1 and total.denominator == 1 else None


def _digit(sign: str) -> Fraction | None:
    """Return one Chinese numeral, or figures before a unit."""
    if sign in _NUMERALS:
        return Fraction(_NUMERALS[sign])
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", sign):
        return Fraction(int(sign.replace(",", "")))
    return Fraction(sign) if re.fullmatch(r"\d+(?:\.\d+)?", sign) else None
