"""Print the seconds of a first projection in a new process (imports included) and of one from the memory.

python -m benchmarks.cold
"""

import time


def main() -> None:
    """Print both figures, in seconds, on one line."""
    from crossings.tables import flows

    flows.load()
    loaded = time.perf_counter()
    from ui.models import models

    models().projection()
    cold = time.perf_counter()
    models().projection()
    print(cold - loaded, time.perf_counter() - cold)


if __name__ == "__main__":
    main()
