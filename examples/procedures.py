"""Procurement procedures of Port Amaranta, and what the city has published about one by a given day, without faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from examples import city

Data = dict[str, Any]

FIRST_DAY: Final = date(2023, 1, 9)
"""The day on which the first procedure is planned; one more follows every few days."""
DAYS_BETWEEN: Final = 4.5
FIRST_PLANS: Final = date(2024, 3, 1)
"""Since then the city publishes its plans."""
CURRENCIES: Final = {"USD": 1.0, "EUR": 0.9, "MXN": 18.0, "BRL": 5.0, "PYG": 7300.0}
"""What a US dollar is worth, roughly."""
HIGHEST_DIRECT: Final = 10_000
"""More US dollars than that may not be spent without a competition, so that many purchases cost just as much."""
METHODS: Final = {
    "open": "Open call on the city's portal",
    "selective": "Call to prequalified firms",
    "limited": "Three quotations",
    "direct": "Direct purchase",
}


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure from plan to last payment. `amount` is what the city expects to pay, in `currency`.

    `outcome` is the status that its tender ends in; only one that is complete has awards. `firms` are the ids of the
    tenderers; the first `lots` of them get an award each.
    """

    number: int
    subject: city.Subject
    title: str
    currency: str
    amount: int
    quantity: int
    method: str
    outcome: str
    firms: tuple[str, ...]
    lots: int
    planned: date
    tendered: date
    closing: date
    awarded: date
    signed: date
    finished: date

    @property
    def ocid(self) -> str:
        """The open contracting ID."""
        return f"ocds-213czf-PA-{self.planned.year}-{self.number:04}"

    @property
    def entity(self) -> str:
        """The id of the department that runs the procedure."""
        return city.CENTRAL_OFFICE if self.amount > 50_000 * CURRENCIES[self.currency] else self.subject.buyer

    def random(self, part: str) -> Random:
        """Give the chances of one part of the procedure: the same whenever it is published."""
        return Random(f"{self.number} {part}")


def draw(number: int) -> Procedure:
    """Make up a procedure; the same number gives the same one."""
    random = Random(f"procedure {number}")
    subject = random.choice(city.SUBJECTS)
    planned = FIRST_DAY + timedelta(days=int(number * DAYS_BETWEEN))
    days = [random.randint(*span) for span in ((14, 60), (15, 45), (7, 40), (6, 28), (40, 420))]
    tendered, closing, awarded, signed, finished = (
        planned + timedelta(days=sum(days[: index + 1])) for index in range(len(days))
    )
    where = {"street": random.choice(city.STREETS), "place": random.choice(city.PLACES)}
    currency = weighted(random, {"USD": 74, "EUR": 16, "MXN": 4, "BRL": 3, "PYG": 3})
    quantity = max(1, int(subject.quantity * random.choice((0.02, 0.08, 0.2, 0.4, 0.7, 1))))
    amount = max(1, round(subject.price * quantity * CURRENCIES[currency] / 100)) * 100
    method = weighted(random, {"open": 62, "selective": 16, "limited": 12, "direct": 14})
    if method == "direct" and random.random() < 0.8:
        amount = round(HIGHEST_DIRECT * CURRENCIES[currency])
    firms = city.suppliers(subject.trade)
    random.shuffle(firms)
    bidders = 1 if method == "direct" else random.randint(2, 4)
    return Procedure(
        number=number,
        subject=subject,
        title=f"{subject.title.format(**where)}, {tendered.year}",
        currency=currency,
        amount=amount,
        quantity=quantity,
        method=method,
        outcome=weighted(random, {"complete": 90, "cancelled": 4, "unsuccessful": 4, "withdrawn": 2}),
        firms=tuple(firms[:bidders]),
        lots=2 if bidders > 2 and random.random() < 0.15 else 1,
        planned=planned,
        tendered=tendered,
        closing=closing,
        awarded=awarded,
        signed=signed,
        finished=finished,
    )


def weighted(random: Random, weights: dict[str, int]) -> str:
    """Choose one of some words, each as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def publish(procedure: Procedure, day: date) -> Data | None:
    """Give the compiled release of a procedure as of a day, or nothing if the city hasn't spoken of it by then."""
    plans_ahead = procedure.planned >= FIRST_PLANS and procedure.random("planning").random() < 0.8
    if day < (procedure.planned if plans_ahead else procedure.tendered):
        return None
    release: Data = {
        "ocid": procedure.ocid,
        "tag": ["compiled"],
        "language": "en",
        "initiationType": "tender",
        "parties": [],
        "buyer": reference(procedure.subject.buyer),
    }
    if plans_ahead:
        release["planning"] = planning(procedure)
    release["tender"] = tender(procedure, day)
    if procedure.outcome == "complete" and procedure.awarded <= day:
        release["awards"] = [award(procedure, lot) for lot in range(procedure.lots)]
        if len(procedure.firms) > procedure.lots and procedure.random("withdrawn").random() < 0.12:
            release["awards"].append(withdrawn_award(procedure))
        release["contracts"] = [contract(procedure, lot, day) for lot in range(procedure.lots)]
    if procedure.number > 30 and procedure.random("related").random() < 0.14:
        release["relatedProcesses"] = [related(procedure, "prior")]
    release["date"] = max(past_dates(release), default=at(procedure.planned))
    release["id"] = f"{procedure.ocid}-{release['date'][:10]}"
    release["parties"] = parties(release)
    return release


def at(day: date) -> str:
    """Write a day as the city does: it doesn't record the hour."""
    return f"{day.isoformat()}T00:00:00Z"


def period(start: date, end: date) -> Data:
    """Describe a period."""
    return {"startDate": at(start), "endDate": at(end), "durationInDays": (end - start).days}


def money(amount: float, currency: str) -> Data:
    """Describe an amount, to the cent."""
    return {"amount": round(amount, 2), "currency": currency}


def reference(organization: str) -> Data:
    """Refer to a party."""
    return {"id": organization, "name": city.name(organization)}


def document(procedure: Procedure, kind: str, title: str, day: date) -> Data:
    """Describe a document of the city's portal."""
    random = procedure.random(kind)
    published: Data = {
        "id": f"{procedure.number}-{title.split(maxsplit=1)[0].lower()}",
        "documentType": kind,
        "title": title,
        "url": f"{city.PORTAL}/{procedure.planned.year}/{procedure.number:04}/{title.split(maxsplit=1)[0].lower()}.pdf",
        "datePublished": at(day),
        "format": "application/pdf",
        "language": "en",
    }
    if random.random() < 0.3:
        published["description"] = f"{title} for: {procedure.title}. Signed by the head of the department."
    if random.random() < 0.2:
        published["dateModified"] = at(day)
    return published


def milestone(kind: str, title: str, due: date, met: date | None, modified: date) -> Data:
    """Describe a milestone that is met on a day, or not yet."""
    described: Data = {"id": kind, "title": title, "type": kind, "dueDate": at(due)}
    if met:
        described["dateMet"] = at(met)
    return described | {"dateModified": at(met or modified), "status": "met" if met else "scheduled"}


def planning(procedure: Procedure) -> Data:
    """Describe the plan: every procedure that has one begins with it."""
    random = procedure.random("budget")
    share = random.choice((0.9, 1, 1, 1, 1.1, 1.25))
    in_dollars = procedure.currency == "PYG" or random.random() < 0.3
    return {
        "rationale": "It keeps the services of the department running.",
        "budget": {
            "id": f"BUD-{procedure.planned.year}-{procedure.subject.buyer[-2:]}",
            "amount": money(procedure.amount * share / CURRENCIES[procedure.currency], "USD")
            if in_dollars
            else money(procedure.amount * share, procedure.currency),
            "project": f"City plan {procedure.planned.year}",
        },
        "documents": [document(procedure, "procurementPlan", "Procurement plan", procedure.planned)],
        "milestones": [
            milestone("preProcurement", "Need confirmed", procedure.planned, procedure.planned, procedure.planned)
        ],
    }


def items(procedure: Procedure, share: float = 1) -> list[Data]:
    """Describe what is bought, or the share of it that belongs to a lot."""
    subject = procedure.subject
    described: Data = {
        "id": "1",
        "classification": {"scheme": "CPV", "id": subject.code, "description": subject.what},
        "quantity": max(1, round(procedure.quantity * share)),
        "unit": {
            "name": subject.unit,
            "value": money(subject.price * CURRENCIES[procedure.currency], procedure.currency),
        },
    }
    return [described]


def tender(procedure: Procedure, day: date) -> Data:
    """Describe the tender, from the plan for it to what came of it."""
    begun: Data = {
        "id": f"T-{procedure.number:04}",
        "title": procedure.title,
        "mainProcurementCategory": procedure.subject.category,
        "status": "planned",
    }
    if day < procedure.tendered:
        return begun
    random = procedure.random("tender")
    begun |= {
        "description": f"{procedure.subject.what}, as set out in the notice.",
        "status": "active" if day < procedure.awarded else procedure.outcome,
        "procuringEntity": reference(procedure.entity),
        "items": items(procedure),
        "value": money(procedure.amount, procedure.currency),
        "procurementMethod": procedure.method,
        "procurementMethodDetails": METHODS[procedure.method],
        "awardCriteria": random.choice(("priceOnly", "priceOnly", "ratedCriteria")),
        "submissionMethod": ["electronicSubmission" if random.random() < 0.8 else "written"],
        "tenderPeriod": period(procedure.tendered, procedure.closing),
        "documents": [document(procedure, "tenderNotice", "Tender notice", procedure.tendered)],
    }
    if procedure.method == "open":
        begun["minValue"] = money(procedure.amount * 0.6, procedure.currency)
        begun["enquiryPeriod"] = period(procedure.tendered, procedure.tendered + timedelta(days=10))
        begun["contractPeriod"] = period(procedure.signed, procedure.finished)
        begun["documents"].append(document(procedure, "biddingDocuments", "Bidding documents", procedure.tendered))
    if procedure.closing <= day:
        begun["awardPeriod"] = period(procedure.closing, procedure.awarded)
        begun["numberOfTenderers"] = len(procedure.firms)
        begun["tenderers"] = [reference(firm) for firm in procedure.firms]
    if random.random() < 0.3:
        met = procedure.closing if procedure.closing <= day else None
        begun["milestones"] = [milestone("assessment", "Bids opened", procedure.closing, met, procedure.tendered)]
    extended = procedure.closing - timedelta(days=8)
    if random.random() < 0.15 and extended <= day:
        begun["amendments"] = [amendment("1", extended, "The closing date was put off, as bidders had asked for.")]
    return begun


def amendment(identifier: str, day: date, rationale: str) -> Data:
    """Describe an amendment."""
    return {"id": identifier, "date": at(day), "rationale": rationale}


def lot_value(procedure: Procedure, lot: int) -> float:
    """Give what the winner of a lot asks for."""
    return (
        procedure.amount / procedure.lots * procedure.random(f"price {lot}").choice((0.84, 0.91, 0.95, 0.98, 1, 1.02))
    )


def award(procedure: Procedure, lot: int) -> Data:
    """Describe the award of a lot."""
    random = procedure.random(f"award {lot}")
    given: Data = {
        "id": f"A-{procedure.number:04}-{lot + 1}",
        "title": f"{procedure.subject.what}, lot {lot + 1}",
        "status": "active",
        "date": at(procedure.awarded),
        "value": money(lot_value(procedure, lot), procedure.currency),
        "suppliers": [reference(procedure.firms[lot])],
    }
    if random.random() < 0.4:
        given["documents"] = [document(procedure, "awardNotice", "Award notice", procedure.awarded)]
    if procedure.lots > 1:
        given["items"] = items(procedure, 1 / procedure.lots)
    if random.random() < 0.3:
        given["contractPeriod"] = period(procedure.signed, procedure.finished)
    if random.random() < 0.06:
        given["amendments"] = [amendment("1", procedure.awarded, "A slip of the pen in the supplier's name.")]
    return given


def withdrawn_award(procedure: Procedure) -> Data:
    """Describe an award to a firm that then found it couldn't deliver, so that another was chosen."""
    return {
        "id": f"A-{procedure.number:04}-0",
        "status": "cancelled",
        "date": at(procedure.awarded - timedelta(days=2)),
        "value": money(procedure.amount * 0.8, procedure.currency),
        "suppliers": [reference(procedure.firms[-1])],
    }


def contract(procedure: Procedure, lot: int, day: date) -> Data:
    """Describe the contract of a lot: pending until it is signed, then active, or called off now and then."""
    random = procedure.random(f"contract {lot}")
    called_off = random.random() < 0.05
    agreed: Data = {
        "id": f"C-{procedure.number:04}-{lot + 1}",
        "awardID": f"A-{procedure.number:04}-{lot + 1}",
        "title": f"{procedure.subject.what}, lot {lot + 1}",
        "status": "pending",
        "value": money(lot_value(procedure, lot), procedure.currency),
        "period": period(procedure.signed, procedure.finished),
    }
    if day < procedure.signed:
        return agreed
    agreed |= {
        "status": "cancelled" if called_off else "active",
        "dateSigned": at(procedure.signed),
    }
    if random.random() < 0.5:
        agreed["documents"] = [document(procedure, "contractSigned", "Signed contract", procedure.signed)]
    delivered = procedure.finished if procedure.finished <= day else None
    if random.random() < 0.5:
        agreed["milestones"] = [milestone("delivery", "Handed over", procedure.finished, delivered, procedure.signed)]
    halfway = procedure.signed + (procedure.finished - procedure.signed) // 2
    if random.random() < 0.15 and halfway <= day:
        agreed["amendments"] = [amendment("1", halfway, "More time, because of the rains.")]
    if procedure.number > 30 and random.random() < 0.06:
        agreed["relatedProcesses"] = [related(procedure, "renewalProcess")]
    payments = [] if called_off else list(transactions(procedure, lot, day))
    if payments:
        agreed["implementation"] = {"transactions": payments}
        if delivered:
            agreed["implementation"] |= {
                "documents": [
                    document(procedure, "completionCertificate", "Certificate of completion", procedure.finished)
                ],
                "milestones": [milestone("reporting", "Final report", procedure.finished, delivered, procedure.signed)],
            }
    return agreed


def transactions(procedure: Procedure, lot: int, day: date) -> Iterator[Data]:
    """Give the payments on record by a day, in equal parts; a twentieth is kept back as a guarantee."""
    number = procedure.random(f"payments {lot}").choice((0, 1, 1, 2, 3))
    for index in range(number):
        paid = procedure.signed + (procedure.finished - procedure.signed) * (index + 1) // number
        if paid <= day:
            yield {
                "id": f"P-{procedure.number:04}-{lot + 1}-{index + 1}",
                "date": at(paid),
                "value": money(lot_value(procedure, lot) * 0.95 / number, procedure.currency),
                "payer": reference(procedure.subject.buyer),
                "payee": reference(procedure.firms[lot]),
            }


def related(procedure: Procedure, relationship: str) -> Data:
    """Refer to an earlier procedure."""
    earlier = draw(procedure.random(relationship).randint(1, procedure.number - 30))
    return {
        "id": "1",
        "relationship": [relationship],
        "title": earlier.title,
        "scheme": "ocid",
        "identifier": earlier.ocid,
        "uri": f"{city.PORTAL}/{earlier.planned.year}/{earlier.number:04}",
    }


def past_dates(value: Any) -> Iterator[str]:  # noqa: ANN401 any part of a release
    """Give the dates in a release of what has happened."""
    if isinstance(value, list):
        for entry in value:
            yield from past_dates(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key in {"date", "dateSigned", "dateMet", "dateModified", "datePublished"}:
                yield entry
            else:
                yield from past_dates(entry)


def parties(release: Data) -> list[Data]:
    """Describe the organizations that a release refers to, with their roles; of one that only made a bid, little."""
    tender, payments = release["tender"], []
    for contract in release.get("contracts", []):
        payments += contract.get("implementation", {}).get("transactions", [])
    roles = {
        "buyer": [release["buyer"]],
        "procuringEntity": [tender["procuringEntity"]] if "procuringEntity" in tender else [],
        "tenderer": tender.get("tenderers", []),
        "supplier": [supplier for award in release.get("awards", []) for supplier in award["suppliers"]],
        "payer": [payment["payer"] for payment in payments],
        "payee": [payment["payee"] for payment in payments],
    }
    known: dict[str, list[str]] = {}
    for role, references in roles.items():
        for organization in dict.fromkeys(reference["id"] for reference in references):
            known.setdefault(organization, []).append(role)
    return [
        {"id": organization, "name": city.name(organization)} | {"roles": held}
        if held == ["tenderer"]
        else city.party(organization) | {"roles": held}
        for organization, held in known.items()
    ]
