"""Walks a release once, and gives the outcomes of all its fields as rows, fast.

`checks.fields` says in readable code what comes out, and tests hold both against each other.
"""

from typing import TYPE_CHECKING, Final

from checks.fields import TREE, Node
from checks.outcomes import BITS, PASSED, STRAY, of_value, row_of
from checks.quality import Quality, Variant
from checks.rows import Here, KnownRow, NodeRows, row_of_number
from checks.values import Json

if TYPE_CHECKING:
    from mypy_extensions import i64  # an integer to the type checker; compiled, it is computed with faster

KEPT: Final = 2_000
"""How many keys and rows are kept by node."""
LONGEST_KEPT: Final = 100
"""Longer keys aren't kept, in characters."""


PASSING: Final = tuple([sum([PASSED << BITS * slot for slot in range(8) if there >> slot & 1]) for there in range(256)])
"""The outcomes of 8 fields that pass if they are there, by the set of those that are there."""


class Part:
    """What is to be done with a value, by its key, in objects of a node.

    `following` is that of the key which came after this one the last time: mostly it does so again, or it is missing
    and the one after it comes, and needn't be looked up. `there` is the field's bit in what is found of an object,
    `bit` where its outcome begins there (see `NodeWalk`); 0 for what isn't a field. A field that has objects of a node
    has this `node`, one with a quality check a `variant`, and a `plain` one neither.
    """

    __slots__ = ("bit", "following", "key", "node", "plain", "there", "variant")

    def __init__(
        self,
        key: str,
        there: int = 0,
        bit: int = 0,
        *,
        variant: Variant | None = None,
        node: "NodeWalk | None" = None,
    ) -> None:
        self.key = key
        self.following = self
        self.there: i64 = there  # so a node may have 62 fields; the one with most has 29
        self.bit = bit
        self.node = node
        self.variant = variant
        self.plain = node is None and variant is None


class NodeWalk:
    """What is known of a node's objects.

    `parts` has what is to be done by key, and `first` stands before any key.

    What is found of an object is one integer: the set of its fields that are there, a bit for each slot, and above
    these, 4 bits for the outcome of each that is there and doesn't pass, less that of passing. That is mostly a small
    one, unlike all the outcomes. `known` has the rows by it, and `stray` is the row of what stands where an object
    should. Those of a release are added to `rows`.
    """

    __slots__ = ("fields", "first", "known", "node", "parts", "rows", "slots", "stray", "walk")

    def __init__(self, node: Node, walk: "FieldWalk") -> None:
        self.node = node
        self.fields = {field.leaf: field for field in node.fields}
        self.slots = len(node.fields)
        self.walk = walk
        self.first = Part("")
        self.parts: dict[str, Part] = {}
        self.known: dict[int, KnownRow] = {}
        self.stray = KnownRow(row_of([STRAY] * self.slots))
        self.rows = NodeRows(node.number, self.slots, 1, Here())

    def after(self, previous: Part, key: str) -> Part:
        """Give what is to be done by a key, and remember what it came after."""
        part = self.parts.get(key)
        if part is None:
            part = self._learn(key)
        if len(key) <= LONGEST_KEPT:
            previous.following = part
        return part

    def _learn(self, key: str) -> Part:
        """Find what is to be done, and keep it by the very key of the data, which is found faster than one like it."""
        part = self._part(key)
        if len(key) <= LONGEST_KEPT:
            if len(self.parts) >= KEPT:
                self.parts.clear()
            self.parts[key] = part
        return part

    def _part(self, key: str) -> Part:
        field = self.fields.get(key)
        if field is None:
            return Part(key)
        there, bit = 1 << field.slot, self.slots + BITS * field.slot
        if key in self.node.children:
            return Part(key, there, bit, node=self.walk.nodes[self.node.children[key]])
        variant = self.walk.quality.variants[field.variant] if field.variant >= 0 else None
        return Part(key, there, bit, variant=variant)

    def row(self, found: int) -> KnownRow:
        """Make the row of an object of which this is found, and keep it."""
        if len(self.known) >= KEPT:
            self.known.clear()
        outcomes = found >> self.slots
        there = found & (1 << self.slots) - 1
        bit = 0
        while there:
            outcomes += PASSING[there & 0xFF] << bit
            bit += 8 * BITS
            there >>= 8
        row = self.known[found] = KnownRow(row_of_number(outcomes, self.slots))
        return row


class FieldWalk:
    """Walks releases; made once per process, since what it learns makes it fast."""

    __slots__ = ("_into", "nodes", "quality")

    def __init__(self, quality: Quality) -> None:
        self.quality = quality
        self.nodes: list[NodeWalk] = []
        self.nodes.extend([NodeWalk(node, self) for node in TREE])
        self._into: list[NodeRows] = []

    def walk(self, release: dict[str, Json], into: list[NodeRows]) -> None:
        """Add the rows of a release's objects, in document order, to those of their nodes.

        Whatever a check raises is raised, and some have been added then.
        """
        if into is not self._into:
            self._into = into
            for node in self.nodes:
                node.rows = into[node.node.number]
        _walk(self.nodes[0], release)


def _walk(node: NodeWalk, entered: dict[str, Json]) -> None:
    """Add the rows of an object, and of all that is in it."""
    part = node.first
    there: i64 = 0
    others = 0
    for key, value in entered.items():
        following = part.following
        if following.key is key:
            part = following
        else:
            following = following.following
            part = following if following.key is key else node.after(part, key)
        if part.there == 0:
            continue
        there |= part.there
        if not part.plain:
            variant = part.variant
            if variant is not None:
                outcome = variant.outcome(value)
                if outcome != PASSED:
                    others += outcome - PASSED << part.bit
                continue
            inner = part.node
            if inner is not None:
                _enter(inner, value)
        if not value:
            others += of_value(value) - PASSED << part.bit
    found: int = there  # not an i64, which has too few bits for what is added
    found += others
    row = node.known.get(found)
    node.rows.add(node.row(found) if row is None else row)


def _enter(node: NodeWalk, value: Json) -> None:
    """Add the rows of a value where objects of a node are expected, or of the entries of a list."""
    if type(value) is dict:
        _walk(node, value)
    elif type(value) is list:
        for entry in value:
            if type(entry) is dict:
                _walk(node, entry)
            elif type(entry) is list:
                _open(node, entry)
            else:
                node.rows.add(node.stray)
    else:
        node.rows.add(node.stray)


def _open(node: NodeWalk, entries: list[Json]) -> None:
    """Add the rows of the entries of a list in a list: what they contain isn't entered."""
    for entry in entries:
        if type(entry) is dict:
            others = [one.rows for one in node.walk.nodes if one is not node]
            before = [len(rows.rows) for rows in others]
            _walk(node, entry)
            for rows, length in zip(others, before, strict=True):
                rows.cut(length)
        else:
            node.rows.add(node.stray)
