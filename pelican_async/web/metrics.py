"""What Prometheus may ask of a running service."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from pelican_async.database.outbox import COUNTED

REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
MESSAGES: Final = Counter(
    "pelican_messages", "Messages handled, by stage and outcome.", ["stage", "outcome"], registry=REGISTRY
)
SECONDS: Final = Histogram(
    "pelican_message_seconds",
    "How long messages took, by stage; those of check_items are batches.",
    ["stage"],
    registry=REGISTRY,
)
RELEASES: Final = Counter("pelican_releases_checked", "Compiled releases checked.", registry=REGISTRY)
NOT_CHECKED: Final = Counter("pelican_releases_not_checked", "Releases that could not be checked.", registry=REGISTRY)
POOL_DEPTH: Final = Gauge("pelican_pool_jobs", "Batches in the process pool, waiting or under way.", registry=REGISTRY)
LONG_STAGES: Final = Gauge("pelican_long_stages", "Datasets being extracted or checked as wholes.", registry=REGISTRY)
OUTBOX: Final = Gauge(
    "pelican_outbox_messages", f"Messages that wait to be sent; {COUNTED}: so many or more.", registry=REGISTRY
)
QUEUE_DEPTH: Final = Gauge("pelican_queue_messages", "Messages that wait in a queue.", ["queue"], registry=REGISTRY)
DATASETS: Final = Gauge("pelican_datasets", "Datasets, by phase and state.", ["phase", "state"], registry=REGISTRY)
ANSWERS: Final = Gauge(
    "pelican_answers",
    "Whether the database and the broker answered now; if not, what they know is NaN.",
    ["part"],
    registry=REGISTRY,
)
LOOP_STALL: Final = Gauge(
    "pelican_loop_stall_seconds", "The longest time for which the event loop stood still.", registry=REGISTRY
)
