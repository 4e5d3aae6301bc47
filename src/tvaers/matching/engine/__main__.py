"""`python -m tvaers.matching.engine`: compile the search, once, where the product is installed."""

import sys
from time import perf_counter

from tvaers.matching.engine.index import warm_up

sys.stdout.write("Getting the search ready (half a minute the first time) … ")
sys.stdout.flush()
began = perf_counter()
warm_up()
sys.stdout.write(f"{perf_counter() - began:.1f} s\n")
