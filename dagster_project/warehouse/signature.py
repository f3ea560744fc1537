"""Who made the chain: an ed25519 signature over the hash of its newest entry, where the operator has a key.

The chain proves order; whoever can write the folder can make a whole new one. The private key stands outside HOME
(``SLUITEND_SIGN_KEY``, PEM without password); the public key is given to whoever verifies. As every entry holds the hash
of the one before, one signature over the newest covers all of them.

    openssl genpkey -algorithm ed25519 -out sign.pem; openssl pkey -in sign.pem -pubout -out sign.pub

What does not belong here: what the entries say (``manifest``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.language import Written, phrase
from dagster_project.settings import READERS_FILE, Settings, Unusable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    from dagster_project.warehouse.manifest import ManifestEntry

_SET = "SLUITEND_SIGN_KEY"
_ABOUT = b"sluitend chain "  # what is signed begins so: a signature of something else is none of the chain


def file_of(settings: Settings) -> Path:
    """Where the signatures stand: one JSON object per line, the hash of an entry and its signature."""
    return settings.manifest.with_suffix(".sig")


def require_key(settings: Settings) -> None:
    """Raise ``Unusable`` where a key is named and cannot be used, before anything is begun."""
    if settings.sign_key is not None:
        _private(settings.sign_key)


def sign(settings: Settings, entry: ManifestEntry) -> None:
    """Sign the chain up to ``entry``, unless there is no key or it was signed. Raises OSError or ``Unusable``."""
    if settings.sign_key is None or entry.hash in _signatures(settings):
        return
    signature = _private(settings.sign_key).sign(_ABOUT + entry.hash.encode())
    with file_of(settings).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"hash": entry.hash, "signature": signature.hex()}) + "\n")
    file_of(settings).chmod(READERS_FILE)


def problems(settings: Settings, entries: Sequence[ManifestEntry], key: Path) -> list[str]:
    """A sentence where the newest entry was not signed with the private half of the public key in ``key``.

    Raises ``Unusable`` where that file holds no such key.
    """
    from cryptography.exceptions import InvalidSignature

    public = _public(key)
    if not entries:
        return []
    newest = entries[-1]
    found = _signatures(settings).get(newest.hash)
    if found is None:
        return [Written("entry {no} is not signed: the chain may have been made by anyone", no=newest.no)]
    try:
        public.verify(found, _ABOUT + newest.hash.encode())
    except InvalidSignature:
        return [Written("entry {no} is signed with another key than {key}", no=newest.no, key=key.name)]
    return []


def _signatures(settings: Settings) -> dict[str, bytes]:
    path = file_of(settings)
    found: dict[str, bytes] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else ():
        try:
            read = json.loads(line)
            found[str(read["hash"])] = bytes.fromhex(read["signature"])
        except (ValueError, KeyError, TypeError):  # cut off, or altered: then that entry is not signed
            continue
    return found


def _private(path: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise Unusable(
            phrase(
                "{source}: {path}: is no key that can be read: {error}", source=_SET, path=path, error=error
            )
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Unusable(phrase("{source}: {path}: is no ed25519 key", source=_SET, path=path))
    return key


def _public(path: Path) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise Unusable(
            phrase("--key: {path}: is no public key that can be read: {error}", path=path, error=error)
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise Unusable(phrase("{source}: {path}: is no ed25519 key", source="--key", path=path))
    return key
