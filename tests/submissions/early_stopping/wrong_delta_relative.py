# mistake: takes min_delta as a part of the best loss
# part: EarlyStopping
# says: min_delta

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_epoch, self.best_loss, self.best_params = None, np.inf, None
        self.waited = 0

    def update(self, epoch, val_loss, params):
        if val_loss < self.best_loss * (1 - self.min_delta):
            self.best_epoch, self.best_loss = epoch, val_loss
            self.best_params = params.copy()
            self.waited = 0
        else:
            self.waited += 1
        return self.waited >= self.patience
