"""The command: what it says, what it loads, and its exit statuses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from warehouse.small import put, refresh, settings_in

from dagster_project.warehouse import manifest
from dagster_project.warehouse.run import exclusive

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"dagster", "dbt", "great_expectations", "scipy", "pandas", "pyarrow"}
COMMANDS = [
    "add",
    "answer",
    "bench",
    "dev",
    "diff",
    "doctor",
    "export",
    "fetch",
    "history",
    "inspect",
    "refresh",
    "rollback",
    "verify",
]


def sluitend(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("SLUITEND_")}
    return subprocess.run(
        [sys.executable, "-m", "dagster_project.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=own | environ,
        timeout=120,
    )


@pytest.fixture
def settings(tmp_path):
    """Two publications of one document."""
    made = settings_in(tmp_path)
    put(made.raw, "a")
    refresh(made)
    put(made.raw, "a", "Jeugd;2018;110\nWMO;2018;5")
    refresh(made)
    return made


def test_help_lists_every_command_with_what_it_does():
    told = sluitend("--help")
    assert told.returncode == 0
    for command in COMMANDS:
        assert f"\n  {command} " in told.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    told = sluitend(command, "--help")
    assert told.returncode == 0, told.stderr
    assert "Usage:" in told.stdout and len(told.stdout.splitlines()) > 5


@pytest.mark.parametrize(
    "arguments", [["--help"], ["history", "--home", "HOME"], ["verify", "--home", "HOME"]]
)
def test_help_history_and_verify_load_no_heavy_library(settings, arguments):
    script = (
        "import sys; from dagster_project.cli import group\n"
        "try: group(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    arguments = [str(settings.home) if a == "HOME" else a for a in arguments]
    told = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=ROOT
    )
    assert told.stdout.splitlines()[-1] == "[]", told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["refresh", "--raw", "nowhere"], "there is no such folder of extracts"),
        (["refresh", "--keep", "0"], "0 is less than 1"),
        (["refresh", "--keep", "many"], "not a valid integer"),
        (["refresh", "--unknown"], "No such option"),
        (["unknown"], "No such command"),
        (["history", "--as-known", "yesterday"], "is no date"),
        (["rollback"], "nothing was published yet"),
    ],
)
def test_what_cannot_be_used_is_one_message_and_exit_status_2(tmp_path, arguments, told):
    home = ["--home", tmp_path / "home"] if arguments[0] in ("refresh", "history", "rollback") else []
    outcome = sluitend(*arguments, *home)
    assert outcome.returncode == 2
    assert told in outcome.stderr and "Traceback" not in outcome.stderr


def test_a_setting_from_the_environment_that_cannot_be_used_is_named(tmp_path):
    outcome = sluitend("history", "--home", tmp_path, SLUITEND_TIMEZONE="Mars/Olympus")
    assert (outcome.returncode, "SLUITEND_TIMEZONE" in outcome.stderr) == (2, True)


def test_a_folder_of_extracts_without_documents_publishes_nothing(settings):
    (settings.home.parent / "empty").mkdir()
    outcome = sluitend("refresh", "--raw", settings.home.parent / "empty", "--home", settings.home)
    assert outcome.returncode == 2
    assert "holds no document" in outcome.stderr
    assert len(manifest.read(settings)) == 2


def test_a_second_refresh_at_once_says_who_is_at_work_and_begins_nothing(settings):
    with exclusive(settings, "refresh"):
        outcome = sluitend("refresh", "--raw", settings.raw, "--home", settings.home)
    assert outcome.returncode == 2
    assert f"another refresh is running (process {os.getpid()}" in outcome.stderr


def test_history_tells_each_publication_and_what_changed(settings):
    lines = sluitend("history", "--home", settings.home).stdout.splitlines()
    assert len(lines) == 2
    assert "publish" in lines[1] and "live" in lines[1]
    assert "+1 -0 ~1 values in 1 documents" in lines[1]


def test_history_tells_every_change_and_every_value_of_a_state_as_csv(settings):
    changes = sluitend("history", "--home", settings.home, "--changes", 2).stdout.splitlines()
    assert any(line.startswith("changed,a,Lasten per product,Jeugd,2018,1,100,110,") for line in changes)
    day = manifest.read(settings)[-1].at[:10]
    values = sluitend("history", "--home", settings.home, "--as-known", f"{day}T23:59Z", "--values")
    assert "a,Lasten per product,WMO,2018,1,5," in values.stdout


def test_history_tells_which_file_was_live_on_a_day(settings):
    told = sluitend("history", "--home", settings.home, "--as-known", "2999-01-01")
    assert manifest.read(settings)[-1].file in told.stdout
    before = sluitend("history", "--home", settings.home, "--as-known", "2001-01-01")
    assert (before.returncode, "nothing was published yet" in before.stderr) == (2, True)


def test_rollback_and_verify_say_what_they_did_and_found(settings):
    first = manifest.read(settings)[0]
    why = ("--who", "A. Beheerder", "--why", "verkeerde\n levering")
    assert f"{first.run_id} is live again" in sluitend("rollback", "--home", settings.home, *why).stdout
    assert "A. Beheerder: verkeerde levering" in sluitend("history", "--home", settings.home).stdout
    good = sluitend("verify", "--home", settings.home)
    assert good.returncode == 0 and "Hash of the chain" in good.stdout
    file = settings.snapshots / first.file
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    bad = sluitend("verify", "--home", settings.home)
    assert bad.returncode == 1 and f"{first.file}: was altered" in bad.stderr
