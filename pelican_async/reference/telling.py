"""Tells people what was looked up: which codelists and exchange rates, of which day."""

from collections.abc import Sequence

import phonenumbers

from checks.codelists import Codelists
from pelican_async.reference.rates import ExchangeRates


def told(codelists: Codelists, rates: ExchangeRates) -> Sequence[str]:
    """Give a sentence for each thing that values are looked up in."""
    known = f"{rates.source}, {rates.first} to {rates.last}" if rates.first else f"{rates.source}, which has none"
    return [
        f"Exchange rates: {known}.",
        *(
            [f"{rates.refused:,} exchange rates were refused, the first of them {rates.refused_first}."]
            if rates.refused
            else []
        ),
        *(
            f"{source.name}: {len(getattr(codelists, name)):,} codes as of {source.as_of.isoformat()}."
            for name, source in codelists.sources.items()
        ),
        f"Telephone numbers: the metadata of phonenumbers {phonenumbers.__version__}.",
    ]
