"""What goes wrong in Port Amaranta: slips of one desk, habits of the whole city, and a few wrecks.

A fault changes a release in place. Where it has nothing to change, it changes nothing.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from random import Random
from typing import Any, Final

Data = dict[str, Any]
Fault = Callable[[Data, Random], object]

ROLES: Final = {
    "buyer": "buyer",
    "tender.procuringEntity": "procuringEntity",
    "tender.tenderers": "tenderer",
    "awards.suppliers": "supplier",
    "contracts.implementation.transactions.payer": "payer",
    "contracts.implementation.transactions.payee": "payee",
}
"""Where a release refers to its parties, and the role that each has there."""
SECTIONS: Final = ("planning", "tender", "awards", "contracts", "contracts.implementation")
VALUES: Final = ("planning.budget.amount", "tender.value", "awards.value", "contracts.value")
PERIODS: Final = ("tender.tenderPeriod", "tender.awardPeriod", "tender.contractPeriod", "contracts.period")


def objects(value: Any, path: str) -> Iterator[Data]:  # noqa: ANN401 any part of a release
    """Give the objects at a dotted path, through lists."""
    if isinstance(value, list):
        for entry in value:
            yield from objects(entry, path)
    elif isinstance(value, dict) and path:
        key, _, further = path.partition(".")
        yield from objects(value.get(key), further)
    elif isinstance(value, dict):
        yield value


def pick(release: Data, random: Random, *paths: str, having: str = "") -> Data:
    """Choose one of the objects at some paths that have a key; if there is none, one that belongs to nothing."""
    found = [entry for path in paths for entry in objects(release, path) if not having or having in entry]
    return random.choice(found) if found else {}


def shift_years(written: str, years: int) -> str:
    """Move a date by years."""
    return f"{int(written[:4]) + years}{written[4:]}"


def replace(*paths: str, key: str, values: tuple[object, ...]) -> Fault:
    """Make a fault that puts one of some values into the place of another."""

    def fault(release: Data, random: Random) -> None:
        pick(release, random, *paths, having=key)[key] = random.choice(values)

    return fault


def replace_all(*paths: str, key: str, value: object) -> Fault:
    """Make a fault that puts a value into each such place of a release."""

    def fault(release: Data, _: Random) -> None:
        for path in paths:
            for entry in objects(release, path):
                if key in entry:
                    entry[key] = value

    return fault


def forget(*paths: str, key: str) -> Fault:
    """Make a fault that leaves a key out."""
    return lambda release, random: pick(release, random, *paths, having=key).pop(key, None)


def multiply(*paths: str, key: str, factor: float) -> Fault:
    """Make a fault that gets a number wrong by a factor."""

    def fault(release: Data, random: Random) -> None:
        entry = pick(release, random, *paths, having=key)
        if isinstance(entry.get(key), (int, float)):
            entry[key] = round(entry[key] * factor, 2)

    return fault


def misdate(*paths: str, key: str, years: int) -> Fault:
    """Make a fault that gets the year of a date wrong."""

    def fault(release: Data, random: Random) -> None:
        entry = pick(release, random, *paths, having=key)
        if isinstance(entry.get(key), str):
            entry[key] = shift_years(entry[key], years)

    return fault


def without_prefix(release: Data, _: Random) -> None:
    """Name the process by the city's own number."""
    release["ocid"] = release["ocid"].removeprefix("ocds-213czf-")


def day_first(release: Data, random: Random) -> None:
    """Write a date as people do."""
    entry = pick(release, random, *PERIODS, having="endDate")
    if entry:
        year, month, day = entry["endDate"][:10].split("-")
        entry["endDate"] = f"{day}/{month}/{year}"


def swapped(release: Data, random: Random) -> None:
    """End a period before it starts."""
    entry = pick(release, random, *PERIODS, having="startDate")
    if entry:
        entry["startDate"], entry["endDate"] = entry["endDate"], entry["startDate"]


def in_weeks(release: Data, random: Random) -> None:
    """Count the weeks of a period, where its days are asked for."""
    entry = pick(release, random, *PERIODS, having="durationInDays")
    entry["durationInDays"] = entry.get("durationInDays", 0) // 7


def wordy(release: Data, random: Random) -> None:
    """Put the whole document into its description."""
    entry = pick(release, random, *(f"{section}.documents" for section in SECTIONS))
    entry["description"] = " ".join(
        ["Whereas the department has found, upon due consideration, that it is needed;"] * 5
    )


def unlisted(path: str, release: Data, random: Random) -> None:
    """Leave out the party that is referred to."""
    missing = pick(release, random, path).get("id")
    release["parties"] = [party for party in release["parties"] if party["id"] != missing]


def listed_twice(path: str, release: Data, random: Random) -> None:
    """List the party that is referred to twice."""
    wanted = pick(release, random, path).get("id")
    release["parties"] += [deepcopy(party) for party in release["parties"] if party["id"] == wanted]


def as_number(path: str, release: Data, random: Random) -> None:
    """Refer by a number to a party whose id is a string."""
    entry = pick(release, random, path)
    for party in release["parties"]:
        if party["id"] == entry.get("id"):
            number = int("".join(filter(str.isdigit, party["id"])))
            party["id"], entry["id"] = str(number), number
            return


def role_forgotten(path: str, release: Data, random: Random) -> None:
    """Leave out the role of a party that is referred to."""
    entry = pick(release, random, path)
    for party in release["parties"]:
        if party["id"] == entry.get("id"):
            party["roles"] = [role for role in party["roles"] if role != ROLES[path]]


def renamed(path: str, release: Data, random: Random) -> None:
    """Name a party otherwise where it is referred to."""
    entry = pick(release, random, path, having="name")
    entry["name"] = random.choice((str.upper, str.lower, "The {}".format))(entry.get("name", ""))


def role_unused(release: Data, random: Random) -> None:
    """Give a party a role that it doesn't have anywhere."""
    party = pick(release, random, "parties", having="roles")
    unused = [role for role in ("procuringEntity", "supplier", "payee") if role not in party.get("roles", ())]
    party.setdefault("roles", []).append(random.choice(unused or ["tenderer"]))


def misnumbered(release: Data, random: Random) -> None:
    """Name an award by a contract that isn't there."""
    entry = pick(release, random, "contracts", having="awardID")
    entry["awardID"] = entry.get("awardID", "").replace("A-", "A-1")


def miscounted(release: Data, random: Random) -> None:
    """Count a tenderer who has withdrawn."""
    entry = pick(release, random, "tender", having="numberOfTenderers")
    entry["numberOfTenderers"] = entry.get("numberOfTenderers", 0) + 1


def awarded_early(release: Data, random: Random) -> None:
    """Date an award by the day of the notice."""
    for period in objects(release, "tender.tenderPeriod"):
        pick(release, random, "awards", having="date")["date"] = period["startDate"]


def out_of_date(release: Data, random: Random) -> None:
    """Change a release, but not its date."""
    for period in objects(release, "tender.tenderPeriod"):
        release["date"] = random.choice((period["startDate"], period["endDate"]))


def award_undone(release: Data, random: Random) -> None:
    """Leave the award pending, or cancel it, though there is a contract for it."""
    if release.get("contracts"):
        pick(release, random, "awards")["status"] = random.choice(("pending", "cancelled"))


def left_unsigned(release: Data, random: Random) -> None:
    """Leave a contract pending that is being paid for."""
    pick(release, random, "contracts", having="implementation")["status"] = "pending"


def left_scheduled(release: Data, random: Random) -> None:
    """Leave a milestone scheduled that was met."""
    pick(release, random, *(f"{section}.milestones" for section in SECTIONS), having="dateMet")["status"] = "scheduled"


def left_open(release: Data, random: Random) -> None:
    """Leave a tender open that was awarded."""
    if release.get("awards"):
        pick(release, random, "tender")["status"] = random.choice(("active", "active", "planned"))


def called_direct(release: Data, random: Random) -> None:
    """Call a procedure direct that several took part in."""
    tender = pick(release, random, "tender", having="numberOfTenderers")
    if tender.get("numberOfTenderers", 0) > 1:
        tender["procurementMethod"] = "direct"


def wreck(key: str, value: object) -> Fault:
    """Make a fault that puts a value of another type into a part of a release."""

    def fault(release: Data, _: Random) -> None:
        *parents, last = key.split(".")
        for entry in objects(release, ".".join(parents)):
            entry[last] = value

    return fault


ALL_DOCUMENTS: Final = tuple(f"{section}.documents" for section in SECTIONS)
ALL_MILESTONES: Final = tuple(f"{section}.milestones" for section in SECTIONS)
ALL_AMENDMENTS: Final = tuple(f"{section}.amendments" for section in SECTIONS)
TRANSACTIONS: Final = "contracts.implementation.transactions"

FAULTS: Final[tuple[tuple[float, Fault], ...]] = (
    # Habits.
    (0.40, replace_all(*ALL_DOCUMENTS, key="format", value="PDF")),
    (0.06, replace_all(*ALL_DOCUMENTS, key="language", value="English")),
    (0.09, forget("parties", key="contactPoint")),
    (0.07, in_weeks),
    (0.08, left_open),
    # Fields.
    (0.015, without_prefix),
    (0.02, day_first),
    (0.02, replace("contracts.period", key="endDate", values=("9999-12-31T00:00:00Z", "2099-12-31T00:00:00Z"))),
    (0.01, replace("tender.tenderPeriod", key="startDate", values=("0001-01-01T00:00:00Z",))),
    (0.04, replace("parties.contactPoint", key="email", values=("N/A", "sales at example.com", "see website"))),
    (0.03, replace("parties.contactPoint", key="telephone", values=("none", "ext. 12", 5550142))),
    (0.03, wordy),
    (
        0.05,
        replace("tender.documents", "awards.documents", key="documentType", values=("contractSigned", "finalAudit")),
    ),
    (0.02, replace("tender.items", key="quantity", values=("a few", -1, "12 boxes"))),
    (0.02, replace("tender", key="title", values=("", None))),
    (0.03, replace("tender", key="description", values=("",))),
    (0.02, replace("awards", key="suppliers", values=([],))),
    # References.
    *((0.02, partial(unlisted, path)) for path in ROLES),
    *((0.01, partial(listed_twice, path)) for path in ROLES),
    *((0.01, partial(as_number, path)) for path in ROLES),
    *((0.01, forget(path, key="id")) for path in ROLES),
    (0.03, misnumbered),
    (0.01, forget("contracts", key="awardID")),
    # Consistency.
    *((0.04, partial(role_forgotten, path)) for path in ROLES),
    *((0.04, partial(renamed, path)) for path in ROLES),
    (0.04, role_unused),
    (0.06, miscounted),
    (0.05, multiply("planning.budget.amount", key="amount", factor=0.001)),
    (0.04, multiply("contracts.value", key="amount", factor=10)),
    (0.05, multiply(f"{TRANSACTIONS}.value", key="amount", factor=3)),
    # Coherence.
    (0.05, awarded_early),
    (0.20, misdate(*ALL_AMENDMENTS, key="date", years=-2)),
    (0.08, misdate(*ALL_DOCUMENTS, key="dateModified", years=-1)),
    (0.03, misdate(*ALL_MILESTONES, key="dateMet", years=5)),
    (0.01, misdate("contracts", key="dateSigned", years=36)),
    (0.02, swapped),
    (0.04, out_of_date),
    (0.04, award_undone),
    (0.06, left_unsigned),
    (0.04, left_scheduled),
    (0.02, called_direct),
    (0.02, replace("tender.value", "contracts.value", key="amount", values=(9_999_999_999.99,))),
    (0.01, multiply("tender.value", key="amount", factor=-1)),
    # Money.
    (0.03, replace(*VALUES, key="currency", values=("US$", "dollars", "", None))),
    (0.03, forget(*VALUES, key="currency")),
    (0.02, replace(*VALUES, key="amount", values=("1,250,000.00", "to be agreed", None))),
    # What can be seen only beside other releases.
    (0.03, replace("tender", key="id", values=("T-0000", "TBD"))),
    (0.15, replace("relatedProcesses", key="identifier", values=("ocds-213czf-PA-2019-0412", "PA-2023-0007", None))),
    (0.20, replace("relatedProcesses", key="title", values=("See the earlier procedure", "Framework agreement"))),
)
"""How often each fault befalls a release, and the fault."""
WRECKS: Final = (
    wreck("awards", {"id": "1", "suppliers": "see attached list"}),
    wreck("contracts", "see attached list"),
    wreck("parties", None),
    wreck("tender.items", [None, 5, "chairs"]),
    wreck("tender.value", "USD 1,250,000.00"),
    wreck("tender.documents", {}),
    wreck("tender.tenderPeriod", ["2024-03-01", "2024-04-01"]),
    wreck("tender.id", [17, "17b"]),
    wreck("buyer", "Department of Schools"),
    wreck("date", 20240305),
    wreck("ocid", None),
    wreck("planning.budget", 48000),
)
"""What leaves parts of a release unreadable."""
BETWEEN_WRECKS: Final = 24
"""So many releases apart, there is one, each of another kind."""


def afflict(release: Data, number: int) -> None:
    """Change a release by the faults that befall it: the same for the same number, whenever it is published."""
    chances = Random(f"faults {number}")
    for index, (share, fault) in enumerate(FAULTS):
        if chances.random() < share:
            fault(release, Random(f"fault {index} {number}"))
    if number % BETWEEN_WRECKS == 0:
        WRECKS[number // BETWEEN_WRECKS % len(WRECKS)](release, Random(number))
