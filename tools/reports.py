"""What an instructor reads of a class: a line on each submission, and tables for an LMS."""

import csv

import nbformat
from gradebook import UNGRADED
from limits import CUT
from notebooks import oddities

IDS = ("student_id", "lms_user_id")
RESULT = ("total", "out_of", "penalty", "score", "status", "hours_late", "handed_in")
# What a cell says in a submission that was graded all the same, and what that means.
STOPPED = {
    "CellTimeoutError": "a cell ran into the time limit",
    "MemoryError": "a cell needed too much memory",
    CUT.strip(): "a cell wrote too much, which was cut",
}


def line(book, name, student):
    """Points, part by part, and what the instructor should know besides; or why there are none."""
    status = book.status(name, student)
    if status.startswith(UNGRADED):
        return f"{student}: {status}"
    found = list(book.parts(name, student))
    total, most = (sum(part[column] for part in found) for column in (1, 2))
    by_part = ", ".join(f"{part} {score:g}/{points:g}" for part, score, points, _ in found)
    notes = _notes(book, name, student) + [status] * (status != "graded")
    more = "".join(f"; {note}" for note in notes)
    return f"{student}: {total:g} of {most:g} points ({by_part}){more}"


def _notes(book, name, student):
    folder = book.place("submitted", name, student)
    work = nbformat.read(folder / f"{name}.ipynb", 4)
    notes = oddities(book.read("exercises", name), work)
    others = sorted(file.name for file in folder.glob("*.ipynb") if file.stem != name)
    if others:
        notes.append(f"handed in besides, not graded: {', '.join(others)}")
    said = _outputs(book.autograded(name, student))
    notes += [note for word, note in STOPPED.items() if word in said]
    _, late, penalty = book.time(name, student)
    if late:
        notes.append(f"{late:g} hours late" + (f": minus {penalty:g} points" if penalty else ""))
    return notes


def _outputs(notebook):
    """All that the cells of a notebook said, as one text."""
    return "\n".join(
        f"{output.get('ename', '')} {output.get('evalue', '')} {output.get('text', '')}"
        f" {output.get('data', {}).get('text/plain', '')}"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )


def table(book, name):
    """Write the scores of one exercise part by part; yield a sentence, return the rows."""
    book.penalise(name)
    with book.api.gradebook as gradebook:
        lms = {student.id: student.lms_user_id for student in gradebook.students}
    rows = [
        {"student_id": student, "lms_user_id": lms.get(student) or "", **_row(book, name, student)}
        for student in sorted({*lms, *book.api.get_submitted_students(name)})
    ]
    yield _written(book, name, [*IDS, *book.most(name), *RESULT], rows)
    return rows


def tables(book):
    """The table of each exercise in the gradebook, and one of the course."""
    with book.api.gradebook as gradebook:
        names = sorted(assignment.name for assignment in gradebook.assignments)
    course = {}
    for name in names:
        for row in (yield from table(book, name)):
            known = course.setdefault(row["student_id"], {**row, "total": 0, "out_of": 0})
            known[name] = row.get("score", "")
            known["total"] = round(known["total"] + row.get("score", 0), 4)
            known["out_of"] += row["out_of"]
    yield _written(book, "course", [*IDS, *names, "total", "out_of"], course.values())


def _row(book, name, student):
    """A line of a table; cells are empty where there is nothing to say yet, and never a false 0."""
    most, status = book.most(name), book.status(name, student)
    row = {"status": status, "out_of": sum(most.values())}
    if status.startswith(UNGRADED):
        return row
    row |= {part: score for part, score, _, _ in book.parts(name, student)}
    row["total"] = sum(row[part] for part in most)
    time, row["hours_late"], penalty = book.time(name, student)
    row["penalty"] = round(penalty, 4)  # a tenth of 17 is 1.7000000000000002
    # An instructor who puts a file in by hand leaves no time.
    row["handed_in"] = f"{time:%Y-%m-%d %H:%M:%S}" if time else ""
    if status == "graded":
        row["score"] = round(max(0, row["total"] - penalty), 4)
    return row


def _written(book, name, columns, rows):
    file = book.root / "my" / "grading" / "scores" / f"{name}.csv"
    file.parent.mkdir(exist_ok=True)
    with open(file, "w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return f"Scores: {file.relative_to(book.root)}"
