"""Loads the codelists that the package ships; `snapshots.toml` says where they come from and how complete they are."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from checks.codelists import Codelists, Source

PACKAGE: Final = files("pelican_async.reference")


@cache
def snapshot() -> Codelists:
    """Give the codelists in the package; `dataclasses.replace` puts others in their places."""
    described = tomllib.loads(_read("snapshots.toml"))
    return Codelists(
        ocid_prefixes=_codes("ocid_prefixes.txt"),
        identifier_schemes=_codes("identifier_schemes.txt"),
        languages=_codes("languages.txt"),
        media_types=_codes("media_types.txt"),
        document_types={
            code: frozenset(sections) for code, sections in json.loads(_read("document_types.json")).items()
        },
        sources={
            codelist: Source(entry["source"], entry["date"], " ".join(entry["note"].split()))
            for codelist, entry in described.items()
        },
    )


def _codes(name: str) -> frozenset[str]:
    return frozenset(_read(name).split("\n")) - {""}


def _read(name: str) -> str:
    return PACKAGE.joinpath(name).read_text(encoding="utf-8")
