"""Print the seconds of a first projection in a new process (imports included) and of one from the memory.

On standard error the processor seconds of the first, which other work on the machine moves less.

python -m benchmarks.cold
"""

import sys
import time


def main() -> None:
    """Print both figures, in seconds, on one line."""
    from crossings.tables import flows

    flows.load()
    loaded, used = time.perf_counter(), time.process_time()
    from ui.models import models

    models().projection()
    cold = time.perf_counter()
    print(f"{time.process_time() - used:.2f} s of the processor", file=sys.stderr)
    models().projection()
    print(cold - loaded, time.perf_counter() - cold)


if __name__ == "__main__":
    main()
