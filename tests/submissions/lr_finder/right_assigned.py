# style: a function of NumPy by another name, and a lambda

import numpy as np

lr_sweep = np.geomspace
suggest_lr = lambda lrs, losses: lrs[np.nanargmin(np.diff(losses))]
