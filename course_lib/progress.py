"""A progress bar that leaves nothing behind, in a notebook or in a terminal.

It appears only if a run takes longer than a moment, and it takes itself away at the end, also
when the run is interrupted. Where nobody is looking (output to a file) it is not drawn at all.
"""

import sys
import time

PAUSE = 0.25  # seconds between two pictures
WIDTH = 30  # characters


def with_bar(steps, unit, show):
    """The numbers of a range; with ``show``, a bar says how far they have come."""
    return _watched(steps, unit, _display()) if show else steps


def _watched(steps, unit, draw):
    start = drawn = time.perf_counter()
    try:
        for done, step in enumerate(steps):
            now = time.perf_counter()
            if now - drawn > PAUSE:
                draw(_bar(done, len(steps), unit, now - start))
                drawn = now
            yield step
    finally:
        if drawn > start:
            draw("")


def _bar(done, total, unit, seconds):
    filled = WIDTH * done // total
    left = seconds * (total - done) / max(done, 1)
    bar = "█" * filled + "░" * (WIDTH - filled)
    return f"{bar} {unit} {done:,} of {total:,}, about {left:.0f} s left"


def _display():
    """A function that shows a line of text in place of the one before."""
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    if hasattr(get_ipython(), "kernel"):
        return _Cell().draw
    if sys.stdout.isatty():
        return lambda text: print(f"\r{text}\x1b[K", end="", flush=True)
    return lambda text: None


class _Cell:
    """An output of a notebook cell that is empty before and after."""

    handle = None

    def draw(self, text):
        from IPython.display import display

        self.handle = self.handle or display({}, raw=True, display_id=True)
        self.handle.update({"text/plain": text} if text else {}, raw=True)
