"""Explorers for a page without Python: everything such a page needs, as plain data.

``make site`` runs the chapters with ``COURSE_EXPORT`` set; each explorer's output then carries
this beside its picture. What the plane does not span cannot move there, so it is put to sleep.
"""

import base64

KIND = "application/vnd.learning-from-error.explorer+json"
SWITCH = "COURSE_EXPORT"  # in the environment


def bundle(explorer, positions):
    """The scene, the settings and the whole plane of an explorer.

    ``positions(control)`` lists where a control can be moved to. Present settings between two
    positions become positions of their own.
    """
    settings, fewer = explorer.settings, explorer.coarse | explorer.paged
    axes = {
        name: with_present(fewer.get(name, positions(control)), settings[name])
        for name, control in explorer._controls.items()
        if name in explorer.axes
    }
    explorer._show()
    plane = explorer.plane
    if plane.get("axes") != axes:
        plane = explorer._packet({name: axes[name] for name in explorer.axes}, settings)
    controls = [placed(control, axes) for control in explorer.scene["controls"]]
    asleep = [control["label"] for control in controls if control.get("asleep")]
    scene = explorer.scene | {"controls": controls, "asleep": sentence(asleep)}
    return {"scene": scene, "settings": settings, "plane": plane | {"tables": tables(plane)}}


def with_present(values, present):
    """The positions of a control, the present one among them."""
    return values if present in values else sorted([*values, present])


def placed(control, axes):
    """A control at the positions of the plane, or asleep."""
    values = axes.get(control["name"], [])
    if len(values) < 2:
        return control | {"asleep": True}
    return control | {"values": values} if control["kind"] == "slider" else control


def sentence(labels):
    """Which controls do not move without Python."""
    if not labels:
        return ""
    names = " and ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))
    need, them = ("needs", "it") if len(labels) == 1 else ("need", "them")
    return f"{names} {need} Python: run the chapter yourself to move {them}."


def tables(plane):
    """The tables of a plane, their bytes as text."""
    return {
        name: table | {"data": base64.b64encode(table["data"]).decode("ascii")}
        for name, table in plane["tables"].items()
    }
