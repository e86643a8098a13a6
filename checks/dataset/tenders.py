"""What is collected of tenders: codes, and ids."""

from typing import ClassVar, Final, Self

from checks.dataset.codes import Codes
from checks.dataset.collecting import Collector
from checks.dataset.occurrences import Occurrences
from checks.digests import digests
from checks.release import Release
from checks.sampling import INDEX_BITS, Sampling
from checks.values import Json, own_key, text

CODES: Final = [own_key(key) for key in ("procurementMethod", "status", "awardCriteria", "submissionMethod")]
CATEGORY_EXAMPLES: Final = 100


class Tenders(Collector):
    """Collects of each release's tender the strings at `CODES` by key, the main category, and the id.

    The former are found by walking, so `tender` may be a list, as may each of them. The latter two are taken as
    strings, of a `tender` that is an object, if they are there and neither `null` nor empty.
    """

    __slots__ = ("_noted_ids", "_noted_places", "_step", "codes", "ids", "main_categories")
    SETTLED: ClassVar[tuple[str, ...]] = ("codes", "ids", "main_categories")

    def __init__(self, sampling: Sampling) -> None:
        self._step = sampling.step
        self.codes = {key: Codes() for key in CODES}
        self.main_categories = Codes(CATEGORY_EXAMPLES)
        self.ids = Occurrences()
        self._noted_ids: list[str] = []
        self._noted_places: list[int] = []

    def add(self, release: Release, scrambled: int) -> None:
        """Note the tender of a release."""
        tender = release.data.get("tender")
        if type(tender) is dict:
            for key, codes in self.codes.items():
                codes.note(tender.get(key), scrambled, self._step)
            category = tender.get("mainProcurementCategory")
            if category is not None and category != "":
                self.main_categories.note_one(text(category), scrambled)
            identifier = tender.get("id")
            if identifier is not None and identifier != "":
                self._noted_ids.append(text(identifier))
                self._noted_places.append(release.item << INDEX_BITS)
        elif type(tender) is list:
            self._add_all(tender, scrambled)

    def _add_all(self, tenders: list[Json], scrambled: int) -> None:
        for key, codes in self.codes.items():
            found: list[Json] = []
            for tender in tenders:
                if type(tender) is dict:
                    code = tender.get(key)
                    found += code if type(code) is list else [code]
            codes.note_all(found, scrambled, self._step)

    def settle(self) -> None:
        """Make what was noted small."""
        for codes in self.codes.values():
            codes.settle()
        self.main_categories.settle()
        if self._noted_ids:
            self.ids.extend(digests(self._noted_ids), self._noted_places)
            self._noted_ids = []
            self._noted_places = []

    def merge(self, other: Self) -> None:
        """Take in the tenders of another batch."""
        for key, codes in self.codes.items():
            codes.merge(other.codes[key])
        self.main_categories.merge(other.main_categories)
        self.ids.merge(other.ids)
