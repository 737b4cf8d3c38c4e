# style: small methods, params kept as a list

import math


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = math.inf
        self.best_epoch = None
        self.best_params = None
        self.misses = 0

    def is_better(self, loss):
        return loss < self.best_loss - self.min_delta

    def keep(self, epoch, loss, params):
        self.best_epoch, self.best_loss = epoch, loss
        self.best_params = params.tolist()
        self.misses = 0

    def update(self, epoch, val_loss, params):
        if self.is_better(val_loss):
            self.keep(epoch, val_loss, params)
        else:
            self.misses += 1
        return self.misses > self.patience - 1
