"""How long the tests of this folder go on. SOAK=10 makes ten times as much of it, SEED= throws other dice."""

import os

SOAK = int(os.environ.get("SOAK", "1"))
SEED = os.environ.get("SEED", "4127")
