"""The assistant's conversations: pure, without a clock, a database or a network.

Numerical libraries are told here to use one thread, because they read that when they are first imported: several
threads on the few cores of a small machine make a message take several times as long.
"""

import os

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
