"""Writes numbers for people, without rounding away that something is there or missing."""

from typing import Final

LEAST: Final = 0.1
MOST: Final = 99.9
READABLE: Final = 10**18


def count(number: int) -> str:
    """Write a whole number with separators, one beyond reading by its size.

    >>> count(1234), count(10**30)
    ('1,234', 'over 10^30')
    """
    return f"{number:,}" if abs(number) < READABLE else f"over 10^{len(str(abs(number))) - 1}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a count and what is counted.

    >>> counted(1, "release"), counted(1200, "release"), counted(0, "process", "processes")
    ('1 release', '1,200 releases', '0 processes')
    """
    return f"{count(number)} {noun if number == 1 else plural or noun + 's'}"


def percent(part: float, whole: float) -> str:
    """Write a share as a percentage with one decimal: never 0 % or 100 % if it isn't exactly that.

    >>> percent(0, 9), percent(9, 9), percent(1, 10_000), percent(9_999, 10_000), percent(1, 3), percent(0, 0)
    ('0 %', '100 %', '<0.1 %', '>99.9 %', '33.3 %', '-')
    """
    if not whole:
        return "-"
    if part == whole:
        return "100 %"
    if not part:
        return "0 %"
    share = 100 * part / whole
    if share < LEAST:
        return f"<{LEAST} %"
    if share > MOST:
        return f">{MOST} %"
    return f"{share:.1f} %"


def seconds(duration: float) -> str:
    """Write how long something took.

    >>> seconds(0.04), seconds(12.3), seconds(200)
    ('0.04 s', '12.3 s', '3 min 20 s')
    """
    if duration < 1:
        return f"{duration:.2f} s"
    minutes, rest = divmod(round(duration), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{duration:.1f} s"
