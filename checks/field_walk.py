"""Walks a release once, and gives the outcomes of all its fields as signatures (`checks.outcomes`), fast.

`checks.fields` says in readable code what comes out, and tests hold both against each other.
"""

from typing import Any, Final

from checks.fields import TREE, Node
from checks.outcomes import BITS, NODE_BITS, PASSED, STRAY, of_value, signature
from checks.quality import Quality, Variant
from checks.values import Json

KEPT: Final = 2_000
"""How many keys and signatures are kept by node."""
LONGEST_KEPT: Final = 100
"""Longer keys aren't kept, in characters."""


PASSING: Final = tuple([sum([PASSED << BITS * slot for slot in range(8) if there >> slot & 1]) for there in range(256)])
"""The outcomes of 8 fields that pass if they are there, by the set of those that are there."""


class Part:
    """What is to be done with a value, by its key, in objects of a node.

    `following` is that of the key which came after this one the last time: mostly it does so again, and needn't be
    looked up. `there` is the field's bit in the set of those that are there, `bit` where its outcome begins in a
    signature; 0 for what isn't a field. A field that has objects of a node has this `node`, one with a quality check a
    `variant`.
    """

    __slots__ = ("bit", "following", "key", "node", "there", "variant")

    def __init__(
        self, key: str, slot: int | None, variant: Variant | None = None, node: "NodeWalk | None" = None
    ) -> None:
        self.key = key
        self.following = self
        self.there = 0 if slot is None else 1 << slot
        self.bit = 0 if slot is None else NODE_BITS + BITS * slot
        self.node = node
        self.variant = variant


class NodeWalk:
    """What is known of a node's objects.

    `parts` has what is to be done by key, and `first` stands before any key. `passing` has the signature of an object
    whose values all pass, by the set of the fields that are there; `stray` is the signature of what stands where an
    object should.
    """

    __slots__ = ("first", "node", "parts", "passing", "stray", "walk")

    def __init__(self, node: Node, walk: "FieldWalk") -> None:
        self.node = node
        self.walk = walk
        self.first = Part("", None)
        self.parts: dict[str, Part] = {}
        self.passing: dict[int, Any] = {}
        self.stray: Any = signature(node.number, [STRAY] * len(node.fields))

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
        for field in self.node.fields:
            if field.leaf == key:
                if key in self.node.children:
                    return Part(key, field.slot, node=self.walk.nodes[self.node.children[key]])
                return Part(key, field.slot, self.walk.quality.variants[field.variant] if field.variant >= 0 else None)
        return Part(key, None)

    def sign(self, there: int) -> Any:  # noqa: ANN401 an integer that stays the same object
        """Make the signature of an object that has these fields, which all pass, and keep it."""
        if len(self.passing) >= KEPT:
            self.passing.clear()
        signed = self.node.number
        bit = NODE_BITS
        rest = there
        while rest:
            signed += PASSING[rest & 0xFF] << bit
            bit += 8 * BITS
            rest >>= 8
        made: Any = signed
        self.passing[there] = made
        return made


class FieldWalk:
    """Walks releases; made once per process, since what it learns makes it fast."""

    __slots__ = ("nodes", "quality")

    def __init__(self, quality: Quality) -> None:
        self.quality = quality
        self.nodes: list[NodeWalk] = []
        self.nodes.extend([NodeWalk(node, self) for node in TREE])

    def signatures(self, release: dict[str, Json]) -> list[int]:
        """Give the signatures of a release: those of what a node contains before its own, the release's own last."""
        signatures: list[Any] = []
        _walk(self.nodes[0], release, signatures)
        return signatures


def _walk(node: NodeWalk, entered: dict[str, Json], signatures: list[Any]) -> None:
    """Add the signatures of an object, and of all that is in it."""
    part = node.first
    there = 0
    added = 0
    for key, value in entered.items():
        following = part.following
        part = following if following.key is key else node.after(part, key)
        if not part.there:
            continue
        there |= part.there
        variant = part.variant
        if variant is not None:
            outcome = variant.outcome(value)
            if outcome != PASSED:
                added += outcome - PASSED << part.bit
            continue
        inner = part.node
        if inner is not None:
            _enter(inner, value, signatures)
        if not value:
            added += of_value(value) - PASSED << part.bit
    signed = node.passing.get(there)
    if signed is None:
        signed = node.sign(there)
    signatures.append(signed + added if added else signed)


def _enter(node: NodeWalk, value: Json, signatures: list[Any]) -> None:
    """Add the signatures of a value where objects of a node are expected, or of the entries of a list."""
    if type(value) is dict:
        _walk(node, value, signatures)
    elif type(value) is list:
        for entry in value:
            if type(entry) is dict:
                _walk(node, entry, signatures)
            elif type(entry) is list:
                _open(node, entry, signatures)
            else:
                signatures.append(node.stray)
    else:
        signatures.append(node.stray)


def _open(node: NodeWalk, entries: list[Json], signatures: list[Any]) -> None:
    """Add the signatures of the entries of a list in a list: what they contain isn't entered."""
    for entry in entries:
        if type(entry) is dict:
            all_in_it: list[Any] = []
            _walk(node, entry, all_in_it)
            signatures.append(all_in_it[-1])
        else:
            signatures.append(node.stray)
