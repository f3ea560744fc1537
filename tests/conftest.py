"""What tests of several rooms share: one real refresh of raw/, made once however many processes test."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import Phase, settings

# The same examples in every run, and no hours of shrinking: a red test is red for everyone.
settings.register_profile("steady", derandomize=True, phases=(Phase.explicit, Phase.generate))
settings.load_profile("steady")

os.environ["LC_ALL"] = "C.UTF-8"  # the commands speak English, unless a test asks for Dutch

ROOT = Path(__file__).resolve().parent.parent
STREAMS = ("out", "err")

# By room and fixture of a costly warehouse: the group of all that is tested on it. One process makes and tests it; a second
# would wait each time until it is made.
ONE_PROCESS = {("dbt", "settings"): "miniature", ("analyst", "published"): "invented"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests that share a costly warehouse into one group, and with that into one process."""
    for item in items:
        for (room, fixture), group in ONE_PROCESS.items():
            if item.path.parent == ROOT / "tests" / room and fixture in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(group))


def refresh(
    home: Path, raw: Path = ROOT / "raw", *arguments: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run ``sluitend refresh`` as a person would; stdout and stderr as text."""
    command = [sys.executable, "-m", "dagster_project.cli", "refresh", "--raw", str(raw), "--home", str(home)]
    own = {k: v for k, v in os.environ.items() if not k.startswith(("SLUITEND_", "DAGSTER_"))}
    return subprocess.run(
        [*command, *arguments], capture_output=True, text=True, cwd=ROOT, env=own | environ, timeout=280
    )


def sluitend_here(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run ``sluitend`` in this process, which has imported its libraries already: for what is no matter of a process."""
    from dagster_project import cli

    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in STREAMS]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        for name in [name for name in os.environ if name.startswith(("SLUITEND_", "DAGSTER_"))]:
            patch.delenv(name)
        for name, value in environ.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["sluitend", *arguments])
        status = cli._status()
    told = [stream.buffer.getvalue().decode() for stream in streams]
    return subprocess.CompletedProcess(arguments, status, *told)


def refresh_here(
    home: Path, raw: Path = ROOT / "raw", *arguments: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    """``sluitend refresh`` in this process."""
    return sluitend_here("refresh", "--raw", str(raw), "--home", str(home), *arguments, **environ)


@pytest.fixture
def dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Dutch locale."""
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")


@pytest.fixture(scope="session")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """HOME after one full refresh of raw/. Shared by all tests: look, do not touch."""
    return _once(tmp_path_factory, "refreshed", refresh)


@pytest.fixture(scope="session")
def again(refreshed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """HOME after a second full refresh of the same extracts, in a Dutch locale. Shared by all tests: look, do not touch."""

    def refresh_again(home: Path) -> subprocess.CompletedProcess[str]:
        shutil.copytree(refreshed, home, symlinks=True)
        (home / "landing" / f"{'0' * 40}.parquet").write_bytes(b"of a document that is gone")
        return refresh_here(home, ROOT / "raw", "--full", LC_ALL="nl_NL.UTF-8")

    return _once(tmp_path_factory, "again", refresh_again)


def _once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], subprocess.CompletedProcess[str]]
) -> Path:
    """A home that one of the processes makes and the others wait for; what was told stands beside it, by stream."""
    from filelock import FileLock

    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home, told = shared / name, [shared / f"{name}.{stream}" for stream in STREAMS]
    with FileLock(shared / f"{name}.lock"):
        if not told[-1].exists():
            done = make(home)
            assert done.returncode == 0, f"{done.args} failed:\n{done.stdout}\n{done.stderr}"
            for path, text in zip(told, (done.stdout, done.stderr), strict=True):
                path.write_text(text, encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def told(refreshed: Path) -> str:
    """What that refresh printed."""
    return (refreshed.parent / "refreshed.out").read_text(encoding="utf-8")


@pytest.fixture
def warehouse(refreshed: Path) -> Iterator:
    """A read-only connection to the file which that refresh published."""
    import duckdb

    with duckdb.connect(str(refreshed / "sluitend.duckdb"), read_only=True) as connection:
        yield connection
