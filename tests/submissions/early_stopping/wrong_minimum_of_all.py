# mistake: recomputes the best from all losses, NaN included
# part: EarlyStopping
# says: more than

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.losses, self.waited = [], 0
        self.best_epoch, self.best_loss, self.best_params = None, np.inf, None

    def update(self, epoch, val_loss, params):
        before = np.min(self.losses) if self.losses else np.inf
        self.losses.append(val_loss)
        if val_loss < before - self.min_delta:
            self.best_epoch, self.best_loss = epoch, val_loss
            self.best_params, self.waited = params.copy(), 0
        else:
            self.waited += 1
        return self.waited >= self.patience
