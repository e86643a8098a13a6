"""What the checks compare releases with, besides the releases themselves."""

from dataclasses import dataclass

from checks.codelists import Codelists
from checks.money import Rates


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """Codelists, exchange rates, and the last day that a date in the past may have (`date.toordinal`)."""

    codelists: Codelists
    rates: Rates
    today: int

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Said explicitly, since a compiled frozen class can't be filled in by pickle.
        return ReferenceData, (self.codelists, self.rates, self.today)
