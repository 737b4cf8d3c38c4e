"""Early stopping: end training when the validation loss has stopped getting better."""

import numpy as np

from course_lib import checks


class EarlyStopping:
    """Watch the validation loss, and remember the parameters that were best.

    An epoch is *better* if its loss lies below the best so far by more than ``min_delta``; NaN is
    never better. Training ends at the ``patience``-th epoch in a row that is not.

    Parameters
    ----------
    patience : int
        How many epochs without improvement to bear, >= 1.
    min_delta : float
        How much lower a loss must be to count, >= 0.

    Attributes
    ----------
    best_epoch : int or None
    best_loss : float
    best_params : array or None
        A copy of the parameters after the best epoch.

    Raises
    ------
    ValueError, TypeError
        If an argument is out of its range.

    References
    ----------
    L. Prechelt, "Early stopping - but when?", 1998.

    Examples
    --------
    >>> stopping = EarlyStopping(patience=2)
    >>> [stopping.update(epoch, loss, [epoch]) for epoch, loss in enumerate([3, 2, 2.5, 2.1])]
    [False, False, False, True]
    >>> stopping.best_epoch, stopping.best_params
    (1, array([1]))
    """

    def __init__(self, patience, min_delta=0.0):
        if problem := checks.count("patience", patience) or checks.between(
            "min_delta", min_delta, 0, np.inf, open_high=True
        ):
            raise problem
        self.patience, self.min_delta = patience, min_delta
        self.best_epoch, self.best_loss, self.best_params = None, np.inf, None
        self._waited = 0

    def update(self, epoch, val_loss, params):
        """Take note of an epoch; True when it is time to stop."""
        if problem := checks.one_number("val_loss", val_loss):
            raise problem
        val_loss = np.asarray(val_loss).item()
        if val_loss < self.best_loss - self.min_delta:
            self.best_epoch, self.best_loss = epoch, val_loss
            self.best_params = np.array(params)
            self._waited = 0
        else:
            self._waited += 1
        return self._waited >= self.patience

    def __repr__(self):
        return f"EarlyStopping(patience={self.patience}, min_delta={self.min_delta})"
