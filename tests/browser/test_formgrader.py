"""An instructor opens the formgrader in JupyterLab, as `make lab TEACH=1` does, and reads an essay.

Most of what happens here is nbgrader's. That it finds this course, and the rubrics, is ours.
"""

import pytest
from browser.jupyterlab import serving
from playwright.sync_api import expect
from test_late_work import NAME, class_with_essays

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def course(tmp_path):
    return class_with_essays(tmp_path, ["ada", "ben"])


def test_an_essay_is_given_points(course, browser, artifacts):
    log = artifacts / "formgrader.log"
    with serving(course.root, course.root, log, teach=True) as lab:
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.goto(f"{lab.url}lab?reset&token={lab.token}")
        page.get_by_role("menuitem", name="Nbgrader").click(timeout=60_000)
        page.get_by_role("menuitem", name="Formgrader", exact=True).click()
        formgrader = page.frame_locator("iframe[src*=formgrader]")
        for name in ("gradient_checking", NAME):  # in the gradebook or not
            expect(formgrader.get_by_role("row", name=name)).to_be_visible(timeout=30_000)

        formgrader.get_by_text("Manual Grading", exact=True).click()
        for link in (f"/gradebook/{NAME}", f"/gradebook/{NAME}/{NAME}"):
            formgrader.locator(f"td a[href$='{link}']").click()
        formgrader.get_by_text("Submission #1").click()
        rubric = formgrader.get_by_role("table").filter(has_text="two that can be found").first
        expect(rubric).to_be_visible()
        points = formgrader.locator("input.score").first
        points.fill("4")
        with page.expect_response("**/formgrader/api/grade/*") as saved:
            points.press("Tab")
        assert saved.value.ok
        page.screenshot(path=artifacts / "formgrader.png")
    assert "Warning" not in log.read_text()
    read = {s: course.essays_to_read(NAME, s) for s in ("ada", "ben")}
    assert sorted(read.values()) == [5, 6]
    (student,) = (s for s, waiting in read.items() if waiting == 5)
    assert course.scores(NAME, student)["history"] == (4, 5)
