"""A Spark of its own on this machine: a master, two workers and a Spark Connect server, each a process, on loopback.

What does not belong here: tests.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

_HOST = "127.0.0.1"
_SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
_SECONDS_TO_START = 180


@dataclass
class Cluster:
    """``address`` is what SLUITEND_SPARK must say."""

    address: str
    workers: list[subprocess.Popen] = field(default_factory=list)


def why_not() -> str:
    """Why there can be no Spark here; empty where there can."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed: pip install '.[spark]'"
    if shutil.which("java") is None:
        return "there is no Java"
    return ""


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """The cluster, running; what it writes stands below ``folder``. All its processes end with it."""
    import pyspark

    spark = Path(pyspark.__file__).parent
    environment = os.environ | {
        "SPARK_HOME": str(spark),
        "SPARK_LOCAL_IP": _HOST,
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_WORKER_DIR": str(folder / "work"),
        "PYSPARK_PYTHON": sys.executable,
    }
    port, web = _free_port(), _free_port()
    master = f"spark://{_HOST}:{port}"
    at = ["--host", _HOST, "--webui-port", "0"]
    launched: list[subprocess.Popen] = []

    def launch(name: str, *command: str) -> subprocess.Popen:
        with (folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        launched.append(process)
        return process

    classes = str(spark / "bin" / "spark-class")
    try:
        launch("master", classes, "org.apache.spark.deploy.master.Master", "--port", str(port), *at)
        _wait_for(port, folder)
        workers = [
            launch(f"worker{n}", classes, "org.apache.spark.deploy.worker.Worker", "--port", "0", "--cores", "1", "--memory", "2g", *at, master)
            for n in (1, 2)
        ]  # fmt: skip
        settings = {
            "spark.executor.memory": "1500m", "spark.executor.cores": "1", "spark.driver.memory": "2g",
            "spark.driver.host": _HOST, "spark.ui.enabled": "false", "spark.connect.grpc.binding.port": str(web),
            "spark.sql.catalogImplementation": "hive", "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.sql.shuffle.partitions": "2", "spark.sql.session.timeZone": "UTC",
            "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder / 'derby'}",
        }  # fmt: skip
        given = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
        submit = str(spark / "bin" / "spark-submit")
        launch("connect", submit, "--class", _SERVER, "--master", master, *given, "spark-internal")
        _wait_for(web, folder)
        yield Cluster(f"sc://{_HOST}:{web}", workers)
    finally:
        for process in reversed(launched):
            process.terminate()
        for process in launched:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((_HOST, 0))
        return found.getsockname()[1]


def _wait_for(port: int, folder: Path) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((_HOST, port)) == 0:
                return
        time.sleep(0.5)
    told = "\n".join(f"{p.name}: {p.read_text(errors='replace')[-2000:]}" for p in folder.glob("*.log"))
    raise TimeoutError(f"Spark did not start\n{told}")
