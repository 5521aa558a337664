"""What is counted of sockets and frames; read by whoever looks after the forum."""

import time
from typing import Any

from prometheus_client import Gauge, Histogram

SOCKETS = Gauge("forum_sockets", "Sockets that are open", multiprocess_mode="livesum")
LAG = Histogram(
    "forum_frame_lag_seconds",
    "From the commit of a change until its frame was handed to every socket of a process",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)


def handed_over(message: dict[str, Any]) -> None:
    # Clocks of two hosts may differ by a little.
    LAG.observe(max(0.0, time.time() - message["at"]))
