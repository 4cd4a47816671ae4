from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.simulator.asking import KEY
from tray_app.simulator.routes import BALANCE_PATH, ENDPOINTS

if TYPE_CHECKING:
    import httpx

    from tray_app.simulator import Simulator


@pytest.mark.parametrize("path", ["/", "/v3/user/balance", BALANCE_PATH + "/", "/openapi/v1"])
def test_other_routes_are_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("path", ENDPOINTS)
def test_other_methods_are_not_allowed(client: httpx.Client, path: str, method: str) -> None:
    reply = client.request(method, path)
    assert (reply.status_code, reply.headers["allow"]) == (405, "GET")
    assert client.get(BALANCE_PATH).status_code == 200, "the connection is still in step"


@pytest.mark.parametrize("path", ENDPOINTS)
def test_no_key_is_missing_api_key_on_every_route(client: httpx.Client, path: str) -> None:
    del client.headers["Authorization"]
    reply = client.get(path)
    assert (reply.status_code, reply.json()["reason"]) == (400, "MISSING_API_KEY")


@pytest.mark.parametrize(
    "authorization", ["Bearer sk_other", KEY, f"Basic {KEY}", "Bearer", f"Bearer{KEY}"]
)
def test_an_unknown_key_and_another_scheme_fail_to_authenticate(
    client: httpx.Client, authorization: str
) -> None:
    reply = client.get(BALANCE_PATH, headers={"Authorization": authorization})
    assert (reply.status_code, reply.json()["reason"]) == (401, "FAILED_TO_AUTH")


@pytest.mark.parametrize(
    "agent",
    ["", "python-httpx/0.28.1", "python-requests/2.32", "Python-urllib/3.11", "curl/8.5.0"],
)
def test_the_edge_blocks_default_agents_before_the_api(client: httpx.Client, agent: str) -> None:
    reply = client.get(BALANCE_PATH, headers={"User-Agent": agent})
    assert reply.status_code == 403
    assert reply.headers["content-type"].startswith("text/html")


def test_the_edge_blocks_a_request_without_an_agent(client: httpx.Client) -> None:
    del client.headers["User-Agent"]
    assert client.get(BALANCE_PATH).status_code == 403


def test_accounts_can_be_taken_away_while_it_runs(
    simulator: Simulator, client: httpx.Client
) -> None:
    del simulator.accounts[KEY]
    assert KEY not in simulator.accounts
    assert client.get(BALANCE_PATH).status_code == 401
