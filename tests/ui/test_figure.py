"""A table is written for the screen once; whoever draws it later, in any place, is sent what was written then."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from crossings.language import Language
from crossings.questions.base import Column, Table, table

KOREAN = Language("ko")
FIRST, SECOND = (
    table(
        KOREAN,
        [(Column("name", "이름"), [name, "b_c*"]), (Column("visitors", "방문객", "persons"), [1000, None])],
    )
    for name in ("가", "나")
)
ADDRESS = "https://www.jnto.go.jp/a_b"
SOURCES = table(KOREAN, [(Column("address", "주소"), [ADDRESS, "javascript:alert(1)"])])


def page() -> None:
    from tests.ui.test_figure import FIRST, SECOND
    from ui import figure
    from ui import screen as st

    with st.container(border=True):
        figure.rows(SECOND, alt="second")
    figure.rows(FIRST, alt="first")


def addresses() -> None:
    from tests.ui.test_figure import SOURCES
    from ui import figure

    figure.rows(SOURCES, alt="sources", links=["address"])


def test_a_table_is_written_once_for_all_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Table] = []
    write = Table.on_screen

    def counted(shown: Table) -> pd.DataFrame:
        written.append(shown)
        return write(shown)

    monkeypatch.setattr(Table, "on_screen", counted)
    readers = [AppTest.from_function(page).run() for _ in range(2)]
    assert written == [SECOND, FIRST]
    for reader in readers:
        assert not reader.exception
        assert [shown.proto.alt for shown in reader.table] == ["second", "first"]
        assert [shown.value.iloc[0, 0] for shown in reader.table] == ["나", "가"]


def test_an_address_in_a_table_is_a_link_and_anything_else_a_text() -> None:
    cells = AppTest.from_function(addresses).run().table[0].value.iloc[:, 0]
    assert cells.iloc[0].startswith("[")
    assert cells.iloc[0].endswith(f"]({ADDRESS})")
    assert "](" not in cells.iloc[1]
