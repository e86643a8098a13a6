"""The codelists that values are looked up in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """Where a codelist comes from: who publishes it, as of which day, and what is to be known of its completeness."""

    name: str
    as_of: date
    note: str

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Said explicitly, since a compiled frozen class can't be filled in by pickle.
        return Source, (self.name, self.as_of, self.note)


@dataclass(frozen=True, slots=True)
class Codelists:
    """Every codelist that checks look values up in, as exact, case-sensitive codes.

    `ocid_prefixes` has no hyphen at the end of a prefix. `document_types` gives by code the sections that it is meant
    for: planning, tender, award, contract, implementation (and others that no document is in). `sources` says by the
    names of the fields here where each codelist comes from.
    """

    ocid_prefixes: frozenset[str]
    identifier_schemes: frozenset[str]
    languages: frozenset[str]
    media_types: frozenset[str]
    document_types: Mapping[str, frozenset[str]]
    sources: Mapping[str, Source]

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Said explicitly, since a compiled frozen class can't be filled in by pickle.
        lists = (self.ocid_prefixes, self.identifier_schemes, self.languages, self.media_types, self.document_types)
        return Codelists, (*lists, self.sources)
