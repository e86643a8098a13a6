"""Compiles `checks/`, and what feeds it, with mypyc if `PELICAN_COMPILE=1` is set; else the package is pure Python.

Both are of the same source.
"""

import os
import sysconfig
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

NOT_COMPILED = ("__init__.py", "catalog.py")
"""The catalog finds modules by their files, which is no work for a compiler."""

READING = ("pelican_async/work.py", "pelican_async/sources/kinds.py", "pelican_async/sources/parsing.py")
"""What takes each release out of a batch."""
IS_GCC = "gcc" in (sysconfig.get_config_var("CC") or "")
LINK_TIME = ["-O2", "-flto=auto", "-fno-plt", "-fno-semantic-interposition", "-fvisibility=hidden"] if IS_GCC else []
"""Has what is called across modules inlined as well, and what is Python's called directly: about an eighth less time.

Linking uses all cores, as compiling does. Not every compiler comes with it.
"""


class BuildInParallel(build_ext):
    """Compiles the C files of an extension side by side: setuptools alone does one after the other."""

    def build_extension(self, ext: Extension) -> None:
        """Compile and link one extension."""
        compile_one: Callable[..., Sequence[str]] = self.compiler.compile

        def compile_all(sources: Sequence[str], **settings: Any) -> list[str]:  # noqa: ANN401 they are only passed on
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                compiled = threads.map(lambda source: compile_one([source], **settings), sources)
                return [file for files in compiled for file in files]

        self.compiler.compile = compile_all
        try:
            super().build_extension(ext)
        finally:
            self.compiler.compile = compile_one


def extensions() -> list[Extension]:
    """Translate the modules to C."""
    from mypyc.build import mypycify  # noqa: PLC0415 only needed here

    modules = sorted(str(path) for path in Path("checks").rglob("*.py") if path.name not in NOT_COMPILED)
    found = mypycify([*modules, *READING], opt_level="2", debug_level="0", multi_file=True)
    for extension in found:
        extension.extra_compile_args = [*extension.extra_compile_args, *LINK_TIME]
        extension.extra_link_args = [*extension.extra_link_args, *LINK_TIME]
    return found


if os.environ.get("PELICAN_COMPILE") == "1":
    setup(ext_modules=extensions(), cmdclass={"build_ext": BuildInParallel})
else:
    setup()
