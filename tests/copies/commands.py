"""Commands as an operator gives them: in a process of their own."""

import os
import subprocess
import sys

from tests.server import ROOT


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.serving", "REDIS_URL": ""} | environment
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
