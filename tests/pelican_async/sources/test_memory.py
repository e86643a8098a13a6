import json
import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTES = 200
LIMIT = 150
LONGEST = 20_000_000
READ = f"""
import sys
from pelican_async.sources.reading import Chunk, Limits, read
parts = read(sys.argv[1:], Limits(text={LONGEST}))
print(sum(len(part.texts) for part in parts if isinstance(part, Chunk)))
# Not ru_maxrss: that begins with what the process had that started this one.
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc, as on Linux")
@pytest.mark.parametrize("form", ["lines", "package", "one line without end"])
def test_memory_is_flat(tmp_path: Path, form: str) -> None:
    release = json.dumps({"ocid": "1", "tender": {"items": [{"id": "a" * 90, "n": {"x": [1, "2"]}}] * 800}}).encode()
    count = MEGABYTES * 1_000_000 // len(release)
    file = tmp_path / "file"
    before, between, after = {
        "lines": (b"", b"\n", b"\n"),
        "package": (b'{"uri": "u", "releases": [', b",\n", b"]}"),
        "one line without end": (b'{"id": [', b", ", b"]}"),
    }[form]
    with file.open("wb") as opened:
        opened.write(before + release)
        for _ in range(count - 1):
            opened.write(between + release)
        opened.write(after)

    read = subprocess.run(  # noqa: S603
        [sys.executable, "-c", READ, str(file)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )

    texts, megabytes = map(int, read.stdout.split())
    assert texts == (0 if form == "one line without end" else count)
    assert megabytes < LIMIT
