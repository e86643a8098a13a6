"""Says what was checked otherwise than it was published."""

from collections.abc import Mapping, Sequence

from pelican_async.reports.numbers import counted


def change_notes(counts: Mapping[str, int], firsts: Mapping[str, str]) -> Sequence[str]:
    """Give a sentence for each way in which releases were changed; both are by these, `firsts` says where it begins.

    >>> change_notes({"half of a pair is U+FFFD": 2}, {"half of a pair is U+FFFD": "a.json, line 5"})
    ['In 2 releases, half of a pair is U+FFFD (the first: a.json, line 5).']
    """
    return [
        f"In {counted(count, 'release')}, {change} (the first: {firsts[change]})." for change, count in counts.items()
    ]
