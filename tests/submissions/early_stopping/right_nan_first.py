# style: asks for NaN by itself; returns NumPy booleans, prints

import numpy as np


class EarlyStopping:
    """Watch the loss."""

    def __init__(self, patience, min_delta=0.0):
        self.patience = np.int64(patience)
        self.min_delta = np.float64(min_delta)
        self.best_loss = np.float64(np.inf)
        self.best_epoch = None
        self.best_params = None
        self.count = np.int64(0)

    def update(self, epoch, val_loss, params):
        print("epoch", epoch, "loss", val_loss)
        if np.isnan(val_loss) or val_loss >= self.best_loss - self.min_delta:
            self.count = self.count + 1
        else:
            self.count = np.int64(0)
            self.best_loss = np.array(val_loss)
            self.best_epoch = np.array(epoch)
            self.best_params = np.array(params, copy=True)
        return np.bool_(self.count >= self.patience)
