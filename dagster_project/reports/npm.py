"""What the explorer of an export needs from npm: three packages, each one version, known by its hash.

They are fetched once, with the npm that is on the machine and the registry that it is set up for, and kept; a machine without
npm or without a network is served by the three archives put in the same folder by hand. Nothing of them is in this repository.
What does not belong here: the page that uses them (``sql_explorer``).
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dagster_project.language import Written

_SECONDS = 600  # for one package; the largest has 25 MB


class NotToBeHad(Exception):
    """A package is not there and cannot be fetched; says why, as ``Written``."""


@dataclass(frozen=True, slots=True)
class Package:
    """One version of a package, and what is used of it."""

    name: str
    version: str
    sha512: str  # of the archive, in base64, as npm's lock files have it
    files: Mapping[str, str]  # path in the package -> name beside the page

    @property
    def archive(self) -> str:
        """What npm calls the archive."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


PACKAGES = (
    Package(
        "@duckdb/duckdb-wasm",
        "1.32.0",
        "IewXTNYEjsZCPE9weUWgtjGxUlMRo7qhX0GF6tq/KjK8bnY+RAl4cyUdYUfcdzbyb4b9ZxPC+FOsCcxgaKFWMg==",
        {
            "dist/duckdb-browser.mjs": "duckdb-browser.mjs",
            "dist/duckdb-browser-eh.worker.js": "duckdb-browser-eh.worker.js",
            "dist/duckdb-eh.wasm": "duckdb-eh.wasm",
        },
    ),
    Package(
        "apache-arrow",
        "17.0.0",
        "X0p7auzdnGuhYMVKYINdQssS4EcKec9TCXyez/qtJt32DrIMGbzqiaMiQ0X6fQlQpw8Fl0Qygcv4dfRAr5Gu9Q==",
        {
            "Arrow.es2015.min.js": "arrow.js",
            "LICENSE.txt": "arrow-LICENSE.txt",
            "NOTICE.txt": "arrow-NOTICE.txt",
        },
    ),
    Package(
        "parquet-wasm",
        "0.8.0",
        "AunZLpYYHPQCzDzeIKOO3e/p3Uqo8+DGyfEVofhlIIn/bk3EuOFJkDXlswSKDDSWOaZRv6bHrob/XynUDKmceg==",
        {
            "esm/parquet_wasm.js": "parquet_wasm.js",
            "esm/parquet_wasm_bg.wasm": "parquet_wasm_bg.wasm",
            "LICENSE_MIT": "parquet-wasm-LICENSE.txt",
        },
    ),
)


def provide(packages: Path) -> None:
    """Have the archive of every package in the folder ``packages``, as it was pinned.

    Raises ``NotToBeHad`` where one is not there and npm is not either, or does not give it.
    """
    for package in PACKAGES:
        if not _is_there(packages, package):
            _fetch(packages, package)


def unpack(packages: Path, to: Path) -> None:
    """Write what is used of the packages into the folder ``to``. Raises ``NotToBeHad`` as ``provide`` does."""
    provide(packages)
    to.mkdir(parents=True)
    for package in PACKAGES:
        with tarfile.open(packages / package.archive) as archive:
            for path, name in package.files.items():
                source = archive.extractfile(f"package/{path}")
                if source is None:
                    raise NotToBeHad(f"{package.archive}: package/{path}")
                with source, (to / name).open("wb") as target:
                    shutil.copyfileobj(source, target)


def _is_there(packages: Path, package: Package) -> bool:
    path = packages / package.archive
    if not path.exists():
        return False
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    return base64.b64encode(digest).decode() == package.sha512


def _fetch(packages: Path, package: Package) -> None:
    named = f"{package.name} {package.version}"
    npm = shutil.which("npm")
    if npm is None:
        raise NotToBeHad(
            Written(
                "{package} is not in {folder}, and there is no npm on this machine to fetch it with",
                package=named,
                folder=packages,
            )
        )
    packages.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=packages.resolve(), prefix=".") as fetched:  # npm runs in it
        command = [
            npm,
            "pack",
            "--silent",
            "--pack-destination",
            fetched,
            f"{package.name}@{package.version}",
        ]
        try:
            done = subprocess.run(command, cwd=fetched, capture_output=True, text=True, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            raise NotToBeHad(
                Written(
                    "npm did not give {package} within {seconds} seconds", package=named, seconds=_SECONDS
                )
            ) from None
        if done.returncode != 0:
            why = " ".join(done.stderr.split())[:300] or Written("without a word")
            raise NotToBeHad(Written("npm did not give {package}: {why}", package=named, why=why))
        if not _is_there(Path(fetched), package):
            raise NotToBeHad(
                Written(
                    "npm gave another {package} than the one whose hash is known; nothing of it is used",
                    package=named,
                )
            )
        (Path(fetched) / package.archive).replace(packages / package.archive)
