# style: keeps the whole list of what was not better

import copy
import math


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.best_params = math.inf, None, None
        self.worse = []

    def update(self, epoch, val_loss, params):
        if not val_loss < self.best_loss - self.min_delta:
            self.worse.append(epoch)
        else:
            self.worse = []
            self.best_loss, self.best_epoch = val_loss, epoch
            self.best_params = copy.deepcopy(params)
        if len(self.worse) >= self.patience:
            return True
