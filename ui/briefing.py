"""The Briefing page's parts: the month in brief, the list, the files, the preview, the check of a saved file."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pandas as pd

from crossings.briefing import compose as composing
from crossings.briefing import sentences as words
from crossings.briefing.compose import (
    Asked,
    Made,
    compose,
    month_answers,
    month_in_brief,
    month_question,
)
from crossings.briefing.draft import LONGEST_NOTE, LONGEST_TITLE, Draft, Item, draft_of
from crossings.briefing.verify import Verified, verify
from crossings.errors import N_, CrossingsError
from crossings.export import documents, open_document
from crossings.export.briefing import MIMES, NO_FILING, Briefing, Filing
from crossings.formats import BY_FORMAT, DOCUMENTS, OPEN_DOCUMENTS, PAPER_CHOICES, WIDE
from crossings.language import LANGUAGES, Language, markup
from crossings.questions.registry import page_name
from crossings.tables.flows import Flow
from ui import address, basket, figure, packages, state, work
from ui import screen as st
from ui.models import models, remembered

NEEDS = {
    "pptx": ("pptx", "python-pptx"),
    "docx": ("docx", "python-docx"),
    "hwpx": ("hwpx", "python-hwpx"),
    "xlsx": ("xlsxwriter", "xlsxwriter"),
    "pdf": ("typst", "typst"),
    "zip": ("vl_convert", "vl-convert-python"),
}
WHAT = {
    "pptx": N_("Slides with editable charts"),
    "docx": N_("Memo for Word"),
    "hwpx": N_("Memo for Hangul (HWPX)"),
    "xlsx": N_("Excel workbook, one sheet per figure"),
    "pdf": N_("PDF with embedded fonts"),
    "zip": N_("Pictures, tables and descriptions"),
}
PREVIEW_PPI = 96
VERIFIED = "briefing_verified"
FORM, MONTH, TEMPLATE = "briefing_form_", "briefing_with_month", "briefing_template"
FILED = {
    "department": N_("Department"),
    "contact": N_("Contact"),
    "classification": N_("Classification"),
    "number": N_("Document number"),
    "full": N_("With annex: method, assumptions, sources"),
    "hashes": N_("Print version numbers"),
    "every_assumption": N_("Slides with all assumptions, not only the first page of them"),
}
MONTH_FIRST = N_("Monthly summary first, in the same file")
TEMPLATES = {"pptx": ("potx", "pptx"), "docx": ("dotx", "docx")}
LANGUAGE, PAPER, TITLE = "briefing_language", "briefing_paper", "briefing_title"


def paper_name(paper: str, language: Language) -> str:
    """Return the name of a paper."""
    by_format = language("By format: slides 16:9, others A4")
    return {"a4": language("A4"), "16:9": language("Screen (16:9)")}.get(paper, by_format)


def made(item: Item, language: Language) -> Made:
    """Return a collected figure as it can be made today, once per data, model, state and language."""
    bare, base = replace(item, title="", note=""), address.app_address()
    key = (Draft(items=(bare,)).as_json(), language.code, base)
    found = remembered("collected", key, lambda: composing.made(bare, models(), language, base=base))
    title = markup.literal(item.title)
    drawn = found.figure if found.figure is None or not title else replace(found.figure, title=title)
    return replace(found, item=item, figure=drawn)


def composed(draft: Draft, language: Language) -> Briefing:
    """Return the briefing of the list, once per state of the list."""
    base = address.app_address()
    return remembered(
        "briefing",
        (draft.as_json(), language.code, base),
        lambda: compose(draft, models(), language, base=base, make=lambda item: made(item, language)),
    )


def _month(asked: Asked, paper: str, language: Language, filing: Filing = NO_FILING) -> Briefing:
    base = address.app_address()
    return remembered(
        "briefing",
        (asked, paper, filing, language.code, base),
        lambda: month_in_brief(asked, models(), language, paper=paper, filing=filing, base=base),
    )


def _pages(draft: Draft, language: Language) -> list[bytes]:
    return remembered(
        "pages",
        (draft.as_json(), language.code, address.app_address()),
        lambda: documents.previews(composed(draft, language), ppi=PREVIEW_PPI),
    )


def take_away(briefing: Briefing, language: Language, *, key: str) -> None:
    """Draw a button for every format; a file is built only when its button is pressed."""
    with st.container(horizontal=True, gap="small"):
        for form in (*DOCUMENTS, *OPEN_DOCUMENTS):
            absent, shown = _needed(form, language)
            st.download_button(
                form.upper(),
                data=b"" if absent else _builder(form, briefing),
                file_name=documents.file_name(briefing, form),
                mime=MIMES[form],
                key=f"{key}-{form}",
                on_click="ignore",
                help=shown,
                disabled=absent,
            )


def _needed(form: str, language: Language) -> tuple[bool, str]:
    """Return whether what makes a format is absent, and what the format is or what it lacks."""
    if form in OPEN_DOCUMENTS:
        absent = open_document.program() is None
        return absent, language("Needs LibreOffice, which is not installed here.") if absent else language(
            "OpenDocument, made by LibreOffice"
        )
    module, package = NEEDS[form]
    if packages.absent(module):
        return True, language("Not installed: {package}. Run the installation again.", package=package)
    return False, language(WHAT[form])


def files(draft: Draft, files_in: Language, language: Language) -> None:
    """Draw the buttons that save the collected figures."""
    with st.spinner(language("Preparing the figures…"), show_time=False):
        made_of_list = composed(draft, files_in)
    take_away(made_of_list, language, key="briefing")


def _builder(form: str, briefing: Briefing) -> Callable[[], bytes]:
    template = _template(form)
    return lambda: documents.make(form, briefing, template=template)


def month(
    language: Language,
    *,
    flow: Flow,
    mark: int,
    paper: str,
    filing: Filing,
    files_in: Language,
    beside_list: bool,
) -> None:
    """Draw the month in brief: its words, its files, and the button that collects its chart.

    beside_list: whether the collected figures have a row of files on the page, too; the month's then stand in a box.
    """
    asked = Asked(flow=flow, mark=mark)
    with st.spinner(language("Calculating the forecast…"), show_time=False):
        shown = _month(asked, paper, language)
        saved = _month(asked, paper, files_in, filing)
        question = month_question(month_answers(asked, models())[1])
    st.markdown(f"**{shown.title}**")
    st.markdown(shown.answer)
    st.markdown("\n".join(f"- {point}" for point in shown.bullets))
    with st.popover(language("Files of the monthly summary")) if beside_list else st.container():
        take_away(saved, language, key="month")
    for part in shown.parts:
        figure.show(part.figure, language, height=300, question=question)


def settings(draft: Draft, language: Language) -> Draft:
    """Draw the title, language and paper of the files and return the list with the language that is shown."""
    code = draft.language or language.code
    state.show({LANGUAGE: code, PAPER: draft.paper, TITLE: draft.title})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(
            language("Language of the files"),
            list(LANGUAGES),
            key=state.control(LANGUAGE),
            required=True,
            wrap=True,
            format_func=LANGUAGES.__getitem__,
            on_change=state.safe(_keep_language),
        )
        st.segmented_control(
            language("Paper"),
            list(PAPER_CHOICES),
            key=state.control(PAPER),
            required=True,
            wrap=True,
            format_func=lambda one: paper_name(str(one), language),
            on_change=state.safe(_keep_settings),
        )
        with st.container(width=420):
            st.text_input(
                language("Title"),
                key=state.control(TITLE),
                max_chars=LONGEST_TITLE,
                placeholder=words.title(models().last_month, Language(code)),
                on_change=state.safe(_keep_settings),
            )
    with st.expander(language("Form of the files"), key="briefing-form"):
        _form(draft, language)
    return replace(draft, language=code)


def _form(draft: Draft, language: Language) -> None:
    """Draw what an office writes on a paper, how much the files hold, and the place for its own template."""
    filing = draft.filing
    state.show({f"{FORM}{name}": getattr(filing, name) for name in FILED} | {MONTH: draft.with_month})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for name, label in FILED.items():
            if isinstance(getattr(filing, name), str):
                st.text_input(
                    language(label),
                    key=state.control(f"{FORM}{name}"),
                    max_chars=LONGEST_TITLE,
                    placeholder=language("left blank to fill in"),
                    on_change=state.safe(_keep_form),
                )
    for key, label in (
        *((f"{FORM}{name}", FILED[name]) for name in ("full", "hashes", "every_assumption")),
        (MONTH, MONTH_FIRST),
    ):
        st.toggle(language(label), key=state.control(key), on_change=state.safe(_keep_form))
    st.file_uploader(
        language("Own template for slides or memo (POTX, PPTX, DOTX, DOCX)"),
        type=["potx", "pptx", "dotx", "docx"],
        key=TEMPLATE,
    )


def _keep_form() -> None:
    values = {name: state.entered(f"{FORM}{name}") for name in FILED}
    kept = {name: value for name, value in values.items() if value is not None}
    first = bool(state.entered(MONTH))
    basket.change(lambda now: replace(now, filing=replace(now.filing, **kept), with_month=first))


def _template(form: str) -> bytes | None:
    """Return the template given for a format, if it is one for it."""
    given: Any = state.get(TEMPLATE)
    if given is None or given.name.rpartition(".")[2].lower() not in TEMPLATES.get(form, ()):
        return None
    return bytes(given.getvalue())


def _keep_language() -> None:
    """Keep the language that the reader chose; until then the files follow the page."""
    code = str(state.entered(LANGUAGE) or "")
    basket.change(lambda now: replace(now, language=code))


def _keep_settings() -> None:
    paper, title = (str(state.entered(key) or "") for key in (PAPER, TITLE))
    basket.change(lambda now: replace(now, paper=paper or BY_FORMAT, title=title))


def items(draft: Draft, language: Language) -> None:
    """Draw the collected figures with what can be done to each: retitle, remark, move, drop."""
    for place, item in enumerate(draft.items):
        _item(draft, place, item, language)


def _item(draft: Draft, place: int, item: Item, language: Language) -> None:
    found = made(replace(item, title=""), language)
    own_title = found.figure.title if found.figure else item.figure
    key = f"item-{abs(hash((item.asked.page, item.figure, tuple(sorted(item.asked.state.items())))))}"
    state.show({f"{key}-title": item.title, f"{key}-note": item.note})
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.markdown(f"**{place + 1}**", width="content")
            with st.container(width="stretch"):
                st.text_input(
                    language("Title of figure {number}", number=place + 1),
                    key=state.control(f"{key}-title"),
                    placeholder=own_title,
                    max_chars=LONGEST_TITLE,
                    on_change=state.safe(_reword),
                    args=(item, key),
                )
            with st.popover(language("Remark")):
                st.text_area(
                    language("Note under the figure"),
                    key=state.control(f"{key}-note"),
                    max_chars=LONGEST_NOTE,
                    on_change=state.safe(_reword),
                    args=(item, key),
                )
            last = place == len(draft.items) - 1
            _press(language("Up"), key, item, lambda now, at: now.moved(at, -1), disabled=place == 0)
            _press(language("Down"), key, item, lambda now, at: now.moved(at, 1), disabled=last)
            _press(language("Remove"), key, item, lambda now, at: now.without(at))
        name = page_name(item.asked.page, language)
        if found.fault is not None:
            st.warning(markup.escaped(language.named(name, language.error(found.fault))))
        elif found.figure is not None:
            link = item.asked.question().link(address.app_address(), language.code)
            parts = [markup.link(name, link), own_title, found.figure.takeaway]
            st.caption(markup.joined(" · ", parts))
        if item.note:
            st.caption(markup.escaped(item.note))


def _reword(item: Item, key: str) -> None:
    title, note = (str(state.entered(f"{key}-{part}") or "") for part in ("title", "note"))
    basket.change(lambda now: now.at(item, lambda draft, at: draft.reworded(at, title=title, note=note)))


def _press(
    label: str, key: str, item: Item, work: Callable[[Draft, int], Draft], *, disabled: bool = False
) -> None:
    st.button(
        label,
        key=f"{key}-{label}",
        disabled=disabled,
        on_click=state.safe(basket.change),
        args=(lambda now: now.at(item, work),),
        type="tertiary",
    )


def preview(draft: Draft, files_in: Language, language: Language) -> None:
    """Draw the pages of the result one by one, as the PDF will hold them."""
    with st.spinner(language("Preparing the pages…"), show_time=False):
        pages = _pages(draft, files_in)
    place = 1
    if len(pages) > 1:
        place = int(
            st.select_slider(
                language.pgettext("paper", "Page"),
                list(range(1, len(pages) + 1)),
                key=state.control(f"preview-page-{len(pages)}"),
                format_func=lambda one: language("{page} of {pages}", page=one, pages=len(pages)),
            )
        )
    with st.container(border=True, width=800 if draft.paper == WIDE else 600):
        st.image(pages[place - 1], width="stretch")
    left_out = documents.left_out(composed(draft, files_in))
    if left_out:
        st.caption(words.left_out(left_out, language))


def save_and_load(draft: Draft, language: Language) -> None:
    """Draw the list's own file: to save it, and to load one."""
    st.download_button(
        language("Save the list"),
        draft.as_json(),
        file_name="briefing.json",
        mime="application/json",
        on_click="ignore",
        disabled=not draft.items,
    )
    file = st.file_uploader(language("Load a list (JSON)"), type=["json"], key="briefing_file")
    if file is not None and state.get("briefing_file_loaded") != file.file_id:
        state.keep("briefing_file_loaded", file.file_id)
        try:
            loaded = draft_of(file.getvalue())
            basket.change(lambda now: loaded)
        except CrossingsError as fault:
            st.error(language.error(fault))
            return
        st.rerun()


def _verified(file: str, content: bytes, language: Language) -> Verified | None:
    """Return the check of a saved briefing, None while its figures are made anew."""
    key, known = ("verified", file, language.code), models()
    held = state.get(VERIFIED)
    if held is not None and held[0] == (key, known.stamp):
        return cast("Verified", held[1])
    found = work.done(
        key,
        lambda job: verify(content, known, language, tell=job.tell),
        language,
        text=language("Recreating its figures…"),
    )
    if found is not None:
        state.keep(VERIFIED, ((key, known.stamp), found))
    return cast("Verified | None", found)


def check_saved(language: Language) -> None:
    """Draw the place to give a saved briefing, and whether today's figures give its numbers."""
    file = st.file_uploader(
        language("A briefing saved by this app (PPTX, DOCX, HWPX, XLSX, PDF, ZIP, ODT, ODP or ODS)"),
        type=[*DOCUMENTS, *OPEN_DOCUMENTS],
        key="briefing_check",
    )
    if file is None:
        return
    try:
        found = _verified(file.file_id, file.getvalue(), language)
    except CrossingsError as fault:
        st.error(language.error(fault))
        return
    if found is None:
        return
    st.markdown(words.contents(found.edits, language))
    edited = words.edit_rows(found.edits, language)
    if edited:
        st.table(
            pd.DataFrame(edited), hide_index=True, alt=language("Places that differ from what was written")
        )
    st.markdown(words.verdict(found.same, len(found.figures), found.context, language))
    rows = words.check_rows(found.figures, language)
    if len(rows):
        st.table(
            pd.DataFrame(rows), hide_index=True, alt=language("Check of the saved briefing, figure by figure")
        )
