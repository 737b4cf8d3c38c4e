"""What learners put into the exchange, where every account may write anything."""

import datetime
import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

ACCOUNT = re.compile(r"[\w@][\w.@+\\-]*")  # no "..", "*", or signs that a terminal obeys
SLACK = datetime.timedelta(minutes=10)  # clocks differ, and copying takes a while


def collect(book, name):
    """Copy the newest work of each learner; yield what an instructor should know of some."""
    inbound = Path(book.config.Exchange.root, book.config.CourseDirectory.course_id, "inbound")
    for student, own, time, folder in newest(inbound, name):
        # One by one: a submission that cannot be copied does not hold up the next.
        try:
            new = _take(book, name, student, time, folder)
            later = _changed_after(folder, time) if new and own else None
        except (OSError, RuntimeError) as error:
            yield f"{student}: could not be collected. {error}"
            continue
        if not own:
            yield f"{student}: what is collected in this name belongs to another account."
        elif later:
            yield f"{student}: says {time:%F %T}, but what is in the exchange is of {later:%F %T}."


def _take(book, name, student, time, folder):
    """Copy a folder, if it is not there yet; what was collected before goes to "earlier"."""
    target = book.place("submitted", name, student)
    before = book.api.coursedir.get_existing_timestamp(target)
    if before == time:
        return False
    # A whole copy or none: what failed half-way would pass for handed in.
    with tempfile.TemporaryDirectory(dir=book.root / "my" / "grading") as place:
        raw, new = Path(place, "raw"), Path(place, "new")
        _copy(folder, raw, 1000 * book.api.coursedir.max_dir_size)
        ExchangeCollect(coursedir=book.api.coursedir, parent=book.api).do_copy(raw, new)
        (new / "timestamp.txt").write_text(f"{time} UTC")  # what the learner wrote may differ
        if target.exists():
            word = f"{before:%Y-%m-%dT%H%M%S}" if before else "of_unknown_time"
            earlier = book.place("earlier", name, student) / word
            shutil.copytree(target, earlier, dirs_exist_ok=True)
            shutil.rmtree(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        new.rename(target)
    return True


def _copy(folder, target, most):
    """Copy a folder that its owner may change meanwhile; raise OSError where it has a link."""
    if folder.is_symlink():
        raise OSError(f"{ascii(folder.name)[1:-1]} is a link to another place.")
    size = 0
    for place, folders, files, here in os.fwalk(folder, onerror=_stop):  # goes into no link
        into = target / Path(place).relative_to(folder)
        into.mkdir()
        for name in [*folders, *files]:
            found = os.stat(name, dir_fd=here, follow_symlinks=False)
            size += found.st_size
            if stat.S_ISLNK(found.st_mode):
                raise OSError(f"{ascii(name)[1:-1]} is a link to another place.")
            if not (stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)):
                raise OSError(f"{ascii(name)[1:-1]} is no file.")
        if size > most:
            raise OSError(f"It has more than {most:,} bytes.")
        for name in files:
            opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
            with open(opened, "rb") as file, open(into / name, "wb") as copy:
                shutil.copyfileobj(file, copy)


def _stop(error):
    raise error


def newest(inbound, name):
    """For each learner: the name, whether it is the owner's, the time, the newest folder.

    A folder that the learner's own account made goes before any that another made in that name.
    """
    found = {}
    for folder in inbound.glob(f"*+{name}+*"):
        student, middle, word, *_ = folder.name.rsplit("+", 3)
        try:
            time = datetime.datetime.strptime(word, "%Y-%m-%dT%H%M%S.%fZ")
        except ValueError:
            continue
        if ACCOUNT.fullmatch(student) and middle == name:
            # The owner of a link is that of what it leads to.
            one = not folder.is_symlink() and _owner(folder) == student, time, folder
            found[student] = max(one, found.get(student, one))
    return [(student, *found[student]) for student in sorted(found)]


def _changed_after(folder, time):
    """When a folder last changed, if that is well after the time it names; else None."""
    last = max(path.lstat().st_ctime for path in [folder, *folder.rglob("*")])
    changed = datetime.datetime.fromtimestamp(last, datetime.UTC)
    changed = changed.replace(tzinfo=None)  # as nbgrader counts: in UTC, without saying so
    return changed if changed - time > SLACK else None


def _owner(folder):
    try:
        return folder.owner()
    except (KeyError, OSError, NotImplementedError):  # an account that is gone; Windows
        return None
