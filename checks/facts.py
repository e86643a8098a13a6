"""What the examples of dataset-level checks say about an item, in a few hundred bytes.

The accumulators keep places only, and no strings. Whoever runs the checks keeps these facts by item (or makes them
again from the release), and gives them back for the few items that become examples.
"""

import json
from typing import Final, NamedTuple

import orjson

from checks.release import Release
from checks.values import Json

VALUES: Final = ("tender.value", "awards.value", "contracts.value")
"""The dotted paths of the values that examples quote."""
_DEEPEST: Final = 100
_BY_JSON: Final = ord(" ")


class Facts(NamedTuple):
    """What examples say about one item.

    Ids and titles are as they are in the release, `None` if they aren't there. `values` has, for each of `VALUES`, what
    was found there, and `related` the related processes of the release and of its contracts: lists of path and value.
    """

    ocid: str | None
    buyer_id: Json
    tender_id: Json
    tender_title: Json
    values: list[list[list[Json]]]
    related: list[list[list[Json]]]

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
    """Give the facts of a release, to be read by `read`."""
    data = release.data
    found = release.found
    buyer = data.get("buyer")
    tender = data.get("tender")
    if type(tender) is dict:
        tender_id = tender.get("id")
        title = tender.get("title")
    else:
        tender_id = title = None
    kept = (
        release.ocid,
        buyer.get("id") if type(buyer) is dict else None,
        tender_id,
        title,
        (found["tender.value"], found["awards.value"], found["contracts.value"]),
        (found["relatedProcesses"], found["contracts.relatedProcesses"]),
    )
    try:
        return orjson.dumps(kept)
    except orjson.JSONEncodeError:  # lone surrogates, integers beyond 64 bits, more than 250 levels
        return b" " + json.dumps(_cut(kept, _DEEPEST)).encode()


def read(kept: bytes) -> Facts:
    """Read what `facts` gave."""
    return Facts._make(json.loads(kept) if kept[0] == _BY_JSON else orjson.loads(kept))


def _cut(value: Json, levels: int) -> Json:
    """Replace what is nested too deeply to be written by `null`."""
    if type(value) is not dict and type(value) is not list and type(value) is not tuple:
        return value
    if not levels:
        return None
    if type(value) is dict:
        return {key: _cut(entry, levels - 1) for key, entry in value.items()}
    return [_cut(entry, levels - 1) for entry in value]
