"""Whether one date is not after another: the bodies of the checks of pairs of dates.

Only the days count: the time and the UTC offset are dropped. Dates that don't parse aren't in `Release.dates`, so a
pair with one of them is skipped. Each function adds the pairs that fail to `failed`, in the order of the first date
and then of the second, and gives the number of pairs that it compared.
"""

from typing import Final

from checks.release import Release, later_pairs
from checks.results import not_applicable
from checks.values import Dated, Json

NO_PAIR: Final = not_applicable("no two dates can be compared")


def compare_all(release: Release, first: str, second: str, failed: list[Json]) -> int:
    """Compare all combinations of the dates at two dotted paths."""
    dates = release.dates
    if first not in dates or second not in dates:
        return 0
    failed.extend(later_pairs(dates[first], dates[second]))
    return len(dates[first]) * len(dates[second])


def compare_same_entry(release: Release, first: str, second: str, failed: list[Json]) -> int:
    """Compare the dates at two dotted paths that have the first segment of their paths in common, as in `awards[0]`."""
    dates = release.dates
    if first not in dates or second not in dates:
        return 0
    grouped: dict[str, list[Dated]] = {}
    for date in dates[second]:
        grouped.setdefault(date[0].partition(".")[0], []).append(date)
    return _compare_grouped([(date[0].partition(".")[0], date) for date in dates[first]], grouped, failed)


def compare_same_parent(release: Release, first: str, second: str, failed: list[Json]) -> int:
    """Compare the dates at two dotted paths that have their paths up to the last dot in common: the same object's."""
    dates = release.dates
    if first not in dates or second not in dates:
        return 0
    grouped: dict[str, list[Dated]] = {}
    for date in dates[second]:
        grouped.setdefault(date[0].rpartition(".")[0], []).append(date)
    return _compare_grouped([(date[0].rpartition(".")[0], date) for date in dates[first]], grouped, failed)


def _compare_grouped(firsts: list[tuple[str, Dated]], seconds: dict[str, list[Dated]], failed: list[Json]) -> int:
    application_count = 0
    for group, first in firsts:
        if group in seconds:
            same = seconds[group]
            failed.extend(later_pairs([first], same))
            application_count += len(same)
    return application_count


def compare_with_release(release: Release, path: str, failed: list[Json]) -> int:
    """Compare the dates at a dotted path with the release's own `date`."""
    if path not in release.dates or not release.date:
        return 0
    failed.extend(release.after_date(path))
    return len(release.dates[path]) * len(release.date)
