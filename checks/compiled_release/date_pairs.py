"""Whether one date is not after another: the bodies of the checks of pairs of dates.

Only the days count: the time and the UTC offset are dropped. Dates that don't parse aren't in `Release.dates`, so a
pair with one of them is skipped. Dotted paths are given as where they are in these (`release.at`). Each function adds
the pairs that fail to `failed`, in the order of the first date and then of the second, and gives the number of pairs
that it compared; `compared` makes the result of these.
"""

from typing import Final

from checks.release import Release, bounded, described_pair, later_pairs
from checks.results import Result, counted, not_applicable
from checks.values import Dated, Json

NO_PAIR: Final = not_applicable("no two dates can be compared")


def compared(application_count: int, failed: list[Json]) -> Result:
    """Give the result of a check that compared so many pairs, of which some failed."""
    return counted(application_count, failed, described_pair) if application_count else NO_PAIR


def compare_all(release: Release, first: int, second: int, failed: list[Json]) -> int:
    """Compare all combinations of the dates at two dotted paths."""
    firsts = release.dates[first]
    seconds = release.dates[second]
    if not firsts or not seconds:
        return 0
    failed.extend(later_pairs(firsts, seconds))
    return len(firsts) * len(seconds)


def compare_same_entry(release: Release, first: int, second: int, failed: list[Json]) -> int:
    """Compare the dates at two dotted paths that have the first segment of their paths in common, as in `awards[0]`."""
    return _compare_same(release.dates[first], release.dates[second], failed, entry=True)


def compare_same_object(release: Release, first: int, second: int, failed: list[Json]) -> int:
    """Compare the dates at two dotted paths that are in the same object."""
    return _compare_same(release.dates[first], release.dates[second], failed, entry=False)


def _compare_same(firsts: list[Dated], seconds: list[Dated], failed: list[Json], *, entry: bool) -> int:
    """Compare the dates that are in the same object, or entry."""
    if not firsts or not seconds:
        return 0
    grouped: dict[str, list[Dated]] = {}
    for second in seconds:
        key = second.entry if entry else second.parent
        same = grouped.get(key)
        if same is None:
            grouped[key] = [second]
        else:
            same.append(second)
    application_count = 0
    for first in firsts:
        same = grouped.get(first.entry if entry else first.parent)
        if same is not None:
            application_count = bounded(application_count + len(same))
            if first.day > same[0].day or len(same) > 1:
                failed.extend(later_pairs([first], same))
    return application_count


def compare_with_release(release: Release, places: list[int], failed: list[Json]) -> int:
    """Compare the dates at dotted paths with the release's own `date`."""
    if not release.date:
        return 0
    dates = release.dates
    later = release.after_date
    count = 0
    for place in places:
        here = dates[place]
        if here:
            count += len(here)
            if later[place]:
                failed.extend(later[place])
    return count * len(release.date)
