"""What moved the flows: events and their effects, the calendar, the decomposition of a change, what was said."""

MODEL_VERSION = "history 1.0"
