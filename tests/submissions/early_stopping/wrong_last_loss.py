# mistake: compares with the last loss
# part: EarlyStopping
# says: not the last loss

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_epoch, self.best_loss, self.best_params = None, np.inf, None
        self.waited, self.last = 0, np.inf

    def update(self, epoch, val_loss, params):
        better, self.last = val_loss < self.last - self.min_delta, val_loss
        if better:
            self.best_epoch, self.best_loss = epoch, val_loss
            self.best_params = params.copy()
            self.waited = 0
        else:
            self.waited += 1
        return self.waited >= self.patience
