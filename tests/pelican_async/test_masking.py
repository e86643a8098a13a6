import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican_async.masking import masked


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@host/it?application_name=a", "postgresql://me:***@host/it?application_name=a"),
        ("postgresql://me@host:5432/it", "postgresql://me@host:5432/it"),
        ("postgresql:///it?host=/tmp", "postgresql:///it?host=/tmp"),
        ("postgresql://:secret@host/it", "postgresql://:***@host/it"),
        ("postgresql://host/it?user=me&password=secret&a=b", "postgresql://host/it?user=me&password=***&a=b"),
        ("amqps://guest:guest@127.0.0.1:5671/%2F?heartbeat=5", "amqps://guest:***@127.0.0.1:5671/%2F?heartbeat=5"),
        ("https://host/api?access_key=secret", "https://host/api?access_key=***"),
        ("https://host/api?a?Token=secret&b=c#d", "https://host/api?a?Token=***&b=c#d"),
        ("postgresql://me:one@two@host/it", "postgresql://me:***@host/it"),
        ("//key:a?b@c", "//key:***@c"),
    ],
)
def test_hides_what_is_secret_and_nothing_else(url: str, shown: str) -> None:
    assert masked(url) == shown


@given(st.text(min_size=1).map(lambda text: f"<{text}>"))
def test_hides_any_password(password: str) -> None:
    assert password not in masked(f"postgresql://me:{password}@host/it")
