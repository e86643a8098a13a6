"""What checks SQL finds what may be made of others' values, and lets pass what can't."""

import ast
from typing import Final

import pytest

from scripts.check_sql import METHODS, TRUSTED, problems, project

OTHER: Final = """
QUERY = "select 1"
TABLES = ("a", "b")
BUILT = f"{QUERY} from {input()}"
"""
HEAD: Final = """
from other import BUILT, QUERY, TABLES
import other
NUMBER = 5
WHERE = f"{QUERY} where true"
ALIAS = WHERE
CHANGED = "select 1"
CHANGED += input()
"""
FINE: Final = (
    'await c.execute("select $1", value)',
    "await c.execute(query=QUERY)",
    "await c.fetch(QUERY)",
    "await c.fetchrow(ALIAS)",
    'await c.fetchval(f"{WHERE} limit {NUMBER}")',
    'await c.execute("select " "1")',
    'query = "select 1"\n    await c.execute(query)',
    'for table in TABLES:\n        await c.execute(f"delete from {table} where id = $1", value)',
    'for table in ("a", "b"):\n        await c.execute(f"delete from {table}")',
    'await c.execute(f"select {len(value)}")',
    'await c.copy_records_to_table("item", records=value, columns=value)',
    "rows = await cursor.fetch(value)",
    "execute(value)",
    'await run(c, "select 1")',
    "await run(c, sql=QUERY)",
    "await run(c)",
)
WRONG: Final = (
    "await c.execute(value)",
    "await c.execute(query=value)",
    "await c.execute(*value)",
    "await c.execute()",
    'await c.execute(f"select {value}")',
    "await c.execute(f\"select '{value}'\")",
    'await c.execute("select " + value)',
    'await c.execute("select %s" % value)',
    'await c.execute("select {}".format(value))',
    'await c.execute(" ".join(value))',
    'await c.execute(f"{QUERY} order by {value!r}")',
    'await c.execute(f"select {NUMBER:{value}}")',
    "await c.execute(QUERY if NUMBER else value)",
    "await c.execute(BUILT)",
    "await c.execute(CHANGED)",
    "await c.execute(unknown)",
    "await c.execute(row['statement'])",
    "await c.execute(row.statement)",
    'query = "select 1"\n    query = value\n    await c.execute(query)',
    'query = "select 1"\n    query += value\n    await c.execute(query)',
    "query, other = value\n    await c.execute(query)",
    "if (query := value):\n        await c.execute(query)",
    "with value as query:\n        await c.execute(query)",
    'for table in value:\n        await c.execute(f"delete from {table}")',
    'for table, other in value:\n        await c.execute(f"delete from {table}")',
    "await c.copy_records_to_table(value, records=[])",
    "cursor = await c.cursor(value)",
    "await c.prepare(value)",
    "await run(c, value)",
    "await run(c, sql=value)",
    "await run(c, *value)",
    "await run(**value)",
)
RUN: Final = """
async def run(c, sql="select 2"):
    await c.execute(sql)
"""


def found(line: str, run: str = "") -> list[str]:
    module = f"{HEAD}\n{run}\nasync def ask(c, value):\n    {line}\nask(c, input())\n"
    ast.parse(module)
    return [problem.sql for problem in problems({"other": OTHER, "one": module})]


@pytest.mark.parametrize("line", FINE)
def test_what_stands_in_the_code_is_fine(line: str) -> None:
    assert found(line, RUN if "run(" in line else "") == []


@pytest.mark.parametrize("line", WRONG)
def test_what_may_have_something_else_is_found(line: str) -> None:
    assert len(found(line, RUN if "run(" in line else "")) == 1


def test_what_only_the_database_quotes_is_told_by_its_type() -> None:
    for kind, count in (("Quoted", 0), ("Quoted | None", 0), ("str", 1)):
        module = f"async def own(c, role: {kind}):\n    await c.execute(f'set role {{role}}')\nown(c, input())\n"
        assert len(problems({"one": module})) == count


def test_trust_ends_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    for line, count in (("await c.execute(value)", 0), ("await c.execute('select 1')", 1)):
        monkeypatch.setitem(TRUSTED, "one.ask", "a test")
        assert len(problems({"one": f"async def ask(c, value):\n    {line}\n"})) == count


def test_the_project_is_fine() -> None:
    sources = project()
    asked = [
        node.func.attr
        for source in sources.values()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS
    ]
    assert len(asked) > 100
    assert problems(sources) == []
