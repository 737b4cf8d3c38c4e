"""The page "What we checked" agrees with the chapters, claim by claim."""

import re

import claims
import nbformat
import pytest

CLAIMS = claims.claims()
CHAPTERS = {path.stem: nbformat.read(path, as_version=4) for path in claims.chapters()}
# What a chapter may write for each verdict of docs/claims.toml.
WORDS = {
    "holds": r"\bholds?\b",
    "caveat": r"caveat|no general winner",
    "false": r"false\b",
    "bug": r"\bbug|misprint|false\b|wrong",
    "open": r"not tested here",
}


def prose_about(name):
    """Every markdown cell with the tag of a claim."""
    return [
        cell.source
        for notebook in CHAPTERS.values()
        for cell in notebook.cells
        if cell.cell_type == "markdown" and f"claim-{name}" in cell.metadata.get("tags", [])
    ]


def test_each_claim_is_checked_in_one_chapter():
    places = {name: [] for name in CLAIMS}
    for stem, notebook in CHAPTERS.items():
        for name in claims.checked_in(notebook):
            places[name].append(stem)
    assert {name: found for name, found in places.items() if len(found) != 1} == {}


@pytest.mark.parametrize("name", CLAIMS)
def test_the_chapter_says_what_the_list_says(name):
    claim = CLAIMS[name]
    assert set(claim) == {"claim", "found", "verdict"}
    assert claim["claim"][-1] in ".:" and claim["found"].endswith(".")
    # Published runs that simply come out (C1-01, C1-02) need no box of their own.
    if prose := prose_about(name):
        assert re.search(WORDS[claim["verdict"]], " ".join(prose), re.IGNORECASE)
    else:
        assert claim["verdict"] == "holds"


def test_the_page_is_made_from_the_list():
    assert claims.PAGE.read_text(encoding="utf-8") == claims.as_stored(claims.page())


def test_the_page_lists_every_claim_once():
    text = "\n".join(cell.source for cell in claims.page().cells)
    for claim in CLAIMS.values():
        assert text.count(f"| {claim['claim']} | {claim['found']} |") == 1
    assert f"{len(CLAIMS)} claims in all" in text
