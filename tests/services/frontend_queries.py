"""What the frontend asks of results, word for word: the releases of a dataset in which a field, or a check, fails."""

from typing import Final

FAILING_FIELD: Final = """
    SELECT result->'meta'->>'ocid' FROM field_level_check
    WHERE dataset_id = {dataset} AND EXISTS (
      SELECT 1 FROM jsonb_array_elements(result->'checks'->'{path}') AS occurrence
      WHERE (occurrence->'{group}'->>'overall_result')::boolean IS FALSE
    ) ORDER BY 1
"""
FAILING_CHECK: Final = """
    SELECT result->'meta'->>'ocid' FROM resource_level_check
    WHERE dataset_id = {dataset} AND (result->'checks'->'{name}'->>'result')::boolean IS FALSE ORDER BY 1
"""
