"""What fails so far, while a collection is being checked."""

from collections.abc import Collection, Mapping

from checks.batch import Partial
from checks.reference_data import ReferenceData
from checks.values import Json
from pelican_async.reports.assembly import Assembly
from pelican_async.reports.problems import Problem, problems_among


class _NoExamples:
    """Has no releases: examples are made at the end."""

    def releases(self, items: Collection[int]) -> Mapping[int, Mapping[str, Json]]:  # noqa: ARG002 whatever they are
        return {}


def problems_so_far(partial: Partial, reference_data: ReferenceData) -> list[Problem]:
    """Give every check that fails somewhere in the releases that a partial speaks of, as in the report to come."""
    assembly = Assembly(partial, partial.sampling, reference_data, _NoExamples())
    return problems_among(assembly.fields(), assembly.compiled_release(), partial.count)
