"""Makes small releases, as many as wanted, one after the other: `python -m bench.releases 1000000` writes their lines.

They are the same on every run: what differs from one to the next follows from its number alone.
"""

import sys
from collections.abc import Iterator

import orjson


def small(number: int, version: int) -> Iterator[bytes]:
    """Make releases of about 700 bytes. Of two versions, all ids differ, and the title of each twentieth."""
    for index in range(number):
        buyer, supplier = index % 997, index % 4999
        yield orjson.dumps(
            {
                "ocid": f"ocds-213czf-{index}",
                "id": f"{index}-{version}",
                "date": f"20{10 + index % 10}-0{1 + index % 9}-1{index % 10}T10:00:00Z",
                "tag": ["compiled"],
                "initiationType": "tender",
                "buyer": {"id": f"GB-{buyer}", "name": f"Buyer {buyer}"},
                "parties": [
                    {"id": f"GB-{buyer}", "name": f"Buyer {buyer}", "roles": ["buyer"]},
                    {"id": f"S-{supplier}", "name": f"Supplier {supplier}", "roles": ["supplier"]},
                ],
                "tender": {
                    "id": f"T-{index}",
                    "title": f"Works number {index} {version if index % 20 == 0 else ''}",
                    "status": "complete",
                    "procurementMethod": ("open", "direct", "limited")[index % 3],
                    "value": {"amount": 1000 + index % 5003, "currency": ("USD", "EUR", "GBP")[index % 3]},
                },
                "awards": [
                    {
                        "id": f"A-{index}",
                        "status": "active",
                        "date": f"20{10 + index % 10}-0{1 + index % 9}-2{index % 9}T10:00:00Z",
                        "value": {"amount": 900 + index % 5003, "currency": "USD"},
                        "suppliers": [{"id": f"S-{supplier}", "name": f"Supplier {supplier}"}],
                    }
                ],
            }
        )


def main() -> None:
    """Write so many releases to the standard output, a line each."""
    for text in small(int(sys.argv[1]), 1):
        sys.stdout.buffer.write(text + b"\n")


if __name__ == "__main__":
    main()
