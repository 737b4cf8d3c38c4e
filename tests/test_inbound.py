"""The exchange of a class: whose folder counts, and what is not copied from it."""

import datetime
import os
import shutil
import time
from pathlib import Path

import pytest
from course import Course
from inbound import newest

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader and its packages warn of one another

ROOT = Path(__file__).resolve().parent.parent
NAME = "gradient_checking"
HOURS = datetime.timedelta(hours=3)


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path / "exchange"))
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return Course(tmp_path)


def now():
    return datetime.datetime.now(datetime.UTC)


def hand_in(course, student, when=None, text="{}"):
    """A folder as make submit leaves it, or anyone who writes into the exchange by hand."""
    when = now() if when is None else when
    word = when if isinstance(when, str) else f"{when:%Y-%m-%dT%H%M%S.%fZ}"
    inbound = Path(course.config.Exchange.root, course.config.CourseDirectory.course_id, "inbound")
    folder = inbound / f"{student}+{NAME}+{word}+abc"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text(text)
    (folder / "timestamp.txt").write_text("yesterday, I promise")
    return folder


def test_links_are_not_followed_to_what_only_the_instructor_may_read(course):
    secret = course.root / "id_rsa"
    secret.write_text("secret")
    (hand_in(course, "eve") / "data.csv").symlink_to(secret)
    ours = hand_in(course, "mallory")
    ours.rename(course.root / "elsewhere")
    ours.symlink_to(course.root / "elsewhere")
    hand_in(course, "zoe")
    said = [*course.collect(NAME)]
    assert "eve: could not be collected. data.csv is a link to another place." in said
    assert f"mallory: could not be collected. {ours.name} is a link to another place." in said
    assert said[-1] == "Collected: 1 (zoe)"


def test_work_in_anothers_name_does_not_take_the_place_of_ones_own(course, monkeypatch):
    folder = hand_in(course, "ada")
    forged = hand_in(course, "ada", now() + HOURS)
    monkeypatch.setattr("inbound._owner", lambda path: "eve" if path == forged else "ada")
    assert [(student, own, path) for student, own, _, path in newest(folder.parent, NAME)] == [
        ("ada", True, folder)
    ]


def test_ones_own_work_replaces_what_another_put_there_first(course, monkeypatch):
    monkeypatch.setattr("inbound._owner", lambda path: ("ada", "eve")[path == forged])
    forged = hand_in(course, "ada", now() + HOURS, "forged")
    said, _ = course.collect(NAME)
    assert said == "ada: what is collected in this name belongs to another account."
    hand_in(course, "ada", text="mine")
    assert [*course.collect(NAME)] == ["Collected: 1 (ada)"]
    assert (course.place("submitted", NAME, "ada") / f"{NAME}.ipynb").read_text() == "mine"


def test_a_name_without_a_time_stops_nobody(course):
    for word in ("", "soon", "9" * 30):
        hand_in(course, "eve", word)
    hand_in(course, "")
    hand_in(course, "zoe")
    assert [*course.collect(NAME)][-1] == "Collected: 1 (zoe)"
    assert [*course.collect(NAME)][-1] == "Collected: 1 (zoe)"


def test_the_time_is_that_of_the_folder_and_a_false_one_is_named(course, monkeypatch):
    monkeypatch.setattr("inbound._owner", lambda path: path.name.split("+")[0])
    hand_in(course, "ada")
    early = now() - HOURS
    hand_in(course, "eve", early)
    said = [*course.collect(NAME)]
    assert len(said) == 2 and said[0].startswith(f"eve: says {early:%F %T}, but")
    for student in ("ada", "eve"):
        assert course.place("submitted", NAME, student).joinpath("timestamp.txt").read_text() != (
            "yesterday, I promise"
        )
    assert [*course.collect(NAME)] == said[1:]  # said once, where it is taken


def test_a_link_in_anothers_name_does_not_take_the_place_of_ones_own(course, monkeypatch):
    monkeypatch.setattr("inbound._owner", lambda path: "ada")  # a link has the owner of its aim
    mine = hand_in(course, "ada", text="mine")
    word = f"{now() + HOURS:%Y-%m-%dT%H%M%S.%fZ}"
    later = mine.parent / f"ada+{NAME}+{word}+xyz"
    later.symlink_to(mine)
    assert [*course.collect(NAME)] == ["Collected: 1 (ada)"]
    assert (course.place("submitted", NAME, "ada") / f"{NAME}.ipynb").read_text() == "mine"


def test_what_cannot_be_copied_whole_leaves_what_was_there_before(course, monkeypatch):
    monkeypatch.setattr("inbound._owner", lambda path: path.name.split("+")[0])
    hand_in(course, "ada", text="first")
    list(course.collect(NAME))
    broken = hand_in(course, "ada", text="second")
    os.mkfifo(broken / "zzz")
    hand_in(course, "zoe")
    for _ in range(2):
        said = [*course.collect(NAME)]
        assert said == ["ada: could not be collected. zzz is no file.", "Collected: 2 (ada, zoe)"]
        assert (course.place("submitted", NAME, "ada") / f"{NAME}.ipynb").read_text() == "first"


def test_work_that_changed_long_after_its_time_is_named(course, monkeypatch):
    monkeypatch.setattr("inbound._owner", lambda path: "ada")
    monkeypatch.setattr("inbound.SLACK", datetime.timedelta(seconds=0.05))
    folder = hand_in(course, "ada")
    time.sleep(0.1)
    (folder / f"{NAME}.ipynb").write_text("after the deadline")  # which leaves the folder as it was
    said, _ = course.collect(NAME)
    assert said.startswith("ada: says ")


@pytest.mark.parametrize("account", ["..", "*", "ada\n", "", ".hidden", "ada bob"])
def test_names_that_no_account_has_are_passed_over(course, account):
    hand_in(course, account)
    hand_in(course, "zoe")
    assert [*course.collect(NAME)][-1] == "Collected: 1 (zoe)"
