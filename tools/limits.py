"""What keeps one submission from stopping, or changing, the grading of the others.

Each is graded in a process of its own, with limits on time, memory and file size; its kernel
inherits them. What a cell may write is limited as well.
"""

import multiprocessing
import signal
import subprocess
import sys
import tempfile

from container import enclose
from nbgrader.preprocessors import Execute
from notebooks import is_test, must_have_run
from traitlets import Bool, Integer

CUT = "\n... there was more output; it is cut here ...\n"


class ExecuteWithin(Execute):
    """nbgrader's way to run a notebook, for cells that write far too much or skip their tests."""

    most_text = Integer(100_000, help="characters kept of one output").tag(config=True)
    most_outputs = Integer(40, help="outputs kept of one cell").tag(config=True)
    seconds_after = Integer(10, help="time for a cell after one that ran into its limit").tag(
        config=True
    )
    container = Bool(False, help="whether a notebook runs in a container").tag(config=True)

    def start_new_kernel(self, **kwargs):
        if self.container:
            enclose(self.km, self.resources["metadata"]["path"], tempfile.mkdtemp())
        # What a kernel says past its cells would stand in the report on the class.
        silent = dict.fromkeys(("stdout", "stderr"), subprocess.DEVNULL)
        super().start_new_kernel(**silent, **kwargs)

    def output(self, outs, msg, display_id, cell_index):
        """Keep the beginning and the end of what a cell writes."""
        content, half = msg["content"], self.most_text // 2
        if len(content.get("text", "")) > self.most_text:
            content["text"] = content["text"][:half] + CUT + content["text"][-half:]
        elif "data" in content and len(str(content["data"])) > 20 * self.most_text:
            content["data"] = {"text/plain": CUT}
        new = super().output(outs, msg, display_id, cell_index)
        half = self.most_outputs // 2
        if len(outs) > self.most_outputs:
            _empty(outs[-half - 1], CUT if len(outs) == self.most_outputs + 1 else "")
        return new

    def on_cell_executed(self, cell, **kwargs):
        super().on_cell_executed(cell=cell, **kwargs)
        cell.outputs = [o for o in cell.outputs if o.get("text", 1) and o.get("data", 1)]
        timed_out = any(output.get("ename") == "CellTimeoutError" for output in cell.outputs)
        if timed_out and self.timeout:
            # Up to six cells call a function: one that never ends fits into the time for all.
            self.timeout = min(self.timeout, self.seconds_after)
        if is_test(cell):
            must_have_run(cell)


def _empty(output, text):
    # Not deleted: nbclient knows outputs by their numbers.
    if output["output_type"] == "error":
        output.clear()
        output.update(output_type="stream", name="stderr", text=text)
        return
    data = {"text/plain": text} if text else {}
    output.update({"text": text} if "text" in output else {"data": data})


def run_within(task, arguments, seconds, memory):
    """What ``task(*arguments)`` returns, or a sentence on why it did not get that far.

    Parameters
    ----------
    task : function
        Returns a string. Runs in a process of its own.
    seconds : int
        How long it may take, by the clock; the processor time of each process is limited as well.
    memory : int
        Bytes of address space, for each process; only Linux keeps this limit.
    """
    # A fork has nbgrader loaded already; elsewhere forks are not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_limited, args=(task, arguments, seconds, memory, sender))
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            return f"It took longer than {seconds} seconds in all."
        return receiver.recv()
    except EOFError:
        process.join()
        return f"The grading process ended early ({_end_of(process)})."
    finally:
        process.terminate()  # nbclient then ends its kernel
        process.join(5)
        process.kill()
        process.join()


def _end_of(process):
    if process.exitcode < 0:
        return signal.Signals(-process.exitcode).name
    return f"exit code {process.exitcode}"


def _limited(task, arguments, seconds, memory, sender):
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**28, 2**28))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    sender.send(task(*arguments))
