"""Which proxy is taken: the chosen one, else the environment's, else the system's."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.adapters.asking import AMPLE, SOON, wait_until
from tray_app.adapters import proxies, system_proxy
from tray_app.adapters.ending import Attempt
from tray_app.adapters.proxies import Proxies
from tray_app.adapters.proxy_address import Proxy, parse_proxy
from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.core.problem import ProblemError, ProxyFailed, ProxyFault

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://api.novita.ai"
HTTP = "http://proxy.example:3128"
OTHER = "http://other.example:8080"
SYSTEM = ProxyChoice()
NONE = ProxyChoice(ProxyKind.NONE)


def chosen(url: str = URL, choice: ProxyChoice = SYSTEM) -> str | None:
    proxy = Proxies(choice).proxy_for(url, Attempt())
    return None if proxy is None else proxy.url


def system_says(
    monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], list[str]] | list[str]
) -> None:
    """Let the system's settings be these; the real ones are asked in the desktop tests."""
    monkeypatch.setattr(
        system_proxy, "look_up", answer if callable(answer) else lambda _: list(answer)
    )


def test_without_any_setting_the_connection_is_direct() -> None:
    assert chosen() is None


@pytest.mark.parametrize(
    ("variables", "proxy"),
    [
        ({"HTTPS_PROXY": HTTP}, HTTP),
        ({"https_proxy": HTTP, "HTTPS_PROXY": OTHER}, HTTP),
        ({"HTTPS_PROXY": HTTP, "ALL_PROXY": OTHER}, HTTP),
        ({"ALL_PROXY": OTHER}, OTHER),
        ({"HTTPS_PROXY": HTTP, "https_proxy": ""}, None),
        ({"HTTP_PROXY": HTTP}, None),
        ({"FTP_PROXY": HTTP}, None),
        ({"HTTPS_PROXY": HTTP, "NO_PROXY": "novita.ai"}, None),
        ({"HTTPS_PROXY": HTTP, "no_proxy": "*"}, None),
        ({"HTTPS_PROXY": HTTP, "NO_PROXY": "novita.ai:8443"}, HTTP),
        ({"HTTPS_PROXY": "not usable:", "NO_PROXY": "novita.ai"}, None),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], proxy: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert chosen() == proxy


def test_https_on_this_computer_obeys_the_settings_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", HTTP)
    assert chosen("https://127.0.0.1:8443") == HTTP
    assert chosen("https://[::1]:8443") == HTTP
    monkeypatch.setenv("NO_PROXY", "127.0.0.1:8443,[::1]:8443")
    assert chosen("https://127.0.0.1:8443") is None
    assert chosen("https://[::1]:8443") is None
    assert chosen("https://127.0.0.1") == HTTP


def test_http_on_this_computer_goes_through_none_wherever_it_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, HTTP)
    system_says(monkeypatch, [OTHER])
    assert chosen("http://127.0.0.1:8080") is None
    assert chosen("http://localhost") is None


@pytest.mark.parametrize(
    ("answer", "proxy"),
    [
        ([], None),
        (["direct://"], None),
        ([HTTP, "direct://"], HTTP),
        (["direct://", HTTP], None),
        (["socks4://old.example:1080", HTTP], HTTP),
        (["socks://one.example:1080"], "socks5://one.example:1080"),
        (["socks4://old.example:1080", "direct://"], None),
    ],
)
def test_the_first_usable_answer_of_the_system_is_taken(
    monkeypatch: pytest.MonkeyPatch, answer: list[str], proxy: str | None
) -> None:
    system_says(monkeypatch, answer)
    assert chosen() == proxy


def test_the_environment_comes_before_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    system_says(monkeypatch, [OTHER])
    assert chosen() == OTHER
    monkeypatch.setenv("HTTPS_PROXY", HTTP)
    assert chosen() == HTTP
    monkeypatch.delenv("HTTPS_PROXY")
    monkeypatch.setenv("NO_PROXY", "novita.ai")
    assert chosen() is None


def test_the_system_is_asked_each_time_and_its_last_answer_holds_while_it_gives_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def give_none(_: str) -> list[str]:
        raise TimeoutError

    asked = Proxies(SYSTEM)
    answers: list[list[str] | Callable[[str], list[str]]] = [[], [HTTP], give_none, [OTHER], []]
    taken = []
    for answer in answers:
        system_says(monkeypatch, answer)
        proxy = asked.proxy_for(URL, Attempt())
        taken.append(None if proxy is None else proxy.url)
    assert taken == [None, HTTP, HTTP, OTHER, None]


def test_only_what_cannot_be_used_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    system_says(monkeypatch, ["socks4://old.example:1080", "quic://new.example"])
    with pytest.raises(ProblemError) as caught:
        chosen()
    assert caught.value.problem == ProxyFailed(ProxyFault.SETTINGS)


def test_a_system_that_never_answers_is_left_and_abort_does_not_wait_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, over = threading.Event(), threading.Event()

    def hang(_: str) -> list[str]:
        asked.set()
        over.wait(AMPLE)
        return [HTTP]

    system_says(monkeypatch, hang)
    try:
        monkeypatch.setattr(proxies, "_PATIENCE_SECONDS", 0.1)
        assert chosen() is None
        monkeypatch.setattr(proxies, "_PATIENCE_SECONDS", AMPLE)
        asked.clear()
        attempt = Attempt()
        question = threading.Thread(
            target=lambda: Proxies(SYSTEM).proxy_for(URL, attempt), daemon=True
        )
        question.start()
        wait_until(asked.is_set, "the system is asked")
        begin = time.monotonic()
        attempt.abort()
        question.join(AMPLE)
        assert time.monotonic() - begin < SOON
    finally:
        over.set()


@pytest.mark.parametrize(
    ("choice", "proxy"),
    [
        (NONE, None),
        (ProxyChoice(ProxyKind.ADDRESS, "socks5://mine.example"), "socks5://mine.example"),
    ],
)
@pytest.mark.parametrize("variables", [{"HTTPS_PROXY": HTTP}, {"NO_PROXY": "*"}, {}], ids=str)
def test_what_was_chosen_holds_whatever_environment_and_system_say(
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    choice: ProxyChoice,
    proxy: str | None,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    system_says(monkeypatch, [OTHER])
    assert chosen(choice=choice) == proxy


def test_http_on_this_computer_goes_through_no_chosen_proxy_either() -> None:
    assert chosen("http://127.0.0.1:8080", ProxyChoice(ProxyKind.ADDRESS, HTTP)) is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("proxy.example", "http://proxy.example"),
        ("proxy.example:3128", "http://proxy.example:3128"),
        (" http://proxy.example:3128/ ", "http://proxy.example:3128/"),
        ("HTTP://Proxy.Example:3128", "http://proxy.example:3128"),
        ("https://proxy.example", "https://proxy.example"),
        ("[::1]:3128", "http://[::1]:3128"),
        ("socks://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
        ("socks5h://user:word@one.example", "socks5://user:word@one.example"),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, url: str) -> None:
    assert parse_proxy(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://",
        "http://:3128",
        "http://user:word@",
        "ftp://proxy.example",
        "socks4://proxy.example:1080",
        "socks4a://proxy.example:1080",
        "http://proxy.example:none",
        "http://proxy.example:99999",
        "http://proxy.example:0",
        "http://proxy example",
        "http://proxy.example/path",
        "http://proxy.example/?query",
        "http://proxy.example#there",
        "http://[::1",
        "http://\x00",
        "socks5://" + "u" * 256 + ":word@one.example",
        "socks5://user:" + "w" * 256 + "@one.example",
        "://",
    ],
)
def test_an_address_that_cannot_be_used_is_a_problem_that_does_not_repeat_it(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_proxy(text)
    assert caught.value.problem == ProxyFailed(ProxyFault.SETTINGS)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_credentials_are_in_no_repr_and_no_text() -> None:
    proxy = parse_proxy("http://a.user:pass%40word@proxy.example:3128")
    assert proxy == Proxy("http://a.user:pass%40word@proxy.example:3128")
    assert str(proxy) == "http://proxy.example:3128"
    for shown in (repr(proxy), str(proxy), f"{proxy}", repr([proxy])):
        assert "proxy.example:3128" in shown
        assert "user" not in shown
        assert "word" not in shown
