"""The files for containers agree with each other, with the settings and with the commands; no engine is needed."""

import json
import re
import shlex
from pathlib import Path
from typing import Any, Final

import click
import pytest
import yaml

from pelican_async.cli import main
from pelican_async.settings import Settings

ROOT: Final = Path(__file__).parent.parent
STEPS: Final = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
INSTRUCTIONS: Final = [
    (name, rest.strip())
    for name, _, rest in (step.partition(" ") for step in STEPS if step and not step.startswith("#"))
]
COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: Final[dict[str, Any]] = COMPOSE["services"]
OURS: Final = {name: service for name, service in SERVICES.items() if "build" in service}
OF_PYTHON: Final = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
VARIABLE: Final = re.compile(r"\$\{(\w+)(:\?[^}]*)?\}")


def given(name: str, *, first: int = 0) -> list[str]:
    """Give what instructions of a kind have, from a place in the file on."""
    return [rest for kind, rest in INSTRUCTIONS[first:] if kind == name]


def variables(texts: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for text in texts for word in shlex.split(text))


FINAL: Final = max(place for place, (name, _) in enumerate(INSTRUCTIONS) if name == "FROM")
IMAGE: Final = variables(given("ENV", first=FINAL))


def parse(arguments: list[str]) -> None:
    """Let the command line take it, without running it. Raises `click.UsageError`."""
    command: click.Command = main
    context = main.make_context("pelican-async", list(arguments))
    while isinstance(command, click.Group):
        name, found, rest = command.resolve_command(context, [*context._protected_args, *context.args])  # noqa: SLF001
        assert found is not None
        command = found
        context = command.make_context(name, rest, parent=context)


def test_a_command_that_is_none_is_noticed() -> None:
    for wrong in (["serv"], ["serve", "--nothing"], ["db", "down"], ["add", "example", "x"]):
        with pytest.raises(click.UsageError):
            parse(wrong)


def test_what_is_copied_is_there_and_nothing_else_is_sent() -> None:
    copied = {source for text in given("COPY") if not text.startswith("--from") for source in text.split()[:-1]}
    assert [source for source in copied if not (ROOT / source).exists()] == []
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[1] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == copied


def test_only_wheels_that_are_pinned_are_installed() -> None:
    build, service, ours = (json.loads(text) for text in given("RUN") if '"install"' in text)
    for install in (build, service):
        assert {"--only-binary", ":all:", "--require-hashes"} < set(install)
    assert service[-1] == "requirements-service.txt"
    assert {"--no-deps", "--no-index"} < set(ours)


def test_no_shell_is_needed() -> None:
    for name in ("RUN", "ENTRYPOINT", "CMD"):
        assert all(isinstance(json.loads(text), list) for text in given(name))


def test_the_image_runs_as_nobody_in_particular() -> None:
    (user,) = given("USER", first=FINAL)
    assert all(int(number) >= 10_000 for number in user.split(":"))


def test_the_commands_of_the_image_are_commands() -> None:
    (program,) = json.loads(given("ENTRYPOINT")[0])
    assert program == "pelican-async"
    parse(json.loads(given("CMD")[0]))
    (check,) = given("HEALTHCHECK")
    options, _, command = check.partition(" CMD ")
    name, *arguments = json.loads(command)
    assert name == program
    parse(arguments)
    timeout = re.search(r"--timeout=(\d+)s", options)
    assert timeout is not None
    assert float(timeout[1]) > 4  # so long does the command wait for an answer


def test_the_variables_of_the_image_are_settings() -> None:
    assert {name.lower() for name in IMAGE.keys() - OF_PYTHON} <= Settings.model_fields.keys()
    assert given("EXPOSE") == [IMAGE["HTTP_PORT"]]


def environment(name: str) -> dict[str, str]:
    """Give the environment of one of our services, with passwords."""
    return {key: VARIABLE.sub("secret", value) for key, value in OURS[name]["environment"].items()}


@pytest.mark.parametrize("name", OURS)
def test_the_variables_of_a_service_are_settings(name: str) -> None:
    variables = environment(name)
    assert {key.lower() for key in variables} <= Settings.model_fields.keys()
    settings = Settings(**{key.lower(): value for key, value in variables.items()})  # type: ignore[arg-type]  # as read
    assert settings.http_port == int(IMAGE["HTTP_PORT"])


@pytest.mark.parametrize("name", OURS)
def test_the_command_of_a_service_is_a_command(name: str) -> None:
    service = OURS[name]
    if "entrypoint" not in service:
        parse(service["command"])
        return
    python, script = service["entrypoint"]
    assert python == "python"
    places = dict(volume.split(":")[:2][::-1] for volume in service["volumes"])
    for path in (script, *service["command"]):
        folder, _, file = path.rpartition("/")
        assert (ROOT / places[folder] / file).is_file()


@pytest.mark.parametrize("name", OURS)
def test_a_service_can_write_to_its_temporary_folder_alone(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 the container's
    assert service["cap_drop"] == ["ALL"]
    assert all(volume.endswith(":ro") for volume in service.get("volumes", ()))


def test_who_waits_for_somebody_can_see_when_to_go_on() -> None:
    checked = {name for name, service in SERVICES.items() if "healthcheck" in service or "build" in service}
    for service in SERVICES.values():
        for other, how in service.get("depends_on", {}).items():
            assert other in SERVICES
            if how["condition"] == "service_healthy":
                assert other in checked


def test_two_replicas_may_take_the_time_that_they_need_to_stop() -> None:
    pelican = OURS["pelican"]
    assert pelican["deploy"]["replicas"] == 2
    assert int(pelican["stop_grace_period"].removesuffix("s")) > Settings(**environment("pelican")).shutdown_grace  # type: ignore[arg-type]  # as read


def test_there_are_ports_for_all_replicas_and_on_this_machine_alone() -> None:
    for name, service in SERVICES.items():
        for port in service.get("ports", ()):
            address, outside, inside = port.split(":")
            first, last = map(int, outside.split("-"))
            assert (name, address, inside) == ("pelican", "127.0.0.1", IMAGE["HTTP_PORT"])
            assert last - first + 1 == service["deploy"]["replicas"]


def test_no_password_is_written_down() -> None:
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if "PASS" in key:
                assert VARIABLE.fullmatch(value)
            for password in re.findall(r"//[^:/]+:(.*)@", value):
                assert VARIABLE.fullmatch(password)


def test_volumes_are_declared_and_used() -> None:
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", ())
        if not volume.startswith(".")
    }
    assert used == COMPOSE["volumes"].keys()
