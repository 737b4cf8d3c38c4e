"""The table in docs/graders.md: what every grader accepts and what it catches.

python tools/graders.py    grades all of tests/submissions, and writes the table anew
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import grading  # noqa: E402 (it is in tests/)

DOCUMENT = ROOT / "docs" / "graders.md"
HEAD = """# Graders, graded

Every grader is tried on right solutions in different styles, which must score full marks, and on
wrong ones, each with one realistic mistake, which must lose points in the part where the mistake
is and get a message that names it. They are in `tests/submissions/`. `make test` grades them all,
and a sample of them with nbgrader itself.

| exercise | right, and accepted | wrong, and caught | caught in each part |
|---|---|---|---|
"""
FOOT = """
`reflection` is graded by a person. Written by `python tools/graders.py`.
"""


def submissions(name, kind):
    for file in sorted((ROOT / "tests" / "submissions" / name).glob(f"{kind}_*.py")):
        source = file.read_text(encoding="utf-8")
        yield grading.header(source), grading.grade(name, grading.notebook(name, source))


def accepted(grade):
    return grade.scores == grade.points


def caught(head, grade):
    """Points are lost in the part of the mistake, and the message names it."""
    part = head["part"]
    return grade.of(part) < grade.most(part) and any(head["says"] in s for s in grade.said[part])


def row(name):
    right = [accepted(grade) for _, grade in submissions(name, "right")]
    wrong = [(head["part"], caught(head, grade)) for head, grade in submissions(name, "wrong")]
    in_part = [
        f"{part} {sum(c for p, c in wrong if p == part)} of {sum(p == part for p, _ in wrong)}"
        for part in dict.fromkeys(part for part, _ in wrong)
    ]
    return line(name, right, [c for _, c in wrong], in_part)


def line(name, right, wrong, in_part):
    return (
        f"| `{name}` | {sum(right)} of {len(right)} | {sum(wrong)} of {len(wrong)} "
        f"| {', '.join(in_part)} |"
    )


def main():
    names = sorted(folder.name for folder in (ROOT / "tests" / "submissions").iterdir())
    rows = "\n".join(row(name) for name in names)
    DOCUMENT.write_text(f"{HEAD}{rows}\n{FOOT}", encoding="utf-8")


if __name__ == "__main__":
    main()
