# mistake: puts the best params into the array of the caller when it stops
# part: EarlyStopping
# says: when it stops, too

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = np.inf
        self.c = 0
        self.best_epoch = None
        self.best_params = None

    def update(self, epoch, val_loss, params):
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch, self.best_params = val_loss, epoch, params.copy()
            self.c = 0
        else:
            self.c += 1
        if self.c >= self.patience:
            params[...] = self.best_params
            return True
        return False
