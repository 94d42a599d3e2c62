import os

# The equations are small (a few hundred unknowns): several threads wait for one another longer than they count, up to
# seven times the processor time on a busy machine. numpy reads this when it is first imported, which is below here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
