"""Finding and replacing personal details in texts and tables.

One process computes on one core, and more cores are used by more processes. numpy must hear so before it is loaded;
who imports numpy first keeps its threads, and the name finder then multiplies with thinc's own, slower BLIS.
"""

import os
import sys

ONE_THREAD = "OPENBLAS_NUM_THREADS"

if "numpy" not in sys.modules:
    os.environ.setdefault(ONE_THREAD, "1")
