"""Nothing inside the network is connected to, whatever it is called and whenever its name changes its meaning."""

from __future__ import annotations

import datetime
import socket
import ssl

import pytest
from fetch.site import Reply, Site, served

from dagster_project.fetch.door import Door, Shut, is_public
from dagster_project.fetch.web import Client, Limits, NotFetched

ONCE = Limits(tries=1, seconds=5, wait=0)


@pytest.fixture
def site():
    made = Site()
    made.pages["/"] = Reply("inside")
    with served(made):
        yield made


def fetch(tmp_path, address: str, *private_hosts: str):
    with Client(ONCE, private_hosts) as client:
        return client.fetch(address, tmp_path / "got", then=lambda answer: answer)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1%eth0", "fc00::1", "fec0::1",
        "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::1", "2001:db8::1",
        "2001:0:7f00:1:0:0:8000:1",
    ],
)  # fmt: skip
def test_an_address_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["193.0.6.139", "2a02:898:96::5", "64:ff9b::c100:68b"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
def test_loopback_is_not_asked_by_whatever_name(site, tmp_path, host):
    port = site.address.rpartition(":")[2]
    with pytest.raises(NotFetched, match=r"which is no address of the public internet; --allow-private HOST"):
        fetch(tmp_path, f"http://{host}:{port}/")
    assert site.asked == []


def test_a_host_that_the_operator_named_is_asked_and_no_other_inside(site, tmp_path):
    port = site.address.rpartition(":")[2]
    assert fetch(tmp_path, f"{site.address}/", "127.0.0.1").status == 200
    with pytest.raises(NotFetched, match=r"localhost is (127\.0\.0\.1|::1), which is no address"):
        fetch(tmp_path, f"http://localhost:{port}/", "127.0.0.1")


def test_a_redirect_to_the_inside_is_refused_at_its_hop(site, tmp_path):
    port = site.address.rpartition(":")[2]
    site.pages["/out"] = Reply(status=302, headers={"Location": f"http://localhost:{port}/"})
    site.pages["/far"] = Reply(status=302, headers={"Location": "/out"})
    with pytest.raises(NotFetched, match="no address of the public internet") as told:
        fetch(tmp_path, f"{site.address}/far", "127.0.0.1")
    assert told.value.address == f"http://localhost:{port}/"
    assert site.asked == ["/far", "/out"]


def test_the_address_that_was_judged_is_the_one_that_is_connected_to(site, tmp_path, monkeypatch):
    """A name that means a public machine when it is judged, and the inside a moment later."""
    port = int(site.address.rpartition(":")[2])
    meanings = iter(["198.41.0.4", "127.0.0.1", "127.0.0.1"])
    looked_up, connected = [], []

    def rebinding(host, port, *_, **__):
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(meanings), port))]

    def connect(place, **_):
        connected.append(place[0])
        raise OSError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotFetched, match="not in a test"):
        fetch(tmp_path, f"http://rebinding.example:{port}/")
    assert (looked_up, connected) == (["rebinding.example"], ["198.41.0.4"])


def test_a_name_with_one_address_inside_is_refused_whole(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("198.41.0.4", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))
    with pytest.raises(Shut, match=r"10\.0\.0\.1"):
        Door().connect("both.example", 80, 1)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ftp://a.example/x.pdf", "only http and https are fetched, not 'ftp'"),
        ("file:///etc/passwd", "only http and https"),
        ("https:///x", "names no host"),
        ("https://a.example:99999/", "is no address"),
        ("https://a b.example/", "no blanks or control characters"),
        ("https://a.example/\r\nHost: b", "no blanks or control characters"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(tmp_path, address, told):
    with pytest.raises(NotFetched, match=told):
        fetch(tmp_path, address)


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(NotFetched, match="leave it out") as told:
        fetch(tmp_path, "https://piet:geheim@a.example/")
    assert "geheim" not in str(told.value)


def certificate(folder, name: str) -> ssl.SSLContext:
    """A server's side of https for ``name``; its certificate is in ``folder``."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


@pytest.mark.parametrize(("name", "is_let_in"), [("localhost", True), ("elders.example", False)])
def test_https_is_checked_against_the_name_and_not_against_the_judged_address(
    tmp_path, monkeypatch, name, is_let_in
):
    context = certificate(tmp_path, name)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    site = Site()
    site.pages["/"] = Reply("safe")
    with served(site, context):
        if is_let_in:
            assert fetch(tmp_path, f"{site.address}/", "localhost").bytes == 4
        else:
            with pytest.raises(NotFetched, match=r"no safe connection: .*localhost"):
                fetch(tmp_path, f"{site.address}/", "localhost")
            assert site.asked == []


def test_https_is_not_left_for_http(tmp_path, monkeypatch):
    context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    site = Site()
    site.pages["/"] = Reply(status=301, headers={"Location": "http://localhost/begroting.pdf"})
    with served(site, context), pytest.raises(NotFetched, match="status 301: redirects from https to http"):
        fetch(tmp_path, f"{site.address}/", "localhost")
