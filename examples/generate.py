"""Makes the example collection: what the invented city of Port Amaranta has published, and what it had a year before.

Run it with `make examples`. The same files come out each time, with any version of Python.
"""

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from examples.faults import Data, afflict
from examples.procedures import draw, publish

FOLDER: Final = Path(__file__).parent
PROCEDURES: Final = 302
THEN: Final = date(2025, 10, 31)
NOW: Final = date(2026, 10, 31)


def collection(day: date) -> dict[int, Data]:
    """Give the compiled releases that the city has published by a day, by the numbers of their procedures."""
    published: dict[int, Data] = {}
    for number in range(1, PROCEDURES + 1):
        release = publish(draw(number), day)
        if release is not None:
            afflict(release, number)
            published[number] = release
    return published


def lose_track(releases: dict[int, Data], numbers: set[int]) -> None:
    """Change some releases as they should not be: leave them out, retitle them, take awards or plans back."""
    for number in sorted(numbers):
        random = Random(f"later {number}")
        release, chance = releases[number], random.random()
        tender = release["tender"]
        if chance < 0.06:
            del releases[number]
        elif chance < 0.12 and tender.get("title"):
            tender["title"] = (
                f"{tender['title'].partition(',')[0]} ({random.choice(('second call', 'amended', 'phase 1'))})"
            )
        elif chance < 0.15:
            release.pop("awards", None)
            release.pop("contracts", None)
        elif chance < 0.18:
            release.pop("planning", None)


def files() -> dict[str, str]:
    """Give the text of each file by its name: a compiled release a line."""
    then, now = collection(THEN), collection(NOW)
    lose_track(now, then.keys() & now.keys())
    return {
        name: "".join(f"{json.dumps(release, separators=(',', ':'))}\n" for release in releases.values())
        for name, releases in (("collection.jsonl", now), ("collection.previous.jsonl", then))
    }


def main() -> None:
    """Write both files."""
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="")
        print(f"{name}: {text.count(chr(10))} compiled releases, {len(text) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
