"""Reading URLs."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pelican_async.network.target import read


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("http://example.com", "example.com", "/"),
        ("http://example.com/a/b?c=d&e=%20#f", "example.com", "/a/b?c=d&e=%20"),
        ("https://example.com:443/", "example.com", "/"),
        ("https://example.com:80/", "example.com:80", "/"),
        ("http://Example.COM:8080?q", "example.com:8080", "/?q"),
        ("http://user:secret@example.com/", "example.com", "/"),
        ("http://[2606:4700::1111]:81/", "[2606:4700::1111]:81", "/"),
        ("http://[2606:4700::1111]/", "[2606:4700::1111]", "/"),
        ("http://münchen.example/straße?ä", "xn--mnchen-3ya.example", "/stra%C3%9Fe?%C3%A4"),
        (' http://example.com/a b|"<>.pdf ', "example.com", '/a%20b|"<>.pdf'),
        ("http://example.com/100%", "example.com", "/100%"),
        ("http://example.com//a//b", "example.com", "//a//b"),
    ],
)
def test_reads(url: str, authority: str, path: str) -> None:
    target = read(url)
    assert (target.authority, target.path) == (authority, path)
    assert "secret" not in target.authority + target.path


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "example.com",
        "//example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "mailto:a@example.com",
        "http://",
        "http:///a",
        "http://:80/",
        "http://@/",
        "http://example.com:x/",
        "http://example.com:65536/",
        "http://example.com:0/",
        "http://[::1/",
        "http://a..b/",
        f"http://{'a' * 64}.example/",
        f"http://e/{'a' * 8000}",
    ],
)
def test_refuses(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(url)


@given(
    st.text() | st.text().map(lambda text: f"http://{text}") | st.text().map(lambda text: f"https://example.com/{text}")
)
@example("http://example.com/\r\nHost: other")
@example("http://a\r\nb.example/")
@example("http://example.com/\ud800")
def test_what_is_sent_is_ascii_without_spaces(url: str) -> None:
    try:
        target = read(url)
    except ValueError:
        return
    assert re.fullmatch(r"[!-~]+", target.path)
    assert target.host.isascii()
    assert not re.search(r"[\r\n\t]", target.authority)
    assert 0 < target.port < 65536
