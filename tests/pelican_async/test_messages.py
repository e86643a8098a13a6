"""Reading messages."""

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican_async.messages import (
    MAX_BYTES,
    MESSAGES,
    CheckItems,
    ExtractCollection,
    Malformed,
    OneDataset,
    Queue,
    read,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["name", "collection_id", "ancestor_id", "max_items", "dataset_id", "dataset_id_original", "filter_message"]
OBJECTS = st.dictionaries(st.sampled_from(KEYS), JSON).map(lambda content: json.dumps(content).encode())


def test_every_queue_has_a_message_and_the_name_that_deployments_know() -> None:
    assert set(MESSAGES) == set(Queue)
    assert sorted(queue.within("e") for queue in Queue) == [
        "e_contracting_process_checker",
        "e_dataset_checker",
        "e_dataset_filter_extractor_init",
        "e_extractor",
        "e_ocds_kingfisher_extractor_init",
        "e_time_variance_checker",
        "e_wiper_init",
    ]


def test_keys_may_be_absent_null_or_unknown() -> None:
    expected = ExtractCollection(name="a", collection_id=1)
    assert read(Queue.EXTRACT_KINGFISHER, b'{"name": "a", "collection_id": 1}') == expected
    body = b'{"name": "a", "collection_id": 1, "ancestor_id": null, "max_items": null, "more": [1]}'
    assert read(Queue.EXTRACT_KINGFISHER, body) == expected
    assert read(Queue.WIPE, b'{"dataset_id": 7}') == OneDataset(dataset_id=7)


@pytest.mark.parametrize("queue", Queue)
def test_what_is_written_is_read(queue: Queue) -> None:
    examples = {
        Queue.EXTRACT_KINGFISHER: {"name": "a", "collection_id": 1, "ancestor_id": 2, "max_items": 3},
        Queue.EXTRACT_FILTER: {"dataset_id_original": 1, "filter_message": {"buyer": ["\u00e9"]}, "max_items": None},
        Queue.CHECK_ITEMS: {"dataset_id": 1, "item_ids": [1, 2**62]},
    }
    content = examples.get(queue, {"dataset_id": 1})
    message = read(queue, orjson.dumps(content))
    assert message.model_dump() == content
    assert read(queue, message.model_dump_json().encode()) == message


@pytest.mark.parametrize(
    ("queue", "body", "reason"),
    [
        (Queue.WIPE, b"", "isn't JSON"),
        (Queue.WIPE, b"\xff", "isn't JSON"),
        (Queue.WIPE, b"[" * 100_000, "isn't JSON"),
        (Queue.WIPE, b"[1]", "isn't a JSON object"),
        (Queue.WIPE, b"{}", "dataset_id: Field required"),
        (Queue.WIPE, b'{"dataset_id": "1"}', "dataset_id: .*integer"),
        (Queue.WIPE, b'{"dataset_id": 1.0}', "dataset_id: .*integer"),
        (Queue.WIPE, b'{"dataset_id": true}', "dataset_id: .*integer"),
        (Queue.WIPE, b'{"dataset_id": 9223372036854775808}', "dataset_id: .*less than"),
        (Queue.CHECK_ITEMS, b'{"dataset_id": 1, "item_ids": ["a", "b", "c", "d", "e"]}', "item_ids.0: .*and 2 more"),
        (Queue.EXTRACT_FILTER, b'{"dataset_id_original": 1, "filter_message": {}}', "filter_message: .*at least 1"),
        (Queue.EXTRACT_FILTER, b'{"dataset_id_original": 1, "filter_message": []}', "filter_message: .*dictionary"),
        (Queue.EXTRACT_FILTER, b'{"dataset_id_original": 1, "filter_message": {"a": ["\\u0000"]}}', "NUL"),
        (Queue.EXTRACT_KINGFISHER, b'{"name": "\\u0000", "collection_id": 1}', "NUL"),
        (Queue.EXTRACT_KINGFISHER, b'{"name": "a", "collection_id": 2147483648}', "collection_id"),
        (Queue.EXTRACT_KINGFISHER, b'{"name": "a", "collection_id": 1, "max_items": -1}', "max_items"),
    ],
)
def test_what_is_malformed_is_told(queue: Queue, body: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        read(queue, body)


def test_what_only_looks_like_nul_is_fine() -> None:
    message = read(Queue.EXTRACT_KINGFISHER, rb'{"name": "\\u0000", "collection_id": 1}')
    assert message == ExtractCollection(name=r"\u0000", collection_id=1)


def test_a_message_may_have_the_ids_of_a_large_batch_and_no_more() -> None:
    message = CheckItems(dataset_id=1, item_ids=list(range(2**62, 2**62 + 40_000)))
    body = message.model_dump_json().encode()
    assert read(Queue.CHECK_ITEMS, body) == message
    with pytest.raises(Malformed, match="more than 1,000,000"):
        read(Queue.CHECK_ITEMS, body.ljust(MAX_BYTES + 1))


@given(st.sampled_from(Queue), st.binary(max_size=50) | OBJECTS)
def test_anything_is_read_or_malformed(queue: Queue, body: bytes) -> None:
    try:
        message = read(queue, body)
    except Malformed as error:
        assert str(error)  # noqa: PT017 both are fine
    else:
        assert read(queue, message.model_dump_json().encode()) == message
