"""History: what a run leaves behind, to be looked at."""


class History:
    """What happened during a run: each quantity that was written down, as an attribute.

    ``minimize`` and ``train`` make histories and say what is in theirs.

    Examples
    --------
    >>> from course_lib import SGD, minimize, x_squared
    >>> history = minimize(x_squared, [5.0], SGD(lr=0.1), n_steps=2)
    >>> history.loss
    array([25.  , 16.  , 10.24])
    """

    def __init__(self, **quantities):
        vars(self).update(quantities)

    def __getattr__(self, name):
        raise AttributeError(f"this history has no {name!r}; it has {', '.join(vars(self))}")

    def plot(self, ax=None):
        """Draw the loss on ``ax``; without it, show a figure of its own in the notebook.

        Returns
        -------
        artists : list, or None where a figure was shown
        """
        from course_lib import plots

        trained = hasattr(self, "train_loss")
        draw = plots.learning_curves if trained else plots.loss
        if ax is not None:
            return draw(ax, self)
        fig, ax = plots.figure()
        draw(ax, self)
        return plots.show(fig, alt=f"Loss by {'epoch' if trained else 'step'}. {self}")

    def __repr__(self):
        if hasattr(self, "train_loss"):
            return f"History({self._epochs()})"
        n_steps = len(self.loss) - 1
        if self.loss.ndim > 1:
            runs = self.loss.shape[1]
            return f"History({runs} runs of {n_steps} steps, {self.diverged.sum()} diverged)"
        end = f"diverged at step {self.diverged_at}" if self.diverged else f"{n_steps} steps"
        return f"History({end}, loss {_fall(self.loss)})"

    def _epochs(self):
        words = [f"{len(self.train_loss)} epochs"]
        if self.diverged:
            words.append("diverged")
        elif self.stopped_epoch is not None:
            words.append("stopped early")
        words.append(f"train_loss {_fall(self.train_loss)}")
        if hasattr(self, "val_loss"):
            words.append(f"val_loss {_fall(self.val_loss)}")
        if self.best_epoch is not None:
            words.append(f"best epoch {self.best_epoch}")
        return ", ".join(words)


def _fall(losses):
    return f"{losses[0]:.4g} -> {losses[-1]:.4g}"
