# style: counts down what patience is left

import numpy as np


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience = patience
        self.min_delta = min_delta
        self.left = patience
        self.best_loss = float("inf")
        self.best_epoch = -1
        self.best_params = None

    def update(self, epoch, val_loss, params):
        if val_loss < self.best_loss - self.min_delta:
            self.best_loss = val_loss
            self.best_epoch = epoch
            self.best_params = np.copy(params)
            self.left = self.patience
            return False
        self.left -= 1
        return self.left <= 0
