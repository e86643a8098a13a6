"""Port Amaranta, a city that doesn't exist: what it buys, for whom, and from whom."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

COUNTRY: Final = "Calorra"
PORTAL: Final = "https://portamaranta.example.org/contracts"
PLACES: Final = (
    "Alder Quay",
    "Bellweather",
    "Cinder Hill",
    "Dovecote",
    "Eastmole",
    "Fennel Gate",
    "Lower Harbour",
    "Marrowfield",
    "Old Amaranta",
    "Saltpans",
    "Tamarind Row",
    "Upper Weir",
)
STREETS: Final = ("Almond Street", "Chandler Lane", "Ferry Road", "Granary Walk", "Lantern Avenue", "Orchard Rise")
DEPARTMENTS: Final = {
    "PA-GOV-01": "Central Procurement Office of Port Amaranta",
    "PA-GOV-02": "Department of Roads and Bridges",
    "PA-GOV-03": "Department of Schools",
    "PA-GOV-04": "Amaranta General Hospital",
    "PA-GOV-05": "Water and Sewerage Board",
    "PA-GOV-06": "Department of Parks and Sport",
    "PA-GOV-07": "Office of Digital Services",
    "PA-GOV-08": "Fire and Rescue Service",
    "PA-GOV-09": "Department of Waste and Cleansing",
    "PA-GOV-10": "Harbour Authority",
    "PA-GOV-11": "City Library",
    "PA-GOV-12": "Department of Social Care",
}
CENTRAL_OFFICE: Final = "PA-GOV-01"
FIRMS: Final = (
    "Belcanto",
    "Corvane",
    "Duneport",
    "Hallowbrook",
    "Mirasette",
    "Quillon",
    "Solenne",
    "Tessara",
    "Vantero",
)
FORMS: Final = ("Ltd", "S.A.", "Co.", "& Daughters", "Cooperative")


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that the city buys.

    `city.toml` lists them, and says what is what.
    """

    title: str
    category: str
    code: str
    what: str
    buyer: str
    trade: str
    unit: str
    price: int
    quantity: int


SUBJECTS: Final = tuple(
    Subject(**subject)
    for subject in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["subjects"]
)
TRADES: Final = tuple(dict.fromkeys(subject.trade for subject in SUBJECTS))


def suppliers(trade: str) -> list[str]:
    """Give the ids of the firms of a trade."""
    first = TRADES.index(trade) * 6
    return [f"PA-SUP-{first + number:04}" for number in range(1, 7)]


def name(organization: str) -> str:
    """Give the name of a department or a firm by its id."""
    if organization in DEPARTMENTS:
        return DEPARTMENTS[organization]
    random = Random(organization)
    number = int(organization.removeprefix("PA-SUP-")) - 1
    firm = FIRMS[(number * 5 + number // 6) % len(FIRMS)]
    return f"{firm} {TRADES[number // 6]} {random.choice(FORMS)}"


def party(organization: str) -> dict[str, Any]:
    """Describe a department or a firm, as its entry among the parties of a release does, yet without roles."""
    random = Random(f"party {organization}")
    public = organization in DEPARTMENTS
    host = "portamaranta.example.org" if public else f"{organization.lower()}.example.com"
    line = f"555-{random.randint(100, 199):04}"
    # Firms fill in their own numbers, as they would give them to a neighbour: the city never asked for more.
    abroad = public or random.random() < 0.25
    scheme = "CAL-TAX" if not public and random.random() < 0.2 else "XI-LEI"
    return {
        "id": organization,
        "name": name(organization),
        "identifier": {"scheme": scheme, "id": f"9845{random.randrange(10**14):014}{random.randint(10, 98)}"},
        "address": {
            "streetAddress": f"{random.randint(1, 190)} {random.choice(STREETS)}",
            "locality": "Port Amaranta" if public else random.choice(PLACES),
            "postalCode": f"PA {random.randint(100, 999)}",
            "countryName": COUNTRY,
        },
        "contactPoint": {
            "name": "Procurement desk" if public else "Sales office",
            "email": f"{'tenders' if public else 'sales'}@{host}",
            "telephone": f"+1 787 {line}" if abroad else f"({random.randint(201, 249)}) {line}",
        },
    }
