"""The data strip above the title, and what stands below the page: sources, files, versions, link."""

from datetime import date

from crossings.briefing.compose import page_in_print
from crossings.export import documents
from crossings.export.briefing import MIMES
from crossings.language import Language, markup
from crossings.language import strip as words
from crossings.models.forecast import MODEL_VERSION
from crossings.questions.base.figure import safe_stem
from crossings.questions.registry import page_name
from crossings.tables import flows, releases
from ui import address, packages, shown
from ui import screen as st
from ui.models import models, remembered


def foot(language: Language) -> None:
    """Draw the sources of the page's figures, the page as a file, and what its numbers rest on with a link to it."""
    here = shown.present()
    for line in words.sources(here.titles, language):
        st.caption(line)
    if here.draft.items:
        _print(here, language)
    st.caption(
        words.foot(
            flows.load(),
            releases.newest(),
            model_version=MODEL_VERSION,
            link=shown.link(here.question, language),
            language=language,
        )
    )


def _print(here: shown.Shown, language: Language) -> None:
    """Draw the button that saves what the page shows as a PDF, made when it is pressed."""
    base, known = address.app_address(), models()

    def made() -> bytes:
        return documents.make("pdf", page_in_print(here.draft, known, language, base=base))

    absent = packages.absent("typst")
    missing = language("Not installed: {package}. Run the installation again.", package="typst")
    st.download_button(
        language("Save this page as PDF"),
        data=b"" if absent else made,
        file_name=f"{safe_stem(page_name(here.draft.items[0].asked.page, language))}.pdf",
        mime=MIMES["pdf"],
        key="page-pdf",
        on_click="ignore",
        type="tertiary",
        disabled=absent,
        help=missing if absent else None,
    )


def strip(language: Language) -> None:
    """Draw one line on the figures in use; amber where newer ones should be out."""
    fresh = releases.freshness(today=date.today())
    warning = words.warning(fresh.overdue, language)
    said = remembered(
        "strip", (fresh, language.code), lambda: words.line(models().published, fresh, language)
    )
    st.caption(markup.joined(" · ", [said, markup.coloured(warning)]) if warning else said)
