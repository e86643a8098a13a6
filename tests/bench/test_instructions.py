"""All checks take about as many instructions as they did: at most a tenth more than what is kept of them.

After a change that is meant to cost what it costs: `python -m bench instructions --write`.
"""

import shutil
import subprocess
from typing import Final

import pytest

from bench.extent import Extent
from bench.figures import kept
from bench.instructions import MEASUREMENT
from tests.services.installing import can_install, install

MOST: Final = 1.1


@pytest.fixture(scope="module")
def valgrind() -> None:
    if shutil.which("valgrind"):
        return
    if not can_install():
        pytest.skip("instructions are counted by valgrind, which isn't installed")
    try:
        install("valgrind")
    except subprocess.CalledProcessError:
        pytest.skip("instructions are counted by valgrind, which can't be installed (see above)")


@pytest.mark.compiled
@pytest.mark.usefixtures("valgrind")
def test_no_form_takes_a_tenth_more_than_before() -> None:
    before = kept(MEASUREMENT.name)
    if before is None:
        pytest.skip(f"there is no {MEASUREMENT.name}.json: `python -m bench instructions --write` makes it")
    found = MEASUREMENT.measure(Extent())
    grown = {form: found[form]["ratio"] / row["ratio"] for form, row in before["figures"].items()}
    assert max(grown.values()) <= MOST, f"over what is kept: {grown}, as counted now: {found}"
