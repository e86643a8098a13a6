"""`pelican-async healthy`: asks the service on this machine whether it lives, for containers."""

import click
import httpx

from pelican_async import settings as all_settings
from pelican_async.errors import UserError

SECONDS = 4.0


@click.command()
@click.option("--ready", is_flag=True, help="Ask whether messages are being worked on, instead.")
def healthy(*, ready: bool) -> None:
    """Ask the service on this machine whether it lives; the exit status says it."""
    settings = all_settings.load()
    everywhere = settings.http_address in {"0.0.0.0", "::"}  # noqa: S104 that is what is asked
    host = "127.0.0.1" if everywhere else settings.http_address
    authority = f"[{host}]" if ":" in host else host
    page = "ready" if ready else "live"
    try:
        answer = httpx.get(f"http://{authority}:{settings.http_port}/health/{page}", timeout=SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        raise UserError(f"The service does not answer at {host}, port {settings.http_port} ({error}).") from error
    click.echo(answer.text)
    if answer.is_error:
        raise click.exceptions.Exit(1)
