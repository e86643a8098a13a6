"""What the examples of dataset-level checks say about an item, in a few hundred bytes.

The accumulators keep places only, and no strings. Whoever runs the checks keeps these facts by item (or makes them
again from the release), and gives them back for the few items that become examples.
"""

import json
from typing import Final

import orjson

from checks.release import RELATED_PROCESSES, Release, at
from checks.values import Json

VALUES: Final = ("tender.value", "awards.value", "contracts.value")
"""The dotted paths of the values that examples quote."""
_VALUES: Final = [at(path) for path in VALUES]
_RELATED: Final = [at(path) for path in RELATED_PROCESSES]
_DEEPEST: Final = 100
_BY_JSON: Final = ord(" ")
_SEPARATOR: Final = b"\n"
"""No JSON that is written in one line has it."""


class Facts:
    """What examples say about one item: what `facts` gave, read.

    Ids and titles are as they are in the release, `None` if they aren't there. `values` has, for each of `VALUES`, what
    was found there, and `related` the related processes of the release and of its contracts: lists of path and value.
    Few examples say these, so they are read when first asked for.
    """

    __slots__ = ("_found", "_kept", "buyer_id", "ocid", "tender_id", "tender_title")

    def __init__(self, kept: bytes) -> None:
        end = kept.index(_SEPARATOR)
        self._kept = kept[end + 1 :]
        self._found: list[list[list[list[Json]]]] = []
        self.ocid: str | None
        self.buyer_id: Json
        self.tender_id: Json
        self.tender_title: Json
        self.ocid, self.buyer_id, self.tender_id, self.tender_title = _loaded(kept[:end])

    @property
    def values(self) -> list[list[list[Json]]]:
        """What was found at each of `VALUES`."""
        return self._parts()[0]

    @property
    def related(self) -> list[list[list[Json]]]:
        """The related processes of the release, and of its contracts."""
        return self._parts()[1]

    def _parts(self) -> list[list[list[list[Json]]]]:
        if not self._found:
            self._found = _loaded(self._kept)
        return self._found

    def value(self, path: str, index: int) -> tuple[str, Json]:
        """Give the concrete path and the value that is at an index of what was found at one of `VALUES`."""
        concrete, value = self.values[VALUES.index(path)][index]
        return concrete, value

    def related_process(self, index: int) -> tuple[str, Json]:
        """Give the concrete path and the related process at an index: the release's first, then its contracts'."""
        own, of_contracts = self.related
        path, value = own[index] if index < len(own) else of_contracts[index - len(own)]
        return path, value


def facts(release: Release) -> bytes:
    """Give the facts of a release, to be read by `Facts`."""
    data = release.data
    found = release.found
    buyer = data.get("buyer")
    tender = data.get("tender")
    if type(tender) is dict:
        tender_id = tender.get("id")
        title = tender.get("title")
    else:
        tender_id = title = None
    named = (release.ocid, buyer.get("id") if type(buyer) is dict else None, tender_id, title)
    values = [found[index] for index in _VALUES]
    related = [found[index] for index in _RELATED]
    return _dumped(named) + _SEPARATOR + _dumped((values, related))


def ocid_in(kept: bytes) -> str | None:
    """Give the ocid of an item from what `facts` gave, in a fifth of the time that reading all of it takes."""
    if kept.startswith(b'["'):
        ocid = kept[2 : kept.index(b'"', 2)]
        if b"\\" not in ocid:
            return ocid.decode()
    return Facts(kept).ocid


def _dumped(value: Json) -> bytes:
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # lone surrogates, integers beyond 64 bits, more than 250 levels
        return b" " + json.dumps(_cut(value, _DEEPEST)).encode()


def _loaded(dumped: bytes) -> Json:
    return json.loads(dumped) if dumped[0] == _BY_JSON else orjson.loads(dumped)


def _cut(value: Json, levels: int) -> Json:
    """Replace what is nested too deeply to be written by `null`."""
    if type(value) is not dict and type(value) is not list and type(value) is not tuple:
        return value
    if not levels:
        return None
    if type(value) is dict:
        return {key: _cut(entry, levels - 1) for key, entry in value.items()}
    return [_cut(entry, levels - 1) for entry in value]
