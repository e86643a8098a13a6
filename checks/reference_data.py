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
