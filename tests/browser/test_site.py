"""The exported site, with no network: every page, every link, every control of every explorer."""

import base64
import functools
import http.server
import re
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import explorers as on_page
from browser.cells import explorers
from browser.driving import drive
from browser.explorers import OnPage
from build_site import build
from website.explorers import pack

from course_lib.widgets import MomentumForms, exported
from course_lib.widgets.explorer import module_source, positions

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
CHAPTERS = [path.stem for path in sorted(ROOT.glob("chapters/*.ipynb"))]
EXERCISES = [path.stem for path in sorted(ROOT.glob("exercises/*/*.ipynb"))]
PAGES = [
    "index.html",
    "library.html",
    *(f"chapters/{name}.html" for name in CHAPTERS),
    *(f"exercises/{name}/{name}.html" for name in EXERCISES),
]


@pytest.fixture(scope="module")
def site(executed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("the site") / "site"
    build(executed, folder)
    return folder


@pytest.fixture(scope="module")
def address(site):
    """Where the site is served, on this machine."""
    handler = functools.partial(QuietHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def visit(browser):
    """A function that opens a page and waits until it is ready.

    Whatever leaves this machine is refused and listed in `page.outside`; what goes wrong on the
    page is listed in `page.errors`.
    """
    contexts = []

    def open_page(url, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.errors, page.asked, page.outside = [], [], []

        def decide(route):
            page.asked.append(route.request.url)
            if re.match(r"file:|data:|http://127\.0\.0\.1:", route.request.url):
                return route.continue_()
            page.outside.append(route.request.url)
            return route.abort()

        page.route("**/*", decide)
        page.on("console", lambda m: m.type == "error" and page.errors.append(m.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(url)
        if options.get("java_script_enabled", True):
            page.locator("html[data-ready]").wait_for(timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


# Code and formulas look alike everywhere, and axe takes long over them: two pages stand for all.
SLOW = {"exclude": [["pre.code > code"], ["math"]]}
IN_FULL = ("library.html", "chapters/07_momentum.html")
WIDTHS = "[...document.querySelectorAll('.wide > img')].map(one => one.width)"  # of pictures


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_readable_and_accessible(site, address, visit, artifacts, name):
    """On a phone in the dark and on a desk in the light, by every rule."""
    phone, desk = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
    for theme, size in (("dark", phone), ("light", desk)):
        page = visit(address + name, viewport=size, color_scheme=theme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        widths = page.evaluate(WIDTHS)
        assert all(width > 500 for width in widths)
        assert widths or not re.match(r"chapters/(0[1-9]|1[0-3])", name)
        result = Axe().run(page, context=None if name in IN_FULL else SLOW)
        assert result.violations_count == 0, result.generate_report()
        page.screenshot(path=artifacts / f"site-{Path(name).stem}-{theme}.png")
        assert (page.errors, page.outside, page.asked) == ([], [], [address + name])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_explorers_work_in_a_page_opened_by_double_click(site, executed, visit, artifacts, chapter):
    page = visit((site / "chapters" / f"{chapter}.html").as_uri())
    check_explorers(page, executed / "chapters" / f"{chapter}.ipynb", artifacts)
    assert (page.errors, page.outside) == ([], [])


def check_explorers(page, notebook, artifacts=None):
    """Every control of every explorer on a page, against explorers made here."""
    titles = []
    for bundle, fresh in explorers(notebook):
        scene = bundle["scene"]
        if all(control.get("asleep") for control in scene["controls"]):
            assert page.locator(".explorer figcaption", has_text=scene["asleep"]).count()
            continue
        shown = OnPage(page, scene["title"], titles.count(scene["title"])).wait()
        titles.append(scene["title"])
        for control in scene["controls"]:
            if control.get("asleep"):
                check_asleep(shown, control, scene["asleep"])
        drive(shown, fresh, scene)
        if artifacts:
            name = f"site-{notebook.stem}-{len(titles)}.png"
            shown.root.screenshot(path=artifacts / name)
    assert page.locator(".lfe").count() == len(titles)


def check_asleep(shown, control, sentence):
    """It is disabled, and one sentence that names it says why."""
    asleep = shown.control(control["label"])
    assert asleep.is_disabled() and control["label"] in sentence
    described = asleep.get_attribute("aria-describedby")
    assert shown.page.locator(f"#{described}").inner_text() == sentence


def test_a_pair_is_picked_on_the_map_and_a_start_that_needs_python_has_no_knob(site, visit):
    page = visit((site / "chapters" / "07_momentum.html").as_uri())
    shown = OnPage(page, "Learning rate and momentum on x² + 10y²").wait()
    before = shown.pictures(), shown.value("Momentum")
    with shown.holding_knob() as drag:
        drag(-60, 80)
    shown.changed(before[0])
    shown.until(lambda: shown.value("Momentum") != before[1])
    shown = OnPage(page, "Descent on x² + 10y²").wait()
    assert shown.root.locator(".lfe-knob").count() == 0


def test_training_is_played_step_by_step(site, visit):
    page = visit((site / "chapters" / "12_networks_that_learn.html").as_uri())
    shown = OnPage(page, "Training a 2-4-1 network on 4 points").wait()
    shown.press("Epoch", "Home")
    before = shown.pictures()
    shown.root.get_by_role("button", name="Step: Epoch").click()
    before = shown.changed(before)
    shown.says("Epoch", "5")
    shown.root.get_by_role("button", name="Play: Epoch").click()
    shown.root.get_by_role("button", name="Play: Epoch").wait_for(timeout=10_000)  # at the end
    shown.says("Epoch", "1000")
    shown.changed(before)


def test_a_slider_whose_picture_stays_is_found_out(site, executed, visit, monkeypatch):
    """A page that is broken on purpose does not pass."""
    monkeypatch.setattr(on_page, "PATIENCE", 1)
    page = site / "chapters" / "00_start_here.html"
    text = page.read_text("utf-8")
    broken = page.with_name("broken.html")
    for spoil, complaint in (
        ("Object.assign(settings, changes);", "Learning rate"),
        ("figures.forEach((figure) => figure.draw(packet, frame));", "picture stays"),
    ):
        assert text.count(spoil) == 1
        broken.write_text(text.replace(spoil, ""), "utf-8")
        spoiled = visit(broken.as_uri())
        with pytest.raises(AssertionError, match=complaint):
            check_explorers(spoiled, executed / "chapters" / "00_start_here.ipynb")
    broken.unlink()


def test_a_page_reads_the_very_bytes_that_python_packed(browser):
    bundle = exported.bundle(MomentumForms(), positions)
    assert {table["dtype"] for table in bundle["plane"]["tables"].values()} == {
        "uint8",
        "uint16",
        "float32",
    }
    live = (ROOT / "tools" / "website" / "live.js").read_text("utf-8")
    functions = module_source().replace("export default", "void") + live.split("function remem")[0]
    page = browser.new_page()
    read = page.evaluate(
        f"""async (text) => {{
            {functions}
            const tables = Object.entries((await unpack(text)).plane.tables);
            const bytes = ({{ data }}) => btoa([...new Uint8Array(data.buffer)]
                .map((byte) => String.fromCharCode(byte)).join(""));
            return Object.fromEntries(tables.map(([name, table]) => [name, bytes(table)]));
        }}""",
        base64.b64encode(pack(bundle)).decode(),
    )
    page.close()
    assert read == {name: table["data"] for name, table in bundle["plane"]["tables"].items()}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_without_javascript_every_explorer_is_a_picture(site, visit, chapter):
    page = visit((site / "chapters" / f"{chapter}.html").as_uri(), java_script_enabled=False)
    for place in page.locator(".explorer").all():
        assert len(place.locator("img").get_attribute("alt")) > 50
        assert place.locator("p, figcaption").count() == 1


class Reader(HTMLParser):
    """Ids, links and pictures of a page, and its text outside code and formulas."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.pictures, self.text = set(), [], [], []
        self.inside = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids.add(found.get("id"))
        if tag == "a":
            self.links.append(found["href"])
        if tag == "img":
            self.pictures.append(found)
        if tag in ("pre", "code", "script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.text.append(data)


@pytest.fixture(scope="module")
def read(site):
    """Every page of the site, read."""
    return {
        str(path.relative_to(site)): Reader(path.read_text("utf-8"))
        for path in site.rglob("*.html")
    }


def test_every_link_leads_somewhere(site, read):
    for name, page in read.items():
        for link in page.links:
            if link.startswith("https://"):
                continue
            target, _, place = unquote(link).partition("#")
            file = (site / name).parent / target if target else site / name
            assert file.is_file(), f"{name} links to {link}"
            other = read.get(str(file.resolve().relative_to(site.resolve())))
            assert not place or place in other.ids, f"{name} links to {link}"


def test_the_pages_of_chapters_lead_on_and_to_the_command(read):
    for before, name, after in zip(
        [None, *CHAPTERS], CHAPTERS, [*CHAPTERS[1:], None], strict=False
    ):
        links = read[f"chapters/{name}.html"].links
        assert "../index.html#run" in links or name == "what_we_checked"
        for other in filter(None, (before, after)):
            assert f"{other}.html" in links
    assert {f"chapters/{name}.html" for name in CHAPTERS} <= set(read["index.html"].links)
    assert "make lab" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_picture_of_a_chapter_is_there_with_its_words(executed, read, name):
    cells = nbformat.read(executed / "chapters" / f"{name}.ipynb", 4).cells
    stored = [
        " ".join(output.data["text/plain"].split())
        for cell in cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    shown = [picture["alt"] for picture in read[f"chapters/{name}.html"].pictures]
    assert [alt for alt in shown if alt in stored] == stored


def test_no_formula_and_no_mark_of_markdown_is_left_over(read):
    for name, page in read.items():
        text = " ".join(page.text)
        assert not re.search(r"\$|\\[a-z]|\*\*|^#+ |\]\(", text, re.MULTILINE), name


def test_the_site_is_small(site):
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert max(size for path, size in sizes.items() if path.suffix == ".html") <= 4_000_000
    assert sum(sizes.values()) <= 30_000_000


def test_an_exercise_is_there_to_read_and_to_take(site, read):
    for name in EXERCISES:
        copy = site / "exercises" / name / f"{name}.ipynb"
        assert copy.read_bytes() == (ROOT / "exercises" / name / f"{name}.ipynb").read_bytes()
        assert f"{name}.ipynb" in read[f"exercises/{name}/{name}.html"].links


def test_the_library_page_names_everything_public(read):
    import course_lib
    from course_lib import plots, widgets

    for module in (course_lib, plots, widgets):
        assert set(module.__all__) <= read["library.html"].ids
