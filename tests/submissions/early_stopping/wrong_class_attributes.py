# mistake: keeps its memory in the class
# part: EarlyStopping
# says: own memory

import numpy as np


class EarlyStopping:
    memory = {}

    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.memory.update(epoch=None, loss=np.inf, params=None, waited=0)

    def update(self, epoch, val_loss, params):
        if val_loss < self.memory["loss"] - self.min_delta:
            self.memory.update(epoch=epoch, loss=val_loss, params=params.copy(), waited=0)
        else:
            self.memory["waited"] += 1
        return self.memory["waited"] >= self.patience

    best_epoch = property(lambda self: self.memory["epoch"])
    best_loss = property(lambda self: self.memory["loss"])
    best_params = property(lambda self: self.memory["params"])
