"""One figure on a page: title, takeaway, chart, source line, files to take away, table."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from streamlit.elements.lib.grid_container import GridContainer

from crossings.drawing.measure import text_width
from crossings.export import MIME, Figure, file_name, files
from crossings.export.sizes import SIZES
from crossings.language import Language
from crossings.language.markup import plain
from crossings.questions.base import KeyFigure, Question, Table
from ui import basket, chart, copy_picture, packages, shown, state
from ui import screen as st
from ui.address import app_address

NEEDS = {"png": "vl_convert", "svg": "vl_convert", "pdf": "vl_convert", "xlsx": "xlsxwriter"}
MOST_ROWS_WHOLE = 24
LONG_TABLE_PIXELS = 480
TABLES_KEPT = 64
# Of a key figure: its letters (.streamlit/config.toml), and what stands beside them.
VALUE_PIXELS, CARD_EDGES = 18, 50
INSTALLED_AS = {"vl_convert": "vl-convert-python", "xlsxwriter": "xlsxwriter"}


def show(
    figure: Figure,
    language: Language,
    *,
    height: int | None = None,
    drawn: str | None = None,
    on_select: Callable[[], None] | None = None,
    question: Question | None = None,
) -> None:
    """Draw a figure with everything that belongs to it; each file is built only when its button is pressed.

    height: pixels, the chart's own where left out. drawn: its chart as JSON, if it was written before. on_select:
    called when a mark of the chart is chosen.
    question: the page's exact state, with which the figure can be collected for the briefing.
    """
    if question is not None:
        figure = replace(figure, link=question.link(app_address(), language.code))
    shown.note(figure, language.in_a_row([figure.source, figure.as_of, figure.status]), question)
    with st.container(gap="xsmall"):
        st.markdown("#### " + figure.title, anchors=False)
        st.caption(figure.takeaway)
        chart.draw(
            drawn or figure.written_chart(height=height),
            key=f"chart-{figure.key}",
            alt=figure.alt or figure.takeaway,
            on_select=on_select,
        )
        _take_away(figure, language, question)


def _take_away(figure: Figure, language: Language, question: Question | None) -> None:
    """Draw what collects the figure, the menu that saves it and its table; what they hold is made when they are opened."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        if question is not None:
            basket.button(question, figure.key, language)
        menu = st.popover(language("Save"), type="tertiary", key=f"save-{figure.key}", on_change="rerun")
        if menu.open:
            with menu:
                _formats(figure, language)
        _table(figure, language)


def _formats(figure: Figure, language: Language) -> None:
    """Draw a button for every format, the choice of the picture's size, and what the figure says to copy."""
    size = str(state.entered(f"size-{figure.key}") or next(iter(SIZES)))
    forms = files(figure, size=size)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        for form, build in forms.items():
            _button(figure, form, build, language)
        if not packages.absent(NEEDS["png"]):
            copy_picture.button(figure.key, forms["png"], language)
    st.radio(
        language("Size of the picture"),
        list(SIZES),
        key=state.control(f"size-{figure.key}"),
        format_func=state.named(SIZES, lambda name: size_name(str(name), language)),
    )
    st.caption(language("Sentence to copy"))
    parts = (plain(figure.takeaway), plain(figure.source), figure.as_of, figure.status)
    st.code(language.in_a_row(parts), language=None, wrap_lines=True)


def size_name(size: str, language: Language) -> str:
    """Return the name of a ready-made picture size with its pixels."""
    names = {
        "slide": language("Slide (16:9)"),
        "half": language("Half a slide"),
        "column": language("A4 column"),
        "square": language("Square"),
    }
    sheet = SIZES[size]
    return f"{names[size]} · {2 * sheet.width} × {2 * sheet.height}"


def _button(figure: Figure, form: str, build: Callable[[], bytes], language: Language) -> None:
    package = NEEDS.get(form)
    absent = package is not None and packages.absent(package)
    shown = language("Save this figure as {form}", form=form.upper())
    if absent and package is not None:
        shown = language(
            "Not installed: {package}. Run the installation again.", package=INSTALLED_AS[package]
        )
    st.download_button(
        form.upper(),
        data=b"" if absent else build,
        file_name=file_name(figure, form),
        mime=MIME[form],
        key=f"{figure.key}-{form}",
        on_click="ignore",
        type="tertiary",
        help=shown,
        disabled=absent,
    )


def _table(figure: Figure, language: Language) -> None:
    label = language.plural("Table: one row", "Table: {count} rows", len(figure.table))
    place = st.popover(label, type="tertiary", key=f"table-{figure.key}", on_change="rerun")
    if place.open:
        with place:
            rows(figure.table, alt=language("Table: {title}", title=figure.title))


def rows(table: Table, *, alt: str, links: Sequence[str] = ()) -> None:
    """Draw a table, each column by what it holds; a long one scrolls under its headings.

    alt: what it holds, for those who do not see it. links: keys of columns of addresses.
    """
    _drawn(table, alt, tuple(links))


@st.cache_resource(show_spinner=False, max_entries=TABLES_KEPT, hash_funcs={Table: id})
def _drawn(table: Table, alt: str, links: tuple[str, ...]) -> Table:
    """Draw a table; the next reader of the same one is sent it as it was written then.

    Returns the table, so that it is kept beside what was drawn of it and its id is no other table's.
    """
    st.table(
        table.on_screen(),
        written=table.writers(),
        links=[place for place, column in enumerate(table.visible.columns) if column.key in links],
        border="horizontal",
        hide_index=True,
        height="content" if len(table) <= MOST_ROWS_WHOLE else LONG_TABLE_PIXELS,
        alt=alt,
    )
    return table


def table(shown: Table, *, title: str, caption: str = "") -> None:
    """Draw a short table under its title and, where there is one, a caption."""
    st.markdown("#### " + title, anchors=False)
    if caption:
        st.caption(caption)
    rows(shown, alt=title)


def pair() -> GridContainer:
    """Return a grid for two supporting figures: side by side where there is room, else one below the other."""
    return st.grid(2, min_column_width=380, gap="medium")


def key_figures(rows: Sequence[KeyFigure], *, min_column_width: int = 165) -> None:
    """Draw at most four key figures in a row, each with its comparison; narrower than the width or a value, they stack."""
    widest = max(text_width(row.value, size=VALUE_PIXELS, bold=True) for row in rows)
    with st.grid(len(rows), min_column_width=max(min_column_width, round(widest) + CARD_EDGES)):
        for row in rows:
            with st.container(border=True, gap=None, height="stretch"):
                st.caption(row.label)
                st.metric(row.label, row.value, label_visibility="collapsed")
                if row.comparison:
                    st.caption(row.comparison)
