"""The arrival hall as a queue: flights in, waits out, exact to the passenger."""
