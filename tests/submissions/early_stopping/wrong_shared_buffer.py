# mistake: one array for the best params of all objects
# part: EarlyStopping
# says: Each object needs its own memory

import numpy as np


class EarlyStopping:
    buffer = None

    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = np.inf
        self.c = 0
        self.best_epoch = None
        self.best_params = None

    def update(self, epoch, val_loss, params):
        if val_loss < self.best_loss - self.min_delta:
            if EarlyStopping.buffer is None or EarlyStopping.buffer.shape != params.shape:
                EarlyStopping.buffer = params.copy()
            EarlyStopping.buffer[...] = params
            self.best_loss, self.best_epoch, self.best_params = (
                val_loss,
                epoch,
                EarlyStopping.buffer,
            )
            self.c = 0
        else:
            self.c += 1
        return self.c >= self.patience
