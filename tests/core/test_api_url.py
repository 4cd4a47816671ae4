from __future__ import annotations

import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_app.core.api_url import InvalidApiUrlError, is_loopback, parse_api_url


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("https://api.novita.ai", "https://api.novita.ai"),
        ("https://api.novita.ai/", "https://api.novita.ai"),
        (" https://api.novita.ai\n", "https://api.novita.ai"),
        ("HTTPS://API.Novita.AI", "https://api.novita.ai"),
        ("https://api.novita.ai:8443/", "https://api.novita.ai:8443"),
        ("https://10.0.0.1", "https://10.0.0.1"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://LOCALHOST", "http://localhost"),
        ("http://127.0.0.1:40123/", "http://127.0.0.1:40123"),
        ("http://127.8.9.10", "http://127.8.9.10"),
        ("http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_https_anywhere_and_http_on_loopback_come_back_in_normal_form(
    text: str, normal: str
) -> None:
    assert parse_api_url(text) == normal
    assert parse_api_url(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "api.novita.ai",
        "https://",
        "https:///openapi",
        "https:api.novita.ai",
        "https://api.novita.ai/openapi",
        "https://api.novita.ai?x=1",
        "https://api.novita.ai/#x",
        "https://key@api.novita.ai",
        "https://a:b@api.novita.ai",
        "https://@api.novita.ai",
        "https://api.novita.ai:port",
        "https://api.novita.ai:65536",
        "https://api.novita.ai:-1",
        "https://[::1",
        "https://::1]",
        "https://api novita.ai",
        "https://api.\nnovita.ai",
        "https://api.\tnovita.ai",
        "http://api.novita.ai",
        "http://10.0.0.1",
        "http://192.168.1.1",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://[2001:db8::1]",
        "http://2130706433",
        "https://2130706433",
        "https://999.1.1.1",
        "https://256.1.1.1.",
        "https://1.2.3",
        "https://[v1.a]:9",
        "https://[127.0.0.1]",
        "http://[::1%25lo]:9",
        "https://[fe80::1%eth0]",
        "ftp://localhost",
        "file:///etc/hosts",
        "ws://localhost",
        "//localhost",
        "javascript:alert(1)",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidApiUrlError):
        parse_api_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://api\x01.novita.ai",
        "https://api\x7f.novita.ai",
        "https://☃",
        "https://ä..example",
        "https://api..novita.ai",
        "https://.novita.ai",
        f"https://{'a' * 64}.example",
        f"https://{'a.' * 127}example",
    ],
)
def test_a_host_that_no_client_can_ask_is_refused_here_and_not_by_a_crash_later(text: str) -> None:
    with pytest.raises(InvalidApiUrlError):
        parse_api_url(text)


@pytest.mark.parametrize(
    "text",
    ["https://sk_secret@host", "http://sk_secret.example", "https://host/sk_secret", "sk_secret"],
)
def test_the_reason_never_repeats_what_was_typed(text: str) -> None:
    with pytest.raises(InvalidApiUrlError) as caught:
        parse_api_url(text)
    assert "sk_secret" not in "".join(traceback.format_exception_only(caught.value))
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.text(max_size=30).map("https://".__add__),
        st.text(max_size=30).map("http://".__add__),
    )
)
def test_any_text_is_a_normal_form_or_a_refusal(text: str) -> None:
    try:
        normal = parse_api_url(text)
    except InvalidApiUrlError:
        return
    assert parse_api_url(normal) == normal
    assert normal.startswith(("https://", "http://localhost", "http://127.", "http://[::1]"))


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.255.255.254", True),
        ("::1", True),
        ("example.com", False),
        ("::", False),
        ("", False),
    ],
)
def test_only_this_computer_is_loopback(host: str, expected: bool) -> None:  # noqa: FBT001 — a table
    assert is_loopback(host) is expected
