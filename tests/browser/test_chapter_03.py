"""Chapter 3 as a learner meets it: run all, walk the graphs, write three lines, train."""

import pytest
from browser.explorers import OnPage

pytestmark = pytest.mark.browser

GRAPH = "A computation and its slopes, step by step"
LINES = "da = -y / a + (1 - y) / (1 - a)\ndz = da * a * (1 - a)\ndw = dz * x"


@pytest.fixture(scope="module")
def page(browser, lab):
    page = lab.open(browser, "chapters/03_chain_rule.ipynb")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_timeout(2000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=120_000)
    yield page
    page.context.close()


def run(page, words, source=None):
    """Run the code cell that holds these words, rewritten if there is a source."""
    cell = page.locator(".jp-CodeCell").filter(has_text=words).first
    cell.scroll_into_view_if_needed()
    cell.locator(".jp-InputArea-editor").click()
    if source is not None:
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(200)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    return cell


def test_a_neuron_is_walked_there_and_back(page, artifacts):
    shown = OnPage(page, GRAPH, 0).wait()
    step = shown.root.get_by_role("button", name="Step: Step")
    for words in ("Forward, 1 of 3: z = ", "Forward, 2 of 3: a = ", "Forward, 3 of 3: L = "):
        before = shown.pictures()
        step.click()
        shown.status.filter(has_text=words).wait_for()
        shown.changed(before)
    for number in range(1, 7):
        step.click()
        shown.status.filter(has_text=f"Backward, {number} of 6: ").wait_for()
    page.screenshot(path=artifacts / "chapter-03-neuron.png")


def test_the_pair_starts_at_the_loss_and_walks_on(page, artifacts):
    shown = OnPage(page, GRAPH, 1).wait()
    shown.says("Step", "7")
    shown.press("Step", "End")
    shown.status.filter(has_text="Now every slope is known.").wait_for()
    page.screenshot(path=artifacts / "chapter-03-pair.png")


def test_the_rates_are_tried(page, artifacts):
    shown = OnPage(page, "Training a 2-1 network on 100 points").wait()
    shown.status.filter(has_text="epoch 500: loss 0.1788, 93 of 100 points right.").wait_for()
    shown.press("Learning rate", "End")
    shown.status.filter(has_text="Learning rate 100, momentum 0, epoch 500: loss 0.3274").wait_for()
    page.screenshot(path=artifacts / "chapter-03-training.png")


def test_three_lines_of_ones_own_are_checked(page):
    mine = "# dw is the slope for both weights at once: an array of two numbers.\n"
    run(page, "dw is the slope for both weights", mine + LINES.replace("dz * x", "da * x"))
    told = run(page, "rights = {").locator(".jp-OutputArea-output").last
    told.filter(has_text="da: right\ndz: right\ndw: not yet right").wait_for()
    run(page, "dw is the slope for both weights", mine + LINES)
    told = run(page, "rights = {").locator(".jp-OutputArea-output").last
    told.filter(has_text="da: right\ndz: right\ndw: right").wait_for()


def test_nothing_went_wrong(page):
    assert page.errors == []
    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
    assert page.get_by_text("Error displaying widget").count() == 0
