# mistake: rounds the best loss to four digits
# part: EarlyStopping
# says: is a loss rounded?

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = np.inf
        self.c = 0
        self.best_epoch = None

    def update(self, epoch, val_loss, params):
        if abs(val_loss - self.best_loss) > self.min_delta and val_loss < self.best_loss:
            self.best_loss, self.best_epoch, self.best_params = (
                round(val_loss, 4),
                epoch,
                params.copy(),
            )
            self.c = 0
        else:
            self.c += 1
        return self.c >= self.patience
