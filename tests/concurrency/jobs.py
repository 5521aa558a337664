"""Tasks for workers that are killed. Each leaves a line for every time it was begun, and one file when it was done."""

import os
import signal
import time
from pathlib import Path

from django.tasks import task


@task
def leave_a_file(folder: str, number: int) -> None:
    with (Path(folder) / "begun").open("a") as begun:
        begun.write(f"{number}\n")
    time.sleep(0.02)
    (Path(folder) / f"done-{number}").touch()


@task
def kill_the_worker(folder: str) -> None:
    with (Path(folder) / "poison").open("a") as begun:
        begun.write("once\n")
    os.kill(os.getpid(), signal.SIGKILL)
