# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Numbers are read back from every way to write them, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.identify.numbers import MAX_VALUE, find

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
ONES += [
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = [(10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")]
DIGITS = "零一二三四五六七八九"


def values(text):
    return [number.value for number in find(text)]


def below_1000(number, joined):
    words = []
    if number >= 100:
        words += [ONES[number // 100], "hundred"]
        number %= 100
        if number and joined:
            words.append("and")
    if number >= 20:
        words.append(TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else ""))
    elif number:
        words.append(ONES[number])
    return " ".join(words)


def in_words(number, joined=True):
    parts = []
    for scale, name in SCALES:
        if number >= scale:
            parts.append(f"{below_1000(number // scale, joined)} {name}")
            number %= scale
    return " ".join([*parts, below_1000(number, joined)] if number else parts)


def below_10000(number):
    """Write one to four digits the Chinese way, with its zeros."""
    written, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if zero and written else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return written


def in_chinese(number):
    written = ""
    for unit, name in ((10**12, "兆"), (10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // unit % 10**4
        if part:
            written += ("零" if written and part < 1000 else "") + below_10000(part) + name
    return written


WRITERS = {
    "plain": str,
    "commas": lambda number: f"{number:,}",
    "cents": lambda number: f"${number:,}.00",
    "underscores": lambda number: f"{number:_}",
    "apostrophes": lambda number: f"{number:,}".replace(",", "'"),
    "thin spaces": lambda number: f"{number:,}".replace(",", "\u2009"),
    "words": in_words,
    "words without and": lambda number: in_words(number, joined=False),
    "capitals": lambda number: in_words(number).upper(),
    "words and figures": lambda number: f"{in_words(number)} ({number:,})",
    "figures and words": lambda number: f"{number:,} ({in_words(number)})",
    "words and money": lambda number: f"{in_words(number)} (USD {number:,})",
    "full width": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "currency": lambda number: f"EUR {number:,}",
}


@pytest.mark.parametrize("name", WRITERS)
@given(number=st.integers(min_value=2, max_value=MAX_VALUE - 1))
def test_what_is_written_is_read_back(name, number):
    assert values(f"more than {WRITERS[name](number)} of them") == [number]


@given(number=st.integers(min_value=10**6, max_value=MAX_VALUE - 1), separator=st.sampled_from(". "))
def test_groups_with_dots_or_spaces_are_read_when_there_are_two(number, separator):
    assert values(f"over {number:,} users".replace(",", separator)) == [number]


@given(number=st.integers(min_value=11, max_value=MAX_VALUE - 1))
def test_chinese_numerals_are_read_back(number):
    written = in_chinese(number)
    if number >= 10**4:
        assert values(f"超过{written}用户") == [number]


@given(
    thousandths=st.integers(min_value=1, max_value=999_999),
    scale=st.sampled_from([*SCALES, (10**9, "bn"), (10**6, "mn"), (10**7, "crore"), (10**5, "lakh")]),
)
def test_a_decimal_with_a_scale_is_a_whole_number(thousandths, scale):
    factor, name = scale
    exact = thousandths * factor
    written = f"{thousandths // 1000}.{thousandths % 1000:03}".rstrip("0").rstrip(".")
    wanted = [exact // 1000] if exact <= MAX_VALUE * 1000 else []
    assert values(f"at least {written} {name} users") == wanted


@given(number=st.integers(min_value=1, max_value=9999), unit=st.sampled_from("万萬만亿億억"))
def test_figures_with_a_unit_of_the_east(number, unit):
    factor = 10**4 if unit in "万萬만" else 10**8
    assert values(f"超过{number}{unit}") == [number * factor]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    last = 0
    for number in find(text):
        assert last <= number.begin < number.end <= len(text)
        assert 0 <= number.value <= MAX_VALUE
        last = number.end


@given(st.lists(st.sampled_from([*ONES, *TENS, "hundred", "thousand", "million", "and", "a", "(", ")", ","])))
def test_any_heap_of_number_words_can_be_read(words):
    assert all(0 <= value <= MAX_VALUE for value in values(" ".join(words)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("seven hundred million (700,000,000) users", [700_000_000]),
        ("one hundred million (10,000,000)", [100_000_000, 10_000_000]),
        ("one hundred million and two hundred million", [100_000_000, 200_000_000]),
        ("two million, three million", [2_000_000, 3_000_000]),
        ("half a million, one and a half million", [500_000, 1_500_000]),
        (
            "7亿 1.5亿 一亿 100万 1億 1억 两千万",
            [7 * 10**8, 15 * 10**7, 10**8, 10**6, 10**8, 10**8, 2 * 10**7],
        ),
        ("1億2000万 1万亿", [120_000_000, 10**12]),
        ("$1m, $ 2 m, US$2.5bn, $10MM", [10**6, 2 * 10**6, 2_500_000_000, 10**7]),
        ("100M MAU, 10k users", [10**8, 10_000]),
        ("500 000 users, 12,34,567 rupees", [500_000, 1_234_567]),
        ("10 million United States dollars ($10,000,000)", [10**7, 10**7]),
    ],
)
def test_cases(text, wanted):
    assert values(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "version 3.1 or v2 or 1.2.3",
        "Model-3-8B and Other-7B",
        "about 700.000 of them",
        "one of the users",
        "several million people, tens of millions, millions",
        "第三方不得 数百万 几亿 千万不要",
        "10mm of steel, 3D, 1st, 2x",
        "二〇二四年",
        "9" * 5000,
        "99999999999999999 trillion",
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(text):
    assert values(text) == []
