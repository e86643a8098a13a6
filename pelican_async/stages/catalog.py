"""All stages, by name."""

from collections.abc import Mapping
from typing import Final

from pelican_async.stages import (
    check_dataset,
    check_items,
    check_time_based,
    extract_by_filter,
    extract_kingfisher_process,
    report,
    wipe,
)
from pelican_async.stages.stage import Stage

STAGES: Final[Mapping[str, Stage]] = {
    module.STAGE.name: module.STAGE
    for module in (
        extract_kingfisher_process,
        extract_by_filter,
        check_items,
        check_dataset,
        check_time_based,
        report,
        wipe,
    )
}
