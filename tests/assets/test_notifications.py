"""The operator hears only what needs a person, once, through whatever address is configured."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dagster_project.assets import conduct, summary
from dagster_project.assets.conduct import conclude, not_begun
from dagster_project.assets.notify import messages, send
from dagster_project.assets.summary import FAILED, PUBLISHED, UNCHANGED, NewsItem, RunSummary
from dagster_project.reports.counts import Counts
from dagster_project.settings import load

COUNTS = Counts(
    documents=5,
    tables=12,
    asked=0,
    levels={"proved": 540, "implied": 0, "locatable": 0, "unverifiable": 112},
    proved_also={"implied": 530, "locatable": 414},
    unproved={"in_no_sum": 112, "in_unjudged_sum": 0, "in_unsolved_set": 0, "in_infeasible_set": 0},
    verdicts={"exact": 366, "rounding": 37, "break": 0, "not_judged": 0},
    doubtful=0,
    sets={"feasible": 17, "infeasible": 0, "unsolved": 0},
    causes={"fout_in_het_stuk": 3, "onzeker_gelezen": 4, "niet_gecontroleerd": 4},
    differ_from_iv3=0,
    beside_iv3=1,
    text_only=0,
    missing=0,
    contradictions=3,
    unnamed=3,
    impossible=0,
    causes_accepted=0,
    changes={"nieuw": 0, "gewijzigd": 0, "ongewijzigd": 11, "opgelost": 0, "verdwenen": 0},
    findings={"hoog": 0, "middel": 2, "laag": 9},
    accepted=0,
    rejects=0,
    questions=1,
    expectations={"passed": 114},
)
GOOD = RunSummary(
    "000002-x", PUBLISHED, 0, "2026-03-02T01:00:00Z", "2026-03-02T01:00:30Z", 30.0, COUNTS, "f", "r"
)
BAD = replace(GOOD, status=FAILED, exit_status=1, counts=None, errors=("dbt: a test failed",))
LARGE = NewsItem("f1", "leiden-begroting", "a total is 90,000 too high", 90_000_000.0, "Leiden")
REJECTED = NewsItem("hengelo abc", "hengelo", "document.yml lacks jaar")


def kinds(now: RunSummary, *before: RunSummary) -> list[str]:
    return [m.kind for m in messages(now, list(before))]


def test_a_night_like_any_other_is_not_told():
    assert kinds(GOOD, GOOD) == []
    assert kinds(GOOD) == []
    assert kinds(replace(GOOD, status=UNCHANGED), GOOD) == []


def test_a_kind_of_source_of_which_nothing_is_left_is_told_though_a_person_confirmed_it():
    (message,) = messages(replace(GOOD, gone=("nothing is left of Iv3",)), [GOOD])
    assert message.kind == "warning" and "nothing is left of Iv3" in message.body


def test_a_failure_that_goes_on_is_told_again_only_when_its_reason_changes():
    assert kinds(BAD, BAD) == []
    assert kinds(replace(BAD, errors=("the disk is full",)), BAD) == ["failure"]
    assert kinds(BAD, GOOD, BAD) == ["failure"]
    once, again = (
        f"{run} is complete, by process {run[-2]}"
        for run in ("000007-20260301T010000Z", "000008-20260302T010011Z")
    )
    assert kinds(replace(BAD, errors=(again,)), replace(BAD, errors=(once,))) == []


def test_a_message_speaks_the_language_of_the_locale_as_a_whole(monkeypatch):
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    not_begun = replace(BAD, run_id="not begun", exit_status=2, errors=("geen map",), chain="abc")
    mended = replace(GOOD, mended=("weg",), gone=("niets over",), rejected_documents=(REJECTED, LARGE))
    told = [m for now in (BAD, not_begun, replace(mended, large_causes=(LARGE,))) for m in messages(now, [])]
    assert [message.title for message in told] == [
        "Sluitend: 000002-x publiceerde niets",
        "Sluitend: een verversing kon niet beginnen",
        "Sluitend: wat live was, was niet wat gepubliceerd is",
        "Sluitend: een hele soort bronnen is verdwenen",
        "Sluitend: hengelo en nog 1, EUR 90.000.000: 2 documenten geweigerd",
        "Sluitend: Leiden, EUR 90.000.000: 1 nieuwe of gewijzigde oorzaak",
    ]
    assert told[1].body.endswith("Hash van de keten: abc")


def test_a_failure_is_told_with_its_reason():
    (message,) = messages(BAD, [GOOD])
    assert message.kind == "failure" and "a test failed" in message.body


def test_a_published_file_that_was_altered_is_told_each_night_on_which_it_is_found():
    mended = replace(GOOD, exit_status=3, mended=("sluitend.duckdb was gone: put back from x",))
    (message,) = messages(mended, [GOOD])
    assert message.kind == "warning" and "was gone" in message.body
    assert any("mended" in line and "was gone" in line for line in mended.lines())


def test_the_first_success_after_a_failure_is_told_and_the_second_is_not():
    assert kinds(GOOD, BAD, GOOD) == ["success"]
    assert kinds(GOOD, GOOD, BAD) == []
    assert kinds(replace(GOOD, status=UNCHANGED), BAD) == ["success"]


def test_what_a_run_told_that_counted_otherwise_than_now_is_not_told_again(tmp_path):
    settings = load({}, raw=str(tmp_path / "raw"), home=str(tmp_path / "home"))
    kept = summary.write(settings, replace(GOOD, large_causes=(LARGE,)))
    told = json.loads(kept.read_text(encoding="utf-8"))
    del told["counts"]["unproved"]
    kept.write_text(json.dumps(told), encoding="utf-8")
    (earlier,) = summary.before(settings, replace(GOOD, started_at="2026-03-03T01:00:00Z", run_id="000003-x"))
    assert earlier.counts is None and earlier.large_causes == (LARGE,)


def test_a_rejected_document_is_told_once():
    with_reject = replace(GOOD, rejected_documents=(REJECTED,))
    (message,) = messages(with_reject, [GOOD])
    assert message.kind == "warning" and message.body == "* hengelo: document.yml lacks jaar (hengelo)"
    assert message.title == "Sluitend: hengelo: 1 document rejected"
    assert kinds(with_reject, with_reject) == []
    assert kinds(with_reject, BAD, with_reject) == ["success"], (
        "a failed night in between does not make it new"
    )


def test_a_document_that_is_rejected_for_other_contents_is_told_again():
    changed = replace(REJECTED, key="hengelo def")
    assert kinds(
        replace(GOOD, rejected_documents=(changed,)), replace(GOOD, rejected_documents=(REJECTED,))
    ) == ["warning"]


def test_a_new_large_cause_is_told_with_its_municipality_and_its_euros_first():
    with_cause = replace(GOOD, large_causes=(LARGE,))
    (message,) = messages(with_cause, [GOOD])
    assert message.title == "Sluitend: Leiden, EUR 90,000,000: 1 new or changed cause"
    assert message.body == "* Leiden, EUR 90,000,000: a total is 90,000 too high (leiden-begroting)"
    assert kinds(with_cause, with_cause) == []
    other = replace(LARGE, key="f2", gemeente="Hengelo", amount_eur=-1_000_000.0)
    (message,) = messages(replace(GOOD, large_causes=(LARGE, other)), [with_cause])
    assert message.title.startswith("Sluitend: Hengelo, EUR 1,000,000"), "what was told is not told again"
    (message,) = messages(replace(GOOD, large_causes=(LARGE, other)), [GOOD])
    assert message.title == "Sluitend: Leiden and 1 more, EUR 91,000,000: 2 new or changed causes"


def test_a_thousand_causes_make_one_readable_message():
    many = tuple(replace(LARGE, key=str(n)) for n in range(1000))
    (message,) = messages(replace(GOOD, large_causes=many), [GOOD])
    assert "and 980 more" in message.body and len(message.body) < 4000


@pytest.fixture
def channel() -> Iterator[tuple[str, list[dict]]]:
    """An address that Apprise can send to on this machine, and what arrived there."""
    arrived: list[dict] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            arrived.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}", arrived
    server.shutdown()


def test_a_message_arrives(channel):
    address, arrived = channel
    assert send([address], messages(BAD, [])) == []
    assert [a["type"] for a in arrived] == ["failure"]
    assert "published nothing" in arrived[0]["title"] and "a test failed" in arrived[0]["message"]


def test_an_address_that_does_not_answer_is_a_warning_that_does_not_show_its_password():
    (problem,) = send(["json://user:geheim@127.0.0.1:1"], messages(BAD, []))
    assert "could not be delivered" in problem and "geheim" not in problem


def test_an_address_that_nobody_knows_is_a_warning_and_the_others_are_told(channel):
    address, arrived = channel
    problems = send(["postduif://dak", address], messages(BAD, []))
    assert len(problems) == 1 and len(arrived) == 1


def test_a_run_is_summed_up_and_told_however_it_ended(channel, tmp_path):
    address, arrived = channel
    settings = load(environ={"SLUITEND_NOTIFY": address}, home=str(tmp_path / "home"))
    said: list[str] = []
    conclude(settings, replace(BAD, started_at="2026-03-01T01:00:00Z"), said.append)
    conclude(settings, GOOD, said.append)
    conclude(settings, replace(GOOD, started_at="2026-03-03T01:00:00Z"), said.append)
    assert [a["type"] for a in arrived] == ["failure", "success"]
    assert len(list(settings.runs.glob("*.json"))) == len(list(settings.runs.glob("*.txt"))) == 3
    assert summary.latest(settings).started_at == "2026-03-03T01:00:00Z"


def test_a_refresh_that_could_not_begin_is_told(channel, tmp_path):
    address, arrived = channel
    settings = load(environ={"SLUITEND_NOTIFY": address}, home=str(tmp_path / "home"))
    conclude(settings, not_begun(settings, "raw/: there is no such folder"), lambda line: None)
    assert "no such folder" in arrived[0]["message"]


def test_a_summary_that_cannot_be_kept_is_a_warning(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    settings = load(environ={}, home=str(tmp_path / "home"))
    ended = conclude(settings, GOOD, lambda line: None)
    assert any("could not be kept" in warning for warning in ended.warnings)


def test_that_an_earlier_file_stands_in_is_told_where_nothing_could_be_published(tmp_path, monkeypatch):
    settings = load({}, raw=tmp_path / "raw", home=tmp_path / "home")
    monkeypatch.setattr(conduct, "put_sound_file_back", lambda *_: "an earlier file stands in")
    with conduct.conducting(settings, lambda line: None) as refresh:
        object.__setattr__(refresh, "run", replace(refresh.run, mended=("the live file was altered",)))
        refresh.troubles["dbt"] = "a model failed"
    assert refresh.notes.ended is not None
    assert refresh.notes.ended.status == FAILED
    assert set(refresh.notes.ended.errors) == {"a model failed", "an earlier file stands in"}
