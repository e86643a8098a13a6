"""Checks one collection: reads it, maps its batches in the pool, and merges what comes back."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Final, Self

import orjson

from checks.batch import Failure, Partial
from checks.facts import Facts, ocid_in
from checks.sampling import Sampling
from checks.values import Json
from pelican_async import work
from pelican_async.origins import Batches, Located
from pelican_async.pool import Pool
from pelican_async.reports.report import Counts, NotChecked
from pelican_async.sources.kinds import Kind, opened
from pelican_async.sources.limits import Limits
from pelican_async.sources.parsing import parsed
from pelican_async.sources.reading import read
from pelican_async.sources.spooling import LooseReleases
from pelican_async.sources.texts import Unreadable
from pelican_async.spool import Spool
from pelican_async.work import Done, SetAside, Work, release_in

SHOWN: Final = 100
"""How much of what couldn't be checked is shown; all of it is counted."""
REASONS: Final = 1_000
"""So many different reasons why something couldn't be checked are told apart: most say where, and what is there."""
OTHER: Final = "can't be read, for one of many other reasons"
Progress = Callable[[int, int], None]
"""Is told how many releases are checked, and how many bytes are read from disk, so far."""


class CollectionCheck:
    """The check of one collection. Use it as a context manager: results are on disk until it ends.

    After `run`, `partial` has all results (of a previous collection its snapshot alone), `counts` what was read.
    """

    def __init__(
        self, what: Work, processes: int, limits: Limits, report_failures: Callable[[Sequence[Failure]], None]
    ) -> None:
        self.work = what
        self.limits = limits
        self.sampling = Sampling(what.key)
        self.partial = Partial(self.sampling, what.wanted)
        self.checked = 0
        self.consumed = 0
        self.merged_releases = 0
        self.merged_processes = 0
        self.unmerged = 0
        self.linked = 0
        self.not_checked: list[NotChecked] = []
        self.reasons: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.first_changed: dict[str, str] = {}
        self._report_failures = report_failures
        self._batches = Batches()
        self._exits = ExitStack()
        self._pool = Pool(processes, work.prepare, (what,), work.do, halve=work.halve, lost=work.lost)
        self._facts = Spool()
        self._examples = Spool()
        self._packages = Spool()
        self._package_origins: dict[int, tuple[Kind, Located]] = {}
        self._loose = LooseReleases(limits)

    def __enter__(self) -> Self:
        """Open what is needed on disk."""
        for resource in (self._pool, self._facts, self._examples, self._packages, self._loose):
            self._exits.enter_context(resource)
        return self

    def __exit__(self, *details: object) -> None:
        """Stop processes, remove what is on disk."""
        self._exits.__exit__(*details)  # type: ignore[arg-type]

    @property
    def counts(self) -> Counts:
        """Give how many releases were read and checked."""
        not_checked = self.reasons.total()
        return Counts(self.checked + not_checked, self.checked, not_checked)

    def run(self, sources: Sequence[str], progress: Progress) -> None:
        """Read and check all sources."""
        self._check(self._read(sources), progress)
        packages, self._package_origins = self._package_origins, {}
        self._check(self._unpack(packages), progress)
        self._check(self._group(), progress, grouped=True)

    def _check(self, texts: Iterable[Located], progress: Progress, *, grouped: bool = False) -> None:
        for done in self._pool.run(self._batches.cut(texts, grouped=grouped)):
            self._take(done)
            progress(self.checked, self.consumed)

    def _read(self, sources: Sequence[str]) -> Iterator[Located]:
        for piece in read(sources, self.limits):
            if isinstance(piece, Unreadable):
                place = piece.source if piece.place is None else f"{piece.source}, {piece.unit} {piece.place}"
                self._refuse(place, piece.reason, piece.count)
                continue
            self.consumed = piece.consumed
            for text, place_number in piece.texts:
                yield Located(text, piece.source, piece.unit, place_number)

    def _unpack(self, packages: Mapping[int, tuple[Kind, Located]]) -> Iterator[Located]:
        """Give the entries of packages and lists that stood in a line of their own."""
        for number, (its_kind, origin) in packages.items():
            text = self._packages.read([number])[number]
            value, changes = parsed(text, self.limits.depth)
            for entry in opened(value, its_kind):
                yield origin._replace(text=orjson.dumps(entry), changes=changes)

    def _group(self) -> Iterator[Located]:
        """Give the releases of each process, as a list to be merged."""
        for group in self._loose.groups():
            if isinstance(group, Unreadable):
                self._refuse(group.source, group.reason, group.count)
                continue
            self.merged_processes += 1
            self.merged_releases += len(group.texts)
            yield Located(b"[%b]" % b",".join(group.texts), group.source, group.unit, group.place, group.changes)

    def _take(self, done: Done) -> None:
        """Take in the result of a batch."""
        texts = self._batches.done(done.first, done.size)
        self.checked += len(done.items)
        self.unmerged += len(done.unmerged)
        self.linked += done.linked
        for index, reason in done.refused:
            self._refuse(str(texts[index].origin), reason)
        for aside in done.set_aside:
            self._set_aside(aside, done.first + aside.place, texts[aside.place])
        changes = self._changes(done, texts)
        for item, kept in zip(done.items, done.facts, strict=True):
            self._facts.append(item, b"\n".join([kept, *changes[item]]) if item in changes else kept)
        if done.partial is not None:
            self._merge(done.partial, done.first, texts)
        self._report_failures(done.failures)

    def _changes(self, done: Done, texts: Sequence[Located]) -> Mapping[int, list[bytes]]:
        """Count what is read otherwise than it was written; give it by item, if the texts themselves are wanted."""
        changes: dict[int, list[bytes]] = {}
        earlier = ((item - done.first, change) for item in done.items for change in texts[item - done.first].changes)
        for index, change in (*earlier, *done.changed):
            self.changes[change] += 1
            self.first_changed.setdefault(change, str(texts[index].origin))
            if self.work.purpose == "extract":
                changes.setdefault(done.first + index, []).append(change.encode())
        return changes

    def _merge(self, partial: Partial, first: int, texts: Sequence[Located]) -> None:
        """Merge a partial, and keep the releases that are examples now."""
        found = partial.tally.samples
        self.partial.merge(partial)
        kept: set[int] = set()
        for case, sample in found.items():
            last = self.partial.tally.samples[case][-1]
            kept.update(scrambled for scrambled in sample if scrambled <= last)
        for item in sorted({self.sampling.place(scrambled)[0] for scrambled in kept}):
            self._examples.append(item, texts[item - first].text)

    def _set_aside(self, aside: SetAside, item: int, located: Located) -> None:
        if aside.kind is Kind.RELEASE:
            self._loose.add(
                aside.ocid, located.text, located.source, located.unit, located.number, changes=located.changes
            )
        else:
            self._packages.append(item, located.text)
            self._package_origins[item] = (aside.kind, located._replace(text=b""))

    def _refuse(self, place: str, reason: str, count: int = 1) -> None:
        self.reasons[reason if reason in self.reasons or len(self.reasons) < REASONS else OTHER] += count
        if len(self.not_checked) < SHOWN:
            self.not_checked.append(NotChecked(place, reason))

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        """Give the facts of items that were checked."""
        return {item: Facts(kept) for item, kept in self._facts.read(items).items()}

    def ocids(self, items: Collection[int]) -> Mapping[int, str | None]:
        """Give the ocids of items that were checked."""
        return {item: ocid_in(kept) for item, kept in self._facts.read(items).items()}

    def kept(self) -> Iterator[bytes]:
        """Give what was kept of all items that were checked, in their order: of a check facts, else their texts.

        On further lines after a text stands each way in which it is otherwise than it was written.
        """
        return self._facts.all()

    def releases(self, items: Collection[int]) -> Mapping[int, Mapping[str, Json]]:
        """Give the releases of items that are examples, as they were checked."""
        return {item: release_in(text, self.limits.depth) for item, text in self._examples.read(items).items()}
