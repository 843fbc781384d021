"""A shared app: what a reader adds is the reader's own, official figures are the keeper's, and an open door is said."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from crossings.briefing.draft import Draft, Item
from crossings.questions.registry import SavedQuestion
from tests.pages import opened
from ui import readers


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder of an app in shared mode."""
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "added.csv"))
    monkeypatch.setenv(readers.SHARED, "1")
    return tmp_path


def _press(page: AppTest, key: str) -> None:
    next(button for button in page.button if button.key == key).click().run()


def test_two_readers_have_two_lists(home: Path) -> None:
    one, other = (opened.app("overview", lang="en").run() for _ in range(2))
    _press(one, next(str(b.key) for b in one.button if b.label == "Add to briefing"))
    assert opened.faults(one) == []
    assert "Added to the briefing" in [button.label for button in one.button]
    assert "Added to the briefing" not in [button.label for button in other.run().button]
    assert len(list((home / "readers").glob("visit-*/briefing.json"))) == 1
    assert not (home / "briefing.json").exists()


def test_a_list_of_another_reader_breaks_no_page(home: Path) -> None:
    (home / "briefing.json").write_text("{", encoding="utf-8")
    assert opened.faults(opened.app("briefing", lang="en").run()) == []


def test_readers_do_not_refresh(home: Path) -> None:
    page = opened.app("sources", lang="en").run()
    assert "Refresh now" not in [button.label for button in page.button]
    assert any("The administrator of this server" in block.value for block in page.markdown)
    assert not any("press “Refresh now”" in block.value for block in page.markdown)
    assert any("lasts for this visit" in block.value for block in page.caption)


def test_on_ones_own_computer_everything_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(readers.SHARED, raising=False)
    page = opened.app("sources", lang="en").run()
    assert "Refresh now" in [button.label for button in page.button]
    assert not page.warning


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("127.0.0.1", False),
        ("127.0.0.2", False),
        ("::1", False),
        ("localhost", False),
        ("unix:/run/x.sock", False),
        ("0.0.0.0", True),
        ("::", True),
        ("192.168.1.4", True),
        ("office.example", True),
        (None, True),
    ],
)
def test_who_can_reach_an_address(address: str | None, reached: bool) -> None:
    assert readers.open_to_others(address) is reached


@pytest.mark.parametrize("code", opened.CODES)
def test_an_open_door_is_said_on_the_page(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr("ui.screen.get_option", lambda name: "0.0.0.0")
    warned = opened.app("overview", lang=code).run().warning
    assert "CROSSINGS_SHARED=1" in warned[0].value.replace("\\", "")
    monkeypatch.setenv(readers.SHARED, "1")
    assert not opened.app("overview", lang=code).run().warning


HOSTILE_STATES = [
    ("overview", {"flow": "both", "measure": "monthly", "mark": "10", "years": "2026-2015"}),
    ("overview", {"flow": "both", "measure": "monthly", "mark": "10", "years": "0-0"}),
    ("overview", {"flow": "both", "measure": "monthly", "mark": "9e29", "years": "2015-2026"}),
    ("milestone", {"flow": "both", "year": "-1", "mark": "10", "as_of": "2026-08"}),
    ("milestone", {"flow": "both", "year": "20", "mark": "10", "as_of": "2026-08"}),
    ("milestone", {"flow": "both", "year": "9" * 5_000, "mark": "10", "as_of": "2026-08"}),
    ("milestone", {"flow": "both", "year": "2026", "mark": "nan", "as_of": "0001-01"}),
    ("scenario", {"compared": "[" * 100_000}),
    ("border", {"hall": "haneda-t3", "settings": "[" * 100_000}),
    ("abroad", {"country": "\ud800", "counted": "0"}),
]


@pytest.mark.parametrize(("page", "wrong"), HOSTILE_STATES, ids=range(len(HOSTILE_STATES)))
def test_a_faulty_figure_can_be_taken_out(
    page: str, wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "added.csv"))
    item = Item(SavedQuestion(page, wrong), f"{page}-any", note="![x](http://hostile.example/i.png)")
    text = Draft(items=(item,)).as_json().encode("utf-8", "surrogatepass")
    (tmp_path / "briefing.json").write_bytes(text)
    shown = opened.app("briefing", lang="en").run()
    assert not shown.exception
    out = [button for button in shown.button if button.label in ("Remove", PUT_ASIDE)]
    assert out
    out[0].click().run()
    assert not shown.exception
    assert not [button for button in shown.button if button.label in ("Remove", PUT_ASIDE)]


PUT_ASIDE = "Set the damaged list aside and start a new one"


def test_two_pages_do_not_overwrite_each_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_OWN", str(tmp_path / "added.csv"))
    (tmp_path / "briefing.json").write_text(Draft(title="First").as_json(), encoding="utf-8")
    one, other = (opened.app("briefing", lang="en").run() for _ in range(2))

    def title(page: AppTest) -> TextInput:
        return next(box for box in page.text_input if box.label == "Title")

    title(one).set_value("Mine").run()
    assert title(other.run()).value == "Mine"
    assert title(one.run()).value == "Mine"
