"""Every limit on one answer holds, every failure says address, status and text, and only what may pass is retried."""

from __future__ import annotations

import gzip
import time

import pytest
from fetch.site import Handler, Reply, Site, served

from dagster_project.fetch.web import Client, Limits, NotFetched

LIMITS = Limits(bytes=1000, seconds=5, silence=5, tries=3, wait=0.001)


@pytest.fixture
def site():
    with served(Site()) as made:
        yield made


def fetch(site, tmp_path, path: str = "/", limits: Limits = LIMITS, **asked):
    with Client(limits, ["127.0.0.1"]) as client:
        return client.fetch(
            f"{site.address}{path}", tmp_path / "got", **{"then": lambda answer: answer} | asked
        )


def refused(site, tmp_path, *arguments, **asked) -> NotFetched:
    with pytest.raises(NotFetched) as told:
        fetch(site, tmp_path, *arguments, **asked)
    return told.value


def raw(text: str, and_then=None):
    """A page that writes to the connection itself, and then goes on with it."""

    def page(handler: Handler) -> None:
        handler.wfile.write(text.encode())
        if and_then:
            and_then(handler)

    return page


def dripping(handler: Handler) -> None:
    """A byte every now and then, so that no silence is long."""
    try:
        for _ in range(200):
            time.sleep(0.02)
            handler.wfile.write(b"x")
    except OSError:
        pass


def test_an_answer_says_what_came_from_where(site, tmp_path):
    site.pages["/old"] = Reply(status=301, headers={"Location": "../new?a=b"})
    site.pages["/new"] = Reply(
        "figures", headers={"ETag": '"7"', "Last-Modified": "Sun, 01 Mar 2026 01:00:00 GMT"}
    )
    answer = fetch(site, tmp_path, "/old")
    assert answer.via == (f"{site.address}/new?a=b",)
    assert (answer.status, answer.content_type, answer.bytes, answer.etag) == (200, "text/html", 7, '"7"')
    assert answer.last_modified == "Sun, 01 Mar 2026 01:00:00 GMT"
    assert (tmp_path / "got").read_bytes() == b"figures"
    assert "sluitend/" in site.headers[0]["User-Agent"]


def test_redirects_that_do_not_end_are_refused(site, tmp_path):
    site.pages["/"] = Reply(status=302, headers={"Location": "/"})
    error = refused(site, tmp_path)
    assert f"{site.address}/: status 302: redirects more than 5 times: '/'" in str(error)
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("to", "told"), [(None, "redirects to nowhere"), ("file:///etc/passwd", "only http and https")]
)
def test_a_redirect_to_what_is_no_page_is_refused(site, tmp_path, to, told):
    site.pages["/"] = Reply(status=302, headers={"Location": to})
    assert told in str(refused(site, tmp_path))


def test_an_answer_that_says_it_is_too_large_is_not_read(site, tmp_path):
    site.pages["/"] = Reply("x" * 1001)
    assert "is 1,001 bytes; at most 1,000 are fetched" in str(refused(site, tmp_path))
    assert not (tmp_path / "got").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_does_not_say_how_large_it_is_ends_at_the_limit(site, tmp_path, packed):
    body = b"x" * 10_000_000
    how = {"Content-Encoding": "gzip"} if packed else {"Content-Length": None, "Connection": "close"}
    site.pages["/"] = Reply(gzip.compress(body) if packed else body, headers=how)
    limits = Limits(bytes=100_000, tries=1)
    assert "is more bytes; at most 100,000 are fetched" in str(refused(site, tmp_path, "/", limits))
    assert (tmp_path / "got").stat().st_size <= 100_000


@pytest.mark.parametrize(
    "begin",
    [
        "",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
    ],
    ids=["status", "headers", "body", "body without length"],
)
def test_an_answer_that_drips_is_cut_at_its_time_wherever_it_drips(site, tmp_path, begin):
    site.pages["/"] = raw(begin, dripping)
    started = time.monotonic()
    error = refused(site, tmp_path, "/", Limits(seconds=0.2, silence=5, tries=1))
    assert "took longer than 0.2 seconds" in str(error)
    assert time.monotonic() - started < 1.5


def test_a_server_that_says_nothing_is_given_up(site, tmp_path):
    site.pages["/"] = raw("", lambda handler: time.sleep(0.5))
    assert "did not answer in time" in str(refused(site, tmp_path, "/", Limits(silence=0.1, tries=1)))


def test_an_answer_that_breaks_off_is_asked_again_and_is_whole_then(site, tmp_path):
    whole = iter([False, True])
    short = raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\nfig")
    site.pages["/"] = lambda handler: Reply("figures") if next(whole) else short(handler)
    assert fetch(site, tmp_path).bytes == 7
    assert len(site.asked) == 2


def test_an_answer_that_keeps_breaking_off_is_refused(site, tmp_path):
    site.pages["/"] = raw("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nfig")
    assert "the connection failed" in str(refused(site, tmp_path))
    assert len(site.asked) == LIMITS.tries


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_is_busy_is_asked_again(site, tmp_path, status):
    replies = iter([Reply(status=status, headers={"Retry-After": "0"}), Reply("figures")])
    site.pages["/"] = lambda handler: next(replies)
    assert fetch(site, tmp_path).bytes == 7


def test_it_waits_as_long_as_the_server_asks(site, tmp_path):
    replies = iter([Reply(status=503, headers={"Retry-After": "1"}), Reply("figures")])
    site.pages["/"] = lambda handler: next(replies)
    started = time.monotonic()
    assert fetch(site, tmp_path).bytes == 7
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 501])
def test_what_will_not_pass_is_asked_once_and_told_with_what_the_server_said(site, tmp_path, status):
    body = "" if status == 204 else "<html><style>p {}</style><p>Pagina\n niet <b>gevonden</b></p>"
    site.pages["/"] = Reply(body, status)
    error = refused(site, tmp_path)
    assert (error.status, error.address) == (status, f"{site.address}/")
    assert status == 204 or "'Pagina niet gevonden'" in str(error)
    assert len(site.asked) == 1


def test_nobody_there_is_told_in_words(site, tmp_path):
    site.address = "http://127.0.0.1:9"
    error = refused(site, tmp_path)
    assert str(error) == "http://127.0.0.1:9/: the connection failed: Connection refused"
    assert error.may_pass


def test_a_content_type_that_is_not_welcome_is_refused(site, tmp_path):
    site.pages["/"] = Reply(b"\x89PNG", content_type="image/png; q=1")
    assert "status 200: is image/png, which is no document to read" in str(
        refused(site, tmp_path, "/", welcome=["text/html"])
    )


def test_an_empty_answer_is_none(site, tmp_path):
    site.pages["/"] = Reply("")
    assert "status 200: is empty" in str(refused(site, tmp_path))


def test_an_address_with_accents_is_asked_for_escaped(site, tmp_path):
    site.pages["/begroting/financi%C3%ABn.html"] = Reply("figures")
    assert fetch(site, tmp_path, "/begroting/financiën.html").bytes == 7


def test_connections_to_the_same_host_are_kept_and_no_proxy_is_used(site, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    site.pages["/"] = lambda handler: Reply(str(handler.client_address[1]))
    with Client(LIMITS, ["127.0.0.1"]) as client:
        ports = [
            client.fetch(f"{site.address}/", tmp_path / "got", then=lambda answer: answer.path.read_text())
            for _ in range(3)
        ]
    assert len(set(ports)) == 1
