"""The command line: one command a file."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pelican-async")
def main() -> None:
    """Check the quality of open contracting data (OCDS)."""
