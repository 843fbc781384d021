"""A shared app with sign-in: a person's list is there again, keepers refresh, others do not. Against a local provider."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import free_port, served
from tests.browser.tab import LIMIT

provider = pytest.importorskip("oidc_provider_mock", reason="needs oidc-provider-mock and Authlib")
pytest.importorskip("authlib", reason="needs oidc-provider-mock and Authlib")

SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a text long enough for a test of signed cookies"
client_id = "crossings"
client_secret = "secret"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
"""
KEEPER, READER = "keeper", "reader"


@pytest.fixture(scope="module")
def shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Return the address of a shared app with sign-in, and the folder of its readers."""
    home, port = tmp_path_factory.mktemp("shared"), free_port()
    users = [provider.User(sub=name, claims={"email": f"{name}@office.example"}) for name in (KEEPER, READER)]
    with provider.run_server_in_thread(user_claims=users) as server:
        (home / "secrets.toml").write_text(SECRETS.format(port=port, provider=server.server_port), "utf-8")
        environment = {
            "CROSSINGS_SHARED": "1",
            "CROSSINGS_KEEPERS": f"{KEEPER}@office.example",
            "CROSSINGS_OWN": str(home / "added.csv"),
        }
        settings = [f"--secrets.files={home / 'secrets.toml'}"]
        with served(home / "log", port=port, settings=settings, environment=environment) as app:
            yield app.address, home / "readers"


def _signed_in(browser: Browser, address: str, name: str) -> Page:
    page = browser.new_context(locale="en-GB").new_page()
    page.set_default_timeout(LIMIT)
    page.goto(f"{address}/?lang=en")
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill(name)
    page.locator("button, input[type=submit]").first.click()
    expect(page.get_by_text(f"Signed in: {name}")).to_be_visible()
    return page


def test_a_persons_list_is_there_again(browser: Browser, shared: tuple[str, Path]) -> None:
    address, folders = shared
    page = _signed_in(browser, address, READER)
    page.get_by_role("button", name="Add to briefing").first.click()
    expect(page.get_by_role("button", name="Added to the briefing").first).to_be_visible()
    assert [
        folder.name.split("-")[0] for folder in folders.iterdir() if (folder / "briefing.json").exists()
    ] == ["person"]
    page.context.close()
    again = _signed_in(browser, address, READER)
    expect(again.get_by_role("button", name="Added to the briefing").first).to_be_visible()
    other = _signed_in(browser, address, KEEPER)
    expect(other.get_by_role("button", name="Add to briefing").first).to_be_visible()
    assert other.get_by_role("button", name="Added to the briefing").count() == 0


@pytest.mark.parametrize(("name", "count"), [(KEEPER, 1), (READER, 0)])
def test_only_keepers_refresh(browser: Browser, shared: tuple[str, Path], name: str, count: int) -> None:
    address, _ = shared
    page = _signed_in(browser, address, name)
    page.goto(f"{address}/sources?lang=en")
    expect(page.get_by_role("heading", name="Update the data")).to_be_visible()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    assert page.get_by_role("button", name="Refresh now").count() == count
