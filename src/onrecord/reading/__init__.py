"""Reading a page: one module a step; `pipeline` lists the steps in their order and runs them."""

import os

# Pages are read in parallel by processes; threads inside the small matrix products of one page only get in each
# other's way. It must be said before numpy is first imported, and whoever has said otherwise is heard.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
