"""Says at the end how many golden results were compared."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the golden tests recorded by `record_property("golden", ...)`."""
    told = [
        str(value)
        for report in terminalreporter.getreports("passed")
        for key, value in getattr(report, "user_properties", ())
        if key == "golden" and report.when == "call"
    ]
    if told:
        terminalreporter.section("golden results")
        for line in told:
            terminalreporter.line(line)
