"""The panel on the Scenario page that says what the scenario is worth and what it costs."""

from crossings.language import Language
from crossings.questions.scenario.question import ScenarioQuestion
from ui import figure, worth_settings
from ui import screen as st
from ui.models import view
from ui.page import fold


def draw(question: ScenarioQuestion, language: Language) -> None:
    """Draw a fold with both books of a scenario; they are worked out while it is open."""

    def content() -> None:
        answer = view(worth_settings.ask(question.settings, question.priors), language)
        for said in filter(None, (answer.headline, answer.remarks["verdict"])):
            st.markdown(said)
        figure.rows(answer.tables["books"], alt=language("Benefits and costs of both countries"))
        for note in answer.notes:
            st.caption(note)
        st.caption(
            language(
                "Evidence, five-year outlay, break-even and what is not counted are on the page linked below."
            )
        )
        st.page_link("pages/worth.py", label=answer.name)

    fold("worth", language("Benefits and costs"), content)
