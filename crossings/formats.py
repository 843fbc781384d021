"""The formats and papers of a briefing, by the names that files, pages and the command line use."""

A4, WIDE = "a4", "16:9"
PAPERS = (A4, WIDE)
BY_FORMAT = "by-format"
PAPER_CHOICES = (BY_FORMAT, *PAPERS)
DOCUMENTS = ("pptx", "docx", "hwpx", "xlsx", "pdf", "zip")
OPEN_DOCUMENTS = ("odt", "odp", "ods")
SLIDES = ("pptx", "odp")


def paper_of(form: str, paper: str) -> str:
    """Return the paper of a file: the one chosen, else 16:9 for slides and A4 for the rest."""
    return paper if paper in PAPERS else WIDE if form in SLIDES else A4
