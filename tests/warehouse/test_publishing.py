"""One rename makes a file live; what cannot be finished is told and leaves nothing half."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import stat
from dataclasses import replace
from datetime import datetime, timedelta

import duckdb
import pytest
from warehouse.small import put, refresh, settings_in

from dagster_project.bench.publishing import leftovers
from dagster_project.settings import NotPublished, Unusable, load
from dagster_project.warehouse import manifest, snapshots
from dagster_project.warehouse.mend import put_sound_file_back
from dagster_project.warehouse.rollback import rollback
from dagster_project.warehouse.run import Busy, exclusive, refreshing
from dagster_project.warehouse.settle import settle
from dagster_project.warehouse.verify import verify


@pytest.fixture
def settings(tmp_path):
    made = settings_in(tmp_path, keep=10)
    put(made.raw, "a")
    return made


def published_run(settings) -> str:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return connection.execute("select run_id from meta.run").fetchone()[0]


def change_and_refresh(settings, amount: int):
    put(settings.raw, "a", f"Jeugd;2018;{amount}")
    return refresh(settings)


# --- the file ----------------------------------------------------------------------------------------


def test_the_published_file_knows_itself(settings):
    entry = refresh(settings)
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        run_id, started, finished, inputs = connection.execute(
            "select run_id, started_at, finished_at, inputs from meta.run"
        ).fetchone()
    assert run_id == entry.run_id and started <= finished
    assert '"sha256"' in inputs and '"bytes"' in inputs


def test_the_published_file_stands_alone_and_may_not_be_written(settings):
    entry = refresh(settings)
    path = settings.snapshots / entry.file
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert not list(settings.home.rglob("*.wal"))
    copy = shutil.copy(path, settings.home / "elsewhere.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert connection.execute("select count(*) from landing.cells").fetchone() == (1,)


def test_who_has_the_old_file_open_keeps_it_and_who_connects_next_gets_the_new(settings):
    first = refresh(settings)
    with duckdb.connect(str(settings.published), read_only=True) as early:
        second = change_and_refresh(settings, 200)
        assert early.execute("select run_id from meta.run").fetchone()[0] == first.run_id
        assert early.execute("select value from landing.cells").fetchone()[0] == 100
        assert published_run(settings) == second.run_id


@pytest.mark.parametrize("hard_links", [True, False])
def test_where_links_cannot_be_made_the_file_itself_is_put_in_place(settings, monkeypatch, hard_links):
    def refused(*arguments, **named):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.symlink_to", refused)
    if not hard_links:
        monkeypatch.setattr(os, "link", refused)
    first = refresh(settings)
    second = change_and_refresh(settings, 200)
    assert not settings.published.is_symlink()
    assert published_run(settings) == second.run_id
    rollback(settings)
    assert published_run(settings) == first.run_id
    assert leftovers(settings) == []


# --- what stays and what goes ------------------------------------------------------------------------


def test_the_last_n_files_stay_and_what_goes_is_written_down(tmp_path):
    settings = settings_in(tmp_path, keep=2)
    put(settings.raw, "a")
    (settings.reports / "000001-20260101T000000Z").mkdir(parents=True)
    for amount in range(4):
        change_and_refresh(settings, amount)
    assert len(list(settings.snapshots.glob("*.duckdb"))) == 2
    assert not list(settings.reports.iterdir())
    assert verify(settings)[1] == []


def test_files_older_than_so_many_days_go_but_never_the_newest_and_the_one_before(tmp_path):
    settings = settings_in(tmp_path, keep_days=5)
    put(settings.raw, "a")
    day = datetime(2026, 3, 1)
    for number in range(4):
        put(settings.raw, "a", f"Jeugd;2018;{number}")
        refresh(settings, clock=lambda n=number: day + timedelta(days=20 * n))
    kept = [e.facts["started_at"][:10] for e in manifest.kept(manifest.read(settings))]
    assert kept == ["2026-04-10", "2026-04-30"]


def test_the_live_file_stays_however_old_it_is(tmp_path):
    settings = settings_in(tmp_path, keep=1)
    put(settings.raw, "a")
    first = refresh(settings)
    change_and_refresh(settings, 2)
    rollback(settings)
    snapshots.retain(settings, datetime(2030, 1, 1))
    assert published_run(settings) == first.run_id


def test_a_rollback_is_atomic_recorded_and_shows_the_reports_of_that_run(settings):
    first = refresh(settings)
    second = change_and_refresh(settings, 200)
    for entry in (first, second):
        (settings.reports / entry.run_id).mkdir(parents=True)
    entry = rollback(settings)
    assert published_run(settings) == first.run_id
    assert (entry.kind, entry.facts["replaced"]) == ("rollback", second.run_id)
    assert (settings.reports / "latest").resolve().name == first.run_id
    rollback(settings, second.run_id)
    assert published_run(settings) == second.run_id
    assert verify(settings)[1] == []


def test_a_rollback_to_what_is_not_there_is_refused(settings):
    with pytest.raises(Unusable, match="nothing was published"):
        rollback(settings)
    first = refresh(settings)
    with pytest.raises(Unusable, match="there is none before it"):
        rollback(settings)
    with pytest.raises(Unusable, match="no published file of that number"):
        rollback(settings, "77")
    change_and_refresh(settings, 200)
    with pytest.raises(Unusable, match="is live already"):
        rollback(settings, "2")
    alter(settings.snapshots / first.file)
    with pytest.raises(Unusable, match="was altered"):
        rollback(settings)


# --- the chain ---------------------------------------------------------------------------------------


def alter(path, position: int = 5000) -> None:
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)
    path.chmod(0o444)


def test_everyone_may_read_what_is_published_and_the_chain_whatever_the_umask(settings):
    before = os.umask(0o077)
    try:
        refresh(settings)
    finally:
        os.umask(before)
    kept = [settings.home, settings.snapshots, settings.published, *settings.snapshots.iterdir()]
    assert [path for path in kept if not path.stat().st_mode & 0o004] == []


def test_verify_finds_nothing_where_nothing_was_altered(settings):
    refresh(settings)
    change_and_refresh(settings, 200)
    assert verify(settings)[1] == []


def test_verify_names_a_file_of_which_one_byte_was_altered(settings):
    first = refresh(settings)
    change_and_refresh(settings, 200)
    alter(settings.snapshots / first.file)
    problems = verify(settings)[1]
    assert len(problems) == 1 and problems[0].startswith(f"{first.file}: was altered")


def test_verify_names_a_missing_a_foreign_and_a_swapped_file(settings):
    first = refresh(settings)
    second = change_and_refresh(settings, 200)
    (settings.snapshots / "foreign.duckdb").write_bytes(b"x")
    (settings.snapshots / first.file).unlink()
    settings.published.unlink()
    settings.published.symlink_to("snapshots/foreign.duckdb")
    told = "\n".join(verify(settings)[1])
    assert f"{first.file}: is missing" in told
    assert "foreign.duckdb: stands among" in told
    assert f"sluitend.duckdb: is not {second.file}" in told


@pytest.mark.parametrize(
    ("old", "new"), [('"kind": "publish"', '"kind": "rollback"'), ('"no": 2', '"no": 3'), ("}\n{", "}\n")]
)
def test_verify_names_the_line_of_the_manifest_that_was_altered(settings, old, new):
    refresh(settings)
    change_and_refresh(settings, 200)
    change_and_refresh(settings, 300)
    text = settings.manifest.read_text()
    assert old in text
    settings.manifest.write_text(text.replace(old, new, 1))
    assert "manifest.jsonl line" in verify(settings)[1][0]
    with pytest.raises(Unusable, match=r"manifest.jsonl line"):
        change_and_refresh(settings, 400)


def test_verify_sees_that_a_line_was_taken_out_of_the_chain(settings):
    for amount in (1, 2, 3):
        change_and_refresh(settings, amount)
    lines = settings.manifest.read_text().splitlines(keepends=True)
    settings.manifest.write_text(lines[0] + lines[2])
    assert "line 2: the chain is broken" in verify(settings)[1][0]


def test_a_whole_new_chain_does_not_contain_the_hash_that_was_noted(settings):
    noted = refresh(settings).hash
    assert verify(settings, noted)[1] == []
    shutil.rmtree(settings.home)
    refresh(settings, clock=lambda: datetime(2030, 1, 1))
    assert "does not contain" in verify(settings, noted)[1][0]


def key_pair(folder) -> tuple:
    from cryptography.hazmat.primitives import serialization as pem
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private, public = folder / "sign.pem", folder / "sign.pub"
    private.write_bytes(key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, pem.NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_a_signed_chain_is_told_from_one_that_someone_else_made(settings, tmp_path):
    (tmp_path / "other").mkdir()
    (private, public), (_, other) = key_pair(tmp_path), key_pair(tmp_path / "other")
    signing = replace(settings, sign_key=private)
    refresh(signing)
    second = change_and_refresh(signing, 200)
    rollback(signing)
    assert verify(signing, key=public)[1] == []
    assert "signed with another key" in verify(signing, key=other)[1][0]
    refresh(settings)
    assert second.no == 2 and "is not signed" in verify(settings, key=public)[1][0]


def test_a_key_that_cannot_be_used_stops_before_anything_is_begun(settings, tmp_path):
    (tmp_path / "no.pem").write_text("no key")
    with pytest.raises(Unusable, match="SLUITEND_SIGN_KEY"):
        refresh(replace(settings, sign_key=tmp_path / "no.pem"))
    assert not settings.manifest.exists()
    with pytest.raises(Unusable, match="inside what it signs"):
        load({"SLUITEND_SIGN_KEY": str(settings.home / "sign.pem")}, home=settings.home)


def test_verify_names_a_report_that_does_not_tell_of_its_file(settings):
    entry = refresh(settings)
    page = settings.reports / entry.run_id / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"file {entry.sha256}")
    assert verify(settings)[1] == []
    page.write_text("file 00")
    assert "does not name the hash" in verify(settings)[1][0]


def test_an_altered_file_is_not_built_upon(settings):
    put(settings.raw, "b")
    entry = refresh(settings)
    path = settings.snapshots / entry.file
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update landing.cells set value = 666")
    with refreshing(settings) as run:
        assert run.previous is None and entry.file in run.warnings[0]
    change_and_refresh(settings, 200)
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        assert connection.execute("select value from landing.cells order by 1").fetchall() == [(100,), (200,)]


def test_a_lost_manifest_removes_nothing_and_publishes_nothing_until_a_person_settles_it(settings):
    entries = [change_and_refresh(settings, amount) for amount in range(3)]
    for entry in entries:
        (settings.reports / entry.run_id).mkdir(parents=True)
    before = {p.name for p in settings.snapshots.iterdir()} - {"manifest.jsonl"}
    settings.manifest.unlink()
    found = verify(settings)[1]
    assert found and all("manifest.jsonl was lost" in problem for problem in found)
    with pytest.raises(Unusable, match="was lost: no line of it names sluitend_000001"):
        change_and_refresh(settings, 200)
    assert {p.name for p in settings.snapshots.iterdir()} == before
    told = settle(settings, "A. Beheerder", "de schijf was vol")
    assert [f"adopted {e.file} as entry {e.no}" for e in entries] == list(told)
    assert verify(settings)[1] == []
    assert published_run(settings) == entries[-1].run_id
    after = change_and_refresh(settings, 200)
    assert [e.no for e in manifest.kept(manifest.read(settings))] == [1, 2, 3, 5] and after.no == 5
    assert len([p for p in settings.reports.iterdir() if p.name != "latest"]) == 3
    chain = manifest.read(settings)
    assert [e.facts["who"] for e in chain if e.kind == manifest.SETTLED] == ["A. Beheerder"]


def test_verify_tells_that_latest_leads_to_other_pages_than_those_of_the_live_file(settings, tmp_path):
    first, second = (change_and_refresh(settings, amount) for amount in range(2))
    for entry in (first, second):
        (settings.reports / entry.run_id).mkdir(parents=True)
    latest = settings.reports / "latest"
    latest.symlink_to(second.run_id)
    assert verify(settings)[1] == []
    for elsewhere in (first.run_id, tmp_path, "nowhere"):
        latest.unlink()
        latest.symlink_to(elsewhere)
        (told,) = verify(settings)[1]
        assert told == f"reports/latest: does not lead to reports/{second.run_id}, of the file that is live"


def test_a_folder_in_the_place_of_the_manifest_is_told_and_settled_as_a_lost_one(settings):
    entry = change_and_refresh(settings, 1)
    settings.manifest.unlink()
    settings.manifest.mkdir()
    assert verify(settings)[1][0] == "manifest.jsonl cannot be read: Is a directory"
    with pytest.raises(
        Unusable, match=r"manifest.jsonl cannot be read: Is a directory\. Nothing is published"
    ):
        change_and_refresh(settings, 200)
    settle(settings, "A. Beheerder", "een map op die plaats")
    assert verify(settings)[1] == [] and published_run(settings) == entry.run_id


@pytest.mark.parametrize("lost", [1, 2])
def test_a_shortened_manifest_removes_nothing_and_settling_takes_the_newest_back(settings, lost):
    entries = [change_and_refresh(settings, amount) for amount in range(3)]
    lines = settings.manifest.read_text().splitlines(keepends=True)
    settings.manifest.write_text("".join(lines[:-lost]))
    before = {p.name for p in settings.snapshots.iterdir()}
    with pytest.raises(Unusable, match=r"manifest.jsonl was shortened"):
        change_and_refresh(settings, 200)
    assert {p.name for p in settings.snapshots.iterdir()} == before
    settle(settings, "A. Beheerder", "teruggezet uit een oude kopie")
    assert verify(settings)[1] == [] and published_run(settings) == entries[-1].run_id


def test_a_lost_line_about_a_rollback_is_noticed_though_every_file_is_named(settings):
    first = refresh(settings)
    change_and_refresh(settings, 200)
    rollback(settings)
    lines = settings.manifest.read_text().splitlines(keepends=True)
    settings.manifest.write_text("".join(lines[:-1]))
    with pytest.raises(Unusable, match="the entry that was carried out last"):
        change_and_refresh(settings, 300)
    settle(settings, "A. Beheerder", "regel kwijt")
    assert published_run(settings) == first.run_id and verify(settings)[1] == []


def test_a_lost_line_about_what_was_settled_is_noticed_after_the_live_file_was_put_back(settings):
    first = refresh(settings)
    change_and_refresh(settings, 200)
    alter(settings.snapshots / first.file)
    settle(settings, "A. Beheerder", "schijffout")
    settings.published.unlink()
    with refreshing(settings) as run:
        assert "put back" in run.mended[0]
    lines = settings.manifest.read_text().splitlines(keepends=True)
    settings.manifest.write_text("".join(lines[:-1]))
    with pytest.raises(Unusable, match="the entry that was carried out last"):
        change_and_refresh(settings, 300)


def test_an_altered_file_is_put_aside_in_the_name_of_a_person_and_verify_is_content_again(settings):
    first = refresh(settings)
    change_and_refresh(settings, 200)
    alter(settings.snapshots / first.file)
    assert verify(settings)[1]
    (told,) = settle(settings, "A. Beheerder", "schijffout")
    assert first.file in told and len(list((settings.home / "aside").iterdir())) == 1
    assert verify(settings)[1] == []
    with pytest.raises(Unusable, match="nothing is broken"):
        settle(settings, "A. Beheerder", "nog eens")


def test_settling_says_who_and_why(settings):
    refresh(settings)
    settings.manifest.unlink()
    with pytest.raises(Unusable, match="who decided and why"):
        settle(settings, "A. Beheerder", " ")


# --- what is live ------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", ["gone", "replaced", "led elsewhere"])
def test_a_live_file_that_is_gone_or_another_is_put_back_from_its_snapshot_and_told(settings, damage):
    first = refresh(settings)
    second = change_and_refresh(settings, 200)
    settings.published.unlink()
    if damage == "replaced":
        shutil.copy(settings.snapshots / first.file, settings.published)
    elif damage == "led elsewhere":
        settings.published.symlink_to(f"snapshots/{first.file}")
    with refreshing(settings) as run:
        (told,) = run.mended
        assert "sluitend.duckdb was" in told and f"put back from {second.file}" in told
        assert published_run(settings) == second.run_id
    with refreshing(settings) as run:
        assert run.mended == ()
    assert verify(settings)[1] == []


def test_a_live_file_of_which_the_snapshot_was_altered_is_built_anew_and_until_then_told(settings):
    refresh(settings)
    second = change_and_refresh(settings, 200)
    alter(settings.snapshots / second.file)
    with refreshing(settings) as run:
        assert run.mended == (
            f"{second.file}, which is live, was altered: nothing is taken from it, and it is built anew",
        )
        assert run.previous is None
    assert change_and_refresh(settings, 200).run_id == published_run(settings)
    with refreshing(settings) as run:
        assert run.mended == ()


def test_where_nothing_can_be_built_the_newest_sound_file_stands_in_for_an_altered_one(settings):
    first = refresh(settings)
    second = change_and_refresh(settings, 200)
    alter(settings.snapshots / second.file)
    with exclusive(settings, "refresh"):
        assert "stands in" in put_sound_file_back(settings, datetime(2026, 3, 1))
        assert put_sound_file_back(settings, datetime(2026, 3, 1)) is None
    assert published_run(settings) == first.run_id
    assert manifest.read(settings)[-1].facts["who"] == "sluitend refresh"


def test_a_snapshot_that_was_lost_is_put_back_from_the_live_file_where_that_is_a_copy(settings, monkeypatch):
    def refused(*arguments, **named):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.symlink_to", refused)
    monkeypatch.setattr(os, "link", refused)
    entry = refresh(settings)
    (settings.snapshots / entry.file).unlink()
    with refreshing(settings) as run:
        assert "put back from sluitend.duckdb" in run.mended[0]
    assert verify(settings)[1] == []


# --- bad nights --------------------------------------------------------------------------------------


def test_a_disk_that_is_full_is_told_and_leaves_the_old_file_and_nothing_else(settings, monkeypatch):
    first = refresh(settings)

    def full(path, content, mode=None):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(manifest, "write_whole", full)
    with pytest.raises(NotPublished, match="the disk is full"):
        change_and_refresh(settings, 200)
    monkeypatch.undo()
    assert published_run(settings) == first.run_id
    assert leftovers(settings) == []
    assert change_and_refresh(settings, 200).run_id == published_run(settings) != first.run_id


def _refresh_with_files_of_at_most(limit: int, home, amount: int, pipe) -> None:
    import resource
    import signal

    from dagster_project.settings import load

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    settings = load({}, raw=home.parent / "raw", home=home)
    try:
        change_and_refresh(settings, amount)
        pipe.send("published")
    except (NotPublished, duckdb.Error, OSError) as error:
        pipe.send(f"{type(error).__name__}: {error}")


@pytest.mark.parametrize("limit", [1, 4_000, 100_000])
def test_files_that_cannot_grow_at_any_point_leave_the_old_file_complete(settings, limit):
    first = refresh(settings)
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_refresh_with_files_of_at_most, args=(limit, settings.home, 200, there)
    )
    process.start()
    told = here.recv()
    process.join()
    assert told != "published"
    assert published_run(settings) == first.run_id
    assert change_and_refresh(settings, 300).run_id == published_run(settings)
    assert leftovers(settings) == []


def test_a_publication_that_failed_can_be_tried_again_in_the_same_run(settings, monkeypatch):
    from dagster_project.warehouse.build import build
    from dagster_project.warehouse.publish import publish

    def full(path, content, mode=None):
        raise OSError(28, "No space left on device", str(path))

    with refreshing(settings) as run:
        build(settings, run, ())
        monkeypatch.setattr(manifest, "write_whole", full)
        with pytest.raises(NotPublished):
            publish(settings, run, counts={}, verdicts={}, fingerprint=None)
        monkeypatch.undo()
        publish(settings, run, counts={}, verdicts={}, fingerprint=None)
    assert published_run(settings) == run.run_id
    assert leftovers(settings) == []


def test_a_build_that_is_still_open_elsewhere_is_not_published(settings):
    from dagster_project.warehouse.build import build
    from dagster_project.warehouse.publish import publish

    with refreshing(settings) as run:
        build(settings, run, ())
        with duckdb.connect(str(run.build)) as elsewhere:
            elsewhere.execute("set wal_autocheckpoint = '1GB'")
            reader = elsewhere.cursor()
            reader.execute("begin")
            reader.execute("select count(*) from meta.run").fetchall()
            elsewhere.execute("create table late as select 1 as x")
            with pytest.raises(NotPublished):
                publish(settings, run, counts={}, verdicts={}, fingerprint=None)
    assert not settings.published.exists()
    assert not list(settings.snapshots.iterdir())


def test_two_refreshes_at_once_are_told_apart_and_the_second_begins_nothing(settings):
    refresh(settings)
    with exclusive(settings, "refresh"):
        before = sorted(p.name for p in settings.snapshots.iterdir())
        with pytest.raises(Busy, match=f"another refresh is running .process {os.getpid()}"):
            change_and_refresh(settings, 200)
        assert sorted(p.name for p in settings.snapshots.iterdir()) == before
    change_and_refresh(settings, 200)


def test_the_order_of_runs_does_not_depend_on_the_clock(settings):
    day = datetime(2026, 3, 1)
    for number in range(4):
        put(settings.raw, "a", f"Jeugd;2018;{number}")
        refresh(settings, clock=lambda n=number: day - timedelta(days=n))
    entries = manifest.read(settings)
    assert [e.no for e in entries] == [1, 2, 3, 4]
    assert sorted(e.run_id for e in entries) == [e.run_id for e in entries]
    assert published_run(settings) == entries[-1].run_id
    assert verify(settings)[1] == []


@pytest.mark.parametrize("moment", ["after the copy", "after the file", "after the announcement"])
def test_a_run_that_ends_at_any_point_is_completed_or_cleaned_up_by_the_next(settings, monkeypatch, moment):
    class Killed(BaseException):
        pass

    def killed(*arguments, **named):
        raise Killed

    first = refresh(settings)
    place = {
        "after the copy": ("dagster_project.warehouse.publish._seal", killed),
        "after the file": ("dagster_project.warehouse.snapshots.prepare", killed),
        "after the announcement": ("dagster_project.warehouse.snapshots.go_live", killed),
    }[moment]
    monkeypatch.setattr(*place)
    with pytest.raises(Killed):
        change_and_refresh(settings, 200)
    monkeypatch.undo()
    assert published_run(settings) == first.run_id
    with exclusive(settings, "test"):
        done = snapshots.recover(settings)
    assert len(done) == 1
    is_announced = moment == "after the announcement"
    assert (published_run(settings) != first.run_id) == is_announced
    assert leftovers(settings) == []
    assert change_and_refresh(settings, 300).run_id == published_run(settings)
