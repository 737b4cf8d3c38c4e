# mistake: takes a best loss of 0 for none yet
# part: EarlyStopping
# says: losses


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_epoch, self.best_loss, self.best_params = None, 0, None
        self.waited = 0

    def update(self, epoch, val_loss, params):
        if not self.best_loss or val_loss < self.best_loss - self.min_delta:
            self.best_epoch, self.best_loss = epoch, val_loss
            self.best_params = params.copy()
            self.waited = 0
        else:
            self.waited += 1
        return self.waited >= self.patience
