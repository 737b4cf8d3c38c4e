# style: a dataclass with properties

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Best:
    epoch: object = None
    loss: float = np.inf
    params: object = None


@dataclass
class EarlyStopping:
    patience: int
    min_delta: float = 0.0
    best: Best = field(default_factory=Best)
    waited: int = 0

    def update(self, epoch, val_loss, params):
        better = np.less(val_loss, self.best.loss - self.min_delta)
        if better:
            self.best = Best(epoch, val_loss, np.array(params))
        self.waited = 0 if better else self.waited + 1
        return np.greater_equal(self.waited, self.patience)

    @property
    def best_epoch(self):
        return self.best.epoch

    @property
    def best_loss(self):
        return self.best.loss

    @property
    def best_params(self):
        return self.best.params
