"""The command line: one command a file, in a function of the file's name; commands have dashes for underscores."""

import gc
import importlib
import io
import pkgutil
import sys
import traceback
from typing import Final

import click

from pelican_async.errors import UserError
from pelican_async.masking import masked_text
from pelican_async.reports.visible import visible

FAILED: Final = 1
WRONG_USE: Final = 2
STOPPED: Final = 130


class Commands(click.Group):
    """Finds its commands by their files, and imports only the one that runs: pool processes import this module too.

    What a user can mend ends with one line on stderr and status 2, Ctrl-C with status 130; a mistake in here with
    status 1 and what is needed to find it, without passwords.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 the same in every context
        """Give the names of the commands."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        gc.disable()  # what is imported stays: looking through it for garbage takes a twelfth of the start
        try:
            command: click.Command = getattr(importlib.import_module(f"{__name__}.{name}"), name)
        finally:
            gc.enable()
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # what a terminal can't show must not end the run
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo("Error: " + "\n  ".join(visible(masked_text(line)) for line in error.lines), err=True)
            raise click.exceptions.Exit(WRONG_USE) from error
        except KeyboardInterrupt:
            pass
        except Exception as error:
            if isinstance(error, click.ClickException | click.exceptions.Exit | click.Abort | BrokenPipeError):
                raise
            for line in traceback.format_exc().splitlines():
                click.echo(visible(masked_text(line)), err=True)
            raise click.exceptions.Exit(FAILED) from error
        gc.collect()  # what was interrupted before anything could clean up after it does so when it is collected
        click.echo("Stopped.", err=True)
        raise click.exceptions.Exit(STOPPED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="pelican-async")
def main() -> None:
    """Check the quality of open contracting data (OCDS)."""
