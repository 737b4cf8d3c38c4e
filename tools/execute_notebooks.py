"""Execute notebooks and store them in the one form in which they live in git.

    make generate                              all chapters and solutions
    python tools/execute_notebooks.py FILE...  some; with --into FOLDER, elsewhere

Stored are the outputs that a reader without a kernel can see: text and pictures with their
description. Not stored is what changes from run to run or from machine to machine: times, exact
versions, live widgets. With --explorers each explorer also leaves everything that a page without
a kernel needs: that is for `make site`, and not for git.
"""

import argparse
import base64
import io
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
import numpy as np
from matplotlib.image import imread
from nbclient import NotebookClient
from nbformat import v4

LIVE_WIDGET = "application/vnd.jupyter.widget-view+json"
EXPLORER = "application/vnd.learning-from-error.explorer+json"  # see course_lib.widgets.exported
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
BLOCK = 8  # pixels
TOLERANCE = 0.1  # of the range from black to white, in the mean of a block


def execute(path, target, explorers=False):
    """Run the notebook at `path`, in its folder, and store the result at `target`."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=600,
        record_timing=False,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute(env=os.environ | ({"COURSE_EXPORT": "1"} if explorers else {}))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(as_stored(notebook, explorers), encoding="utf-8")


def as_stored(notebook, explorers=False):
    """The text of a notebook in stored form; `explorers` keeps what they left for a page."""
    notebook = nbformat.from_dict(notebook)
    notebook.metadata.pop("widgets", None)
    notebook.metadata.update(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = _stored_outputs(cell.outputs, explorers)
    return v4.writes(notebook) + "\n"


def _stored_outputs(outputs, explorers):
    stored = []
    for output in outputs:
        for kind in (LIVE_WIDGET, *((EXPLORER,) * (not explorers))):
            output.get("data", {}).pop(kind, None)
        if output.output_type == "display_data" and not output.data:
            continue  # A progress bar that is done, or a widget that says nothing in print.
        if stored and output.output_type == "stream" and output.name == stored[-1].get("name"):
            stored[-1].text += output.text  # How a kernel cuts a stream into pieces is chance.
        else:
            stored.append(output)
    return stored


def differences(stored, fresh):
    """How the outputs of two runs of one notebook differ, as sentences.

    Text must be equal; pictures must look the same.
    """
    found = []
    for number, cells in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        old, new = ([_shown(output) for output in cell.get("outputs", [])] for cell in cells)
        if [list(kinds) for kinds in old] != [list(kinds) for kinds in new]:
            found.append(f"cell {number}: other outputs than stored")
            continue
        for a, b in zip(old, new, strict=True):
            found += [f"cell {number}: {kind} differs" for kind in a if not _same(kind, a, b)]
    return found


def _shown(output):
    """An output as a mapping from kind to content."""
    if output.output_type == "stream":
        return {output.name: output.text}
    return dict(sorted(output.get("data", {}).items()))


def _same(kind, a, b):
    if kind == "image/png":
        return look_alike(base64.b64decode(a[kind]), base64.b64decode(b[kind]))
    return a[kind] == b[kind]


def look_alike(a, b):
    """Whether two PNG files show the same: the means of all small blocks are close.

    A shift by a rounding error changes a block's mean by little; a line, a marker or a digit that
    is elsewhere changes it by much.
    """
    a, b = (imread(io.BytesIO(data), format="png") for data in (a, b))
    return a.shape == b.shape and np.abs(_block_means(a) - _block_means(b)).max() <= TOLERANCE


def _block_means(image):
    # The last rows and columns are repeated to fill whole blocks.
    height, width = (-side % BLOCK for side in image.shape[:2])
    image = np.pad(image, [(0, height), (0, width), (0, 0)], mode="edge")
    rows, columns = (side // BLOCK for side in image.shape[:2])
    return image.reshape(rows, BLOCK, columns, BLOCK, -1).mean(axis=(1, 3))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", nargs="+", type=Path)
    parser.add_argument("--into", type=Path, help="write here instead of over the notebooks")
    parser.add_argument("--explorers", action="store_true", help="keep what a page needs of them")
    asked = parser.parse_args()
    if asked.explorers and not asked.into:
        parser.error("--explorers needs --into: what they leave is not for git")
    targets = [asked.into / path if asked.into else path for path in asked.notebook]
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(partial(execute, explorers=asked.explorers), asked.notebook, targets))


if __name__ == "__main__":
    main()
