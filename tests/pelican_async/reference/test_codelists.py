"""The codelists in the package."""

import pickle
import re
import tomllib
from dataclasses import fields, replace
from importlib.resources import files

import pytest

from checks.codelists import Codelists
from pelican_async.reference.codelists import snapshot

CODELISTS = [field.name for field in fields(Codelists) if field.name != "sources"]


@pytest.mark.parametrize("codelist", CODELISTS)
def test_says_where_each_comes_from_and_how_long_it_is(codelist: str) -> None:
    described = tomllib.loads(files("pelican_async.reference").joinpath("snapshots.toml").read_text(encoding="utf-8"))
    assert len(getattr(snapshot(), codelist)) == described[codelist]["entries"]
    source = snapshot().sources[codelist]
    assert source.as_of == described[codelist]["date"]
    assert source.name
    assert source.note
    assert "\n" not in source.note


def test_describes_nothing_else() -> None:
    assert sorted(snapshot().sources) == sorted(CODELISTS)


@pytest.mark.parametrize(
    ("codelist", "form"),
    [
        ("ocid_prefixes", r"ocds-[a-z0-9]{5,6}"),
        ("identifier_schemes", r"[A-Z]{2}(_[A-Z0-9]+)?-[A-Z0-9_]+"),
        ("languages", r"[a-z]{2}"),
        ("media_types", r"[^\s/]+/[^\s/]+"),
        ("document_types", r"[a-z][A-Za-z]+"),
    ],
)
def test_codes_are_of_their_form(codelist: str, form: str) -> None:
    assert [code for code in getattr(snapshot(), codelist) if not re.fullmatch(form, code)] == []


@pytest.mark.parametrize(
    ("codelist", "codes"),
    [
        ("ocid_prefixes", ["ocds-213czf", "ocds-b5fd17", "ocds-h6vhtk", "ocds-9t57fa", "ocds-e0cia"]),
        ("identifier_schemes", ["GB-COH", "GB-LAC", "US-DOS", "XI-LEI", "CA_MB-MTB", "BE-BCE_KBO"]),
        ("languages", ["en", "es", "fr", "uk"]),
        ("media_types", ["application/pdf", "text/csv", "offline/print", "image/png"]),
        ("document_types", ["tenderNotice", "contractDraft"]),
    ],
)
def test_knows(codelist: str, codes: list[str]) -> None:
    assert [code for code in codes if code not in getattr(snapshot(), codelist)] == []


def test_sections_of_document_types() -> None:
    types = snapshot().document_types
    assert types["contractDraft"] == {"tender", "award"}
    assert types["conflictOfInterest"] == {"tender", "award", "contract", "implementation"}


def test_can_be_replaced_in_part() -> None:
    other = replace(snapshot(), ocid_prefixes=frozenset({"ocds-xxxxxx"}))
    assert other.ocid_prefixes == {"ocds-xxxxxx"}
    assert other.languages == snapshot().languages


def test_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(snapshot())) == snapshot()  # noqa: S301 our own
