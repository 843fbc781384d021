"""What the menu, links and lists know of a page before its question is loaded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page of the app.

    key: its address and the file pages/<key>.py. title and asks, the question it is likely opened with:
    English, translated where they are shown.
    question: the class of its question in crossings.questions.<key>.question, empty where it has none.
    place: pages stand in the menu in the order of this number.
    """

    key: str
    title: str
    asks: str
    question: str = ""
    place: int = 0
