"""What learners put into the exchange, where every account may write anything."""

import datetime
import shutil
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import parse_utc

SLACK = datetime.timedelta(minutes=10)  # clocks differ, and copying takes a while


def collect(book, name):
    """Copy the newest work of each learner; yield what an instructor should know of some."""
    inbound = Path(book.config.Exchange.root, book.config.CourseDirectory.course_id, "inbound")
    for student, own, time, folder in newest(inbound, name):
        # One by one: a submission that cannot be copied does not hold up the next.
        try:
            new = _take(book, name, student, time, folder)
        except (OSError, RuntimeError) as error:
            yield f"{student}: could not be collected. {error}"
            continue
        if not own:
            yield f"{student}: what is collected in this name belongs to another account."
        elif new and (later := _changed_after(folder, time)):
            yield f"{student}: says {time:%F %T}, but what is in the exchange is of {later:%F %T}."


def _take(book, name, student, time, folder):
    """Copy a folder, if it is not there yet; what was collected before goes to "earlier"."""
    target = book.place("submitted", name, student)
    before = book.api.coursedir.get_existing_timestamp(target)
    if before == time:
        return False
    _refuse_links(folder)
    if target.exists():
        word = f"{before:%Y-%m-%dT%H%M%S}" if before else "of_unknown_time"
        earlier = book.place("earlier", name, student) / word
        shutil.copytree(target, earlier, dirs_exist_ok=True)
        shutil.rmtree(target)
    ExchangeCollect(coursedir=book.api.coursedir, parent=book.api).do_copy(folder, target)
    (target / "timestamp.txt").write_text(f"{time} UTC")  # what the learner wrote may differ
    return True


def newest(inbound, name):
    """For each learner: the name, whether it is the owner's, the time, the newest folder.

    A folder that the learner's own account made goes before any that another made in that name.
    """
    found = {}
    for folder in inbound.glob(f"*+{name}+*"):
        student, middle, word, *_ = folder.name.rsplit("+", 3)
        try:
            one = _owner(folder) == student, parse_utc(word), folder
        except (ValueError, OverflowError):
            continue
        if student and middle == name:
            found[student] = max(one, found.get(student, one))
    return [(student, *found[student]) for student in sorted(found)]


def _refuse_links(folder):
    """Raise OSError where copying would follow a link, to what only the instructor may read."""
    for file in [folder, *folder.rglob("*")]:
        if file.is_symlink():
            raise OSError(f"{file.name} is a link to another place.")


def _changed_after(folder, time):
    """When a folder last changed, if that is well after the time it names; else None."""
    changed = datetime.datetime.fromtimestamp(folder.stat().st_ctime, datetime.UTC)
    changed = changed.replace(tzinfo=None)  # as nbgrader counts: in UTC, without saying so
    return changed if changed - time > SLACK else None


def _owner(folder):
    try:
        return folder.owner()
    except (KeyError, OSError, NotImplementedError):  # an account that is gone; Windows
        return None
