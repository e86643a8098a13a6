"""What a JSON value is in OCDS, and what releases are in it."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from checks.values import Json
from pelican_async.sources.texts import PackageInfo


class Kind(Enum):
    """What a JSON value is, as far as its top level shows."""

    COMPILED = "compiled release"
    RELEASE = "release"
    LINKED = "linked release"
    RECORD = "record"
    RELEASE_PACKAGE = "release package"
    RECORD_PACKAGE = "record package"
    LIST = "list"
    NOT_AN_OBJECT = "not an object"
    NOT_OCDS = "not OCDS"


class Contents(NamedTuple):
    """What is in a value: other values to look at, releases of one process to merge, and how many are only links."""

    values: list[Json]
    to_merge: list[Json]
    linked: int


# `id`, `date` and `language` are no sign of OCDS: much else has them.
_SIGNS = frozenset(
    {
        "awards",
        "buyer",
        "contracts",
        "initiationType",
        "ocid",
        "parties",
        "planning",
        "relatedProcesses",
        "tender",
    }
)


def kind(value: Json) -> Kind:
    """Tell what a value is.

    A release whose `tag` says "compiled" is a compiled release, and so is one without a tag: that is what files of
    compiled releases without tags look like. Packages have a list `releases` or `records` and no `ocid`; records an
    `ocid` and a `compiledRelease`, `releases` or `versionedRelease`. A linked release has only a `url` to it.
    """
    if type(value) is not dict:
        return Kind.LIST if type(value) is list else Kind.NOT_AN_OBJECT
    if "ocid" not in value:
        return _without_ocid(value)
    tag = value.get("tag")
    if (type(tag) is list or type(tag) is str) and "compiled" in tag:
        return Kind.COMPILED
    if "compiledRelease" in value or "releases" in value or "versionedRelease" in value:
        return Kind.RECORD
    return Kind.RELEASE if tag else Kind.COMPILED


def _without_ocid(value: dict[str, Json]) -> Kind:
    if type(value.get("records")) is list:
        return Kind.RECORD_PACKAGE
    if type(value.get("releases")) is list:
        return Kind.RELEASE_PACKAGE
    tag = value.get("tag")
    if not _SIGNS.isdisjoint(value):
        is_compiled = not tag or ((type(tag) is list or type(tag) is str) and "compiled" in tag)
        return Kind.COMPILED if is_compiled else Kind.RELEASE
    if type(value.get("url")) is str:
        return Kind.LINKED
    return Kind.COMPILED if type(tag) is list and "compiled" in tag else Kind.NOT_OCDS


def contents(value: Json, its_kind: Kind) -> Contents:
    """Give what is in a list, a package or a record; nothing for any other kind.

    A record gives its `compiledRelease`, if that is an object, else its releases, to be merged; those of them that are
    only links are counted. A record without any of these gives nothing, and can't be checked. A package gives the
    entries of its lists, which can be of any kind.

    >>> contents({"ocid": "1", "releases": [{"url": "a"}, {"ocid": "1"}]}, Kind.RECORD)
    Contents(values=[], to_merge=[{'ocid': '1'}], linked=1)
    """
    match its_kind:
        case Kind.LIST:
            return Contents(value, [], 0)
        case Kind.RELEASE_PACKAGE | Kind.RECORD_PACKAGE:
            lists = [value.get("releases"), value.get("records")]
            return Contents([entry for entries in lists if type(entries) is list for entry in entries], [], 0)
        case Kind.RECORD:
            return _record(value)
        case _:
            return Contents([], [], 0)


PACKED = frozenset({Kind.LIST, Kind.RELEASE_PACKAGE, Kind.RECORD_PACKAGE})
"""What has other values in it to look at."""


def opened(value: Json, its_kind: Kind) -> Iterator[Json]:
    """Give what is in a list or a package, and in the lists and packages in it, at once: they can be nested deep.

    >>> list(opened([[[1], {"releases": [{"ocid": "a"}, [2]]}], []], Kind.LIST))
    [1, {'ocid': 'a'}, 2]
    """
    under_way = [iter(contents(value, its_kind).values)]
    while under_way:
        for entry in under_way[-1]:
            inner = kind(entry)
            if inner in PACKED:
                under_way.append(iter(contents(entry, inner).values))
                break
            yield entry
        else:
            under_way.pop()


def _record(value: dict[str, Json]) -> Contents:
    compiled = value.get("compiledRelease")
    if type(compiled) is dict:
        return Contents([compiled], [], 0)
    releases = value.get("releases")
    if type(releases) is not list:
        return Contents([], [], 0)
    to_merge = [release for release in releases if kind(release) is not Kind.LINKED]
    return Contents([], to_merge, len(releases) - len(to_merge))


def package_info(package: Json) -> PackageInfo:
    """Give what a package says about itself, where that is text."""
    if type(package) is not dict:
        return PackageInfo()
    publisher = package.get("publisher")
    return PackageInfo(
        _string(package.get("uri")),
        _string(package.get("publishedDate")),
        _string(publisher.get("name")) if type(publisher) is dict else None,
        _string(package.get("license")),
    )


def _string(value: Json) -> str | None:
    return value if type(value) is str else None
