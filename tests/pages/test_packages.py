"""An absent optional package takes away its files, not the page."""

import sys

import pytest

from tests.apptest import everything
from tests.pages import opened


@pytest.mark.parametrize(
    ("module", "installed_as", "forms"),
    [
        ("vl_convert", "vl-convert-python", {"PNG", "SVG", "PDF"}),
        ("xlsxwriter", "xlsxwriter", {"XLSX"}),
    ],
)
@pytest.mark.parametrize("code", opened.CODES)
def test_its_buttons_are_off_and_say_why(
    monkeypatch: pytest.MonkeyPatch, module: str, installed_as: str, forms: set[str], code: str
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    tried = opened.app("overview", lang=code)
    tried.session_state["save-overview-cumulative"] = True
    tried.run()
    assert opened.faults(tried) == []
    every = [element.proto for element in everything(tried) if element.type == "download_button"]
    buttons = [button for button in every if "-overview-cumulative-" in button.id]
    assert {button.label for button in buttons} == {"PNG", "SVG", "PDF", "CSV", "XLSX"}
    for button in buttons:
        assert button.disabled == (button.label in forms)
        assert (installed_as in button.help) == (button.label in forms)
