"""The formats and papers of a briefing, by the names that files, pages and the command line use."""

A4, WIDE = "a4", "16:9"
PAPERS = (A4, WIDE)
DOCUMENTS = ("pptx", "docx", "hwpx", "xlsx", "pdf", "zip")
