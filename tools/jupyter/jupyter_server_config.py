"""What JupyterLab does with a learner's notebooks, beyond its defaults; ``make lab`` reads this."""

import warnings

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

LIVE_WIDGET = "application/vnd.jupyter.widget-view+json"


def keep_pictures(model, **_):
    """Save an explorer as its picture.

    Without its kernel a saved live widget shows an error when the notebook is opened again; with
    the picture alone, the picture is there until the cell is run.
    """
    if model["type"] == "notebook" and model["content"]:
        for cell in model["content"]["cells"]:
            for output in cell.get("outputs", []):
                if "image/png" in output.get("data", {}):
                    output["data"].pop(LIVE_WIDGET, None)


class Prompt(ZMQChannelsWebsocketConnection):
    """Messages leave at once.

    Otherwise TCP keeps a small one back until the browser has confirmed the one before, which may
    take 40 ms: an explorer that asks Python would show half as many pictures.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c = get_config()  # noqa: F821 (Jupyter defines it)
c.FileContentsManager.pre_save_hook = keep_pictures
c.ServerApp.kernel_websocket_connection_class = Prompt
# nbgrader has the server read its settings twice.
warnings.filterwarnings("ignore", "Overriding existing pre_save_hook")
