# style: counts all updates and remembers at which of them the best one was


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.n, self.n_best = 0, 0
        self.best_loss, self.best_epoch, self.best_params = 1e400, None, None

    def update(self, epoch, val_loss, params):
        self.n += 1
        if self.best_loss - val_loss > self.min_delta:
            self.n_best = self.n
            self.best_loss, self.best_epoch, self.best_params = val_loss, epoch, params + 0
        return 1 if self.n - self.n_best >= self.patience else 0
