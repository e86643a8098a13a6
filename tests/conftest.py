"""Settings of all tests."""

from hypothesis import HealthCheck, settings

# The same examples on every run, and no failures because a machine is busy.
settings.register_profile(
    "repeatable",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("repeatable")
