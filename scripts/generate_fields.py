"""Write `checks/field_table.py` from `checks/fields.toml`, since checks read no files."""

import sys
import tomllib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
HEADER: Final = '''"""The fields of a release as tables.

Generated from `checks/fields.toml` by `make fields`: change that file, not this one.
"""

from typing import Final
'''


def main() -> None:
    """Write the module, or with `--check` exit with 1 if it is out of step."""
    target = ROOT / "checks/field_table.py"
    source = generate(tomllib.loads((ROOT / "checks/fields.toml").read_text("utf-8"))["fields"])
    if "--check" not in sys.argv:
        target.write_text(source, "utf-8")
    elif target.read_text("utf-8") != source:
        sys.exit("checks/field_table.py is out of step with checks/fields.toml: run `make fields`")


def generate(fields: list[dict[str, Any]]) -> str:
    """Give the source of the module for these fields."""
    nodes = list(dict.fromkeys(field["path"].rpartition(".")[0] for field in fields))
    variants = list(dict.fromkeys(variant(field) for field in fields if "quality" in field))
    rows = [(field["path"], variants.index(variant(field)) if "quality" in field else -1) for field in fields]
    tables = [
        table(
            "VARIANTS: Final[tuple[tuple[str, str], ...]]",
            "The quality checks, each as one kind of field uses it: its name, and what it must know of the field.",
            variants,
        ),
        table("NODES: Final[tuple[str, ...]]", "The dotted paths of all parents of fields.", nodes),
        table(
            "FIELDS: Final[tuple[tuple[str, int], ...]]",
            "The dotted paths of all fields, in the order of reports, and the numbers of their variants, or -1.",
            rows,
        ),
    ]
    return "\n".join([HEADER, *tables])


def variant(field: dict[str, Any]) -> tuple[str, str]:
    """Give a field's quality check and what it must know of the field."""
    return field["quality"], field.get("section") or ("past" if field.get("past") else "")


def table(name: str, what: str, rows: list[Any]) -> str:
    """Write a constant tuple, one row a line, and what it is."""
    written = [f"    {row!r},".replace("'", '"') for row in rows]
    return "\n".join([f"{name} = (", *written, ")", f'"""{what}"""', ""])


if __name__ == "__main__":
    main()
