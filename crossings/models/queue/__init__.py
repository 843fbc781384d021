"""The arrival hall as a queue: flights in, waits out, exact to the passenger."""

MODEL_VERSION = "hall 1.0"
