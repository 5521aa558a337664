"""The files of forum/deploy/ name nothing that is not there: commands, paths, variables, services.

tests/deploy/ starts those for one host; containers are started by no test, so that this is all we know of them.
"""

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.architecture.test_settings import PRODUCTION, ROOT

DEPLOY = ROOT / "forum" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SAMPLE = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.sample").read_text(), re.MULTILINE))
# What the operator brings along, or the process list makes.
BROUGHT = {"./certificates"}
# Beside the settings: of PostgreSQL's own image.
OF_OTHERS = {"POSTGRES_PASSWORD"}


def commands_in(text: str) -> set[str]:
    return set(re.findall(r"manage\.py (\w+)", text))


@pytest.mark.parametrize("name", ["compose.yaml", "processes.conf", "Dockerfile", "README.md"])
def test_every_command_is_one_of_ours(name):
    named = commands_in((DEPLOY / name).read_text())

    assert named
    assert named - get_commands().keys() == set()


def test_containers_have_every_variable_that_production_wants_and_no_other():
    environment = COMPOSE["x-forum"]["environment"]

    assert PRODUCTION.keys() - environment.keys() == set()
    assert environment.keys() - SAMPLE == set()
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    assert asked - SAMPLE == OF_OTHERS


def test_containers_wait_for_services_that_are_there_and_share_files_that_are_there():
    services, volumes = COMPOSE["services"], COMPOSE["volumes"]

    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
        for shared in service.get("volumes", ()):
            source = shared.split(":")[0]
            assert source in volumes or source in BROUGHT or (DEPLOY / source).is_file(), source
    build = COMPOSE["x-forum"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    upstream = re.findall(r"server (\w+):8000", (DEPLOY / "compose" / "place.conf").read_text())
    assert set(upstream) == {"web", "sockets"}
    assert set(upstream) <= services.keys()


def test_the_unit_of_systemd_names_files_of_the_repository(tmp_path):
    unit = (DEPLOY / "forthright.service").read_text().replace("/srv/forum/code", str(ROOT))
    copy = tmp_path / "forthright.service"
    copy.write_text(unit)

    started = [shlex.split(line)[0] for line in re.findall(r"^Exec\w+=(.+)$", unit, re.MULTILINE)]

    assert [path for path in started if not Path(path).exists()] == []
    if shutil.which("systemd-analyze"):
        verified = subprocess.run(["systemd-analyze", "verify", copy], capture_output=True, text=True)
        # It looks at every unit of the machine too.
        assert [line for line in verified.stderr.splitlines() if copy.name in line] == []


def test_every_process_of_the_list_starts_what_is_there():
    # Its %(here)s is a word of supervisor's own.
    processes = ConfigParser(interpolation=None)
    processes.read(DEPLOY / "processes.conf")
    programs = {name: processes[name] for name in processes.sections() if "program:" in name}

    assert {name.split(":")[1] for name in programs} == {"web", "sockets", "worker", "scheduler"}
    for program in programs.values():
        python, manage = program["command"].replace("%(here)s", str(DEPLOY)).split()[:2]
        assert Path(python).exists()
        assert (Path(program["directory"].replace("%(here)s", str(DEPLOY))) / manage).is_file()
