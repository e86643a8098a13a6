"""Whether one date is not after another: the bodies of the checks of pairs of dates.

Only the days count: the time and the UTC offset are dropped. Dates that don't parse aren't in `Release.dates`, so a
pair with one of them is skipped. Each function adds the pairs that fail to `failed`, in the order of the first date
and then of the second, and gives the number of pairs that it compared.
"""

from collections.abc import Sequence
from typing import Final

from checks.release import DATE, Release, later_pairs
from checks.results import not_applicable
from checks.values import Dated, Json

NO_PAIR: Final = not_applicable("no two dates can be compared")


def compare_all(firsts: Sequence[Dated], seconds: Sequence[Dated], failed: list[Json]) -> int:
    """Compare all combinations."""
    if not firsts or not seconds:
        return 0
    failed.extend(later_pairs(firsts, seconds))
    return len(firsts) * len(seconds)


def compare_same_entry(firsts: Sequence[Dated], seconds: Sequence[Dated], failed: list[Json]) -> int:
    """Compare those with the same first segment of their paths, as in `awards[0]`."""
    if not firsts or not seconds:
        return 0
    return _compare_grouped(firsts, seconds, [second[0].partition(".")[0] for second in seconds], failed, last=False)


def compare_same_parent(firsts: Sequence[Dated], seconds: Sequence[Dated], failed: list[Json]) -> int:
    """Compare those with the same path up to the last dot: dates of the same object."""
    if not firsts or not seconds:
        return 0
    return _compare_grouped(firsts, seconds, [second[0].rpartition(".")[0] for second in seconds], failed, last=True)


def _compare_grouped(
    firsts: Sequence[Dated], seconds: Sequence[Dated], groups: list[str], failed: list[Json], *, last: bool
) -> int:
    grouped: dict[str, list[Dated]] = {}
    for group, second in zip(groups, seconds, strict=True):
        if group in grouped:
            grouped[group].append(second)
        else:
            grouped[group] = [second]
    application_count = 0
    for first in firsts:
        path = first[0]
        group = path.rpartition(".")[0] if last else path.partition(".")[0]
        if group in grouped:
            application_count += compare_all((first,), grouped[group], failed)
    return application_count


def compare_with_release(release: Release, path: str, failed: list[Json]) -> int:
    """Compare the dates at a dotted path with the release's own `date`."""
    firsts = release.dates[path]
    if not firsts:
        return 0
    seconds = release.dates[DATE]
    if not seconds:
        return 0
    failed.extend(release.after_date(path))
    return len(firsts) * len(seconds)
