"""Two test workers share two processors: none of them starts further threads of linear algebra."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
