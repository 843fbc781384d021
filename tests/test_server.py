"""The served app: who may talk to it, and that it asks nobody on the internet."""

import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.browser.server import PROJECT, Served, served


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return the app on a free port."""
    with served(tmp_path_factory.mktemp("served") / "log") as running:
        yield running


def _status(app: Served, *, host: str = "", origin: str = "") -> int:
    """Return how a websocket's opening is answered: 101 where it is opened."""
    port = int(app.address.rsplit(":", 1)[1])
    address = f"ws://{host or '127.0.0.1'}:{port}/_stcore/stream"
    headers = {"Origin": origin} if origin else {}
    try:
        reached = socket.create_connection(("127.0.0.1", port))
        protocol = [Subprotocol("streamlit")]
        with connect(address, sock=reached, subprotocols=protocol, additional_headers=headers):
            return 101
    except InvalidStatus as fault:
        return fault.response.status_code


def test_the_app_itself_is_let_in(app: Served) -> None:
    assert _status(app, origin=app.address) == 101


@pytest.mark.parametrize(
    "host", ["hostile.example", "127.0.0.1.hostile.example", "localhost.hostile.example"]
)
def test_another_name_is_refused_whatever_its_origin(app: Served, host: str) -> None:
    port = app.address.rsplit(":", 1)[1]
    assert _status(app, host=host, origin=f"http://{host}:{port}") == 403
    assert _status(app, host=host) == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://hostile.example",
        "https://127.0.0.1.hostile.example",
        "null",
        "http://localhost:9",
        "http://127.0.0.1",
        "http://[",
    ],
)
def test_another_origin_is_refused_also_another_port_of_this_computer(app: Served, origin: str) -> None:
    assert _status(app, origin=origin) == 403


def test_no_site_may_show_the_app_in_a_frame(app: Served) -> None:
    with urllib.request.urlopen(f"{app.address}/") as answer:
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_the_framework_asks_for_no_address_outside_even_before_the_first_reader() -> None:
    code = (
        "import app; from streamlit import net_util; assert net_util.get_external_ip() is None; "
        "from streamlit.web.server.server_util import is_url_from_allowed_origins as allowed; "
        "assert not allowed('http://hostile.example')"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)


def test_nothing_is_sent_anywhere_by_setting() -> None:
    import tomllib

    settings = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["runner"]["postScriptGC"] is False, "ui/frame.py collects at most three times a minute"
    assert settings["server"]["address"] == "127.0.0.1"
    assert set(settings["server"]["allowedHosts"]) == {"localhost", "127.0.0.1", "::1"}
