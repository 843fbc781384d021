"""Crossings: the porch. Starts the frame; nothing is computed here."""

from ui import frame

frame.run()
