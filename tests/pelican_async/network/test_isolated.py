"""In a network with listeners at public and private addresses, the public ones hear what is asked, and nobody else."""

import json
import os
import shutil
import subprocess
import sys
from typing import Final

import pytest

from tests.pelican_async.network import isolated
from tests.pelican_async.network.callers import CALLERS
from tests.pelican_async.network.isolated import NOBODY_LISTENS_AT, OWN, urls_of
from tests.pelican_async.network.tricks import NOT_PUBLIC, PUBLIC, PUBLIC_ALONE

SECONDS: Final = 120


@pytest.fixture(scope="module")
def found() -> isolated.Found:
    """Run the program in a network of its own, where the system lets us."""
    unshare, ip = shutil.which("unshare"), shutil.which("ip")
    if unshare is None or ip is None:
        pytest.skip("a network of its own needs Linux with util-linux and iproute2")
    command = [unshare, *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]), "--net"]
    if subprocess.run([*command, ip, "link"], check=False, capture_output=True).returncode != 0:  # noqa: S603 as it stands here
        pytest.skip("this system lets nobody have a network of its own")
    program = [*command, sys.executable, "-m", isolated.__name__]
    ended = subprocess.run(program, check=True, stdout=subprocess.PIPE, timeout=SECONDS)  # noqa: S603 as it stands here
    return isolated.Found(**json.loads(ended.stdout))


@pytest.mark.parametrize("caller", CALLERS)
def test_public_addresses_alone_are_asked(found: isolated.Found, caller: str) -> None:
    assert found.answered[caller] == urls_of(PUBLIC)
    assert found.answered_after_redirect[caller] == urls_of(PUBLIC)


def test_nobody_else_hears_anything(found: isolated.Found) -> None:
    mapped = {"::ffff:8.8.8.8"}
    assert found.heard == sorted({*PUBLIC, *PUBLIC_ALONE, "64:ff9b::808:808"} - mapped - {"64:ff9b::8.8.8.8"})


def test_this_machine_hears_nothing_at_its_public_addresses_either(found: isolated.Found) -> None:
    assert found.heard_here == []


@pytest.mark.parametrize("caller", CALLERS)
def test_they_would_hear(found: isolated.Found, caller: str) -> None:
    """The tests above mean something: whoever is allowed to be asked answers, at nearly all addresses of the table."""
    assert found.answered_if_allowed[caller] == urls_of(found.listened_at)
    without = {"::", "::1", "fe80::1%eth0", *NOBODY_LISTENS_AT, "ff02::1", "ff0e::1"}
    assert set(found.listened_at) == {*PUBLIC, *PUBLIC_ALONE, *NOT_PUBLIC, *OWN} - without
